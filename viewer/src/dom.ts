// Elements, made without HTML: what comes from reports is a text node or an attribute, never markup.

type Child = Node | string | null | undefined | false;
/** Attributes, and what is called at events: `onclick`. */
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, ...children);
  return element;
}

/** An element of SVG. */
export function s(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, String(value));
  put(element, ...children);
  return element;
}

export function put(element: Element, ...children: Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
}

export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  put(element, ...children);
}

/** An element of the page itself. */
export function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/** A text from a report: its direction is its own. */
export function said(text: string, attributes: Attributes = {}): HTMLElement {
  return h("bdi", attributes, text);
}

/** An address that is safe to follow. */
export function web(url: string | undefined): string | null {
  return url !== undefined && /^https?:\/\//iu.test(url) ? url : null;
}

export function link(url: string, text: string): HTMLElement {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  fit: "M3 7V3h4M17 7V3h-4M3 13v4h4M17 13v4h-4",
  in: "M10 4v12M4 10h12",
  out: "M4 10h12",
  save: "M10 3v10M6 9.5l4 4 4-4M3 17h14",
  search: "M8.5 3.5a5 5 0 1 1 0 10a5 5 0 0 1 0-10M12.5 12.5L17 17",
  menu: "M3 6h14M3 10h14M3 14h14",
  sun: "M10 6.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M16 4l-1.4 1.4M5.4 14.6L4 16",
  moon: "M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z",
  half: "M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14",
  around: "M10 8a2 2 0 1 1 0 4a2 2 0 0 1 0-4M10 2.5v3M10 14.5v3M2.5 10h3M14.5 10h3",
  path: "M5 13a2 2 0 1 1 0 4a2 2 0 0 1 0-4M15 3a2 2 0 1 1 0 4a2 2 0 0 1 0-4M6.5 13.5l7-7",
} as const;

export function icon(name: keyof typeof ICONS): SVGElement {
  return s("svg", { viewBox: "0 0 20 20", "aria-hidden": "true", class: "icon" }, s("path", { d: ICONS[name] }));
}

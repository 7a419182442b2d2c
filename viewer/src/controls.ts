// What chooses the view: kinds of nodes, filters, lists, and the tools around the graph.

import { KINDS, type Graph, type Kind, type Node } from "./data";
import { fill, h, icon, part } from "./dom";
import type { View } from "./filters";
import type { List, State, Store } from "./state";
import { isDark } from "./theme";
import type { Words } from "./words";

type Saved = "svg" | "png" | "nodes" | "edges";

export class Controls {
  private readonly present: Kind[];
  private readonly options: Record<"company" | "event" | "category", { value: string; text: string }[]>;

  constructor(graph: Graph, private readonly store: Store, private readonly save: (as: Saved) => void, private readonly zoom: (by: "in" | "out" | "all") => void) {
    this.present = KINDS.filter((kind) => graph.nodes.some((node) => node.kind === kind));
    const nodes = (kind: Kind): Node[] => graph.nodes.filter((node) => node.kind === kind && (node.talks > 0 || node.edges.length > 0));
    const byTalks = (a: Node, b: Node): number => b.talks - a.talks || a.label.localeCompare(b.label);
    const categories = new Map<string, number>();
    for (const node of nodes("technology")) if (node.category !== undefined) categories.set(node.category, (categories.get(node.category) ?? 0) + 1);
    this.options = {
      company: nodes("company").sort(byTalks).map(option),
      event: nodes("event").sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || byTalks(a, b)).map(option),
      category: [...categories].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([value, count]) => ({ value, text: `${value} (${count})` })),
    };
  }

  draw(state: State, view: View, graph: Graph, words: Words): void {
    this.kinds(state, view, graph, words);
    this.filters(state, view, words);
    this.tabs(state, words);
    this.tools(state, words);
    const count = (shown: Uint8Array): number => shown.reduce((sum, one) => sum + one, 0);
    part("shown").textContent = words.shown(count(view.nodes), count(view.edges));
  }

  private kinds(state: State, view: View, graph: Graph, words: Words): void {
    const counts = new Map<Kind, number>();
    for (const node of graph.nodes) if (view.within[node.index] === 1) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    const chips = this.present.map((kind) => {
      const toggle = (): void => {
        const kinds = new Set(state.kinds);
        if (!kinds.delete(kind)) kinds.add(kind);
        this.store.set({ kinds });
      };
      return h(
        "button",
        { type: "button", "data-kind": kind, "aria-pressed": String(state.kinds.has(kind)), onclick: toggle },
        h("i", { class: `dot ${kind}` }),
        words.kinds[kind][1],
        h("small", {}, (counts.get(kind) ?? 0).toLocaleString(state.language)),
      );
    });
    refill(part("kinds"), words.show, chips);
  }

  private filters(state: State, view: View, words: Words): void {
    const fields = (["company", "event", "category"] as const).flatMap((name) => {
      const options = this.options[name];
      if (options.length === 0) return [];
      const chosen = state[name];
      const select = h(
        "select",
        { name, "data-set": chosen !== null, onchange: (event) => this.store.set({ [name]: (event.target as HTMLSelectElement).value || null }) },
        h("option", { value: "" }, words.all),
        ...options.map(({ value, text }) => h("option", { value, selected: value === chosen }, text)),
      );
      return [h("label", {}, h("span", {}, words[name]), select)];
    });
    const none = { company: null, event: null, category: null, since: null, until: null };
    const reset = h("button", { type: "button", class: "reset quiet", onclick: () => this.store.set(none) }, words.reset);
    refill(part("filters"), words.filter, [...fields, ...(view.filtered ? [reset] : [])]);
  }

  private tabs(state: State, words: Words): void {
    const tabs = (["top", "rising", "matrix"] as const).map((list: List) => {
      const chosen = state.list === list;
      return h("button", { type: "button", role: "tab", "data-list": list, "aria-selected": String(chosen), "aria-controls": "list", tabindex: chosen ? 0 : -1, onclick: () => this.store.set({ list }) }, words[list]);
    });
    refill(part("tabs"), words.lists, tabs);
  }

  private tools(state: State, words: Words): void {
    const button = (name: Parameters<typeof icon>[0], title: string, act: () => void, id: string): HTMLElement =>
      h("button", { type: "button", id, title, "aria-label": title, onclick: act }, icon(name));
    const saved: [Saved, string][] = [["svg", "SVG"], ["png", "PNG"], ["nodes", words.nodesCsv], ["edges", words.edgesCsv]];
    const menu = h(
      "details",
      { id: "save", open: part("tools").querySelector("#save[open]") !== null },
      h("summary", { title: words.save, "aria-label": words.save }, icon("save")),
      h("div", { class: "menu" }, ...saved.map(([as, text]) => h("button", { type: "button", "data-save": as, onclick: () => (menu.removeAttribute("open"), this.save(as)) }, text))),
    );
    const dark = isDark(state.theme);
    const colours = { kind: words.byKind, community: words.byCommunity };
    refill(part("tools"), "", [
      h("button", { type: "button", id: "colour", title: words.colour, onclick: () => this.store.set({ colour: state.colour === "kind" ? "community" : "kind" }) }, `${words.colour}: ${colours[state.colour]}`),
      button("in", words.zoomIn, () => this.zoom("in"), "zoom-in"),
      button("out", words.zoomOut, () => this.zoom("out"), "zoom-out"),
      button("fit", words.fit, () => this.zoom("all"), "fit"),
      menu,
      button(dark ? "sun" : "moon", words.theme, () => this.store.set({ theme: dark ? "light" : "dark" }), "theme"),
      h("button", { type: "button", id: "language", lang: state.language === "ko" ? "en" : "ko", onclick: () => this.store.set({ language: state.language === "ko" ? "en" : "ko" }) }, words.language),
    ]);
  }
}

function option(node: Node): { value: string; text: string } {
  const label = node.label.length > 60 ? `${[...node.label].slice(0, 59).join("")}…` : node.label;
  return { value: node.id, text: node.talks > 0 ? `${label} (${node.talks})` : label };
}

/** Draws a group anew, and leaves the focus where it was. */
function refill(root: HTMLElement, name: string, children: HTMLElement[]): void {
  const at = [...root.querySelectorAll("button, select, summary")].indexOf(document.activeElement ?? root);
  if (name !== "") root.setAttribute("aria-label", name);
  fill(root, ...children);
  if (at >= 0) root.querySelectorAll<HTMLElement>("button, select, summary")[at]?.focus();
}

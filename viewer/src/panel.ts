// What is known of one node: its talks, companies, people, dates, and the sentences that say so.

import { other, type Edge, type Evidence, type Graph, type Kind, type Node } from "./data";
import { fill, h, icon, link, said, web } from "./dom";
import type { View } from "./filters";
import type { Step } from "./path";
import type { State } from "./state";
import type { Words } from "./words";

export interface Acts {
  open(node: Node): void;
  close(): void;
  around(steps: number): void;
  /** Asks for the other end of a way, or ends the one that is shown. */
  way(): void;
}

/** How many nodes, and how many talks with their sentences, are shown at first. */
const FIRST = { chips: 10, places: 6 };
/** The kinds of what a node is joined to, those before and those after what is said. */
const BEFORE: readonly Kind[] = ["company", "person", "event"];
const AFTER: readonly Kind[] = ["technology", "concept", "document"];

export function panel(root: HTMLElement, graph: Graph, node: Node, view: View, state: State, way: Step[], words: Words, acts: Acts): void {
  const talks = talksOf(graph, node, view);
  const dates = [...talks.flatMap((talk) => talk.date ?? []), ...(node.date === undefined ? [] : [node.date])].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const name = node.kind === "talk" ? (node.date ?? "") : first === undefined || last === undefined ? "" : first === last ? first : `${first} – ${last}`;
  const counted = node.kind === graph.speaking ? "" : words[graph.speaking === "talk" ? "talks" : "reports"](talks.length);
  const facts = [node.series, node.place, counted, name].filter((fact) => fact !== undefined && fact !== "") as string[];
  fill(
    root,
    h("button", { type: "button", class: "close quiet", "aria-label": words.close, title: words.close, onclick: acts.close }, icon("close")),
    h("p", { class: `kind ${node.kind}` }, words.kinds[node.kind][0], node.category === undefined ? null : ` · ${node.category}`),
    h("h2", { id: "panel-name", tabindex: -1 }, said(node.label)),
    h("p", { class: "facts" }, facts.join(" · ")),
    node.aliases === undefined ? null : h("p", { class: "aliases" }, `${words.aliases}: `, said(node.aliases.slice(0, 10).join(", "))),
    links(node, words),
    actions(state, words, acts),
    state.to === null ? null : wayOf(way, words, acts),
    ...related(BEFORE, graph, node, talks, view, words, acts),
    places(node, view, words, acts),
    ...related(AFTER, graph, node, talks, view, words, acts),
  );
}

/** The chosen talks that are joined to a node. */
export function talksOf(graph: Graph, node: Node, view: View): Node[] {
  const talks = new Set<Node>();
  for (const edge of node.edges) {
    const end = other(edge, node);
    if (end.kind === graph.speaking && view.within[end.index] === 1) talks.add(end);
  }
  return [...talks].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || a.index - b.index);
}

function links(node: Node, words: Words): HTMLElement | null {
  const { session, slides = [], videos = [], repositories = [] } = node.resources ?? {};
  const all: [string, string | undefined][] = [
    [words.session, session],
    ...slides.map((url): [string, string] => [words.slides, url]),
    ...videos.map((url): [string, string] => [words.videos, url]),
    ...repositories.map((url): [string, string] => [words.repositories, url]),
  ];
  if (node.url !== undefined && !all.some(([, url]) => url === node.url)) all.push([words.homepage, node.url]);
  const safe = all.flatMap(([text, url]) => (web(url) === null ? [] : [link(url!, text)]));
  return safe.length === 0 ? null : h("p", { class: "links" }, ...safe);
}

function actions(state: State, words: Words, acts: Acts): HTMLElement {
  const steps = [1, 2, 3].map((count) =>
    h("button", { type: "button", "aria-pressed": String(state.ego === count), title: words.steps(count), onclick: () => acts.around(state.ego === count ? 0 : count) }, String(count)),
  );
  return h(
    "div",
    { class: "actions" },
    h("div", { class: "segments", role: "group", "aria-label": words.around }, h("span", {}, icon("around"), words.around), ...steps),
    h("button", { type: "button", class: "way", "aria-pressed": String(state.to !== null), onclick: acts.way }, icon("path"), state.to === null ? words.wayTo : words.endWay),
  );
}

function wayOf(way: Step[], words: Words, acts: Acts): HTMLElement {
  if (way.length === 0) return h("section", { class: "the-way" }, h("p", {}, words.noWay));
  const rows = way.map(({ node, by }) =>
    h(
      "li",
      {},
      by === null ? null : h("span", { class: "join" }, `${by.target === node ? "↓" : "↑"} ${words.joins[by.kind] ?? by.kind}`),
      row(node, null, acts),
      by?.evidence[0] === undefined ? null : quote(by.evidence[0]),
    ),
  );
  return h("section", { class: "the-way" }, h("h3", {}, words.way(way.length - 1)), h("ol", {}, ...rows));
}

/** Everything that the node's talks are joined to, or the node itself; by kind, with how many talks each. */
function related(kinds: readonly Kind[], graph: Graph, node: Node, talks: Node[], view: View, words: Words, acts: Acts): (HTMLElement | null)[] {
  const counts = new Map<Node, number>();
  const sources = node.kind === graph.speaking ? [node] : talks;
  for (const source of sources) {
    for (const end of new Set(source.edges.map((edge) => other(edge, source)))) {
      if (end !== node) counts.set(end, (counts.get(end) ?? 0) + 1);
    }
  }
  for (const edge of node.edges) {
    const end = other(edge, node);
    if (end.kind !== graph.speaking && view.within[end.index] === 1 && !counts.has(end)) counts.set(end, edge.kind === "uses" ? edge.count : 0);
  }
  return kinds.map((kind) => {
    const nodes = [...counts].filter(([end]) => end.kind === kind).sort(([a, m], [b, n]) => n - m || a.label.localeCompare(b.label));
    if (nodes.length === 0 || (kind === "document" && node.kind !== "talk")) return null;
    const name = kind === "technology" && kind === node.kind ? words.together : words.kinds[kind][1];
    const shown = nodes.map(([end, count]) => () => h("li", {}, row(end, sources.length > 1 && count > 0 ? String(count) : null, acts)));
    return section(`${name}`, nodes.length, "chips", shown, words);
  });
}

/** What is said of the node, talk by talk. */
function places(node: Node, view: View, words: Words, acts: Acts): HTMLElement | null {
  const edges = node.edges.filter((edge) => edge.evidence.length > 0 && view.within[other(edge, node).index] === 1);
  const day = (edge: Edge): string => other(edge, node).date ?? node.date ?? "";
  edges.sort((a, b) => day(b).localeCompare(day(a)) || a.index - b.index);
  const rows = edges.map((edge) => () => {
    const end = other(edge, node);
    const rest = edge.said - edge.evidence.length;
    const quotes = edge.evidence.filter((one, index, all) => all.findIndex((first) => first.quote === one.quote) === index);
    return h(
      "li",
      { class: "place" },
      h("div", { class: "head" }, row(end, end.kind === "talk" ? (end.date ?? null) : (words.joins[edge.kind] ?? null), acts)),
      ...quotes.map(quote),
      rest > 0 ? h("p", { class: "rest" }, words.morePlaces(rest)) : null,
    );
  });
  return rows.length === 0 ? null : section(words.said, rows.length, "places", rows, words);
}

/** A list that shows its first rows, and the rest when asked. */
function section(name: string, count: number, kind: keyof typeof FIRST, rows: (() => HTMLElement)[], words: Words): HTMLElement {
  const first = FIRST[kind];
  const list = h("ul", { class: kind }, ...rows.slice(0, first).map((make) => make()));
  const body = h("section", {}, h("h3", {}, name, " ", h("small", {}, String(count))), list);
  let shown = first;
  if (rows.length > first) {
    const more: HTMLElement = h(
      "button",
      {
        type: "button",
        class: "more quiet",
        onclick: () => {
          const next = rows.slice(shown, shown + first * 5).map((make) => list.appendChild(make()));
          shown += next.length;
          next[0]?.querySelector("button")?.focus();
          if (shown >= rows.length) more.remove();
          else more.textContent = words.more(rows.length - shown);
        },
      },
      words.more(rows.length - first),
    );
    body.append(more);
  }
  return body;
}

export function row(node: Node, note: string | null, acts: Pick<Acts, "open">): HTMLElement {
  return h(
    "button",
    { type: "button", class: "row", "data-id": node.id, onclick: () => acts.open(node) },
    h("i", { class: `dot ${node.kind}` }),
    said(node.label, { class: "name" }),
    note === null ? null : h("small", {}, note),
  );
}

/** A sentence with what it is evidence of marked, and where it stands. */
function quote(evidence: Evidence): HTMLElement {
  const { quote: text, surface, url, document: path, line } = evidence;
  const at = surface === "" ? -1 : text.indexOf(surface);
  const words = at < 0 ? [text] : [text.slice(0, at), h("mark", {}, surface), text.slice(at + surface.length)];
  const where = `${path}:${line}`;
  return h("blockquote", { dir: "auto" }, h("p", {}, ...words), h("cite", {}, web(url) === null ? said(where) : link(url, where)));
}

// Lists beside the graph: what is talked about most, what ever more, and which company talks about which technology.

import { other, type Graph, type Node } from "./data";
import { fill, h, s } from "./dom";
import { talksOf, row } from "./panel";
import type { View } from "./filters";
import { periods, place, type Period } from "./periods";
import type { State } from "./state";
import type { Words } from "./words";

const ROWS = 25;
const MATRIX: [companies: number, technologies: number] = [14, 10];

interface Acts {
  open(node: Node): void;
  /** The technology, in the talks for the company. */
  cell(company: Node, technology: Node): void;
}

export function lists(root: HTMLElement, graph: Graph, view: View, state: State, words: Words, acts: Acts): void {
  const technologies = ranked(graph, "technology", view);
  if (technologies.length === 0) fill(root, h("p", { class: "help" }, words.noTalks));
  else if (state.list === "top") fill(root, top(graph, technologies, view, acts));
  else if (state.list === "rising") fill(root, ...rising(graph, technologies, view, words, acts));
  else fill(root, ...matrix(graph, view, words, acts));
}

function ranked(graph: Graph, kind: "technology" | "company", view: View): Node[] {
  const talks = (node: Node): number => view.talks[node.index]!;
  const nodes = graph.nodes.filter((node) => node.kind === kind && talks(node) > 0 && view.within[node.index] === 1);
  return nodes.sort((a, b) => talks(b) - talks(a) || a.index - b.index);
}

function top(graph: Graph, technologies: Node[], view: View, acts: Acts): HTMLElement {
  const time = periods(view.chosen.map((talk) => talk.date));
  const rows = technologies.slice(0, ROWS).map((node) => {
    const line = row(node, String(view.talks[node.index]), acts);
    line.insertBefore(spark(talksOf(graph, node, view), time), line.lastChild);
    return h("li", {}, line);
  });
  return h("ol", { class: "ranked" }, ...rows);
}

/** Talks by period as small bars. */
function spark(talks: Node[], time: Period[]): SVGElement {
  const groups = Math.min(time.length, 14);
  const counts = Array.from({ length: groups }, () => 0);
  for (const talk of talks) {
    const at = place(time, talk.date);
    if (at >= 0) counts[Math.floor((at * groups) / time.length)]! += 1;
  }
  const most = Math.max(...counts, 1);
  const bars = counts.map((count, at) => s("rect", { x: at * 4, y: 14 - (14 * count) / most, width: 3, height: (14 * count) / most }));
  return s("svg", { class: "spark", viewBox: `0 0 ${Math.max(groups * 4 - 1, 1)} 14`, "aria-hidden": "true", width: groups * 4, height: 14 }, ...bars);
}

/** Technologies that late talks name more often than early ones, as shares of both; the last third of the time is late. */
function rising(graph: Graph, technologies: Node[], view: View, words: Words, acts: Acts): HTMLElement[] {
  const dated = view.chosen.filter((talk) => talk.date !== undefined);
  const time = periods(dated.map((talk) => talk.date));
  const since = time[Math.max(Math.ceil((time.length * 2) / 3), 1)]?.since;
  if (since === undefined) return [h("p", { class: "help" }, words.noRising)];
  const isLate = (talk: Node): boolean => (talk.date ?? "").slice(0, 7) >= since;
  const late = dated.filter(isLate).length;
  const early = dated.length - late;
  const scored = technologies.flatMap((node) => {
    const talks = talksOf(graph, node, view).filter((talk) => talk.date !== undefined);
    const now = talks.filter(isLate).length;
    const lift = (now + 0.5) / (late + 1) / ((talks.length - now + 0.5) / (early + 1));
    return now >= 2 && lift > 1.2 ? [{ node, talks, now, score: now * Math.log(lift) }] : [];
  });
  scored.sort((a, b) => b.score - a.score || a.node.index - b.node.index);
  if (scored.length === 0) return [h("p", { class: "help" }, words.noRising)];
  const rows = scored.slice(0, ROWS).map(({ node, talks, now }) => {
    const line = row(node, `${now} / ${talks.length}`, acts);
    line.insertBefore(spark(talks, time), line.lastChild);
    return h("li", {}, line);
  });
  return [h("p", { class: "help" }, words.risingHelp(since)), h("ol", { class: "ranked" }, ...rows)];
}

function matrix(graph: Graph, view: View, words: Words, acts: Acts): HTMLElement[] {
  const cells = new Map<Node, Map<Node, number>>();
  const add = (company: Node, technology: Node, count: number): void => {
    const row = cells.get(company) ?? new Map<Node, number>();
    cells.set(company, row.set(technology, (row.get(technology) ?? 0) + count));
  };
  for (const talk of view.chosen) {
    const ends = [...new Set(talk.edges.map((edge) => other(edge, talk)))];
    for (const company of ends) {
      if (company.kind !== "company") continue;
      for (const technology of ends) if (technology.kind === "technology" && view.within[technology.index] === 1) add(company, technology, 1);
    }
  }
  if (view.chosen.length === 0) for (const edge of graph.edges) if (edge.kind === "uses" && view.within[edge.source.index] === 1 && view.within[edge.target.index] === 1) add(edge.source, edge.target, edge.count);
  const sum = (row: Map<Node, number>): number => [...row.values()].reduce((a, b) => a + b, 0);
  const companies = [...cells].sort(([a, m], [b, n]) => sum(n) - sum(m) || a.index - b.index).slice(0, MATRIX[0]);
  const totals = new Map<Node, number>();
  for (const [, row] of companies) for (const [technology, count] of row) totals.set(technology, (totals.get(technology) ?? 0) + count);
  const technologies = [...totals].sort(([a, m], [b, n]) => n - m || a.index - b.index).slice(0, MATRIX[1]).map(([node]) => node);
  if (companies.length === 0) return [h("p", { class: "help" }, words.noTalks)];
  const most = Math.max(...companies.flatMap(([, row]) => technologies.map((technology) => row.get(technology) ?? 0)), 1);
  const head = technologies.map((node) => h("th", { scope: "col", title: node.label }, h("span", {}, name(node, acts))));
  const rows = companies.map(([company, row]) => {
    const fields = technologies.map((technology) => {
      const count = row.get(technology) ?? 0;
      const title = `${company.label} × ${technology.label}: ${words.talks(count)}`;
      const shade = `--shade:${Math.round(20 + (80 * count) / most)}%`;
      return h("td", {}, count === 0 ? null : h("button", { type: "button", style: shade, title, "aria-label": title, onclick: () => acts.cell(company, technology) }, String(count)));
    });
    return h("tr", {}, h("th", { scope: "row", title: company.label }, name(company, acts)), ...fields);
  });
  const table = h("table", {}, h("thead", {}, h("tr", {}, h("td"), ...head)), h("tbody", {}, ...rows));
  return [h("p", { class: "help" }, words.matrixHelp), h("div", { class: "matrix" }, table)];
}

function name(node: Node, acts: Acts): HTMLElement {
  return h("button", { type: "button", class: "quiet", "data-id": node.id, onclick: () => acts.open(node) }, h("bdi", {}, node.label));
}

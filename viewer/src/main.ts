// The page: reads the graph, keeps the state, and draws again what a change concerns.

import { read, type Node } from "./data";
import { Controls } from "./controls";
import { fill, h, icon, part } from "./dom";
import { view, type View } from "./filters";
import { parsed, written } from "./hash";
import { lists } from "./lists";
import { Live } from "./live";
import { panel, type Acts } from "./panel";
import { path, type Step } from "./path";
import { download, edgesCsv, nodesCsv, png, svg } from "./save";
import { Search } from "./search";
import { SearchBox } from "./searchbox";
import type { Scene, Stage } from "./stage";
import { Store, type Changed, type State } from "./state";
import { StillStage } from "./still";
import { apply, palette, whenSystemTurns } from "./theme";
import { Timeline } from "./timeline";
import { hasWebgl, WebglStage } from "./webgl";
import { preferred, words as wordsOf, type Words } from "./words";

/** What of the state chooses nodes, so that the view must be made anew. */
const CHOOSING: readonly (keyof State)[] = ["node", "ego", "kinds", "company", "event", "category", "since", "until"];
/** How far an arrow key moves the graph: a share of what is in sight. */
const STEP = 0.12;

const graph = read(part("data").textContent ?? "");
const store = new Store(parsed(location.hash, preferred()));
const state = (): State => store.get();
const words = (): Words => wordsOf(state().language);
/** Opened last of all: the browser takes its time to make ready for drawing, and meanwhile all else is made. */
const stage = (): Stage => (opened ??= open());
let opened: Stage | null = null;
const controls = new Controls(graph, store, save, (by) => stage().zoom(by));
const timeline = new Timeline(part("time"), graph, store);
const search = new Search(graph);
const box = new SearchBox(part("search") as HTMLInputElement, part("found"), part("heard"), search, words, found);
/** Whether the next node that is found is the other end of a way. */
let asksWay = false;
let shown: View = view(graph, state());
let way: Step[] = [];
let live: Live | null = null;

function open(): Stage {
  const pick = (node: Node | null): void => (node === null ? back() : show(node));
  if (hasWebgl()) return new WebglStage(graph, part("stage"), { pick, camera: (camera) => store.set({ camera }) });
  return new StillStage(graph, part("stage"));
}

function show(node: Node, look = false): void {
  if (asksWay && state().node !== null && state().node !== node.id) {
    endAsking();
    store.set({ to: node.id, ego: 0 });
    if (way.length > 0) stage().look(way.map((step) => step.node));
    return;
  }
  store.set({ node: node.id, to: null });
  part("side").classList.remove("open");
  if (look) stage().look([node]);
}

function found(node: Node): void {
  show(node, true);
  if (innerWidth > 760) part("panel-name").focus();
}

/** One step back: from asking, from a way, from the surroundings, from the panel. */
function back(): void {
  if (asksWay) endAsking();
  else if (state().to !== null) store.set({ to: null });
  else if (state().ego > 0) store.set({ ego: 0 });
  else if (state().node !== null) store.set({ node: null });
}

function endAsking(): void {
  asksWay = false;
  box.input.placeholder = words().searchHint;
}

const acts: Acts = {
  open: (node) => show(node, true),
  close: () => {
    store.set({ node: null, to: null, ego: 0 });
    part("stage").focus();
  },
  around: (ego) => {
    store.set({ ego, to: null });
    if (ego === 0) stage().zoom("all");
    else stage().look(graph.nodes.filter((node) => shown.nodes[node.index] === 1));
  },
  way: () => {
    if (state().to !== null) return store.set({ to: null });
    asksWay = true;
    box.input.placeholder = words().wayHint;
    box.input.focus();
  },
};

function draw(changed: Changed): void {
  const now = state();
  const touches = (...keys: (keyof State)[]): boolean => keys.some((key) => changed.has(key));
  const speaks = touches("language");
  if (touches(...CHOOSING)) shown = view(graph, now);
  const [from, to] = [now.node, now.to].map((id) => (id === null ? undefined : graph.byId.get(id)));
  if (touches(...CHOOSING, "to")) way = from === undefined || to === undefined ? [] : path(graph, from, to, shown.within);
  if (speaks) frame();
  if (touches("theme")) apply(now.theme);
  if (touches("colour")) document.body.classList.toggle("by-community", now.colour === "community");
  if (touches(...CHOOSING, "language", "list", "theme", "colour")) controls.draw(now, shown, graph, words());
  if (touches(...CHOOSING, "language", "list")) {
    lists(part("list"), graph, shown, now, words(), { open: acts.open, cell: (company, technology) => store.set({ company: company.id, node: technology.id, to: null }) });
  }
  if (touches(...CHOOSING, "language")) timeline.draw(now, view(graph, { ...now, since: null, until: null }).chosen, words());
  if (touches(...CHOOSING, "to", "language")) inspect(from);
  const hash = written(now, preferred());
  if (hash !== location.hash.slice(1)) history.replaceState(history.state, "", `${location.pathname}${location.search}${hash === "" ? "" : `#${hash}`}`);
  if (touches(...CHOOSING, "to", "colour", "theme")) stage().draw(scene());
  if (speaks && stage() instanceof StillStage) fill(part("note"), h("p", {}, words().picture));
}

function scene(): Scene {
  return { state: state(), view: shown, colours: palette(state().theme), way: way.map((step) => step.node) };
}

function inspect(node: Node | undefined): void {
  const root = part("panel");
  root.hidden = node === undefined;
  document.body.classList.toggle("inspecting", node !== undefined);
  if (node === undefined) return fill(root);
  const same = root.dataset["node"] === node.id;
  const [scrolled, focused] = [root.scrollTop, [...root.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement)];
  root.dataset["node"] = node.id;
  panel(root, graph, node, shown, state(), way, words(), acts);
  root.scrollTop = same ? scrolled : 0;
  if (same && focused >= 0) root.querySelectorAll("button")[focused]?.focus();
}

/** What stands on the page whatever is chosen. */
function frame(): void {
  const all = words();
  document.documentElement.lang = state().language;
  document.title = `${graph.title} · techgraph`;
  part("title").textContent = graph.title;
  part("stage").setAttribute("aria-label", all.stage);
  part("time").setAttribute("aria-label", all.time);
  box.input.placeholder = asksWay ? all.wayHint : all.searchHint;
  box.input.setAttribute("aria-label", all.search);
  const menu = part("menu");
  menu.title = all.menu;
  menu.setAttribute("aria-label", all.menu);
  fill(menu, icon("menu"));
  live?.speak();
}

function save(as: "svg" | "png" | "nodes" | "edges"): void {
  if (as === "svg") download(svg(graph, scene(), stage()), "image/svg+xml", "techgraph.svg");
  else if (as === "nodes") download(nodesCsv(graph, scene()), "text/csv", "techgraph-nodes.csv");
  else if (as === "edges") download(edgesCsv(graph, scene()), "text/csv", "techgraph-edges.csv");
  else void png(graph, scene(), stage()).then((blob) => download(blob, "image/png", "techgraph.png"));
}

function press(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, textarea")) return;
  const keys: Record<string, () => void> = { "/": () => box.input.focus(), Escape: back };
  if (target.id === "stage" || target === document.body) {
    Object.assign(keys, {
      "+": () => stage().zoom("in"),
      "=": () => stage().zoom("in"),
      "-": () => stage().zoom("out"),
      "0": () => stage().zoom("all"),
      ArrowLeft: () => stage().pan(-STEP, 0),
      ArrowRight: () => stage().pan(STEP, 0),
      ArrowUp: () => stage().pan(0, STEP),
      ArrowDown: () => stage().pan(0, -STEP),
    });
  } else if (target.closest("#tabs, #list, #panel") !== null) {
    const rows = [...target.closest("#tabs, #list, #panel")!.querySelectorAll<HTMLElement>("button, a")];
    const move = (by: number): void => rows[rows.indexOf(target) + by]?.focus();
    Object.assign(keys, { ArrowDown: () => move(1), ArrowUp: () => move(-1) });
    if (target.closest("#tabs") !== null) Object.assign(keys, { ArrowRight: () => move(1), ArrowLeft: () => move(-1) });
  }
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

store.watch((_, changed) => draw(changed));
whenSystemTurns(() => draw(new Set(["theme"])));
addEventListener("keydown", press);
addEventListener("hashchange", () => store.set(parsed(location.hash, preferred())));
part("menu").addEventListener("click", () => part("side").classList.toggle("open"));
draw(new Set(Object.keys(state()) as (keyof State)[]));
if (state().ego > 0 && state().camera === null) stage().look(graph.nodes.filter((node) => shown.nodes[node.index] === 1));
if (graph.live !== null) live = new Live(graph.live, words);
document.documentElement.dataset["ready"] = "true";
// Shadows come a moment after the first frame: a processor that draws takes half as long for them as for all else.
requestAnimationFrame(() => setTimeout(() => document.body.classList.add("drawn"), 300));

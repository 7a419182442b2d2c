// The view as a file: SVG, PNG, CSV.
//
// In: what is drawn. Out: a download. SVG and PNG are made from one list of marks, so that they look alike.

import type { Edge, Graph, Node } from "./data";
import { colour, meant, radius, short, type Scene, type Stage } from "./stage";

const FONT = "Pretendard, 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', Helvetica, Arial, sans-serif";
/** The least radius that has a label, and how far labels stand from each other, in pixels. */
const LABELLED = 5;

interface Marks {
  width: number;
  height: number;
  paper: string;
  ink: string;
  lines: { from: [number, number]; to: [number, number]; colour: string; width: number }[];
  dots: { at: [number, number]; radius: number; colour: string; title: string }[];
  labels: { at: [number, number]; text: string }[];
}

function marks(graph: Graph, scene: Scene, stage: Stage): Marks {
  const { width, height, scale, at } = stage.frame();
  const { colours, view, way } = scene;
  const lit = meant(graph, scene, null);
  const place = (node: Node): [number, number] => {
    const { x, y } = at(node);
    return [x, y];
  };
  const inFrame = ([x, y]: [number, number]): boolean => x > -50 && y > -50 && x < width + 50 && y < height + 50;
  const nodes = graph.nodes.filter((node) => view.nodes[node.index] === 1 || way.includes(node)).filter((node) => inFrame(place(node)));
  const size = (node: Node): number => radius(node, view.talks[node.index]!) * scale;
  const isLit = (node: Node): boolean => lit === null || lit.has(node);
  nodes.sort((a, b) => Number(isLit(a)) - Number(isLit(b)) || size(a) - size(b));
  const joins = (edge: Edge): boolean =>
    way.length > 0
      ? way.includes(edge.source) && way.includes(edge.target) && !edge.derived
      : lit === null || ((edge.source.id === scene.state.node || edge.target.id === scene.state.node) && lit.has(edge.source));
  const edges = graph.edges.filter((edge) => (view.edges[edge.index] === 1 || way.length > 0) && joins(edge));
  const labels: Marks["labels"] = [];
  for (const node of [...nodes].reverse()) {
    const [x, y] = place(node);
    const isFree = labels.every((label) => Math.abs(label.at[1] - y) > 15 || Math.abs(label.at[0] - x) > 110);
    if ((size(node) >= LABELLED || lit?.has(node)) && isLit(node) && isFree) labels.push({ at: [x + size(node) + 4, y + 4], text: short(node.label) });
  }
  return {
    width,
    height,
    paper: colours.paper,
    ink: colours.ink,
    lines: edges.map((edge) => ({ from: place(edge.source), to: place(edge.target), colour: lit === null ? colours.edge : colours.strong, width: lit === null ? 0.7 : 1.2 })),
    dots: nodes.map((node) => ({ at: place(node), radius: size(node), colour: isLit(node) ? colour(node, scene) : colours.faint, title: node.label })),
    labels,
  };
}

export function svg(graph: Graph, scene: Scene, stage: Stage): string {
  const { width, height, paper, ink, lines, dots, labels } = marks(graph, scene, stage);
  const n = (value: number): string => String(Math.round(value * 10) / 10);
  const body = [
    ...lines.map(({ from, to, colour: stroke, width: wide }) => `<line x1="${n(from[0])}" y1="${n(from[1])}" x2="${n(to[0])}" y2="${n(to[1])}" stroke="${stroke}" stroke-width="${wide}"/>`),
    ...dots.map(({ at, radius: r, colour: paint, title }) => `<circle cx="${n(at[0])}" cy="${n(at[1])}" r="${n(r)}" fill="${paint}"><title>${xml(title)}</title></circle>`),
    ...labels.map(({ at, text }) => `<text x="${n(at[0])}" y="${n(at[1])}">${xml(text)}</text>`),
  ];
  const style = `text{font:500 13px ${FONT};fill:${ink};stroke:${paper};stroke-width:4px;stroke-linejoin:round;paint-order:stroke}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img">\n<title>${xml(graph.title)}</title>\n<style>${style}</style>\n<rect width="100%" height="100%" fill="${paper}"/>\n${body.join("\n")}\n</svg>\n`;
}

export async function png(graph: Graph, scene: Scene, stage: Stage): Promise<Blob> {
  const { width, height, paper, ink, lines, dots, labels } = marks(graph, scene, stage);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("there is no canvas to draw on");
  context.scale(2, 2);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  for (const { from, to, colour: stroke, width: wide } of lines) {
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
  for (const { at, radius: r, colour: paint } of dots) {
    context.fillStyle = paint;
    context.beginPath();
    context.arc(...at, r, 0, Math.PI * 2);
    context.fill();
  }
  context.font = `500 13px ${FONT}`;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { at, text } of labels) {
    context.strokeText(text, ...at);
    context.fillText(text, ...at);
  }
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob === null ? failed(new Error("the picture could not be made")) : done(blob)), "image/png"));
}

export function nodesCsv(graph: Graph, { view }: Scene): string {
  const nodes = graph.nodes.filter((node) => view.nodes[node.index] === 1);
  return csv(["id", "kind", "label", "category", "date", "talks", "url"], nodes.map((node) => [node.id, node.kind, node.label, node.category ?? "", node.date ?? "", String(view.talks[node.index]), node.url ?? ""]));
}

export function edgesCsv(graph: Graph, { view }: Scene): string {
  const edges = graph.edges.filter((edge) => view.edges[edge.index] === 1);
  return csv(["source", "kind", "target", "count", "document", "line", "quote"], edges.map((edge) => {
    const first = edge.evidence[0];
    return [edge.source.id, edge.kind, edge.target.id, String(edge.count), first?.document ?? "", first === undefined ? "" : String(first.line), first?.quote ?? ""];
  }));
}

/** As RFC 4180 has it; a `'` stands before cells that a spreadsheet would run. */
function csv(head: string[], rows: string[][]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
    return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function xml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, "").replaceAll(/[&<>"']/gu, (character) => names[character]!);
}

export function download(content: Blob | string, type: string, name: string): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

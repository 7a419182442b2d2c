// The flowchart, parsed by Mermaid itself: nodes and edges of the graph, and labels that are text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
let mermaid;
try {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("");
  globalThis.window = window;
  globalThis.document = window.document;
  mermaid = (await import("mermaid")).default;
} catch {
  console.error("mermaid or jsdom is not installed");
  process.exit(77);
}
const graph = JSON.parse(readFileSync(process.argv[2], "utf8"));
const text = readFileSync(process.argv[3], "utf8");
assert.ok(text.length < 50000, `${text.length} characters are more than Mermaid draws`);
mermaid.initialize({ startOnLoad: false });
const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
const vertices = [...diagram.db.getVertices().values()].filter((vertex) => vertex.id !== "note");
const edges = diagram.db.getEdges();
assert.ok(edges.length > 0 && edges.length < 500, `${edges.length} edges`);
// Mermaid keeps codes until it draws: "#35;" is held as "ﬂ°°35¶ß".
const plain = (label) => label.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
const invisible = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const shown = (label) => {
  const line = label.split(/\p{White_Space}+/u).filter(Boolean).join(" ");
  const characters = [...line];
  const cut = characters.length > 60 ? characters.slice(0, 59).join("") + "…" : line;
  return cut.replaceAll(invisible, "");
};
const labels = { company: [], talk: [], technology: [] };
for (const node of graph.nodes) labels[node.kind]?.push(shown(node.label).trim());
for (const vertex of vertices) {
  const kind = vertex.classes.find((name) => name in labels);
  assert.ok(labels[kind].includes(plain(vertex.text).trim()), `${kind} ${JSON.stringify(plain(vertex.text))}`);
}
const count = (kind) => vertices.filter((vertex) => vertex.classes.includes(kind)).length;
assert.equal(count("talk"), Math.min(40, labels.talk.length));
const known = new Set(vertices.map((vertex) => vertex.id));
for (const edge of edges) assert.ok(known.has(edge.start) && known.has(edge.end), `${edge.start} ${edge.end}`);
const said = graph.edges.filter(({ source, kind, target }) =>
  source.startsWith("talk:") && (kind === "represents" || (kind === "mentions" && target.startsWith("technology:"))));
if (labels.technology.length <= 40 && labels.talk.length <= 40 && labels.company.length <= 30) assert.equal(edges.length, said.length);

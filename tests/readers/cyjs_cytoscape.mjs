// Cytoscape's JSON, loaded by cytoscape.js.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
let cytoscape;
try {
  cytoscape = (await import("cytoscape")).default;
} catch {
  console.error("cytoscape is not installed");
  process.exit(77);
}
const [graph, file] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const loaded = cytoscape({ headless: true, elements: file.elements });
assert.equal(loaded.nodes().length, graph.nodes.length);
assert.equal(loaded.edges().length, graph.edges.length);
const measured = ["first_day", "last_day"];
const said = (data, own) => Object.fromEntries(Object.entries(data).filter(([name]) => ![...measured, ...own].includes(name)));
for (const node of graph.nodes) {
  const data = loaded.getElementById(node.id).data();
  assert.deepEqual(said(data, ["name"]), node);
  assert.equal(data.name, node.label);
}
const id = ({ source, kind, target }) => `${source} -${kind}-> ${target}`;
for (const edge of graph.edges) {
  const wanted = Object.fromEntries(Object.entries(edge).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
  assert.deepEqual(said(loaded.getElementById(id(edge)).data(), ["id", "interaction"]), wanted);
}

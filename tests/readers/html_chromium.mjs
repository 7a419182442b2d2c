// The page, opened in Chromium: its data holds every node and edge of the graph, and its panel writes them as they are.
import assert from "node:assert/strict";
import { graphOf, open } from "../page/browser.mjs";

const graph = graphOf(process.argv[2]);
const { page, close } = await open(process.argv[3]);
const data = JSON.parse(await page.textContent("#data"));
assert.equal(data.schema, "techgraph/page/1");
const FIELDS = ["id", "kind", "label", "talks", "category", "url", "series", "place", "date", "resources"];
const known = (node) => Object.fromEntries(FIELDS.flatMap((field) => (field in node ? [[field, node[field]]] : [])));
const byId = (a, b) => (a.id < b.id ? -1 : 1);
assert.deepEqual(data.nodes.map(known).sort(byId), graph.nodes.map(known).sort(byId));
const ids = data.nodes.map((node) => node.id);
const edges = data.edges.map(([source, target, kind, count, said, evidence]) => [ids[source], ids[target], data.kinds[kind], count, said, evidence.map(([document, line, column, surface]) => [data.documents[document], line, column, surface]).slice(0, 1)]);
const wanted = graph.edges.map(({ source, target, kind, count, evidence }) => [source, target, kind, count, evidence.length, evidence.slice(0, 1).map(({ document, line, column, surface }) => [document, line, column, surface])]);
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
assert.deepEqual(sorted(edges), sorted(wanted));
for (const [x, y] of data.nodes.map((node) => node.at)) assert.ok(x >= 0 && y >= 0 && x <= 20_000 && y <= 20_000, `${x}, ${y}`);
for (const node of graph.nodes.slice(0, 40)) {
  await page.evaluate((id) => (location.hash = new URLSearchParams({ node: id }).toString()), node.id);
  await page.waitForFunction((id) => document.querySelector("#panel").dataset.node === id, node.id);
  assert.equal(await page.$eval("#panel h2 bdi", (name) => name.textContent), node.label);
}
await close();

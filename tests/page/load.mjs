// A page opens, draws all of its graph, and says how long that took: FILE GRAPH.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { graphOf, open, shown } from "./browser.mjs";

const [file, stored] = process.argv.slice(2);
const graph = graphOf(stored);
const { page, close } = await open(file);
const took = await page.evaluate(async () => {
  const { domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { ready: Math.round(domContentLoadedEventEnd), drawn: Math.round(performance.now()) };
});
const drawn = graph.nodes.filter((node) => !["person", "document"].includes(node.kind));
assert.equal((await shown(page)).nodes, drawn.length);
// What sigma drew is there: an empty frame makes a picture of some 2,000 bytes.
const picture = await page.screenshot({ clip: { x: 380, y: 80, width: 980, height: 680 } });
assert.ok(picture.length > 6000, `the graph's picture has ${picture.length} bytes: it is empty`);
const heap = await page.evaluate(() => Math.round((performance.memory?.usedJSHeapSize ?? 0) / 1e6));
console.log(`${graph.nodes.length} nodes, ${graph.edges.length} edges: ${Math.round(statSync(file).size / 1000)} KB, ready after ${took.ready} ms, drawn after ${took.drawn} ms, heap ${heap} MB`);
await close();

// Labels that try to break out are text, and the policy stops what would run: FILE GRAPH.
import assert from "node:assert/strict";
import { graphOf, open } from "./browser.mjs";

const [file, stored] = process.argv.slice(2);
const graph = graphOf(stored);
const { page, close } = await open(file);
const elements = await page.$$eval("script, img, iframe, object", (all) => all.map((one) => one.tagName));
for (const node of graph.nodes.filter(({ kind }) => ["technology", "talk", "person"].includes(kind))) {
  await page.evaluate((id) => (location.hash = new URLSearchParams({ node: id }).toString()), node.id);
  await page.waitForFunction((id) => document.querySelector("#panel").dataset.node === id, node.id);
  // HTML cannot hold NUL; the text of an element keeps everything else.
  assert.equal(await page.$eval("#panel h2 bdi", (name) => name.textContent), node.label);
  for (const href of await page.$$eval("#panel a", (links) => links.map((link) => link.getAttribute("href")))) assert.match(href, /^https?:/u);
  const wide = await page.$eval("#panel", (panel) => [panel.scrollWidth - panel.clientWidth, panel.getBoundingClientRect().right]);
  assert.ok(wide[0] <= 1 && wide[1] <= 1400, `the panel of ${node.id} is too wide: ${wide}`);
}
for (const typed of ["script", "img", "가나다라", "\u202e", "__proto__", "((("]) {
  await page.fill("#search", typed);
  await page.waitForTimeout(30);
}
assert.deepEqual(await page.$$eval("script, img, iframe, object", (all) => all.map((one) => one.tagName)), elements);
assert.equal(await page.evaluate(() => globalThis.broken), undefined, "something ran");
await close();

// The policy itself: a script, a handler and a request are refused.
const policed = await open(file);
const refused = await policed.page.evaluate(async () => {
  const refused = [];
  addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "globalThis.broken = 1";
  document.body.append(script);
  const image = document.createElement("div");
  image.innerHTML = "<img src='data:,' onerror='globalThis.broken = 1'>";
  document.body.append(image);
  await fetch("https://example.org/").catch(() => null);
  await new Promise((done) => setTimeout(done, 300));
  return { refused, broken: globalThis.broken };
});
assert.equal(refused.broken, undefined);
for (const directive of ["script-src-elem", "script-src-attr", "connect-src"]) assert.ok(refused.refused.includes(directive), `${directive}: ${refused.refused}`);
policed.wrong.length = 0;
await policed.close();

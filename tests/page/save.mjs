// The view is saved as SVG, PNG and CSV, and holds what is shown: FILE, of the samples.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, shown } from "./browser.mjs";

const [file] = process.argv.slice(2);
const { page, close } = await open(file, { hash: "#node=technology:kubernetes&around=2" });
const { nodes, edges } = await shown(page);

async function save(as) {
  await page.click("#save summary");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save=${as}]`)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const svg = await save("svg");
assert.equal(svg.name, "techgraph.svg");
const read = await page.evaluate((text) => {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  return { root: picture.documentElement.localName, dots: picture.querySelectorAll("circle").length, texts: [...picture.querySelectorAll("text")].map((one) => one.textContent) };
}, svg.bytes.toString("utf8"));
assert.equal(read.root, "svg");
assert.equal(read.dots, nodes);
assert.ok(read.texts.includes("Kubernetes"));
const png = await save("png");
assert.equal(png.name, "techgraph.png");
assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
assert.ok(png.bytes.readUInt32BE(16) > 1000 && png.bytes.length > 10_000, "the picture is large enough to be one");
const rows = (bytes) => bytes.toString("utf8").split("\r\n").slice(0, -1);
const nodeRows = rows((await save("nodes")).bytes);
assert.equal(nodeRows.length, nodes + 1);
assert.ok(nodeRows.some((row) => row.startsWith("technology:kubernetes,technology,Kubernetes,orchestration,")));
const edgeRows = rows((await save("edges")).bytes);
assert.equal(edgeRows[0], "source,kind,target,count,document,line,quote");
assert.ok(edgeRows.length >= edges + 1, "a quote may hold a line end, a row is never lost");
await close();

// Without WebGL the picture of -f svg stands in, with the same panels; without scripts it stands alone: FILE.
import assert from "node:assert/strict";
import { find, inspect, open, shown } from "./browser.mjs";

const [file] = process.argv.slice(2);
const { page, close } = await open(file, { webgl: false });
assert.equal(await page.evaluate(() => document.createElement("canvas").getContext("webgl2")), null, "this Chromium has WebGL");
await page.waitForFunction(() => document.querySelector("#stage img").naturalWidth > 300);
assert.match(await page.textContent("#note"), /WebGL/u);
assert.equal((await find(page, "k8s"))[0], "technology:kubernetes");
assert.equal(await inspect(page, "k8s"), "Kubernetes");
assert.ok((await page.$$("#panel mark")).length > 0);
const all = await shown(page);
await page.click("#panel .segments button >> nth=0");
assert.ok((await shown(page)).nodes < all.nodes);
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save summary").then(() => page.click("[data-save=svg]"))]);
assert.equal(download.suggestedFilename(), "techgraph.svg");
await close();

const bare = await open(file, { javaScriptEnabled: false });
await bare.page.waitForSelector("img.still");
const box = await (await bare.page.$("img.still")).boundingBox();
assert.ok(box.width > 300 && box.height > 100, JSON.stringify(box));
await bare.close();

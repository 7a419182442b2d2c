// The page of a running server follows what happens in its folder, and leaves the reader alone: URL FOLDER, which holds the
// samples, is served with --watch, and is written to here.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { find, inspect, open } from "./browser.mjs";

const [url, folder] = process.argv.slice(2);
const SOON = { timeout: 5_000 };
const KUBERNETES = "technology:kubernetes";

/** Writes a report of one talk, and marks the page of the moment, so that the next can be told from it. */
async function report(name, title, speaker) {
  await page.evaluate(() => (globalThis.old = true));
  const text = `## ${title}\n\n발표자 : ${speaker} (물총새상점 정산팀)\n\n- 사내 도구 솔방울은 Go로 작성했다. 솔방울은 Redis 에서 주문을 읽는다.\n- 솔방울 서버는 쿠버네티스 위에서 돈다.\n`;
  writeFileSync(join(folder, `${name}.md`), text);
}

const next = () => page.waitForFunction(() => globalThis.old !== true && document.documentElement.dataset.ready === "true", null, SOON);

/** What is found, by its name; the field is left again. */
async function titles(typed) {
  await find(page, typed);
  const found = await page.$$eval("#found .name", (names) => names.map((name) => name.textContent));
  await page.$eval("#search", (search) => search.blur());
  return found;
}

const { page, wrong, close } = await open(url);
assert.equal((await find(page, "k8s"))[0], KUBERNETES);
assert.equal(await inspect(page, "k8s"), "Kubernetes");
assert.deepEqual(await titles("솔방울로 밤 정산"), []);

// Another report: the page has it, with the panel open and scrolled as it was.
const count = async () => Number((await page.textContent("#panel .facts")).match(/(\d+) talks/u)[1]);
const before = await count();
await page.$eval("#panel", (panel) => (panel.scrollTop = 150));
await report("night", "솔방울로 밤 정산 줄이기", "한여울");
await next();
assert.equal(await page.textContent("#panel h2"), "Kubernetes");
assert.equal(await page.$eval("#panel", (panel) => panel.scrollTop), 150);
assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("node"), KUBERNETES);
assert.equal(await count(), before + 1, "the talk names Kubernetes");
assert.equal((await titles("솔방울로 밤 정산"))[0], "솔방울로 밤 정산 줄이기");

// Who types is left alone, and told; the page follows once they have left the field.
await page.fill("#search", "redi");
await report("morning", "솔방울 그 뒤: 아침 정산", "서하늬");
await page.waitForFunction(() => /newer/u.test(document.querySelector("#news").textContent), null, SOON);
await page.waitForTimeout(2_000);
assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.activeElement.value, globalThis.old]), ["search", "redi", true]);
await page.click("#stage", { position: { x: 5, y: 5 } });
await next();
assert.equal((await titles("아침 정산"))[0], "솔방울 그 뒤: 아침 정산");

// It is loaded once for a graph, not again and again.
await page.evaluate(() => (globalThis.old = true));
await page.waitForTimeout(2_500);
assert.ok(await page.evaluate(() => globalThis.old), "the page is loaded again without news");

// A server that refuses to tell is asked again, and the reader knows.
await page.route("**/api/events", (route) => route.fulfill({ status: 503 }));
await page.reload();
await page.waitForFunction(() => /cannot be reached/u.test(document.querySelector("#news").textContent), null, SOON);
await page.unroute("**/api/events");
await page.waitForFunction(() => /is back/u.test(document.querySelector("#news").textContent), null, { timeout: 15_000 });
await page.waitForFunction(() => document.querySelector("#news").textContent === "", null, { timeout: 10_000 });
assert.deepEqual(wrong.filter((what) => !/status of 503/u.test(what)), []);
wrong.length = 0;
await close();

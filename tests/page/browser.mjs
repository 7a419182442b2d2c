// A page in Chromium, by playwright-core; every script of this folder starts here.
//
// In: the file of a page, or its address where it is served. Out: the page, opened; when it is closed, nothing must have been
// wrong on it: no error, no request to anywhere but to the server that it came from. Ends with 77 where Chromium or playwright-core is not installed.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const WEBGL = ["--enable-unsafe-swiftshader", "--use-angle=swiftshader"];
const NO_WEBGL = ["--disable-3d-apis", "--disable-gpu"];

function playwright() {
  try {
    return createRequire(new URL("../readers/package.json", import.meta.url))("playwright-core");
  } catch {
    return missing("playwright-core is not installed");
  }
}

function missing(why) {
  console.error(why);
  process.exit(77);
}

/** Opens a file or an address; `options` are those of a browser's context, with `webgl` and `hash`. */
export async function open(place, { webgl = true, hash = "", ...options } = {}) {
  const { chromium } = playwright();
  if (!existsSync(CHROMIUM)) missing(`there is no ${CHROMIUM}`);
  const args = ["--no-sandbox", ...(webgl ? WEBGL : NO_WEBGL)];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const address = /^https?:/u.test(place) ? place : pathToFileURL(place).href;
  const own = address.startsWith("file:") ? "file:" : `${new URL(address).origin}/`;
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: "en-GB", colorScheme: "light", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !isDriver(message.text()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.stack ?? error.message));
  page.on("request", (request) => [own, "data:", "blob:"].some((start) => request.url().startsWith(start)) || wrong.push(`a request to ${request.url()}`));
  await page.goto(address + hash);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]", { timeout: 90_000 });
  const close = async () => {
    await browser.close();
    assert.deepEqual(wrong, [], "the page is not content");
  };
  return { page, wrong, close };
}

/** What Chromium says of its own drawing in software. */
function isDriver(text) {
  return /GL Driver Message|GPU stall|WebGL.*fallback|swiftshader/iu.test(text);
}

export const graphOf = (file) => JSON.parse(readFileSync(file, "utf8"));

/** The numbers of nodes and edges that the page says it shows. */
export async function shown(page) {
  const [nodes, edges] = (await page.textContent("#shown")).match(/[\d,]+/gu).map((number) => Number(number.replaceAll(",", "")));
  return { nodes, edges };
}

/** How many talks the filters leave. */
export async function talks(page) {
  return Number((await page.textContent("#kinds [data-kind=talk] small")).replaceAll(",", ""));
}

/** Types a name, and returns the ids of what is found. */
export async function find(page, name) {
  await page.fill("#search", name);
  return page.$$eval("#found li[data-id]", (rows) => rows.map((row) => row.dataset.id));
}

/** Opens the panel of a node by its name. */
export async function inspect(page, name) {
  await find(page, name);
  await page.press("#search", "Enter");
  return page.textContent("#panel h2");
}

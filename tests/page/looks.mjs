// Light and dark, English and Korean, a phone's width, and the keyboard alone: FILE, of the samples.
import assert from "node:assert/strict";
import { find, open } from "./browser.mjs";

const [file] = process.argv.slice(2);
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(251, 252, 253)";
const DARK = "rgb(20, 25, 31)";

// As the system has it, and by the switch.
const dark = await open(file, { colorScheme: "dark", locale: "ko-KR" });
assert.equal(await paper(dark.page), DARK);
await dark.page.emulateMedia({ colorScheme: "light" });
await dark.page.waitForFunction((light) => getComputedStyle(document.body).backgroundColor === light, LIGHT);
await dark.page.click("#theme");
assert.equal(await paper(dark.page), DARK);
assert.match(dark.page.url(), /theme=dark/u);
// Korean by the browser's language, English by the switch.
assert.equal(await dark.page.getAttribute("html", "lang"), "ko");
assert.match(await dark.page.textContent("#kinds"), /기술.*회사.*발표/su);
await dark.page.click("#language");
assert.match(await dark.page.textContent("#kinds"), /Technologies.*Companies.*Talks/su);
await dark.page.click("#colour");
assert.match(dark.page.url(), /colour=community/u);
await dark.close();

// A phone: nothing is wider than the screen, the menu opens, the panel is a sheet that leaves some of the graph.
const phone = await open(file, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
const widest = () => phone.page.evaluate(() => Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("#side, #panel, #tools, #time, #side > *")].filter((part) => part.offsetParent !== null || getComputedStyle(part).position === "fixed").map((part) => part.getBoundingClientRect().right)));
assert.ok((await widest()) <= 390, `something reaches to ${await widest()}`);
assert.equal(await phone.page.isVisible("#list"), false);
await phone.page.tap("#menu");
assert.ok(await phone.page.isVisible("#list .row"));
assert.ok((await widest()) <= 390);
await phone.page.tap("#list .row >> nth=0");
assert.equal(await phone.page.isVisible("#list"), false, "the menu gives way to the panel");
const sheet = await phone.page.$eval("#panel", (panel) => panel.getBoundingClientRect().toJSON());
assert.ok(sheet.top > 300 && sheet.right <= 390 && sheet.bottom <= 844, JSON.stringify(sheet));
assert.ok(await phone.page.isVisible("#search"));
await phone.close();

// The keyboard: / searches, arrows and Enter choose, Escape goes back step by step, focus is seen.
const { page, close } = await open(file);
await page.keyboard.press("/");
assert.equal(await page.evaluate(() => document.activeElement.id), "search");
await page.keyboard.type("kafka");
const active = () => page.getAttribute("#search", "aria-activedescendant");
assert.equal(await page.getAttribute("#search", "aria-expanded"), "true");
assert.equal(await active(), "found-0");
await page.keyboard.press("ArrowDown");
assert.equal(await active(), "found-1");
assert.equal(await page.getAttribute("#found-1", "aria-selected"), "true");
const second = await page.getAttribute("#found-1", "data-id");
await page.keyboard.press("Enter");
assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("node"), second);
assert.equal(await page.evaluate(() => document.activeElement.id), "panel-name");
await page.keyboard.press("Tab");
const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
assert.notEqual(outline, "none", "what has the focus shows it");
await page.keyboard.press("Escape");
assert.equal(await page.isVisible("#panel"), false);
await page.focus("#stage");
await page.keyboard.press("+");
await page.keyboard.press("ArrowLeft");
await page.waitForFunction(() => location.hash.includes("camera="));
await page.keyboard.press("0");
await page.waitForFunction(() => !location.hash.includes("camera="));
await page.focus("#tabs [aria-selected=true]");
await page.keyboard.press("ArrowRight");
await page.keyboard.press("Enter");
assert.equal(await page.getAttribute("#tabs [data-list=rising]", "aria-selected"), "true");
// A click on the graph opens what lies there.
await find(page, "kafka");
await page.press("#search", "Enter");
await page.waitForTimeout(500);
await page.keyboard.press("Escape");
const middle = await page.$eval("#stage", (stage) => ({ x: stage.getBoundingClientRect().x + stage.clientWidth / 2, y: stage.getBoundingClientRect().y + stage.clientHeight / 2 }));
await page.waitForTimeout(300);
await page.mouse.click(middle.x, middle.y);
await page.waitForFunction(() => !document.querySelector("#panel").hidden);
assert.match(await page.textContent("#panel h2"), /Kafka/u);
// Whatever is a control has a name.
const nameless = await page.$$eval("button, select, input, summary", (all) => all.filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.closest("label"))).map((one) => one.outerHTML));
assert.deepEqual(nameless, []);
await close();

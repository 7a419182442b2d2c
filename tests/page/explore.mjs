// What the page finds, tells and leaves out is what the graph holds: FILE GRAPH, of the samples.
import assert from "node:assert/strict";
import { find, graphOf, inspect, open, shown, talks } from "./browser.mjs";

const [file, stored] = process.argv.slice(2);
const graph = graphOf(stored);
const byId = new Map(graph.nodes.map((node) => [node.id, node]));
const KUBERNETES = "technology:kubernetes";
const SHOWN = new Set(["technology", "company", "talk", "concept", "event"]);
const { page, close } = await open(file);
const all = await shown(page);

// Search: by alias, in Hangul, by half a syllable, by first letters, by part of a name.
for (const typed of ["k8s", "K8S", "쿠버", "쿠버네티스", "쿱", "쿠버ㄴ", "ㅋㅂㄴㅌㅅ", "kuber", "クバネ"]) {
  assert.equal((await find(page, typed))[0], KUBERNETES, `${typed} finds it first`);
}
assert.deepEqual(await find(page, "no such name anywhere"), []);
assert.match(await page.textContent("#found"), /Nothing/u);

// The panel: what kind it is, its talks, companies, days, and the sentences with the name marked and their places.
assert.equal(await inspect(page, "쿠버"), "Kubernetes");
const node = byId.get(KUBERNETES);
const mentions = graph.edges.filter((edge) => edge.kind === "mentions" && edge.target === KUBERNETES);
const named = new Set(mentions.map((edge) => edge.source));
const panel = () => page.textContent("#panel");
assert.match(await page.textContent("#panel .kind"), new RegExp(`Technology.*${node.category}`, "u"));
assert.match(await page.textContent("#panel .facts"), new RegExp(`${node.talks} talks`, "u"));
const days = [...named].map((id) => byId.get(id).date).filter(Boolean).sort();
assert.ok((await page.textContent("#panel .facts")).includes(`${days[0]} – ${days.at(-1)}`));
for (const company of graph.edges.filter((edge) => edge.kind === "represents" && named.has(edge.source))) {
  assert.ok((await panel()).includes(byId.get(company.target).label), `its companies are named: ${company.target}`);
}
const more = await page.$$("#panel .places + .more");
for (const button of more) await button.click();
for (const { source, evidence } of mentions) {
  const quotes = await page.$$eval(
    "#panel .place",
    (places, id) => places.filter((place) => place.querySelector(".row").dataset.id === id).map((place) => [...place.querySelectorAll("blockquote")].map((quote) => [quote.querySelector("p").textContent, quote.querySelector("mark")?.textContent, quote.querySelector("cite").textContent])),
    source,
  );
  const [quote, mark, where] = quotes.flat()[0];
  assert.deepEqual([quote, mark, where], [evidence[0].quote, evidence[0].surface, `${evidence[0].document}:${evidence[0].line}`]);
}

// Around it: itself and what is joined to it by what is said.
const joined = new Set([KUBERNETES, ...named].filter((id) => SHOWN.has(byId.get(id).kind)));
await page.click("#panel .segments button >> nth=0");
assert.equal((await shown(page)).nodes, joined.size);
await page.click("#panel .segments button >> nth=1");
const second = new Set(graph.edges.filter((edge) => joined.has(edge.source) && !["uses", "maintains"].includes(edge.kind) && edge.source.startsWith("talk:")).map((edge) => edge.target));
assert.equal((await shown(page)).nodes, new Set([...joined, ...[...second].filter((id) => SHOWN.has(byId.get(id).kind))]).size);
await page.keyboard.press("Escape");
assert.deepEqual(await shown(page), all);

// The way to another node leads along edges, with their sentences.
await page.click("#panel .way");
await find(page, "redis");
await page.press("#search", "Enter");
const way = await page.$$eval("#panel .the-way .row", (rows) => rows.map((row) => row.dataset.id));
assert.deepEqual([way[0], way.at(-1)], [KUBERNETES, "technology:redis"]);
for (let at = 1; at < way.length; at += 1) {
  const ends = [way[at - 1], way[at]];
  assert.ok(graph.edges.some((edge) => ends.includes(edge.source) && ends.includes(edge.target)), `${ends} are joined`);
}
assert.ok(way.length <= 5 && (await page.$$("#panel .the-way mark")).length > 0);
assert.match(page.url(), /to=technology%3Aredis/u);
await page.click("#panel .way");

// Filters choose talks: by company, by category, by event.
const company = graph.nodes.find((one) => one.kind === "company" && one.talks > 0);
const for_ = new Set(graph.edges.filter((edge) => edge.kind === "represents" && edge.target === company.id).map((edge) => edge.source));
await page.selectOption("#filters [name=company]", company.id);
assert.equal(await talks(page), for_.size);
await page.selectOption("#filters [name=category]", "database");
const databases = new Set(graph.nodes.filter((one) => one.category === "database").map((one) => one.id));
const about = new Set(graph.edges.filter((edge) => edge.kind === "mentions" && databases.has(edge.target)).map((edge) => edge.source));
assert.equal(await talks(page), [...for_].filter((talk) => about.has(talk)).length);
await page.click("#filters .reset");
const event = graph.nodes.find((one) => one.kind === "event");
await page.selectOption("#filters [name=event]", event.id);
assert.equal(await talks(page), graph.edges.filter((edge) => edge.kind === "part_of" && edge.target === event.id).length);
await page.click("#filters .reset");
await page.click("#kinds [data-kind=concept]");
assert.equal((await shown(page)).nodes, all.nodes - graph.nodes.filter((one) => one.kind === "concept").length);
await page.click("#kinds [data-kind=concept]");

// Time: the left handle leaves out the first talks.
await page.focus("#time [data-end=since]");
await page.keyboard.press("ArrowRight");
const since = new URL(page.url()).hash.match(/since=(\d{4}-\d{2})/u)[1];
const later = graph.nodes.filter((one) => one.kind === "talk" && (one.date ?? "").slice(0, 7) >= since).length;
assert.equal(await talks(page), later);
assert.ok(later > 0 && later < graph.nodes.filter((one) => one.kind === "talk").length, "the handle chooses");

// Lists: the most talked about first, with the counts of what is left.
const top = await page.$$eval("#list .row", (rows) => rows.map((row) => [row.dataset.id, Number(row.querySelector("small").textContent)]));
const left = new Set(graph.nodes.filter((one) => one.kind === "talk" && (one.date ?? "").slice(0, 7) >= since).map((one) => one.id));
for (const [id, count] of top) assert.equal(count, graph.edges.filter((edge) => edge.kind === "mentions" && edge.target === id && left.has(edge.source)).length);
assert.deepEqual(top.map(([, count]) => count), top.map(([, count]) => count).sort((a, b) => b - a));
await page.click("#tabs [data-list=rising]");
assert.ok((await page.$$("#list .help")).length > 0);
await page.click("#tabs [data-list=matrix]");
const cell = await page.$("#list .matrix td button");
const title = await cell.getAttribute("title");
await cell.click();
assert.ok(title.includes(await page.textContent("#panel h2")), "a field leads to its technology");

// The address keeps all of it.
const before = { url: page.url(), shown: await shown(page), talks: await talks(page), name: await page.textContent("#panel h2") };
await close();
const again = await open(file, { hash: new URL(before.url).hash });
assert.deepEqual({ url: again.page.url(), shown: await shown(again.page), talks: await talks(again.page), name: await again.page.textContent("#panel h2") }, before);
await again.page.evaluate(() => (location.hash = "#node=technology:redis&language=ko"));
await again.page.waitForFunction(() => document.querySelector("#panel h2").textContent === "Redis");
await again.close();

// Grafana's rows, loaded by Grafana's own library: the fields of the node graph panel, and every query of the dashboard that
// docs/dashboards ships, with the transformations of its tables.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
let grafana;
try {
  grafana = require("@grafana/data");
} catch {
  console.error("@grafana/data is not installed");
  process.exit(77);
}
const { FieldCache, FieldType, NodeGraphDataFrameFieldNames: names, toDataFrame } = grafana;
const { standardTransformers, standardTransformersRegistry, transformDataFrame } = grafana;
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const graph = json(process.argv[2]);
const files = { "nodes.json": json(`${process.argv[3]}/nodes.json`), "edges.json": json(`${process.argv[3]}/edges.json`) };
const dashboard = json(new URL("../../docs/dashboards/grafana-dashboard.json", import.meta.url));

// The panel, by its own names of the fields.
function checkPanel(nodes, edges) {
  const column = (frame, name, type) => {
    const field = new FieldCache(frame).getFieldByName(name);
    assert.ok(field, `there is no field ${name}`);
    assert.equal(field.type, type, `${name} is a ${field.type}`);
    return field.values;
  };
  const texts = (frame, ...known) => known.map((name) => column(frame, name, FieldType.string));
  const [ids, titles, kinds, stats, more] = texts(nodes, names.id, names.title, names.subTitle, names.mainStat, names.secondaryStat);
  const [edgeIds, sources, targets, counts, said] = texts(edges, names.id, names.source, names.target, names.mainStat, names.secondaryStat);
  assert.ok(ids.length > 0 && ids.length <= 200 && edgeIds.length > 0, `${ids.length} nodes, ${edgeIds.length} edges`);
  for (const unique of [ids, edgeIds]) assert.equal(new Set(unique).size, unique.length, "ids stand twice");
  const arcs = nodes.fields.filter((field) => field.name.startsWith(names.arc));
  assert.ok(arcs.length > 0 && arcs.every((field) => field.type === FieldType.number));
  ids.forEach((id, row) => assert.equal(arcs.reduce((sum, arc) => sum + arc.values[row], 0), 1, `arcs of ${id}`));
  for (const width of column(edges, names.thickness, FieldType.number)) assert.ok(width >= 1 && width <= 8);
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  ids.forEach((id, row) => {
    const { label, kind, talks, date = "", category = "" } = known.get(id);
    const stat = kind === "talk" ? date : `${talks} talk${talks === 1 ? "" : "s"}`;
    assert.deepEqual([titles[row], kinds[row], stats[row], more[row]], [label, kind, stat, category]);
  });
  const key = (...parts) => JSON.stringify(parts);
  const joined = new Map(graph.edges.map((edge) => [key(edge.source, edge.target, edge.kind), edge.count]));
  const shown = new Set(ids);
  edgeIds.forEach((id, row) => {
    const ends = [sources[row], targets[row]];
    assert.ok(ends.every((end) => shown.has(end)), `${id} leads to nowhere`);
    const count = joined.get(key(...ends, said[row])) ?? joined.get(key(...ends.reverse(), said[row]));
    assert.equal(counts[row], `${count}×`);
  });
}

// What Infinity makes of a query: a field for each column.
function frame(target) {
  const rows = files[target.url.replace("${base}/", "")];
  assert.ok(rows, `${target.url} is no file of the folder`);
  const fields = target.columns.map(({ selector, text, type }) => {
    const values = rows.map((row) => {
      assert.ok(selector in row, `${target.url} has no ${selector}`);
      assert.ok(row[selector] === null || typeof row[selector] === type, `${selector} is no ${type}: ${row[selector]}`);
      return row[selector];
    });
    return { name: text, type: FieldType[type], values, config: {} };
  });
  return toDataFrame({ refId: target.refId, fields });
}

globalThis.window = {};
// Some stand there twice, under an older name.
const transformers = new Map(Object.values(standardTransformers).map((it) => [it.id, { ...it, transformation: async () => it }]));
standardTransformersRegistry.setInit(() => [...transformers.values()]);
const variables = dashboard.templating.list.map((variable) => "${" + variable.name + "}");
for (const panel of dashboard.panels) {
  assert.ok(variables.includes(panel.datasource.uid) && panel.targets.every((target) => variables.includes(target.url.split("/")[0])));
  const frames = panel.targets.map(frame);
  if (panel.type === "nodeGraph") {
    assert.deepEqual(panel.targets.map((target) => target.format), ["node-graph-nodes", "node-graph-edges"]);
    checkPanel(...frames);
    const arcs = frames[0].fields.map((field) => field.name).filter((name) => name.startsWith(names.arc));
    assert.deepEqual(panel.options.nodes.arcs.map((arc) => arc.field), arcs);
    continue;
  }
  const [{ options }, { options: { sort: [{ field: by }] } }, { options: { limitField } }] = panel.transformations;
  const kind = options.filters[0].config.options.value;
  const number = panel.targets[0].columns.find((column) => column.text === by).selector;
  const of = files["nodes.json"].filter((row) => row.subtitle === kind && row[number] !== "").map((row) => row[number]);
  const order = of.sort((a, b) => (typeof a === "number" ? b - a : a < b ? 1 : a > b ? -1 : 0)).slice(0, limitField);
  const [table] = await new Promise((resolve) => transformDataFrame(panel.transformations, frames).subscribe(resolve));
  assert.ok(order.length > 0 && !table.fields.some((field) => field.name === "kind"), panel.title);
  assert.deepEqual([...table.fields.find((field) => field.name === by).values], order, panel.title);
}
// Without columns, fields are named by the rows; their types are then guessed from what the first row says.
const [nodes, edges] = Object.values(files).map((rows) => toDataFrame(rows));
assert.ok(new FieldCache(nodes).getFieldByName(names.id) && new FieldCache(edges).getFieldByName(names.source));

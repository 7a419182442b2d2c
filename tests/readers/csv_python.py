"""The folder of tables, read by Python's csv: heads as Neo4j's importer wants them, and no cell that a spreadsheet runs."""

import csv
import sys

import expected

csv.field_size_limit(10**9)


def table(name):
    with open(f"{sys.argv[2]}/{name}", encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file, strict=True))
    for row in rows:
        assert len(row) == len(head), (name, row)
        assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r\n\0")) for cell in row), (name, row)
    plain = [cell.removesuffix(":long").removesuffix(":ID") for cell in head]
    return [{k: cell.removeprefix("'") for k, cell in zip(plain, row)} for row in rows]


nodes = {}
for row in table("nodes.csv"):
    assert row.pop(":LABEL") == row["kind"]
    row["talks"] = int(row["talks"])
    nodes[row["id"]] = expected.said(row, "id")
edges = {}
for row in table("edges.csv"):
    key = (row.pop(":START_ID"), row.pop(":END_ID"), row.pop(":TYPE"))
    assert key[2] == row["kind"] and key not in edges
    row["count"] = int(row["count"])
    edges[key] = expected.said(row)
for row in table("mentions.csv"):
    key = (row.pop("source"), row.pop("target"), row.pop("kind"))
    row = {k: v for k, v in row.items() if k != "url" or v}
    row["span"] = [int(row.pop("from_byte")), int(row.pop("to_byte"))]
    row.update(line=int(row["line"]), column=int(row["column"]), confidence=float(row["confidence"]))
    edges[key].setdefault("evidence", []).append(row)
expected.same(nodes, expected.nodes(), "nodes")
expected.same(edges, expected.edges(), "edges")

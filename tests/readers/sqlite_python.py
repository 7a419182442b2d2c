"""The database, asked by Python's sqlite3: tables, foreign keys, search in Hangul, trends, Grafana's views."""

import sqlite3
import sys

import expected

TABLES = {
    "company": "companies", "concept": "concepts", "document": "documents", "event": "events",
    "person": "people", "talk": "talks", "technology": "technologies",
}
database = sqlite3.connect(f"file:{sys.argv[2]}?mode=ro", uri=True)
database.row_factory = sqlite3.Row


def ask(question, *values):
    return [dict(row) for row in database.execute(question, values)]


assert ask("PRAGMA integrity_check") == [{"integrity_check": "ok"}] and not ask("PRAGMA foreign_key_check")
assert ask("PRAGMA user_version") == [{"user_version": 1}]
assert ask("PRAGMA application_id") == [{"application_id": int.from_bytes(b"tgph")}]
nodes = {}
for kind, table in TABLES.items():
    for row in ask(f"SELECT * FROM {table}"):
        assert row["kind"] == kind
        nodes[row["id"]] = expected.said(row, "id")
assert {row["id"]: row["kind"] for row in ask("SELECT * FROM nodes")} == {id: n["kind"] for id, n in nodes.items()}
edges, ids = {}, {}
for row in ask("SELECT * FROM edges"):
    ids[row["id"]] = key = (row.pop("source"), row.pop("target"), row["kind"])
    edges[key] = expected.said(row, "id")
for row in ask("SELECT * FROM mentions ORDER BY rowid"):
    assert (row.pop("source"), row.pop("target"), row.pop("kind")) == ids[row["edge"]]
    assert row.pop("document_id") in nodes
    row["span"] = [row.pop("from_byte"), row.pop("to_byte")]
    edges[ids[row.pop("edge")]].setdefault("evidence", []).append({k: v for k, v in row.items() if k != "url" or v})
expected.same(nodes, expected.nodes(), "nodes")
expected.same(edges, expected.edges(), "edges")
for text in ("쿠버네", "Kub"):
    found = {row["id"] for row in ask("SELECT id FROM search WHERE search MATCH ? AND what != 'quote'", f'"{text}"')}
    assert found == {id for id, n in nodes.items() if text.lower() in n["label"].lower()}, text
    quotes = ask("SELECT text FROM search WHERE search MATCH ? AND what = 'quote'", f'"{text}"')
    said = [e["quote"] for edge in edges.values() for e in edge.get("evidence", []) if text.lower() in e["quote"].lower()]
    assert {row["text"] for row in quotes} == set(said), text
dated = [(s, t) for s, t, kind in edges if kind == "mentions" and t.startswith("technology:") and nodes[s].get("date") and s.startswith("talk:")]
assert sum(row["talks"] for row in ask("SELECT * FROM trends")) == len(dated)
shown = {row["id"] for row in ask("SELECT * FROM grafana_nodes")}
assert 0 < len(shown) <= 200
for row in ask("SELECT arc__company + arc__technology AS arcs FROM grafana_nodes"):
    assert row["arcs"] == 1
for row in ask("SELECT * FROM grafana_edges"):
    assert row["source"] in shown and row["target"] in shown, row

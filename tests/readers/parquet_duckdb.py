"""The folder of Parquet tables, read by DuckDB: the types of its columns, days as days, and what the graph holds."""

import datetime
import sys

import expected

try:
    import duckdb
except ImportError:
    expected.skip("duckdb")

DAYS = ("date", "first_day", "last_day")
COUNTS = ("talks", "count", "line", "column", "from_byte", "to_byte")


def table(name):
    rows = duckdb.sql(f"SELECT * FROM read_parquet('{sys.argv[2]}/{name}.parquet')")
    for column, kind in zip(rows.columns, map(str, rows.types)):
        listed = (name, column) == ("edges", "talks")
        wanted = "DATE" if column in DAYS else "BIGINT" if column in COUNTS and not listed else "DOUBLE" if column == "confidence" else "VARCHAR"
        assert kind == wanted, (name, column, kind)
    for row in rows.fetchall():
        plain = (value.isoformat() if isinstance(value, datetime.date) else value for value in row)
        yield {column: value for column, value in zip(rows.columns, plain) if value is not None}


nodes, days = {}, {}
for row in table("nodes"):
    days[row["id"]] = (row.get("first_day"), row.get("last_day"))
    nodes[row["id"]] = expected.said(row, "id")
edges = {}
for row in table("edges"):
    key = (row.pop("source"), row.pop("target"), row["kind"])
    assert key not in edges
    edges[key] = expected.said(row)
for row in table("mentions"):
    key = (row.pop("source"), row.pop("target"), row.pop("kind"))
    row["span"] = [row.pop("from_byte"), row.pop("to_byte")]
    edges[key].setdefault("evidence", []).append(row)
expected.same(nodes, expected.nodes(), "nodes")
expected.same(edges, expected.edges(), "edges")
dated = {key: node["date"] for key, node in nodes.items() if "date" in node}
assert dated and all(days[key] == (date, date) for key, date in dated.items())

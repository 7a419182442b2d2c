"""Grafana's rows: the fields of the node graph panel, arcs that sum to 1, no edge that leads nowhere, 200 nodes at most."""

import json
import sys

import expected

NODE = {"id", "title", "subtitle", "mainstat", "secondarystat"}
EDGE = {"id", "source", "target", "mainstat", "secondarystat", "thickness"}
with open(f"{sys.argv[2]}/nodes.json", encoding="utf-8") as file:
    nodes = json.load(file)
with open(f"{sys.argv[2]}/edges.json", encoding="utf-8") as file:
    edges = json.load(file)
wanted = expected.nodes()
assert 0 < len(nodes) <= 200 and edges
ids = [node["id"] for node in nodes]
assert len(set(ids)) == len(ids) and len({edge["id"] for edge in edges}) == len(edges)
for node in nodes:
    assert {name for name in node if "__" not in name} == NODE, node
    assert sum(value for name, value in node.items() if name.startswith("arc__")) == 1
    assert node["title"] == wanted[node["id"]]["label"] and node["subtitle"] == wanted[node["id"]]["kind"]
of = expected.edges()
for edge in edges:
    assert {name for name in edge if "__" not in name} == EDGE, edge
    assert edge["source"] in ids and edge["target"] in ids, edge
    kind, ends = edge["secondarystat"], (edge["source"], edge["target"])
    counts = [of[key]["count"] for key in ((*ends, kind), (*ends[::-1], kind)) if key in of]
    assert counts == [edge["mainstat"]], edge
for kind, most in (("talk", 80), ("technology", 80), ("company", 40)):
    shown = sum(node["subtitle"] == kind for node in nodes)
    assert shown == most or kind == "company" or shown >= 1

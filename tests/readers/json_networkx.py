"""Node-link JSON, read by networkx."""

import sys

import expected

try:
    import networkx
except ImportError:
    expected.skip("networkx")

import json

with open(sys.argv[2], encoding="utf-8") as file:
    graph = networkx.node_link_graph(json.load(file), edges="edges")
assert graph.is_directed() and graph.is_multigraph()
nodes = {id: expected.nonempty(data) for id, data in graph.nodes(data=True)}
edges = {(s, t, data["kind"]): expected.said(data) for s, t, data in graph.edges(data=True)}
edges = {key: {k: v for k, v in data.items() if v != []} for key, data in edges.items()}
assert graph.number_of_edges() == len(edges)
expected.same(nodes, expected.nodes(), "nodes")
expected.same(edges, expected.edges(), "edges")

"""GraphML, read by networkx."""

import sys

import expected

try:
    import networkx
except ImportError:
    expected.skip("networkx")

graph = networkx.read_graphml(sys.argv[2], force_multigraph=True)
assert graph.is_directed()
nodes = {id: expected.said(data) for id, data in graph.nodes(data=True)}
edges = {(s, t, data["kind"]): expected.said(data, "id") for s, t, data in graph.edges(data=True)}
assert graph.number_of_edges() == len(edges)
expected.same(nodes, expected.nodes(expected.xml), "nodes", expected.xml)
expected.same(edges, expected.edges(expected.xml), "edges", expected.xml)
assert any("first_day" in data for _, data in graph.nodes(data=True)), "no node has a day"

"""GEXF 1.3, read by networkx; the days, which networkx gives as attributes, too."""

import sys

import expected

try:
    import networkx
except ImportError:
    expected.skip("networkx")

graph = networkx.read_gexf(sys.argv[2], version="1.3")
graph = graph if graph.is_multigraph() else networkx.MultiDiGraph(graph)
nodes = {id: expected.said(data, "start") for id, data in graph.nodes(data=True)}
edges = {(s, t, data["kind"]): expected.said(data, "id", "label", "weight", "start") for s, t, data in graph.edges(data=True)}
assert graph.number_of_edges() == len(edges)
expected.same(nodes, expected.nodes(expected.xml), "nodes", expected.xml)
expected.same(edges, expected.edges(expected.xml), "edges", expected.xml)
for _, _, data in graph.edges(data=True):
    assert data["weight"] == data["count"], data
starts = {id: data["start"] for id, data in graph.nodes(data=True) if "start" in data}
assert starts, "no node has a day"
for id, data in graph.nodes(data=True):
    assert data.get("start") == data.get("first_day"), (id, data.get("start"), data.get("first_day"))
for id, attributes in expected.nodes(expected.xml).items():
    if "date" in attributes:
        assert starts[id] == attributes["date"], id

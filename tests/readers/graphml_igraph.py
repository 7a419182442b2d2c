"""GraphML, read by igraph."""

import sys

import expected

try:
    import igraph
except ImportError:
    expected.skip("igraph")

graph = igraph.Graph.Read_GraphML(sys.argv[2])
assert graph.is_directed()


def said(attributes):
    numbers = {"talks", "count"}
    return expected.said({k: int(v) if k in numbers and isinstance(v, float) else v for k, v in attributes.items()}, "id")


# igraph leaves an ampersand in an XML attribute as libxml2 hands it on.
ids = [id.replace("&#38;", "&") for id in graph.vs["id"]]
nodes = {id: said(v.attributes()) for id, v in zip(ids, graph.vs)}
edges = {(ids[e.source], ids[e.target], e["kind"]): said(e.attributes()) for e in graph.es}
assert graph.ecount() == len(edges)
expected.same(nodes, expected.nodes(expected.xml), "nodes", expected.xml)
expected.same(edges, expected.edges(expected.xml), "edges", expected.xml)

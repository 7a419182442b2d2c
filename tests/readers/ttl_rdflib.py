"""Turtle, read by rdflib, as many triples as oxigraph reads."""

import sys

import expected

try:
    import pyoxigraph
    import rdflib
except ImportError:
    expected.skip("rdflib or pyoxigraph")

graph = rdflib.Graph().parse(sys.argv[2], format="turtle")
store = pyoxigraph.Store()
store.load(path=sys.argv[2], format=pyoxigraph.RdfFormat.TURTLE)
assert len(graph) == len(store), (len(graph), len(store))
statements = set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
assert len(statements) == len(expected.edges())
names = {str(name) for name in graph.objects(None, rdflib.URIRef("https://schema.org/name"))}
assert names == {attributes["label"] for attributes in expected.nodes().values()}

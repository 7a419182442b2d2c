"""Turtle and JSON-LD, read and queried by oxigraph."""

import json
import sys
from urllib.parse import unquote

import expected

try:
    import pyoxigraph
except ImportError:
    expected.skip("pyoxigraph")

store = pyoxigraph.Store()
format = pyoxigraph.RdfFormat.TURTLE if sys.argv[2].endswith(".ttl") else pyoxigraph.RdfFormat.JSON_LD
store.load(path=sys.argv[2], format=format)
PREFIXES = "PREFIX schema: <https://schema.org/> PREFIX tg: <urn:techgraph:term:> "
PREFIXES += "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
CLASSES = {
    "company": "Organization", "concept": "DefinedTerm", "document": "Article", "event": "Event",
    "person": "Person", "talk": "CreativeWork", "technology": "SoftwareApplication",
}
NAMES = {
    "https://schema.org/name": "label", "https://schema.org/url": "url", "https://schema.org/applicationCategory": "category",
    "https://schema.org/startDate": "date", "https://schema.org/datePublished": "date", "https://schema.org/dateCreated": "date",
    "https://schema.org/location": "place", "https://schema.org/inLanguage": "language",
}
KINDS = {f"https://schema.org/{name}": kind for kind, name in CLASSES.items()}


def literal(value):
    return int(value.value) if value.datatype.value.endswith("integer") else value.value


def id(iri):
    return unquote(iri.value.removeprefix("urn:techgraph:node:"))


nodes = {}
for node, kind, property, value in store.query(
    PREFIXES + "SELECT ?n ?k ?p ?v { ?n a ?k ; ?p ?v FILTER(isLiteral(?v)) FILTER(?k != rdf:Statement) }"
):
    name = NAMES.get(property.value) or property.value.removeprefix("urn:techgraph:term:")
    nodes.setdefault(id(node), {"kind": KINDS[kind.value]})[name] = literal(value)
expected.same({k: expected.said(v) for k, v in nodes.items()}, expected.nodes(), "nodes")
edges = {}
for statement, property, value in store.query(PREFIXES + "SELECT ?s ?p ?v { ?s a rdf:Statement ; ?p ?v FILTER(isLiteral(?v)) }"):
    edges.setdefault(statement.value, {})[property.value.removeprefix("urn:techgraph:term:")] = literal(value)
said, turned = {}, {"part_of", "maintains"}
for statement, subject, target in store.query(
    # What the statement is about must be said as a triple, too.
    PREFIXES + "SELECT ?e ?s ?o { ?e rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o }"
):
    attributes = expected.said(edges[statement.value])
    ends = (id(target), id(subject)) if attributes["kind"] in turned else (id(subject), id(target))
    said[*ends, attributes["kind"]] = attributes
expected.same(said, expected.edges(), "edges")
question = PREFIXES + "SELECT ?who ?what { ?talk schema:sourceOrganization/schema:name ?who ; schema:mentions/schema:name ?what }"
talks = {(s, t) for s, t, kind in expected.edges() if kind == "represents"}
wanted = {(c, t) for (s, t, k) in expected.edges() if k == "mentions" for (talk, c) in talks if talk == s}
labels = {id: n["label"] for id, n in expected.nodes().items()}
answer = {(who.value, what.value) for who, what in store.query(question)}
assert answer == {(labels[c], labels[t]) for c, t in wanted}, "who talks about what"

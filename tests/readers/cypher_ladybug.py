"""Cypher, run in LadybugDB."""

import sys
import tempfile

import expected

try:
    import ladybug
except ImportError:
    expected.skip("ladybug")


def keep(text):
    return text.replace("\0", "\ufffd")


with tempfile.TemporaryDirectory() as folder:
    connection = ladybug.Connection(ladybug.Database(f"{folder}/graph"))
    with open(sys.argv[2], encoding="utf-8", newline="\n") as file:
        for statement in file.read().split("\n"):
            if statement:
                connection.execute(statement)
    nodes, edges = {}, {}
    for (node,) in connection.execute("MATCH (n) RETURN n").get_all():
        assert node["_LABEL"].lower() == node["kind"]
        id = node.pop("id")
        nodes[id] = expected.said({k: v for k, v in node.items() if not k.startswith("_")})
    for source, edge, target in connection.execute("MATCH (a)-[e]->(b) RETURN a.id, e, b.id").get_all():
        assert edge["_LABEL"].lower() == edge["kind"] and (source, target, edge["kind"]) not in edges
        edges[source, target, edge["kind"]] = expected.said({k: v for k, v in edge.items() if not k.startswith("_")})
expected.same(nodes, expected.nodes(keep), "nodes", keep)
expected.same(edges, expected.edges(keep), "edges", keep)

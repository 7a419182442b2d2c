"""DOT, read by pydot: what a picture shows."""

import sys

import expected

try:
    import pydot
except ImportError:
    expected.skip("pydot")

(graph,) = pydot.graph_from_dot_file(sys.argv[2], encoding="utf-8")


def text(quoted):
    return quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\").replace("\\n", "\n")


def keep(label):
    return "".join(c for c in label if c == "\n" or not (ord(c) < 32 or 0x7F <= ord(c) < 0xA0))


shown = {text(node.get_name()): node for node in graph.get_nodes() if node.get_name() not in ("graph", "node", "edge", '"\\n"')}
wanted = {keep(id): attributes for id, attributes in expected.nodes().items()}
for id, node in shown.items():
    assert node.get("class") == f'"{wanted[id]["kind"]}"', id
    read, label = text(node.get("label")), keep(wanted[id]["label"])
    assert read == label or "\\" in label, (read, label)
of = {(keep(s), keep(t)): attributes for (s, t, kind), attributes in expected.edges().items() if kind in ("mentions", "represents")}
drawn = {(text(edge.get_source()), text(edge.get_destination())) for edge in graph.get_edges()}
for source, target in drawn:
    assert (source, target) in of or (target, source) in of, (source, target)
talks = [id for id, attributes in wanted.items() if attributes["kind"] == "talk"]
assert sum(attributes["kind"] == "talk" for attributes in map(wanted.get, shown)) == min(60, len(talks))
assert len(drawn) == len(graph.get_edges()) > 0

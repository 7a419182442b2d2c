"""What a graph holds, by its JSON, to compare with what a reader has read.

Every reader's script is called with the graph's JSON and a file (or folder) in its format. It ends with 0 if both hold the
same, with 77 if the reader is not installed, else with what differs.
"""

import json
import re
import sys

# What is said as JSON within formats that have no lists.
STRUCTURED = {"places", "links", "resources", "same_as", "evidence"}
# What is measured for tables and does not stand in the JSON.
MEASURED = {"first_day", "last_day"}


def graph():
    with open(sys.argv[1], encoding="utf-8") as file:
        return json.load(file)


def nodes(keep=lambda text: text):
    """Attributes of nodes by id; `keep` is what the format does to text."""
    return {keep(n["id"]): deep({k: v for k, v in n.items() if k != "id"}, keep) for n in graph()["nodes"]}


def edges(keep=lambda text: text):
    """Attributes of edges by source, target and kind."""
    ends = ("source", "target")
    return {
        (keep(e["source"]), keep(e["target"]), e["kind"]): deep({k: v for k, v in e.items() if k not in ends and v != []}, keep)
        for e in graph()["edges"]
    }


def said(attributes, *without):
    """Attributes as a reader gives them, as the JSON has them."""
    out = {}
    for name, value in attributes.items():
        if name in MEASURED or name in without or value is None or value == "":
            continue
        structured = name in STRUCTURED or (name == "talks" and isinstance(value, str) and value.startswith("["))
        out[name] = json.loads(value) if structured and isinstance(value, str) else value
    return out


def deep(value, keep):
    if isinstance(value, str):
        return keep(value)
    if isinstance(value, list):
        return [deep(v, keep) for v in value]
    if isinstance(value, dict):
        return {k: deep(v, keep) for k, v in value.items()}
    return value


def xml(text):
    """Text as XML 1.0 can hold it."""
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def nonempty(attributes):
    """Without what is the empty text, which some readers do not tell from nothing."""
    return {k: v for k, v in attributes.items() if v != ""}


def same(read, wanted, what, keep=lambda text: text):
    # Within JSON a format may hold characters that it cannot hold as they are.
    read = {key: deep(attributes, keep) for key, attributes in read.items()}
    assert wanted, f"there are no {what} to compare"
    missing, extra = wanted.keys() - read.keys(), read.keys() - wanted.keys()
    assert not missing, f"{len(missing)} {what} are missing: {sorted(missing)[:3]}"
    assert not extra, f"{len(extra)} {what} are too many: {sorted(extra)[:3]}"
    for key, attributes in wanted.items():
        attributes = nonempty(attributes)
        assert read[key] == attributes, f"{what} {key}:\n{short(read[key], attributes)}\nshould be\n{short(attributes, read[key])}"


def short(attributes, other):
    return {k: str(v)[:300] for k, v in attributes.items() if other.get(k) != v}


def skip(module):
    print(f"{module} is not installed", file=sys.stderr)
    sys.exit(77)

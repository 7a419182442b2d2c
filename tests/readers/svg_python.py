"""The picture, read by Python's XML parser: well-formed, and every label of it a node's."""

import sys
import xml.etree.ElementTree as tree

import expected

root = tree.parse(sys.argv[2]).getroot()
svg = "{http://www.w3.org/2000/svg}"
boxes = [g for g in root.iter(f"{svg}g") if g.get("class")]
kinds = [n["kind"] for n in expected.nodes().values()]
shown = [g.get("class") for g in boxes]
assert shown.count("talk") == min(60, kinds.count("talk")), shown
assert not [e for e in root.iter() if e.tag in (f"{svg}script", f"{svg}foreignObject")]
for link in root.iter(f"{svg}a"):
    assert link.get("href").startswith(("http://", "https://"))
for element in root.iter():
    assert not [name for name in element.attrib if name.startswith("on")], element.attrib

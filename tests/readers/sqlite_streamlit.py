"""The database in docs/dashboards/streamlit_app.py, run without a browser: it draws, finds and gives evidence."""

import pathlib
import sys

import expected

try:
    from streamlit.testing.v1 import AppTest
except ImportError:
    expected.skip("streamlit")

nodes, edges = expected.nodes(), expected.edges()
sys.argv = ["streamlit_app.py", sys.argv[2]]
app = AppTest.from_file(str(pathlib.Path(__file__).parents[2] / "docs/dashboards/streamlit_app.py"), default_timeout=60)


def run():
    app.run()
    assert not app.exception, [e.message + "\n" + "\n".join(e.stack_trace) for e in app.exception]
    assert [len(app.get(kind)) for kind in ("vega_lite_chart", "dataframe")] == [3, 2], app
    return [table.value for table in app.dataframe]


run()
for text in ("쿠버네", "ク", '"', "no such thing"):
    app.text_input[0].input(text)
    found = run()[0]
    assert {*found[found.what != "quote"].text} == {n["label"] for n in nodes.values() if text in n["label"]}, (text, found)

best = app.selectbox[0].options
assert best and best == app.multiselect[0].options
for label in best[:3]:
    app.selectbox[0].select(label)
    said = run()[1]
    (technology,) = [id for id, n in nodes.items() if n["kind"] == "technology" and n["label"] == label]
    evidence = [e for (_, target, kind), edge in edges.items() if (target, kind) == (technology, "mentions") for e in edge["evidence"]]
    assert sorted(said.quote) == sorted(e["quote"] for e in evidence), (label, said)

dated = [n["date"][:4] for n in nodes.values() if n["kind"] == "talk" and n.get("date")]
if min(dated) < max(dated):
    app.slider[0].set_range(int(max(dated)), int(max(dated)))
    run()
    assert set(app.selectbox[0].options) != set(best), "the years make no difference"

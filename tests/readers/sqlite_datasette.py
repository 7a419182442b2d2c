"""The database in Datasette with docs/dashboards/datasette.yml: every table, canned query and chart is served and has rows."""

import asyncio
import html
import pathlib
import re
import sys
import tempfile

import expected

try:
    import datasette_dashboards
    from datasette.app import Datasette
    from datasette.utils import parse_metadata
except ImportError:
    expected.skip("datasette with datasette-dashboards")

METADATA = parse_metadata((pathlib.Path(__file__).parents[2] / "docs/dashboards/datasette.yml").read_text(encoding="utf-8"))
FEED = METADATA["databases"]["feed"]
ASKED = {"since": "2000", "until": "2100", "technology": "", "company": "", "text": "쿠버네"}


async def rows(datasette, path, **values):
    answer = await datasette.client.get(f"{path}.json", params={"_shape": "objects", **values})
    assert answer.status_code == 200, (path, values, answer.text[:500])
    return answer.json()["rows"]


async def tables(datasette):
    for table, about in FEED["tables"].items():
        if table == "records":  # only `--append` makes it
            continue
        answer = await datasette.client.get(f"/feed/{table}.json")
        assert answer.status_code == 200, (table, answer.text[:500])
        answer = answer.json()
        facets = set(about.get("facets", []))
        assert facets <= answer["facet_results"].keys(), (table, answer["facet_results"].keys())
        assert {*about.get("columns", {}), *([about["label_column"]] if "label_column" in about else [])} <= set(answer["columns"]), table


async def queries(datasette):
    for name, query in FEED["queries"].items():
        asked = {key: ASKED[key] for key in query.get("params", [])}
        assert set(re.findall(r":([a-z]+)", query["sql"])) == asked.keys(), name
        assert await rows(datasette, f"/feed/{name}", **asked), f"{name} finds nothing"
    labels = {node["label"] for node in expected.nodes().values()}
    for text in ("쿠버네", "ク", '"', "no such thing"):
        found = {row["text"] for row in await rows(datasette, "/feed/find", text=text) if row["what"] != "quote"}
        assert found == {label for label in labels if text in label}, (text, found)


async def charts(datasette):
    for slug, dashboard in METADATA["plugins"]["datasette-dashboards"].items():
        known = {"since": "2000-01-01", "until": "2100-01-01"}
        for filter in dashboard["filters"].values():
            if "query" in filter:
                assert await rows(datasette, "/feed", sql=filter["query"])
        categories = await rows(datasette, "/feed", sql=dashboard["filters"]["category"]["query"])
        # The first that is all text: the page cannot send others as they are.
        known["category"] = next(row["category"] for row in categories if row["category"].isprintable())
        for asked in ({}, known):
            page = await datasette.client.get(f"/-/dashboards/{slug}", params=asked)
            assert page.status_code == 200, page.text[:500]
            for name, chart in dashboard["charts"].items():
                assert html.escape(chart["title"]) in page.text, name
                found = await rows(datasette, "/feed", sql=datasette_dashboards.replace_opts_in_query(chart["query"], asked), **asked)
                assert found, f"{name} shows nothing of {asked}"
                if chart["library"] == "metric":
                    assert found[0][chart["display"]["field"]] > 0, (name, asked)
                if chart["library"] == "table":
                    # It is put into the page as it is.
                    cells = [str(cell) for row in found for column, cell in row.items() if column != "date"]
                    assert not any("<" in cell for cell in cells), cells


async def all():
    with tempfile.TemporaryDirectory() as folder:
        feed = pathlib.Path(folder, "feed.sqlite")
        feed.symlink_to(pathlib.Path(sys.argv[2]).resolve())
        datasette = Datasette([str(feed)], metadata=METADATA)
        await datasette.invoke_startup()
        for part in (tables, queries, charts):
            await part(datasette)


asyncio.run(all())

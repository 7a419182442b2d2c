"""A techgraph database in Streamlit: top technologies, trends, who uses what, search, evidence.

    techgraph extract REPORTS -o feed.sqlite --append
    streamlit run docs/dashboards/streamlit_app.py -- feed.sqlite

Every answer is one question to the database; pandas and Altair come with Streamlit.
"""

import sqlite3
import sys

import altair as alt
import pandas as pd
import streamlit as st

FEED = sys.argv[1] if len(sys.argv) > 1 else "feed.sqlite"


def ask(question, *values):
    # A connection for each question, so that what a later `techgraph extract --append` writes is seen.
    database = sqlite3.connect(f"file:{FEED}?mode=ro", uri=True, timeout=10)
    try:
        return pd.read_sql_query(question, database, params=values)
    finally:
        database.close()


MENTIONS = """
  FROM edges JOIN talks ON talks.id = edges.source JOIN technologies ON technologies.id = edges.target
  WHERE edges.kind = 'mentions' AND talks.date BETWEEN ? AND ?
"""


def top(since, until, limit):
    return ask(
        f"SELECT technologies.label AS technology, count(DISTINCT talks.id) AS talks {MENTIONS}"
        " GROUP BY technologies.id ORDER BY talks DESC, technology LIMIT ?",
        since, until, limit,
    )


def trend(since, until, technologies):
    """The share of a year's talks that name each technology; 0 in years without."""
    said = ask(
        f"SELECT technologies.label AS technology, substr(talks.date, 1, 4) AS year, count(DISTINCT talks.id) AS talks {MENTIONS}"
        " GROUP BY technologies.id, year",
        since, until,
    )
    of = ask("SELECT substr(date, 1, 4) AS year, count(*) AS talks FROM talks WHERE date BETWEEN ? AND ? GROUP BY year", since, until)
    grid = said.pivot_table(index="year", columns="technology", values="talks", fill_value=0)
    grid = grid.reindex(index=of.year, columns=technologies, fill_value=0)
    share = grid.div(of.set_index("year").talks, axis=0)
    return share.reset_index().melt("year", var_name="technology", value_name="share")


def uses(since, until, technologies, companies):
    marks = ", ".join("?" * len(technologies))
    said = ask(
        f"""SELECT companies.label AS company, technologies.label AS technology, count(DISTINCT talks.id) AS talks
        FROM edges AS represents
        JOIN companies ON companies.id = represents.target
        JOIN talks ON talks.id = represents.source
        JOIN edges ON edges.source = talks.id AND edges.kind = 'mentions'
        JOIN technologies ON technologies.id = edges.target
        WHERE represents.kind = 'represents' AND talks.date BETWEEN ? AND ? AND technologies.label IN ({marks})
        GROUP BY companies.id, technologies.id""",
        since, until, *technologies,
    )
    busiest = said.groupby("company").talks.sum().nlargest(companies).index
    return said[said.company.isin(busiest)]


def find(text):
    """Labels and sentences with a text; the index holds three characters and more."""
    if len(text) < 3:
        where, value = "instr(lower(search.text), lower(?)) > 0", text
    else:
        where, value = "search MATCH ?", '"' + text.replace('"', '""') + '"'
    return ask(
        f"SELECT search.what, search.text, nodes.label AS said_by FROM search LEFT JOIN nodes ON nodes.id = search.id"
        f" WHERE {where} ORDER BY search.what = 'quote', search.text LIMIT 200",
        value,
    )


def evidence(technology):
    return ask(
        """SELECT mentions.quote, said_by.label AS said_in, mentions.document || ':' || mentions.line AS place,
          mentions.surface, mentions.confidence, mentions.url
        FROM technologies JOIN mentions ON mentions.target = technologies.id AND mentions.kind = 'mentions'
        JOIN nodes AS said_by ON said_by.id = mentions.source
        WHERE technologies.label = ? ORDER BY mentions.document, mentions.line""",
        technology,
    )


st.set_page_config(page_title="Tech talks", layout="wide")
st.title("Tech talks")

days = ask("SELECT min(date) AS first, max(date) AS last FROM talks").iloc[0]
if days["first"] is None:
    st.info("No talk in this database has a date.")
    st.stop()
first, last = int(days["first"][:4]), int(days["last"][:4])
left, right = st.columns([4, 1])
years = left.slider("Years", first, last, (first, last)) if first < last else (first, last)
limit = right.number_input("Technologies", 3, 50, 12)
since, until = f"{years[0]}-01-01", f"{years[1]}-12-31"
best = top(since, until, limit)
names = list(best.technology)

left, right = st.columns(2)
with left:
    st.subheader("Top technologies")
    bars = alt.Chart(best).mark_bar().encode(
        x=alt.X("talks:Q", axis=alt.Axis(format="d", tickMinStep=1)),
        y=alt.Y("technology:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False)),
        tooltip=["technology", "talks"],
    )
    st.altair_chart(bars.properties(height=380))
with right:
    st.subheader("Trends")
    chosen = st.multiselect("Technologies to follow", names, names[:5])
    lines = alt.Chart(trend(since, until, chosen)).mark_line(point=True).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="parity")),
        y=alt.Y("share:Q", title="share of talks", axis=alt.Axis(format="%")),
        color=alt.Color("technology:N", sort=chosen, title=None, legend=alt.Legend(orient="bottom", columns=3)),
        tooltip=["technology", "year", alt.Tooltip("share", format=".0%")],
    )
    st.altair_chart(lines.properties(height=300))

st.subheader("Companies and technologies")
heat = alt.Chart(uses(since, until, names, 20)).encode(
    x=alt.X("technology:N", sort=names, title=None, axis=alt.Axis(labelAngle=-30, labelOverlap=False)),
    y=alt.Y("company:N", title=None, axis=alt.Axis(labelLimit=200, labelOverlap=False)),
    tooltip=["company", "technology", "talks"],
)
shade = alt.Color("talks:Q", legend=None, scale=alt.Scale(domainMin=0, range=["#e3eef9", "#6baed6"]))
cells = heat.mark_rect(stroke="white").encode(color=shade) + heat.mark_text().encode(text="talks:Q")
st.altair_chart(cells.properties(height=alt.Step(22)))

left, right = st.columns(2)
with left:
    st.subheader("Search")
    text = st.text_input("A name or a part of a sentence, in any script", "쿠버네")
    if text:
        st.dataframe(find(text), hide_index=True)
with right:
    st.subheader("Evidence")
    technology = st.selectbox("Technology", names)
    if technology:
        st.dataframe(evidence(technology), hide_index=True, column_config={"url": st.column_config.LinkColumn()})

//! Every format is loaded by a reader that its users load it with, and holds what the graph's JSON holds.
//!
//! In: the graph of the samples and one whose labels try to break out of their formats. The scripts
//! in `tests/readers/` compare nodes, edges, labels and attributes; `.ci/run` installs what they need. A reader that is not
//! installed is skipped, and said to be; with `TECHGRAPH_READERS=require` it fails. Parquet is read where it is built.

use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use techgraph::export::format::{FORMATS, Holds, built};
use tempfile::TempDir;

/// The scripts and the formats that they read.
const READERS: &[(&str, &str)] = &[
    ("json_networkx.py", "json"),
    ("dot_pydot.py", "dot"),
    ("svg_python.py", "svg"),
    ("png_python.py", "png"),
    ("graphml_networkx.py", "graphml"),
    ("graphml_igraph.py", "graphml"),
    ("gexf_networkx.py", "gexf"),
    ("cyjs_cytoscape.mjs", "cyjs"),
    ("mmd_mermaid.mjs", "mmd"),
    ("csv_python.py", "csv"),
    ("parquet_duckdb.py", "parquet"),
    ("cypher_ladybug.py", "cypher"),
    ("rdf_oxigraph.py", "ttl"),
    ("rdf_oxigraph.py", "jsonld"),
    ("ttl_rdflib.py", "ttl"),
    ("grafana_data.mjs", "grafana"),
    ("openmetrics_promtool.py", "openmetrics"),
    ("sqlite_python.py", "sqlite"),
    ("sqlite_datasette.py", "sqlite"),
    ("sqlite_streamlit.py", "sqlite"),
    ("html_chromium.mjs", "html"),
];

/// What a script ends with if its reader is not installed.
const MISSING: i32 = 77;

#[test]
fn every_format_has_a_reader() {
    for about in FORMATS.iter().filter(|about| about.holds != Holds::Records) {
        assert!(READERS.iter().any(|(_, format)| *format == about.name), "no script in tests/readers/ reads {}", about.name);
    }
}

#[test]
#[cfg(not(feature = "parquet"))]
fn a_format_that_is_not_built_is_told_with_how_to_build_it() {
    let told = techgraph(&["export", "graph.json", "-o", "graph.parquet"]).expect_err("Parquet is not built");
    assert!(told.contains("cargo install --path . --features parquet"), "{told}");
}

#[test]
fn readers_find_what_the_samples_hold() {
    let place = TempDir::new().expect("a temporary folder");
    let graph = place.path().join("graph.json");
    let samples = root().join("data/samples").display().to_string();
    techgraph(&["extract", &samples, "-o", &graph.display().to_string()]).expect("the samples are read");
    read(&graph, place.path());
}

#[test]
fn readers_find_labels_that_try_to_break_out() {
    let place = TempDir::new().expect("a temporary folder");
    let graph = place.path().join("graph.json");
    std::fs::write(&graph, hostile().to_string()).expect("a file can be written");
    read(&graph, place.path());
}

/// Writes every format of a stored graph, and lets every reader load it.
fn read(graph: &Path, place: &Path) {
    let path = |format: &str| place.join(format!("out.{format}"));
    let mut wrong = Vec::new();
    for about in built().filter(|about| about.holds != Holds::Records) {
        let target = path(about.name);
        let done = techgraph(&["export", &graph.display().to_string(), "-o", &target.display().to_string()]);
        match done {
            Err(why) if why.contains("no font is installed") => wrong.extend(missing("png_python.py", &why)),
            done => done.unwrap_or_else(|why| panic!("{}: {why}", about.name)),
        }
    }
    for (script, format) in READERS.iter().filter(|(_, format)| path(format).exists()) {
        let mut command = if script.ends_with(".py") { Command::new(python()) } else { Command::new("node") };
        let command = command.arg(root().join("tests/readers").join(script)).arg(graph).arg(path(format));
        let done = match command.env("PYTHONDONTWRITEBYTECODE", "1").output() {
            Ok(done) => done,
            Err(why) => {
                wrong.extend(missing(script, &why.to_string()));
                continue;
            }
        };
        let said = String::from_utf8_lossy(&done.stderr);
        match done.status.code() {
            Some(0) => {}
            Some(MISSING) => wrong.extend(missing(script, said.trim())),
            _ => wrong.push(format!("{script} does not find in {format} what the graph holds:\n{said}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong where a reader is missing: nothing, unless all are required.
fn missing(script: &str, why: &str) -> Option<String> {
    let required = std::env::var("TECHGRAPH_READERS").is_ok_and(|value| value == "require");
    if !required {
        // Past the test harness, which keeps what a test that passes prints.
        let _ = writeln!(std::io::stderr(), "skipped: {script}: {why} (`.ci/run` installs it)");
    }
    required.then(|| format!("{script} cannot run: {why}"))
}

/// The Python that `.ci/run` installs the readers for, else that of the system.
fn python() -> PathBuf {
    let own = root().join("target/readers/bin/python");
    if own.exists() { own } else { "python3".into() }
}

/// Runs the command; what it says where it fails.
fn techgraph(args: &[&str]) -> Result<(), String> {
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).arg("--quiet").args(args).output().expect("techgraph runs");
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Texts that mean something in one format or another, or that no format likes.
fn labels() -> Vec<String> {
    let mut labels: Vec<String> = [
        "\"double\" 'single' `back` \\slash\\ \\n \\",
        "<script>alert(1)</script> &amp; &lt; &#1; ]]> --> <!-- <![CDATA[ ?>",
        "line\nbreak\r\nand\ttab\r",
        "=HYPERLINK(\"http://example.org\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "'quoted",
        "\u{1}\u{0}\u{1f}\u{7f}\u{85}\u{2028}\u{2029}\u{fffe}\u{ffff}",
        "\u{202e}live\u{202c} \u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629} \u{200f}",
        "end",
        "#35; #quot; %%{init: {}}%% ; `**md**` ||| [x](y) {{z}} ${w} subgraph",
        "]\"); DROP TABLE nodes; -- \"}) MATCH (n) DETACH DELETE n //",
        "쿠버네티스 クバネティス 👩‍👩‍👧 e\u{301} \u{1d54f}",
        "   spaces   ",
        "^^<urn:x> @en . <a> \"\"\" ''' _:b \\u0041",
        "{\"json\": [1, null]}",
        "# HELP x y",
        "\u{feff}mark",
    ]
    .map(str::to_owned)
    .into();
    labels.push("가나다라마 ".repeat(2000));
    labels
}

/// A graph in which each of them stands everywhere that text may stand.
fn hostile() -> Value {
    let evidence = |text: &str| json!({"document": "a \"b\"/<c>&'d' ]]> -- \\.md", "line": 1, "column": 2, "span": [3, 9], "surface": text, "via": "alias", "confidence": 0.1, "quote": text});
    let mut nodes = Vec::new();
    let mut edges = Vec::new();
    let document = "document:a \"b\"/<c>&'d' ]]> -- \\.md";
    nodes.push(json!({"id": document, "kind": "document", "label": "=1", "date": "2024-02-29", "talks": 0}));
    for (index, text) in labels().iter().enumerate() {
        let id = |kind: &str| format!("{kind}:{index} \"x\" <y>&'z' %20 \\ {{}} | 한글");
        let [talk, technology, company, person] = ["talk", "technology", "company", "person"].map(id);
        nodes.push(json!({"id": talk, "kind": "talk", "label": text, "url": format!("javascript:{text}"), "date": "2024-02-29",
            "places": [{"document": text, "start_line": 1, "end_line": 2}], "links": [text], "same_as": [text], "talks": 0,
            "resources": {"session": text, "slides": [text]}}));
        nodes.push(json!({"id": technology, "kind": "technology", "label": text, "category": text, "talks": 1}));
        nodes.push(json!({"id": company, "kind": "company", "label": text, "category": text, "talks": 1}));
        nodes.push(json!({"id": person, "kind": "person", "label": text, "talks": 1}));
        for (source, target, kind) in [(&talk, &technology, "mentions"), (&talk, &company, "represents"), (&talk, &person, "presented_by")]
        {
            edges.push(json!({"source": source, "target": target, "kind": kind, "count": 1, "evidence": [evidence(text)]}));
        }
        edges.push(json!({"source": company, "target": technology, "kind": "uses", "count": 1, "evidence": [], "talks": [talk]}));
        edges.push(json!({"source": talk, "target": document, "kind": "reported_in", "count": 1, "evidence": [evidence(text)]}));
    }
    json!({"schema": "techgraph/graph/1", "directed": true, "multigraph": true, "graph": {}, "nodes": nodes, "edges": edges})
}

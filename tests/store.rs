//! A stored graph is the graph: what is exported from it has the bytes of what is extracted at once, in every format; and
//! a file that is no such graph is told as that, with the place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use techgraph::export::format::{Format, Holds, built};
use techgraph::export::stored;
use techgraph::graph::store;
use tempfile::TempDir;

#[test]
fn exporting_a_stored_graph_is_extracting_it() {
    let place = TempDir::new().expect("a temporary folder");
    let reports = ["data/samples", "tests/corpus"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let at_once = place.path().join("at-once");
    std::fs::create_dir(&at_once).expect("a folder can be made");
    run("extract", &reports, &at_once);
    let first = files(&at_once);
    assert!(first.len() >= built().count() - 2, "some format was not written: {:?}", first.keys());
    for stored in ["graph.json", "graph.sqlite"] {
        let later = place.path().join(format!("from-{stored}"));
        std::fs::create_dir(&later).expect("a folder can be made");
        run("export", &[at_once.join(stored)], &later);
        let second = files(&later);
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, bytes) in &first {
            assert!(!bytes.is_empty(), "{name} is empty");
            assert!(*bytes == second[name], "{name} differs when it is exported from {stored}");
        }
    }
}

#[test]
fn what_is_no_graph_is_told_with_its_place() {
    let node = r#"{"id":"talk:a","kind":"talk","label":"가","talks":0}"#;
    let edge = |target: &str| format!(r#"{{"source":"talk:a","target":"{target}","kind":"uses","count":1,"evidence":[]}}"#);
    let graph = |nodes: &str, edges: &str| format!("{{\"schema\":\"techgraph/graph/1\",\n\"nodes\":[{nodes}],\n\"edges\":[{edges}]}}");
    let twice = format!("{}, {}", edge("talk:a"), edge("talk:a"));
    for (text, wanted) in [
        ("", "g.json:1:1: is no graph as `techgraph extract -f json` writes it: EOF while parsing a value"),
        ("{\n \"schema\": \"techgraph/graph/9\"}", "g.json:2:2: is of version `techgraph/graph/9`, and this techgraph reads"),
        ("{\"nodes\":[]}", "g.json:1:1: has no `schema`"),
        ("[1]", "g.json:1:1: is a list"),
        (&graph(node, "")[..60], "g.json:2:29: is no graph as `techgraph extract -f json` writes it: EOF"),
        (
            &graph("{\"id\":\"가\", \"kind\":\"rumour\"}", ""),
            "g.json:2:35: is no graph as `techgraph extract -f json` writes it: unknown variant `rumour`",
        ),
        (&graph(&format!("{node},{node}"), ""), "g.json:2:68: the node `talk:a` stands twice"),
        (&graph(node, &edge("person:b")), "g.json:3:38: an edge leads to `person:b`, which is no node"),
        (&graph(node, &twice), "g.json:3:1: the edge `talk:a` uses `talk:a` stands twice"),
    ] {
        let told = store::parse("g.json", text.as_bytes()).expect_err(wanted).to_string();
        assert!(told.starts_with(wanted), "{told}\nshould start with\n{wanted}");
    }
    assert_eq!(
        store::parse("g.json", graph(node, &edge("talk:a")).as_bytes()).map(|g| (g.node_count(), g.edge_count())).ok(),
        Some((1, 1))
    );
}

#[test]
fn what_is_no_database_of_ours_is_told() {
    let place = TempDir::new().expect("a temporary folder");
    let path = place.path().join("other.sqlite");
    let database = rusqlite::Connection::open(&path).expect("a database can be made");
    database.execute_batch("CREATE TABLE nodes (id TEXT);").expect("a table can be made");
    let told = || stored::read(&path).expect_err("it is no graph").to_string();
    assert!(told().ends_with("other.sqlite: it is a SQLite database, but none that techgraph has made"), "{}", told());
    database.pragma_update(None, "application_id", i32::from_be_bytes(*b"tgph")).expect("a number can be set");
    database.pragma_update(None, "user_version", 99).expect("a number can be set");
    assert!(told().contains("its tables are of version 99, and this techgraph reads version"), "{}", told());
    database.pragma_update(None, "user_version", 1).expect("a number can be set");
    assert!(told().contains("no such table"), "{}", told());
}

/// Runs a command that writes every format that is made from the graph, but PNG, which some systems have no fonts for.
fn run(command: &str, inputs: &[PathBuf], folder: &Path) {
    let mut techgraph = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    techgraph.args(["--quiet", command]).args(inputs);
    for about in built().filter(|about| about.holds != Holds::Records && about.format != Format::Png) {
        techgraph.arg("-o").arg(folder.join(format!("graph.{}", about.name)));
    }
    let done = techgraph.output().expect("techgraph runs");
    assert!(done.status.success(), "{command} ends with {}: {}", done.status, String::from_utf8_lossy(&done.stderr));
}

/// Every file below a folder by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(below).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies in the folder").display().to_string();
                found.insert(name, std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    found
}

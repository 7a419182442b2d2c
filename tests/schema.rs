//! What techgraph writes fits the schemas that it publishes, and the graph has the shape that its readers rely on.
//!
//! In: the samples, extracted by the command itself, and `techgraph schema records|graph|discovery`.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The samples' records and graph, from one run.
static WRITTEN: LazyLock<(Vec<Value>, Value)> = LazyLock::new(|| {
    let place = TempDir::new().expect("a temporary folder");
    let graph = place.path().join("graph.json");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    let done = command.arg("extract").arg(samples).args(["-f", "ndjson", "-o"]).arg(&graph).output().expect("techgraph runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).expect("records are UTF-8");
    let records = lines.lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect();
    let graph = std::fs::read(graph).expect("the graph was written");
    (records, serde_json::from_slice(&graph).expect("the graph is JSON"))
});

#[test]
fn every_record_fits_the_schema() {
    let schema = published("records");
    for record in &WRITTEN.0 {
        fits(&schema, record);
    }
    let kinds: BTreeSet<&str> = WRITTEN.0.iter().filter_map(|r| r["type"].as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["document", "header", "mention", "talk"]), "the samples must have every type of record");
}

#[test]
fn a_broken_record_does_not_fit() {
    let schema = published("records");
    let mention = WRITTEN.0.iter().find(|r| r["type"] == "mention").expect("the samples have a mention");
    fits(&schema, mention);
    let broken = [
        ("a record of no known type", changed(mention, "type", json!("rumour"))),
        ("a line that is no number", changed(mention, "line", json!("twelve"))),
        ("a line below nothing", changed(mention, "line", json!(-1))),
        ("a span of one end", changed(mention, "span", json!([7]))),
        ("a kind that there is not", changed(mention, "kind", json!("feeling"))),
        ("a way of finding that there is not", changed(mention, "via", json!("guess"))),
        ("a mention of nothing", without(mention, "entity")),
        ("a mention without a place", without(mention, "span")),
    ];
    for (what, record) in broken {
        assert!(!schema.is_valid(&record), "{what} fits the schema of records: {record}");
    }
}

#[test]
fn the_graph_fits_the_schema_and_a_broken_one_does_not() {
    let schema = published("graph");
    let graph = &WRITTEN.1;
    fits(&schema, graph);
    let mut without_target = graph.clone();
    without_target["edges"][0].as_object_mut().expect("an edge is an object").remove("target");
    let mut strange = graph.clone();
    strange["nodes"][0]["kind"] = json!("rumour");
    for (what, graph) in
        [("an edge that leads nowhere", without_target), ("a node of no known kind", strange), ("no nodes", without(graph, "nodes"))]
    {
        assert!(!schema.is_valid(&graph), "{what} fits the schema of the graph");
    }
}

#[test]
fn the_graph_is_node_link_data_as_networkx_reads_it() {
    let graph = &WRITTEN.1;
    assert_eq!((&graph["directed"], &graph["multigraph"], &graph["schema"]), (&json!(true), &json!(true), &json!("techgraph/graph/1")));
    let nodes = graph["nodes"].as_array().expect("nodes are a list");
    let edges = graph["edges"].as_array().expect("edges are a list");
    let ids: Vec<&str> = nodes.iter().map(|n| n["id"].as_str().expect("a node has an id")).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "nodes are not sorted by id, or an id stands twice");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    let mut last = ("", "", "");
    for edge in edges {
        let text = |field: &str| edge[field].as_str().unwrap_or_default();
        let now = (text("source"), text("target"), text("kind"));
        assert!(known.contains(now.0) && known.contains(now.1), "an edge without its nodes: {now:?}");
        assert_eq!(edge["kind"].as_str().map(str::is_empty), Some(false), "an edge without a kind: {edge}");
        assert!((last.0, last.1) <= (now.0, now.1), "edges are not sorted by source and target: {last:?} before {now:?}");
        assert_ne!(last, now, "an edge stands twice");
        last = now;
    }
    for node in nodes {
        let (id, kind) = (node["id"].as_str().unwrap_or_default(), node["kind"].as_str().unwrap_or_default());
        assert!(id.starts_with(&format!("{kind}:")), "the id {id} does not say the kind {kind}");
    }
}

#[test]
fn the_record_stream_names_talks_before_what_is_said_in_them() {
    let mut documents = Vec::new();
    let mut talks: BTreeSet<(&str, &str)> = BTreeSet::new();
    assert_eq!(WRITTEN.0[0]["type"], "header", "the stream starts with a header");
    for record in &WRITTEN.0[1..] {
        let text = |field: &str| record[field].as_str().unwrap_or_default();
        match text("type") {
            "document" => documents.push(text("path")),
            "talk" => assert!(talks.insert((text("document"), text("id"))), "a talk's id stands twice: {record}"),
            _ => assert!(record["talk"].is_null() || talks.contains(&(text("document"), text("talk"))), "no such talk: {record}"),
        }
        if text("type") != "document" {
            assert_eq!(documents.last().copied(), Some(text("document")), "a record under another document: {record}");
        }
    }
    assert!(documents.windows(2).all(|pair| pair[0] < pair[1]), "documents are not in the order of their paths: {documents:?}");
}

#[test]
fn proposals_fit_the_schema_and_broken_ones_do_not() {
    let schema = published("discovery");
    let place = TempDir::new().expect("a temporary folder");
    let report = place.path().join("day.md");
    std::fs::write(&report, "# 밋업\n\n## 1. 배포 - 남보라(카카오)\n\n자체 개발한 TidePool이 쿠버네팃스(Kubernetes)를 감싼다.\n")
        .expect("a report");
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["discover", "-f", "json"]).arg(report).output().expect("techgraph runs");
    let found: Value = serde_json::from_slice(&done.stdout).expect("proposals are JSON");
    fits(&schema, &found);
    assert_eq!((&found["names"][0]["name"], &found["aliases"][0]["alias"]), (&json!("TidePool"), &json!("쿠버네팃스")));
    for field in ["schema", "names", "aliases"] {
        assert!(!schema.is_valid(&without(&found, field)), "proposals without {field} fit the schema");
    }
    let broken = changed(&found, "names", json!([without(&found["names"][0], "contexts")]));
    assert!(!schema.is_valid(&broken), "a name without places fits the schema");
}

/// The schema that the command prints, ready to use.
fn published(output: &str) -> Validator {
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["schema", output]).output().expect("techgraph runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let schema = serde_json::from_slice(&done.stdout).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

fn fits(schema: &Validator, value: &Value) {
    let wrong: Vec<String> = schema.iter_errors(value).take(3).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(wrong.is_empty(), "does not fit its schema: {}", wrong.join("; "));
}

fn changed(record: &Value, field: &str, value: Value) -> Value {
    let mut changed = record.clone();
    changed[field] = value;
    changed
}

fn without(record: &Value, field: &str) -> Value {
    let mut kept = record.clone();
    kept.as_object_mut().expect("an object").remove(field);
    kept
}

//! Formats with a version: what each version wrote stays here, and is read, or refused with what to do.
//!
//! In: `tests/golden/FORMAT-VERSION`, as the release of that version wrote it of `data/samples/programme.md`; none is ever
//! written anew. Out: the graph that each holds.

use rusqlite::Connection;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use techgraph::export::format::{Format, Holds, Shape, built};
use techgraph::export::sqlite::VERSION;
use techgraph::export::{self, Options, schema, stored};
use techgraph::graph::{GRAPH_SCHEMA, TechGraph, store};
use techgraph::proposal::DISCOVERY_SCHEMA;
use techgraph::record::RECORDS_SCHEMA;
use tempfile::TempDir;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn json(graph: &TechGraph) -> String {
    let mut out = Vec::new();
    export::write(graph, Format::Json, &Options::default(), &mut out).expect("memory can be written");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn every_version_that_is_written_has_its_file() {
    let number = |schema: &str| schema.rsplit('/').next().expect("a schema ends with its version").to_owned();
    let (graph, records, discovery) = (number(GRAPH_SCHEMA), number(RECORDS_SCHEMA), number(DISCOVERY_SCHEMA));
    for name in [
        format!("graph-{graph}.json"),
        format!("records-{records}.ndjson"),
        format!("discovery-{discovery}.json"),
        format!("database-{VERSION}.sqlite"),
        format!("feed-{VERSION}.sqlite"),
    ] {
        assert!(golden(&name).is_file(), "tests/golden/{name} is missing: a new version leaves its file, and those of older ones stay");
    }
}

#[test]
fn a_stored_graph_of_version_1_is_read_whole() {
    let text = std::fs::read_to_string(golden("graph-1.json")).expect("it can be read");
    let graph = store::parse("graph-1.json", text.as_bytes()).expect("it is a graph");
    assert_eq!(json(&graph), text);
    let database = stored::read(&golden("database-1.sqlite")).expect("it is a graph");
    assert_eq!(json(&database), text);
    for about in built().filter(|about| about.holds != Holds::Records && about.format != Format::Png) {
        let written = match about.shape {
            Shape::Folder => export::files(&graph, about.format, &Options::default()).map(drop),
            Shape::File => export::write(&graph, about.format, &Options::default(), &mut Vec::new()),
        };
        assert!(written.is_ok(), "{}: {written:?}", about.name);
    }
}

#[test]
fn records_and_proposals_of_version_1_are_what_the_schemas_say() {
    let records = std::fs::read_to_string(golden("records-1.ndjson")).expect("it can be read");
    let wanted = jsonschema::validator_for(&serde_json::to_value(schema::records()).expect("JSON")).expect("a schema");
    assert!(records.lines().count() > 10);
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(wanted.is_valid(&record), "{line}: {:?}", wanted.iter_errors(&record).map(|e| e.to_string()).collect::<Vec<_>>());
    }
    let proposals: Value = serde_json::from_slice(&std::fs::read(golden("discovery-1.json")).expect("it can be read")).expect("JSON");
    let wanted = jsonschema::validator_for(&serde_json::to_value(schema::discovery()).expect("JSON")).expect("a schema");
    assert!(wanted.is_valid(&proposals));
}

#[test]
fn a_database_that_version_1_made_is_added_to() {
    let place = TempDir::new().expect("a temporary folder");
    let feed = place.path().join("feed.sqlite");
    std::fs::copy(golden("feed-1.sqlite"), &feed).expect("it can be copied");
    std::fs::write(place.path().join("kafka.md"), "# 모래톱 밋업 2021\n\n## 카프카 이야기 - 남보라 (Kakao)\n\nKafka를 썼다.\n")
        .expect("a report");
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    let done = command.args(["extract", "kafka.md", "-o", "feed.sqlite", "--append"]).current_dir(place.path()).output().expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("(reports: 1 new, 0 read again, 2 in all)"), "{said}");
    let count = |table: &str| -> i64 {
        let database = Connection::open(&feed).expect("it opens");
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("it answers")
    };
    assert_eq!((count("records"), count("documents")), (2, 2));
    assert!(count("talks") > 2);
}

#[test]
fn another_version_is_refused_with_what_to_do() {
    let place = TempDir::new().expect("a temporary folder");
    let text = std::fs::read_to_string(golden("graph-1.json")).expect("it can be read").replace(GRAPH_SCHEMA, "techgraph/graph/0");
    let told = store::parse("graph.json", text.as_bytes()).expect_err("it is of another version").to_string();
    assert!(told.ends_with("is of version `techgraph/graph/0`, and this techgraph reads `techgraph/graph/1`: extract it again"), "{told}");
    for (name, advice) in [("database", "make it anew from the reports"), ("feed", "delete it, and make it anew from all reports")] {
        let path = place.path().join(format!("{name}.sqlite"));
        std::fs::copy(golden(&format!("{name}-1.sqlite")), &path).expect("it can be copied");
        Connection::open(&path).and_then(|database| database.pragma_update(None, "user_version", 0)).expect("a number can be set");
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
        match name {
            "feed" => command.args(["extract", "data/samples", "--append", "-o"]).arg(&path),
            _ => command.arg("export").arg(&path).args(["-f", "json"]),
        };
        let done = command.output().expect("techgraph runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(2) && said.contains("its tables are of version 0") && said.contains(advice), "{said}");
    }
}

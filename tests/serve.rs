//! What the server answers agrees with the graph and with its own description, and is the same after a restart.

mod server;

use serde_json::Value;
use server::{CILIUM, KAFKA, Process, ask, folder, get, samples};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

#[test]
fn every_endpoint_answers_as_it_is_described() {
    let server = Process::serve(&[&samples().to_string_lossy()], Path::new("."));
    let document = get(server.address, "/api/openapi.json").json();
    let paths = document["paths"].as_object().expect("there are paths");
    assert!(paths.len() >= 9, "{paths:?}");
    for (path, described) in paths {
        let asked = match path.as_str() {
            "/api/entities/{id}" => "/api/entities/technology%3Akubernetes".to_owned(),
            "/api/search" => format!("{path}?q=%EC%BF%A0%EB%B2%84"),
            other => other.to_owned(),
        };
        let answer = get(server.address, &asked);
        assert_eq!((answer.status, &*answer.headers["content-type"]), (200, "application/json"), "{asked}");
        let mut schema = described["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone();
        schema["components"] = document["components"].clone();
        let schema = jsonschema::validator_for(&schema).expect("it is a schema");
        let wrong: Vec<String> = schema.iter_errors(&answer.json()).map(|why| format!("{}: {why}", why.instance_path())).collect();
        assert!(wrong.is_empty(), "{asked}: {wrong:#?}");
        // Each takes what chooses a part of the graph, and says so of what it does not take.
        let join = if asked.contains('?') { '&' } else { '?' };
        let refused = get(server.address, &format!("{asked}{join}compnay=Kakao"));
        assert_eq!(refused.status, 400, "{asked}");
        assert!(refused.text().contains("there is no parameter `compnay` here; there are"), "{}", refused.text());
    }
}

#[test]
fn schemathesis_finds_no_fault() {
    let folder = folder(&[("kafka.md", KAFKA), ("cilium.md", CILIUM)]);
    let server = Process::serve(&["."], folder.path());
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/readers/bin/python3");
    let python = if own.exists() { own } else { "python3".into() };
    let knows = Command::new(&python).args(["-c", "import schemathesis"]).output();
    if !knows.is_ok_and(|done| done.status.success()) {
        assert!(!std::env::var("TECHGRAPH_READERS").is_ok_and(|value| value == "require"), "schemathesis is not installed");
        // Past the test harness, which keeps what a test that passes prints.
        let _ = writeln!(std::io::stderr(), "skipped: schemathesis (`.ci/run` installs it)");
        return;
    }
    let done = Command::new(&python)
        .args(["-m", "schemathesis.cli", "--no-color", "run", &format!("http://{}/api/openapi.json", server.address)])
        .args(["--max-examples", "15", "--seed", "7", "--generation-database", "none"])
        .current_dir(folder.path())
        .output()
        .expect("schemathesis runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn answers_agree_with_the_graph() {
    let place = TempDir::new().expect("a temporary folder");
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph"))
        .args(["-q", "extract"])
        .arg(samples())
        .args(["-o", "graph.json", "-o", "graph.sqlite", "-o", "rows.grafana", "-o", "metrics.openmetrics"])
        .current_dir(place.path())
        .status();
    assert!(done.expect("techgraph runs").success());
    let stored = std::fs::read(place.path().join("graph.json")).expect("it was written");
    let graph: Value = serde_json::from_slice(&stored).expect("it is JSON");
    let nodes = |kind: &str| graph["nodes"].as_array().into_iter().flatten().filter(|node| node["kind"] == kind).count();
    for served in [&*samples().to_string_lossy(), "graph.json", "graph.sqlite"] {
        let server = Process::serve(&[served], place.path());
        let get = |path: &str| get(server.address, path);
        assert_eq!(get("/api/graph").json(), graph, "{served}");
        let talks = get("/api/talks?limit=1000").json();
        assert_eq!(talks["total"], nodes("talk"));
        let dates: Vec<&str> = talks["items"].as_array().into_iter().flatten().filter_map(|talk| talk["date"].as_str()).collect();
        assert!(dates.is_sorted_by(|a, b| a >= b) && dates.len() > 5, "{dates:?}");
        for alias in ["k8s", "%EC%BF%A0%EB%B2%84", "Kubernetes", "kube"] {
            assert_eq!(get(&format!("/api/search?q={alias}")).json()["items"][0]["id"], "technology:kubernetes", "{alias}");
        }
        let about = get("/api/entities/k8s?evidence=1000&limit=1000").json();
        assert_eq!(about["node"]["id"], "technology:kubernetes");
        let said: usize =
            about["edges"]["items"].as_array().into_iter().flatten().filter_map(|e| e["evidence"].as_array()).map(Vec::len).sum();
        let edges = graph["edges"].as_array().into_iter().flatten().filter(|edge| edge["target"] == "technology:kubernetes");
        assert_eq!(said, edges.filter_map(|edge| edge["evidence"].as_array()).map(Vec::len).sum::<usize>());
        let rows = |name: &str| -> Value {
            serde_json::from_slice(&std::fs::read(place.path().join("rows.grafana").join(name)).expect("it was written"))
                .expect("it is JSON")
        };
        assert_eq!((get("/api/grafana/nodes").json(), get("/api/grafana/edges").json()), (rows("nodes.json"), rows("edges.json")));
        let metrics = std::fs::read(place.path().join("metrics.openmetrics/snapshot.prom")).expect("it was written");
        assert_eq!(get("/metrics").body, metrics);
    }
}

#[test]
fn filters_and_pages_choose() {
    let place = folder(&[("kafka.md", KAFKA), ("cilium.md", CILIUM)]);
    let server = Process::serve(&["."], place.path());
    let get = |path: &str| get(server.address, path).json();
    let titles = |path: &str| -> Vec<String> {
        get(path)["items"].as_array().into_iter().flatten().filter_map(|talk| talk["title"].as_str()).map(str::to_owned).collect()
    };
    assert_eq!(titles("/api/talks"), ["쿠버네티스 네 해", "카프카로 갈아탄 이야기", "코드로 만든 인프라"]);
    assert_eq!(titles("/api/talks?limit=1&offset=1"), ["카프카로 갈아탄 이야기"]);
    assert_eq!(titles("/api/talks?company=naver"), ["코드로 만든 인프라"]);
    assert_eq!(titles("/api/talks?company=naver&company=LINE").len(), 2);
    assert_eq!(titles("/api/talks?technology=k8s&since=2022"), ["쿠버네티스 네 해"]);
    assert_eq!(titles("/api/talks?until=2020").len(), 0);
    assert_eq!(titles("/api/talks.json?company=&since=&limit=").len(), 3, "what is left empty is not said");
    let talk = &get("/api/talks?company=Kakao")["items"][0];
    assert_eq!(talk["speakers"], serde_json::json!([{"name": "남보라", "companies": ["Kakao"]}]));
    assert_eq!(talk["technologies"], serde_json::json!(["Apache Kafka", "RabbitMQ"]));
    assert_eq!((&talk["date"], &talk["event"]), (&"2021-05-14".into(), &"모래톱 밋업 2021".into()));
    let pairs = get("/api/cooccurrence?with=cilium");
    assert_eq!((&pairs["total"], &pairs["items"][0]["target_label"]), (&1.into(), &"Kubernetes".into()));
    let trends = get("/api/trends");
    let row = |id: &str, period: &str| {
        trends["items"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|row| row["id"] == id && row["period"] == period)
            .map(|row| row["talks"].clone())
    };
    assert_eq!((row("technology:cilium", "2022-06"), row("technology:cilium", "2021-05")), (Some(1.into()), Some(0.into())));
    // The pages of a graph are the graph.
    let whole = get("/api/graph");
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for offset in (0..whole["nodes"].as_array().map_or(0, Vec::len)).step_by(4) {
        let page = get(&format!("/api/graph?limit=4&offset={offset}"));
        nodes.extend(page["nodes"].as_array().cloned().into_iter().flatten());
        edges.extend(page["edges"].as_array().cloned().into_iter().flatten());
    }
    assert_eq!((Value::from(nodes), Value::from(edges)), (whole["nodes"].clone(), whole["edges"].clone()));
}

#[test]
fn other_aliases_are_another_answer() {
    let place = folder(&[
        ("kafka.md", KAFKA),
        (
            "own.toml",
            "[[technology]]\nid = \"apache-kafka\"\nname = \"Apache Kafka\"\ncategory = \"messaging\"\naliases = [\"돌다리큐\"]\n",
        ),
    ]);
    let done =
        Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["-q", "extract", ".", "-o", "graph.json"]).current_dir(place.path()).status();
    assert!(done.expect("techgraph runs").success());
    let [shipped, own] = [&["graph.json"][..], &["graph.json", "--gazetteer", "own.toml"]].map(|args| {
        let server = Process::serve(args, place.path());
        let found = get(server.address, "/api/search?q=%EB%8F%8C%EB%8B%A4%EB%A6%AC");
        (get(server.address, "/api/graph").body, found.json()["total"].clone(), found.headers["etag"].clone())
    });
    assert_eq!((&shipped.1, &own.1), (&0.into(), &1.into()));
    assert!(shipped.0 == own.0 && shipped.2 != own.2, "{} and {}", shipped.2, own.2);
}

#[test]
fn what_is_known_is_not_sent_again_and_a_restart_changes_nothing() {
    let place = folder(&[("kafka.md", KAFKA), ("cilium.md", CILIUM)]);
    let paths = ["/", "/api/graph", "/api/trends", "/metrics", "/healthz", "/api/openapi.json"];
    let [first, second] = [(); 2].map(|()| {
        let server = Process::serve(&["."], place.path());
        let answers: Vec<(Vec<u8>, Option<String>)> =
            paths.map(|path| get(server.address, path)).map(|answer| (answer.body, answer.headers.get("etag").cloned())).into();
        let tag = answers[1].1.clone().expect("the graph has a tag");
        for known in [tag.clone(), format!("\"other\", {tag}"), "*".into(), tag.trim_start_matches("W/").into()] {
            let again = ask(server.address, "/api/graph", &format!("If-None-Match: {known}\r\n"));
            assert_eq!((again.status, again.body.len(), again.headers.get("etag")), (304, 0, Some(&tag)), "{known}");
        }
        assert_eq!(ask(server.address, "/api/graph", "If-None-Match: W/\"0\"\r\n").status, 200);
        let packed = ask(server.address, "/", "Accept-Encoding: gzip\r\n");
        assert_eq!(packed.headers.get("content-encoding").map(String::as_str), Some("gzip"));
        assert!(packed.body.len() * 2 < answers[0].0.len());
        // Killed, not stopped.
        answers
    });
    for (path, (a, b)) in paths.iter().zip(first.iter().zip(&second)) {
        assert!(a == b, "{path} differs after a restart");
    }
}

//! The server: what it answers agrees with the graph and with its own description, follows the reports, and refuses what it
//! must. Every test asks a server over a socket, in bytes.

mod server;

use serde_json::Value;
use server::Process;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use techgraph::detect;
use techgraph::gazetteer::Gazetteer;
use techgraph::serve::live::{Live, Snapshot};
use techgraph::serve::source::Source;
use techgraph::serve::{Limits, Server};
use tempfile::TempDir;
use tokio::sync::watch;

const KAFKA: &str = "# 모래톱 밋업 2021 후기\n\n2021-05-14\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Kafka로 옮겼다.\n\n## 코드로 만든 인프라 - 유채린 (NAVER)\n\nTerraform으로 옮겼다.\n";
const CILIUM: &str = "# 모래톱 밋업 2022 후기\n\n2022-06-17\n\n## 쿠버네티스 네 해 - 하늘빛 (LINE)\n\nKubernetes와 Cilium을 쓴다.\n";

/// What was answered.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes; none where the connection ends without an answer.
fn send(address: SocketAddr, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time can be set");
    stream.write_all(request.as_bytes()).expect("the server takes requests");
    let mut answer = Vec::new();
    // The server may break off while a request is being sent that is too long for it.
    let _ = stream.read_to_end(&mut answer);
    let head = answer.windows(4).position(|at| at == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&answer[..head]).into_owned();
    let mut lines = text.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: BTreeMap<String, String> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let body = &answer[head + 4..];
    let body = if headers.get("transfer-encoding").is_some_and(|how| how == "chunked") { chunks(body) } else { body.to_vec() };
    Some(Answer { status, headers, body })
}

/// A body that was sent in pieces.
fn chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|at| at == b"\r\n") {
        let length = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16).expect("a length stands before a piece");
        let piece = &body[end + 2..];
        whole.extend_from_slice(&piece[..length]);
        body = piece.get(length + 2..).unwrap_or_default();
    }
    whole
}

/// Asks for a path with more headers, each ended by `\r\n`.
fn ask(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    send(address, &request).unwrap_or_else(|| panic!("{path} is not answered"))
}

fn get(address: SocketAddr, path: &str) -> Answer {
    ask(address, path, "")
}

/// Waits until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(20), "not within twenty seconds: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")
}

fn folder(reports: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    reports.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).expect("a report can be written"));
    folder
}

/// A server in this process, with limits of its own.
fn within(limits: Limits) -> (SocketAddr, watch::Sender<bool>, std::thread::JoinHandle<()>) {
    let gazetteer = Gazetteer::shipped().expect("the gazetteer is built in");
    let mut source = Source::of(vec![samples()]);
    let graph = source.refresh(&gazetteer, &detect::Options::default()).expect("the samples can be read").value.expect("they are new");
    let live = Live::new(Snapshot::new(graph, &gazetteer).expect("the graph can be written"));
    let server = Server::bind("127.0.0.1:0".parse().expect("an address"), Vec::new(), limits).expect("there is a free port");
    let address = server.address().expect("it listens");
    let (stop, stopped) = watch::channel(false);
    let running = std::thread::spawn(move || server.run(live, Arc::new(gazetteer), stopped).expect("it runs"));
    (address, stop, running)
}

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
fn what_cannot_be_answered_is_said_in_a_sentence() {
    let place = folder(&[("kafka.md", KAFKA)]);
    let server = Process::serve(&["."], place.path());
    for (path, status, said) in [
        ("/api/talks?limit=0", 400, "limit: give 1 to 1000"),
        ("/api/talks?limit=-1", 400, "limit: invalid digit"),
        ("/api/talks?since=May", 400, "since: give a day, a month or a year"),
        ("/api/talks?kind=rumour", 400, "kind[0]: unknown variant `rumour`, expected one of `company`"),
        ("/api/search", 400, "missing field `q`"),
        ("/api/talks?since=2019-02-30", 400, "since: give a day"),
        ("/api/talks?company=Kakoa", 404, "no company of this graph is called `Kakoa`; did you mean Kakao?"),
        ("/api/entities/nothing-of-the-kind", 404, "no node of this graph is called `nothing-of-the-kind`"),
        ("/api/nothing", 404, "there is nothing here"),
        ("/../../etc/passwd", 404, "there is nothing here"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "there is nothing here"),
        ("/kafka.md", 404, "there is nothing here"),
        ("/api/entities/..%2F..%2Fetc%2Fpasswd", 404, "no node of this graph is called"),
    ] {
        let answer = get(server.address, path);
        let error = answer.json()["error"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == status && error.starts_with(said), "{path}: {} {error}", answer.status);
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let request = format!("{method} /api/talks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert_eq!(send(server.address, &request).map(|answer| answer.status), Some(405), "{method}");
    }
    let body = "GET /api/talks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody";
    assert_eq!(send(server.address, body).map(|answer| answer.status), Some(413));
    let foreign = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(send(server.address, foreign).map(|answer| answer.status), Some(421));
    assert_eq!(ask(server.address, "/api/graph", "Origin: http://evil.example\r\n").status, 403);
    assert!(!get(server.address, "/api/graph").headers.keys().any(|name| name.starts_with("access-control")));
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

#[test]
fn changes_are_served_and_told() {
    let place = folder(&[("kafka.md", KAFKA)]);
    let server = Process::serve(&[".", "--watch"], place.path());
    let talks = || get(server.address, "/api/talks").json()["total"].as_u64();
    let mut news = BufReader::new(TcpStream::connect(server.address).expect("the server listens"));
    news.get_mut().write_all(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it takes requests");
    news.get_ref().set_read_timeout(Some(Duration::from_secs(20))).expect("a time can be set");
    let mut told = || news.by_ref().lines().map_while(Result::ok).find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
    let graph = || get(server.address, "/healthz").json()["graph"].as_str().map(str::to_owned);
    assert_eq!((told(), talks()), (graph(), Some(2)));
    std::fs::write(place.path().join("cilium.md"), CILIUM).expect("a report can be written");
    let next = told();
    assert_eq!((next.clone(), talks()), (graph(), Some(3)));
    std::fs::write(place.path().join("cilium.md"), CILIUM.replace("Cilium", "Istio")).expect("a report can be written");
    assert_ne!(told(), next);
    assert_eq!(get(server.address, "/api/search?q=istio").json()["total"], 1);
    std::fs::remove_file(place.path().join("kafka.md")).expect("a report can be deleted");
    told();
    assert_eq!(talks(), Some(1));
    // A page that listens keeps nobody from stopping.
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_stored_graph_that_breaks_is_not_served() {
    let place = folder(&[("kafka.md", KAFKA)]);
    let write = |more: &[&str]| {
        let mut techgraph = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        let done = techgraph.args(["-q", "extract", ".", "-o", "graph.json"]).args(more).current_dir(place.path()).status();
        assert!(done.expect("techgraph runs").success());
    };
    write(&[]);
    let server = Process::serve(&["graph.json", "--watch"], place.path());
    let nodes = || get(server.address, "/healthz").json()["nodes"].as_u64();
    let all = nodes();
    std::fs::write(place.path().join("graph.json"), "{\"schema\": ").expect("a file can be written");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(nodes(), all);
    write(&["--company", "Kakao"]);
    until("the new graph is served", || nodes() < all);
}

#[test]
fn two_hundred_at_a_time_are_answered() {
    let (address, stop, running) = within(Limits::default());
    let clients: Vec<_> = (0..200)
        .map(|client| {
            let path = ["/api/graph", "/api/talks?company=kakao", "/", "/api/search?q=k8s"][client % 4];
            std::thread::spawn(move || get(address, path).status)
        })
        .collect();
    let answered: Vec<u16> = clients.into_iter().map(|client| client.join().expect("it is answered")).collect();
    assert!(answered.iter().all(|status| matches!(status, 200 | 404)), "{answered:?}");
    let _ = stop.send(true);
    running.join().expect("it stops");
}

#[test]
fn who_takes_too_much_is_cut_off() {
    let second = Duration::from_secs(1);
    let limits = Limits { connections: 20, listeners: 2, head: second, answer: 5 * second, head_bytes: 8 << 10, stop: second };
    let (address, stop, running) = within(limits);
    // A head that never ends, a byte at a time; connections that say nothing; more of them than there is room for.
    let begun = Instant::now();
    let mut slow = TcpStream::connect(address).expect("it listens");
    slow.write_all(b"GET / HTTP/1.1\r\nHost: local").expect("it takes bytes");
    let idle: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(address).expect("the system takes connections")).collect();
    slow.set_read_timeout(Some(10 * second)).expect("a time can be set");
    assert!(matches!(slow.read_to_end(&mut Vec::new()), Ok(_) | Err(_)) && begun.elapsed() < 5 * second, "a slow head is waited for");
    // Whoever comes after them is answered once they are gone, and they are gone soon.
    assert_eq!(get(address, "/healthz").status, 200);
    assert!(begun.elapsed() < 10 * second, "{:?}", begun.elapsed());
    drop(idle);
    let long = format!("/api/search?q={}", "a".repeat(20_000));
    let refused = send(address, &format!("GET {long} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    assert!(refused.is_none_or(|answer| matches!(answer.status, 414 | 431)));
    let many: String = (0..100).map(|n| format!("X-{n}: y\r\n")).collect();
    let refused = send(address, &format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"));
    assert!(refused.is_none_or(|answer| answer.status == 431));
    // Only so many pages are told of changes.
    let listening: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut page = TcpStream::connect(address).expect("it listens");
            page.write_all(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it takes bytes");
            let mut first = [0; 12];
            page.read_exact(&mut first).expect("it answers");
            assert_eq!(&first, b"HTTP/1.1 200");
            page
        })
        .collect();
    assert_eq!(get(address, "/api/events").status, 503);
    // One that is on its way holds nobody up for long.
    let begun = Instant::now();
    let _ = stop.send(true);
    running.join().expect("it stops");
    assert!(begun.elapsed() < 5 * second, "{:?}", begun.elapsed());
    assert!(TcpStream::connect(address).is_err(), "it listens still");
    listening.into_iter().for_each(|page| drop(page.shutdown(Shutdown::Both)));
}

#[test]
fn what_cannot_be_begun_is_told() {
    let place = folder(&[("kafka.md", KAFKA), ("broken.json", "{}")]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = taken.local_addr().expect("it listens").to_string();
    for (args, said) in [
        (&["serve", "nowhere"][..], "there is nothing to serve"),
        (&["serve", "broken.json"], "broken.json:1:1: has no `schema`"),
        (&["serve", ".", "--listen", &address], "--listen chooses another address"),
        (&["serve", ".", "--company", "Kakoa"], "did you mean Kakao?"),
        (&["watch", "nowhere", "-o", "graph.json"], "there is nothing to read"),
        (&["watch", "."], "say which files to keep up to date with -o FILE"),
        (&["watch", ".", "-f", "json"], "say which files to keep up to date with -o FILE"),
        (&["watch", ".", "-o", "a.ndjson", "--top", "3"], "leave the filters out"),
    ] {
        let port = if args.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"] };
        let port = if args[0] == "serve" { port } else { &[] };
        let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(args).args(port).current_dir(place.path()).output();
        let done = done.expect("techgraph runs");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && told.contains(said), "{args:?}: {told}");
    }
    assert!(!place.path().join("graph.json").exists());
}

#[test]
fn outputs_follow_the_reports() {
    let place = folder(&[("kafka.md", KAFKA)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_techgraph"))
        .args(["watch", ".", "-o", "graph.json", "-o", "records.ndjson", "-o", "feed.sqlite", "-o", "tables.csv"])
        .current_dir(place.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("techgraph runs");
    let mut said = BufReader::new(child.stderr.take().expect("it says something")).lines().map_while(Result::ok);
    let wrote = said.find(|line| line.starts_with("wrote"));
    assert_eq!(wrote.as_deref(), Some("wrote graph.json, records.ndjson, feed.sqlite, tables.csv (1 report: 1 new; Ctrl-C stops)"));
    std::fs::write(place.path().join("cilium.md"), CILIUM).expect("a report can be written");
    let wrote = said.find(|line| line.starts_with("wrote"));
    assert_eq!(wrote.as_deref(), Some("wrote graph.json, records.ndjson, feed.sqlite, tables.csv (2 reports: 1 new; Ctrl-C stops)"));
    let done = Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
    assert!(done.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    // What it keeps is what one run writes.
    let once = TempDir::new().expect("a temporary folder");
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph"))
        .args(["-q", "extract"])
        .arg(place.path())
        .args(["-o", "graph.json", "-o", "records.ndjson", "-o", "feed.sqlite", "-o", "tables.csv"])
        .current_dir(once.path())
        .status();
    assert!(done.expect("techgraph runs").success());
    for name in ["graph.json", "records.ndjson", "feed.sqlite", "tables.csv/nodes.csv"] {
        let [kept, written] = [&place, &once].map(|folder| std::fs::read(folder.path().join(name)).expect("it was written"));
        assert!(kept == written, "{name} differs from what extract writes");
    }
}

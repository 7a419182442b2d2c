//! What is served, and what is kept on disk, follows the reports.

mod server;

use server::{CILIUM, KAFKA, Process, folder, get};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Waits until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(20), "not within twenty seconds: {what}");
        std::thread::sleep(Duration::from_millis(50));
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

//! The page of `-f html` in a browser that people use.
//!
//! In: pages of the samples, of graphs of 5, 1,000 and 10,000 nodes that are made here, and of one whose labels try to break
//! out. The scripts in `tests/page/` open them in headless Chromium and hold what they see against the stored graph; every
//! one fails on an error in the console or a request to anywhere. Where Chromium or playwright-core is not installed they are
//! skipped, and said to be; with `TECHGRAPH_READERS=require` they fail.

mod server;

use serde_json::{Value, json};
use server::Process;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// What a script ends with if what it needs is not installed.
const MISSING: i32 = 77;

/// One browser at a time: each draws with the processor.
static BROWSER: Mutex<()> = Mutex::new(());

#[test]
fn pages_of_five_a_thousand_and_ten_thousand_nodes_open() {
    for nodes in [5, 1_000, 10_000] {
        let made = Made::of(&talks(nodes));
        made.run("load.mjs");
    }
}

#[test]
fn search_panel_filters_time_surroundings_ways_and_address_agree_with_the_graph() {
    Made::of_samples().run("explore.mjs");
}

#[test]
fn light_and_dark_two_languages_a_phone_and_the_keyboard() {
    Made::of_samples().run("looks.mjs");
}

#[test]
fn without_webgl_a_still_picture_stands_in() {
    Made::of_samples().run("still.mjs");
}

#[test]
fn the_view_is_saved() {
    Made::of_samples().run("save.mjs");
}

#[test]
fn hostile_labels_are_text() {
    Made::of(&hostile()).run("hostile.mjs");
}

#[test]
fn a_served_page_follows_the_reports() {
    let place = TempDir::new().expect("a temporary folder");
    for entry in std::fs::read_dir(root().join("data/samples")).expect("the samples can be listed") {
        let path = entry.expect("the samples can be listed").path();
        std::fs::copy(&path, place.path().join(path.file_name().unwrap_or_default())).expect("a report can be copied");
    }
    let server = Process::serve(&[".", "--watch"], place.path());
    run("served.mjs", &[OsStr::new(&format!("http://{}/", server.address)), place.path().as_ref()]);
}

#[test]
fn the_page_holds_no_label_as_markup() {
    let made = Made::of(&hostile());
    let page = std::fs::read_to_string(&made.page).expect("the page is UTF-8");
    assert_eq!(page.matches("</script").count(), 2, "a label ends a script");
    assert!(!page.contains("<img src=x") && !page.contains('\u{2028}') && !page.contains("href=\"javascript:"));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"), "the page has no policy");
}

/// A stored graph with its page.
struct Made {
    _place: TempDir,
    graph: PathBuf,
    page: PathBuf,
}

impl Made {
    fn of(graph: &Value) -> Self {
        let made = Self::empty();
        std::fs::write(&made.graph, graph.to_string()).expect("a file can be written");
        made.export()
    }

    fn of_samples() -> Self {
        let made = Self::empty();
        techgraph(&["extract".as_ref(), root().join("data/samples").as_ref(), "-o".as_ref(), made.graph.as_ref()]);
        made.export()
    }

    fn empty() -> Self {
        let place = TempDir::new().expect("a temporary folder");
        let [graph, page] = ["graph.json", "graph.html"].map(|name| place.path().join(name));
        Self { _place: place, graph, page }
    }

    fn export(self) -> Self {
        techgraph(&["export".as_ref(), self.graph.as_ref(), "-o".as_ref(), self.page.as_ref()]);
        self
    }

    /// Runs a script on the page.
    fn run(&self, script: &str) {
        run(script, &[self.page.as_ref(), self.graph.as_ref()]);
    }
}

/// Runs a script in the browser.
fn run(script: &str, args: &[&OsStr]) {
    let _alone = BROWSER.lock().unwrap_or_else(PoisonError::into_inner);
    let done = Command::new("node").arg(root().join("tests/page").join(script)).args(args).output();
    let (code, said) = match &done {
        Ok(done) => (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned()),
        Err(why) => (Some(MISSING), why.to_string()),
    };
    if code == Some(MISSING) {
        let required = std::env::var("TECHGRAPH_READERS").is_ok_and(|value| value == "require");
        assert!(!required, "{script} cannot run: {said}");
        // Past the test harness, which keeps what a test that passes prints.
        let _ = writeln!(std::io::stderr(), "skipped: {script}: {} (`.ci/run` installs it)", said.trim());
        return;
    }
    assert_eq!(code, Some(0), "{script}:\n{said}");
    let measured = done.map(|done| String::from_utf8_lossy(&done.stdout).into_owned()).unwrap_or_default();
    let _ = write!(std::io::stderr(), "{measured}");
}

fn techgraph(args: &[&std::ffi::OsStr]) {
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).arg("--quiet").args(args).output().expect("techgraph runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A graph of so many nodes: talks over ten years, each for a company, about a few technologies, some of which many name.
fn talks(nodes: usize) -> Value {
    let (technologies, companies) = ((nodes * 28 / 100).max(2), (nodes * 6 / 100).max(1));
    let talks = nodes - technologies - companies;
    let mut edges = Vec::new();
    let mut counts = std::collections::BTreeMap::new();
    let mut all = Vec::new();
    for talk in 0..talks {
        let id = format!("talk:{talk}");
        let date = format!("{}-{:02}-{:02}", 2015 + talk * 10 / talks, talk % 12 + 1, talk % 28 + 1);
        all.push(json!({"id": id, "kind": "talk", "label": format!("발표 {talk}: what we learnt"), "date": date, "talks": 0}));
        let mut join = |target: String, kind: &str| {
            *counts.entry(target.clone()).or_insert(0) += 1;
            let quote = format!("{id} 에서 {target} 을 운영하며 겪은 일을 이야기했다.");
            let evidence = json!({"document": "report.md", "line": talk + 1, "column": 1, "span": [0, 1], "surface": target, "via": "alias", "confidence": 0.9, "quote": quote});
            edges.push(json!({"source": id, "target": target, "kind": kind, "count": 1, "evidence": [evidence]}));
        };
        join(format!("company:{}", talk * talk % companies), "represents");
        // Few are named often: the square of an even spread.
        let named: std::collections::BTreeSet<usize> =
            (1..4).map(|n| (talk * 7919 * n + n * 104_729) % technologies).map(|at| at * at / technologies).collect();
        named.into_iter().for_each(|technology| join(format!("technology:{technology}"), "mentions"));
    }
    let entity = |kind: &str, index: usize| {
        let id = format!("{kind}:{index}");
        let talks = counts.get(&id).copied().unwrap_or(0);
        json!({"id": id, "kind": kind, "label": format!("{kind} {index}"), "category": "database", "talks": talks})
    };
    all.extend((0..technologies).map(|index| entity("technology", index)));
    all.extend((0..companies).map(|index| entity("company", index)));
    stored(&all, &edges)
}

/// A graph in which texts that mean something in HTML stand everywhere that text may stand.
fn hostile() -> Value {
    let mut labels: Vec<String> = [
        "</script><script>globalThis.broken=1</script>",
        "<img src=x onerror=\"globalThis.broken=1\">",
        "<!--<script>",
        "--> ]]> </style></noscript></title><svg onload=globalThis.broken=1>",
        "line\u{2028}and\u{2029}paragraph",
        "\u{202e}txt.exe\u{202c} \u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629} \u{200f}",
        "{{constructor}} ${globalThis.broken=1} \\u003c \\",
        "&lt;b&gt; &amp; \"double\" 'single'",
        "👩‍👩‍👧 e\u{301} \u{1d54f} \u{1}\u{1f}\u{7f}",
        "__proto__",
    ]
    .map(str::to_owned)
    .into();
    labels.push("가나다라마 ".repeat(2000));
    labels.push("W".repeat(10_000));
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for (index, text) in labels.iter().enumerate() {
        let id = |kind: &str| format!("{kind}:{index}{}", if index == 0 { text.as_str() } else { "" });
        let [talk, technology, company, person] = ["talk", "technology", "company", "person"].map(id);
        nodes.push(
            json!({"id": talk, "kind": "talk", "label": text, "url": "javascript:globalThis.broken=1", "date": "2024-02-29", "talks": 0,
            "resources": {"session": format!("javascript:{text}"), "slides": ["data:text/html,<script>globalThis.broken=1</script>"]}}),
        );
        for (id, kind) in [(&technology, "technology"), (&company, "company"), (&person, "person")] {
            nodes.push(json!({"id": id, "kind": kind, "label": text, "category": text, "talks": 1}));
        }
        let evidence = json!({"document": text, "line": 1, "column": 2, "span": [3, 9], "surface": text, "via": "alias", "confidence": 0.1,
            "quote": format!("before {text} after"), "url": "javascript:globalThis.broken=1"});
        for (target, kind) in [(&technology, "mentions"), (&company, "represents"), (&person, "presented_by")] {
            edges.push(json!({"source": talk, "target": target, "kind": kind, "count": 1, "evidence": [evidence]}));
        }
    }
    stored(&nodes, &edges)
}

fn stored(nodes: &[Value], edges: &[Value]) -> Value {
    json!({"schema": "techgraph/graph/1", "directed": true, "multigraph": true, "graph": {}, "nodes": nodes, "edges": edges})
}

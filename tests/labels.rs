//! The labels of `tests/labels` are well-formed; and, where the reports are at hand, how well techgraph reads them.
//!
//! In: the labels, and the folder that `TECHGRAPH_REPORTS` names, if it does. Out: nothing; the figures are printed.

#![expect(clippy::print_stdout, reason = "the figures are what the test is run for")]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    repository: String,
    path: String,
    commit: String,
    sha256: String,
    language: String,
    set: Set,
    talks: Vec<Talk>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "lowercase")]
enum Set {
    Read,
    Unread,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Talk {
    lines: [usize; 2],
    title: Option<[usize; 3]>,
    speakers: Vec<Speaker>,
    companies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speaker {
    at: [usize; 3],
    company: Option<String>,
}

fn reports() -> Vec<(PathBuf, Report)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels");
    let files = std::fs::read_dir(folder).expect("tests/labels is there").map(|entry| entry.expect("an entry").path());
    let mut labels: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    labels.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("labels can be read");
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    labels.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

#[test]
fn labels_are_well_formed() {
    let reports = reports();
    assert!(reports.len() >= 15, "there are {} labelled reports", reports.len());
    for (path, report) in &reports {
        let shown = path.display();
        assert!(path.file_stem().is_some_and(|stem| report.sha256.starts_with(&*stem.to_string_lossy())), "{shown}: named after its hash");
        assert!(report.commit.len() == 40 && report.repository.contains('/') && !report.path.is_empty(), "{shown}: where it is from");
        assert!(["ko", "en", "ja"].contains(&report.language.as_str()), "{shown}: {}", report.language);
        let mut last = 0;
        for talk in &report.talks {
            let [from, to] = talk.lines;
            assert!(last < from && from <= to, "{shown}: talk at {from} to {to} after {last}");
            last = to;
            assert!(talk.title.is_none_or(|[_, column, length]| column > 0 && length > 0), "{shown}: title of the talk at {from}");
            assert!(talk.speakers.iter().all(|s| s.at[1] > 0 && s.at[2] > 0), "{shown}: speakers of the talk at {from}");
            let companies: BTreeSet<&str> = talk.companies.iter().map(String::as_str).collect();
            assert!(
                talk.speakers.iter().filter_map(|s| s.company.as_deref()).all(|c| companies.contains(c)),
                "{shown}: a speaker's company of the talk at {from} is not among its companies"
            );
        }
    }
}

/// What F1 of talks found must not fall below.
const LEAST: f64 = 0.7;

#[test]
#[ignore = "the reports are other people's and not here: name a folder that holds them in TECHGRAPH_REPORTS"]
fn reports_at_hand_are_scored() {
    let folder = std::env::var_os("TECHGRAPH_REPORTS").expect("TECHGRAPH_REPORTS names a folder");
    let found = by_hash(Path::new(&folder));
    let mut tally: BTreeMap<Set, [usize; 3]> = BTreeMap::new();
    for (_, report) in reports() {
        let Some(file) = found.get(&report.sha256) else { continue };
        let run = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["extract", "-q", "-f", "ndjson"]).arg(file).output();
        let records = String::from_utf8(run.expect("techgraph runs").stdout).expect("records are UTF-8");
        let records = records.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a record is JSON"));
        let starts: Vec<u64> = records.filter(|r| r["type"] == "talk").filter_map(|r| r["start_line"].as_u64()).collect();
        let wanted: Vec<u64> = report.talks.iter().map(|t| t.lines[0] as u64).collect();
        let hits = wanted.iter().filter(|line| starts.iter().any(|s| s.abs_diff(**line) <= 1)).count();
        let sums = tally.entry(report.set).or_default();
        (sums[0], sums[1], sums[2]) = (sums[0] + hits, sums[1] + starts.len(), sums[2] + wanted.len());
    }
    assert!(!tally.is_empty(), "the folder holds none of the labelled reports");
    for (set, [hits, said, wanted]) in tally {
        let f1 = 2.0 * hits as f64 / (said + wanted) as f64;
        println!("{set:?}: {hits} of {wanted} talks found, {said} said: F1 {f1:.3}");
        assert!(f1 >= LEAST, "{set:?}: F1 {f1:.3} is below {LEAST}");
    }
}

/// The files below a folder by the SHA-256 of what they hold.
fn by_hash(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.insert(sha256(&bytes), path);
            }
        }
    }
    found
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

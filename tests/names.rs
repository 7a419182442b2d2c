//! How well techgraph decides the names of labelled texts: precision, recall and linking must not fall.
//!
//! In: the texts and labels of `tests/names`. Out: nothing; `techgraph eval tests/names` shows what is missed and extra.

#![expect(clippy::print_stdout, reason = "the figures are what the test is run for")]

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use techgraph::detect::Options;
use techgraph::entity::EntityKind;
use techgraph::evaluation::gold::{self, Gold};
use techgraph::evaluation::reliability::Reliability;
use techgraph::evaluation::score::{Tally, score};
use techgraph::gazetteer::Gazetteer;
use techgraph::input::{Format, parse};

/// The figures that the texts are read with at least, for names of technologies.
const PRECISION: f64 = 0.92;
const RECALL: f64 = 0.92;
/// Of the names found, those linked to the entity that the label names.
const LINKING: f64 = 0.97;
/// How far confidences may be from what is so: the expected calibration error.
const CALIBRATION: f64 = 0.04;

#[test]
fn the_figures_do_not_fall() {
    let texts = gold::read(&[folder()]).expect("labelled texts");
    let (tally, reliability) = figures(&texts, "texts");
    assert!(texts.len() >= 40 && tally.wanted >= 600, "too few to tell");
    let held = tally.precision() >= Some(PRECISION) && tally.recall() >= Some(RECALL) && tally.linking() >= Some(LINKING);
    assert!(held, "{tally:?}: see `techgraph eval tests/names`");
    assert!(reliability.error().is_some_and(|error| error <= CALIBRATION), "{reliability:?}");
}

#[test]
#[ignore = "the reports are other people's and not here: name a folder that holds them in TECHGRAPH_REPORTS"]
fn reports_at_hand_are_scored() {
    let reports = PathBuf::from(std::env::var_os("TECHGRAPH_REPORTS").expect("TECHGRAPH_REPORTS names a folder"));
    let digest = |path: &PathBuf| Sha256::digest(std::fs::read(path).expect("a file"));
    let hash = |path: &PathBuf| digest(path).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let known: BTreeMap<String, PathBuf> = files(&reports, "md").into_iter().map(|path| (hash(&path), path)).collect();
    let mut found = Vec::new();
    for path in files(&folder().join("reports"), "tsv") {
        let rows = std::fs::read_to_string(&path).expect("labels");
        let (head, rows) = rows.split_once('\n').expect("a first line that says of which report");
        let Some(report) = known.get(head.split('\t').nth(3).expect("a hash")) else { continue };
        let text = std::fs::read_to_string(report).expect("a report");
        let labels = gold::labels(&path.display().to_string(), &with_words(rows, &text), &text).expect("labels of this report");
        let document = parse(&report.display().to_string(), text.into_bytes(), Format::Markdown).value.expect("a report");
        found.push(Gold { document, labels });
    }
    assert!(!found.is_empty(), "none of the labelled reports is in {}", reports.display());
    let (tally, _) = figures(&found, "reports");
    assert!(tally.precision() >= Some(0.90) && tally.recall() >= Some(0.90), "{tally:?}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names")
}

/// How the technologies of labelled reports are decided.
fn figures(gold: &[Gold], what: &str) -> (Tally, Reliability) {
    let gazetteer = Gazetteer::shipped().expect("the built-in gazetteer");
    let (mut tally, mut reliability) = (Tally::default(), Reliability::default());
    for report in gold {
        let scored = score(report, &gazetteer, &Options::default());
        tally.add(report, &scored, EntityKind::Technology);
        reliability.add(&scored);
    }
    let [precision, recall, linking] = [tally.precision(), tally.recall(), tally.linking()].map(|share| share.unwrap_or(0.0));
    let (count, wanted) = (gold.len(), tally.wanted);
    println!("{count} {what}, {wanted} names: precision {precision:.3}, recall {recall:.3}, linking {linking:.3}");
    (tally, reliability)
}

/// The files of a folder and those in it that end so, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Rows that give places, as rows that give words: line, surface, occurrence, kind, name.
fn with_words(rows: &str, text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let row = |row: &str| {
        let [number, column, length, kind, name] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("five columns: {row}") };
        let count = |cell: &str| cell.parse::<usize>().expect("a number");
        let line = lines[count(number) - 1];
        let surface: String = line.chars().skip(count(column) - 1).take(count(length)).collect();
        let before: usize = line.chars().take(count(column) - 1).map(char::len_utf8).sum();
        let nth = line.char_indices().filter(|(at, _)| *at <= before && line[*at..].starts_with(&surface)).count();
        format!("{number}\t{surface}\t{nth}\t{kind}\t{name}\n")
    };
    rows.lines().map(row).collect()
}

//! How well techgraph decides the names of labelled texts: precision, recall and linking must not fall.
//!
//! In: the texts and labels of `tests/names`. Out: nothing; the figures are printed, and what is missed or extra if they
//! fall. A mention and a label match where they overlap; each matches one.

#![expect(clippy::print_stdout, reason = "the figures are what the test is run for")]

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The figures that the texts are read with at least, for names of technologies.
const PRECISION: f64 = 0.90;
const RECALL: f64 = 0.92;
/// Of the names found, those linked to the entity that the label gives, as its canonical name is spelt.
const LINKING: f64 = 0.90;

struct Label {
    span: (usize, usize),
    kind: String,
    name: String,
    shown: String,
}

#[test]
fn the_figures_do_not_fall() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let mut score = Score::default();
    for path in files(&folder, "tsv", false) {
        let text = std::fs::read_to_string(path.with_extension("md")).expect("a text beside its labels");
        score.add(&path.with_extension("md"), &labels(&std::fs::read_to_string(&path).expect("labels"), &text));
    }
    let (precision, recall, linking) = score.print("texts");
    assert!(score.texts >= 40 && score.wanted >= 600, "too few to tell");
    let held = precision >= PRECISION && recall >= RECALL && linking >= LINKING;
    assert!(held, "{precision:.3} {recall:.3} {linking:.3}\n{}", score.failures.join("\n"));
}

#[test]
#[ignore = "the reports are other people's and not here: name a folder that holds them in TECHGRAPH_REPORTS"]
fn reports_at_hand_are_scored() {
    let reports = PathBuf::from(std::env::var_os("TECHGRAPH_REPORTS").expect("TECHGRAPH_REPORTS names a folder"));
    let digest = |path: &PathBuf| Sha256::digest(std::fs::read(path).expect("a file"));
    let hash = |path: &PathBuf| digest(path).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let known: BTreeMap<String, PathBuf> = files(&reports, "md", true).into_iter().map(|path| (hash(&path), path)).collect();
    let mut score = Score::default();
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names/reports"), "tsv", false) {
        let rows = std::fs::read_to_string(&path).expect("labels");
        let (head, rows) = rows.split_once('\n').expect("a first line that says of which report");
        let Some(report) = known.get(head.split('\t').nth(3).expect("a hash")) else { continue };
        score.add(report, &stand_off(rows, &std::fs::read_to_string(report).expect("a report")));
    }
    assert!(score.texts > 0, "none of the labelled reports is in {}", reports.display());
    let (precision, recall, _) = score.print("reports");
    assert!(precision >= 0.90 && recall >= 0.90, "{}", score.failures.join("\n"));
}

/// Hits and misses over several texts.
#[derive(Default)]
struct Score {
    texts: usize,
    wanted: usize,
    hits: usize,
    linked: usize,
    extra: usize,
    failures: Vec<String>,
}

impl Score {
    fn add(&mut self, path: &Path, labels: &[Label]) {
        let name = path.file_name().expect("a name").to_string_lossy();
        let mut taken = vec![false; labels.len()];
        for mention in mentions(path) {
            let overlaps = |l: &Label| l.span.0 < mention.span.1 && mention.span.0 < l.span.1;
            let asked = labels.iter().enumerate().find(|(i, l)| !taken[*i] && overlaps(l) && is_technology(l));
            if let Some((index, label)) = asked {
                taken[index] = true;
                self.hits += 1;
                self.linked += usize::from(key(&label.name) == key(&mention.name));
            } else if !labels.iter().any(|l| overlaps(l) && l.kind == "optional") {
                self.extra += 1;
                self.failures.push(format!("{name}: extra {} as {}", mention.shown, mention.name));
            }
        }
        self.texts += 1;
        self.wanted += labels.iter().filter(|l| is_technology(l)).count();
        let missed = labels.iter().zip(&taken).filter(|(l, taken)| is_technology(l) && !**taken);
        self.failures.extend(missed.map(|(l, _)| format!("{name}: missed {}", l.shown)));
    }

    /// Precision, recall and linking, from 0 to 1.
    fn print(&self, what: &str) -> (f64, f64, f64) {
        let number = |n: usize| f64::from(u32::try_from(n).expect("a small number"));
        let share = |part: usize, whole: usize| number(part) / number(whole.max(1));
        let (precision, recall) = (share(self.hits, self.hits + self.extra), share(self.hits, self.wanted));
        let linking = share(self.linked, self.hits);
        let (texts, wanted) = (self.texts, self.wanted);
        println!("{texts} {what}, {wanted} names: precision {precision:.3}, recall {recall:.3}, linking {linking:.3}");
        (precision, recall, linking)
    }
}

/// The files of a folder that end so, in order; with those of the folders in it where `deep`.
fn files(folder: &Path, ending: &str, deep: bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = Vec::new();
    for path in entries {
        if path.is_dir() && deep {
            found.extend(files(&path, ending, deep));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The technologies that techgraph finds in a text.
fn mentions(path: &Path) -> Vec<Label> {
    let run = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["extract", "-f", "ndjson"]).arg(path).output().expect("techgraph runs");
    let mut found = Vec::new();
    for line in String::from_utf8(run.stdout).expect("UTF-8").lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        if record["type"] == "mention" && record["kind"] == "technology" {
            let at = |i: usize| usize::try_from(record["span"][i].as_u64().expect("a span")).expect("a place");
            let text = |field: &str| record[field].as_str().unwrap_or_default().to_owned();
            found.push(Label { span: (at(0), at(1)), kind: text("kind"), name: text("name"), shown: text("surface") });
        }
    }
    found
}

fn labels(rows: &str, text: &str) -> Vec<Label> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let label = |row: &str| {
        let [line, surface, nth, kind, name] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("five columns: {row}") };
        let start = starts[line.parse::<usize>().expect("a line") - 1];
        let line = text[start..].split('\n').next().unwrap_or_default();
        let nth: usize = nth.parse().expect("a number");
        // Occurrences may overlap.
        let mut places = line.char_indices().filter(|(i, _)| line[*i..].starts_with(surface)).map(|(i, _)| i);
        let at = start + places.nth(nth - 1).unwrap_or_else(|| panic!("no `{surface}` in `{line}`"));
        Label { span: (at, at + surface.len()), kind: kind.into(), name: name.into(), shown: surface.into() }
    };
    rows.lines().map(label).collect()
}

/// Labels that give places instead of words.
fn stand_off(rows: &str, text: &str) -> Vec<Label> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let label = |row: &str| {
        let [line, column, length, kind, name] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("five columns: {row}") };
        let number = |n: &str| n.parse::<usize>().expect("a number");
        let start = starts[number(line) - 1];
        let bytes = |from: usize, count: usize| text[from..].chars().take(count).map(char::len_utf8).sum::<usize>();
        let from = start + bytes(start, number(column) - 1);
        let to = from + bytes(from, number(length));
        Label { span: (from, to), kind: kind.into(), name: name.into(), shown: text[from..to].into() }
    };
    rows.lines().map(label).collect()
}

fn is_technology(label: &Label) -> bool {
    matches!(label.kind.as_str(), "technology" | "in-house")
}

/// A canonical name without letter case, punctuation and the vendor before it.
fn key(name: &str) -> String {
    let bare = ["Apache ", "Amazon ", "AWS ", "HashiCorp ", "Google ", "Microsoft ", "Grafana "].iter().find_map(|v| name.strip_prefix(v));
    let bare = bare.unwrap_or(name).trim_end_matches(" Framework");
    bare.chars().filter(|c| c.is_alphanumeric() || "+#".contains(*c)).flat_map(char::to_lowercase).collect()
}

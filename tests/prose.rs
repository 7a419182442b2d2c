//! How often techgraph finds a technology in texts that name none: it must not get more.
//!
//! In: the texts of `tests/prose`, whose names open with their language. Out: nothing; the figures by language are
//! printed, with the mentions of concepts and companies apart, and what was found if a figure is too high.

#![expect(clippy::print_stdout, reason = "the figures are what the test is run for")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Mentions of technologies in 10,000 words that are not passed, by language.
const HIGHEST: [(&str, f64); 6] = [("de", 26.0), ("en", 4.0), ("fr", 0.0), ("ja", 14.0), ("ko", 63.0), ("zh", 0.0)];

/// What was found in the texts of a language.
#[derive(Default)]
struct Found {
    texts: usize,
    words: usize,
    kinds: BTreeMap<String, usize>,
    technologies: Vec<String>,
}

impl Found {
    fn count(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or(0)
    }

    /// Mentions of technologies in 10,000 words.
    fn rate(&self) -> f64 {
        let number = |n: usize| f64::from(u32::try_from(n).expect("a small number"));
        number(self.count("technology")) * 10_000.0 / number(self.words)
    }
}

#[test]
fn everyday_prose_names_next_to_no_technology() {
    let mut languages: BTreeMap<String, Found> = BTreeMap::new();
    for path in texts() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let found = languages.entry(name[..2].to_owned()).or_default();
        found.texts += 1;
        found.words += words(&std::fs::read_to_string(&path).expect("a text"));
        for (kind, shown) in mentions(&path) {
            if kind == "technology" {
                found.technologies.push(format!("{name}: {shown}"));
            }
            *found.kinds.entry(kind).or_default() += 1;
        }
    }
    for (language, found) in &languages {
        let (technologies, concepts, companies) = (found.count("technology"), found.count("concept"), found.count("company"));
        let (texts, words, rate) = (found.texts, found.words, found.rate());
        println!("{language}: {texts} texts, {words} words, {technologies} technologies ({rate:.1} in 10,000 words)");
        println!("    and {concepts} concepts, {companies} companies");
    }
    let (texts, words) = languages.values().fold((0, 0), |sum, found| (sum.0 + found.texts, sum.1 + found.words));
    assert!(texts >= 24 && words >= 9_000, "too few to tell");
    for (language, found) in &languages {
        let highest = HIGHEST.iter().find(|(of, _)| of == language).expect("a figure for each language").1;
        assert!(found.rate() <= highest, "{language}: {:.1} are more than {highest}\n{}", found.rate(), found.technologies.join("\n"));
    }
}

/// The texts, in order.
fn texts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose");
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut texts: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md")).collect();
    texts.sort();
    texts
}

/// How many words a text has; two ideographs or kana are one.
fn words(text: &str) -> usize {
    let unspaced = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let spaced: String = text.chars().map(|c| if unspaced(c) { ' ' } else { c }).collect();
    let whole = spaced.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    whole + text.chars().filter(|c| unspaced(*c)).count() / 2
}

/// The kind of each mention in a text, and how it reads.
fn mentions(path: &Path) -> Vec<(String, String)> {
    let run = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(["extract", "-f", "ndjson"]).arg(path).output().expect("techgraph runs");
    assert!(run.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&run.stderr));
    let records = String::from_utf8(run.stdout).expect("UTF-8");
    let records = records.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a record"));
    let text = |record: &serde_json::Value, field: &str| record[field].as_str().unwrap_or_default().to_owned();
    let mentions = records.filter(|record| record["type"] == "mention");
    mentions.map(|r| (text(&r, "kind"), format!("{} as {}", text(&r, "surface"), text(&r, "name")))).collect()
}

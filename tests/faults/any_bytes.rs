//! Any bytes are read: what the fuzz targets check of each parser and reader (`fuzz/checks.rs`), with stable Rust and in
//! bounded time.
//!
//! In: the project's own reports and what is made of them, what was found earlier (`fuzz/finds/TARGET-*`), and mutations of
//! both, the same on every run. `TECHGRAPH_FUZZ=SECONDS cargo test --test faults any_bytes` goes on with others for that long, and
//! `TECHGRAPH_FUZZ_SEEDS=FOLDER` starts from the files in a folder as well.

#[path = "../../fuzz/checks.rs"]
mod checks;

use checks::TARGETS;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How many mutations each check is given.
const MUTATIONS: usize = 150;

/// What reports, tables of names and graphs are made of, to be put anywhere.
#[rustfmt::skip]
const PIECES: [&str; 40] = [
    "\n", "\n\n", "# ", "## 1. ", "---\n", "+++\n", "```\n", "> ", "- ", "| a | b |\n|---|---|\n", "**", "`", "[", "](", "![", "<", "</",
    "<!--", "-->", "<h2>", "<script>", "<a href=\"", "&#27;", "&amp;", "{{", "{% ", "\r\n", "\u{feff}", "\u{200b}", "\u{0301}", "\u{1161}",
    "카프카", "Go", " - 김하늘 (카카오)", "\"", "{", "}", ",", "[[technology]]\n", "99999999999999999999",
];

#[test]
fn what_was_found_once_is_found_no_more() {
    let finds = files(&root().join("fuzz/finds"));
    let belongs = |path: &Path, name: &str| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}-")));
    let lost: Vec<_> = finds.iter().filter(|(path, _)| !TARGETS.iter().any(|(name, _)| belongs(path, name))).collect();
    assert!(!finds.is_empty() && lost.is_empty(), "no check is for {lost:?}");
    for (name, check) in TARGETS {
        finds.iter().filter(|(path, _)| belongs(path, name)).for_each(|(_, bytes)| holds(name, check, bytes));
    }
}

#[test]
fn reports_graphs_and_what_becomes_of_them_when_they_are_broken() {
    let seeds = Seeds::new();
    let longer = std::env::var("TECHGRAPH_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let share = longer.map(|all| all / u32::try_from(TARGETS.len()).expect("there are few"));
    for (name, check) in TARGETS {
        let seeds = seeds.of(name);
        assert!(!seeds.is_empty(), "there is no seed for {name}");
        seeds.iter().for_each(|bytes| holds(name, check, bytes));
        // The same mutations on every run, unless it is to go on with others.
        let clock = Instant::now();
        let mut random = Random(if longer.is_some() { std::process::id().into() } else { 9 });
        let mut done = 0;
        while done < MUTATIONS || share.is_some_and(|share| clock.elapsed() < share) {
            holds(name, check, &mutated(&seeds, &mut random));
            done += 1;
        }
        crate::say(&format!("{name}: {} seeds, {done} mutations, {:.1} s", seeds.len(), clock.elapsed().as_secs_f64()));
    }
}

/// Runs a check; bytes of which it does not hold are kept for the next time.
fn holds(name: &str, check: fn(&[u8]), bytes: &[u8]) {
    let begun = Instant::now();
    if catch_unwind(AssertUnwindSafe(|| check(bytes))).is_err() {
        let path = std::env::temp_dir().join(format!("{name}-{}", bytes.len()));
        std::fs::write(&path, bytes).expect("a file can be written");
        panic!("{name} does not hold: {} has the bytes; they belong into fuzz/finds", path.display());
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{name} took {:?} for {} bytes", begun.elapsed(), bytes.len());
}

/// A seed with some of its bytes changed, left out, doubled, or replaced by those of another or by a piece.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut below = |bound: usize| random.below(bound);
    let mut bytes = seeds[below(seeds.len())].clone();
    for _ in 0..=below(6) {
        let (from, to) = (below(bytes.len() + 1), below(bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 400));
        match below(6) {
            0 if !bytes.is_empty() => {
                let at = below(bytes.len());
                bytes[at] = u8::try_from(below(256)).expect("it is a byte");
            }
            1 => drop(bytes.drain(from..to)),
            2 => {
                let again = bytes[from..to].to_vec();
                bytes.splice(from..from, again);
            }
            3 => {
                let other = &seeds[below(seeds.len())];
                let (start, length) = (below(other.len() + 1), below(300));
                bytes.splice(from..to, other[start..(start + length).min(other.len())].iter().copied());
            }
            _ => drop(bytes.splice(from..from, PIECES[below(PIECES.len())].bytes())),
        }
    }
    bytes.truncate(20_000);
    bytes
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).expect("it is below")
    }
}

/// What the checks start from.
struct Seeds {
    reports: Vec<Vec<u8>>,
    graphs: Vec<Vec<u8>>,
    records: Vec<Vec<u8>>,
    databases: Vec<Vec<u8>>,
    own: Vec<Vec<u8>>,
}

impl Seeds {
    fn new() -> Self {
        let mut reports: Vec<Vec<u8>> = ["data/samples", "tests/corpus"].iter().flat_map(|folder| reports(&root().join(folder))).collect();
        if let Some(more) = std::env::var_os("TECHGRAPH_FUZZ_SEEDS") {
            reports.extend(files(Path::new(&more)).into_iter().map(|(_, bytes)| bytes));
        }
        let place = TempDir::new().expect("a temporary folder");
        let mut seeds = Self { reports, graphs: Vec::new(), records: Vec::new(), databases: Vec::new(), own: Vec::new() };
        for name in ["byline-dash", "days-and-tracks", "in-house"] {
            let (json, database) = (place.path().join(format!("{name}.json")), place.path().join(format!("{name}.sqlite")));
            let report = root().join(format!("tests/corpus/{name}.md"));
            for more in [vec!["-o", "JSON"], vec!["-o", "DATABASE", "--append"]] {
                let more = more.into_iter().map(|argument| match argument {
                    "JSON" => json.as_os_str(),
                    "DATABASE" => database.as_os_str(),
                    other => other.as_ref(),
                });
                let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
                let done = command.args(["--quiet", "extract"]).arg(&report).args(more).status().expect("techgraph runs");
                assert!(done.success());
            }
            seeds.graphs.push(std::fs::read(&json).expect("it was written"));
            seeds.databases.push(std::fs::read(&database).expect("it was written"));
            let database = rusqlite::Connection::open(&database).expect("it is a database");
            let record: String = database.query_row("SELECT extract FROM records", [], |row| row.get(0)).expect("it has a record");
            seeds.records.push(record.into_bytes());
        }
        let own = ["tests/cmd/own-data.in/own.toml", "tests/cmd/correct.out/techgraph.toml", "tests/cmd/discover.out/techgraph.toml"];
        seeds.own.extend(own.iter().map(|path| std::fs::read(root().join(path)).expect("it can be read")));
        seeds
    }

    fn of(&self, check: &str) -> Vec<Vec<u8>> {
        match check {
            "graph" => self.graphs.clone(),
            "records" => self.records.clone(),
            "database" => self.databases.clone(),
            "own_data" => self.own.clone(),
            _ => self.reports.clone(),
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn reports(folder: &Path) -> Vec<Vec<u8>> {
    files(folder).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "md")).map(|(_, bytes)| bytes).collect()
}

/// The files of a folder and those below it, by path.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).expect("a file can be read")));
        }
    }
    found.sort();
    found
}

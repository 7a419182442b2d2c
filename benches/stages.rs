//! What each stage costs, in bytes of reports per second: `cargo bench`.
//!
//! The reports are the samples that ship, or those of the folder that `TECHGRAPH_CORPUS` names. The floor to compare with
//! is an automaton over all surface forms that reads the same bytes and decides nothing.

use daachorse::DoubleArrayAhoCorasick;
use divan::Bencher;
use divan::counter::BytesCount;
use std::path::PathBuf;
use std::sync::LazyLock;
use techgraph::detect::{self, Options};
use techgraph::document::Document;
use techgraph::export::ndjson;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::build;
use techgraph::input::{self, walk};
use techgraph::record::Extract;
use techgraph::talk::Talk;
use techgraph::{pipeline, segment};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the gazetteer that ships"));

/// The reports' names and bytes.
static REPORTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let folder = std::env::var_os("TECHGRAPH_CORPUS").map_or_else(|| PathBuf::from("data/samples"), PathBuf::from);
    let files = walk::files(&[folder]).value;
    files.into_iter().map(|file| (file.label, std::fs::read(file.path).expect("a report"))).collect()
});

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| REPORTS.iter().map(|(name, bytes)| document(name, bytes)).collect());

static TALKS: LazyLock<Vec<Vec<Talk>>> = LazyLock::new(|| DOCUMENTS.iter().map(|d| segment::talks(d, &GAZETTEER).talks).collect());

static EXTRACTS: LazyLock<Vec<Extract>> =
    LazyLock::new(|| DOCUMENTS.iter().map(|d| pipeline::document(d, &GAZETTEER, &Options::default())).collect());

fn document(name: &str, bytes: &[u8]) -> Document {
    input::parse(name, bytes.to_vec(), input::Format::Markdown).value.expect("a report of text")
}

fn main() {
    LazyLock::force(&TALKS);
    LazyLock::force(&EXTRACTS);
    divan::main();
}

/// Runs over all reports, counted in their bytes.
fn over_all<T>(bencher: Bencher, stage: impl Fn() -> T + Sync) {
    let bytes: usize = REPORTS.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(stage);
}

#[divan::bench]
fn floor_automaton(bencher: Bencher) {
    let surfaces = GAZETTEER.entities().into_iter().flat_map(|e| e.surfaces.iter().map(|s| s.text.to_lowercase()));
    let mut surfaces: Vec<String> = surfaces.filter(|s| !s.is_empty()).collect();
    surfaces.sort_unstable();
    surfaces.dedup();
    let automaton: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasick::new(&surfaces).expect("an automaton");
    over_all(bencher, || {
        let hits = |bytes: &[u8]| automaton.find_overlapping_iter(bytes.to_ascii_lowercase()).count();
        REPORTS.iter().map(|(_, bytes)| hits(bytes)).sum::<usize>()
    });
}

#[divan::bench]
fn input(bencher: Bencher) {
    over_all(bencher, || REPORTS.iter().map(|(name, bytes)| document(name, bytes).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn scan(bencher: Bencher) {
    over_all(bencher, || {
        let blocks = DOCUMENTS.iter().flat_map(|d| &d.blocks);
        blocks.map(|b| GAZETTEER.hits(b.text.text()).len()).sum::<usize>()
    });
}

#[divan::bench]
fn segment(bencher: Bencher) {
    over_all(bencher, || DOCUMENTS.iter().map(|d| segment::talks(d, &GAZETTEER).talks.len()).sum::<usize>());
}

#[divan::bench]
fn detect(bencher: Bencher) {
    over_all(bencher, || {
        let decided = |(d, talks)| detect::decide(d, talks, &GAZETTEER, &Options::default()).len();
        DOCUMENTS.iter().zip(TALKS.iter().map(Vec::as_slice)).map(decided).sum::<usize>()
    });
}

#[divan::bench]
fn records(bencher: Bencher) {
    over_all(bencher, || {
        let mut out = Vec::new();
        EXTRACTS.iter().try_for_each(|extract| ndjson::document(extract, &mut out)).expect("a stream in memory");
        out.len()
    });
}

#[divan::bench]
fn graph(bencher: Bencher) {
    over_all(bencher, || build::graph(EXTRACTS.clone(), &GAZETTEER).edge_count());
}

#[divan::bench]
fn whole(bencher: Bencher) {
    over_all(bencher, || {
        let extract = |(name, bytes): &(String, Vec<u8>)| pipeline::document(&document(name, bytes), &GAZETTEER, &Options::default());
        build::graph(REPORTS.iter().map(extract).collect(), &GAZETTEER).edge_count()
    });
}

//! The gazetteer's data is in order: ids, owners, names that collide, the sentences that say how names are to be read; and
//! its names are found where they stand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use techgraph::detect::{self, trial};
use techgraph::document::{Block, BlockKind, Document, FrontMatter};
use techgraph::entity::{Case, Entity, EntityKind, Surface};
use techgraph::gazetteer::{Gazetteer, check};
use techgraph::normalize::key;
use techgraph::offset_map::Mapped;
use techgraph::source::SourceFile;
use techgraph::span::Span;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// How many names stand in one document; context makes each a little slower.
const TOGETHER: usize = 50;

#[test]
fn the_data_has_no_problems() {
    none(&check::problems(&GAZETTEER), "each line says what to change in data/; `techgraph gazetteer check data` looks again");
}

#[test]
fn every_yes_and_no_sentence_is_decided_as_it_says() {
    let advice = "each line ends with what to change in data/; `techgraph gazetteer check data --only ID` looks again";
    none(&trial::failures(&GAZETTEER), advice);
}

#[test]
fn there_is_enough_to_be_named() {
    let count = |kind| GAZETTEER.entities().iter().filter(|e| e.kind == kind).count();
    for (kind, least) in [(EntityKind::Technology, 1_000), (EntityKind::Company, 100), (EntityKind::Concept, 50), (EntityKind::Event, 50)] {
        let found = count(kind);
        assert!(found >= least, "the gazetteer has {found} of the kind {}, fewer than {least}: was a data file lost?", kind.name());
    }
}

#[test]
fn ids_are_sorted_within_each_file() {
    let mut wrong = Vec::new();
    for path in data_files() {
        let text = std::fs::read_to_string(&path).expect("a data file can be read");
        let table: toml::Table = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for (kind, blocks) in &table {
            let blocks = blocks.as_array().unwrap_or_else(|| panic!("{}: `{kind}` is no list of blocks", path.display()));
            let ids: Vec<&str> = blocks.iter().filter_map(|b| b.get("id")?.as_str()).collect();
            assert_eq!(ids.len(), blocks.len(), "{}: a block of `{kind}` has no id", path.display());
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            wrong.extend(ids.windows(2).filter(|p| p[0] >= p[1]).map(|p| format!("{name}: `{}` stands before `{}`", p[0], p[1])));
        }
    }
    none(&wrong, "sort the blocks of the file by id");
}

#[test]
fn names_that_mean_one_thing_are_found_where_they_stand_alone() {
    let sure = |s: &&Surface| !s.ambiguous && s.case != Case::Initial;
    let all: Vec<&str> = GAZETTEER.entities().iter().flat_map(|e| e.surfaces.iter().filter(sure)).map(|s| s.text.as_str()).collect();
    assert!(all.len() > 5_000, "there are only {} names that mean one thing", all.len());
    let mut owners: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
    for entity in GAZETTEER.entities() {
        entity.surfaces.iter().for_each(|s| owners.entry(closed(&s.text)).or_default().push(entity));
    }
    let mut missed = Vec::new();
    for names in all.chunks(TOGETHER) {
        let (document, places) = sentences(names);
        let decisions = detect::decide(&document, &[], &GAZETTEER, &detect::Options::default());
        for (name, place) in names.iter().zip(places) {
            let entities = &owners[&closed(name)];
            let found = decisions.iter().filter(|d| d.accepted && d.mention.span == place);
            let right = found.into_iter().any(|d| entities.iter().any(|e| e.kind == d.mention.kind && e.id == d.mention.entity));
            if !right {
                let instead: Vec<String> = decisions
                    .iter()
                    .filter(|d| d.accepted && d.mention.span.overlaps(place))
                    .map(|d| format!("`{}` as {} {}", document.source.surface(d.mention.span), d.mention.kind.name(), d.mention.entity))
                    .collect();
                let wanted: Vec<String> = entities.iter().map(|e| format!("{} {}", e.kind.name(), e.id)).collect();
                let instead = if instead.is_empty() { "nothing".to_owned() } else { instead.join(", ") };
                missed.push(format!("`{name}` of {}: {instead} was found", wanted.join(", ")));
            }
        }
    }
    none(&missed, "the name can never be found: mend its spelling, or the rules of boundaries in src/language/boundary.rs");
}

/// What spellings with and without spaces have in common: `깃 허브` and `깃허브` are one name.
fn closed(name: &str) -> String {
    key(name).replace(' ', "")
}

/// Fails with the first of many lines.
fn none(lines: &[String], advice: &str) {
    let first: Vec<&str> = lines.iter().take(20).map(String::as_str).collect();
    assert!(lines.is_empty(), "{} problems, of which the first {}:\n{}\n{advice}", lines.len(), first.len(), first.join("\n"));
}

/// The files of entities.
fn data_files() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = vec![data.join("concepts.toml"), data.join("events.toml")];
    for folder in ["technologies", "companies"] {
        let entries = std::fs::read_dir(data.join(folder)).expect("the folder of data can be listed");
        files.extend(entries.map(|entry| entry.expect("the folder of data can be listed").path()));
    }
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

/// A document of one sentence for each name, as visible text, and where the names stand.
fn sentences(names: &[&str]) -> (Document, Vec<Span>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut places = Vec::new();
    for name in names {
        let start = text.len();
        text.push_str("… ");
        places.push(Span::new(text.len(), text.len() + name.len()));
        text.push_str(name);
        text.push_str(" …");
        let mut shown = Mapped::new();
        shown.copy(&text[start..], start);
        let span = Span::new(start, text.len());
        blocks.push(Block { kind: BlockKind::Paragraph { depth: 0 }, text: shown, span, marks: Vec::new(), quoted: false });
        text.push_str("\n\n");
    }
    let source = SourceFile::from_text("sentences.md", &text);
    (Document { source, front_matter: FrontMatter::default(), blocks, date: None }, places)
}

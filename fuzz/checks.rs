//! What must hold of any bytes, a function for each parser and reader: no panic, and what is read is well-formed.
//!
//! In: bytes. Out: nothing, or a panic that says what does not hold. The fuzz targets feed them what covers new code;
//! `tests/faults/any_bytes.rs` feeds them seeds, finds of earlier fuzzing and mutations of both.
#![allow(dead_code, unreachable_pub, reason = "each fuzz target calls one of them")]

use std::fs;
use std::sync::LazyLock;
use techgraph::detect::Options as Finding;
use techgraph::document::Document;
use techgraph::export::format::{Format, Holds, Shape, built};
use techgraph::export::{self, Options, stored};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::{TechGraph, build, store};
use techgraph::input::decode::decode;
use techgraph::input::{self, clean, front_matter as header};
use techgraph::offset_map::Mapped;
use techgraph::pipeline;
use techgraph::record::Extract;
use techgraph::segment as talks;
use techgraph::source::harmless;
use techgraph::span::Span;
use techgraph::talk::TalkId;

/// A check and what it is called.
pub type Target = (&'static str, fn(&[u8]));

/// All checks.
pub const TARGETS: [Target; 9] = [
    ("input", input),
    ("html", html),
    ("front_matter", front_matter),
    ("segment", segment),
    ("report", report),
    ("graph", graph),
    ("records", records),
    ("database", database),
    ("own_data", own_data),
];

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// Decoding, cleaning and Markdown: every block lies in the text, and every text leads back to where it is from.
pub fn input(bytes: &[u8]) {
    let decoded = decode(bytes.to_vec());
    leads_back(&decoded.text, bytes.len());
    if let Some(clean) = clean::clean(decoded.text.text()) {
        leads_back(&clean, decoded.text.text().len());
    }
    if let Some(document) = parsed(bytes.to_vec()) {
        well_formed(&document, bytes.len());
    }
}

/// The same of what stands within HTML, as a block and in a line.
pub fn html(bytes: &[u8]) {
    for (before, after) in [("<div>\n", "\n</div>\n"), ("a <b>b</b> ", "\n"), ("# <h2 title=\"", "</h2>\n")] {
        let whole = [before.as_bytes(), bytes, after.as_bytes()].concat();
        if let Some(document) = parsed(whole.clone()) {
            well_formed(&document, whole.len());
        }
    }
}

/// YAML, TOML and what is neither, between fences.
pub fn front_matter(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for fence in ["---\n", "+++\n", ""] {
        let text = format!("{fence}{text}\n{fence}");
        let (found, _) = header::parse(&text);
        assert!(text.get(found.span.start..found.span.end).is_some(), "{:?} is no part of the text", found.span);
    }
}

/// Talks lie in the text, in order, and share nothing.
pub fn segment(bytes: &[u8]) {
    let Some(document) = parsed(bytes.to_vec()) else { return };
    let found = talks::talks(&document, &GAZETTEER).talks;
    for talk in &found {
        assert!(document.source.text().get(talk.span.start..talk.span.end).is_some(), "{talk:?} lies outside the text");
        assert!(talk.span.contains(talk.heading) && !talk.title.trim().is_empty(), "{talk:?} has no title");
    }
    found.windows(2).for_each(|pair| assert!(pair[0].span.end <= pair[1].span.start, "{:?} and {:?} overlap", pair[0], pair[1]));
}

/// All of a report's way: what is found lies in the file and holds its surface, what is kept can be read again, and the graph
/// is the same once it was stored.
pub fn report(bytes: &[u8]) {
    let read = pipeline::bytes("report.md", bytes.to_vec(), &GAZETTEER, &Finding::default());
    let Some(extract) = read.value else { return };
    let text = std::str::from_utf8(bytes).ok();
    for mention in &extract.mentions {
        let [start, end] = mention.span;
        assert!(start < end && end <= bytes.len(), "{mention:?} lies outside the file");
        if let Some(text) = text {
            let held: Option<String> = text.get(start..end).map(|held| held.chars().map(harmless).collect());
            assert_eq!(held.as_ref(), Some(&mention.surface), "{mention:?} does not hold its surface");
        }
        let of = |id: &TalkId| extract.talks.iter().any(|talk| talk.id == *id);
        assert!(mention.talk.as_ref().is_none_or(of), "{mention:?} is of a talk that there is not");
    }
    said_again(&extract);
    stored_again(&build::graph(vec![extract], &GAZETTEER));
}

/// A stored graph: refused, or written in every format, and read back as it was.
pub fn graph(bytes: &[u8]) {
    let Ok(graph) = store::parse("graph.json", bytes) else { return };
    stored_again(&graph);
    for about in built().filter(|about| about.holds != Holds::Records && about.format != Format::Png) {
        // What a format cannot hold is an error, never a panic.
        let _ = match about.shape {
            Shape::Folder => export::files(&graph, about.format, &Options::default()).map(drop),
            Shape::File => export::write(&graph, about.format, &Options::default(), &mut Vec::new()),
        };
    }
}

/// What `--append` keeps of a report: refused, or the same when it is kept again, and a graph.
pub fn records(bytes: &[u8]) {
    let Ok(extract) = serde_json::from_slice::<Extract>(bytes) else { return };
    said_again(&extract);
    stored_again(&build::graph(vec![extract], &GAZETTEER));
}

/// A file that starts as a SQLite database does: refused, or a graph.
pub fn database(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::io::Write::write_all(&mut file, bytes).expect("it can be written");
    if let Ok(graph) = stored::read(file.path()) {
        stored_again(&graph);
    }
    // SQLite leaves nothing beside a file that is only read.
    assert!(fs::metadata(file.path().with_extension("journal")).is_err());
}

/// A data file of one's own: refused with its place, or in force.
pub fn own_data(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(gazetteer) = Gazetteer::shipped().expect("it is valid").overlaid("own.toml", text) else { return };
    gazetteer.hits("Kafka, 카프카 and Onggi 옹기");
}

fn parsed(bytes: Vec<u8>) -> Option<Document> {
    input::parse("report.md", bytes, input::Format::Markdown).value
}

fn well_formed(document: &Document, length: usize) {
    let text = document.source.text();
    for block in &document.blocks {
        assert!(text.get(block.span.start..block.span.end).is_some(), "{block:?} lies outside the text");
        leads_back(&block.text, text.len());
        let disk = document.source.on_disk(block.span);
        assert!(disk.start <= disk.end && disk.end <= length, "{disk:?} lies outside the file");
        let shown = block.text.text();
        block.marks.iter().for_each(|mark| assert!(shown.get(mark.span.start..mark.span.end).is_some(), "{mark:?} of {shown:?}"));
    }
}

/// Every character leads to a place in what the text was made from.
fn leads_back(text: &Mapped, length: usize) {
    for (at, c) in text.text().char_indices() {
        let origin = text.origin(Span::new(at, at + c.len_utf8()));
        assert!(origin.start <= origin.end && origin.end <= length, "{origin:?} of {length} bytes");
    }
}

fn said_again(extract: &Extract) {
    let kept = extract.whole().expect("an extract is JSON").to_string();
    let again: Extract = serde_json::from_str(&kept).expect("what is kept can be read");
    assert!(again == *extract, "what is kept of a report is not what it said");
}

fn stored_again(graph: &TechGraph) {
    let first = json(graph);
    let again = store::parse("graph.json", &first).expect("a graph that was written can be read");
    assert!(json(&again) == first, "a graph that was read back is another");
}

fn json(graph: &TechGraph) -> Vec<u8> {
    let mut out = Vec::new();
    export::write(graph, Format::Json, &Options::default(), &mut out).expect("memory can be written");
    out
}

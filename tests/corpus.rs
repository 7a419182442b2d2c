//! Every report in `tests/corpus` is extracted and drawn back as text, and the drawing must be the one beside it.
//!
//! `NAME.md` is a short report about one way of writing, in whatever encoding and with whatever line ends it is about;
//! `NAME.txt` shows what is found in it: the facts about the document, each talk above its first line, and under each line
//! its mentions with the entity's id (its kind, unless it is a technology; how it was found, unless by a plain name).
//! A new file is a new test; `SNAPSHOTS=overwrite cargo test --test corpus` draws anew, and the difference is to be read.

use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use techgraph::detect;
use techgraph::diagnostic::Diagnostic;
use techgraph::entity::EntityKind;
use techgraph::gazetteer::Gazetteer;
use techgraph::input::{self, Format};
use techgraph::mention::Via;
use techgraph::pipeline;
use techgraph::record::{DocumentRecord, MentionRecord, TalkRecord};
use techgraph::source::SourceFile;
use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// Room for the line number in front of a line.
const GUTTER: usize = 5;

#[test]
fn every_report_reads_as_it_is_drawn() {
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let mut wrong = Vec::new();
    for path in files("md") {
        let name = path.file_name().expect("a file of the corpus has a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a file of the corpus can be read");
        let drawing = Data::read_from(&path.with_extension("txt"), Some(DataFormat::Text)).raw();
        if let Err(difference) = assert.try_eq(Some(&name), Data::text(drawn(&name, bytes)), drawing) {
            wrong.push(difference.to_string());
        }
    }
    let advice = "read the differences; if the new drawing is right, run SNAPSHOTS=overwrite cargo test --test corpus";
    assert!(wrong.is_empty(), "{}\n{} reports are read otherwise than drawn: {advice}", wrong.join("\n"), wrong.len());
}

#[test]
fn every_drawing_has_its_report() {
    let reports: BTreeSet<PathBuf> = files("md").into_iter().map(|p| p.with_extension("txt")).collect();
    let drawings: BTreeSet<PathBuf> = files("txt").into_iter().collect();
    let alone: Vec<&PathBuf> = drawings.difference(&reports).collect();
    assert!(alone.is_empty(), "drawings without a report, to be deleted: {alone:?}");
    assert!(reports.len() >= 14, "the corpus has only {} reports", reports.len());
}

/// The files of the corpus with an extension, sorted by name.
fn files(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = std::fs::read_dir(folder).expect("the corpus can be listed");
    let paths = entries.map(|entry| entry.expect("the corpus can be listed").path());
    let mut paths: Vec<PathBuf> = paths.filter(|p| p.extension().is_some_and(|e| e == extension)).collect();
    paths.sort();
    paths
}

/// What is found in a report, under its lines.
fn drawn(name: &str, bytes: Vec<u8>) -> String {
    let read = input::parse(name, bytes.clone(), Format::Markdown);
    let found = pipeline::bytes(name, bytes, &GAZETTEER, &detect::Options::default());
    assert_eq!(read.diagnostics, found.diagnostics, "{name}: reading alone and within the pipeline must say the same");
    let mut out: String = found.diagnostics.iter().map(warning).collect();
    if let (Some(document), Some(extract)) = (read.value, found.value) {
        out.push_str(&facts(&extract.document));
        let mut lines: BTreeMap<usize, (Vec<&TalkRecord>, Vec<&MentionRecord>)> = BTreeMap::new();
        extract.talks.iter().for_each(|t| lines.entry(t.start_line).or_default().0.push(t));
        extract.mentions.iter().for_each(|m| lines.entry(m.line).or_default().1.push(m));
        for (number, (talks, mentions)) in &lines {
            talks.iter().for_each(|t| out.push_str(&talk_line(t)));
            if !mentions.is_empty() {
                out.push_str(&marked_line(&document.source, *number, mentions));
            }
        }
    }
    out
}

fn warning(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map(|p| format!(" at {}:{}", p.position.line, p.position.column)).unwrap_or_default();
    format!("{}[{}]{place}: {}\n", diagnostic.severity.name(), diagnostic.code, diagnostic.message)
}

fn facts(document: &DocumentRecord) -> String {
    let host = |host: &Option<String>| host.as_ref().map(|h| format!(", hosted by {h}")).unwrap_or_default();
    let event = document.event.as_ref().map(|e| format!("{}{}", e.name, host(&e.host)));
    let or_none = |value: Option<&str>| value.unwrap_or("-").to_owned();
    format!(
        "report {}\ndate {}\nlanguage {}\nevent {}\n",
        or_none(document.title.as_deref()),
        or_none(document.date.as_deref()),
        or_none(document.language.as_deref()),
        or_none(event.as_deref()),
    )
}

fn talk_line(talk: &TalkRecord) -> String {
    let speakers = talk.speakers.iter().map(|s| match &s.company {
        Some(company) => format!("{} ({company})", s.name),
        None => s.name.clone(),
    });
    let listed = |names: Vec<String>| if names.is_empty() { "-".to_owned() } else { names.join(", ") };
    let (speakers, companies) = (listed(speakers.collect()), listed(talk.companies.clone()));
    format!("\ntalk {}-{} \"{}\" | {speakers} | {companies}\n", talk.start_line, talk.end_line, talk.title)
}

/// A line with one row below for each of its mentions.
fn marked_line(source: &SourceFile, number: usize, mentions: &[&MentionRecord]) -> String {
    let line = source.line(number);
    let mut out = String::new();
    let _ = writeln!(out, "{number:>width$} {}", shown(line).trim_end(), width = GUTTER - 1);
    for mention in mentions {
        let before: String = line.chars().take(mention.column - 1).collect();
        let indent = GUTTER + shown(&before).width();
        // A name may go on in the next line.
        let (own, rest) = mention.surface.split_once('\n').unwrap_or((&mention.surface, ""));
        let tildes = "~".repeat(shown(own.trim_end()).width().saturating_sub(1));
        let kind = (mention.kind != EntityKind::Technology).then(|| mention.kind.name().to_owned());
        let via = (mention.via != Via::Alias).then(|| format!("{:?}", mention.via).to_lowercase());
        let below = (!rest.is_empty()).then(|| format!("goes on: {}", rest.trim_start()));
        let notes: Vec<String> = kind.into_iter().chain(via).chain(below).collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        let _ = writeln!(out, "{}^{tildes} {}{notes}", " ".repeat(indent), mention.entity);
    }
    out
}

/// A line as it can be read: syllables composed, characters that have no width or the wrong one spelt out.
fn shown(text: &str) -> String {
    let composed = text.nfc().map(|c| match c {
        '\t' => " ".to_owned(),
        c if c != ' ' && (c.is_whitespace() || c.width().is_none_or(|w| w == 0)) => format!("<{:x}>", u32::from(c)),
        c => c.to_string(),
    });
    composed.collect()
}

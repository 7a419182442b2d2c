//! The one place that knows the order of the stages: a file in, its [`Extract`] out, in parallel over files, results in
//! path order whatever the number of threads.

use crate::detect::{self, Options};
use crate::diagnostic::{Diagnostic, Parsed};
use crate::discovery::{self, Findings};
use crate::document::Document;
use crate::entity::EntityId;
use crate::gazetteer::Gazetteer;
use crate::input::walk::FileEntry;
use crate::input::{self};
use crate::language::script::language;
use crate::mention::{Mention, Via};
use crate::record::{DocumentRecord, EventRecord, Evidence, Extract, MentionRecord, Place, Resources, SpeakerRecord, TalkRecord};
use crate::segment::{self, Segmentation};
use crate::span::Span;
use crate::talk::{Affiliation, Event, Talk};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many characters of a line are quoted around a mention.
const QUOTE: usize = 160;

/// How many files are read at a time; their results are held until they can be given out in order.
const BATCH: usize = 64;

/// Extracts every file, calling `each` with the results in the order of `entries`. An error of `each` ends the run.
///
/// # Errors
/// Whatever `each` returns.
pub fn run<E>(
    entries: &[FileEntry],
    gazetteer: &Gazetteer,
    options: &Options,
    mut each: impl FnMut(&FileEntry, Parsed<Option<Extract>>) -> Result<(), E>,
) -> Result<(), E> {
    in_order(entries, |entry| file(entry, gazetteer, options), &mut each)
}

/// Finds what every file proposes for the gazetteer, calling `each` in the order of `entries`, as [`run`] does.
///
/// # Errors
/// Whatever `each` returns.
pub fn discover<E>(
    entries: &[FileEntry],
    gazetteer: &Gazetteer,
    mut each: impl FnMut(&FileEntry, Parsed<Option<Findings>>) -> Result<(), E>,
) -> Result<(), E> {
    in_order(entries, |entry| made(&entry.label, || input::read(entry), |d| findings(&d, gazetteer)), &mut each)
}

/// What a parsed document proposes for the gazetteer.
pub fn findings(document: &Document, gazetteer: &Gazetteer) -> Findings {
    let talks = segment::talks(document, gazetteer).talks;
    let decisions = detect::decide(document, &talks, gazetteer, &Options::default());
    discovery::findings(document, &talks, &decisions, gazetteer)
}

/// Makes something of each file, several at a time, and gives it out in order.
pub(crate) fn in_order<T: Send, E>(
    entries: &[FileEntry],
    make: impl Fn(&FileEntry) -> T + Sync,
    each: &mut dyn FnMut(&FileEntry, T) -> Result<(), E>,
) -> Result<(), E> {
    for batch in entries.chunks(BATCH) {
        let mut results = Vec::with_capacity(batch.len());
        batch.par_iter().map(&make).collect_into_vec(&mut results);
        for (entry, result) in batch.iter().zip(results) {
            each(entry, result)?;
        }
    }
    Ok(())
}

/// Extracts one file.
pub fn file(entry: &FileEntry, gazetteer: &Gazetteer, options: &Options) -> Parsed<Option<Extract>> {
    made(&entry.label, || input::read(entry), |d| document(&d, gazetteer, options))
}

/// Extracts bytes that are called `label`.
pub fn bytes(label: &str, bytes: Vec<u8>, gazetteer: &Gazetteer, options: &Options) -> Parsed<Option<Extract>> {
    made(label, || input::parse(label, bytes, input::Format::Markdown), |d| document(&d, gazetteer, options))
}

/// Reads what is called `label` and makes something of it. A fault of our own, which panics, is an error of that file and
/// costs no other.
pub fn made<T>(label: &str, read: impl FnOnce() -> Parsed<Option<Document>>, make: impl FnOnce(Document) -> T) -> Parsed<Option<T>> {
    let whole = || {
        let Parsed { value, diagnostics } = read();
        Parsed { value: value.map(make), diagnostics }
    };
    catch_unwind(AssertUnwindSafe(whole)).unwrap_or_else(|_| {
        let fault = Diagnostic::error("fault", label, "could not be read: techgraph itself is at fault");
        Parsed { value: None, diagnostics: vec![fault.help("please report it, with the file")] }
    })
}

/// Extracts a parsed document.
pub fn document(document: &Document, gazetteer: &Gazetteer, options: &Options) -> Extract {
    let Segmentation { event, talks, .. } = segment::talks(document, gazetteer);
    let decisions = detect::decide(document, &talks, gazetteer, options);
    let maker = Maker { document };
    let mentions = decisions.iter().filter(|d| d.accepted).map(|d| maker.mention(&d.mention, &talks)).collect();
    let record = DocumentRecord {
        path: document.source.path().to_owned(),
        title: document.title().map(str::to_owned),
        date: document.date.map(|d| d.to_string()),
        language: language(document.source.text()).map(str::to_owned),
        event_evidence: event.as_ref().filter(|e| !e.span.is_empty()).map(|e| maker.evidence(e.span)),
        event_ids: event.as_ref().map(|e| (e.series_id.clone(), e.host_id.clone())),
        event: event.map(named),
    };
    Extract { document: record, talks: talks.iter().map(|t| maker.talk(t)).collect(), mentions }
}

/// An event without where it is named.
fn named(event: Event) -> EventRecord {
    let Event { name, series, edition, date, place, host, .. } = event;
    EventRecord { name, series, edition, date, place, host }
}

/// A diagnostic for a report in which no talk was found, for `--strict` and `-v`.
pub fn no_talks(extract: &Extract) -> Option<Diagnostic> {
    let message = "no talk was found in this report";
    extract
        .talks
        .is_empty()
        .then(|| Diagnostic::warning("no-talk", &extract.document.path, message).help("`techgraph talks --explain` says why"))
}

/// Turns spans of a document's text into records.
struct Maker<'a> {
    document: &'a Document,
}

impl Maker<'_> {
    fn mention(&self, mention: &Mention, talks: &[Talk]) -> MentionRecord {
        let place = self.evidence(mention.span);
        let talk = talks.get(talks.partition_point(|t| t.span.end <= mention.span.start)).filter(|t| t.span.contains(mention.span));
        MentionRecord {
            document: place.document,
            talk: talk.map(|t| t.id.clone()),
            line: place.line,
            column: place.column,
            span: place.span,
            surface: place.surface,
            entity: mention.entity.clone(),
            name: mention.name.clone(),
            kind: mention.kind,
            category: mention.category.clone(),
            in_house: mention.in_house,
            confidence: mention.confidence,
            via: mention.via,
            quote: place.quote,
        }
    }

    fn talk(&self, talk: &Talk) -> TalkRecord {
        let source = &self.document.source;
        let named = |a: &Affiliation| -> (EntityId, Evidence) { (a.id.clone(), self.evidence(a.span)) };
        TalkRecord {
            document: source.path().to_owned(),
            id: talk.id.clone(),
            title: talk.title.clone(),
            start_line: source.position(talk.span.start).line,
            end_line: source.last_line(talk.span),
            speakers: talk
                .byline
                .speakers
                .iter()
                .map(|s| SpeakerRecord {
                    name: s.name.clone(),
                    company: s.company.as_ref().map(|c| c.name.clone()),
                    affiliation: s.company.as_ref().map(named),
                    evidence: self.evidence(s.span),
                })
                .collect(),
            companies: talk.byline.companies.iter().map(|c| c.name.clone()).collect(),
            links: talk.links.iter().map(|l| l.url.clone()).collect(),
            resources: Resources::of(&talk.links),
            also_at: talk.also_at.iter().map(|span| self.place(*span)).collect(),
            affiliations: talk.byline.companies.iter().map(|c| (c.id.clone(), c.name.clone(), self.evidence(c.span))).collect(),
            evidence: self.evidence(talk.heading),
        }
    }

    fn place(&self, span: Span) -> Place {
        let disk = self.document.source.on_disk(span);
        Place { line: self.document.source.position(span.start).line, span: [disk.start, disk.end] }
    }

    fn evidence(&self, span: Span) -> Evidence {
        let source = &self.document.source;
        let position = source.position(span.start);
        let disk = source.on_disk(span);
        Evidence {
            document: source.path().to_owned(),
            line: position.line,
            column: position.column,
            span: [disk.start, disk.end],
            surface: source.shown(span),
            via: Via::Alias,
            confidence: 1.0,
            quote: source.quote(span.start, QUOTE),
            url: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::made;
    use crate::diagnostic::Severity;
    use crate::input::{Format, parse};

    #[test]
    fn a_fault_of_ours_is_an_error_of_the_file_that_met_it() {
        let read = |label: &'static str| move || parse(label, b"# Kafka\n".to_vec(), Format::Markdown);
        let well = made("a.md", read("a.md"), |document| document.blocks.len());
        assert_eq!((well.value, well.diagnostics.len()), (Some(1), 0));
        let ill = made("b.md", read("b.md"), |_| -> usize { panic!("a fault") });
        assert_eq!((ill.value, ill.diagnostics.len()), (None, 1));
        assert_eq!((ill.diagnostics[0].path.as_str(), ill.diagnostics[0].severity), ("b.md", Severity::Error));
    }
}

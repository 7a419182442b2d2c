//! Reports with labelled names: `NAME.tsv` beside `NAME.md`.
//!
//! In: paths of reports and folders. Out: [`Gold`], one for each report that has labels. A row labels one name: line
//! (from 1), surface, which occurrence of that surface in the line (from 1), kind, canonical name. The hard decision: rows
//! repeat the words, though numbers would do, since then a row can be read, and an edit of the report is noticed.

use crate::document::Document;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::gazetteer::load;
use crate::input::{self, walk};
use crate::span::Span;
use std::path::PathBuf;

/// A report and the names in it, as somebody read them.
#[derive(Debug)]
pub struct Gold {
    /// The report.
    pub document: Document,
    /// Its names.
    pub labels: Vec<Label>,
}

/// A name that somebody read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Which bytes of the file.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// What is written there.
    pub surface: String,
    /// What kind of name it is.
    pub kind: LabelKind,
    /// Canonical name.
    pub name: String,
}

/// What a label says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// A technology.
    Technology,
    /// A system that is internal to a company, or the speaker's own.
    InHouse,
    /// A company or organisation.
    Company,
    /// What readers may disagree about: neither asked for nor wrong.
    Optional,
}

impl LabelKind {
    const NAMES: [(&'static str, Self); 4] =
        [("technology", Self::Technology), ("in-house", Self::InHouse), ("company", Self::Company), ("optional", Self::Optional)];

    /// Whether a mention of this kind is asked for.
    pub fn asks_for(self, kind: EntityKind) -> bool {
        match self {
            Self::Technology | Self::InHouse => kind == EntityKind::Technology,
            Self::Company => kind == EntityKind::Company,
            Self::Optional => false,
        }
    }
}

/// The labelled reports below some paths, in path order; reports without labels are left out.
///
/// # Errors
/// [`Error::Read`] for what cannot be read, [`Error::Data`] for a row that is not as it must be.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Gold>, Error> {
    let mut found = Vec::new();
    for entry in walk::files(paths).value {
        let rows = match load::text(&entry.path.with_extension("tsv")) {
            Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => continue,
            rows => rows?,
        };
        let text = load::text(&entry.path)?;
        let labels = labels(&entry.path.with_extension("tsv").display().to_string(), &rows, &text)?;
        found.extend(input::parse(&entry.label, text.into_bytes(), entry.format).value.map(|document| Gold { document, labels }));
    }
    Ok(found)
}

/// The labels of a report's text; `path` is where the rows come from.
///
/// # Errors
/// [`Error::Data`] for a row that is not as it must be.
pub fn labels(path: &str, rows: &str, text: &str) -> Result<Vec<Label>, Error> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let rows = rows.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
    rows.map(|(at, row)| {
        label(row, text, &starts).map_err(|message| Error::Data { path: path.to_owned(), line: at + 1, column: 1, message })
    })
    .collect()
}

fn label(row: &str, text: &str, starts: &[usize]) -> Result<Label, String> {
    let [number, surface, nth, kind, name] = row.split('\t').collect::<Vec<_>>()[..] else {
        return Err("a row has five columns with tabs between: line, surface, occurrence, kind, name".into());
    };
    let count = |cell: &str, what: &str| cell.parse::<usize>().ok().filter(|n| *n > 0).ok_or_else(|| format!("`{cell}` is no {what}"));
    let (line, nth) = (count(number, "line")?, count(nth, "occurrence")?);
    let known = LabelKind::NAMES.into_iter().find(|(known, _)| *known == kind);
    let (_, kind) = known.ok_or_else(|| format!("`{kind}` is no kind; give one of {}", LabelKind::NAMES.map(|(n, _)| n).join(", ")))?;
    let start = *starts.get(line - 1).ok_or_else(|| format!("the report has no line {line}"))?;
    let written = text[start..].split('\n').next().unwrap_or_default();
    // Occurrences may overlap.
    let mut places = written.char_indices().map(|(i, _)| i).filter(|i| !surface.is_empty() && written[*i..].starts_with(surface));
    let at = start + places.nth(nth - 1).ok_or_else(|| format!("line {line} has no `{surface}` number {nth}"))?;
    Ok(Label { span: Span::new(at, at + surface.len()), line, surface: surface.into(), kind, name: name.into() })
}

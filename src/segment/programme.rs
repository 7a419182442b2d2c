//! Programmes: tables of time, title, speaker, company.
//!
//! In: a table's rows. Out: a candidate for each row that names a title.

use super::affiliation::company;
use super::candidate::{Candidate, Marker};
use super::class::class;
use super::names::people;
use super::person::Place;
use super::title::heading;
use crate::document::Block;
use crate::gazetteer::Gazetteer;
use crate::span::Span;

/// Which columns of a programme hold what.
#[derive(Debug, Default)]
pub(super) struct Columns {
    title: Option<usize>,
    speaker: Option<usize>,
    company: Option<usize>,
}

impl Columns {
    pub(super) fn of(text: &str, cells: &[Span]) -> Self {
        let column = |words: &[&str]| cells.iter().position(|c| words.iter().any(|w| c.of(text).to_lowercase().contains(w)));
        let speaker = column(&["speaker", "presenter", "발표자", "연사", "스피커", "강연자", "登壇者", "発表者", "スピーカー", "who"]);
        let titled = |words: &[&str]| {
            (0..cells.len()).filter(|i| Some(*i) != speaker).find(|i| words.iter().any(|w| cells[*i].of(text).to_lowercase().contains(w)))
        };
        Self {
            title: titled(&[
                "title",
                "talk",
                "session",
                "presentation",
                "topic",
                "제목",
                "세션",
                "발표 주제",
                "주제",
                "내용",
                "발표",
                "タイトル",
                "演題",
                "発表",
            ]),
            speaker,
            company: column(&["company", "affiliation", "소속", "회사", "所属", "organization"]),
        }
    }

    /// A row of a programme; `None` for tables of something else.
    pub(super) fn row(&self, block: &Block, index: usize, cells: &[Span], gazetteer: &Gazetteer) -> Option<Candidate> {
        let text = block.text.text();
        let title = *cells.get(self.title?)?;
        let speaker = cells.get(self.speaker?).copied();
        if title.is_empty() || Some(title) == speaker {
            return None;
        }
        let mut names = speaker.map(|s| people(text, s, Place::Labelled, gazetteer)).unwrap_or_default();
        if let Some(company) = self.company.and_then(|c| cells.get(c)).and_then(|c| company(text, *c, gazetteer, true)) {
            names.people.iter_mut().for_each(|(_, of)| *of = Some(company.clone()));
            if names.people.is_empty() {
                names.companies.push(company);
            }
        }
        let shown = title.of(text);
        let read = heading(shown);
        let at = Span::new(title.start + read.title.start, title.start + read.title.end);
        let mut candidate = Candidate::new(index, Marker::Row, class(shown, gazetteer), at);
        candidate.number = read.number;
        candidate.announced = read.announced;
        candidate.names = names;
        Some(candidate)
    }
}

//! Stage two: where the talks of a report begin and end, what they are called, who gave them, at which event.
//!
//! [`talks`] gathers the lines that may mark a talk ([`candidate`]), chooses the kind of line that does ([`family`]) or
//! takes the report as one talk, and reads titles ([`title`]) and bylines ([`byline`], [`person`]) off them; [`event`]
//! finds the event. [`Segmentation::families`] says why.

mod affiliation;
mod builder;
mod byline;
mod candidate;
mod class;
mod employer;
mod event;
mod family;
mod honorific;
mod introduction;
mod line;
mod links;
mod marked;
mod names;
mod person;
mod programme;
mod section;
mod settle;
mod speech;
mod title;
mod whole;
mod wording;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::normalize::is_word_character;
use crate::span::Span;
use crate::talk::{Event, Talk};
use crate::weights::weights;
use builder::Builder;
use candidate::{Candidate, Marker, candidates};
use employer::Employers;
use family::{Family, families};
use line::{Verdict, verdicts};
use std::collections::{HashMap, HashSet};

/// What segmentation found in one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// The event the report is about.
    pub event: Option<Event>,
    /// In document order, never overlapping.
    pub talks: Vec<Talk>,
    /// The kinds of lines that might mark talks, best first.
    pub families: Vec<FamilyVerdict>,
    /// Lines that might have been talks and are none, with the reason.
    pub rejected: Vec<(Span, String)>,
}

/// How a kind of line was judged.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyVerdict {
    /// Which lines.
    pub name: String,
    /// Whether they mark the talks.
    pub chosen: bool,
    /// What speaks for and against, in log-odds.
    pub evidence: Vec<(String, f64)>,
}

impl FamilyVerdict {
    /// Sum of the evidence.
    pub fn score(&self) -> f64 {
        self.evidence.iter().map(|(_, weight)| weight).sum()
    }
}

/// Splits a document into its talks.
pub fn talks(document: &Document, gazetteer: &Gazetteer) -> Segmentation {
    let event = event::of(document, gazetteer);
    let candidates = candidates(document, gazetteer);
    let w = weights();
    let families = families(&candidates, &w.talks);
    // The headings of a hackathon's report are talks only where they say so.
    let told = |f: &&Family| !whole::is_elsewhere(document) || f.members.iter().any(|i| candidates[*i].speaks());
    let best = families.first().filter(|f| f.score() >= w.talks.threshold).filter(told);
    let whole = whole::evidence(document, &candidates, families.first(), gazetteer);
    let as_one = whole.iter().map(|(_, weight)| weight).sum::<f64>() > 0.0;
    let mut judged = vec![FamilyVerdict { name: "the whole report".into(), chosen: as_one, evidence: whole }];
    judged.extend(families.iter().enumerate().map(|(rank, f)| FamilyVerdict {
        name: f.name.clone(),
        chosen: !as_one && rank == 0 && best.is_some(),
        evidence: f.evidence.clone(),
    }));
    let employers = Employers { document, gazetteer, event: event.as_ref(), reporters: Vec::new(), intro: 0 };
    let mut builder = Builder { document, gazetteer, event: event.as_ref(), employers, ids: HashMap::new() };
    if as_one {
        let talks = builder.whole(&candidates).into_iter().collect();
        return Segmentation { event, talks, families: judged, rejected: Vec::new() };
    }
    let verdicts = verdicts(&candidates, best, &w.lines);
    let titled = |c: &Candidate| c.title.of(document.blocks[c.block].text.text()).chars().any(is_word_character);
    let chosen: Vec<&Candidate> =
        candidates.iter().zip(&verdicts).filter(|(c, v)| v.talk && titled(c)).map(|(candidate, _)| candidate).collect();
    // A programme's line is the talk only where no section describes it.
    let described: HashSet<usize> = chosen.iter().filter_map(|c| c.twin.as_ref()).map(|(at, _)| *at).collect();
    let chosen: Vec<&Candidate> = chosen.into_iter().filter(|c| !described.contains(&c.block)).collect();
    let talks = builder.talks(&chosen, best.map_or("lines", |f| &f.name));
    let rejected = candidates.iter().zip(&verdicts).filter(|(c, v)| !v.talk && matches!(c.marker, Marker::Heading(_)));
    let rejected = rejected.map(|(c, v)| (document.blocks[c.block].text.origin(c.title), reason(v))).collect();
    Segmentation { event, talks, families: judged, rejected }
}

/// The evidence of a line in words, strongest first.
fn reason(verdict: &Verdict) -> String {
    let mut evidence = verdict.evidence.clone();
    evidence.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let said: Vec<String> = evidence.iter().map(|(what, weight)| format!("{weight:+.1} {what}")).collect();
    said.join(", ")
}

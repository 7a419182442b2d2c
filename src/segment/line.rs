//! Which single lines are talks, once the report's kind of talk line is known.
//!
//! In: the candidates and the chosen family. Out: a [`Verdict`] for each candidate. A line of the family that lacks what
//! the others have (a speaker, a number, text) is none; a line of another kind that says clearly that it is a talk, and
//! stands outside all of them, is one.

use super::candidate::{Candidate, Marker};
use super::class::Class;
use super::family::Family;
use crate::weights::LineWeights;

/// How one line was judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    /// What speaks for and against, in log-odds.
    pub(super) evidence: Vec<(&'static str, f64)>,
    /// Whether it is a talk.
    pub(super) talk: bool,
}

impl Verdict {
    pub(super) fn score(&self) -> f64 {
        self.evidence.iter().map(|(_, weight)| weight).sum()
    }
}

/// Judges every candidate; `family` is the chosen one, if any.
pub(super) fn verdicts(candidates: &[Candidate], family: Option<&Family>, w: &LineWeights) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = candidates.iter().map(|_| Verdict { evidence: Vec::new(), talk: false }).collect();
    let members = family.map_or(&[][..], |f| &f.members);
    let norm = Norm::of(candidates, members);
    for index in members {
        let verdict = &mut verdicts[*index];
        verdict.evidence = norm.member(&candidates[*index], w);
        verdict.talk = verdict.score() > 0.0;
    }
    // What a chosen talk covers, in order, so that no talk lies within another.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let talks: Vec<usize> = members.iter().copied().filter(|i| verdicts[*i].talk).collect();
    for (rank, index) in talks.iter().enumerate() {
        let next = talks.get(rank + 1).map_or(usize::MAX, |i| candidates[*i].block);
        taken.push((candidates[*index].block, candidates[*index].end.min(next)));
    }
    let several = several(candidates);
    let chosen = taken.len();
    for (index, candidate) in candidates.iter().enumerate() {
        if !verdicts[index].evidence.is_empty() {
            continue;
        }
        let covered = |(from, to): &(usize, usize)| {
            let leads = matches!(candidate.marker, Marker::Heading(_));
            *from <= candidate.block && candidate.block < *to || leads && candidate.block < *from && *from < candidate.end
        };
        let first = taken[..chosen].partition_point(|(_, to)| *to <= candidate.block);
        let within = taken[..chosen].get(first).is_some_and(covered) || taken[chosen..].iter().rev().take(8).any(covered);
        let verdict = &mut verdicts[index];
        verdict.evidence = outsider(candidate, several[index], w);
        if within {
            verdict.evidence.push(("within a talk, or around one", w.within));
        }
        verdict.talk = verdict.score() > 0.0;
        if verdict.talk {
            taken.push((candidate.block, if matches!(candidate.marker, Marker::Heading(_)) { candidate.end } else { candidate.block }));
        }
    }
    verdicts
}

/// For each candidate whether it is told in a section that tells of several talks.
fn several(candidates: &[Candidate]) -> Vec<bool> {
    let mut out = vec![false; candidates.len()];
    let mut until = 0;
    for (index, candidate) in candidates.iter().enumerate() {
        if matches!(candidate.marker, Marker::Heading(_)) && candidate.holds >= 2 && !candidate.has_byline() {
            until = candidate.end;
        }
        out[index] = candidate.marker == Marker::Prose && candidate.block < until;
    }
    out
}

/// What lines of the family mostly have, as shares from 0 to 1.
#[derive(Debug, Default)]
struct Norm {
    bylines: f64,
    numbers: f64,
    texts: f64,
}

impl Norm {
    #[expect(clippy::cast_precision_loss, reason = "a document has few candidates")]
    fn of(candidates: &[Candidate], members: &[usize]) -> Self {
        let share = |holds: &dyn Fn(&Candidate) -> bool| {
            members.iter().filter(|i| holds(&candidates[**i])).count() as f64 / members.len().max(1) as f64
        };
        Self { bylines: share(&Candidate::has_byline), numbers: share(&|c| c.number.is_some()), texts: share(&|c| c.described) }
    }

    fn member(&self, c: &Candidate, w: &LineWeights) -> Vec<(&'static str, f64)> {
        let mut evidence = vec![("one of the lines that mark the talks", w.member)];
        let usual = |share: f64, weight: f64| share * share * weight;
        if c.has_byline() {
            evidence.push(("with a speaker", w.byline));
        } else {
            if c.is_told() {
                evidence.push(("its text tells who spoke", w.told));
            }
            evidence.push(("without a speaker, unlike the others", usual(self.bylines, w.no_byline)));
            if c.holds >= 2 {
                evidence.push(("several lines with speakers stand below it", w.several));
            }
            if c.slight {
                evidence.push(("a word or two that say nothing technical", w.slight));
            }
            if c.class == Class::Part {
                evidence.push(("its words are those of a part of a talk", w.part));
            }
        }
        evidence.push(match c.number {
            Some(_) => ("numbered like the others", usual(self.numbers, w.numbered)),
            None => ("without a number, unlike the others", usual(self.numbers, w.no_number)),
        });
        if !c.described {
            evidence.push(("without text, unlike the others", usual(self.texts, w.no_text)));
        }
        if c.announced {
            evidence.push(("announced as a session", w.announced));
        }
        if c.linked {
            evidence.push(("with slides or a link", w.linked));
        }
        evidence.retain(|(_, weight)| weight.abs() >= 0.05);
        evidence
    }
}

/// What speaks for a line that is not of the family.
fn outsider(c: &Candidate, several: bool, w: &LineWeights) -> Vec<(&'static str, f64)> {
    let kind = match c.marker {
        Marker::Heading(_) | Marker::Strong | Marker::Note => ("a line of another kind than the talks", w.other),
        Marker::Prose => ("a sentence that tells of a talk", w.prose),
        Marker::Item(_) | Marker::Row | Marker::Embed => ("a list or table beside the talks", w.beside),
    };
    let mut evidence = vec![kind];
    let mut add = |holds: bool, what: &'static str, weight: f64| evidence.extend(holds.then_some((what, weight)));
    match c.class {
        Class::Plain => {}
        Class::Boilerplate => add(true, "its words are those of lunch, booths, introductions or references", w.boilerplate),
        Class::Container => add(true, "it holds talks: a day, a half-day, a track", w.boilerplate),
        Class::Part => add(true, "its words are those of a part of a talk", w.part),
        Class::Report => add(true, "it is the title of the report", w.boilerplate),
    }
    add(c.has_byline(), "with a speaker", w.byline);
    add(c.twin.is_some(), "a programme or a list names it", w.twin);
    add(c.announced, "announced as a session", w.announced);
    add(c.linked, "with slides or a link", w.linked);
    add(c.marker != Marker::Prose && c.holds >= 2, "several lines with speakers stand below it", w.several);
    add(c.held && !matches!(c.marker, Marker::Heading(_) | Marker::Prose), "under a heading that says that talks follow", w.held);
    add(several, "the section holds several talks", w.one_of_several);
    evidence
}

//! Decisions held against labels.
//!
//! In: a labelled report. Out: for each decision whether it is right, and the labels that none met. A mention meets a label
//! of its kind where they share a third of what they cover together; each meets one, the best first. Whether both mean the
//! same entity is asked of the gazetteer, which knows all its names.

use super::gold::{Gold, Label, LabelKind};
use crate::detect::{self, Options};
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::mention::{Decision, Mention};
use crate::normalize::key;
use crate::segment;
use crate::span::Span;

/// How much of what a mention and a label cover together they must share.
const SHARED: f64 = 0.3;

/// What a label says of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the name that the label with this index gives.
    Right(usize),
    /// A name of its kind stands there, but of another entity.
    Misread(usize),
    /// No name of its kind stands there.
    Extra,
    /// Readers may disagree.
    Open,
}

/// A report's decisions with what the labels say of them.
#[derive(Debug)]
pub struct Scored {
    /// Every decision on a technology or company: accepted ones meet a label each, of the rejected it is said what they
    /// would have met.
    pub decisions: Vec<(Decision, Verdict)>,
    /// The labels that no accepted mention met, by index.
    pub missed: Vec<usize>,
}

/// Decides a labelled report and holds the decisions against its labels.
pub fn score(gold: &Gold, gazetteer: &Gazetteer, options: &Options) -> Scored {
    let talks = segment::talks(&gold.document, gazetteer).talks;
    let decided = detect::decide(&gold.document, &talks, gazetteer, options);
    let decisions: Vec<Decision> =
        decided.into_iter().filter(|d| matches!(d.mention.kind, EntityKind::Technology | EntityKind::Company)).collect();
    let span = |d: &Decision| gold.document.source.on_disk(d.mention.span);
    let mut pairs: Vec<(f64, bool, usize, usize)> = Vec::new();
    for (i, decision) in decisions.iter().enumerate() {
        let asked = gold.labels.iter().enumerate().filter(|(_, l)| l.kind.asks_for(decision.mention.kind));
        let shares = asked.map(|(j, label)| (shared(span(decision), label.span), names(label, &decision.mention, gazetteer), i, j));
        pairs.extend(shares.filter(|(share, ..)| *share >= SHARED));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut met: Vec<Option<(usize, bool)>> = vec![None; decisions.len()];
    let mut taken = vec![false; gold.labels.len()];
    for (_, same, i, j) in pairs {
        let accepted = decisions[i].accepted;
        if met[i].is_none() && !(accepted && taken[j]) {
            met[i] = Some((j, same));
            taken[j] |= accepted;
        }
    }
    let open = |d: &Decision| gold.labels.iter().any(|l| l.kind == LabelKind::Optional && l.span.overlaps(span(d)));
    let verdict = |d: &Decision, met: Option<(usize, bool)>| match met {
        Some((label, true)) => Verdict::Right(label),
        Some((label, false)) => Verdict::Misread(label),
        None if open(d) => Verdict::Open,
        None => Verdict::Extra,
    };
    let verdicts: Vec<Verdict> = decisions.iter().zip(met).map(|(d, met)| verdict(d, met)).collect();
    let missed = (0..taken.len()).filter(|j| !taken[*j] && gold.labels[*j].kind != LabelKind::Optional).collect();
    Scored { decisions: decisions.into_iter().zip(verdicts).collect(), missed }
}

/// What two spans share of what they cover together, 0 to 1.
fn shared(a: Span, b: Span) -> f64 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.end.max(b.end) - a.start.min(b.start);
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(common) / number(all.max(1))
}

/// Whether a label means the entity of a mention: it gives its canonical name, or, where that is no entity's canonical
/// name, another of its names.
fn names(label: &Label, mention: &Mention, gazetteer: &Gazetteer) -> bool {
    let same = |a: &str, b: &str| bare(a) == bare(b);
    let hits = gazetteer.hits(&label.name);
    let whole = hits.iter().filter(|h| h.span.len() == label.name.len()).flat_map(|h| &h.surfaces);
    let named: Vec<_> = whole.map(|s| gazetteer.entity(*s)).filter(|e| e.kind == mention.kind).collect();
    let canonical = named.iter().any(|e| same(&e.name, &label.name));
    same(&label.name, &mention.name) || !canonical && named.iter().any(|e| e.id == mention.entity)
}

/// A name's letters and digits, folded.
fn bare(name: &str) -> String {
    key(name).chars().filter(|c| c.is_alphanumeric() || "+#".contains(*c)).collect()
}

/// How many names were asked for and found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Names that labels ask for.
    pub wanted: usize,
    /// Mentions, those left out that readers may disagree about.
    pub found: usize,
    /// Mentions that meet a label.
    pub hits: usize,
    /// Of these, those that cover the same characters.
    pub exact: usize,
    /// Of these, those that mean the same entity.
    pub linked: usize,
}

impl Tally {
    /// Adds what a report says of the names of a kind.
    pub fn add(&mut self, gold: &Gold, scored: &Scored, kind: EntityKind) {
        self.wanted += gold.labels.iter().filter(|l| l.kind.asks_for(kind)).count();
        for (decision, verdict) in scored.decisions.iter().filter(|(d, _)| d.accepted && d.mention.kind == kind) {
            self.found += usize::from(*verdict != Verdict::Open);
            if let Verdict::Right(label) | Verdict::Misread(label) = verdict {
                self.hits += 1;
                self.exact += usize::from(gold.document.source.on_disk(decision.mention.span) == gold.labels[*label].span);
                self.linked += usize::from(matches!(verdict, Verdict::Right(_)));
            }
        }
    }

    /// Hits of those found, 0 to 1; nothing where nothing was found.
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.found)
    }

    /// Hits of those wanted.
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.wanted)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.hits, self.found + self.wanted)
    }

    /// Exact spans, as an F1.
    pub fn exact(&self) -> Option<f64> {
        share(2 * self.exact, self.found + self.wanted)
    }

    /// Of the hits, those that mean the same entity.
    pub fn linking(&self) -> Option<f64> {
        share(self.linked, self.hits)
    }
}

/// A part of a whole, 0 to 1.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    (whole > 0).then(|| number(part) / number(whole))
}

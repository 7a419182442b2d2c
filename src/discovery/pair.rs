//! Pairs in which a text itself says how a name is also written: `쿠버네티스(Kubernetes)`, `Kubernetes（クーバネティス）`,
//! `DKOS (Datacenter of Kakao Operating System)`.
//!
//! In: blocks and what was accepted in them. Out: [`Pair`]s of a name that was accepted and one that is no name of anything.
//! The hard decision: what stands in parentheses is mostly an explanation, an example, an employer. Only what sounds like
//! the name, or is short for it, is another way to write it.

use super::acronym::is_acronym;
use super::quotation;
use super::sound::{ALIKE, likeness};
use crate::document::{Block, Document};
use crate::entity::{Entity, EntityId, EntityKind};
use crate::gazetteer::{Correction, Gazetteer};
use crate::mention::{Decision, Mention, Via};
use crate::normalize::key;
use crate::pattern::pattern;
use crate::proposal::Quotation;
use crate::span::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The most words that stand before a parenthesis and belong to a name.
const WORDS: usize = 8;
/// What may stand around a name and is no part of it.
const QUOTES: [char; 14] = [' ', '"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '`', '*', ':'];

/// A name with another way to write it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) alias: String,
    pub(super) kind: EntityKind,
    pub(super) entity: EntityId,
    pub(super) name: String,
    /// Whether the gazetteer has the entity.
    pub(super) listed: bool,
    pub(super) place: Quotation,
}

/// The pairs of a document, in text order.
pub(super) fn pairs(document: &Document, decisions: &[Decision], gazetteer: &Gazetteer) -> Vec<Pair> {
    static PARENTHESES: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(（]([^()（）\n]{2,80})[)）]"));
    let mut mentions: BTreeMap<usize, Vec<&Mention>> = BTreeMap::new();
    decisions.iter().filter(|d| d.accepted).for_each(|d| mentions.entry(d.mention.block).or_default().push(&d.mention));
    let mut found = Vec::new();
    for (index, block) in document.prose() {
        let text = block.text.text();
        let Some(mentions) = mentions.remove(&index).filter(|_| text.contains(['(', '（'])) else { continue };
        let here = Here { document, block, mentions, gazetteer };
        for inner in PARENTHESES.captures_iter(text).filter_map(|c| Some((c.get(0)?.start(), c.get(1)?))) {
            let (open, inner) = (inner.0, Span::new(inner.1.start(), inner.1.end()));
            let outer = trimmed(text, Span::new(0, open));
            for part in parts(text, inner) {
                found.extend(here.within(outer, part));
                found.extend(here.before(outer, part));
            }
        }
    }
    found
}

/// A block with what was accepted in it.
struct Here<'a> {
    document: &'a Document,
    block: &'a Block,
    /// In text order; they never overlap.
    mentions: Vec<&'a Mention>,
    gazetteer: &'a Gazetteer,
}

impl Here<'_> {
    /// `Kubernetes(쿠버네리스)`: the name stands before, and what is in parentheses is new.
    fn within(&self, outer: Span, part: Span) -> Option<Pair> {
        let mention = self.ending(self.block.text.origin(outer).end)?;
        let alias = part.of(self.block.text.text());
        (self.relation(alias, mention) >= ALIKE).then(|| self.pair(alias, mention))
    }

    /// `쿠버네리스(Kubernetes)`: the name is in parentheses, and the words before are new.
    fn before(&self, outer: Span, part: Span) -> Option<Pair> {
        let text = self.block.text.text();
        let origin = self.block.text.origin(part);
        let mention = self.ending(origin.end).filter(|m| m.span == origin)?;
        let written = outer.of(text);
        let starts = written.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
        let tails = starts.take(WORDS).map(|at| written[at..].trim_matches(QUOTES));
        // Of tails that are as good the shortest.
        let scored = tails.map(|tail| (self.relation(tail, mention), tail));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        (best.0 >= ALIKE).then(|| self.pair(best.1, mention))
    }

    /// The name that ends at a byte of the file's text.
    fn ending(&self, end: usize) -> Option<&Mention> {
        let at = self.mentions.partition_point(|m| m.span.end < end);
        self.mentions.get(at).copied().filter(|m| m.span.end == end)
    }

    /// How surely something is another way to write what is mentioned: 0 if it names something already.
    fn relation(&self, alias: &str, mention: &Mention) -> f64 {
        let letters = alias.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < 2 || alias.len() > 80 || alias.contains([',', '.', '!', '?']) {
            return 0.0;
        }
        let known = self.gazetteer.hits(alias).into_iter().any(|hit| {
            let same = |e: &Entity| e.kind == mention.kind && e.id == mention.entity;
            hit.span.len() == alias.len() || hit.surfaces.iter().any(|s| same(self.gazetteer.entity(*s)))
        });
        if known || key(alias) == key(&mention.name) {
            return 0.0;
        }
        let written = self.document.source.surface(mention.span);
        let of = |name: &str| {
            let short = is_acronym(alias, name) || is_acronym(name, alias);
            if short { 1.0 } else { likeness(alias, name).max(likeness(name, alias)) }
        };
        let relation = of(written).max(of(&mention.name));
        // What a user has ruled of is settled.
        let spelt = key(alias);
        let ruled = self.gazetteer.corrections().iter().find(|c| relation >= ALIKE && c.is_of(&spelt));
        if ruled.map(Correction::follow).is_some() { 0.0 } else { relation }
    }

    fn pair(&self, alias: &str, mention: &Mention) -> Pair {
        Pair {
            alias: alias.to_owned(),
            kind: mention.kind,
            entity: mention.entity.clone(),
            name: mention.name.clone(),
            listed: mention.via != Via::Discovered,
            place: quotation(self.document, mention.span.start),
        }
    }
}

/// What stands between commas in parentheses.
fn parts(text: &str, inner: Span) -> Vec<Span> {
    let mut start = inner.start;
    let mut parts = Vec::new();
    for (at, mark) in inner.of(text).match_indices([',', '，', '、', ';']) {
        parts.push(Span::new(start, inner.start + at));
        start = inner.start + at + mark.len();
    }
    parts.push(Span::new(start, inner.end));
    parts.into_iter().map(|part| trimmed(text, part)).filter(|part| !part.is_empty()).collect()
}

/// A span without spaces and quotation marks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let start = span.start + written.len() - written.trim_start_matches(QUOTES).len();
    Span::new(start, start + written.trim_matches(QUOTES).len())
}

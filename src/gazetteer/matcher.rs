//! Finds every surface form of the gazetteer in a text at once.
//!
//! In: the surface forms; then texts. Out: [`Hit`]s in text order, each with the forms it may be, boundaries already read.
//! An Aho-Corasick automaton (Aho & Corasick 1975, as a double array: daachorse) runs over the folded text.

use super::SurfaceRef;
use crate::entity::Entity;
use crate::language::boundary::{Boundary, boundary};
use crate::normalize::{fold, is_hangul, is_katakana, key};
use crate::span::Span;
use daachorse::DoubleArrayAhoCorasick;
use std::collections::BTreeMap;

/// A place where a text spells a surface form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'g> {
    /// Which bytes of the text, without particle, version or plural.
    pub span: Span,
    /// What stands at its edges.
    pub boundary: Boundary,
    /// The forms it may be; more than one where entities share a name.
    pub surfaces: &'g [SurfaceRef],
}

/// The automaton and what its patterns mean.
pub(super) struct Matcher {
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    patterns: Vec<Vec<SurfaceRef>>,
}

impl Matcher {
    pub(super) fn new(entities: &[Entity]) -> Self {
        let mut patterns: BTreeMap<String, Vec<SurfaceRef>> = BTreeMap::new();
        for (entity, e) in entities.iter().enumerate() {
            for (surface, s) in e.surfaces.iter().enumerate() {
                let reference = SurfaceRef { entity, surface };
                let folded = key(&s.text);
                if let Some(joined) = joined(&folded) {
                    patterns.entry(joined).or_default().push(reference);
                }
                if !folded.trim().is_empty() {
                    patterns.entry(folded).or_default().push(reference);
                }
            }
        }
        let automaton = DoubleArrayAhoCorasick::new(patterns.keys()).ok();
        Self { automaton, patterns: patterns.into_values().collect() }
    }

    pub(super) fn hits<'g>(&'g self, text: &str, entities: &[Entity]) -> Vec<Hit<'g>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = fold(text);
        let mut hits: Vec<Hit> = Vec::new();
        for found in automaton.find_overlapping_iter(folded.text()) {
            let Some(surfaces) = usize::try_from(found.value()).ok().and_then(|i| self.patterns.get(i)) else { continue };
            let span = folded.origin(Span::new(found.start(), found.end()));
            // Folding may split a character in two: a hit on half of one is none.
            if !text.is_char_boundary(span.start)
                || !text.is_char_boundary(span.end)
                || key(span.of(text)).len() != found.end() - found.start()
            {
                continue;
            }
            let written = span.of(text);
            // `canvas` is no plural of Canva: only a name written as it is written takes an s.
            let plural = text[span.end..].starts_with('s') && written.starts_with(|c: char| c.is_ascii_lowercase());
            let possible = |r: &SurfaceRef| {
                let surface = &entities[r.entity].surfaces[r.surface];
                surface.may_be(written) && !(plural && surface.text.starts_with(|c: char| c.is_ascii_uppercase()))
            };
            if !surfaces.iter().any(possible) {
                continue;
            }
            if let Some(boundary) = boundary(text, span) {
                hits.push(Hit { span, boundary, surfaces });
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        hits
    }
}

/// A Hangul or Katakana name without the spaces between its syllables, if it has any: people write both.
fn joined(folded: &str) -> Option<String> {
    let syllable = |c: Option<char>| c.is_some_and(|c| is_hangul(c) || is_katakana(c));
    let mut joined = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    let mut changed = false;
    while let Some(c) = chars.next() {
        if c == ' ' && syllable(joined.chars().next_back()) && syllable(chars.peek().copied()) {
            changed = true;
        } else {
            joined.push(c);
        }
    }
    changed.then_some(joined)
}

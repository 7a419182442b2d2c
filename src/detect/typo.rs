//! Misspelt names: `kakfa`, `gPRC gateway`, `쿠버네틱스`.
//!
//! In: passages, and where names were found already. Out: [`Candidate`]s for words that no name explains and that one slip
//! (a letter left out, put in, changed, or two exchanged: Damerau 1964) makes a technology's name. The hard decision:
//! nothing is decided here. A slip is one more piece of evidence, against, and the surroundings must outweigh it; a name
//! one slip from another (`GraphiQL`, `Preact`) is a name, and an everyday word is a word.

use super::Known;
use super::scan::{Candidate, Passage};
use crate::entity::EntityKind;
use crate::gazetteer::slip::{Fix, SHORTEST_HANGUL};
use crate::gazetteer::{Gazetteer, Hit};
use crate::normalize::is_hangul;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// Latin names with fewer letters are too near to too many words.
const SHORTEST: usize = 4;
/// Longer words are no names.
const LONGEST: usize = 24;
/// How many bytes around a word are read again with the slip mended, to see what longer name it is part of.
const NEAR: usize = 48;

/// How a word differs from a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slip {
    /// Whether two neighbouring letters are exchanged, the likeliest slip of all.
    pub(super) exchanged: bool,
    /// Characters of what is written.
    pub(super) letters: usize,
    /// Whether the word is Latin in a document of another script, where it can only be a name.
    pub(super) foreign: bool,
    /// Whether the word is in lower case, or opens a sentence, in a text of its own script: as any word may be.
    pub(super) plain: bool,
    /// How often the document writes it so.
    pub(super) count: usize,
    /// What the mended word names by itself: gRPC in `gRPB UI`.
    pub(super) part: Option<usize>,
}

/// Candidates for the misspelt words of a document; `known` is where listed names are spelt.
pub(super) fn candidates(passages: &[Passage], known: &Known, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut near: Vec<(usize, Span, String, Arc<[Fix]>)> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let text = passage.block.text.text();
        for word in words(text) {
            let letters = word.of(text).chars().count();
            let hangul = word.of(text).starts_with(is_hangul);
            let long = if hangul { letters >= SHORTEST_HANGUL } else { (SHORTEST..=LONGEST).contains(&letters) };
            if !(long && known.is_free(index, word) && !passage.is_address(word)) {
                continue;
            }
            let lower = word.of(text).to_lowercase();
            let fixes = gazetteer.slips(&lower);
            if !fixes.is_empty() && is_whole(text, word) {
                *counts.entry(lower.clone()).or_default() += 1;
                near.push((index, word, lower, fixes));
            }
        }
    }
    let mut found = Vec::new();
    for (index, word, lower, fixes) in near {
        let text = passages[index].block.text.text();
        let count = counts.get(&lower).copied().unwrap_or(1);
        let foreign = passages[index].foreign && word.of(text).is_ascii();
        let opens = word.start == 0 || text[..word.start].trim_end().ends_with(['.', '!', '?', '\n']);
        let inner = word.of(text).chars().skip(1).any(char::is_uppercase);
        let plain = !foreign && !inner && (opens || word.of(text).starts_with(char::is_lowercase));
        for fix in fixes.iter() {
            if let Some(hit) = named(text, word, fix, gazetteer) {
                let letters = hit.span.of(text).chars().count();
                let part = gazetteer.hits(&fix.name).iter().find(|h| h.span.len() == fix.name.len()).map(|h| h.surfaces[0].entity);
                let slip = Slip { exchanged: fix.exchanged, letters, foreign, plain, count, part };
                found.push(Candidate { passage: index, options: hit.surfaces.clone(), hit, sure: false, slip: Some(slip), ruling: None });
            }
        }
    }
    found
}

/// Runs of Latin letters without marks, and of Hangul.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let latin = |c: char| c.is_ascii_alphabetic();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c| latin(c) || is_hangul(c))?;
        let run = if text[start..].starts_with(latin) { text[start..].find(|c| !latin(c)) } else { text[start..].find(|c| !is_hangul(c)) };
        at = run.map_or(text.len(), |run| start + run);
        Some(Span::new(start, at))
    })
}

/// Whether letters are a word by themselves, no identifier (`preStop`) or part of one, of a version or a handle.
fn is_whole(text: &str, word: Span) -> bool {
    static CAMEL: LazyLock<Regex> = LazyLock::new(|| pattern("^[a-z]+[A-Z][a-z]"));
    if CAMEL.is_match(word.of(text)) {
        return false;
    }
    let joins = |c: char| c.is_ascii_digit() || "_@$\\.".contains(c);
    let latin = !word.of(text).starts_with(is_hangul);
    let after = &text[word.end..];
    let goes_on = after.starts_with(|c: char| c.is_ascii_digit() || c == '_' || c == '(' || c == '@')
        || after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    !latin || !(text[..word.start].ends_with(joins) || goes_on)
}

/// The longest technology's name that stands at a word once it is mended, with its span in the text as it is.
fn named(text: &str, word: Span, fix: &Fix, gazetteer: &Gazetteer) -> Option<Hit> {
    let from = text.floor_char_boundary(word.start.saturating_sub(NEAR));
    let to = text.floor_char_boundary((word.end + NEAR).min(text.len()));
    let slipped = word.of(text).chars().take(fix.taken).map(char::len_utf8).sum::<usize>();
    let line = format!("{}{}{}", &text[from..word.start], fix.name, &text[word.start + slipped..to]);
    let mended = Span::new(word.start - from, word.start - from + fix.name.len());
    let hits = gazetteer.hits(&line).into_iter().filter(|h| h.span.contains(mended));
    let mut hit = hits.filter(|h| gazetteer.may_be(h, EntityKind::Technology)).max_by_key(|h| h.span.len())?;
    hit.span = Span::new(hit.span.start + from, hit.span.end + from + slipped - fix.name.len());
    hit.surfaces.retain(|r| gazetteer.entity(*r).kind == EntityKind::Technology);
    Some(hit)
}

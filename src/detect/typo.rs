//! Misspelt names: `kakfa`, `gPRC gateway`, `쿠버네틱스`.
//!
//! In: passages, and where names were found already. Out: [`Candidate`]s for words that no name explains and that one slip
//! (a letter left out, put in, changed, or two exchanged: Damerau 1964) makes a technology's name. The hard decision:
//! nothing is decided here. A slip is one more piece of evidence, against, and the surroundings must outweigh it; a name
//! one slip from another (`GraphiQL`, `Preact`) is a name, and an everyday word is a word.

use super::Known;
use super::scan::{Candidate, Passage, addresses};
use crate::entity::EntityKind;
use crate::gazetteer::index::{Index, Step};
use crate::gazetteer::{Gazetteer, Hit};
use crate::language::words::is_word;
use crate::normalize::is_hangul;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Latin names with fewer letters are too near to too many words.
const SHORTEST: usize = 4;
/// Longer words are no names.
const LONGEST: usize = 24;
/// Hangul names with fewer syllables likewise.
const SHORTEST_HANGUL: usize = 4;
/// Syllables of a Hangul run that are looked at: what follows a name is particles.
const LONGEST_HANGUL: usize = 9;
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
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z]+|[가-힣]+"));
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut words: Vec<(usize, Span)> = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let text = passage.block.text.text();
        let addresses = addresses(text);
        for word in WORD.find_iter(text).map(|m| Span::new(m.start(), m.end())) {
            let letters = word.of(text).chars().count();
            let hangul = word.of(text).starts_with(is_hangul);
            let long = if hangul { letters >= SHORTEST_HANGUL } else { (SHORTEST..=LONGEST).contains(&letters) };
            let free = known.is_free(index, word) && !addresses.iter().any(|a| a.overlaps(word));
            if long && free && is_whole(text, word) {
                *counts.entry(word.of(text).to_lowercase()).or_default() += 1;
                words.push((index, word));
            }
        }
    }
    let mut mended: BTreeMap<String, Vec<Fix>> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, word) in words {
        let text = passages[index].block.text.text();
        let lower = word.of(text).to_lowercase();
        let count = counts.get(&lower).copied().unwrap_or(1);
        let fixes = mended.entry(lower.clone()).or_insert_with(|| fixes(&lower, gazetteer));
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

/// What a word would be without a slip.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fix {
    /// A name, folded.
    name: String,
    /// How many letters of the word it takes the place of; particles may follow those of a Hangul name.
    taken: usize,
    exchanged: bool,
}

/// What a word would be without a slip, where that is a name: walks through the letters of names that are the word's but for
/// one slip, so that a slip is tried only where some name starts as the word does.
fn fixes(lower: &str, gazetteer: &Gazetteer) -> Vec<Fix> {
    if is_word(lower) {
        return Vec::new();
    }
    let letters: Vec<char> = lower.chars().collect();
    let hangul = lower.starts_with(is_hangul);
    // After how many letters of the word each index is where.
    let walks: Vec<(&Index, Vec<Step>)> = gazetteer.indexes().iter().map(|index| (index, walk(index, &letters))).collect();
    let deepest = walks.iter().map(|(_, steps)| steps.len()).max().unwrap_or(0);
    let mut out = Vec::new();
    let mut consider = |slip: Mended| {
        let whole = slip.kept + slip.put.len() + letters.len() - slip.rest;
        let shortest = if hangul { SHORTEST_HANGUL.max(slip.reach) } else { whole };
        let longest = walks.iter().filter_map(|(index, steps)| slip.longest(index, *steps.get(slip.kept)?, &letters, shortest)).max();
        out.extend(longest.map(|length| Fix {
            name: slip.letters(&letters).take(length).collect(),
            taken: if hangul { length + letters.len() - whole } else { letters.len() },
            exchanged: slip.exchanged,
        }));
    };
    let end = if hangul { letters.len().min(LONGEST_HANGUL) } else { letters.len() };
    for at in 0..end.min(deepest) {
        if at + 1 < letters.len() && letters[at] != letters[at + 1] {
            consider(Mended { kept: at, put: &[letters[at + 1], letters[at]], rest: at + 2, reach: at + 2, exchanged: true });
        }
        consider(Mended { kept: at, put: &[], rest: at + 1, reach: at, exchanged: false });
        for other in changed(letters[at]) {
            consider(Mended { kept: at, put: &[other], rest: at + 1, reach: at + 1, exchanged: false });
        }
    }
    if !hangul {
        for at in 1..(letters.len() + 1).min(deepest) {
            ('a'..='z').for_each(|other| consider(Mended { kept: at, put: &[other], rest: at, reach: at + 1, exchanged: false }));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// A word with a slip mended.
struct Mended<'a> {
    /// How many of its letters stay before the slip.
    kept: usize,
    /// What stands in the place of the slip.
    put: &'a [char],
    /// From where on its letters stay after it.
    rest: usize,
    /// How many letters a name has at least that the slip is in.
    reach: usize,
    exchanged: bool,
}

impl<'a> Mended<'a> {
    fn letters(&self, letters: &'a [char]) -> impl Iterator<Item = char> + 'a {
        letters[..self.kept].iter().chain(self.put).chain(&letters[self.rest..]).copied()
    }

    /// How many letters the longest name has that the word starts with, not less than `shortest`.
    fn longest(&self, index: &Index, from: Step, letters: &[char], shortest: usize) -> Option<usize> {
        let (mut step, mut longest) = (from, None);
        for (after, letter) in (self.kept + 1..).zip(self.put.iter().chain(&letters[self.rest..])) {
            let Some(next) = index.step(step, *letter) else { break };
            step = next;
            if step.is_name() && after >= shortest {
                longest = Some(after);
            }
        }
        // Where a letter too many stood last, the name ends where the slip was.
        longest.or_else(|| Some(self.kept).filter(|kept| self.put.is_empty() && *kept >= shortest && from.is_name()))
    }
}

/// Where an index is after none, one, two … of the letters, as far as a name goes on with them.
fn walk(index: &Index, letters: &[char]) -> Vec<Step> {
    let mut steps: Vec<Step> = index.root().into_iter().collect();
    for letter in letters {
        let Some(next) = steps.last().and_then(|last| index.step(*last, *letter)) else { break };
        steps.push(next);
    }
    steps
}

/// The letters that a slip may make of one: any other Latin letter; a syllable with one other sound.
fn changed(letter: char) -> Vec<char> {
    if !is_hangul(letter) {
        return ('a'..='z').filter(|c| *c != letter).collect();
    }
    // A syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final (Unicode 3.12).
    let code = u32::from(letter) - 0xAC00;
    let (initial, vowel, last) = (code / 588, code / 28 % 21, code % 28);
    let syllable = |i: u32, v: u32, l: u32| char::from_u32(0xAC00 + (i * 21 + v) * 28 + l).filter(|c| *c != letter);
    let initials = (0..19).filter_map(|i| syllable(i, vowel, last));
    let vowels = (0..21).filter_map(|v| syllable(initial, v, last));
    let finals = (0..28).filter_map(|l| syllable(initial, vowel, l));
    initials.chain(vowels).chain(finals).collect()
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

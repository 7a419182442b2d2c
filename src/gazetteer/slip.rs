//! Names that a word is one slip from: a letter left out, put in, changed, or two exchanged (Damerau 1964).
//!
//! In: a word in lower case and the indexes of names. Out: [`Fix`]es. The hard decision: the tries are walked along the
//! word's letters, so that a slip is tried only where some name starts as the word does, and no list of slips is made.

use super::index::{Index, Step};
use crate::language::words::is_word;
use crate::normalize::is_hangul;

/// Hangul names with fewer syllables are too near to too many words.
pub(crate) const SHORTEST_HANGUL: usize = 4;
/// Syllables of a Hangul run that are looked at: what follows a name is particles.
const LONGEST_HANGUL: usize = 9;

/// What a word would be without a slip.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fix {
    /// A name, folded.
    pub(crate) name: String,
    /// How many letters of the word it takes the place of; particles may follow those of a Hangul name.
    pub(crate) taken: usize,
    /// Whether two neighbouring letters are exchanged.
    pub(crate) exchanged: bool,
}

/// What a word would be without a slip, where that is a name: walks through the letters of names that are the word's but for
/// one slip, so that a slip is tried only where some name starts as the word does.
pub(super) fn fixes(lower: &str, indexes: &[Index]) -> Vec<Fix> {
    if is_word(lower) {
        return Vec::new();
    }
    let letters: Vec<char> = lower.chars().collect();
    let hangul = lower.starts_with(is_hangul);
    // After how many letters of the word each index is where.
    let walks: Vec<(&Index, Vec<Step>)> = indexes.iter().map(|index| (index, walk(index, &letters))).collect();
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

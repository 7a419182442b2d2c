//! A list of words, looked up in the ways that texts are held against it.
//!
//! In: words of a data file. Out: [`Words`], which reads as the list and answers without going through it: reports are
//! asked some hundred questions a line.

use crate::memo::Hashed;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::OnceLock;

/// Words of one use, in the order of the data.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Words {
    list: Vec<String>,
    whole: OnceLock<HashSet<String, Hashed>>,
    any_case: OnceLock<HashSet<String, Hashed>>,
    openings: OnceLock<Vec<(char, usize)>>,
    endings: OnceLock<Vec<(char, usize)>>,
    inner: OnceLock<Option<AhoCorasick>>,
}

impl From<Vec<String>> for Words {
    fn from(list: Vec<String>) -> Self {
        Self { list, ..Self::default() }
    }
}

impl Deref for Words {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.list
    }
}

impl Words {
    /// Adds those of another language; before anything is looked up.
    pub(super) fn extend(&mut self, more: Words) {
        *self = Self::from([std::mem::take(&mut self.list), more.list].concat());
    }

    /// Whether a word is listed as it stands.
    pub fn has(&self, word: &str) -> bool {
        self.whole.get_or_init(|| self.list.iter().cloned().collect()).contains(word)
    }

    /// Whether a word is listed, whatever the case of its ASCII letters.
    pub fn has_in_any_case(&self, word: &str) -> bool {
        let words = self.any_case.get_or_init(|| self.list.iter().map(|w| w.to_ascii_lowercase()).collect());
        if word.bytes().any(|b| b.is_ascii_uppercase()) { words.contains(&word.to_ascii_lowercase()) } else { words.contains(word) }
    }

    /// The words that a text opens with, in the order of the list.
    pub fn opening<'w>(&'w self, text: &'w str) -> impl Iterator<Item = &'w str> {
        let by = self.openings.get_or_init(|| self.by(|word| word.chars().next()));
        self.with(by, text.chars().next()).filter(|word| text.starts_with(*word))
    }

    /// The words that a text ends in, in the order of the list.
    pub fn ending<'w>(&'w self, text: &'w str) -> impl Iterator<Item = &'w str> {
        let by = self.endings.get_or_init(|| self.by(|word| word.chars().next_back()));
        self.with(by, text.chars().next_back()).filter(|word| text.ends_with(*word))
    }

    /// Whether a word stands anywhere in a text, be it within another.
    pub fn stand_in(&self, text: &str) -> bool {
        // Only more words than memory holds make no automaton.
        let found = self.inner.get_or_init(|| AhoCorasick::new(&self.list).ok());
        found.as_ref().is_some_and(|found| found.is_match(text))
    }

    fn by(&self, letter: impl Fn(&str) -> Option<char>) -> Vec<(char, usize)> {
        let mut letters: Vec<_> = self.list.iter().enumerate().filter_map(|(at, word)| Some((letter(word)?, at))).collect();
        letters.sort_unstable();
        letters
    }

    fn with<'w>(&'w self, by: &'w [(char, usize)], letter: Option<char>) -> impl Iterator<Item = &'w str> {
        let from = by.partition_point(|(known, _)| Some(*known) < letter);
        let same = by[from..].iter().take_while(move |(known, _)| Some(*known) == letter);
        same.map(|(_, at)| self.list[*at].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_found_at_either_end_and_within() {
        let words = Words::from(["팀", "Lab", "개발팀"].map(str::to_owned).to_vec());
        assert_eq!(words.ending("플랫폼개발팀").collect::<Vec<_>>(), ["팀", "개발팀"]);
        assert_eq!(words.opening("Labs").collect::<Vec<_>>(), ["Lab"]);
        assert_eq!(words.ending("").count(), 0);
        assert!(words.has("Lab") && !words.has("lab") && words.has_in_any_case("LAB"));
        assert!(words.stand_in("새 개발팀이") && !words.stand_in("lab"));
    }
}

//! A list of words, looked up in the ways that texts are held against it.
//!
//! In: words of a data file. Out: [`Words`], which reads as the list and answers without going through it: reports are
//! asked some hundred questions a line.

use crate::memo::Hashed;
use crate::normalize::fold;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::{BTreeSet, HashSet};
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
    cased: OnceLock<Option<AhoCorasick>>,
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

    /// The same, whatever the case of ASCII letters.
    pub fn stand_in_any_case(&self, text: &str) -> bool {
        let found = self.cased.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(&self.list).ok());
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

/// Which of several lists a text holds words of, found in one pass.
#[derive(Debug)]
pub struct Telling {
    words: Option<AhoCorasick>,
    lists: Vec<usize>,
}

impl Telling {
    /// Words to be found in folded text, list by list.
    pub fn of<'w>(lists: impl Iterator<Item = &'w [String]>) -> Self {
        let words: Vec<(String, usize)> =
            lists.enumerate().flat_map(|(list, words)| words.iter().map(move |w| (fold(w).text().to_owned(), list))).collect();
        let automaton = AhoCorasick::new(words.iter().map(|(word, _)| word)).ok();
        Self { words: automaton, lists: words.into_iter().map(|(_, list)| list).collect() }
    }

    /// The lists, by their numbers from 0, of which a folded text holds a word.
    pub fn told(&self, folded: &str) -> BTreeSet<usize> {
        let words = self.words.iter().flat_map(|words| words.find_overlapping_iter(folded));
        words.map(|word| self.lists[word.pattern().as_usize()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Telling, Words};

    #[test]
    fn lists_tell_which_of_them_a_text_holds() {
        let lists = [vec!["co-founder of".to_owned(), "株式会社".to_owned()], vec![" at ".to_owned()]];
        let telling = Telling::of(lists.iter().map(Vec::as_slice));
        assert_eq!(telling.told("she is co founder of it").into_iter().collect::<Vec<_>>(), [0]);
        assert_eq!(telling.told("株式会社 at last").into_iter().collect::<Vec<_>>(), [0, 1]);
        assert!(telling.told("a test").is_empty());
    }

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

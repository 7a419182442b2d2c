//! Which Latin words are a dictionary's, so that neither a misspelt nor an unlisted name is seen in them.
//!
//! In: a word. Out: whether `data/words.txt` has it, which `build.rs` compiles into a finite-state set.

use super::languages;
use crate::memo::Memo;
use fst::Set;
use std::sync::LazyLock;

/// Whether letters, in lower case, are a dictionary's word, as it stands or with an ending.
pub fn is_word(lower: &str) -> bool {
    static KNOWN: LazyLock<Memo<bool>> = LazyLock::new(|| Memo::of(WORDS));
    KNOWN.get(lower, || is_listed_or_inflected(lower))
}

fn is_listed_or_inflected(lower: &str) -> bool {
    let stem = |ending| lower.strip_suffix(ending).filter(|w: &&str| w.len() >= 3);
    let endings = ["s", "es", "ed", "d", "ing", "er", "r", "ly", "able", "ers", "ors", "ions"];
    let mut bare = endings.into_iter().filter_map(stem);
    let plural = lower.strip_suffix("ies").is_some_and(|w| is_listed(&format!("{w}y")));
    is_listed(lower) || plural || bare.any(|w| is_listed(w) || is_listed(&format!("{w}e")))
}

/// How many words' answers are kept.
const WORDS: usize = 30_000;

/// Shorter words are one slip from too many others.
const SHORTEST: usize = 7;

/// Whether letters are one slip (one left out, put in, changed, or two exchanged) from a dictionary's word: `priviledge`.
pub fn is_misspelt(lower: &str) -> bool {
    static KNOWN: LazyLock<Memo<bool>> = LazyLock::new(|| Memo::of(WORDS));
    KNOWN.get(lower, || is_slipped(lower))
}

fn is_slipped(lower: &str) -> bool {
    let letters: Vec<char> = lower.chars().collect();
    let word = |edited: &[char]| is_listed(&edited.iter().collect::<String>());
    letters.len() >= SHORTEST
        && (0..letters.len()).any(|at| {
            let without: Vec<char> = letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect();
            let changed = |other: char| {
                let mut edited = letters.clone();
                edited[at] = other;
                word(&edited)
            };
            let inserted = |other: char| {
                let mut edited = letters.clone();
                edited.insert(at, other);
                word(&edited)
            };
            let mut exchanged = letters.clone();
            exchanged.swap(at, (at + 1).min(letters.len() - 1));
            word(&without) || word(&exchanged) || ('a'..='z').any(|other| changed(other) || inserted(other))
        })
}

fn is_listed(lower: &str) -> bool {
    #[expect(clippy::expect_used, reason = "the build script wrote it, or nothing was built")]
    static WORDS: LazyLock<Set<&'static [u8]>> =
        LazyLock::new(|| Set::new(include_bytes!(concat!(env!("OUT_DIR"), "/words.fst")).as_slice()).expect("a set of words"));
    WORDS.contains(lower) || languages().bylines.not_a_name.has(lower)
}

#[cfg(test)]
mod tests {
    use super::{is_misspelt, is_word};

    #[test]
    fn words_are_known_with_their_endings() {
        for word in ["hummingbird", "deployed", "requests", "queries", "backend"] {
            assert!(is_word(word), "{word}");
        }
        for name in ["kokotap", "kage", "logflow", "boxture"] {
            assert!(!is_word(name) && !is_misspelt(name), "{name}");
        }
    }

    #[test]
    fn a_slip_from_a_word_is_seen() {
        for slip in ["priviledge", "registory", "statefull", "recieve"] {
            assert!(is_misspelt(slip), "{slip}");
        }
    }
}

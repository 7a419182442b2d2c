//! What was found out about a word, kept for when it is asked again: the words of reports are mostly the same.
//!
//! In: pure functions of a text. Out: their answers, in bounded memory; the same with and without.

use foldhash::fast::RandomState;
use quick_cache::UnitWeighter;
use quick_cache::sync::Cache;

/// How words are hashed: seeded anew each run, so that no report can be written against it; no order of a map is output.
pub(crate) type Hashed = RandomState;

/// How many bytes a text has of which the answer is kept.
const LONGEST: usize = 64;

/// Answers by text.
pub(crate) struct Memo<V>(Cache<Box<str>, V, UnitWeighter, Hashed>);

impl<V: Clone> Memo<V> {
    /// Room for some answers, about; those that are asked for least go first.
    pub(crate) fn of(answers: usize) -> Self {
        Self(Cache::with(answers, answers as u64, UnitWeighter, Hashed::default(), Default::default()))
    }

    /// The answer for a text, made where it is not there. What is longer than words are is not kept.
    pub(crate) fn get(&self, text: &str, make: impl FnOnce() -> V) -> V {
        if text.len() > LONGEST {
            return make();
        }
        self.0.get(text).unwrap_or_else(|| {
            let answer = make();
            self.0.insert(text.into(), answer.clone());
            answer
        })
    }
}

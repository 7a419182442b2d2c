//! The index of surface forms: a trie from folded names to the entities that bear them.
//!
//! In: entities. Out: an [`Index`], made when techgraph is built (`build.rs`) for the shipped gazetteer, so that starting
//! costs nothing. The hard decision: a trie walked from the places where a name can start, and no automaton over all of
//! the text: names start at the edges of words, so most bytes need no look, and the trie is read where it lies.

use crate::entity::Entity;
use crate::normalize::{is_hangul, is_katakana, key};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use yada::DoubleArray;
use yada::builder::DoubleArrayBuilder;

/// One surface form of one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SurfaceRef {
    pub(crate) entity: usize,
    pub(crate) surface: usize,
}

/// The trie's bytes and, by its values, which forms are spelt so.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    pub(crate) trie: Vec<u8>,
    pub(crate) forms: Vec<Vec<SurfaceRef>>,
}

/// A trie of folded names; empty without one.
pub(crate) struct Index {
    trie: Option<DoubleArray<Cow<'static, [u8]>>>,
    forms: Vec<Vec<SurfaceRef>>,
}

impl Parts {
    /// The parts of an index over the names of `entities`, whose positions are counted from `first`.
    pub fn of(entities: &[Entity], first: usize) -> Self {
        let mut names: BTreeMap<String, Vec<SurfaceRef>> = BTreeMap::new();
        for (entity, e) in entities.iter().enumerate() {
            for (surface, s) in e.surfaces.iter().enumerate() {
                let reference = SurfaceRef { entity: first + entity, surface };
                let folded = key(&s.text);
                if let Some(joined) = joined(&folded) {
                    names.entry(joined).or_default().push(reference);
                }
                if !folded.trim().is_empty() {
                    names.entry(folded).or_default().push(reference);
                }
            }
        }
        let keys: Vec<(&str, u32)> = names.keys().map(String::as_str).zip(0..).collect();
        // Without names there is no trie.
        let trie = DoubleArrayBuilder::build(&keys).unwrap_or_default();
        Self { trie, forms: names.into_values().collect() }
    }
}

impl Index {
    pub(crate) fn new(trie: Cow<'static, [u8]>, forms: Vec<Vec<SurfaceRef>>) -> Self {
        Self { trie: DoubleArray::new(trie).ok(), forms }
    }

    /// The names that folded text starts with: their lengths in bytes, and the forms that are spelt so.
    pub(crate) fn at<'i>(&'i self, text: &'i str) -> impl Iterator<Item = (usize, &'i [SurfaceRef])> + 'i {
        let found = self.trie.iter().flat_map(|trie| trie.common_prefix_search(text));
        found.filter_map(|(value, length)| Some((length, self.forms.get(usize::try_from(value).ok()?)?.as_slice())))
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

//! The index of surface forms: a trie from folded names to the entities that bear them.
//!
//! In: entities. Out: an [`Index`], made when techgraph is built (`build.rs`) for the shipped gazetteer, so that starting
//! costs nothing. The hard decision: a trie walked from the places where a name can start, and no automaton over all of
//! the text: names start at the edges of words, so most bytes need no look, and the trie is read where it lies.

use super::store::number;
use crate::entity::Entity;
use crate::normalize::{is_hangul, is_katakana, key};
use std::borrow::Cow;
use std::collections::BTreeMap;
use yada::DoubleArray;
use yada::builder::DoubleArrayBuilder;
use yada::unit::{UNIT_SIZE, Unit};

/// One surface form of one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SurfaceRef {
    pub(crate) entity: usize,
    pub(crate) surface: usize,
}

/// The trie's bytes and, by its values, which forms are spelt so: all of them one behind the other, each as two numbers of
/// 32 bits, and where those of each value end.
#[derive(Debug, Default)]
pub struct Parts {
    pub(crate) trie: Vec<u8>,
    pub(crate) forms: Vec<u8>,
    pub(crate) ends: Vec<u8>,
    pub(crate) gate: Vec<u8>,
}

/// A place on a walk through the letters of names.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    node: u32,
    unit: Unit,
}

impl Step {
    /// Whether a name ends here.
    pub(crate) fn is_name(self) -> bool {
        self.unit.has_leaf()
    }
}

/// A trie of folded names; empty without one.
pub(crate) struct Index {
    trie: Option<DoubleArray<Cow<'static, [u8]>>>,
    forms: Cow<'static, [u8]>,
    ends: Cow<'static, [u8]>,
    gate: Cow<'static, [u8]>,
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
        let gate = super::gate::of(names.keys());
        let keys: Vec<(&str, u32)> = names.keys().map(String::as_str).zip(0..).collect();
        // Without names there is no trie.
        let trie = DoubleArrayBuilder::build(&keys).unwrap_or_default();
        let (mut forms, mut ends) = (Vec::new(), Vec::new());
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        for references in names.into_values() {
            for reference in references {
                forms.extend(number(reference.entity));
                forms.extend(number(reference.surface));
            }
            ends.extend(number(forms.len() / 8));
        }
        Self { trie, forms, ends, gate }
    }
}

impl Index {
    pub(crate) fn of(parts: Parts) -> Self {
        Self::new(Cow::Owned(parts.trie), Cow::Owned(parts.forms), Cow::Owned(parts.ends), Cow::Owned(parts.gate))
    }

    pub(crate) fn new(trie: Cow<'static, [u8]>, forms: Cow<'static, [u8]>, ends: Cow<'static, [u8]>, gate: Cow<'static, [u8]>) -> Self {
        Self { trie: DoubleArray::new(trie).ok(), forms, ends, gate }
    }

    /// The names that folded text starts with: their lengths in bytes, and the forms that are spelt so.
    pub(crate) fn at<'i>(&'i self, text: &'i str) -> impl Iterator<Item = (usize, impl Iterator<Item = SurfaceRef> + 'i)> + 'i {
        let trie = self.trie.iter().filter(|_| super::gate::opens(&self.gate, text));
        let found = trie.flat_map(|trie| trie.common_prefix_search(text));
        found.filter_map(|(value, length)| Some((length, self.forms(usize::try_from(value).ok()?))))
    }

    /// Where a walk through the letters of names starts.
    pub(crate) fn root(&self) -> Option<Step> {
        self.unit(0).map(|unit| Step { node: 0, unit })
    }

    /// Where one more letter leads; nowhere, where no name goes on with it.
    pub(crate) fn step(&self, from: Step, letter: char) -> Option<Step> {
        letter.encode_utf8(&mut [0; 4]).bytes().try_fold(from, |Step { node, unit }, byte| {
            let node = unit.offset() ^ node ^ u32::from(byte);
            self.unit(node).filter(|unit| unit.label() == u32::from(byte)).map(|unit| Step { node, unit })
        })
    }

    fn unit(&self, node: u32) -> Option<Unit> {
        let at = usize::try_from(node).ok()? * UNIT_SIZE;
        let bytes = self.trie.as_ref()?.0.get(at..at + UNIT_SIZE)?;
        Some(Unit::from_u32(u32::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn forms(&self, value: usize) -> impl Iterator<Item = SurfaceRef> + '_ {
        let first = value.checked_sub(1).map_or(0, |before| number(&self.ends, before));
        (first..number(&self.ends, value))
            .map(|at| SurfaceRef { entity: number(&self.forms, 2 * at), surface: number(&self.forms, 2 * at + 1) })
    }
}

/// A Hangul or Katakana name without the spaces between its syllables, if it has any: people write both.
pub(super) fn joined(folded: &str) -> Option<String> {
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

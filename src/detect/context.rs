//! What surrounds a candidate: the sure technologies of its block, talk and document, and the words there.

use super::scan::{Candidate, Passage, is_sure};
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::normalize::{is_latin, key};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// The surroundings of all candidates of one document.
pub(super) struct Context<'a> {
    passages: &'a [Passage<'a>],
    gazetteer: &'a Gazetteer,
    /// The entities that stand for sure in each passage.
    by_passage: Vec<BTreeSet<usize>>,
    /// Those that the first round decided to stand there.
    settled: Vec<BTreeSet<usize>>,
    /// Which context words stand in which passages; found when asked for.
    words: RefCell<HashMap<String, Vec<usize>>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(passages: &'a [Passage<'a>], sure: &[&Candidate], gazetteer: &'a Gazetteer) -> Self {
        let mut context = Self { passages, gazetteer, by_passage: vec![BTreeSet::new(); passages.len()], settled: vec![BTreeSet::new(); passages.len()], words: RefCell::default() };
        for candidate in sure {
            let written = candidate.hit.span.of(passages[candidate.passage].block.text.text());
            for option in candidate.options.iter().filter(|o| is_sure(**o, written, gazetteer)) {
                context.by_passage[candidate.passage].insert(option.entity);
            }
        }
        context
    }

    /// Notes that the first round decided an entity to stand in a passage.
    pub(super) fn settle(&mut self, passage: usize, entity: usize) {
        self.settled[passage].insert(entity);
    }

    /// How often the context words of an entity stand in the passage itself, elsewhere in its talk, elsewhere in the
    /// document; each word counts once, where it is nearest.
    pub(super) fn words(&self, entity: usize, passage: usize) -> [usize; 3] {
        let mut near = [0; 3];
        for word in &self.gazetteer.entities()[entity].rule.context {
            let mut words = self.words.borrow_mut();
            let places = words.entry(word.clone()).or_insert_with(|| {
                let word = key(word);
                (0..self.passages.len()).filter(|i| holds(&self.passages[*i].folded, &word)).collect()
            });
            if places.contains(&passage) {
                near[0] += 1;
            } else if places.iter().any(|p| self.same_talk(*p, passage)) {
                near[1] += 1;
            } else if !places.is_empty() {
                near[2] += 1;
            }
        }
        near
    }

    /// Whether the entity stands for sure in the passage's talk, and whether elsewhere in the document. What the first
    /// round decided in the passage itself does not count: no mention speaks for itself.
    pub(super) fn named(&self, entity: usize, passage: usize) -> (bool, bool) {
        let mut named = (false, false);
        for (index, entities) in self.by_passage.iter().enumerate() {
            if entities.contains(&entity) || (index != passage && self.settled[index].contains(&entity)) {
                if self.same_talk(index, passage) { named.0 = true } else { named.1 = true }
            }
        }
        named
    }

    /// Technologies other than `entity` that stand in a passage, for sure or as the first round decided.
    pub(super) fn technologies(&self, passage: usize, entity: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_passage[passage]
            .iter()
            .copied()
            .filter(move |e| *e != entity && self.gazetteer.entities()[*e].kind == EntityKind::Technology)
    }

    /// The distinct technologies that stand for sure in the passage's talk.
    pub(super) fn field(&self, passage: usize, entity: usize) -> BTreeSet<usize> {
        let inside = (0..self.passages.len()).filter(|i| self.same_talk(*i, passage));
        inside.flat_map(|i| self.technologies(i, entity).collect::<Vec<_>>()).collect()
    }

    fn same_talk(&self, a: usize, b: usize) -> bool {
        self.passages[a].talk == self.passages[b].talk
    }
}

/// Whether folded text holds a folded word; a Latin word must stand alone.
pub(super) fn holds(text: &str, word: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| is_latin(c) || c.is_ascii_digit());
    text.match_indices(word).any(|(at, _)| {
        let alone = |inner: Option<char>, outer: Option<char>| !(latin(inner) && latin(outer));
        let end = at + word.len();
        let plural = text[end..].strip_prefix('s').is_some_and(|rest| !latin(rest.chars().next()));
        alone(word.chars().next(), text[..at].chars().next_back())
            && (plural || alone(word.chars().next_back(), text[end..].chars().next()))
    })
}

//! What surrounds a candidate: the technologies of its passage, talk and document, and the words there.

use super::scan::{Candidate, Passage, is_sure};
use crate::entity::EntityKind;
use crate::feature::Feature;
use crate::gazetteer::Gazetteer;
use crate::memo::Hashed;
use crate::normalize::is_latin;
use memchr::memmem;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From how many bytes on it tells something that a document names no technology.
const TELLING: usize = 600;

/// The surroundings of all candidates of one document.
pub(super) struct Context<'a> {
    passages: &'a [Passage<'a>],
    gazetteer: &'a Gazetteer,
    /// The whole folded text, and where each passage starts in it.
    text: String,
    starts: Vec<usize>,
    /// Where each entity stands: for sure, and as the first round decided.
    sure: HashMap<usize, Places, Hashed>,
    settled: HashMap<usize, Places, Hashed>,
    /// The entities that are written with a capital somewhere.
    capitalised: BTreeSet<usize>,
    /// The technologies of each passage and of each talk, whichever way they were decided.
    technologies: Vec<BTreeSet<usize>>,
    field: BTreeMap<Option<usize>, BTreeSet<usize>>,
    /// The technologies of the document.
    named: BTreeSet<usize>,
    /// Which context words stand in which passages; found when asked for.
    words: RefCell<HashMap<&'a str, Places, Hashed>>,
}

/// Passages in order, by talk.
#[derive(Debug, Clone, Default)]
struct Places {
    passages: BTreeSet<usize>,
    talks: BTreeMap<Option<usize>, Vec<usize>>,
}

impl Places {
    fn insert(&mut self, passage: usize, talk: Option<usize>) {
        if self.passages.insert(passage) {
            self.talks.entry(talk).or_default().push(passage);
        }
    }

    /// The first passage of a talk but `without`.
    fn inside(&self, talk: Option<usize>, without: Option<usize>) -> Option<usize> {
        self.talks.get(&talk)?.iter().copied().find(|p| Some(*p) != without)
    }

    /// A passage that is not of the talk.
    fn outside(&self, talk: Option<usize>) -> Option<usize> {
        self.talks.iter().find(|(other, _)| **other != talk).and_then(|(_, passages)| passages.first().copied())
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(passages: &'a [Passage<'a>], sure: &[&Candidate], gazetteer: &'a Gazetteer) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(passages.len());
        for passage in passages {
            starts.push(text.len());
            text.push_str(passage.folded.text());
            text.push('\n');
        }
        let mut context = Self {
            passages,
            gazetteer,
            text,
            starts,
            sure: HashMap::default(),
            settled: HashMap::default(),
            capitalised: BTreeSet::new(),
            technologies: vec![BTreeSet::new(); passages.len()],
            field: BTreeMap::new(),
            named: BTreeSet::new(),
            words: RefCell::default(),
        };
        for candidate in sure {
            let written = candidate.hit.span.of(passages[candidate.passage].block.text.text());
            for option in candidate.options.iter().filter(|o| candidate.ruling.is_some() || is_sure(**o, written, gazetteer)) {
                let talk = passages[candidate.passage].talk;
                context.sure.entry(option.entity).or_default().insert(candidate.passage, talk);
                context.note(candidate, option.entity);
            }
        }
        context
    }

    /// Notes that the first round decided what a candidate names.
    pub(super) fn settle(&mut self, candidate: &Candidate, entity: usize) {
        let talk = self.passages[candidate.passage].talk;
        self.settled.entry(entity).or_default().insert(candidate.passage, talk);
        self.note(candidate, entity);
    }

    /// Whether the document writes an entity with a capital somewhere.
    pub(super) fn is_capitalised(&self, entity: usize) -> bool {
        self.capitalised.contains(&entity)
    }

    fn note(&mut self, candidate: &Candidate, entity: usize) {
        let passage = candidate.passage;
        let written = candidate.hit.span.of(self.passages[passage].block.text.text());
        if written.starts_with(char::is_uppercase) {
            self.capitalised.insert(entity);
        }
        if self.gazetteer.at(entity).kind == EntityKind::Technology {
            self.named.insert(entity);
            self.technologies[passage].insert(entity);
            self.field.entry(self.passages[passage].talk).or_default().insert(entity);
        }
    }

    /// How many context words of an entity stand in the passage itself, elsewhere in its talk, elsewhere in the document;
    /// each word counts once, where it is nearest. The name itself, folded, is no context of its own.
    pub(super) fn words(&self, entity: usize, passage: usize, name: &str) -> [usize; 3] {
        let mut near = [0; 3];
        let mut words = self.words.borrow_mut();
        for word in self.gazetteer.at(entity).rule.context.iter().filter(|word| *word != name) {
            let places = words.entry(word.as_str()).or_insert_with(|| self.places(word));
            if places.passages.contains(&passage) {
                near[0] += 1;
            } else if places.talks.contains_key(&self.passages[passage].talk) {
                near[1] += 1;
            } else if !places.passages.is_empty() {
                near[2] += 1;
            }
        }
        near
    }

    /// The passages that hold a word.
    fn places(&self, word: &str) -> Places {
        let mut places = Places::default();
        for at in memmem::find_iter(self.text.as_bytes(), word).filter(|at| stands_alone(&self.text, *at, word)) {
            let passage = self.starts.partition_point(|start| *start <= at) - 1;
            places.insert(passage, self.passages[passage].talk);
        }
        places
    }

    /// Whether the entity stands for sure elsewhere: in the passage's talk (true) or in the rest of the document (false),
    /// and at which byte of the file's text. What the first round decided in the passage itself does not count: no mention
    /// speaks for itself.
    pub(super) fn named(&self, entity: usize, passage: usize) -> Option<(bool, Option<usize>)> {
        let talk = self.passages[passage].talk;
        let (sure, settled) = (self.sure.get(&entity), self.settled.get(&entity));
        let inside = sure.and_then(|p| p.inside(talk, None)).or_else(|| settled?.inside(talk, Some(passage)));
        let outside = || sure.and_then(|p| p.outside(talk)).or_else(|| settled?.outside(talk));
        let at = |p: usize| (p != passage).then(|| self.passages[p].block.span.start);
        inside.map(|p| (true, at(p))).or_else(|| outside().map(|p| (false, at(p))))
    }

    /// Whether a technology other than `entity` stands in a passage.
    pub(super) fn has_technology(&self, passage: usize, entity: usize) -> bool {
        self.technologies[passage].iter().any(|e| *e != entity)
    }

    /// What it says that a document names few technologies other than `entity`; of a few sentences, nothing.
    pub(super) fn rarity(&self, entity: Option<usize>) -> Option<Feature> {
        let others = self.named.len() - usize::from(entity.is_some_and(|e| self.named.contains(&e)));
        match others {
            _ if self.text.len() < TELLING => None,
            0 => Some(Feature::Lone),
            1 | 2 => Some(Feature::Few),
            _ => None,
        }
    }

    /// The technologies other than `entity` that stand in the passage's talk.
    pub(super) fn field(&self, passage: usize, entity: usize) -> impl Iterator<Item = usize> + '_ {
        self.field.get(&self.passages[passage].talk).into_iter().flatten().copied().filter(move |e| *e != entity)
    }
}

/// Whether folded text holds a folded word; a Latin word must stand alone.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| stands_alone(text, at, word))
}

fn stands_alone(text: &str, at: usize, word: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| is_latin(c) || c.is_ascii_digit());
    let alone = |inner: Option<char>, outer: Option<char>| !(latin(inner) && latin(outer));
    let end = at + word.len();
    let plural = text[end..].strip_prefix('s').is_some_and(|rest| !latin(rest.chars().next()));
    alone(word.chars().next(), text[..at].chars().next_back()) && (plural || alone(word.chars().next_back(), text[end..].chars().next()))
}

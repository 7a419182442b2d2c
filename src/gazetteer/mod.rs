//! The gazetteer: what there is to be named, and finding it.
//!
//! [`load`] reads the reviewed data files, [`Gazetteer`] holds their entities with the automaton that finds all their
//! surface forms, [`check`] tells what is wrong with the data.

pub mod check;
mod correction;
mod gate;
pub mod index;
pub mod load;
mod matcher;
mod resolve;
pub(crate) mod slip;
pub mod store;

pub use correction::Correction;
pub use index::SurfaceRef;
pub use matcher::Hit;

use crate::entity::{Entity, EntityId, EntityKind, Surface};
use crate::error::Error;
use crate::memo::Memo;
use crate::normalize::{fold, key};
use crate::offset_map::Mapped;
use index::{Index, Parts};
use slip::Fix;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Store;
use xxhash_rust::xxh3::xxh3_128;

/// Entities and the index of their names. Built once, used for every file.
pub struct Gazetteer {
    /// The first `sorted` by kind and id; those of overlays behind.
    entities: Store,
    sorted: usize,
    indexes: Vec<Index>,
    /// Entities that an overlay replaced or silenced.
    dead: BTreeSet<usize>,
    /// The most specific first; of equals, the last of the files.
    corrections: Vec<Correction>,
    /// Of the data that it was made from.
    digest: u128,
    /// What words are one slip from, as far as it was asked.
    slips: Memo<Arc<[Fix]>>,
    /// What stands in short texts, likewise.
    pieces: Memo<Arc<[Hit]>>,
}

/// How many words' answers are kept: several times the vocabulary of a few hundred reports.
const WORDS: usize = 50_000;

impl Gazetteer {
    /// The gazetteer that ships with techgraph, as `build.rs` compiled it from `data/`.
    ///
    /// # Errors
    /// [`Error::Blob`] if what was compiled in cannot be read; the tests see to it that it can.
    pub fn shipped() -> Result<Self, Error> {
        let trie: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trie.bin"));
        let forms: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forms.bin"));
        let ends: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/form_ends.bin"));
        let gate: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gate.bin"));
        let entities = Store::packed(
            include_bytes!(concat!(env!("OUT_DIR"), "/entities.bin")),
            include_bytes!(concat!(env!("OUT_DIR"), "/entity_ends.bin")),
            include_bytes!(concat!(env!("OUT_DIR"), "/former.bin")),
        );
        let entities = entities.map_err(|e| Error::Blob(e.to_string()))?;
        let digest = u128::from_le_bytes(*include_bytes!(concat!(env!("OUT_DIR"), "/digest.bin")));
        Ok(Self::new(entities, digest, Index::new(Cow::Borrowed(trie), Cow::Borrowed(forms), Cow::Borrowed(ends), Cow::Borrowed(gate))))
    }

    /// A gazetteer from data files: path and TOML text of each.
    ///
    /// # Errors
    /// [`Error::Data`], as [`load::entities`].
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Error> {
        let entities = load::entities(files)?;
        let index = Index::of(Parts::of(&entities, 0));
        let digest = files.iter().fold(0, |digest, (path, text)| with(digest, path, text));
        Ok(Self::new(Store::of(entities), digest, index))
    }

    fn new(entities: Store, digest: u128, index: Index) -> Self {
        Self {
            sorted: entities.len(),
            entities,
            indexes: vec![index],
            dead: BTreeSet::new(),
            corrections: Vec::new(),
            digest,
            slips: Memo::of(WORDS),
            pieces: Memo::of(WORDS),
        }
    }

    /// The same with a user's own data file laid over it: path and TOML text. Its entities are added, or take the place of
    /// those that have their kind and id; what it silences counts no longer, and
    /// its corrections are followed.
    ///
    /// # Errors
    /// [`Error::Data`] for text that is no TOML, a field or category that is unknown, an id that stands twice, one to be
    /// silenced that is not there, or a correction that is in no order.
    pub fn overlaid(mut self, path: &str, text: &str) -> Result<Self, Error> {
        let overlay = load::overlay(path, text)?;
        self.digest = with(self.digest, path, text);
        for (kind, id, offset) in &overlay.silence {
            let Some(index) = self.position(*kind, id) else {
                return Err(Error::data(path, text, *offset, format!("there is no {} `{id}` to silence", kind.name())));
            };
            self.dead.insert(index);
        }
        let first = self.entities.len();
        let mut added = Vec::new();
        let categories = check::categories();
        for (offset, entity) in overlay.entities {
            if let Some(problem) = check::category(&entity, &categories) {
                return Err(Error::data(path, text, offset, problem));
            }
            self.dead.extend(self.position(entity.kind, &entity.id));
            added.push(entity.clone());
            self.entities.push(entity);
        }
        self.indexes.push(Index::of(Parts::of(&added, first)));
        (self.slips, self.pieces) = (Memo::of(WORDS), Memo::of(WORDS));
        for table in overlay.correct {
            let correction = Correction::new(path, text, table, &self)?;
            self.corrections.insert(0, correction);
        }
        self.corrections.sort_by_key(|c| std::cmp::Reverse(c.specificity()));
        Ok(self)
    }

    /// A digest of the data that it was made from: of two gazetteers with the same, every name means the same.
    pub fn digest(&self) -> u128 {
        self.digest
    }

    /// How many entities count.
    pub fn len(&self) -> usize {
        self.entities.len() - self.dead.len()
    }

    /// Whether none counts.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entities that count, sorted by kind and id. All of them are decoded for this.
    pub fn entities(&self) -> Vec<&Entity> {
        let mut live: Vec<&Entity> = (0..self.entities.len()).filter(|i| !self.dead.contains(i)).map(|i| self.entities.get(i)).collect();
        if self.entities.len() > self.sorted {
            live.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        }
        live
    }

    /// The entity at a position, as [`SurfaceRef`]s and the detector's contexts count them.
    pub(crate) fn at(&self, position: usize) -> &Entity {
        self.entities.get(position)
    }

    fn position(&self, kind: EntityKind, id: &EntityId) -> Option<usize> {
        let is = |position: &usize| self.entities.get(*position).kind == kind && self.entities.get(*position).id == *id;
        let (mut from, mut to) = (0, self.sorted);
        while from < to {
            let middle = usize::midpoint(from, to);
            let entity = self.entities.get(middle);
            if (entity.kind, &entity.id) < (kind, id) { from = middle + 1 } else { to = middle }
        }
        let sorted = Some(from).filter(|at| *at < self.sorted).filter(is);
        let overlaid = (self.sorted..self.entities.len()).find(is);
        overlaid.into_iter().chain(sorted).find(|i| !self.dead.contains(i))
    }

    /// The entity with an id, or that had it before.
    pub fn get(&self, kind: EntityKind, id: &EntityId) -> Option<&Entity> {
        self.canonical(kind, id).map(|name| self.entity(name))
    }

    /// The canonical name of the entity with an id, or that had it before.
    pub(crate) fn canonical(&self, kind: EntityKind, id: &EntityId) -> Option<SurfaceRef> {
        let former = || self.entities.former(kind, id).filter(|i| !self.dead.contains(i));
        self.position(kind, id).or_else(former).map(|entity| SurfaceRef { entity, surface: 0 })
    }

    /// What users have ruled of names, the most specific first.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The entities that a name may stand for, whatever its letter case.
    pub fn named(&self, name: &str) -> Vec<&Entity> {
        let wanted = key(name);
        let spelt = self.indexes.iter().flat_map(|index| index.at(&wanted)).filter(|(length, _)| *length == wanted.len());
        let named = spelt.flat_map(|(_, forms)| forms).map(|form| form.entity);
        let called = EntityKind::ALL.into_iter().filter_map(|kind| self.position(kind, &EntityId::new(wanted.as_str())));
        let found: BTreeSet<usize> = named.chain(called).filter(|position| !self.dead.contains(position)).collect();
        let mut found: Vec<&Entity> = found.into_iter().map(|position| self.entities.get(position)).collect();
        found.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        found
    }

    /// The same for a text that is folded already.
    pub(crate) fn hits_folded(&self, text: &str, folded: &Mapped) -> Vec<Hit> {
        matcher::hits(text, folded, &self.indexes, &self.entities, &|i| !self.dead.contains(&i))
    }

    /// Every place where a text spells a surface form within its boundaries, in text order, longest first.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let find = || self.hits_folded(text, &fold(text));
        // What lines are made of is asked for by one rule after the other.
        self.pieces.get(text, || find().into()).to_vec()
    }

    /// The names that a word in lower case is one slip from.
    pub(crate) fn slips(&self, lower: &str) -> Arc<[Fix]> {
        self.slips.get(lower, || slip::fixes(lower, &self.indexes).into())
    }

    /// The entity that a surface form belongs to.
    pub fn entity(&self, of: SurfaceRef) -> &Entity {
        self.entities.get(of.entity)
    }

    /// Whether a hit may be an entity of a kind.
    pub fn may_be(&self, hit: &Hit, kind: EntityKind) -> bool {
        hit.surfaces.iter().any(|r| self.entity(*r).kind == kind)
    }

    /// The surface form.
    pub fn surface(&self, of: SurfaceRef) -> &Surface {
        &self.entities.get(of.entity).surfaces[of.surface]
    }

    /// The entities of a kind that a whole short text names, longest and first: a byline's company, a title's event.
    /// Ambiguous forms count: the place of the text is the context.
    pub fn find_kind<'g>(&'g self, text: &str, kind: EntityKind) -> Option<(&'g Entity, crate::span::Span)> {
        let mut best: Option<(&Entity, crate::span::Span)> = None;
        let hits = self.hits(text);
        // Google I/O is no Google.
        let event = |hit: &&Hit| kind == EntityKind::Company && self.may_be(hit, EntityKind::Event);
        let events: Vec<_> = hits.iter().filter(event).map(|hit| hit.span).collect();
        for hit in hits {
            if events.iter().any(|event| event.contains(hit.span) && event.len() > hit.span.len()) {
                continue;
            }
            // The German word mit is no MIT.
            let written = hit.span.of(text);
            let cased = |r: &SurfaceRef| {
                written.len() > 4 || written != written.to_lowercase() || self.surface(*r).text == written || !written.is_ascii()
            };
            let mut options = hit.surfaces.iter().filter(|r| cased(r)).map(|r| self.entity(*r));
            let Some(entity) = options.find(|e| e.kind == kind) else { continue };
            if best.is_none_or(|(_, span)| hit.span.len() > span.len()) {
                best = Some((entity, hit.span));
            }
        }
        best
    }
}

/// A digest of some data and one more file of it.
fn with(digest: u128, path: &str, text: &str) -> u128 {
    xxh3_128(format!("{digest:x} {} {path} {text}", path.len()).as_bytes())
}

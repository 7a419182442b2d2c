//! The gazetteer: what there is to be named, and finding it.
//!
//! [`load`] reads the reviewed data files, [`Gazetteer`] holds their entities with the automaton that finds all their
//! surface forms, [`check`] tells what is wrong with the data.

pub mod check;
pub mod index;
pub mod load;
mod matcher;

pub use index::SurfaceRef;
pub use matcher::Hit;

use crate::entity::{Entity, EntityId, EntityKind, Surface};
use crate::error::Error;
use crate::normalize::key;
use index::{Index, Parts};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Entities and the index of their names. Built once, used for every file.
pub struct Gazetteer {
    /// The first `sorted` by kind and id; those of overlays behind.
    entities: Vec<Entity>,
    sorted: usize,
    indexes: Vec<Index>,
    /// Entities that an overlay replaced or silenced.
    dead: BTreeSet<usize>,
}

impl Gazetteer {
    /// The gazetteer that ships with techgraph, as `build.rs` compiled it from `data/`.
    ///
    /// # Errors
    /// [`Error::Blob`] if what was compiled in cannot be read; the tests see to it that it can.
    pub fn shipped() -> Result<Self, Error> {
        let trie: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trie.bin"));
        let blob: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));
        let (entities, forms) = postcard::from_bytes(blob).map_err(|e| Error::Blob(e.to_string()))?;
        Ok(Self::new(entities, Index::new(Cow::Borrowed(trie), forms)))
    }

    /// A gazetteer from data files: path and TOML text of each.
    ///
    /// # Errors
    /// [`Error::Data`], as [`load::entities`].
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Error> {
        let entities = load::entities(files)?;
        let Parts { trie, forms } = Parts::of(&entities, 0);
        Ok(Self::new(entities, Index::new(Cow::Owned(trie), forms)))
    }

    fn new(entities: Vec<Entity>, index: Index) -> Self {
        Self { sorted: entities.len(), entities, indexes: vec![index], dead: BTreeSet::new() }
    }

    /// The same with a user's own data file laid over it: path and TOML text. Its entities are added, or take the place of
    /// those that have their kind and id; what it silences counts no longer.
    ///
    /// # Errors
    /// [`Error::Data`] for text that is no TOML, a field or category that is unknown, an id that stands twice, or one to be
    /// silenced that is not there.
    pub fn overlaid(mut self, path: &str, text: &str) -> Result<Self, Error> {
        let overlay = load::overlay(path, text)?;
        for (kind, id, offset) in &overlay.silence {
            let Some(index) = self.position(*kind, id) else {
                return Err(load::at(path, text, *offset, format!("there is no {} `{id}` to silence", kind.name())));
            };
            self.dead.insert(index);
        }
        let first = self.entities.len();
        let categories = check::categories();
        for (offset, entity) in overlay.entities {
            if let Some(problem) = check::category(&entity, &categories) {
                return Err(load::at(path, text, offset, problem));
            }
            self.dead.extend(self.position(entity.kind, &entity.id));
            self.entities.push(entity);
        }
        let Parts { trie, forms } = Parts::of(&self.entities[first..], first);
        self.indexes.push(Index::new(Cow::Owned(trie), forms));
        Ok(self)
    }

    /// The entities that count, sorted by kind and id.
    pub fn entities(&self) -> Vec<&Entity> {
        let mut live: Vec<&Entity> = (0..self.entities.len()).filter(|i| !self.dead.contains(i)).map(|i| &self.entities[i]).collect();
        if self.entities.len() > self.sorted {
            live.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        }
        live
    }

    /// The entity at a position, as [`SurfaceRef`]s and the detector's contexts count them.
    pub(crate) fn at(&self, position: usize) -> &Entity {
        &self.entities[position]
    }

    fn position(&self, kind: EntityKind, id: &EntityId) -> Option<usize> {
        let sorted = self.entities[..self.sorted].binary_search_by(|e| (e.kind, &e.id).cmp(&(kind, id))).ok();
        let overlaid = (self.sorted..self.entities.len()).find(|i| self.entities[*i].kind == kind && self.entities[*i].id == *id);
        overlaid.into_iter().chain(sorted).find(|i| !self.dead.contains(i))
    }

    /// The entity with an id, or that had it before.
    pub fn get(&self, kind: EntityKind, id: &EntityId) -> Option<&Entity> {
        let known = self.position(kind, id).map(|i| &self.entities[i]);
        known.or_else(|| self.entities.iter().filter(|e| !e.was.is_empty()).find(|e| e.kind == kind && e.was.contains(id)))
    }

    /// The entities that a name may stand for, whatever its letter case.
    pub fn named(&self, name: &str) -> Vec<&Entity> {
        let wanted = key(name);
        let is_named = |e: &&Entity| e.id.as_str() == wanted || e.surfaces.iter().any(|s| key(&s.text) == wanted);
        self.entities().into_iter().filter(is_named).collect()
    }

    /// Every place where a text spells a surface form within its boundaries, in text order, longest first.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        matcher::hits(text, &self.indexes, &self.entities, &|i| !self.dead.contains(&i))
    }

    /// The entity that a surface form belongs to.
    pub fn entity(&self, of: SurfaceRef) -> &Entity {
        &self.entities[of.entity]
    }

    /// The surface form.
    pub fn surface(&self, of: SurfaceRef) -> &Surface {
        &self.entities[of.entity].surfaces[of.surface]
    }

    /// The entities of a kind that a whole short text names, longest and first: a byline's company, a title's event.
    /// Ambiguous forms count: the place of the text is the context.
    pub fn find_kind<'g>(&'g self, text: &str, kind: EntityKind) -> Option<(&'g Entity, crate::span::Span)> {
        let mut best: Option<(&Entity, crate::span::Span)> = None;
        for hit in self.hits(text) {
            let Some(entity) = hit.surfaces.iter().map(|r| self.entity(*r)).find(|e| e.kind == kind) else { continue };
            if best.is_none_or(|(_, span)| hit.span.len() > span.len()) {
                best = Some((entity, hit.span));
            }
        }
        best
    }
}

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

/// Entities and the index of their names. Built once, used for every file.
pub struct Gazetteer {
    entities: Vec<Entity>,
    indexes: Vec<Index>,
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
        Ok(Self { entities, indexes: vec![Index::new(Cow::Borrowed(trie), forms)] })
    }

    /// A gazetteer from data files: path and TOML text of each.
    ///
    /// # Errors
    /// [`Error::Data`], as [`load::entities`].
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Error> {
        let entities = load::entities(files)?;
        let Parts { trie, forms } = Parts::of(&entities, 0);
        Ok(Self { entities, indexes: vec![Index::new(Cow::Owned(trie), forms)] })
    }

    /// All entities, sorted by kind and id.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity with an id, or that had it before.
    pub fn get(&self, kind: EntityKind, id: &EntityId) -> Option<&Entity> {
        let found = self.entities.binary_search_by(|e| (e.kind, &e.id).cmp(&(kind, id)));
        found.ok().map(|i| &self.entities[i]).or_else(|| self.entities.iter().find(|e| e.kind == kind && e.was.contains(id)))
    }

    /// The entities that a name may stand for, whatever its letter case.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Entity> {
        let wanted = key(name);
        self.entities.iter().filter(move |e| e.id.as_str() == wanted || e.surfaces.iter().any(|s| key(&s.text) == wanted))
    }

    /// Every place where a text spells a surface form within its boundaries, in text order, longest first.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        matcher::hits(text, &self.indexes, &self.entities, &|_| true)
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

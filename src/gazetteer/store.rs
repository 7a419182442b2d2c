//! The entities, each decoded when it is first asked for.
//!
//! In: the entities one behind the other, as [`pack`] wrote them when techgraph was built. Out: references to them.
//! The hard decision: a report names a few dozen of tens of thousands; decoding all of them took most of the time of
//! reading one post.

use crate::entity::{Entity, EntityId, EntityKind};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Entities by position.
pub(super) struct Store {
    bytes: Cow<'static, [u8]>,
    ends: Cow<'static, [u8]>,
    cells: Vec<OnceLock<Box<Entity>>>,
    /// Ids that entities had before, sorted, with their positions.
    former: Vec<(EntityKind, EntityId, u32)>,
}

impl Store {
    /// What [`pack`] wrote.
    pub(super) fn packed(bytes: &'static [u8], ends: &'static [u8], former: &[u8]) -> Result<Self, postcard::Error> {
        let cells = (0..ends.len() / 4).map(|_| OnceLock::new()).collect();
        Ok(Self { bytes: Cow::Borrowed(bytes), ends: Cow::Borrowed(ends), cells, former: postcard::from_bytes(former)? })
    }

    /// Entities that are there already.
    pub(super) fn of(entities: Vec<Entity>) -> Self {
        let former = former(&entities);
        let cells = entities.into_iter().map(|e| OnceLock::from(Box::new(e))).collect();
        Self { bytes: Cow::default(), ends: Cow::default(), cells, former }
    }

    pub(super) fn push(&mut self, entity: Entity) {
        let position = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.former.extend(entity.was.iter().map(|id| (entity.kind, id.clone(), position)));
        self.former.sort();
        self.cells.push(OnceLock::from(Box::new(entity)));
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The entity at a position below [`Store::len`].
    #[expect(clippy::expect_used, reason = "a test decodes every entity that is compiled in")]
    pub(super) fn get(&self, position: usize) -> &Entity {
        self.cells[position].get_or_init(|| {
            let start = position.checked_sub(1).map_or(0, |before| number(&self.ends, before));
            let bytes = &self.bytes[start..number(&self.ends, position)];
            postcard::from_bytes(bytes).expect("an entity as it was packed")
        })
    }

    /// The position of the entity that had an id before.
    pub(super) fn former(&self, kind: EntityKind, id: &EntityId) -> Option<usize> {
        let first = self.former.partition_point(|(k, i, _)| (*k, i) < (kind, id));
        let (k, i, position) = self.former.get(first)?;
        ((*k, i) == (kind, id)).then(|| usize::try_from(*position).ok()).flatten()
    }
}

/// Entities as the program holds them.
#[derive(Debug, Default)]
pub struct Packed {
    /// One behind the other.
    pub entities: Vec<u8>,
    /// Where each ends: 32 bits, low byte first.
    pub ends: Vec<u8>,
    /// The ids that they had before.
    pub former: Vec<u8>,
}

/// Packs entities.
///
/// # Errors
/// Those of postcard, and [`std::num::TryFromIntError`] for more bytes than 32 bits count.
pub fn pack(entities: &[Entity]) -> Result<Packed, Box<dyn std::error::Error>> {
    let mut packed = Packed { former: postcard::to_stdvec(&former(entities))?, ..Packed::default() };
    for entity in entities {
        packed.entities.extend(postcard::to_stdvec(entity)?);
        packed.ends.extend(u32::try_from(packed.entities.len())?.to_le_bytes());
    }
    Ok(packed)
}

fn former(entities: &[Entity]) -> Vec<(EntityKind, EntityId, u32)> {
    let positions = entities.iter().zip(0u32..);
    let mut former: Vec<_> = positions.flat_map(|(e, at)| e.was.iter().map(move |id| (e.kind, id.clone(), at))).collect();
    former.sort();
    former
}

/// The number at a position of packed numbers of 32 bits, low byte first; 0 behind the last.
pub(super) fn number(packed: &[u8], position: usize) -> usize {
    let at = packed.get(position * 4..position * 4 + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
    at.map_or(0, |four| usize::try_from(u32::from_le_bytes(four)).unwrap_or(0))
}

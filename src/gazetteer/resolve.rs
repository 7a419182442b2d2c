//! Ids as people give them: `technology:go`, or `go` where that is one thing only.
//!
//! In: what was written. Out: the entity, or a message that names those it may have meant.

use super::Gazetteer;
use crate::entity::{Entity, EntityId, EntityKind};

/// Ids less alike than this (0 to 1) are not suggested.
const ALIKE: f64 = 0.75;
/// How many are suggested.
const SUGGESTED: usize = 3;

impl Gazetteer {
    /// The entity of an id, with its kind or without.
    ///
    /// # Errors
    /// A message if there is none or there are several.
    pub fn resolve(&self, written: &str) -> Result<&Entity, String> {
        let (kinds, id) = match written.split_once(':') {
            Some((kind, id)) => (EntityKind::ALL.into_iter().filter(|k| k.name() == kind).collect(), id),
            None => (EntityKind::ALL.to_vec(), written),
        };
        if kinds.is_empty() {
            return Err(format!("`{written}` is no `kind:id`, such as `technology:go`"));
        }
        let found: Vec<&Entity> = kinds.iter().filter_map(|kind| self.get(*kind, &EntityId::new(id))).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(format!("there is no `{written}`{}", self.suggestion(&kinds, id))),
            several => Err(format!("`{written}` is several things: write {}", listed(several))),
        }
    }

    /// Entities that are called as it is written, else those whose ids are most like it.
    fn suggestion(&self, kinds: &[EntityKind], id: &str) -> String {
        let named: Vec<&Entity> = self.named(id).into_iter().filter(|e| kinds.contains(&e.kind)).take(SUGGESTED).collect();
        if !named.is_empty() {
            return format!("; that is the name of {}", listed(&named));
        }
        let alike = |e: &&Entity| strsim::normalized_damerau_levenshtein(e.id.as_str(), id);
        let entities = self.entities().into_iter().filter(|e| kinds.contains(&e.kind));
        let mut near: Vec<(f64, &Entity)> = entities.map(|e| (alike(&e), e)).filter(|(alike, _)| *alike >= ALIKE).collect();
        near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| (x.kind, &x.id).cmp(&(y.kind, &y.id))));
        let near: Vec<&Entity> = near.into_iter().take(SUGGESTED).map(|(_, e)| e).collect();
        if near.is_empty() {
            "; `techgraph gazetteer explain NAME` shows ids, and `gazetteer add` adds what is missing".to_owned()
        } else {
            format!("; near it: {}", listed(&near))
        }
    }
}

fn listed(entities: &[&Entity]) -> String {
    entities.iter().map(|e| format!("`{}:{}`", e.kind.name(), e.id)).collect::<Vec<_>>().join(", ")
}

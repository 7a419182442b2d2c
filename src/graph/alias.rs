//! What the nodes of a graph are also called.
//!
//! In: the graph and the gazetteer. Out: for each node that stands for an entity of the gazetteer, the ways to write its name
//! other than its label, in the order of the data.

use super::{NodeId, NodeKind, TechGraph};
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::normalize::key;
use std::collections::{BTreeMap, BTreeSet};

/// Ways to write names, by node; nodes without any are left out.
pub type Aliases = BTreeMap<NodeId, Vec<String>>;

/// The aliases of a graph's nodes.
pub fn aliases(graph: &TechGraph, gazetteer: &Gazetteer) -> Aliases {
    let known = graph.nodes().filter_map(|node| {
        let kind = EntityKind::ALL.into_iter().find(|kind| NodeKind::from(*kind) == node.kind)?;
        let entity = gazetteer.get(kind, &EntityId::new(node.id.parts().1))?;
        let mut seen = BTreeSet::from([key(&node.label)]);
        let others = entity.surfaces.iter().map(|surface| &surface.text).filter(|text| seen.insert(key(text)));
        Some((node.id.clone(), others.cloned().collect::<Vec<_>>()))
    });
    known.filter(|(_, names)| !names.is_empty()).collect()
}

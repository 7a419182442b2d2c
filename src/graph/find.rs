//! Which nodes a name means.
//!
//! In: a name as people type it: an id, a label, an alias that the gazetteer knows, an event's series. Out: the nodes of
//! the wanted kinds that it means, or an error that names those that are written alike. The nearest way of meaning wins:
//! who types the label of one thing does not want another of which that is an alias.

use super::{Node, NodeId, NodeKind, TechGraph};
use crate::entity::{EntityKind, slug};
use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::normalize::key;
use std::collections::BTreeSet;

/// How alike two names must be for one to be suggested for the other (Jaro–Winkler, 0 to 1), and how many are.
const ALIKE: (f64, usize) = (0.82, 3);
/// Names with more bytes are held against no others: that takes the product of both lengths.
const LONGEST: usize = 300;

/// The nodes of some kinds that a name means.
///
/// # Errors
/// [`Error::Unknown`] if there are none, with the names that are nearest.
pub fn find(graph: &TechGraph, gazetteer: &Gazetteer, kinds: &[NodeKind], name: &str) -> Result<BTreeSet<NodeId>, Error> {
    let nodes: Vec<&Node> = graph.nodes().filter(|node| kinds.contains(&node.kind)).collect();
    let (wanted, slugged) = (key(name), slug(name));
    let named = gazetteer.named(name);
    let aliases: BTreeSet<NodeId> = named.iter().map(|entity| NodeId::entity(entity.kind, &entity.id)).collect();
    let events = named.iter().filter(|entity| entity.kind == EntityKind::Event);
    let series: BTreeSet<String> = events.map(|event| key(&event.name)).chain([wanted.clone()]).collect();
    let ways: [&dyn Fn(&Node) -> bool; 5] = [
        &|node| node.id.as_str() == name,
        &|node| key(&node.label) == wanted,
        &|node| node.id.parts().1 == slugged && !slugged.is_empty(),
        &|node| aliases.contains(&node.id),
        &|node| node.series.as_ref().is_some_and(|own| series.contains(&key(own))),
    ];
    for is_meant in ways {
        let found: BTreeSet<NodeId> = nodes.iter().filter(|node| is_meant(node)).map(|node| node.id.clone()).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(unknown(&nodes, gazetteer, kinds, name))
}

fn unknown(nodes: &[&Node], gazetteer: &Gazetteer, kinds: &[NodeKind], name: &str) -> Error {
    let what = match kinds {
        [NodeKind::Technology, ..] if kinds.len() == 2 => "technology",
        [only] => only.name(),
        _ => "node",
    };
    let known = gazetteer.named(name).into_iter().find(|entity| kinds.contains(&entity.kind.into()));
    if let Some(entity) = known {
        return Error::Unknown(format!("no talk of this graph names `{name}`, which is the {what} {}", entity.name));
    }
    let near = near(nodes, gazetteer, name);
    let advice = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) };
    Error::Unknown(format!("no {what} of this graph is called `{name}`{advice}"))
}

/// The labels of the nodes that have the names most alike.
fn near(nodes: &[&Node], gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let wanted = key(name);
    let alike = |other: &str| strsim::jaro_winkler(&wanted, &key(other));
    let likeness = |node: &Node| {
        let known = EntityKind::ALL.into_iter().find(|kind| NodeKind::from(*kind) == node.kind);
        let entity = known.and_then(|kind| gazetteer.get(kind, &crate::entity::EntityId::new(node.id.parts().1)));
        let aliases = entity.into_iter().flat_map(|e| e.surfaces.iter().map(|surface| surface.text.as_str()));
        let names = aliases.chain([node.label.as_str(), node.id.parts().1]).chain(node.series.as_deref());
        names.map(alike).fold(0.0, f64::max)
    };
    let mut near: Vec<(f64, &Node)> = nodes.iter().map(|node| (likeness(node), *node)).filter(|(alike, _)| *alike >= ALIKE.0).collect();
    near.sort_by(|(a, m), (b, n)| b.total_cmp(a).then(n.talks.cmp(&m.talks)));
    let mut labels: Vec<String> = Vec::new();
    for (_, node) in near {
        if !labels.contains(&node.label) && labels.len() < ALIKE.1 {
            labels.push(node.label.clone());
        }
    }
    labels
}

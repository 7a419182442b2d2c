//! Which technologies are named together.
//!
//! In: the graph and the technologies that matter. Out: pairs of them with the number of talks that name both; where a graph
//! has no talks, its reports count in their place.

use crate::graph::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use std::collections::{BTreeMap, BTreeSet};

/// What names technologies in a graph: its talks, or its reports where none has a talk.
pub fn speaking(graph: &TechGraph) -> impl Iterator<Item = &Node> {
    let kind = if graph.nodes_of(NodeKind::Talk).next().is_some() { NodeKind::Talk } else { NodeKind::Document };
    graph.nodes_of(kind)
}

/// Pairs of technologies, sorted by id, with how many talks name both.
pub fn together<'g>(graph: &'g TechGraph, technologies: &BTreeSet<&NodeId>) -> BTreeMap<(&'g NodeId, &'g NodeId), usize> {
    let mut pairs = BTreeMap::new();
    for talk in speaking(graph) {
        let named = graph.from(&talk.id, EdgeKind::Mentions).into_iter().map(|(node, _)| &node.id);
        let named: BTreeSet<&NodeId> = named.filter(|id| technologies.contains(id)).collect();
        for (index, first) in named.iter().enumerate() {
            for second in named.iter().skip(index + 1) {
                *pairs.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    pairs
}

//! Which technologies are named together.
//!
//! In: the graph and the technologies that matter. Out: pairs of them with the number of talks that name both; where a graph
//! has no talks, its reports count in their place.

use crate::graph::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use std::collections::{BTreeMap, BTreeSet};

/// What names technologies in a graph: its talks, or its reports where none has a talk.
pub fn speaking(graph: &TechGraph) -> impl Iterator<Item = &Node> {
    let kind = if Voice::of(graph) == Voice::Talks { NodeKind::Talk } else { NodeKind::Document };
    graph.nodes_of(kind)
}

/// What is counted in a graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Voice {
    /// Its talks; where it has neither talks nor reports, those that it was made of.
    #[default]
    Talks,
    /// Its reports, of which none has a talk.
    Reports,
}

impl Voice {
    /// What is counted in a graph.
    pub fn of(graph: &TechGraph) -> Self {
        let has = |kind| graph.nodes_of(kind).next().is_some();
        if !has(NodeKind::Talk) && has(NodeKind::Document) { Self::Reports } else { Self::Talks }
    }

    /// `3 talks`, `1 report`.
    pub fn counted(self, count: usize) -> String {
        format!("{count} {}{}", self.name(), if count == 1 { "" } else { "s" })
    }

    /// `talk` or `report`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Talks => "talk",
            Self::Reports => "report",
        }
    }
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

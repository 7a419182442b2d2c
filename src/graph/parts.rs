//! A graph taken apart into its nodes and edges: what building and choosing work on, and the counts that both keep true.

use super::node::TalkPlace;
use super::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::record::Evidence;
use std::collections::{BTreeMap, HashMap};

/// Nodes by id.
pub(super) type Nodes = BTreeMap<NodeId, Node>;
/// Edges by source, target and kind.
pub(super) type Edges = BTreeMap<(NodeId, NodeId, EdgeKind), Edge>;

/// The nodes and edges of a graph.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) nodes: Nodes,
    pub(super) edges: Edges,
}

impl Parts {
    pub(super) fn of(graph: &TechGraph) -> Self {
        let nodes = graph.nodes().map(|n| (n.id.clone(), n.clone())).collect();
        let edges = graph.edges().map(|(s, t, e)| ((s.id.clone(), t.id.clone(), e.kind), e.clone())).collect();
        Self { nodes, edges }
    }

    pub(super) fn graph(self) -> TechGraph {
        TechGraph::new(self.nodes, self.edges)
    }

    /// Keeps some of the nodes, and the edges between them.
    pub(super) fn keep(&mut self, wanted: impl Fn(&Node) -> bool) {
        self.nodes.retain(|_, node| wanted(node));
        let nodes = &self.nodes;
        self.edges.retain(|(source, target, _), _| nodes.contains_key(source) && nodes.contains_key(target));
    }

    /// Keeps some of the edges.
    pub(super) fn keep_edges(&mut self, wanted: impl Fn(&NodeId, &NodeId, EdgeKind) -> bool) {
        self.edges.retain(|(source, target, kind), _| wanted(source, target, *kind));
    }

    /// Makes counts and derived edges say what the talks and documents that are left say.
    pub(super) fn recount(&mut self) {
        let nodes = &self.nodes;
        let told = told(nodes, &self.edges);
        self.edges.retain(|(source, _, kind), edge| match kind {
            EdgeKind::Uses => {
                edge.talks.retain(|talk| nodes.contains_key(talk));
                edge.count = edge.talks.len();
                edge.count > 0
            }
            EdgeKind::WorksAt if !edge.evidence.is_empty() => {
                let places = told.get(source).map_or(&[][..], Vec::as_slice);
                let report = |e: &Evidence| places.iter().any(|place| place.document == e.document);
                let talk = |e: &Evidence| {
                    places.iter().any(|place| place.document == e.document && (place.start_line..=place.end_line).contains(&e.line))
                };
                // What a report says of its speakers outside their talks counts where the talks say nothing.
                let is_said = edge.evidence.iter().any(talk);
                edge.evidence.retain(|e| if is_said { talk(e) } else { report(e) });
                edge.count = edge.evidence.len();
                edge.count > 0
            }
            _ => true,
        });
        self.count_talks();
    }

    /// How many talks are joined to each node.
    pub(super) fn count_talks(&mut self) {
        let mut talks: HashMap<&NodeId, usize> = HashMap::new();
        let mut last = None;
        for (source, target, _) in self.edges.keys() {
            // Edges of several kinds between two nodes stand side by side.
            let seen = last.replace((source, target)) == Some((source, target));
            if !seen && self.nodes.get(source).is_some_and(|n| n.kind == NodeKind::Talk) {
                *talks.entry(target).or_default() += 1;
            }
        }
        for (id, node) in &mut self.nodes {
            node.talks = talks.get(id).copied().unwrap_or(0);
        }
    }
}

/// Where reports describe the talks of each person.
fn told(nodes: &Nodes, edges: &Edges) -> BTreeMap<NodeId, Vec<TalkPlace>> {
    let mut told: BTreeMap<NodeId, Vec<TalkPlace>> = BTreeMap::new();
    for (talk, person, _) in edges.keys().filter(|(.., kind)| *kind == EdgeKind::PresentedBy) {
        let places = nodes.get(talk).into_iter().flat_map(|talk| talk.places.iter().cloned());
        told.entry(person.clone()).or_default().extend(places);
    }
    told
}

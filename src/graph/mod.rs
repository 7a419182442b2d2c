//! The graph: who talked about which technology, at which company, at which event; each edge with its evidence.
//!
//! [`build`] makes it from extracts, [`store`] reads it back from a file, [`filter`] chooses a part of it
//! ([`wanted`]: as people say it), [`find`] tells which nodes a name means, [`alias`] what they are also called, [`redact`] leaves people out, [`link`] leads to the published reports; [`TechGraph`] keeps petgraph private behind queries of the domain. Nodes enter sorted
//! by id, edges sorted by source, target and kind, so that the same input gives the same graph.

pub mod alias;
pub mod build;
mod edge;
pub mod filter;
pub mod find;
pub mod link;
mod node;
mod parts;
pub mod redact;
mod same;
pub mod store;
pub mod wanted;

pub use edge::{Edge, EdgeKind};
pub use node::{Node, NodeId, NodeKind};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// Name and version of the graph's schema.
pub const GRAPH_SCHEMA: &str = "techgraph/graph/1";

/// A knowledge graph of talks.
#[derive(Debug, Clone, Default)]
pub struct TechGraph {
    graph: DiGraph<Node, Edge>,
    index: BTreeMap<NodeId, NodeIndex>,
}

impl TechGraph {
    /// A graph of nodes and edges in any order; an edge to a node that is not there is left out.
    pub(crate) fn new(nodes: BTreeMap<NodeId, Node>, edges: BTreeMap<(NodeId, NodeId, EdgeKind), Edge>) -> Self {
        let mut graph = DiGraph::with_capacity(nodes.len(), edges.len());
        let index: BTreeMap<NodeId, NodeIndex> = nodes.into_iter().map(|(id, node)| (id, graph.add_node(node))).collect();
        for ((source, target, _), edge) in edges {
            if let (Some(source), Some(target)) = (index.get(&source), index.get(&target)) {
                graph.add_edge(*source, *target, edge);
            }
        }
        Self { graph, index }
    }

    /// The same with the first `most` pieces of evidence of each edge; counts stay those of all.
    #[must_use]
    pub fn with_evidence(mut self, most: usize) -> Self {
        self.graph.edge_weights_mut().for_each(|edge| edge.evidence.truncate(most));
        self
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many edges there are.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// All nodes, sorted by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.index.values().map(|i| &self.graph[*i])
    }

    /// The nodes of a kind, sorted by id.
    pub fn nodes_of(&self, kind: NodeKind) -> impl Iterator<Item = &Node> {
        self.nodes().filter(move |n| n.kind == kind)
    }

    /// The node with an id.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.index.get(id).map(|i| &self.graph[*i])
    }

    /// All edges as source, target and edge, sorted by them.
    pub fn edges(&self) -> impl Iterator<Item = (&Node, &Node, &Edge)> {
        self.graph.edge_references().map(|e| (&self.graph[e.source()], &self.graph[e.target()], e.weight()))
    }

    /// The edges of a kind that leave a node, with where they lead, sorted by it.
    pub fn from(&self, id: &NodeId, kind: EdgeKind) -> Vec<(&Node, &Edge)> {
        self.around(id, kind, Direction::Outgoing)
    }

    /// The edges of a kind that reach a node, with where they come from, sorted by it.
    pub fn to(&self, id: &NodeId, kind: EdgeKind) -> Vec<(&Node, &Edge)> {
        self.around(id, kind, Direction::Incoming)
    }

    fn around(&self, id: &NodeId, kind: EdgeKind, direction: Direction) -> Vec<(&Node, &Edge)> {
        let Some(index) = self.index.get(id) else { return Vec::new() };
        let edges = self.graph.edges_directed(*index, direction).filter(|e| e.weight().kind == kind);
        let other = |source, target| if direction == Direction::Outgoing { target } else { source };
        let mut found: Vec<_> = edges.map(|e| (&self.graph[other(e.source(), e.target())], e.weight())).collect();
        found.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        found
    }
}

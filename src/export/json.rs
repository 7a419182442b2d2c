//! The graph as node-link JSON, as networkx and d3 read it.

use crate::error::Error;
use crate::graph::{EdgeKind, GRAPH_SCHEMA, Node, NodeId, TechGraph};
use crate::record::Evidence;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// The whole file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GraphJson<'a> {
    /// [`GRAPH_SCHEMA`].
    pub schema: &'static str,
    /// Always true.
    pub directed: bool,
    /// Always true.
    pub multigraph: bool,
    /// About the graph as a whole.
    pub graph: Summary,
    /// Sorted by id.
    pub nodes: Vec<&'a Node>,
    /// Sorted by source, target and kind.
    pub edges: Vec<EdgeJson<'a>>,
}

/// About the graph as a whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// What wrote it.
    pub generator: &'static str,
    /// Its version.
    pub version: &'static str,
    /// How many nodes there are of each kind.
    pub nodes: BTreeMap<&'static str, usize>,
    /// How many edges there are of each kind.
    pub edges: BTreeMap<&'static str, usize>,
}

/// An edge.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EdgeJson<'a> {
    /// Where it starts.
    pub source: &'a NodeId,
    /// Where it leads.
    pub target: &'a NodeId,
    /// What it says.
    pub kind: EdgeKind,
    /// How often: mentions, or the talks it is derived from.
    pub count: usize,
    /// Where the text says so.
    pub evidence: &'a [Evidence],
    /// The talks that a derived edge rests on.
    #[serde(skip_serializing_if = "<[NodeId]>::is_empty")]
    pub talks: &'a [NodeId],
}

impl<'a> GraphJson<'a> {
    /// What is written of a graph.
    pub fn of(graph: &'a TechGraph) -> Self {
        let mut summary =
            Summary { generator: "techgraph", version: env!("CARGO_PKG_VERSION"), nodes: BTreeMap::new(), edges: BTreeMap::new() };
        graph.nodes().for_each(|n| *summary.nodes.entry(n.kind.name()).or_default() += 1);
        graph.edges().for_each(|(_, _, e)| *summary.edges.entry(e.kind.name()).or_default() += 1);
        let edges = graph.edges().map(|(source, target, edge)| EdgeJson {
            source: &source.id,
            target: &target.id,
            kind: edge.kind,
            count: edge.count,
            evidence: &edge.evidence,
            talks: &edge.talks,
        });
        Self {
            schema: GRAPH_SCHEMA,
            directed: true,
            multigraph: true,
            graph: summary,
            nodes: graph.nodes().collect(),
            edges: edges.collect(),
        }
    }
}

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(graph: &TechGraph, out: &mut dyn Write) -> Result<(), Error> {
    serde_json::to_writer_pretty(&mut *out, &GraphJson::of(graph))?;
    out.write_all(b"\n")?;
    Ok(())
}

//! `/api/entities/{id}`: a node, what it is joined to, and the sentences that say so.

use super::{Brief, Endpoint, Page, Scene};
use crate::graph::find::find;
use crate::graph::{Edge, EdgeKind, Node, NodeKind};
use crate::record::Evidence;
use crate::serve::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

pub(super) struct Entity;

/// How many pieces of evidence an edge has where nobody says.
const EVIDENCE: usize = 3;

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Query {
    /// Its id, such as `technology:kubernetes`, or a name that only it has
    id: String,
    /// How many sentences for each edge at most: 3, if not said
    evidence: Option<usize>,
}

/// A node with its surroundings.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct About<'a> {
    /// The node.
    node: &'a Node,
    /// What it is also called.
    aliases: &'a [String],
    /// What it is joined to, what is said most often first.
    edges: Page<Join<'a>>,
}

/// An edge, from one of its ends.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Join<'a> {
    kind: EdgeKind,
    /// Whether it starts at the node that was asked for.
    outgoing: bool,
    /// The other end.
    node: Brief<'a>,
    /// How often: mentions, or the talks it is derived from.
    count: usize,
    /// How many places say so.
    said: usize,
    /// The first of them.
    evidence: &'a [Evidence],
}

impl Endpoint for Entity {
    const PATH: &'static str = "/api/entities/{id}";
    const ABOUT: &'static str = "A node, what it is also called, what it is joined to, and the sentences that say so.";
    type Query = Query;
    type Answer<'a> = About<'a>;

    fn answer<'a>(scene: &'a Scene, query: Query) -> Result<About<'a>, Refusal> {
        let meant = find(&scene.graph, scene.gazetteer, &NodeKind::ALL, &query.id)?;
        let [id] = meant.iter().collect::<Vec<_>>()[..] else {
            let ids: Vec<&str> = meant.iter().map(|id| id.as_str()).collect();
            return Err(Refusal::question(format!("`{}` is several things: {}", query.id, ids.join(", "))));
        };
        let Some(node) = scene.graph.node(id) else { return Err(Refusal::unknown(format!("there is no `{id}`"))) };
        let most = query.evidence.unwrap_or(EVIDENCE);
        let join = |outgoing: bool| {
            move |(node, edge): (&'a Node, &'a Edge)| Join {
                kind: edge.kind,
                outgoing,
                node: node.into(),
                count: edge.count,
                said: edge.evidence.len(),
                evidence: &edge.evidence[..most.min(edge.evidence.len())],
            }
        };
        let mut joins: Vec<Join> = Vec::new();
        for kind in EdgeKind::ALL {
            joins.extend(scene.graph.from(&node.id, kind).into_iter().map(join(true)));
            joins.extend(scene.graph.to(&node.id, kind).into_iter().map(join(false)));
        }
        joins.sort_by_key(|join| (Reverse(join.count), join.kind, join.node.id));
        let aliases = scene.snapshot.aliases.get(&node.id).map_or(&[][..], Vec::as_slice);
        Ok(About { node, aliases, edges: scene.page(joins) })
    }
}

//! `/api/cooccurrence`: which technologies are named in the same talks.

use super::{Endpoint, Page, Scene};
use crate::analysis::together::together;
use crate::graph::find::find;
use crate::graph::{Node, NodeId, NodeKind};
use crate::serve::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

pub(super) struct Cooccurrence;

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Query {
    /// Only pairs with this technology
    with: Option<String>,
}

/// Two technologies.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Pair<'a> {
    source: &'a NodeId,
    target: &'a NodeId,
    source_label: &'a str,
    target_label: &'a str,
    /// Talks that name both; reports, where none has a talk.
    talks: usize,
}

impl Endpoint for Cooccurrence {
    const PATH: &'static str = "/api/cooccurrence";
    const ABOUT: &'static str = "Pairs of technologies that the same talks name, those of the most talks first.";
    type Query = Query;
    type Answer<'a> = Page<Pair<'a>>;

    fn answer<'a>(scene: &'a Scene, query: Query) -> Result<Page<Pair<'a>>, Refusal> {
        let with = query.with.map(|name| find(&scene.graph, scene.gazetteer, &[NodeKind::Technology], &name)).transpose()?;
        let technologies: BTreeSet<&NodeId> = scene.graph.nodes_of(NodeKind::Technology).map(|node| &node.id).collect();
        let wanted = |id: &NodeId| with.as_ref().is_none_or(|with| with.contains(id));
        let pairs = together(&scene.graph, &technologies).into_iter().filter(|((a, b), _)| wanted(a) || wanted(b));
        let mut pairs: Vec<((&NodeId, &NodeId), usize)> = pairs.collect();
        pairs.sort_by_key(|(pair, talks)| (Reverse(*talks), *pair));
        let label = |id: &'a NodeId| scene.graph.node(id).map_or(id.as_str(), |node: &Node| &node.label);
        let pair = |((a, b), talks)| Pair { source: a, target: b, source_label: label(a), target_label: label(b), talks };
        let Page { total, offset, items } = scene.page(pairs);
        Ok(Page { total, offset, items: items.into_iter().map(pair).collect() })
    }
}

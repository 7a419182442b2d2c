//! `/api/search`: nodes by what they are called.

use super::{Brief, Endpoint, Page, Scene};
use crate::graph::{Node, NodeKind};
use crate::normalize::key;
use crate::serve::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

pub(super) struct Search;

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Query {
    /// What the name has in it, as it is typed so far: `k8s`, `쿠버`
    q: String,
}

/// A node that is called so.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Found<'a> {
    #[serde(flatten)]
    node: Brief<'a>,
    /// The alias that has it, where the label has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'a str>,
}

impl Endpoint for Search {
    const PATH: &'static str = "/api/search";
    const ABOUT: &'static str = "Nodes by label or alias, best first: the whole name, its start, the start of a word in it, anywhere in it; \
                                 of equals, the one with more talks. Talks and reports come last.";
    type Query = Query;
    type Answer<'a> = Page<Found<'a>>;

    fn answer<'a>(scene: &'a Scene, query: Query) -> Result<Page<Found<'a>>, Refusal> {
        let wanted = key(&query.q);
        if wanted.is_empty() {
            return Ok(scene.page(Vec::new()));
        }
        let mut found: Vec<(usize, Found)> = scene.graph.nodes().filter_map(|node| found(scene, node, &wanted)).collect();
        found.sort_by_key(|(rank, found)| (*rank, Reverse(found.node.talks), found.node.id));
        Ok(scene.page(found.into_iter().map(|(_, found)| found).collect()))
    }
}

/// How well a node's best name answers, 0 for the whole name.
fn found<'a>(scene: &'a Scene, node: &'a Node, wanted: &str) -> Option<(usize, Found<'a>)> {
    let aliases = scene.snapshot.aliases.get(&node.id).into_iter().flatten().map(String::as_str);
    let names = std::iter::once(node.label.as_str()).chain(node.series.as_deref()).chain(aliases);
    let (rank, name) = names.filter_map(|name| Some((rank(&key(name), wanted)?, name))).min_by_key(|(rank, _)| *rank)?;
    let later = if matches!(node.kind, NodeKind::Talk | NodeKind::Document) { 4 } else { 0 };
    Some((rank + later, Found { node: node.into(), alias: (name != node.label).then_some(name) }))
}

fn rank(name: &str, wanted: &str) -> Option<usize> {
    // To look for what cannot be there takes time, too.
    if wanted.len() > name.len() {
        return None;
    }
    let at = name.find(wanted)?;
    let is_word = || name.match_indices(wanted).any(|(at, _)| name[..at].ends_with(|c: char| !c.is_alphanumeric()));
    Some(match at {
        0 if name.len() == wanted.len() => 0,
        0 => 1,
        _ if is_word() => 2,
        _ => 3,
    })
}

//! `/api/graph`: the graph, as `-f json` writes it.

use super::{Endpoint, Nothing, Scene};
use crate::export::json::GraphJson;
use crate::serve::refusal::Refusal;

pub(super) struct Graph;

impl Endpoint for Graph {
    const PATH: &'static str = "/api/graph";
    const ABOUT: &'static str =
        "The graph as node-link JSON. With `limit` or `offset`, those of its nodes, sorted by id, and the edges that start at them.";
    type Query = Nothing;
    type Answer<'a> = GraphJson<'a>;

    fn answer<'a>(scene: &'a Scene, _: Nothing) -> Result<GraphJson<'a>, Refusal> {
        let mut json = GraphJson::of(&scene.graph);
        let (offset, limit) = (scene.paging.offset, scene.paging.limit.unwrap_or(usize::MAX));
        if offset > 0 || limit < json.nodes.len() {
            json.nodes = json.nodes.into_iter().skip(offset).take(limit).collect();
            // Nodes are sorted by id, so those of a page lie between its first and its last.
            let ends = json.nodes.first().zip(json.nodes.last()).map(|(first, last)| (&first.id, &last.id));
            json.edges.retain(|edge| ends.is_some_and(|(first, last)| (first..=last).contains(&edge.source)));
        }
        Ok(json)
    }
}

//! `/api/entities`: nodes, those with the most talks first.

use super::{Brief, Endpoint, Nothing, Page, Scene};
use crate::graph::Node;
use crate::serve::refusal::Refusal;
use std::cmp::Reverse;

pub(super) struct Entities;

impl Endpoint for Entities {
    const PATH: &'static str = "/api/entities";
    const ABOUT: &'static str = "Nodes, those with the most talks first; `kind` says of which kind.";
    type Query = Nothing;
    type Answer<'a> = Page<Brief<'a>>;

    fn answer<'a>(scene: &'a Scene, _: Nothing) -> Result<Page<Brief<'a>>, Refusal> {
        let mut nodes: Vec<&Node> = scene.graph.nodes().collect();
        nodes.sort_by_key(|node| (Reverse(node.talks), &node.id));
        Ok(scene.page(nodes.into_iter().map(Brief::from).collect()))
    }
}

//! `/api/grafana/nodes` and `/api/grafana/edges`: rows for Grafana's node graph, as `-f grafana` writes them.

use super::{Endpoint, Nothing, Scene};
use crate::export::{Options, grafana, view};
use crate::serve::refusal::Refusal;
use serde_json::Value;

pub(super) struct Nodes;
pub(super) struct Edges;

fn rows(scene: &Scene) -> (Vec<Value>, Vec<Value>) {
    grafana::rows(&view::view(&scene.graph, &grafana::most(&scene.graph, &Options::default().dashboard)))
}

impl Endpoint for Nodes {
    const PATH: &'static str = "/api/grafana/nodes";
    const ABOUT: &'static str = "Nodes for Grafana's node graph, 200 at most (Infinity data source, format `node-graph-nodes`).";
    const PAGED: bool = false;
    type Query = Nothing;
    type Answer<'a> = Vec<Value>;

    fn answer(scene: &Scene, _: Nothing) -> Result<Vec<Value>, Refusal> {
        Ok(rows(scene).0)
    }
}

impl Endpoint for Edges {
    const PATH: &'static str = "/api/grafana/edges";
    const ABOUT: &'static str = "Edges between those nodes (format `node-graph-edges`).";
    const PAGED: bool = false;
    type Query = Nothing;
    type Answer<'a> = Vec<Value>;

    fn answer(scene: &Scene, _: Nothing) -> Result<Vec<Value>, Refusal> {
        Ok(rows(scene).1)
    }
}

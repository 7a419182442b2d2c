//! The graph as flat rows: what the formats that hold everything say about nodes and edges.
//!
//! In: the graph. Out: a [`Table`] of nodes and edges whose columns have one name, type and order in every format. Lists and
//! evidence have no place in most formats, so they are JSON in a text: nothing is lost, and every reader has a JSON parser.
//! The first and last day of what is joined is measured here, so that no format measures anything.

use crate::graph::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A day, `YYYY-MM-DD`; its values are texts.
    Day,
    /// A whole number.
    Count,
    /// A list or a structure.
    Json,
}

/// A value of a column.
#[derive(Debug, Clone)]
pub enum Value<'g> {
    /// Text.
    Text(&'g str),
    /// A whole number.
    Count(usize),
    /// A list or a structure.
    Json(serde_json::Value),
}

/// Name and type of a column.
pub type Column = (&'static str, Type);

/// What there is to say about a node beside its id.
pub const NODE_COLUMNS: [Column; 15] = [
    ("kind", Type::Text),
    ("label", Type::Text),
    ("category", Type::Text),
    ("url", Type::Text),
    ("series", Type::Text),
    ("place", Type::Text),
    ("date", Type::Day),
    ("language", Type::Text),
    ("talks", Type::Count),
    ("first_day", Type::Day),
    ("last_day", Type::Day),
    ("places", Type::Json),
    ("links", Type::Json),
    ("resources", Type::Json),
    ("same_as", Type::Json),
];

/// What there is to say about an edge beside its ends.
pub const EDGE_COLUMNS: [Column; 6] = [
    ("kind", Type::Text),
    ("count", Type::Count),
    ("first_day", Type::Day),
    ("last_day", Type::Day),
    ("talks", Type::Json),
    ("evidence", Type::Json),
];

/// The graph, flat.
#[derive(Debug)]
pub struct Table<'g> {
    /// Sorted by id.
    pub nodes: Vec<NodeRow<'g>>,
    /// Sorted by source, target and kind.
    pub edges: Vec<EdgeRow<'g>>,
}

/// The first and the last day, `YYYY-MM-DD`.
pub type Days<'g> = Option<(&'g str, &'g str)>;

/// A node.
#[derive(Debug)]
pub struct NodeRow<'g> {
    /// The node.
    pub node: &'g Node,
    /// Its own day, else those of its talks.
    pub days: Days<'g>,
}

/// An edge.
#[derive(Debug)]
pub struct EdgeRow<'g> {
    /// Where it starts.
    pub source: &'g Node,
    /// Where it leads.
    pub target: &'g Node,
    /// What it says.
    pub edge: &'g Edge,
    /// The days of the talks that say so.
    pub days: Days<'g>,
}

impl<'g> Table<'g> {
    /// The rows of a graph.
    pub fn of(graph: &'g TechGraph) -> Self {
        let mut days: BTreeMap<&NodeId, (&str, &str)> = BTreeMap::new();
        let mut widen = |id: &'g NodeId, day: &'g str| {
            let known = days.entry(id).or_insert((day, day));
            *known = (known.0.min(day), known.1.max(day));
        };
        for (source, target, _) in graph.edges() {
            if let Some(day) = source.date.as_deref().filter(|_| source.kind == NodeKind::Talk) {
                widen(&target.id, day);
            }
        }
        let of_node = |node: &'g Node| node.date.as_deref().map(|day| (day, day)).or_else(|| days.get(&node.id).copied());
        let of_edge = |source: &'g Node, edge: &'g Edge| match edge.kind {
            EdgeKind::Maintains => None,
            EdgeKind::Uses => {
                let days = edge.talks.iter().filter_map(|talk| graph.node(talk)?.date.as_deref());
                days.clone().min().zip(days.max())
            }
            _ => of_node(source),
        };
        Self {
            nodes: graph.nodes().map(|node| NodeRow { node, days: of_node(node) }).collect(),
            edges: graph.edges().map(|(source, target, edge)| EdgeRow { source, target, edge, days: of_edge(source, edge) }).collect(),
        }
    }
}

impl<'g> NodeRow<'g> {
    /// The values of [`NODE_COLUMNS`].
    pub fn values(&self) -> [Option<Value<'g>>; 15] {
        let node = self.node;
        [
            Some(Value::Text(node.kind.name())),
            Some(Value::Text(&node.label)),
            text(node.category.as_ref()),
            text(node.url.as_ref()),
            text(node.series.as_ref()),
            text(node.place.as_ref()),
            text(node.date.as_ref()),
            text(node.language.as_ref()),
            Some(Value::Count(node.talks)),
            self.days.map(|days| Value::Text(days.0)),
            self.days.map(|days| Value::Text(days.1)),
            json(&node.places, node.places.is_empty()),
            json(&node.links, node.links.is_empty()),
            json(&node.resources, node.resources.is_empty()),
            json(&node.same_as, node.same_as.is_empty()),
        ]
    }

    /// What is said about the node: column and value.
    pub fn said(&self) -> impl Iterator<Item = (Column, Value<'g>)> + use<'g> {
        NODE_COLUMNS.into_iter().zip(self.values()).filter_map(|(column, value)| Some((column, value?)))
    }
}

impl<'g> EdgeRow<'g> {
    /// An identity made of what it joins and how: no two edges share it.
    pub fn id(&self) -> String {
        format!("{} -{}-> {}", self.source.id, self.edge.kind.name(), self.target.id)
    }

    /// The values of [`EDGE_COLUMNS`].
    pub fn values(&self) -> [Option<Value<'g>>; 6] {
        let edge = self.edge;
        [
            Some(Value::Text(edge.kind.name())),
            Some(Value::Count(edge.count)),
            self.days.map(|days| Value::Text(days.0)),
            self.days.map(|days| Value::Text(days.1)),
            json(&edge.talks, edge.talks.is_empty()),
            json(&edge.evidence, edge.evidence.is_empty()),
        ]
    }

    /// What is said about the edge: column and value.
    pub fn said(&self) -> impl Iterator<Item = (Column, Value<'g>)> + use<'g> {
        EDGE_COLUMNS.into_iter().zip(self.values()).filter_map(|(column, value)| Some((column, value?)))
    }
}

impl Value<'_> {
    /// The value as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Json(value) => Cow::Owned(value.to_string()),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => (*text).into(),
            Self::Count(count) => (*count).into(),
            Self::Json(value) => value.clone(),
        }
    }
}

fn text(value: Option<&String>) -> Option<Value<'_>> {
    value.map(|text| Value::Text(text))
}

fn json<'g, T: Serialize>(value: &T, is_empty: bool) -> Option<Value<'g>> {
    serde_json::to_value(value).ok().filter(|_| !is_empty).map(Value::Json)
}

//! What a picture shows: the graph as ordered flat lists of companies, talks and technologies, with what was measured.
//!
//! In: the graph and [`ViewOptions`]. Out: a [`View`]. Formats that draw measure nothing themselves. Few talks are shown one
//! by one, many by what they join: see [`overview`].

use super::overview::overview;
use super::svg::left_out;
use crate::analysis::together::{Voice, speaking};
use crate::graph::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::record::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// What a picture may show at most.
#[derive(Debug, Clone)]
pub struct ViewOptions {
    /// Companies, by the number of their talks. Default: 60.
    pub companies: usize,
    /// Companies where talks are not shown one by one. Default: 30.
    pub overview: usize,
    /// Technologies, by the number of talks that mention them. Default: 60.
    pub technologies: usize,
    /// Talks; a picture of more shows what they join instead. Default: 60.
    pub talks: usize,
    /// Edges, by how often they are said. Default: all.
    pub edges: usize,
}

impl Default for ViewOptions {
    fn default() -> Self {
        Self { companies: 60, overview: 30, technologies: 60, talks: 60, edges: usize::MAX }
    }
}

/// A graph to draw.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// What it is a picture of: the event if there is one only, else how many reports.
    pub title: String,
    /// Companies, talks (or reports without talks), technologies; each in the order to show, before a layout moves them.
    pub nodes: Vec<ViewNode>,
    /// Between nodes by index: companies to talks, talks to technologies, or companies and technologies among each other.
    pub edges: Vec<ViewEdge>,
    /// What was left out, if anything.
    pub note: Option<String>,
    /// How it is best laid out.
    pub plan: Plan,
    /// Whether its numbers are of talks, or of reports in their place.
    pub voice: Voice,
}

/// How a view is best laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Plan {
    /// A column for each kind of node.
    #[default]
    Columns,
    /// Near each other what is joined.
    Plane,
}

/// A node to draw.
#[derive(Debug, Clone)]
pub struct ViewNode {
    /// Identity in the graph.
    pub id: NodeId,
    /// Company, talk or technology.
    pub kind: NodeKind,
    /// What to write on it.
    pub label: String,
    /// More about it, for a tooltip.
    pub detail: String,
    /// Its place in the taxonomy.
    pub category: Option<String>,
    /// The day of a talk, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where a click leads.
    pub url: Option<String>,
    /// How many talks are joined to it, or reports where there are no talks.
    pub talks: usize,
    /// Its community, from 0, where the view has communities.
    pub group: usize,
}

/// An edge to draw.
#[derive(Debug, Clone)]
pub struct ViewEdge {
    /// Index of a company or talk.
    pub source: usize,
    /// Index of a talk or technology.
    pub target: usize,
    /// What it says.
    pub join: Join,
    /// How often.
    pub count: usize,
    /// The first evidence, for a tooltip.
    pub detail: String,
}

/// What an edge of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// What an edge of the graph says.
    Said(EdgeKind),
    /// That the same talks name both.
    Together,
}

impl Join {
    /// As it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Said(kind) => kind.name(),
            Self::Together => "named_together",
        }
    }
}

/// Chooses what to show.
pub fn view(graph: &TechGraph, options: &ViewOptions) -> View {
    let talks: Vec<&Node> = speaking(graph).collect();
    if talks.is_empty() || talks.len() > options.talks {
        return overview(graph, options);
    }
    let mut weights: BTreeMap<&NodeId, (usize, usize)> = BTreeMap::new();
    for talk in &talks {
        for (technology, edge) in graph.from(&talk.id, EdgeKind::Mentions) {
            if technology.kind == NodeKind::Technology {
                let weight = weights.entry(&technology.id).or_default();
                weight.0 += 1;
                weight.1 += edge.count;
            }
        }
    }
    let mut spoken: BTreeMap<&NodeId, (usize, usize)> = BTreeMap::new();
    talks.iter().flat_map(|t| graph.from(&t.id, EdgeKind::Represents)).for_each(|(c, _)| spoken.entry(&c.id).or_default().0 += 1);
    let (technologies, fewer_technologies) = most(weights, options.technologies);
    let (companies, fewer_companies) = most(spoken, options.companies);
    let companies: BTreeSet<&NodeId> = companies.into_iter().collect();
    let mut in_order = talks.clone();
    in_order.sort_by_key(|talk| talk.places.first().map(|p| (p.document.clone(), p.start_line)));
    let shown = companies.into_iter().chain(in_order.iter().map(|t| &t.id)).chain(technologies);
    let nodes: Vec<ViewNode> = shown.filter_map(|id| graph.node(id)).map(|n| node(graph, n)).collect();
    let index: BTreeMap<&NodeId, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.id, i)).collect();
    let mut edges = Vec::new();
    for talk in &in_order {
        let own = index[&talk.id];
        let ends = |kind| graph.from(&talk.id, kind).into_iter().filter_map(|(end, edge)| Some((*index.get(&end.id)?, edge)));
        let edge = |(source, target), edge: &Edge| ViewEdge {
            source,
            target,
            join: Join::Said(edge.kind),
            count: edge.count,
            detail: told(&edge.evidence),
        };
        edges.extend(ends(EdgeKind::Represents).map(|(company, said)| edge((company, own), said)));
        edges.extend(ends(EdgeKind::Mentions).map(|(technology, said)| edge((own, technology), said)));
    }
    let fewer_edges = lightened(&mut edges, options.edges);
    let note = left_out(&[
        (fewer_edges, "connection", "connections"),
        (fewer_companies, "company", "companies"),
        (fewer_technologies, "technology", "technologies"),
    ]);
    View { title: title(graph), edges, note, nodes, plan: Plan::Columns, voice: Voice::of(graph) }
}

/// The nodes of most weight, the most weighty first, and how many are left out.
pub(super) fn most(weights: BTreeMap<&NodeId, (usize, usize)>, limit: usize) -> (Vec<&NodeId>, usize) {
    let mut ranked: Vec<_> = weights.into_iter().collect();
    ranked.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    let left_out = ranked.len().saturating_sub(limit);
    ranked.truncate(limit);
    (ranked.into_iter().map(|(id, _)| id).collect(), left_out)
}

/// Keeps so many edges, those that are said most; how many are left out.
pub(super) fn lightened(edges: &mut Vec<ViewEdge>, most: usize) -> usize {
    let left_out = edges.len().saturating_sub(most);
    if left_out > 0 {
        let mut counts: Vec<(std::cmp::Reverse<usize>, usize)> =
            edges.iter().enumerate().map(|(i, e)| (std::cmp::Reverse(e.count), i)).collect();
        counts.sort_unstable();
        let kept: BTreeSet<usize> = counts.into_iter().take(most).map(|(_, index)| index).collect();
        let mut index = 0..;
        edges.retain(|_| index.next().is_some_and(|i| kept.contains(&i)));
    }
    left_out
}

fn title(graph: &TechGraph) -> String {
    let mut events = graph.nodes_of(NodeKind::Event);
    let documents: Vec<&Node> = graph.nodes_of(NodeKind::Document).collect();
    let talks = graph.nodes_of(NodeKind::Talk).count();
    match (events.next(), events.next(), documents.as_slice()) {
        (Some(only), None, _) if only.talks == talks => only.label.clone(),
        (_, _, [only]) => only.label.clone(),
        (_, _, []) => Voice::Talks.counted(talks),
        (_, _, many) => Voice::Reports.counted(many.len()),
    }
}

pub(super) fn node(graph: &TechGraph, node: &Node) -> ViewNode {
    let voice = Voice::of(graph);
    // Where there are no talks to count, what was counted in their place gives the size.
    let talks = if voice == Voice::Talks { node.talks } else { node.talks.max(graph.to(&node.id, EdgeKind::Mentions).len()) };
    let mut detail = vec![node.label.clone()];
    detail.extend(node.category.clone());
    if node.kind == NodeKind::Talk {
        let speakers: Vec<&str> = graph.from(&node.id, EdgeKind::PresentedBy).into_iter().map(|(n, _)| n.label.as_str()).collect();
        detail.extend((!speakers.is_empty()).then(|| speakers.join(", ")));
        detail.extend(node.places.iter().map(|p| format!("{}:{}", p.document, p.start_line)));
    } else if node.kind != NodeKind::Document {
        detail.push(voice.counted(talks));
    }
    ViewNode {
        id: node.id.clone(),
        kind: node.kind,
        label: node.label.clone(),
        detail: detail.join("\n"),
        category: node.category.clone(),
        date: node.date.clone(),
        url: node.url.clone(),
        talks,
        group: 0,
    }
}

fn told(evidence: &[Evidence]) -> String {
    evidence.first().map(|e| format!("{}:{}:{}: {}", e.document, e.line, e.column, e.quote)).unwrap_or_default()
}

//! What a picture shows: the graph as ordered flat lists of companies, talks and technologies, with what was measured.
//!
//! In: the graph and [`ViewOptions`]. Out: a [`View`]. Formats that draw measure nothing themselves.

use crate::graph::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::record::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// What a picture may show at most.
#[derive(Debug, Clone)]
pub struct ViewOptions {
    /// Companies, by the number of their talks. Default: 60.
    pub companies: usize,
    /// Technologies, by the number of talks that mention them. Default: 60.
    pub technologies: usize,
    /// Talks, by the number of their technologies. Default: 60.
    pub talks: usize,
    /// Edges, by how often they are said. Default: all.
    pub edges: usize,
}

impl Default for ViewOptions {
    fn default() -> Self {
        Self { companies: 60, technologies: 60, talks: 60, edges: usize::MAX }
    }
}

/// A graph to draw.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// What it is a picture of: the event if there is one only, else how many reports.
    pub title: String,
    /// Companies, talks, technologies; each in the order to show, before a layout moves them.
    pub nodes: Vec<ViewNode>,
    /// Between nodes by index, companies to talks and talks to technologies.
    pub edges: Vec<ViewEdge>,
    /// What was left out, if anything.
    pub note: Option<String>,
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
    /// How many talks are joined to it.
    pub talks: usize,
}

/// An edge to draw.
#[derive(Debug, Clone)]
pub struct ViewEdge {
    /// Index of a company or talk.
    pub source: usize,
    /// Index of a talk or technology.
    pub target: usize,
    /// What it says.
    pub kind: EdgeKind,
    /// How often.
    pub count: usize,
    /// The first evidence, for a tooltip.
    pub detail: String,
}

/// Chooses what to show.
pub fn view(graph: &TechGraph, options: &ViewOptions) -> View {
    if graph.nodes_of(NodeKind::Talk).next().is_none() {
        return collapsed(graph, options);
    }
    let mut talks: Vec<&Node> = graph.nodes_of(NodeKind::Talk).collect();
    let named = |talk: &Node| graph.from(&talk.id, EdgeKind::Mentions).into_iter().filter(|(n, _)| n.kind == NodeKind::Technology).count();
    let place = |talk: &Node| talk.places.first().map(|p| (p.document.clone(), p.start_line));
    let all_talks = talks.len();
    talks.sort_by_key(|t| (std::cmp::Reverse(named(t)), place(t)));
    talks.truncate(options.talks);
    talks.sort_by_key(|t| place(t));
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
    let all_technologies = weights.len();
    let mut ranked: Vec<_> = weights.into_iter().collect();
    ranked.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    ranked.truncate(options.technologies);
    let mut spoken: BTreeMap<&NodeId, usize> = BTreeMap::new();
    talks.iter().flat_map(|t| graph.from(&t.id, EdgeKind::Represents)).for_each(|(c, _)| *spoken.entry(&c.id).or_default() += 1);
    let all_companies = spoken.len();
    let mut spoken: Vec<(&NodeId, usize)> = spoken.into_iter().collect();
    spoken.sort_by_key(|(id, talks)| (std::cmp::Reverse(*talks), *id));
    let companies: BTreeSet<&NodeId> = spoken.into_iter().take(options.companies).map(|(id, _)| id).collect();
    let shown = companies.into_iter().chain(talks.iter().map(|t| &t.id)).chain(ranked.into_iter().map(|(id, _)| id));
    let nodes: Vec<ViewNode> = shown.filter_map(|id| graph.node(id)).map(|n| node(graph, n)).collect();
    let index: BTreeMap<&NodeId, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.id, i)).collect();
    let mut edges = Vec::new();
    for talk in &talks {
        let own = index[&talk.id];
        for (company, edge) in graph.from(&talk.id, EdgeKind::Represents) {
            if let Some(source) = index.get(&company.id) {
                edges.push(ViewEdge { source: *source, target: own, kind: edge.kind, count: edge.count, detail: told(&edge.evidence) });
            }
        }
        for (technology, edge) in graph.from(&talk.id, EdgeKind::Mentions) {
            if let Some(target) = index.get(&technology.id) {
                edges.push(ViewEdge { source: own, target: *target, kind: edge.kind, count: edge.count, detail: told(&edge.evidence) });
            }
        }
    }
    let fewer_edges = lightened(&mut edges, options.edges);
    let note = note(&[
        (fewer_edges, "connection", "connections"),
        (all_companies.saturating_sub(options.companies), "company", "companies"),
        (all_talks - talks.len(), "talk", "talks"),
        (all_technologies.saturating_sub(options.technologies), "technology", "technologies"),
    ]);
    View { title: title(graph), edges, note, nodes }
}

/// Companies and the technologies of their talks, where the talks themselves are not in the graph.
fn collapsed(graph: &TechGraph, options: &ViewOptions) -> View {
    let uses: Vec<(&Node, &Node, &Edge)> = graph.edges().filter(|(.., edge)| edge.kind == EdgeKind::Uses).collect();
    let mut weights: BTreeMap<&NodeId, (&Node, usize)> = BTreeMap::new();
    for (company, technology, edge) in &uses {
        for node in [*company, *technology] {
            weights.entry(&node.id).or_insert((node, 0)).1 += edge.count;
        }
    }
    if uses.is_empty() {
        // Only one of both is wanted.
        let alone = [NodeKind::Company, NodeKind::Technology].into_iter().flat_map(|kind| graph.nodes_of(kind));
        weights.extend(alone.map(|node| (&node.id, (node, 0))));
    }
    let best = |kind: NodeKind, most: usize| {
        let mut nodes: Vec<(&Node, usize)> = weights.values().filter(|(node, _)| node.kind == kind).copied().collect();
        nodes.sort_by_key(|(node, weight)| (std::cmp::Reverse((node.talks, *weight)), &node.id));
        let left_out = nodes.len().saturating_sub(most);
        nodes.truncate(most);
        (nodes, left_out)
    };
    let (companies, fewer_companies) = best(NodeKind::Company, options.companies);
    let (technologies, fewer_technologies) = best(NodeKind::Technology, options.technologies);
    let nodes: Vec<ViewNode> = companies.iter().chain(&technologies).map(|(n, _)| node(graph, n)).collect();
    let index: BTreeMap<&NodeId, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.id, i)).collect();
    let edges = uses.iter().filter_map(|(company, technology, edge)| {
        let (source, target) = (*index.get(&company.id)?, *index.get(&technology.id)?);
        let detail = format!("{} talk{}", edge.count, if edge.count == 1 { "" } else { "s" });
        Some(ViewEdge { source, target, kind: edge.kind, count: edge.count, detail })
    });
    let mut edges: Vec<ViewEdge> = edges.collect();
    let fewer_edges = lightened(&mut edges, options.edges);
    let note = note(&[
        (fewer_edges, "connection", "connections"),
        (fewer_companies, "company", "companies"),
        (fewer_technologies, "technology", "technologies"),
    ]);
    View { title: "Companies and the technologies of their talks".into(), edges, note, nodes }
}

/// Keeps so many edges, those that are said most; how many are left out.
fn lightened(edges: &mut Vec<ViewEdge>, most: usize) -> usize {
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

/// What was left out, if anything: how many, the word for one and for more.
fn note(left_out: &[(usize, &str, &str)]) -> Option<String> {
    let left_out = left_out.iter().filter(|(n, ..)| *n > 0);
    let mut left_out: Vec<String> = left_out.map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many })).collect();
    let last = left_out.pop()?;
    let all = if left_out.is_empty() { last } else { format!("{} and {last}", left_out.join(", ")) };
    Some(format!("not shown: {all}, the least talked about"))
}

fn title(graph: &TechGraph) -> String {
    let mut events = graph.nodes_of(NodeKind::Event);
    let documents: Vec<&Node> = graph.nodes_of(NodeKind::Document).collect();
    let talks = graph.nodes_of(NodeKind::Talk).count();
    match (events.next(), events.next(), documents.as_slice()) {
        (Some(only), None, _) if only.talks == talks => only.label.clone(),
        (_, _, [only]) => only.label.clone(),
        (_, _, many) => format!("{} reports", many.len()),
    }
}

fn node(graph: &TechGraph, node: &Node) -> ViewNode {
    let mut detail = vec![node.label.clone()];
    detail.extend(node.category.clone());
    if node.kind == NodeKind::Talk {
        let speakers: Vec<&str> = graph.from(&node.id, EdgeKind::PresentedBy).into_iter().map(|(n, _)| n.label.as_str()).collect();
        detail.extend((!speakers.is_empty()).then(|| speakers.join(", ")));
        detail.extend(node.places.iter().map(|p| format!("{}:{}", p.document, p.start_line)));
    } else {
        detail.push(format!("{} talk{}", node.talks, if node.talks == 1 { "" } else { "s" }));
    }
    ViewNode {
        id: node.id.clone(),
        kind: node.kind,
        label: node.label.clone(),
        detail: detail.join("\n"),
        category: node.category.clone(),
        date: node.date.clone(),
        url: node.url.clone(),
        talks: node.talks,
    }
}

fn told(evidence: &[Evidence]) -> String {
    evidence.first().map(|e| format!("{}:{}:{}: {}", e.document, e.line, e.column, e.quote)).unwrap_or_default()
}

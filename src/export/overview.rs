//! What a picture of many talks shows: their companies and technologies, joined by the talks themselves.
//!
//! In: the graph and [`ViewOptions`]. Out: a [`View`] of the companies and technologies with the most talks. A company is
//! joined to the technologies that it uses, two technologies to each other where talks name both. Nearly everything is joined
//! to nearly everything, so each node keeps its closest relations only: by the cosine of the talks of both (Salton & McGill
//! 1983), so that what everybody names does not hide who belongs together. Communities are those of what is shown.

use super::svg::left_out;
use super::view::{Join, Plan, View, ViewEdge, ViewNode, ViewOptions, lightened, most, node};
use crate::analysis::communities::communities;
use crate::analysis::together::{Voice, speaking, together};
use crate::graph::{EdgeKind, NodeId, NodeKind, TechGraph};
use std::collections::{BTreeMap, BTreeSet};

/// How many relations each node keeps, of each kind.
const CLOSEST: usize = 4;

/// Chooses what to show of many talks.
pub(super) fn overview(graph: &TechGraph, options: &ViewOptions) -> View {
    let weights = weights(graph);
    let best = |kind: NodeKind, limit: usize| most(weights.iter().filter(|(_, w)| w.0 == kind).map(|(id, w)| (*id, w.1)).collect(), limit);
    let (companies, fewer_companies) = best(NodeKind::Company, options.overview);
    let (technologies, fewer_technologies) = best(NodeKind::Technology, options.technologies);
    let mut nodes: Vec<ViewNode> = companies.iter().chain(&technologies).filter_map(|id| graph.node(id)).map(|n| node(graph, n)).collect();
    let all = relations(graph, &nodes);
    let lone = without_lone(&mut nodes, &all);
    let mut edges = closest(&nodes, relations(graph, &nodes));
    let joined: Vec<(usize, usize, f64)> = edges.iter().map(|e| (e.source, e.target, count(e.count))).collect();
    let groups = communities(nodes.len(), &joined);
    nodes.iter_mut().zip(groups).for_each(|(node, group)| node.group = group);
    let fewer_edges = lightened(&mut edges, options.edges);
    let note = left_out(&[
        (fewer_edges, "connection", "connections"),
        (fewer_companies + lone.0, "company", "companies"),
        (fewer_technologies + lone.1, "technology", "technologies"),
    ]);
    View { title: title(graph, companies.is_empty()), nodes, edges, note, plan: Plan::Plane, voice: Voice::of(graph) }
}

/// Leaves out what nothing else shown is joined to, unless nothing is joined at all; how many companies and technologies.
fn without_lone(nodes: &mut Vec<ViewNode>, edges: &[ViewEdge]) -> (usize, usize) {
    let joined: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.source, edge.target]).collect();
    let of = |nodes: &[ViewNode], kind| nodes.iter().filter(|node| node.kind == kind).count();
    let count = |nodes: &[ViewNode]| (of(nodes, NodeKind::Company), of(nodes, NodeKind::Technology));
    let before = count(nodes);
    if !joined.is_empty() {
        let mut index = 0..;
        nodes.retain(|_| index.next().is_some_and(|i| joined.contains(&i)));
    }
    let after = count(nodes);
    (before.0 - after.0, before.1 - after.1)
}

/// Companies and technologies with their weight: talks (or reports), then mentions.
fn weights(graph: &TechGraph) -> BTreeMap<&NodeId, (NodeKind, (usize, usize))> {
    let mut weights: BTreeMap<&NodeId, (NodeKind, (usize, usize))> = BTreeMap::new();
    for talk in speaking(graph) {
        for kind in [EdgeKind::Mentions, EdgeKind::Represents] {
            for (end, edge) in graph.from(&talk.id, kind) {
                let (_, weight) = weights.entry(&end.id).or_insert((end.kind, (0, 0)));
                *weight = (weight.0 + 1, weight.1 + edge.count);
            }
        }
    }
    // Where talks are not in the graph, what they said is.
    for (company, technology, edge) in graph.edges().filter(|(.., edge)| edge.kind == EdgeKind::Uses) {
        for end in [company, technology] {
            let (_, weight) = weights.entry(&end.id).or_insert((end.kind, (0, 0)));
            *weight = (weight.0.max(end.talks), weight.1 + edge.count);
        }
    }
    if weights.is_empty() {
        // Only one of both is wanted.
        let alone = [NodeKind::Company, NodeKind::Technology].into_iter().flat_map(|kind| graph.nodes_of(kind));
        weights.extend(alone.map(|node| (&node.id, (node.kind, (node.talks, 0)))));
    }
    weights.retain(|_, (kind, _)| matches!(kind, NodeKind::Company | NodeKind::Technology));
    weights
}

/// Everything that joins what is shown.
fn relations(graph: &TechGraph, nodes: &[ViewNode]) -> Vec<ViewEdge> {
    let index: BTreeMap<&NodeId, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.id, i)).collect();
    let mut edges: Vec<ViewEdge> = Vec::new();
    for (company, technology, edge) in graph.edges().filter(|(.., edge)| edge.kind == EdgeKind::Uses) {
        if let (Some(source), Some(target)) = (index.get(&company.id), index.get(&technology.id)) {
            let detail = Voice::Talks.counted(edge.count);
            edges.push(ViewEdge { source: *source, target: *target, join: Join::Said(edge.kind), count: edge.count, detail });
        }
    }
    let technologies: BTreeSet<&NodeId> = nodes.iter().filter(|n| n.kind == NodeKind::Technology).map(|n| &n.id).collect();
    for ((first, second), count) in together(graph, &technologies) {
        edges.push(ViewEdge { source: index[first], target: index[second], join: Join::Together, count, detail: String::new() });
    }
    edges
}

/// Those edges that are among the closest of one of their ends, of their kind.
fn closest(nodes: &[ViewNode], edges: Vec<ViewEdge>) -> Vec<ViewEdge> {
    let cosine = |edge: &ViewEdge| count(edge.count) / (count(nodes[edge.source].talks) * count(nodes[edge.target].talks)).sqrt();
    let mut of: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (index, edge) in edges.iter().enumerate() {
        for end in [edge.source, edge.target] {
            of.entry((end, edge.join.name())).or_default().push(index);
        }
    }
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for relations in of.values_mut() {
        relations
            .sort_by(|a, b| cosine(&edges[*b]).total_cmp(&cosine(&edges[*a])).then(edges[*b].count.cmp(&edges[*a].count)).then(a.cmp(b)));
        kept.extend(relations.iter().take(CLOSEST));
    }
    edges.into_iter().enumerate().filter(|(index, _)| kept.contains(index)).map(|(_, edge)| edge).collect()
}

fn count(talks: usize) -> f64 {
    f64::from(u32::try_from(talks).unwrap_or(u32::MAX))
}

/// `Companies and technologies of 1,156 talks, 2009–2024`.
fn title(graph: &TechGraph, no_company: bool) -> String {
    let what = if no_company { "Technologies" } else { "Companies and technologies" };
    let talks: Vec<_> = speaking(graph).collect();
    if talks.is_empty() {
        return "Companies and the technologies of their talks".into();
    }
    let years: BTreeSet<&str> = talks.iter().filter_map(|talk| talk.date.as_deref()?.get(..4)).collect();
    let years = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!(", {first}–{last}"),
        (Some(only), _) => format!(", {only}"),
        _ => String::new(),
    };
    format!("{what} of {}{years}", Voice::of(graph).counted(talks.len()))
}

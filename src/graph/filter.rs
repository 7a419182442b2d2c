//! Chooses a part of the graph.
//!
//! In: a graph and a [`Filter`]. Out: a graph of what is wanted, no edge of which leads nowhere, and whose counts are true.
//! The hard decision is what a count counts. Days, companies, technologies, events and surroundings choose *talks*: what is
//! left is a smaller world, and everything is counted anew in it. Kinds, ranks and collapsing choose what of that world is
//! *shown*: a company's talks still count when talks are not shown.

use super::parts::Parts;
use super::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// What is wanted of a graph.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Talks and documents of this day or later. Default: of any day, or none.
    pub since: Option<Day>,
    /// Talks and documents of this day or earlier. Default: of any day, or none.
    pub until: Option<Day>,
    /// Talks joined to any of each group of nodes: a company, a technology, an event. Default: every talk.
    pub joined: Vec<BTreeSet<NodeId>>,
    /// What lies within so many steps of any of these nodes. Default: everything.
    pub around: Option<(BTreeSet<NodeId>, usize)>,
    /// What of that is shown. Default: talks and what they are joined to.
    pub collapse: Collapse,
    /// The kinds of nodes that are shown. Default, when empty: all.
    pub kinds: BTreeSet<NodeKind>,
    /// Technologies, concepts, companies, people and events with at least so many talks. Default: 0.
    pub min_talks: usize,
    /// So many technologies, and as many concepts, companies, people and events: those with the most talks. Default: all.
    pub top: Option<usize>,
}

/// Whether talks are shown, or what they join.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Collapse {
    /// Talks are nodes.
    #[default]
    Nothing,
    /// Companies and the technologies that their talks name, joined by an edge that counts the talks.
    Talks,
}

/// A day, a month or a year: `2019-08-30`, `2019-08`, `2019`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(!try_from)]
pub struct Day(#[schemars(regex(pattern = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?)?$"))] String);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        let is_day = whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok();
        if is_day { Ok(Self(text.to_owned())) } else { Err("give a day, a month or a year: 2019-08-30, 2019-08 or 2019".into()) }
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl Day {
    /// As much of a date as this says.
    fn of<'d>(&self, date: &'d str) -> &'d str {
        date.get(..self.0.len()).unwrap_or(date)
    }
}

/// The wanted part of a graph.
pub fn filtered(graph: &TechGraph, filter: &Filter) -> TechGraph {
    let dated = filter.since.is_some() || filter.until.is_some();
    let mut parts = Parts::of(graph);
    if dated || !filter.joined.is_empty() {
        choose_talks(&mut parts, filter);
    }
    if let Some((centre, depth)) = &filter.around {
        let near = within(&parts, centre, *depth);
        parts.keep(|node| near.contains(&node.id));
        parts.recount();
    }
    show(&mut parts, filter);
    parts.graph()
}

/// Leaves the talks that are wanted, the documents that tell of them, and what those are joined to.
fn choose_talks(parts: &mut Parts, filter: &Filter) {
    let in_time = |node: &Node| {
        let says = |day: &Option<Day>, holds: fn(&str, &str) -> bool| {
            day.as_ref().is_none_or(|day| node.date.as_ref().is_some_and(|date| holds(day.of(date), &day.0)))
        };
        says(&filter.since, |date, day| date >= day) && says(&filter.until, |date, day| date <= day)
    };
    let mut beside: BTreeMap<&NodeId, BTreeSet<&NodeId>> = BTreeMap::new();
    for (source, target, _) in parts.edges.keys() {
        beside.entry(source).or_default().insert(target);
    }
    let joined = |node: &Node, group: &BTreeSet<NodeId>| beside.get(&node.id).is_some_and(|ends| group.iter().any(|id| ends.contains(id)));
    // What a document says outside its talks is nobody's: it counts where only days were asked for.
    let speaks = |node: &&Node| match node.kind {
        NodeKind::Talk => in_time(node) && filter.joined.iter().all(|group| joined(node, group)),
        NodeKind::Document => filter.joined.is_empty() && in_time(node),
        _ => false,
    };
    let speaking: BTreeSet<NodeId> = parts.nodes.values().filter(speaks).map(|node| node.id.clone()).collect();
    let mut kept = speaking.clone();
    // Talks first, then whom their speakers work for and who hosts their events.
    for reach in [&[][..], &[EdgeKind::WorksAt, EdgeKind::HostedBy]] {
        let sources = kept.clone();
        let leads = parts.edges.keys().filter(|(source, _, kind)| {
            if reach.is_empty() { speaking.contains(source) } else { reach.contains(kind) && sources.contains(source) }
        });
        kept.extend(leads.map(|(_, target, _)| target.clone()));
    }
    parts.keep(|node| kept.contains(&node.id));
    parts.keep_edges(|source, _, kind| kind != EdgeKind::Mentions || speaking.contains(source));
    parts.recount();
}

/// The nodes within so many steps of others, whichever way the edges lead.
fn within(parts: &Parts, centre: &BTreeSet<NodeId>, depth: usize) -> BTreeSet<NodeId> {
    let mut near: BTreeSet<NodeId> = centre.iter().filter(|id| parts.nodes.contains_key(id)).cloned().collect();
    for _ in 0..depth {
        let ends = parts.edges.keys().filter_map(|(source, target, _)| match (near.contains(source), near.contains(target)) {
            (true, false) => Some(target.clone()),
            (false, true) => Some(source.clone()),
            _ => None,
        });
        let next: Vec<NodeId> = ends.collect();
        if next.is_empty() {
            break;
        }
        near.extend(next);
    }
    near
}

/// Leaves what is to be shown; counts stay those of the whole.
fn show(parts: &mut Parts, filter: &Filter) {
    if filter.collapse == Collapse::Talks {
        parts.keep_edges(|_, _, kind| kind == EdgeKind::Uses);
        keep_joined(parts);
    }
    let weights = mentions(parts);
    let wanted = |node: &Node| {
        (filter.kinds.is_empty() || filter.kinds.contains(&node.kind)) && (!node.kind.is_ranked() || node.talks >= filter.min_talks)
    };
    parts.keep(wanted);
    if let Some(top) = filter.top {
        let best: BTreeSet<NodeId> = NodeKind::ALL.into_iter().flat_map(|kind| ranked(parts, kind, &weights, top)).collect();
        parts.keep(|node| !node.kind.is_ranked() || best.contains(&node.id));
    }
    // Where one of both kinds is wanted nothing is joined.
    if filter.collapse == Collapse::Talks && !parts.edges.is_empty() {
        keep_joined(parts);
    }
}

/// Keeps what edges join.
fn keep_joined(parts: &mut Parts) {
    let joined: BTreeSet<NodeId> = parts.edges.keys().flat_map(|(source, target, _)| [source.clone(), target.clone()]).collect();
    parts.keep(|node| joined.contains(&node.id));
}

/// The nodes of a kind with the most talks, then the most mentions, then in the order of their ids.
fn ranked(parts: &Parts, kind: NodeKind, weights: &BTreeMap<NodeId, usize>, top: usize) -> Vec<NodeId> {
    let mut nodes: Vec<&Node> = parts.nodes.values().filter(|node| node.kind == kind).collect();
    nodes.sort_by_key(|node| std::cmp::Reverse((node.talks, weights.get(&node.id).copied().unwrap_or(0))));
    nodes.into_iter().take(top).map(|node| node.id.clone()).collect()
}

/// How often the edges that reach each node were said.
fn mentions(parts: &Parts) -> BTreeMap<NodeId, usize> {
    let mut weights = BTreeMap::new();
    for ((_, target, _), Edge { count, .. }) in &parts.edges {
        *weights.entry(target.clone()).or_default() += count;
    }
    weights
}

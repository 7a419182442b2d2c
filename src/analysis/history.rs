//! How talks add up: for every node that talks are joined to, on each day how many there were so far.
//!
//! In: the graph. Out: a [`History`] for each node that is ranked by its talks, sorted by id. Talks without a day count only
//! in the total.

use crate::graph::{Node, NodeId, NodeKind, TechGraph};
use std::collections::{BTreeMap, BTreeSet};

/// A node's talks over time.
#[derive(Debug)]
pub struct History<'g> {
    /// The node.
    pub node: &'g Node,
    /// Days, `YYYY-MM-DD`, in order, each with the talks up to it.
    pub days: Vec<(&'g str, usize)>,
}

/// The histories of the nodes that have talks.
pub fn histories(graph: &TechGraph) -> Vec<History<'_>> {
    let mut talks: BTreeMap<&NodeId, BTreeSet<(&str, &NodeId)>> = BTreeMap::new();
    for (source, target, _) in graph.edges().filter(|(source, ..)| source.kind == NodeKind::Talk) {
        if let Some(day) = source.date.as_deref() {
            talks.entry(&target.id).or_default().insert((day, &source.id));
        }
    }
    let ranked = graph.nodes().filter(|node| node.kind.is_ranked() && node.talks > 0);
    let history = |node: &NodeId| {
        let mut days: Vec<(&str, usize)> = Vec::new();
        for (index, (day, _)) in talks.get(node).into_iter().flatten().enumerate() {
            match days.last_mut().filter(|(last, _)| last == day) {
                Some((_, count)) => *count = index + 1,
                None => days.push((day, index + 1)),
            }
        }
        days
    };
    ranked.map(|node| History { node, days: history(&node.id) }).collect()
}

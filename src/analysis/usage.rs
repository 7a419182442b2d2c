//! Which companies talk about which technologies, as a matrix.
//!
//! In: the graph, and how many companies and technologies at most. Out: those with the most talks, in an order that puts
//! companies of like technologies beside each other, and the number of talks of each pair.

use crate::graph::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use std::collections::{BTreeMap, BTreeSet};

/// How often an order is mended: each time by the middle of what a row or column is joined to.
const SWEEPS: usize = 12;

/// Companies by technologies.
#[derive(Debug, Default)]
pub struct Usage<'g> {
    /// The rows.
    pub companies: Vec<&'g Node>,
    /// The columns.
    pub technologies: Vec<&'g Node>,
    /// Talks by row and column; pairs without a talk are left out.
    pub talks: BTreeMap<(usize, usize), usize>,
    /// How many companies and technologies are left out.
    pub left_out: (usize, usize),
}

/// The matrix of a graph.
pub fn usage(graph: &TechGraph, companies: usize, technologies: usize) -> Usage<'_> {
    let uses: Vec<(&Node, &Node, usize)> = graph
        .edges()
        .filter(|(.., edge)| edge.kind == EdgeKind::Uses)
        .map(|(company, technology, edge)| (company, technology, edge.count))
        .collect();
    let (rows, fewer_rows) = most(uses.iter().map(|(company, _, count)| (*company, *count)), companies);
    let chosen: BTreeSet<&NodeId> = rows.iter().map(|node| &node.id).collect();
    let of_rows = || uses.iter().filter(|(company, ..)| chosen.contains(&company.id));
    let (columns, fewer_columns) = most(of_rows().map(|(_, technology, count)| (*technology, *count)), technologies);
    let all: BTreeSet<&NodeId> = uses.iter().map(|(_, technology, _)| &technology.id).collect();
    let fewer_columns = fewer_columns + all.len() - of_rows().map(|(_, technology, _)| &technology.id).collect::<BTreeSet<_>>().len();
    let place = |nodes: &[&Node], id: &NodeId| nodes.iter().position(|node| node.id == *id);
    // A company none of whose technologies is shown is not shown either.
    let (rows, lone): (Vec<&Node>, Vec<&Node>) =
        rows.into_iter().partition(|row| uses.iter().any(|(c, t, _)| c.id == row.id && place(&columns, &t.id).is_some()));
    let cells: Vec<(usize, usize, usize)> =
        uses.iter().filter_map(|(c, t, count)| Some((place(&rows, &c.id)?, place(&columns, &t.id)?, *count))).collect();
    let (row_order, column_order) = order(rows.len(), columns.len(), &cells);
    let talks = cells.iter().map(|(row, column, count)| ((row_order[*row], column_order[*column]), *count)).collect();
    Usage {
        companies: sorted(&rows, &row_order),
        technologies: sorted(&columns, &column_order),
        talks,
        left_out: (fewer_rows + lone.len(), fewer_columns),
    }
}

/// The nodes of most talks: those counted here, then all of theirs; and how many are left out.
fn most<'g>(counted: impl Iterator<Item = (&'g Node, usize)>, limit: usize) -> (Vec<&'g Node>, usize) {
    let mut weights: BTreeMap<&NodeId, (&Node, usize)> = BTreeMap::new();
    counted.for_each(|(node, count)| weights.entry(&node.id).or_insert((node, 0)).1 += count);
    let mut nodes: Vec<(&Node, usize)> = weights.into_values().filter(|(node, _)| node.kind != NodeKind::Talk).collect();
    nodes.sort_by_key(|(node, weight)| (std::cmp::Reverse((*weight, node.talks)), &node.id));
    let left_out = nodes.len().saturating_sub(limit);
    nodes.truncate(limit);
    (nodes.into_iter().map(|(node, _)| node).collect(), left_out)
}

/// The place of each row and column: again and again by the mean place of what it is joined to (barycentres; Mäkinen &
/// Siirtola 2005 use them for matrices), which gathers the cells along a diagonal.
fn order(rows: usize, columns: usize, cells: &[(usize, usize, usize)]) -> (Vec<usize>, Vec<usize>) {
    let (mut by_row, mut by_column): (Vec<usize>, Vec<usize>) = ((0..rows).collect(), (0..columns).collect());
    for _ in 0..SWEEPS {
        by_column = ranks(columns, &by_column, cells.iter().map(|(row, column, count)| (*column, by_row[*row], *count)));
        by_row = ranks(rows, &by_row, cells.iter().map(|(row, column, count)| (*row, by_column[*column], *count)));
    }
    (by_row, by_column)
}

/// Ranks by the weighted mean of places; ties keep their order.
fn ranks(count: usize, now: &[usize], joined: impl Iterator<Item = (usize, usize, usize)>) -> Vec<usize> {
    let mut sums = vec![(0_u64, 0_u64); count];
    for (index, place, weight) in joined {
        let weight = u64::try_from(weight).unwrap_or(u64::MAX);
        sums[index] = (sums[index].0 + weight * u64::try_from(place).unwrap_or(0), sums[index].1 + weight);
    }
    let mut order: Vec<usize> = (0..count).collect();
    // Means compared by cross-multiplying, so that no rounding decides.
    order.sort_by(|a, b| (sums[*a].0 * sums[*b].1.max(1)).cmp(&(sums[*b].0 * sums[*a].1.max(1))).then(now[*a].cmp(&now[*b])));
    let mut ranks = vec![0; count];
    order.iter().enumerate().for_each(|(rank, index)| ranks[*index] = rank);
    ranks
}

fn sorted<'g>(nodes: &[&'g Node], order: &[usize]) -> Vec<&'g Node> {
    let mut placed: Vec<(usize, &Node)> = order.iter().copied().zip(nodes.iter().copied()).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, node)| node).collect()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn rows_of_like_columns_stand_together() {
        // Rows 0 and 2 share columns 0 and 2, rows 1 and 3 the others.
        let cells = [(0, 0, 1), (0, 2, 1), (2, 0, 1), (2, 2, 1), (1, 1, 1), (1, 3, 1), (3, 1, 1), (3, 3, 1)];
        let (rows, columns) = order(4, 4, &cells);
        assert_eq!(rows[0].abs_diff(rows[2]), 1, "{rows:?}");
        assert_eq!(columns[1].abs_diff(columns[3]), 1, "{columns:?}");
    }
}

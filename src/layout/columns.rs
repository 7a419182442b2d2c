//! Nodes in columns, edges between neighbouring columns, few crossings.
//!
//! In: how many nodes each column has, their heights, and the edges. Out: the order and the vertical place of each node.
//! Order by barycentre sweeps (Sugiyama, Tagawa & Toda 1981), keeping the best; places by pooling adjacent violators, which
//! puts each node as near to the middle of its neighbours as the others let it. Repeatable: no randomness, ties by index.

/// A node to place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Its column, from 0.
    pub column: usize,
    /// Its height with the gap to the next, in pixels.
    pub height: f64,
}

/// How many sweeps are tried.
const SWEEPS: usize = 24;

/// The vertical middle of each node, in pixels from 0; edges are pairs of indices of neighbouring columns.
pub fn place(items: &[Item], edges: &[(usize, usize)]) -> Vec<f64> {
    let columns = items.iter().map(|i| i.column + 1).max().unwrap_or(0);
    let mut neighbours = vec![Vec::new(); items.len()];
    for (a, b) in edges {
        neighbours[*a].push(*b);
        neighbours[*b].push(*a);
    }
    let mut order: Vec<Vec<usize>> = (0..columns).map(|c| (0..items.len()).filter(|i| items[*i].column == c).collect()).collect();
    let mut best = order.clone();
    let mut fewest = crossings(&order, items, edges);
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let sequence: Vec<usize> = if forward { (1..columns).collect() } else { (0..columns.saturating_sub(1)).rev().collect() };
        for column in sequence {
            let fixed = if forward { column - 1 } else { column + 1 };
            let position = positions(&order, items.len());
            let rank = |i: usize| {
                let beside: Vec<f64> = neighbours[i].iter().filter(|n| items[**n].column == fixed).map(|n| position[*n]).collect();
                mean(&beside).unwrap_or(position[i])
            };
            order[column].sort_by(|a, b| rank(*a).total_cmp(&rank(*b)));
        }
        let now = crossings(&order, items, edges);
        if now < fewest {
            fewest = now;
            best.clone_from(&order);
        }
    }
    levels(&best, items, &neighbours)
}

#[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
fn positions(order: &[Vec<usize>], count: usize) -> Vec<f64> {
    let mut position = vec![0.0; count];
    for column in order {
        for (rank, item) in column.iter().enumerate() {
            // Columns of different length compare by share.
            position[*item] = (rank as f64 + 0.5) / column.len() as f64;
        }
    }
    position
}

fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a node has few neighbours")]
    let count = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count)
}

/// How many pairs of edges cross: inversions, counted with a Fenwick tree between each pair of columns.
fn crossings(order: &[Vec<usize>], items: &[Item], edges: &[(usize, usize)]) -> usize {
    let mut rank = vec![0; items.len()];
    order.iter().for_each(|column| column.iter().enumerate().for_each(|(r, i)| rank[*i] = r));
    (1..order.len())
        .map(|right| {
            let ends = |(a, b): &(usize, usize)| if items[*a].column < items[*b].column { (*a, *b) } else { (*b, *a) };
            let mut between: Vec<(usize, usize)> =
                edges.iter().map(ends).filter(|(_, b)| items[*b].column == right).map(|(a, b)| (rank[a], rank[b])).collect();
            between.sort_unstable();
            let mut tree = vec![0; order[right].len() + 1];
            let mut count = 0;
            for (seen, (_, target)) in between.iter().enumerate() {
                let mut at = target + 1;
                let mut before = 0;
                while at > 0 {
                    before += tree[at];
                    at &= at - 1;
                }
                count += seen - before;
                let mut at = target + 1;
                while at < tree.len() {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
            }
            count
        })
        .sum()
}

/// Vertical places: the fullest column is stacked, the others follow the middle of their neighbours.
fn levels(order: &[Vec<usize>], items: &[Item], neighbours: &[Vec<usize>]) -> Vec<f64> {
    let mut y = vec![0.0; items.len()];
    let height = |column: &[usize]| column.iter().map(|i| items[*i].height).sum::<f64>();
    let tallest = order.iter().map(|c| height(c)).fold(0.0, f64::max);
    for column in order {
        let mut at = (tallest - height(column)) / 2.0;
        for item in column {
            y[*item] = at + items[*item].height / 2.0;
            at += items[*item].height;
        }
    }
    let full = order.iter().position(|c| height(c) >= tallest).unwrap_or(0);
    for _ in 0..8 {
        for (index, column) in order.iter().enumerate() {
            if index != full {
                settle(column, items, neighbours, &mut y, tallest);
            }
        }
    }
    y
}

/// Places a column's nodes in order, each near the middle of its neighbours, none over another (pool adjacent violators).
fn settle(column: &[usize], items: &[Item], neighbours: &[Vec<usize>], y: &mut [f64], tallest: f64) {
    // Offsets make "no overlap" into "not decreasing".
    let mut offset = 0.0;
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(column.len());
    for item in column {
        let beside: Vec<f64> = neighbours[*item].iter().map(|n| y[*n]).collect();
        let wanted = mean(&beside).unwrap_or(y[*item]);
        offsets.push(offset + items[*item].height / 2.0);
        pools.push((wanted - offset - items[*item].height / 2.0, 1));
        offset += items[*item].height;
        while let [.., (a, n), (b, m)] = pools.as_slice() {
            if a <= b {
                break;
            }
            #[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
            let merged = ((a * *n as f64 + b * *m as f64) / (n + m) as f64, n + m);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    let room = (tallest - offset).max(0.0);
    let levels = pools.iter().flat_map(|(level, count)| std::iter::repeat_n(*level, *count));
    for ((item, level), offset) in column.iter().zip(levels).zip(offsets) {
        y[*item] = level.clamp(0.0, room) + offset;
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, place};

    #[test]
    fn crossings_vanish_and_nothing_overlaps() {
        let item = |column| Item { column, height: 10.0 };
        let items = [item(0), item(0), item(1), item(1), item(1)];
        // 0-3, 0-4 and 1-2: without crossings 2 comes last or 1 first
        let y = place(&items, &[(0, 3), (0, 4), (1, 2)]);
        assert_eq!(y[0] < y[1], y[3].max(y[4]) < y[2]);
        for (a, b) in [(2, 3), (3, 4), (2, 4), (0, 1)] {
            assert!((y[a] - y[b]).abs() >= 10.0 - 1e-9, "{y:?}");
        }
        assert!(y.iter().all(|v| (5.0..=25.0).contains(v)), "{y:?}");
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(place(&[], &[]).is_empty());
    }
}

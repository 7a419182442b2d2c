//! Nodes in a plane: what belongs together close together, nothing over anything else.
//!
//! In: the size of each node with its label, in pixels, and weighted edges. Out: the middle of each node. First forces
//! (LinLog: Noack 2007, *Energy models for graph clustering*: an edge pulls alike at every distance, nodes push each other
//! away by their degrees, far ones together, so that dense groups stand apart), then overlaps are pushed apart. Repeatable: the start is drawn
//! from a fixed seed, and only operations are used that every system rounds alike.

use super::quadtree::Quadtree;
use rayon::prelude::*;

/// How many times forces act; a quarter as often on many nodes.
const STEPS: usize = 500;
/// How many nodes are many.
const MANY: usize = 2000;
/// How many times as wide as high a picture should be.
const ASPECT: f64 = 1.6;
/// How much of the plane nodes fill before overlaps are pushed apart.
const DENSITY: f64 = 0.42;
/// How strongly edges pull more the longer they are.
const SPRING: f64 = 1.5;
/// How strongly everything is drawn to the middle, which keeps what is joined to nothing near.
const GRAVITY: f64 = 0.6;

/// A place in the plane, in pixels.
pub type Point = (f64, f64);

/// The middle of each node; sizes are (width, height), edges join indices with a weight above 0.
pub fn place(sizes: &[(f64, f64)], edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut points = plane(sizes.len(), edges);
    spread(&mut points, sizes);
    separate(&mut points, sizes);
    points
}

/// Places for nodes without size, of no particular scale: forces alone.
pub fn plane(count: usize, edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut degree = vec![1.0; count];
    let mut joined: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    for (a, b, weight) in edges {
        degree[*a] += weight;
        degree[*b] += weight;
        joined[*a].push((*b, *weight));
        joined[*b].push((*a, *weight));
    }
    #[expect(clippy::cast_precision_loss, reason = "a picture has few nodes")]
    let side = (count as f64).sqrt() * 10.0;
    let mut chance = Chance(7);
    let mut points: Vec<Point> = (0..count).map(|_| (chance.next() * side, chance.next() * side)).collect();
    let steps = if count > MANY { STEPS / 4 } else { STEPS };
    for step in 0..steps {
        #[expect(clippy::cast_precision_loss, reason = "some hundred steps")]
        let reach = side * 0.1 * (1.0 - step as f64 / steps as f64).powi(2) + 0.02;
        let tree = Quadtree::new(&points, &degree);
        points = points
            .par_iter()
            .enumerate()
            .map(|(index, point)| {
                let push = tree.push(*point);
                // By its own degree, so that a node with many edges is not thrown about.
                let pull = joined[index].iter().fold((0.0, 0.0), |sum: Point, (other, weight)| {
                    let way = (points[*other].0 - point.0, points[*other].1 - point.1);
                    let length = (way.0 * way.0 + way.1 * way.1).sqrt().max(0.1);
                    // Half LinLog's pull, half a spring's, which brings far groups back.
                    let strength = weight * (side / length + SPRING) / degree[index];
                    (sum.0 + way.0 * strength, sum.1 + way.1 * strength)
                });
                let middle = ((side / 2.0 - point.0) * GRAVITY, (side / 2.0 - point.1) * GRAVITY);
                let (x, y) = (push.0 + pull.0 + middle.0, push.1 + pull.1 + middle.1);
                let length = (x * x + y * y).sqrt().max(1e-9);
                let share = length.min(reach) / length;
                (point.0 + x * share, point.1 + y * share)
            })
            .collect();
    }
    points
}

/// Stretches places so that nodes of these sizes have room, in a landscape.
fn spread(points: &mut [Point], sizes: &[(f64, f64)]) {
    let area: f64 = sizes.iter().map(|(w, h)| w * h).sum::<f64>() / DENSITY;
    let height = (area / ASPECT).sqrt();
    let stretched = |values: Vec<f64>, length: f64| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let scale = length / (high - low).max(1e-9);
        values.into_iter().map(move |value| (value - low) * scale)
    };
    let across = stretched(points.iter().map(|p| p.0).collect(), height * ASPECT);
    let down = stretched(points.iter().map(|p| p.1).collect(), height);
    points.iter_mut().zip(across.zip(down)).for_each(|(point, place)| *point = place);
}

/// Pushes nodes apart until none lies over another; what cannot be pushed is given more room.
fn separate(points: &mut [Point], sizes: &[(f64, f64)]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    for round in 1.. {
        let mut overlaps = false;
        order.sort_by(|a, b| left(points, sizes, *a).total_cmp(&left(points, sizes, *b)).then(a.cmp(b)));
        for (rank, a) in order.iter().copied().enumerate() {
            for b in order[rank + 1..].iter().copied() {
                if left(points, sizes, b) >= points[a].0 + sizes[a].0 / 2.0 {
                    break;
                }
                overlaps |= pushed(points, sizes, a, b);
            }
        }
        if !overlaps {
            return;
        }
        if round % 60 == 0 {
            points.iter_mut().for_each(|p| *p = (p.0 * 1.03, p.1 * 1.03));
        }
    }
}

fn left(points: &[Point], sizes: &[(f64, f64)], index: usize) -> f64 {
    points[index].0 - sizes[index].0 / 2.0
}

/// Pushes two nodes apart along the axis on which they overlap less; whether they did.
fn pushed(points: &mut [Point], sizes: &[(f64, f64)], a: usize, b: usize) -> bool {
    let (dx, dy) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
    let over = (f64::midpoint(sizes[a].0, sizes[b].0) - dx.abs(), f64::midpoint(sizes[a].1, sizes[b].1) - dy.abs());
    if over.0 <= 1e-6 || over.1 <= 1e-6 {
        return false;
    }
    let away = |d: f64| if d < 0.0 { -1.0 } else { 1.0 };
    if over.0 < over.1 {
        let by = (over.0 / 2.0 + 0.01) * away(dx);
        points[a].0 -= by;
        points[b].0 += by;
    } else {
        let by = (over.1 / 2.0 + 0.01) * away(dy);
        points[a].1 -= by;
        points[b].1 += by;
    }
    true
}

/// Numbers between 0 and 1 that look drawn by chance (SplitMix64: Steele, Lea & Flood 2014).
struct Chance(u64);

impl Chance {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn what_is_joined_is_near_and_nothing_overlaps() {
        let sizes = vec![(90.0, 30.0); 40];
        // Two rings of twenty, joined by one edge.
        let mut edges: Vec<_> = (0..40).map(|i| (i, if i % 20 == 19 { i - 19 } else { i + 1 }, 1.0)).collect();
        edges.push((0, 20, 0.5));
        let points = place(&sizes, &edges);
        for (i, a) in points.iter().enumerate() {
            for b in &points[i + 1..] {
                assert!((a.0 - b.0).abs() >= 90.0 - 1e-3 || (a.1 - b.1).abs() >= 30.0 - 1e-3, "{a:?} {b:?}");
            }
        }
        let mean = |pairs: &[(usize, usize)]| {
            let length = |(i, j): &(usize, usize)| (points[*i].0 - points[*j].0).hypot(points[*i].1 - points[*j].1);
            pairs.iter().map(length).sum::<f64>() / f64::from(u32::try_from(pairs.len()).expect("few"))
        };
        let across: Vec<(usize, usize)> = (1..20).map(|i| (i, i + 20)).collect();
        let along: Vec<(usize, usize)> = (0..19).map(|i| (i, i + 1)).collect();
        assert!(mean(&along) * 2.0 < mean(&across), "{} {}", mean(&along), mean(&across));
        assert_eq!(points, place(&sizes, &edges), "the same again");
    }

    #[test]
    fn nothing_one_and_many_at_one_place() {
        assert!(place(&[], &[]).is_empty());
        assert_eq!(place(&[(10.0, 10.0)], &[]).len(), 1);
        assert_eq!(place(&vec![(50.0, 20.0); 300], &[]).len(), 300);
    }
}

//! Dots in a plane, evened out: dense groups opened, far ones drawn in, none over another.
//!
//! In: places of no particular scale, and how large the dot at each is. Out: places in the same units as the sizes. Forces
//! alone draw groups to points and drive what is joined to little far out; here each place keeps its direction from the
//! middle, its distance is half its own and half its rank's, so that the disc is filled, and dots that still touch are pushed
//! apart. Repeatable, as [`super::force`] is.

use super::force::Point;
use std::collections::BTreeMap;

/// How much of the disc the dots fill.
const FILL: f64 = 0.22;
/// How far dots stand from each other at least.
const GAP: f64 = 2.0;
/// How many times dots are pushed apart.
const ROUNDS: usize = 60;

/// The middle of each dot of a radius.
pub fn apart(points: &[Point], radii: &[f64]) -> Vec<Point> {
    let room = radii.iter().map(|radius| (radius + GAP) * (radius + GAP)).sum::<f64>() / FILL;
    let mut points = evened(points, room.sqrt());
    let widest = radii.iter().copied().fold(0.0, f64::max);
    for _ in 0..ROUNDS {
        if !pushed(&mut points, radii, 2.0 * widest + GAP) {
            break;
        }
    }
    points
}

/// Places within a disc of a radius around the origin, their distances from it half their own and half those of their ranks.
fn evened(points: &[Point], disc: f64) -> Vec<Point> {
    let middle = (median(points.iter().map(|p| p.0)), median(points.iter().map(|p| p.1)));
    let from_middle: Vec<Point> = points.iter().map(|p| (p.0 - middle.0, p.1 - middle.1)).collect();
    let distances: Vec<f64> = from_middle.iter().map(|(x, y)| (x * x + y * y).sqrt()).collect();
    let far = distances.iter().copied().fold(0.0, f64::max).max(1e-9);
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| distances[*a].total_cmp(&distances[*b]).then(a.cmp(b)));
    let mut out = vec![(0.0, 0.0); points.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let share = f64::from(u32::try_from(rank).unwrap_or(u32::MAX)) / f64::from(u32::try_from(points.len()).unwrap_or(u32::MAX));
        let wanted = f64::midpoint(distances[index] / far, share.sqrt()) * disc;
        let scale = wanted / distances[index].max(1e-9);
        out[index] = (from_middle[index].0 * scale, from_middle[index].1 * scale);
    }
    out
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Pushes dots that touch away from each other, seen in cells so wide that only neighbours can touch; whether any did.
fn pushed(points: &mut [Point], radii: &[f64], wide: f64) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "cells are counted in thousands")]
    let cell = |(x, y): Point| ((x / wide).floor() as i64, (y / wide).floor() as i64);
    let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    points.iter().enumerate().for_each(|(index, point)| cells.entry(cell(*point)).or_default().push(index));
    let mut touched = false;
    for ((column, row), own) in &cells {
        let beside = [(0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
        for (right, down) in beside {
            let Some(others) = cells.get(&(column + right, row + down)) else { continue };
            for a in own {
                for b in others.iter().filter(|b| (right, down) != (0, 0) || *b > a) {
                    touched |= parted(points, radii, *a, *b);
                }
            }
        }
    }
    touched
}

/// Moves two dots that touch, each half of the way; whether they did.
fn parted(points: &mut [Point], radii: &[f64], a: usize, b: usize) -> bool {
    let (x, y) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
    let needs = radii[a] + radii[b] + GAP;
    let square = x * x + y * y;
    if square >= needs * needs {
        return false;
    }
    let distance = square.sqrt();
    // Two at one place part along a line of their own.
    let (x, y) = if distance < 1e-6 { (1.0, f64::from(u32::try_from(b % 7).unwrap_or(0)) - 3.0) } else { (x, y) };
    let length = (x * x + y * y).sqrt();
    let by = (needs - distance) / 2.0 / length;
    points[a] = (points[a].0 - x * by, points[a].1 - y * by);
    points[b] = (points[b].0 + x * by, points[b].1 + y * by);
    true
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn dots_fill_a_disc_and_lie_apart() {
        // A clump, and a few far away.
        let clump = (0..300).map(|i| (f64::from(i % 17) * 0.01, f64::from(i % 23) * 0.01));
        let points: Vec<_> = clump.chain([(1000.0, 0.0), (0.0, -1000.0)]).collect();
        let radii: Vec<f64> = (0..302).map(|i| if i % 50 == 0 { 20.0 } else { 3.0 }).collect();
        let placed = apart(&points, &radii);
        let apart_by = |a: usize, b: usize| (placed[a].0 - placed[b].0).hypot(placed[a].1 - placed[b].1) - radii[a] - radii[b];
        let touching = (0..302).flat_map(|a| (a + 1..302).map(move |b| (a, b))).filter(|(a, b)| apart_by(*a, *b) < 0.0).count();
        assert!(touching < 5, "{touching} pairs touch");
        let far = placed.iter().map(|p| p.0.hypot(p.1)).fold(0.0, f64::max);
        let disc = (radii.iter().map(|r| (r + 2.0) * (r + 2.0)).sum::<f64>() / super::FILL).sqrt();
        assert!(far < disc * 1.3, "{far} of {disc}");
        assert_eq!(placed, apart(&points, &radii), "the same again");
    }

    #[test]
    fn nothing_one_and_all_at_one_place() {
        assert!(apart(&[], &[]).is_empty());
        assert_eq!(apart(&[(5.0, 5.0)], &[3.0]), [(0.0, 0.0)]);
        let placed = apart(&[(1.0, 1.0); 50], &[3.0; 50]);
        assert!(placed.iter().all(|p| p.0.is_finite() && p.1.is_finite()));
    }
}

//! What pushes on a point, without looking at every other: points far away count together (Barnes & Hut 1986, *A hierarchical
//! O(N log N) force-calculation algorithm*).
//!
//! In: points with masses. Out: for a point, the sum of the pushes of all others, each by its mass over the distance.

use super::force::Point;

/// A square whose side is less than this share of its distance counts as one point.
const FAR: f64 = 0.9;
/// How often a square is divided at most; what is still together then has one place.
const DEPTH: usize = 40;
/// No square has these.
const NONE: usize = usize::MAX;

/// Points in squares in squares.
pub(super) struct Quadtree {
    squares: Vec<Square>,
}

struct Square {
    /// Side length.
    side: f64,
    /// The middle, where it is divided.
    middle: Point,
    /// Sum of masses.
    mass: f64,
    /// Sum of places by mass; by `mass`, the middle of what is in it.
    moment: Point,
    /// Its quarters, once it holds two points at different places.
    quarters: Option<[usize; 4]>,
}

impl Quadtree {
    pub(super) fn new(points: &[Point], masses: &[f64]) -> Self {
        let bound = |of: fn(&Point) -> f64, best: fn(f64, f64) -> f64| points.iter().map(of).reduce(best).unwrap_or(0.0);
        let (left, right) = (bound(|p| p.0, f64::min), bound(|p| p.0, f64::max));
        let (top, bottom) = (bound(|p| p.1, f64::min), bound(|p| p.1, f64::max));
        let side = (right - left).max(bottom - top).max(1e-9);
        let mut tree = Self { squares: vec![Square::new(side, (f64::midpoint(left, right), f64::midpoint(top, bottom)))] };
        for (point, mass) in points.iter().zip(masses) {
            tree.insert(*point, *mass);
        }
        tree
    }

    fn insert(&mut self, point: Point, mass: f64) {
        let mut at = 0;
        for _ in 0..DEPTH {
            let square = &self.squares[at];
            if square.mass == 0.0 {
                break;
            }
            if square.quarters.is_none() {
                let (held, weight) = (square.centre(), square.mass);
                if held == point {
                    break;
                }
                self.divide(at);
                let quarter = self.quarter(at, held);
                self.squares[quarter].add(held, weight);
            }
            self.squares[at].add(point, mass);
            at = self.quarter(at, point);
        }
        self.squares[at].add(point, mass);
    }

    fn divide(&mut self, at: usize) {
        let (side, (x, y)) = (self.squares[at].side / 2.0, self.squares[at].middle);
        let first = self.squares.len();
        for (dx, dy) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
            self.squares.push(Square::new(side, (x + dx * side, y + dy * side)));
        }
        self.squares[at].quarters = Some([first, first + 1, first + 2, first + 3]);
    }

    fn quarter(&self, at: usize, point: Point) -> usize {
        let square = &self.squares[at];
        let index = usize::from(point.0 >= square.middle.0) + 2 * usize::from(point.1 >= square.middle.1);
        square.quarters.map_or(NONE, |quarters| quarters[index])
    }

    /// The push on a point, by mass over distance, away from each other place.
    pub(super) fn push(&self, point: Point) -> Point {
        let mut sum = (0.0, 0.0);
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let square = &self.squares[at];
            if square.mass == 0.0 {
                continue;
            }
            let centre = square.centre();
            let way = (point.0 - centre.0, point.1 - centre.1);
            let distance = way.0 * way.0 + way.1 * way.1;
            match square.quarters {
                Some(quarters) if square.side * square.side > FAR * FAR * distance => open.extend(quarters),
                // What is at the very place does not push, itself least of all.
                _ if distance > 0.0 => {
                    let strength = square.mass / distance.max(0.01);
                    sum = (sum.0 + way.0 * strength, sum.1 + way.1 * strength);
                }
                _ => {}
            }
        }
        sum
    }
}

impl Square {
    fn new(side: f64, middle: Point) -> Self {
        Self { side, middle, mass: 0.0, moment: (0.0, 0.0), quarters: None }
    }

    fn add(&mut self, point: Point, mass: f64) {
        self.mass += mass;
        self.moment = (self.moment.0 + point.0 * mass, self.moment.1 + point.1 * mass);
    }

    fn centre(&self) -> Point {
        (self.moment.0 / self.mass, self.moment.1 / self.mass)
    }
}

#[cfg(test)]
mod tests {
    use super::Quadtree;

    #[test]
    fn pushes_are_nearly_those_of_every_point() {
        let points: Vec<(f64, f64)> = (0..200).map(|i| (f64::from(i * 37 % 101), f64::from(i * 53 % 97))).collect();
        let masses: Vec<f64> = (0..200).map(|i| f64::from(1 + i % 5)).collect();
        let tree = Quadtree::new(&points, &masses);
        for (index, point) in points.iter().enumerate() {
            let mut exact = (0.0, 0.0);
            for (other, mass) in points.iter().zip(&masses).enumerate().filter(|(i, _)| *i != index).map(|(_, pair)| pair) {
                let way = (point.0 - other.0, point.1 - other.1);
                let strength = mass / (way.0 * way.0 + way.1 * way.1).max(0.01);
                exact = (exact.0 + way.0 * strength, exact.1 + way.1 * strength);
            }
            let found = tree.push(*point);
            let off = (found.0 - exact.0).hypot(found.1 - exact.1);
            assert!(off < 0.15 * exact.0.hypot(exact.1).max(5.0), "{point:?}: {found:?}, not {exact:?}");
        }
    }

    #[test]
    fn points_at_one_place_are_no_trouble() {
        let tree = Quadtree::new(&[(1.0, 1.0); 50], &[1.0; 50]);
        assert_eq!(tree.push((1.0, 1.0)), (0.0, 0.0));
        assert_eq!(Quadtree::new(&[], &[]).push((0.0, 0.0)), (0.0, 0.0));
    }
}

//! A technology radar: rings by how far technologies have come, quadrants by what they are, numbers with their names beside.
//!
//! In: a [`Radar`]. Out: a [`Drawing`].

use super::paint::{Drawing, HEAD, MARGIN, counted, escape, left_out, length, linked, noted, number, short, without_a_day};
use crate::analysis::adoption::{Blip, Movement, Radar, Ring, quadrants};
use crate::analysis::together::Voice;
use crate::layout::text::width;
use std::fmt::Write as _;

/// The outer radius of each ring in pixels, and how many blips of a quadrant have room in it.
const RINGS: [(Ring, &str, f64, usize); 4] = [
    (Ring::Adopt, "Adopt", 150.0, 6),
    (Ring::Trial, "Trial", 235.0, 6),
    (Ring::Assess, "Assess", 305.0, 6),
    (Ring::Hold, "Hold", 360.0, 5),
];
/// Radius of a blip.
const BLIP: f64 = 10.5;
/// Width of the lists at the sides.
const LIST: f64 = 230.0;
/// Height of a line of a list.
const LINE: f64 = 19.0;
/// How wide a name may be, in ems.
const LABEL: f64 = 14.0;

const RULES: &str = "\
.ring{fill:none;stroke:var(--faint);stroke-width:1.5}.axis{stroke:var(--faint);stroke-width:1.5}.rings{font-size:12px;font-weight:600;fill:var(--soft);text-anchor:middle;paint-order:stroke;stroke:var(--bg);stroke-width:4px}\
.blip text{font-size:11px;fill:var(--bg);text-anchor:middle;font-weight:600}.quadrant{font-size:15px;font-weight:600}.of{font-size:12px;font-weight:600;fill:var(--soft)}.item{font-size:13px}a:hover text{text-decoration:underline}\
.q0 circle,.q0 path{fill:var(--c0)}.q1 circle,.q1 path{fill:var(--c1)}.q2 circle,.q2 path{fill:var(--c2)}.q3 circle,.q3 path{fill:var(--c4)}.quadrant.q0{fill:var(--c0)}.quadrant.q1{fill:var(--c1)}.quadrant.q2{fill:var(--c2)}.quadrant.q3{fill:var(--c4)}";

/// Draws the radar.
pub(super) fn draw(radar: &Radar) -> Drawing {
    let outer = RINGS[3].2;
    let shown: Vec<(usize, &Blip)> = shown(radar).into_iter().enumerate().map(|(index, blip)| (index + 1, blip)).collect();
    let lists: Vec<Vec<Line>> = (0..4).map(|quadrant| list(&shown, quadrant)).collect();
    let high = |quadrant: usize| length(lists[quadrant].len()) * LINE + 54.0;
    let (above, below) = (high(3).max(high(0)).max(outer + 16.0), high(2).max(high(1)).max(outer + 16.0));
    let (x, y) = (MARGIN + LIST + 20.0 + outer, HEAD + above);
    let mut marks = String::new();
    for (_, _, radius, _) in &RINGS {
        let _ = writeln!(marks, "<circle class=\"ring\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(x), number(y), number(*radius));
    }
    let _ = writeln!(
        marks,
        "<path class=\"axis\" d=\"M{} {}H{}M{} {}V{}\"/>",
        number(x - outer),
        number(y),
        number(x + outer),
        number(x),
        number(y - outer),
        number(y + outer)
    );
    for (index, (_, name, radius, _)) in RINGS.iter().enumerate() {
        let inner = if index == 0 { 0.0 } else { RINGS[index - 1].2 };
        let at = f64::midpoint(inner, *radius);
        for side in [-1.0, 1.0] {
            let _ = writeln!(marks, "<text class=\"rings\" x=\"{}\" y=\"{}\">{name}</text>", number(x + at * side), number(y + 4.5));
        }
    }
    for (quadrant, of) in quadrants().iter().enumerate() {
        let (right, lower) = (quadrant < 2, quadrant == 1 || quadrant == 2);
        let left = if right { x + outer + 20.0 } else { MARGIN };
        let top = if lower { y + 26.0 } else { HEAD + 22.0 };
        let _ = writeln!(
            marks,
            "<text class=\"quadrant q{quadrant}\" x=\"{}\" y=\"{}\">{}</text>",
            number(left),
            number(top),
            escape(&of.name)
        );
        for (index, line) in lists[quadrant].iter().enumerate() {
            marks.push_str(&written(line, (left, top + 22.0 + length(index) * LINE), radar.voice));
        }
        for (index, (ring, _, radius, _)) in RINGS.iter().enumerate() {
            let inner = if index == 0 { 26.0 } else { RINGS[index - 1].2 };
            let of: Vec<&(usize, &Blip)> = shown.iter().filter(|(_, b)| b.quadrant == quadrant && b.ring == *ring).collect();
            for (rank, (index, blip)) in of.iter().enumerate() {
                let (across, down) = place(rank, of.len(), inner, *radius);
                let (dx, dy) = (if right { across } else { -across }, if lower { down } else { -down });
                marks.push_str(&drawn(*index, blip, (x + dx, y + dy), radar.voice));
            }
        }
    }
    if radar.blips.is_empty() {
        let _ = writeln!(
            marks,
            "<text class=\"head\" x=\"{}\" y=\"{}\">No talk that names a technology has a day.</text>",
            number(MARGIN),
            number(HEAD + 44.0)
        );
    }
    let legend = "▲ nearer the middle than a year before · ▼ further out · ● as before · ◆ new";
    let foot = y + below + 10.0;
    let _ = writeln!(marks, "<text class=\"head\" x=\"{}\" y=\"{}\">{legend}</text>", number(MARGIN), number(foot));
    let meaning = "Voices (companies, or reports of talks without one) in the last two years. Adopt: 4 or more, and some before; trial: 2 or more; assess: 1; hold: none any more.";
    let _ = writeln!(marks, "<text class=\"head\" x=\"{}\" y=\"{}\">{meaning}</text>", number(MARGIN), number(foot + 20.0));
    let fewer = left_out(&[(radar.left_out + radar.blips.len() - shown.len(), "technology", "technologies")]);
    let elsewhere = counted(radar.elsewhere, "technology", "technologies");
    let elsewhere = (radar.elsewhere > 0).then(|| format!("{elsewhere} without a category not shown"));
    Drawing {
        title: radar.until.map_or_else(|| "Technology radar".into(), |day| format!("Technology radar, {}", day.strftime("%B %Y"))),
        description: format!("{} in rings by who talks about them", counted(shown.len(), "technology", "technologies")),
        size: ((x + outer + 20.0 + LIST).max(MARGIN + width(meaning) * 13.0) + MARGIN, foot + 20.0 + MARGIN),
        rules: RULES.into(),
        marks,
        note: noted([fewer, elsewhere, without_a_day(radar.undated, radar.voice)]),
    }
}

/// The blips for which there is room, in the order of their numbers: by quadrant and ring.
fn shown<'r, 'g>(radar: &'r Radar<'g>) -> Vec<&'r Blip<'g>> {
    let room = |quadrant: usize, (ring, _, _, most): (Ring, &str, f64, usize)| {
        radar.blips.iter().filter(move |b| b.quadrant == quadrant && b.ring == ring).take(most)
    };
    (0..quadrants().len()).flat_map(|quadrant| RINGS.into_iter().flat_map(move |ring| room(quadrant, ring))).collect()
}

/// A line of the list of a quadrant.
enum Line<'b, 'g> {
    /// The name of a ring.
    Ring(&'static str),
    /// A blip with its number.
    Blip(usize, &'b Blip<'g>),
}

/// The names of a quadrant's blips by ring.
fn list<'b, 'g>(shown: &[(usize, &'b Blip<'g>)], quadrant: usize) -> Vec<Line<'b, 'g>> {
    let mut lines = Vec::new();
    for (ring, name, ..) in RINGS {
        let of = shown.iter().filter(|(_, b)| b.quadrant == quadrant && b.ring == ring);
        let blips: Vec<Line> = of.map(|(index, blip)| Line::Blip(*index, blip)).collect();
        lines.extend((!blips.is_empty()).then_some(Line::Ring(name)));
        lines.extend(blips);
    }
    lines
}

/// A line of a list at its place.
fn written(line: &Line, (x, y): (f64, f64), voice: Voice) -> String {
    let (x, y) = (number(x), number(y));
    match line {
        Line::Ring(name) => format!("<text class=\"of\" x=\"{x}\" y=\"{y}\">{name}</text>\n"),
        Line::Blip(index, blip) => {
            let sign = match blip.movement {
                Movement::New => " ◆",
                Movement::In => " ▲",
                Movement::Out => " ▼",
                Movement::None => "",
            };
            let name = format!("{index}. {}{sign}", short(&blip.node.label, LABEL));
            let text = format!("<text class=\"item\" x=\"{x}\" y=\"{y}\"><title>{}</title>{}</text>", told(blip, voice), escape(&name));
            linked(&text, blip.node.url.as_deref())
        }
    }
}

/// Where in a quarter of a ring the blip of a rank stands: evenly over the angle, on two tracks by turns.
fn place(rank: usize, count: usize, inner: f64, outer: f64) -> (f64, f64) {
    let share = (length(rank) + 0.5) / length(count);
    let (near, far) = (inner + (outer - inner) * 0.4, inner + (outer - inner) * 0.76);
    let radius = if rank.is_multiple_of(2) { far } else { near };
    // Names of rings stand along the axis: keep clear of it.
    let (least, most) = ((BLIP + 10.0) / radius, 1.0 - (BLIP + 4.0) / radius / std::f64::consts::FRAC_PI_2);
    let least = least / std::f64::consts::FRAC_PI_2;
    let (cosine, sine) = turned(least + (most - least) * share);
    (radius * cosine, radius * sine)
}

/// Cosine and sine of a share of a right angle, by their series: the same bits on every system, exact to a millionth.
fn turned(share: f64) -> (f64, f64) {
    let angle = share * std::f64::consts::FRAC_PI_2;
    let series = |mut term: f64, first: u32| {
        let mut sum = term;
        for step in (first..first + 14).step_by(2) {
            term *= -angle * angle / f64::from(step * (step + 1));
            sum += term;
        }
        sum
    };
    (series(1.0, 1), series(angle, 2))
}

/// A blip with its number: a triangle where it has moved, a lozenge where it is new.
fn drawn(index: usize, blip: &Blip, (x, y): (f64, f64), voice: Voice) -> String {
    let reach = BLIP * 1.25;
    let polygon = |points: [(f64, f64); 4]| {
        let points = points.map(|(dx, dy)| format!("{} {}", number(x + dx * reach), number(y + dy * reach)));
        format!("<path d=\"M{}Z\"/>", points.join("L"))
    };
    let mark = match blip.movement {
        Movement::None => format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(x), number(y), number(BLIP)),
        Movement::In => polygon([(0.0, -1.15), (1.1, 0.8), (0.0, 0.8), (-1.1, 0.8)]),
        Movement::Out => polygon([(0.0, 1.15), (1.1, -0.8), (0.0, -0.8), (-1.1, -0.8)]),
        Movement::New => polygon([(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
    };
    let text = format!("<text x=\"{}\" y=\"{}\">{index}</text>", number(x), number(y + 4.0));
    let marks = format!("<g class=\"blip q{}\"><title>{}</title>{mark}{text}</g>", blip.quadrant, told(blip, voice));
    linked(&marks, blip.node.url.as_deref())
}

/// More about a blip, for a tooltip.
fn told(blip: &Blip, voice: Voice) -> String {
    let category = blip.node.category.as_deref().unwrap_or_default();
    // Where reports stand for talks they are the voices.
    let talks = if voice == Voice::Talks { format!(", {}", voice.counted(blip.node.talks)) } else { String::new() };
    escape(&format!("{}\n{category}\n{}{talks}", blip.node.label, counted(blip.voices, "voice", "voices")))
}

#[cfg(test)]
mod tests {
    use super::{BLIP, RINGS, place, turned};
    use std::f64::consts::FRAC_1_SQRT_2;

    #[test]
    fn a_quarter_turn_is_exact() {
        for (share, (cosine, sine)) in [(0.0, (1.0, 0.0)), (0.5, (FRAC_1_SQRT_2, FRAC_1_SQRT_2)), (1.0, (0.0, 1.0))] {
            let (c, s) = turned(share);
            assert!((c - cosine).abs() < 1e-6 && (s - sine).abs() < 1e-6, "{share}: {c} {s}");
        }
    }

    #[test]
    fn blips_of_a_full_radar_do_not_touch() {
        let mut places = Vec::new();
        for (index, (_, _, radius, room)) in RINGS.iter().enumerate() {
            let inner = if index == 0 { 26.0 } else { RINGS[index - 1].2 };
            places.extend((0..*room).map(|rank| place(rank, *room, inner, *radius)));
        }
        for (index, a) in places.iter().enumerate() {
            assert!(a.0 > BLIP && a.1 > BLIP, "{a:?} crosses an axis");
            for b in &places[index + 1..] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) > BLIP * 2.3, "{a:?} {b:?}");
            }
        }
    }
}

//! Technologies over time: a row for each, a circle for each period as large as its talks are many.
//!
//! In: [`Trends`]. Out: a [`Drawing`].

use super::paint::{COLOURS, Drawing, HEAD, MARGIN, counted, escape, left_out, length, linked, noted, number, short, without_a_day};
use crate::analysis::adoption::{quadrant, quadrants};
use crate::analysis::trend::Trends;
use crate::graph::Node;
use crate::layout::text::width;
use std::fmt::Write as _;

/// Height of a row in pixels.
const ROW: f64 = 27.0;
/// Width of a period, at least, and the largest circle.
const PERIOD: (f64, f64) = (40.0, 12.5);
/// How wide periods are together, where there are few.
const WIDE: f64 = 640.0;
/// Size of labels.
const FONT: f64 = 13.0;
/// How wide a label may be, in ems.
const LABEL: f64 = 16.0;
/// Height of a line of the legend.
const LINE: f64 = 22.0;

const RULES: &str = "\
.name{font-size:13px;text-anchor:end}.period{font-size:12px;fill:var(--soft);text-anchor:middle}.sum{font-size:12px;fill:var(--soft)}.row{stroke:var(--faint)}.dot{fill-opacity:.85}.life{stroke-width:2;stroke-opacity:.35}a:hover text{text-decoration:underline}.q0{fill:var(--c0);stroke:var(--c0)}.q1{fill:var(--c1);stroke:var(--c1)}.q2{fill:var(--c2);stroke:var(--c2)}.q3{fill:var(--c4);stroke:var(--c4)}.q9{fill:var(--c9);stroke:var(--c9)}";

/// What is said in place of rows.
const NOTHING: &str = "No talk that names a technology has a day.";

/// Draws them.
pub(super) fn draw(trends: &Trends) -> Drawing {
    let names: Vec<String> = trends.rows.iter().map(|row| short(&row.node.label, LABEL)).collect();
    let left = MARGIN + names.iter().map(|name| width(name) * FONT).fold(0.0, f64::max) + 14.0;
    let period = (WIDE / length(trends.periods.len().max(1))).clamp(PERIOD.0, PERIOD.0 * 2.5);
    let right = left + period * length(trends.periods.len());
    let top = HEAD + 24.0;
    let bottom = top + ROW * length(trends.rows.len());
    let middle = |index: usize| left + period * (length(index) + 0.5);
    let mut marks = String::new();
    for (index, name) in trends.periods.iter().map(|p| p.name.as_str()).enumerate().filter(|(index, name)| told(*index, name, period)) {
        for y in [top - 10.0, bottom + 18.0] {
            let _ = writeln!(marks, "<text class=\"period\" x=\"{}\" y=\"{}\">{name}</text>", number(middle(index)), number(y));
        }
    }
    let most = trends.rows.iter().flat_map(|row| &row.talks).copied().max().unwrap_or(1);
    for (index, (row, name)) in trends.rows.iter().zip(&names).enumerate() {
        let y = top + ROW * (length(index) + 0.5);
        let quadrant = of(row.node);
        let all: usize = row.talks.iter().sum();
        let _ = writeln!(marks, "<path class=\"row\" d=\"M{} {}H{}\"/>", number(left), number(y), number(right));
        let text = format!(
            "<text class=\"name\" x=\"{}\" y=\"{}\"><title>{}</title>{}</text>",
            number(left - 12.0),
            number(y + 4.5),
            escape(&format!("{}\n{}", row.node.label, trends.voice.counted(all))),
            escape(name)
        );
        marks.push_str(&linked(&text, row.node.url.as_deref()));
        let said = || row.talks.iter().enumerate().filter(|(_, talks)| **talks > 0);
        if let (Some((first, _)), Some((last, _))) = (said().next(), said().next_back()) {
            let _ = writeln!(
                marks,
                "<path class=\"life q{quadrant}\" d=\"M{} {}H{}\"/>",
                number(middle(first)),
                number(y),
                number(middle(last))
            );
        }
        for (period, talks) in said() {
            let radius = (PERIOD.1 * (length(*talks) / length(most)).sqrt()).max(2.5);
            let _ = writeln!(
                marks,
                "<circle class=\"dot q{quadrant}\" cx=\"{}\" cy=\"{}\" r=\"{}\"><title>{}</title></circle>",
                number(middle(period)),
                number(y),
                number(radius),
                escape(&format!("{}, {}\n{}", row.node.label, trends.periods[period].name, trends.voice.counted(*talks)))
            );
        }
        let _ = writeln!(marks, "<text class=\"sum\" x=\"{}\" y=\"{}\">{all}</text>", number(right + 8.0), number(y + 4.0));
    }
    if trends.rows.is_empty() {
        let _ = writeln!(marks, "<text class=\"head\" x=\"{}\" y=\"{}\">{NOTHING}</text>", number(MARGIN), number(top));
    }
    let mut x = MARGIN;
    let mut y = bottom + 20.0 + LINE;
    let legend = quadrants().iter().map(|quadrant| quadrant.name.as_str()).enumerate().chain([(COLOURS, "other")]);
    for (index, name) in legend.filter(|(index, _)| trends.rows.iter().any(|row| of(row.node) == *index)) {
        let wide = width(name) * FONT + 44.0;
        if x > MARGIN && x + wide > right + MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        let _ = writeln!(
            marks,
            "<circle class=\"dot q{index}\" cx=\"{}\" cy=\"{}\" r=\"6\"/><text class=\"head\" x=\"{}\" y=\"{}\">{}</text>",
            number(x + 7.0),
            number(y - 4.5),
            number(x + 20.0),
            number(y),
            escape(name)
        );
        x += wide;
    }
    let said = if trends.rows.is_empty() { MARGIN + width(NOTHING) * FONT } else { right + 44.0 };
    let fewer = left_out(&[(trends.left_out, "technology", "technologies")]);
    Drawing {
        title: match (trends.periods.first().map(|p| &p.name), trends.periods.last().map(|p| &p.name)) {
            (Some(first), Some(last)) if first != last => {
                format!("Technologies of {}, {first} to {last}", trends.voice.counted(trends.dated))
            }
            (Some(only), _) => format!("Technologies of {}, {only}", trends.voice.counted(trends.dated)),
            _ => "Technologies over time".into(),
        },
        description: format!(
            "{} with the number of their {}s in each period",
            counted(trends.rows.len(), "technology", "technologies"),
            trends.voice.name()
        ),
        size: (said + MARGIN, y + MARGIN),
        rules: RULES.into(),
        marks,
        note: noted([fewer, without_a_day(trends.undated, trends.voice)]),
    }
}

/// Whether a period's name is written: of years and quarters each, of months that stand close every third.
fn told(index: usize, name: &str, period: f64) -> bool {
    width(name) * 12.0 + 4.0 < period || index.is_multiple_of(2)
}

/// The quadrant of a technology, for its colour.
fn of(technology: &Node) -> usize {
    quadrant(technology).unwrap_or(COLOURS)
}

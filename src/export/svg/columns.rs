//! A picture of talks: companies, talks and technologies in three columns, joined by curves.
//!
//! In: a [`View`]. Out: a [`Drawing`]. Labels are measured, so that none overlaps another or leaves its box; boxes of what several talks name say
//! how many.

use super::paint::{Drawing, HEAD, MARGIN, counted, escape, length, linked, number};
use crate::export::view::{View, ViewNode};
use crate::graph::NodeKind;
use crate::layout::columns::{Item, place};
use crate::layout::text::{width, wrap};
use std::fmt::Write as _;

/// Size of labels in pixels.
const FONT: f64 = 14.0;
/// Size of counts in pixels.
const SMALL: f64 = 11.0;
/// Height of a line of a label.
const LINE: f64 = 18.0;
/// Room above and below the text in a box, and at its sides.
const PAD: (f64, f64) = (5.0, 12.0);
/// Room between boxes of a column.
const GAP: f64 = 6.0;
/// Room between columns, where edges run.
const LANE: f64 = 190.0;
/// From the top of the picture to the boxes: the title and the heads of the columns.
const TOP: f64 = HEAD + 22.0;

/// The columns: their kinds of nodes, and how wide a label may be, in ems.
const COLUMNS: [(&[NodeKind], f64); 3] =
    [(&[NodeKind::Company], 13.0), (&[NodeKind::Talk, NodeKind::Document], 26.0), (&[NodeKind::Technology], 17.0)];

const RULES: &str = "\
.company rect{fill:var(--company);stroke:var(--company-line)}.talk rect,.document rect{fill:var(--talk);stroke:var(--talk-line)}.technology rect{fill:var(--technology);stroke:var(--technology-line)}\
.count{font-size:11px;fill:var(--soft)}a:hover rect,g:hover>rect{stroke-width:2.5}";

/// A box to draw.
struct Label<'a> {
    node: &'a ViewNode,
    column: usize,
    lines: Vec<String>,
    /// How many talks name it, where that is worth saying.
    count: Option<String>,
    width: f64,
    height: f64,
}

/// Lays the picture out and draws it.
pub(super) fn draw(view: &View) -> Drawing {
    let labels: Vec<Label> = view.nodes.iter().map(label).collect();
    let counts: Vec<usize> = (0..3).map(|c| labels.iter().filter(|l| l.column == c).count()).collect();
    // Columns without nodes take no place.
    let place_of = |column: usize| counts[..column].iter().filter(|count| **count > 0).count();
    let items: Vec<Item> = labels.iter().map(|l| Item { column: place_of(l.column), height: l.height + GAP }).collect();
    let edges: Vec<(usize, usize)> = view.edges.iter().map(|e| (e.source, e.target)).collect();
    let middles = place(&items, &edges);
    let reports = view.nodes.iter().any(|node| node.kind == NodeKind::Document);
    let heads: Vec<String> = ["Companies", if reports { "Reports" } else { "Talks" }, "Technologies"]
        .iter()
        .zip(&counts)
        .map(|(name, count)| format!("{name} · {count}"))
        .collect();
    let widest = |column: usize| {
        let head = if counts[column] > 0 { width(&heads[column]) * 13.0 } else { 0.0 };
        labels.iter().filter(|l| l.column == column).map(|l| l.width).fold(head, f64::max)
    };
    let mut left = [MARGIN; 3];
    for column in 1..3 {
        let lane = if widest(column - 1) > 0.0 { LANE } else { 0.0 };
        left[column] = left[column - 1] + widest(column - 1) + lane;
    }
    let bottom = labels.iter().zip(&middles).map(|(l, y)| y + l.height / 2.0).fold(40.0, f64::max);
    let mut marks = String::new();
    for (column, head) in heads.iter().enumerate().filter(|(c, _)| counts[*c] > 0) {
        let _ = writeln!(marks, "<text class=\"head\" x=\"{}\" y=\"{}\">{head}</text>", number(left[column]), number(TOP - 10.0));
    }
    marks.push_str("<g>\n");
    for edge in &view.edges {
        let (a, b) = (&labels[edge.source], &labels[edge.target]);
        let (x1, x2) = (left[a.column] + a.width, left[b.column]);
        let (y1, y2) = (TOP + middles[edge.source], TOP + middles[edge.target]);
        let bend = (x2 - x1) * 0.5;
        let stroke = 1.0 + length(edge.count).ln();
        let _ = writeln!(
            marks,
            "<path class=\"edge\" stroke-width=\"{}\" d=\"M{} {}C{} {} {} {} {} {}\"><title>{}</title></path>",
            number(stroke.min(6.0)),
            number(x1),
            number(y1),
            number(x1 + bend),
            number(y1),
            number(x2 - bend),
            number(y2),
            number(x2),
            number(y2),
            escape(&format!("{} – {} ({})\n{}", a.node.label, b.node.label, edge.count, edge.detail)),
        );
    }
    marks.push_str("</g>\n");
    for (label, middle) in labels.iter().zip(&middles) {
        marks.push_str(&drawn(label, left[label.column], TOP + middle - label.height / 2.0));
    }
    Drawing {
        title: view.title.clone(),
        description: format!(
            "{}, {}, {} and what joins them",
            counted(counts[0], "company", "companies"),
            if reports { counted(counts[1], "report", "reports") } else { counted(counts[1], "talk", "talks") },
            counted(counts[2], "technology", "technologies")
        ),
        size: (left[2] + widest(2) + MARGIN, TOP + bottom + GAP + MARGIN),
        rules: RULES.into(),
        marks,
        note: view.note.clone(),
    }
}

fn label(node: &ViewNode) -> Label<'_> {
    let column = COLUMNS.iter().position(|(kinds, _)| kinds.contains(&node.kind)).unwrap_or(1);
    let shown: String = node.label.chars().filter(|c| !c.is_control()).collect();
    let lines = wrap(&shown, COLUMNS[column].1, 2);
    let widest = lines.iter().map(|l| width(l)).fold(1.0, f64::max);
    let count = (column != 1 && node.talks > 1).then(|| format!("×{}", node.talks));
    let beside = count.as_ref().map_or(0.0, |count| width(count) * SMALL + PAD.1 / 2.0);
    let height = length(lines.len()) * LINE + PAD.0 * 2.0;
    Label { node, column, lines, count, width: (widest * FONT + PAD.1 * 2.0 + beside).ceil(), height }
}

/// A box with its label.
fn drawn(label: &Label, x: f64, y: f64) -> String {
    let radius = if label.node.kind == NodeKind::Technology { label.height / 2.0 } else { 6.0 };
    let mut marks = format!(
        "<g class=\"{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
        label.node.kind.name(),
        escape(&label.node.detail),
        number(x),
        number(y),
        number(label.width),
        number(label.height),
        number(radius.min(16.0)),
    );
    let mut baseline = y + PAD.0 + 13.5;
    for line in &label.lines {
        let _ = write!(marks, "<text x=\"{}\" y=\"{}\">{}</text>", number(x + PAD.1), number(baseline), escape(line));
        baseline += LINE;
    }
    if let Some(count) = &label.count {
        let place = x + label.width - PAD.1 - width(count) * SMALL;
        let middle = y + label.height / 2.0 + 4.0;
        let _ = write!(marks, "<text class=\"count\" x=\"{}\" y=\"{}\">{count}</text>", number(place), number(middle));
    }
    marks.push_str("</g>");
    linked(&marks, label.node.url.as_deref())
}

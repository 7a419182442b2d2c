//! A heat map: companies by technologies, each cell as dark as its talks are many.
//!
//! In: a [`Usage`]. Out: a [`Drawing`].

use super::paint::{Drawing, HEAD, MARGIN, counted, escape, left_out, length, linked, number, short};
use crate::analysis::usage::Usage;
use crate::layout::text::width;
use std::fmt::Write as _;

/// Side of a cell in pixels.
const CELL: f64 = 26.0;
/// Size of labels.
const FONT: f64 = 13.0;
/// How wide a label may be, in ems.
const LABEL: f64 = 15.0;

const RULES: &str = "\
.name{font-size:13px}.end{text-anchor:end}.cell rect{fill:var(--c0)}.cell text{font-size:11px;text-anchor:middle}.strong text{fill:var(--bg)}.grid{stroke:var(--faint)}a:hover text{text-decoration:underline}";

/// Draws the heat map.
pub(super) fn draw(usage: &Usage) -> Drawing {
    let rows: Vec<String> = usage.companies.iter().map(|node| short(&node.label, LABEL)).collect();
    let columns: Vec<String> = usage.technologies.iter().map(|node| short(&node.label, LABEL)).collect();
    let widest = |names: &[String]| names.iter().map(|name| width(name) * FONT).fold(0.0, f64::max);
    // Heads of columns rise at 45 degrees: as high as they are wide, by the root of a half.
    let rise = widest(&columns) * 0.71 + 14.0;
    let (left, top) = (MARGIN + widest(&rows) + 10.0, HEAD + rise);
    let (wide, high) = (length(columns.len()) * CELL, length(rows.len()) * CELL);
    let mut marks = String::new();
    for index in 0..=rows.len() {
        let y = number(top + length(index) * CELL);
        let _ = writeln!(marks, "<path class=\"grid\" d=\"M{} {y}H{}\"/>", number(left), number(left + wide));
    }
    for index in 0..=columns.len() {
        let x = number(left + length(index) * CELL);
        let _ = writeln!(marks, "<path class=\"grid\" d=\"M{x} {}V{}\"/>", number(top), number(top + high));
    }
    for (row, (name, node)) in rows.iter().zip(&usage.companies).enumerate() {
        let (x, y) = (left - 8.0, top + (length(row) + 0.5) * CELL + 4.5);
        let text = format!(
            "<text class=\"name end\" x=\"{}\" y=\"{}\"><title>{}</title>{}</text>",
            number(x),
            number(y),
            told(&node.label, node.talks),
            escape(name)
        );
        marks.push_str(&linked(&text, node.url.as_deref()));
    }
    for (column, (name, node)) in columns.iter().zip(&usage.technologies).enumerate() {
        let (x, y) = (number(left + (length(column) + 0.5) * CELL + 4.0), number(top - 8.0));
        let text = format!(
            "<text class=\"name\" transform=\"translate({x},{y}) rotate(-45)\"><title>{}</title>{}</text>",
            told(&node.label, node.talks),
            escape(name)
        );
        marks.push_str(&linked(&text, node.url.as_deref()));
    }
    let most = usage.talks.values().copied().max().unwrap_or(1);
    for ((row, column), talks) in &usage.talks {
        let (x, y) = (left + length(*column) * CELL, top + length(*row) * CELL);
        let share = (length(*talks) / length(most)).sqrt();
        let strength = 0.16 + 0.84 * share;
        let strong = if strength > 0.85 { " strong" } else { "" };
        let _ = writeln!(
            marks,
            "<g class=\"cell{strong}\"><title>{} – {}\n{}</title><rect x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\" rx=\"3\" fill-opacity=\"{strength:.2}\"/><text x=\"{}\" y=\"{}\">{talks}</text></g>",
            escape(&usage.companies[*row].label),
            escape(&usage.technologies[*column].label),
            counted(*talks, "talk", "talks"),
            number(x + 1.5),
            number(y + 1.5),
            number(x + CELL / 2.0),
            number(y + CELL / 2.0 + 4.0),
            side = number(CELL - 3.0),
        );
    }
    if rows.is_empty() {
        let _ = writeln!(
            marks,
            "<text class=\"head\" x=\"{}\" y=\"{}\">No talk says which company it is of.</text>",
            number(MARGIN),
            number(HEAD + 12.0)
        );
    }
    let last = columns.last().map_or(0.0, |name| width(name) * FONT * 0.71 + CELL);
    Drawing {
        title: "Which companies talk about which technologies".into(),
        description: format!(
            "{} by {}, with how many talks",
            counted(rows.len(), "company", "companies"),
            counted(columns.len(), "technology", "technologies")
        ),
        size: (left + wide + last.max(MARGIN), top + high + MARGIN),
        rules: RULES.into(),
        marks,
        note: left_out(&[(usage.left_out.0, "company", "companies"), (usage.left_out.1, "technology", "technologies")]),
    }
}

fn told(label: &str, talks: usize) -> String {
    escape(&format!("{label}\n{}", counted(talks, "talk", "talks")))
}

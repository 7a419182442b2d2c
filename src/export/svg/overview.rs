//! A picture of many talks: their companies and technologies in a plane, near each other where talks join them.
//!
//! In: a [`View`] with communities. Out: a [`Drawing`]. A mark is as large as its talks are many, its colour is its
//! community's; circles are technologies, squares companies. No label or mark lies over another.

use super::paint::{COLOURS, Drawing, HEAD, MARGIN, colour, counted, escape, length, linked, number};
use crate::analysis::together::Voice;
use crate::export::view::{Join, View, ViewNode};
use crate::graph::NodeKind;
use crate::layout::force::place;
use crate::layout::text::{width, wrap};
use std::fmt::Write as _;

/// Radius of the mark with the most talks, and of one with a single talk, in pixels.
const RADII: (f64, f64) = (34.0, 5.0);
/// Size of the labels of the largest and the smallest mark, in pixels.
const FONTS: (f64, f64) = (19.0, 12.0);
/// Room around a mark with its label.
const GAP: (f64, f64) = (10.0, 8.0);
/// How wide a line of a label may be, in ems.
const LABEL: f64 = 12.0;
/// How many communities the legend tells of, and by how many of their nodes.
const LEGEND: (usize, usize) = (COLOURS, 4);
/// Height of a line of the legend.
const LINE: f64 = 22.0;

/// A mark to draw.
struct Mark<'a> {
    node: &'a ViewNode,
    radius: f64,
    font: f64,
    lines: Vec<String>,
}

impl<'a> Mark<'a> {
    fn new(node: &'a ViewNode, most: f64) -> Self {
        let share = (length(node.talks.max(1)) / most).sqrt();
        let shown: String = node.label.chars().filter(|c| !c.is_control()).collect();
        Self {
            node,
            radius: (RADII.0 * share).max(RADII.1),
            font: (FONTS.1 + (FONTS.0 - FONTS.1) * share).round(),
            lines: wrap(&shown, LABEL, 2),
        }
    }

    /// Width and height with the label, which stands below the mark.
    fn size(&self) -> (f64, f64) {
        let label = self.lines.iter().map(|line| width(line) * self.font).fold(0.0, f64::max);
        (label.max(self.radius * 2.0) + GAP.0, self.radius * 2.0 + length(self.lines.len()) * self.leading() + GAP.1)
    }

    /// From one baseline to the next.
    fn leading(&self) -> f64 {
        self.font * 1.2
    }

    /// The mark's middle, where the middle of it and its label is at `y`.
    fn middle(&self, y: f64) -> f64 {
        y - self.size().1 / 2.0 + GAP.1 / 2.0 + self.radius
    }
}

/// Lays the picture out and draws it.
pub(super) fn draw(view: &View) -> Drawing {
    let most = view.nodes.iter().map(|node| length(node.talks)).fold(1.0, f64::max);
    let marks: Vec<Mark> = view.nodes.iter().map(|node| Mark::new(node, most)).collect();
    let sizes: Vec<(f64, f64)> = marks.iter().map(Mark::size).collect();
    let joined: Vec<(usize, usize, f64)> = view.edges.iter().map(|e| (e.source, e.target, length(e.count).sqrt())).collect();
    let mut places = place(&sizes, &joined);
    let least =
        |axis: fn((f64, f64)) -> f64| places.iter().zip(&sizes).map(|(p, s)| axis(*p) - axis(*s) / 2.0).fold(f64::INFINITY, f64::min);
    let (left, top) = (least(|p| p.0), least(|p| p.1));
    for place in &mut places {
        *place = (place.0 - left + MARGIN, place.1 - top + HEAD);
    }
    let right = places.iter().zip(&sizes).map(|(p, s)| p.0 + s.0 / 2.0).fold(MARGIN, f64::max);
    let bottom = places.iter().zip(&sizes).map(|(p, s)| p.1 + s.1 / 2.0).fold(HEAD, f64::max);
    let middles: Vec<(f64, f64)> = marks.iter().zip(&places).map(|(mark, (x, y))| (*x, mark.middle(*y))).collect();
    let mut out = edges(view, &marks, &middles);
    for (mark, middle) in marks.iter().zip(&middles) {
        out.push_str(&drawn(mark, *middle));
    }
    let (below, size) = if marks.is_empty() { nothing() } else { legend(&marks, (most, view.voice), bottom + 14.0, right) };
    out.push_str(&below);
    let of = |kind: NodeKind| view.nodes.iter().filter(|node| node.kind == kind).count();
    Drawing {
        title: view.title.clone(),
        description: format!(
            "{} and {}, near each other where {}s join them",
            counted(of(NodeKind::Company), "company", "companies"),
            counted(of(NodeKind::Technology), "technology", "technologies"),
            view.voice.name()
        ),
        size: (size.0 + MARGIN, size.1 + MARGIN),
        rules: rules(),
        marks: out,
        note: view.note.clone(),
    }
}

fn rules() -> String {
    let mut rules = String::from(
        ".plane text{text-anchor:middle;paint-order:stroke;stroke:var(--bg);stroke-width:3px;stroke-linejoin:round}\
         .company text{font-weight:600}.company rect{stroke:var(--ink);stroke-width:1.5}\
         a:hover circle,a:hover rect,g:hover>circle,g:hover>rect{stroke:var(--ink);stroke-width:2.5}.key{fill:var(--soft);font-size:13px}.size{fill:none;stroke:var(--soft)}",
    );
    for group in 0..=COLOURS {
        let _ = write!(rules, ".g{group} circle,.g{group} rect{{fill:var(--c{group})}}path.g{group}{{stroke:var(--c{group})}}");
    }
    rules
}

/// What joins the marks: straight lines below them, in the colour of the community that both are of.
fn edges(view: &View, marks: &[Mark], middles: &[(f64, f64)]) -> String {
    let mut out = String::from("<g>\n");
    for edge in &view.edges {
        let (a, b) = (&marks[edge.source], &marks[edge.target]);
        let group = if a.node.group == b.node.group { format!(" g{}", colour(a.node.group)) } else { String::new() };
        let ((x1, y1), (x2, y2)) = (middles[edge.source], middles[edge.target]);
        let said = match edge.join {
            Join::Together => format!("named together in {}", view.voice.counted(edge.count)),
            Join::Said(_) => edge.detail.clone(),
        };
        let _ = writeln!(
            out,
            "<path class=\"edge{group}\" stroke-width=\"{}\" d=\"M{} {}L{} {}\"><title>{}</title></path>",
            number((0.7 + length(edge.count).sqrt() * 0.5).min(7.0)),
            number(x1),
            number(y1),
            number(x2),
            number(y2),
            escape(&format!("{} – {}\n{said}", a.node.label, b.node.label)),
        );
    }
    out.push_str("</g>\n");
    out
}

/// A mark with its label.
fn drawn(mark: &Mark, (x, y): (f64, f64)) -> String {
    let (kind, group) = (mark.node.kind.name(), colour(mark.node.group));
    let mut out = format!(
        "<g class=\"plane {kind} g{group}\"><title>{}</title>{}",
        escape(&mark.node.detail),
        shape(mark.node.kind, (x, y), mark.radius)
    );
    let mut baseline = y + mark.radius + mark.font;
    for line in &mark.lines {
        let size = number(mark.font);
        let _ = write!(out, "<text x=\"{}\" y=\"{}\" style=\"font-size:{size}px\">{}</text>", number(x), number(baseline), escape(line));
        baseline += mark.leading();
    }
    out.push_str("</g>");
    linked(&out, mark.node.url.as_deref())
}

/// A circle for a technology, a square for a company.
fn shape(kind: NodeKind, (x, y): (f64, f64), radius: f64) -> String {
    if kind == NodeKind::Company {
        let (left, top, side) = (number(x - radius), number(y - radius), number(radius * 2.0));
        format!("<rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" rx=\"{}\"/>", number(radius * 0.3))
    } else {
        format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(x), number(y), number(radius))
    }
}

/// What is said in place of marks; how far it reaches to the right and down.
fn nothing() -> (String, (f64, f64)) {
    let (y, said) = (HEAD + 12.0, "No company or technology is there to show.");
    let text = format!("<text class=\"head\" x=\"{}\" y=\"{}\">{said}</text>\n", number(MARGIN), number(y));
    (text, (MARGIN + width(said) * 13.0, y))
}

/// What colours, shapes and sizes mean, below the picture; how far it reaches to the right and down.
fn legend(marks: &[Mark], (most, voice): (f64, Voice), top: f64, right: f64) -> (String, (f64, f64)) {
    let mut keys: Vec<(String, String)> = vec![
        (shape(NodeKind::Technology, (0.0, 0.0), 6.0).replace("<circle", "<circle class=\"size\""), "technology".into()),
        (shape(NodeKind::Company, (0.0, 0.0), 6.0).replace("<rect", "<rect class=\"size\""), "company".into()),
    ];
    keys.retain(|(mark, _)| marks.iter().any(|m| (m.node.kind == NodeKind::Company) == mark.contains("<rect")));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of talks")]
    let most = most as usize;
    keys.push((String::new(), format!("size: {}s, {most} at most", voice.name())));
    for group in 0..LEGEND.0 {
        let mut of: Vec<&Mark> = marks.iter().filter(|mark| mark.node.group == group).collect();
        if of.len() < 2 {
            continue;
        }
        of.sort_by_key(|mark| std::cmp::Reverse(mark.node.talks));
        let more = if of.len() > LEGEND.1 { " …" } else { "" };
        let names: Vec<&str> = of.iter().take(LEGEND.1).map(|mark| mark.lines.first().map_or("", String::as_str)).collect();
        keys.push((
            format!("<g class=\"g{}\"><circle cx=\"0\" cy=\"0\" r=\"7\"/></g>", colour(group)),
            format!("{}{more}", names.join(", ")),
        ));
    }
    let right = right.max(MARGIN + 640.0);
    let (mut x, mut y, mut widest) = (MARGIN, top + LINE, 0.0_f64);
    let mut out = String::new();
    for (mark, text) in keys {
        let wide = width(&text) * 13.0 + if mark.is_empty() { 0.0 } else { 22.0 };
        if x > MARGIN && x + wide > right {
            (x, y) = (MARGIN, y + LINE);
        }
        let start = if mark.is_empty() { x } else { x + 22.0 };
        if !mark.is_empty() {
            let _ = write!(out, "<g transform=\"translate({},{})\">{mark}</g>", number(x + 8.0), number(y - 4.5));
        }
        let _ = writeln!(out, "<text class=\"key\" x=\"{}\" y=\"{}\">{}</text>", number(start), number(y), escape(&text));
        widest = widest.max(x + wide);
        x += wide + 26.0;
    }
    (out, (widest.max(right), y + 6.0))
}

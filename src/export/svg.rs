//! The picture: companies, talks and technologies in three columns, as SVG that needs no Graphviz.
//!
//! In: a [`View`]. Out: an SVG of its own: light and dark by `prefers-color-scheme`, tooltips with evidence, links, text
//! that screen readers can read, fonts that fall back for Hangul and Japanese. Labels are measured, so that none overlaps
//! another or leaves the picture. Nothing in it can run: labels are escaped, control characters dropped.

use super::view::{View, ViewNode};
use crate::error::Error;
use crate::graph::NodeKind;
use crate::layout::columns::{Item, place};
use crate::layout::text::{width, wrap};
use std::fmt::Write as _;
use std::io::Write;

/// Size of labels in pixels.
const FONT: f64 = 14.0;
/// Height of a line of a label.
const LINE: f64 = 18.0;
/// Room above and below the text in a box, and at its sides.
const PAD: (f64, f64) = (5.0, 12.0);
/// Room between boxes of a column.
const GAP: f64 = 6.0;
/// Room between columns, where edges run.
const LANE: f64 = 190.0;
/// Room around the picture.
const MARGIN: f64 = 28.0;
/// Room for the title and the heads of the columns.
const HEAD: f64 = 78.0;
/// Room below for the note.
const FOOT: f64 = 26.0;

const COLUMNS: [(NodeKind, &str, f64); 3] =
    [(NodeKind::Company, "Companies", 13.0), (NodeKind::Talk, "Talks", 26.0), (NodeKind::Technology, "Technologies", 17.0)];

/// The colours by name, for light pages and for dark ones.
const LIGHT: &str = "--bg:#fff;--ink:#1c2733;--soft:#5b6b7b;--edge:#7b8da0;--company:#ffe9b0;--company-line:#b98a16;--talk:#dcebfb;--talk-line:#3f78b5;--technology:#d9f2e1;--technology-line:#3a8f5c";
const DARK: &str = "--bg:#14191f;--ink:#e8edf2;--soft:#9fb0c0;--edge:#6b7f93;--company:#4a3b12;--company-line:#d9b04a;--talk:#1c3550;--talk-line:#6aa7e6;--technology:#163b27;--technology-line:#5fc48a";

const RULES: &str = "\
text{font-family:Pretendard,'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic','Noto Sans JP','Hiragino Sans','Yu Gothic',Helvetica,Arial,sans-serif;font-size:14px;fill:var(--ink)}\
.title{font-size:20px;font-weight:600}.head,.note{fill:var(--soft);font-size:13px}\
.edge{fill:none;stroke:var(--edge);stroke-opacity:.55}.edge:hover{stroke:var(--talk-line);stroke-opacity:1}\
.company rect{fill:var(--company);stroke:var(--company-line)}.talk rect{fill:var(--talk);stroke:var(--talk-line)}.technology rect{fill:var(--technology);stroke:var(--technology-line)}\
a:hover rect,g:hover>rect{stroke-width:2.5}";

/// A box to draw.
struct Label<'a> {
    node: &'a ViewNode,
    column: usize,
    lines: Vec<String>,
    width: f64,
    height: f64,
}

/// Writes the picture.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(view: &View, out: &mut dyn Write) -> Result<(), Error> {
    let style = format!("svg{{{LIGHT};background:var(--bg)}}@media(prefers-color-scheme:dark){{svg{{{DARK}}}}}{RULES}");
    out.write_all(draw(view, &style).as_bytes())?;
    Ok(())
}

/// The picture as it is on a light page, its colours in place of their names: for what knows no more than SVG 1.1.
pub(super) fn light(view: &View) -> String {
    let colours = LIGHT.split(';').filter_map(|colour| colour.split_once(':'));
    let rules = colours.fold(RULES.to_owned(), |rules, (name, colour)| rules.replace(&format!("var({name})"), colour));
    draw(view, &rules)
}

fn draw(view: &View, style: &str) -> String {
    let labels: Vec<Label> = view.nodes.iter().map(label).collect();
    let counts: Vec<usize> = (0..3).map(|c| labels.iter().filter(|l| l.column == c).count()).collect();
    // Columns without nodes take no place.
    let place_of = |column: usize| counts[..column].iter().filter(|count| **count > 0).count();
    let items: Vec<Item> = labels.iter().map(|l| Item { column: place_of(l.column), height: l.height + GAP }).collect();
    let edges: Vec<(usize, usize)> = view.edges.iter().map(|e| (e.source, e.target)).collect();
    let middles = place(&items, &edges);
    let heads: Vec<String> = COLUMNS.iter().zip(&counts).map(|((_, name, _), count)| format!("{name} · {count}")).collect();
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
    let title_width = width(&view.title) * 20.0;
    let total_width = (left[2] + widest(2)).max(MARGIN + title_width).max(MARGIN + 240.0) + MARGIN;
    let total_height = HEAD + bottom + GAP + if view.note.is_some() { FOOT } else { 0.0 } + MARGIN;
    let mut svg = String::new();
    let title = escape(&view.title);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">{title}</title>\n<desc id=\"d\">{}, {}, {} and what joins them</desc>\n<style>{style}</style>\n<text class=\"title\" x=\"{m}\" y=\"{}\">{title}</text>\n",
        counted(counts[0], "company", "companies"),
        counted(counts[1], "talk", "talks"),
        counted(counts[2], "technology", "technologies"),
        number(MARGIN + 18.0),
        w = number(total_width.ceil()),
        h = number(total_height.ceil()),
        m = number(MARGIN),
    );
    for (column, head) in heads.iter().enumerate().filter(|(c, _)| counts[*c] > 0) {
        let _ = writeln!(svg, "<text class=\"head\" x=\"{}\" y=\"{}\">{head}</text>", number(left[column]), number(HEAD - 10.0));
    }
    svg.push_str("<g>\n");
    for edge in &view.edges {
        let (a, b) = (&labels[edge.source], &labels[edge.target]);
        let (x1, x2) = (left[a.column] + a.width, left[b.column]);
        let (y1, y2) = (HEAD + middles[edge.source], HEAD + middles[edge.target]);
        let bend = (x2 - x1) * 0.5;
        let stroke = 1.0 + (f64::from(u32::try_from(edge.count).unwrap_or(u32::MAX))).ln();
        let _ = writeln!(
            svg,
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
    svg.push_str("</g>\n");
    for (label, middle) in labels.iter().zip(&middles) {
        draw_box(&mut svg, label, left[label.column], HEAD + middle - label.height / 2.0);
    }
    if let Some(note) = &view.note {
        let _ = writeln!(
            svg,
            "<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>",
            number(MARGIN),
            number(total_height - MARGIN + 4.0),
            escape(note)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn label(node: &ViewNode) -> Label<'_> {
    let column = COLUMNS.iter().position(|(kind, ..)| *kind == node.kind).unwrap_or(1);
    let shown: String = node.label.chars().filter(|c| !c.is_control()).collect();
    let lines = wrap(&shown, COLUMNS[column].2, 2);
    let widest = lines.iter().map(|l| width(l)).fold(1.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a label has two lines")]
    let height = lines.len() as f64 * LINE + PAD.0 * 2.0;
    Label { node, column, lines, width: (widest * FONT + PAD.1 * 2.0).ceil(), height }
}

fn draw_box(svg: &mut String, label: &Label, x: f64, y: f64) {
    let url = label.node.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
    let radius = if label.node.kind == NodeKind::Technology { label.height / 2.0 } else { 6.0 };
    if let Some(url) = url {
        let _ = write!(svg, "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">", escape(url));
    }
    let _ = write!(
        svg,
        "<g class=\"{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
        label.node.kind.name(),
        escape(&label.node.detail),
        number(x),
        number(y),
        number(label.width),
        number(label.height),
        number(radius.min(16.0)),
    );
    for (index, line) in label.lines.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a label has two lines")]
        let baseline = y + PAD.0 + LINE * index as f64 + 13.5;
        let _ = write!(svg, "<text x=\"{}\" y=\"{}\">{}</text>", number(x + PAD.1), number(baseline), escape(line));
    }
    svg.push_str("</g>");
    svg.push_str(if url.is_some() { "</a>\n" } else { "\n" });
}

/// A coordinate with one decimal at most, the same on every system.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// Text for XML: markup escaped, characters that XML 1.0 forbids dropped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{RULES, draw, escape};
    use crate::export::view::{View, ViewEdge, ViewNode};
    use crate::graph::{EdgeKind, NodeId, NodeKind};

    fn node(kind: NodeKind, label: &str) -> ViewNode {
        ViewNode {
            id: NodeId::document(label),
            kind,
            label: label.into(),
            detail: label.into(),
            category: None,
            date: None,
            url: Some("javascript:alert(1)".into()),
            talks: 1,
        }
    }

    #[test]
    fn hostile_labels_stay_text() {
        let hostile = "<script>alert(1)</script>\"'&]]>\u{1}\u{202e}";
        let edges = vec![ViewEdge { source: 0, target: 1, kind: EdgeKind::Represents, count: 3, detail: hostile.into() }];
        let view = View {
            title: hostile.into(),
            nodes: vec![node(NodeKind::Company, hostile), node(NodeKind::Talk, &"긴 제목 ".repeat(2000))],
            edges,
            note: None,
        };
        let svg = draw(&view, RULES);
        assert!(!svg.contains("<script") && !svg.contains("javascript:") && !svg.contains('\u{1}') && !svg.contains('\u{202e}'));
        assert!(svg.contains("&lt;script&gt;"));
        assert_eq!(escape("a<b>&\"c\"\u{0}"), "a&lt;b&gt;&amp;&quot;c&quot;");
    }

    #[test]
    fn an_empty_view_is_a_picture() {
        let svg = draw(&View::default(), RULES);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    }
}

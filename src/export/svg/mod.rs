//! Pictures, as SVG that needs no Graphviz.
//!
//! In: a [`Picture`], that is what to show, measured. Out: an SVG of its own: light and dark by `prefers-color-scheme`,
//! tooltips with evidence, links, text that screen readers can read, fonts that fall back for Hangul and Japanese. Nothing in
//! it can run: labels are escaped, control characters dropped. One file a kind of picture; `paint` is what they share.

mod columns;
mod matrix;
mod overview;
mod paint;
mod radar;
mod timeline;

use crate::analysis::adoption::{self, Radar};
use crate::analysis::trend::{Trends, trends};
use crate::analysis::usage::{Usage, usage};
use crate::error::Error;
use crate::export::Options;
use crate::export::view::{Plan, View, ViewOptions, view};
use crate::graph::TechGraph;
use paint::Drawing;
pub(super) use paint::{Paper, escape, left_out, link};
use std::io::Write;

/// What to draw.
#[derive(Debug)]
pub enum Picture<'g> {
    /// Talks, or companies and technologies, and what joins them.
    Graph(View),
    /// Companies by technologies.
    Matrix(Usage<'g>),
    /// A technology radar.
    Radar(Radar<'g>),
    /// Technologies over time.
    Timeline(Trends<'g>),
}

/// A kind of picture that is no graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Companies by technologies.
    Matrix,
    /// A technology radar.
    Radar,
    /// Technologies over time.
    Timeline,
}

impl Chart {
    /// Every chart.
    pub const ALL: [Self; 3] = [Self::Matrix, Self::Radar, Self::Timeline];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Radar => "radar",
            Self::Timeline => "timeline",
        }
    }

    /// What it shows at most, where nothing else is asked for.
    pub fn limits(self) -> ViewOptions {
        let (companies, technologies) = match self {
            Self::Matrix => (30, 40),
            Self::Radar => (0, usize::MAX),
            Self::Timeline => (0, 40),
        };
        ViewOptions { companies, technologies, ..ViewOptions::default() }
    }
}

impl<'g> Picture<'g> {
    /// Chooses and measures what a picture shows.
    pub fn of(graph: &'g TechGraph, options: &Options) -> Self {
        let limits = &options.view;
        match options.chart {
            None => Self::Graph(view(graph, limits)),
            Some(Chart::Matrix) => Self::Matrix(usage(graph, limits.companies, limits.technologies)),
            Some(Chart::Radar) => Self::Radar(adoption::radar(graph, limits.technologies)),
            Some(Chart::Timeline) => Self::Timeline(trends(graph, limits.technologies)),
        }
    }
}

/// Writes the picture.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(picture: &Picture, out: &mut dyn Write) -> Result<(), Error> {
    Ok(out.write_all(svg(picture, Paper::Any).as_bytes())?)
}

/// The picture for some kind of page.
pub(super) fn svg(picture: &Picture, paper: Paper) -> String {
    drawing(picture).svg(paper)
}

fn drawing(picture: &Picture) -> Drawing {
    match picture {
        Picture::Graph(view) => match view.plan {
            Plan::Columns => columns::draw(view),
            Plan::Plane => overview::draw(view),
        },
        Picture::Matrix(usage) => matrix::draw(usage),
        Picture::Radar(radar) => radar::draw(radar),
        Picture::Timeline(trends) => timeline::draw(trends),
    }
}

#[cfg(test)]
mod tests {
    use super::{Paper, Picture, svg};
    use crate::export::view::{Join, Plan, View, ViewEdge, ViewNode};
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
            group: 0,
        }
    }

    #[test]
    fn hostile_labels_stay_text() {
        let hostile = "<script>alert(1)</script>\"'&]]>\u{1}\u{202e}";
        for plan in [Plan::Columns, Plan::Plane] {
            let edge = ViewEdge { source: 0, target: 1, join: Join::Said(EdgeKind::Represents), count: 3, detail: hostile.into() };
            let nodes = vec![node(NodeKind::Company, hostile), node(NodeKind::Technology, &"긴 이름 ".repeat(2000))];
            let view = View { title: hostile.into(), nodes, edges: vec![edge], note: Some(hostile.into()), plan, ..View::default() };
            let svg = svg(&Picture::Graph(view), Paper::Any);
            assert!(!svg.contains("<script") && !svg.contains("javascript:") && !svg.contains('\u{1}') && !svg.contains('\u{202e}'));
            assert!(svg.contains("&lt;script&gt;"));
        }
    }

    #[test]
    fn an_empty_view_is_a_picture() {
        for plan in [Plan::Columns, Plan::Plane] {
            let svg = svg(&Picture::Graph(View { plan, ..View::default() }), Paper::Light);
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        }
    }
}

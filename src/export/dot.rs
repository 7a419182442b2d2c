//! The picture's graph in Graphviz' language, through graphviz-rust's types; and Graphviz' own layouts, where it is
//! installed.
//!
//! graphviz-rust escapes nothing, so every value goes through [`quoted`]. Its `exec_dot` waits for ever, so it runs in a
//! thread that is waited for with a limit.

use super::svg::link;
use super::view::{View, ViewNode};
use crate::error::Error;
use crate::graph::NodeKind;
use graphviz_rust::cmd::{CommandArg, Format, Layout};
use graphviz_rust::dot_structures::{Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

/// How long Graphviz may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Graphviz' layout engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Layers.
    Dot,
    /// Springs.
    Neato,
    /// Springs, for large graphs.
    Sfdp,
    /// Forces.
    Fdp,
    /// Circles around a centre.
    Twopi,
    /// One circle.
    Circo,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 6] = [Self::Dot, Self::Neato, Self::Sfdp, Self::Fdp, Self::Twopi, Self::Circo];

    /// What Graphviz calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Neato => "neato",
            Self::Sfdp => "sfdp",
            Self::Fdp => "fdp",
            Self::Twopi => "twopi",
            Self::Circo => "circo",
        }
    }
}

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(view: &View, out: &mut dyn Write) -> Result<(), Error> {
    out.write_all(text(view).as_bytes())?;
    Ok(())
}

/// The SVG that Graphviz makes of the graph.
///
/// # Errors
/// [`Error::Graphviz`] if it is not installed, refuses, or takes longer than two minutes.
pub fn laid_out(view: &View, engine: Engine) -> Result<Vec<u8>, Error> {
    let layout = match engine {
        Engine::Dot => Layout::Dot,
        Engine::Neato => Layout::Neato,
        Engine::Sfdp => Layout::Sfdp,
        Engine::Fdp => Layout::Fdp,
        Engine::Twopi => Layout::Twopi,
        Engine::Circo => Layout::Circo,
    };
    let dot = text(view);
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let args = vec![CommandArg::Layout(layout), CommandArg::Format(Format::Svg)];
        let _ = send.send(graphviz_rust::exec_dot(dot, args));
    });
    match receive.recv_timeout(PATIENCE) {
        Ok(Ok(svg)) => Ok(svg),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::Graphviz("`dot` is not installed; leave out --layout to use the built-in layout".into()))
        }
        Ok(Err(error)) => Err(Error::Graphviz(error.to_string())),
        Err(_) => Err(Error::Graphviz(format!("no answer within {} seconds", PATIENCE.as_secs()))),
    }
}

fn text(view: &View) -> String {
    let mut statements = vec![
        Stmt::GAttribute(GraphAttributes::Graph(vec![
            attribute("rankdir", "LR"),
            attribute("label", &view.title),
            attribute("labelloc", "t"),
            attribute("fontname", "Noto Sans KR,Helvetica,sans-serif"),
            attribute("ranksep", "2"),
            attribute("overlap", "false"),
            attribute("splines", "true"),
        ])),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            attribute("shape", "box"),
            attribute("style", "filled,rounded"),
            attribute("fontname", "Noto Sans KR,Helvetica,sans-serif"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![attribute("color", "#7b8da0"), attribute("arrowsize", "0.5")])),
    ];
    statements.extend(view.nodes.iter().map(|n| Stmt::Node(node(n))));
    for edge in &view.edges {
        let end = |index: usize| Vertex::N(NodeId(quoted(view.nodes[index].id.as_str()), None));
        let width = 1.0 + f64::from(u32::try_from(edge.count).unwrap_or(u32::MAX)).ln();
        let attributes = vec![
            attribute("label", &if edge.count > 1 { edge.count.to_string() } else { String::new() }),
            attribute("penwidth", &format!("{:.1}", width.min(6.0))),
            attribute("tooltip", &edge.detail),
        ];
        statements.push(Stmt::Edge(Edge { ty: EdgeTy::Pair(end(edge.source), end(edge.target)), attributes }));
    }
    let graph = Graph::DiGraph { id: quoted("techgraph"), strict: false, stmts: statements };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

fn node(node: &ViewNode) -> Node {
    let (fill, line) = match node.kind {
        NodeKind::Company => ("#ffe9b0", "#b98a16"),
        NodeKind::Talk | NodeKind::Document => ("#dcebfb", "#3f78b5"),
        _ => ("#d9f2e1", "#3a8f5c"),
    };
    let mut attributes = vec![
        attribute("label", &node.label),
        attribute("fillcolor", fill),
        attribute("color", line),
        attribute("tooltip", &node.detail),
        attribute("class", node.kind.name()),
    ];
    attributes.extend(link(node.url.as_deref()).map(|u| attribute("URL", u)));
    Node { id: NodeId(quoted(node.id.as_str()), None), attributes }
}

fn attribute(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), quoted(value))
}

/// A value as a quoted string of DOT. In it only `"` needs a backslash for the parser, but labels read backslashes of their
/// own (`\N`, `\l`), so those are doubled; control characters are dropped.
fn quoted(value: &str) -> Id {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    Id::Escaped(out)
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use graphviz_rust::dot_structures::Id;

    #[test]
    fn values_are_quoted() {
        for (value, wanted) in [("C++", "\"C++\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("줄\n바꿈", "\"줄\\n바꿈\""), ("", "\"\"")] {
            assert_eq!(quoted(value), Id::Escaped(wanted.into()));
        }
    }
}

//! Stage five: the graph out, in the formats its users load.
//!
//! [`Format`] names them; [`write()`] writes one. [`mod@view`] chooses what a picture shows; a format's file only spells it.

pub mod dot;
pub mod json;
pub mod ndjson;
pub mod schema;
pub mod svg;
pub mod target;
pub mod view;

use crate::error::Error;
use crate::graph::TechGraph;
use std::io::Write;
use std::path::Path;
use view::{ViewOptions, view};

/// A format that techgraph writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Node-link JSON of the whole graph.
    Json,
    /// The record stream.
    Ndjson,
    /// Graphviz.
    Dot,
    /// A picture.
    Svg,
}

impl Format {
    /// Every format, with its name, which is its extension as well.
    pub const ALL: [(Self, &'static str); 4] = [(Self::Json, "json"), (Self::Ndjson, "ndjson"), (Self::Dot, "dot"), (Self::Svg, "svg")];

    /// The format that a file's extension stands for.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let extension = match extension.as_str() {
            "jsonl" => "ndjson",
            "gv" => "dot",
            other => other,
        };
        Self::ALL.into_iter().find(|(_, name)| *name == extension).map(|(format, _)| format)
    }
}

/// How pictures are made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What a picture shows at most.
    pub view: ViewOptions,
    /// Graphviz' engine for the layout of an SVG; the built-in layout without one.
    pub engine: Option<dot::Engine>,
}

/// Writes the graph in a format. The record stream is not made from the graph: see [`ndjson`].
///
/// # Errors
/// When `out` cannot be written, or Graphviz was asked for and did not do.
pub fn write(graph: &TechGraph, format: Format, options: &Options, out: &mut dyn Write) -> Result<(), Error> {
    match (format, options.engine) {
        (Format::Json, _) => json::write(graph, out),
        (Format::Dot, _) => dot::write(&view(graph, &options.view), out),
        (Format::Svg, None) => svg::write(&view(graph, &options.view), out),
        (Format::Svg, Some(engine)) => Ok(out.write_all(&dot::laid_out(&view(graph, &options.view), engine)?)?),
        (Format::Ndjson, _) => Ok(()),
    }
}

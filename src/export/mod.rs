//! Stage five: the graph out, in the formats its users load.
//!
//! [`mod@format`] lists them; [`write()`] writes one. [`mod@view`] chooses what a picture shows; a format's file only spells it.

pub mod dot;
pub mod format;
pub mod json;
pub mod ndjson;
pub mod schema;
pub mod svg;
pub mod target;
pub mod view;

use crate::error::Error;
use crate::graph::TechGraph;
pub use format::Format;
use std::io::Write;
use view::{ViewOptions, view};

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

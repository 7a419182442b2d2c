//! Stage five: the graph out, in the formats its users load.
//!
//! [`mod@format`] lists them; [`write()`] and [`files`] write one. [`mod@view`] chooses what a picture
//! shows, [`table`] lays out what formats hold that hold everything; a format's file only spells it.

pub mod beside;
pub mod csv;
pub mod cyjs;
pub mod cypher;
pub mod dot;
pub mod feed;
pub mod format;
pub mod gexf;
pub mod grafana;
pub mod graphml;
pub mod hold;
pub mod html;
pub mod json;
pub mod jsonld;
pub mod mmd;
pub mod ndjson;
pub mod openmetrics;
mod overview;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod png;
mod rdf;
pub mod schema;
pub mod sqlite;
pub mod stored;
pub mod svg;
pub mod table;
pub mod target;
pub mod ttl;
pub mod view;
mod xml;

pub use format::Format;

use crate::analysis::history::histories;
use crate::error::Error;
use crate::graph::TechGraph;
use crate::graph::alias::Aliases;
use std::io::Write;
use svg::{Chart, Picture};
use table::Table;
use target::File;
use view::{ViewOptions, view};

/// How pictures are made.
#[derive(Debug, Clone)]
pub struct Options {
    /// What a picture shows at most.
    pub view: ViewOptions,
    /// What a dashboard shows at most. Default: 200 nodes, which is what Grafana draws; [`grafana`] shares them out.
    pub dashboard: ViewOptions,
    /// What a flowchart shows at most. Default: what Mermaid draws with its usual limits.
    pub flowchart: ViewOptions,
    /// What kind of picture SVG and PNG are, if not one of the graph.
    pub chart: Option<Chart>,
    /// Graphviz' engine for the layout of an SVG; the built-in layout without one.
    pub engine: Option<dot::Engine>,
    /// What the graph's nodes are also called: the page finds them by it.
    pub aliases: Aliases,
    /// The version of the graph, where the page is served and asks whether there is another. Default: it stands by itself.
    pub live: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let dashboard = ViewOptions { companies: 40, technologies: 80, talks: 80, ..ViewOptions::default() };
        let flowchart = ViewOptions { companies: 30, overview: 20, technologies: 40, talks: 40, edges: 480 };
        Self { view: ViewOptions::default(), dashboard, flowchart, chart: None, engine: None, aliases: Aliases::new(), live: None }
    }
}

/// Writes the graph in a format of one file; of a format of several nothing is written, see [`files`]. The record stream is
/// not made from the graph: see [`ndjson`].
///
/// # Errors
/// When `out` cannot be written, or Graphviz was asked for and did not do.
pub fn write(graph: &TechGraph, format: Format, options: &Options, out: &mut dyn Write) -> Result<(), Error> {
    match (format, options.engine) {
        (Format::Json, _) => json::write(graph, out),
        (Format::Dot, _) => dot::write(&view(graph, &options.view), out),
        (Format::Svg, None) => svg::write(&Picture::of(graph, options), out),
        (Format::Svg, Some(engine)) => Ok(out.write_all(&dot::laid_out(&view(graph, &options.view), engine)?)?),
        (Format::Png, _) => png::write(&Picture::of(graph, options), out),
        (Format::Graphml, _) => graphml::write(&Table::of(graph), out),
        (Format::Gexf, _) => gexf::write(&Table::of(graph), out),
        (Format::Cyjs, _) => cyjs::write(&Table::of(graph), out),
        (Format::Mmd, _) => mmd::write(&view(graph, &options.flowchart), out),
        (Format::Cypher, _) => cypher::write(&Table::of(graph), out),
        (Format::Ttl, _) => ttl::write(&Table::of(graph), out),
        (Format::Jsonld, _) => jsonld::write(&Table::of(graph), out),
        (Format::Html, _) => html::write(graph, options, out),
        (Format::Sqlite, _) => sqlite::write(&Table::of(graph), out),
        (Format::Ndjson | Format::Csv | Format::Grafana | Format::Openmetrics | Format::Parquet, _) => Ok(()),
    }
}

/// The files of a format that writes a folder; of any other there are none, see [`write()`].
///
/// # Errors
/// When a value cannot be written; [`Error::NotBuilt`] of a format that was left out of this program.
pub fn files(graph: &TechGraph, format: Format, options: &Options) -> Result<Vec<File>, Error> {
    match format {
        Format::Csv => csv::files(&Table::of(graph)),
        Format::Grafana => grafana::files(&view(graph, &grafana::most(graph, &options.dashboard))),
        Format::Openmetrics => openmetrics::files(&histories(graph)),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::files(&Table::of(graph)),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(Error::NotBuilt("parquet")),
        _ => Ok(Vec::new()),
    }
}

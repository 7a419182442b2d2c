//! The formats: one table of what each is called, which extensions stand for it and how much of the graph it holds.
//!
//! The command line's help, the choice by extension and every message about formats are made from [`FORMATS`], so that a
//! new format is a variant and a row here, a file beside this one, and an arm of the `match` in `export::write` or
//! `export::files`.

use std::path::Path;

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
    /// The picture in pixels.
    Png,
    /// GraphML.
    Graphml,
    /// Gephi's format.
    Gexf,
    /// Cytoscape's JSON.
    Cyjs,
    /// Mermaid.
    Mmd,
    /// Tables.
    Csv,
    /// Cypher statements.
    Cypher,
    /// RDF in Turtle.
    Ttl,
    /// RDF in JSON-LD.
    Jsonld,
    /// Rows for Grafana.
    Grafana,
    /// Metrics for Prometheus.
    Openmetrics,
    /// A SQLite database.
    Sqlite,
    /// Tables with types.
    Parquet,
    /// A page.
    Html,
}

/// What there is to know about a format.
#[derive(Debug)]
pub struct About {
    /// The format.
    pub format: Format,
    /// Its name; an extension as well.
    pub name: &'static str,
    /// Other extensions that stand for it.
    pub also: &'static [&'static str],
    /// One line about it.
    pub help: &'static str,
    /// How much of the graph it holds.
    pub holds: Holds,
    /// What is written.
    pub shape: Shape,
}

/// How much of the graph a format holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Every node and edge with every attribute.
    Everything,
    /// What people can take in at a glance.
    Picture,
    /// Numbers about its nodes.
    Measures,
    /// What the text says, document by document; it is not made from the graph.
    Records,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One file.
    File,
    /// A folder of files.
    Folder,
}

/// Every format, in the order of the variants.
pub const FORMATS: &[About] = {
    use Holds::{Everything, Measures, Picture, Records};
    use Shape::{File, Folder};
    &[
        about(Format::Json, "json", "node-link JSON of the graph, for networkx and d3", Everything, File),
        About { also: &["jsonl"], ..about(Format::Ndjson, "ndjson", "one record a line: documents, talks, mentions", Records, File) },
        About { also: &["gv"], ..about(Format::Dot, "dot", "Graphviz", Picture, File) },
        about(Format::Svg, "svg", "a picture", Picture, File),
        about(Format::Png, "png", "the same picture in pixels", Picture, File),
        about(Format::Graphml, "graphml", "GraphML, for networkx, igraph, Gephi, yEd", Everything, File),
        about(Format::Gexf, "gexf", "GEXF 1.3, for Gephi and its timeline", Everything, File),
        about(Format::Cyjs, "cyjs", "Cytoscape's JSON", Everything, File),
        About { also: &["mermaid"], ..about(Format::Mmd, "mmd", "a Mermaid flowchart", Picture, File) },
        about(Format::Csv, "csv", "a folder of tables, for spreadsheets and Neo4j's importer", Everything, Folder),
        about(Format::Cypher, "cypher", "statements for LadybugDB (Kuzu)", Everything, File),
        About { also: &["turtle"], ..about(Format::Ttl, "ttl", "RDF in Turtle, with schema.org's terms", Everything, File) },
        about(Format::Jsonld, "jsonld", "RDF in JSON-LD, with schema.org's terms", Everything, File),
        about(Format::Grafana, "grafana", "a folder of rows for Grafana's node graph (Infinity data source)", Picture, Folder),
        about(Format::Openmetrics, "openmetrics", "a folder of metrics: a snapshot and a history", Measures, Folder),
        About { also: &["db"], ..about(Format::Sqlite, "sqlite", "a SQLite database, for dashboards", Everything, File) },
        about(Format::Parquet, "parquet", "a folder of tables with types; where it was built with --features parquet", Everything, Folder),
        About { also: &["htm"], ..about(Format::Html, "html", "a page to explore the graph with, in one file", Picture, File) },
    ]
};

const fn about(format: Format, name: &'static str, help: &'static str, holds: Holds, shape: Shape) -> About {
    About { format, name, also: &[], help, holds, shape }
}

impl Format {
    /// Its row of the table.
    pub fn about(self) -> &'static About {
        &FORMATS[self as usize]
    }

    /// Whether this program was built to write it.
    pub fn is_built(self) -> bool {
        self != Self::Parquet || cfg!(feature = "parquet")
    }

    /// The format of a name or extension, without its dot, in any letter case.
    pub fn named(name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        FORMATS.iter().find(|about| is(about.name) || about.also.iter().any(|other| is(other))).map(|about| about.format)
    }

    /// The format that a file's extension stands for.
    pub fn of(path: &Path) -> Option<Self> {
        Self::named(path.extension()?.to_str()?)
    }
}

/// The formats that this program was built to write.
pub fn built() -> impl Iterator<Item = &'static About> {
    FORMATS.iter().filter(|about| about.format.is_built())
}

/// Every extension with its dot: `.json .ndjson …`.
pub fn extensions() -> String {
    FORMATS.iter().map(|about| format!(".{}", about.name)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, Format};
    use std::path::Path;

    #[test]
    fn each_row_stands_at_its_variant_and_each_name_is_of_one_format() {
        for about in FORMATS {
            assert_eq!(about.format.about().name, about.name);
            for name in about.also.iter().chain([&about.name]) {
                assert_eq!(Format::of(Path::new(&format!("Graph.{}", name.to_uppercase()))), Some(about.format), "{name}");
            }
        }
        assert_eq!(Format::of(Path::new("graph.xlsx")), None);
    }
}

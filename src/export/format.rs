//! The formats: one table of what each is called, which extensions stand for it and how much of the graph it holds.
//!
//! The command line's help, the choice by extension and every message about formats are made from [`FORMATS`], so that a
//! new format is one row here, one variant, one file.

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
    /// What the text says, document by document; it is not made from the graph.
    Records,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One file.
    File,
}

/// Every format, in the order of the variants.
pub const FORMATS: [About; 4] = [
    about(Format::Json, "json", &[], "node-link JSON of the graph", Holds::Everything),
    about(Format::Ndjson, "ndjson", &["jsonl"], "one record a line: documents, talks, mentions", Holds::Records),
    about(Format::Dot, "dot", &["gv"], "Graphviz", Holds::Picture),
    about(Format::Svg, "svg", &[], "a picture", Holds::Picture),
];

const fn about(format: Format, name: &'static str, also: &'static [&'static str], help: &'static str, holds: Holds) -> About {
    About { format, name, also, help, holds, shape: Shape::File }
}

impl Format {
    /// Its row of the table.
    pub fn about(self) -> &'static About {
        &FORMATS[self as usize]
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
        for about in &FORMATS {
            assert_eq!(about.format.about().name, about.name);
            for name in about.also.iter().chain([&about.name]) {
                assert_eq!(Format::of(Path::new(&format!("Graph.{}", name.to_uppercase()))), Some(about.format), "{name}");
            }
        }
        assert_eq!(Format::of(Path::new("graph.xlsx")), None);
    }
}

//! GraphML, as networkx, igraph, Gephi and yEd read it (<http://graphml.graphdrawing.org>).
//!
//! In: the graph's rows. Out: one key for each column, and values as text of elements, where line ends survive.

use super::table::{Column, EDGE_COLUMNS, NODE_COLUMNS, Table, Type};
use super::xml::Xml;
use crate::error::Error;
use std::io::Write;

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let mut xml = Xml::new(out)?;
    xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    keys(&mut xml, "node", &NODE_COLUMNS)?;
    keys(&mut xml, "edge", &EDGE_COLUMNS)?;
    xml.open("graph", &[("id", "techgraph"), ("edgedefault", "directed")])?;
    for row in &table.nodes {
        xml.open("node", &[("id", row.node.id.as_str())])?;
        for ((name, _), value) in row.said() {
            xml.text("data", &[("key", &key("node", name))], &value.text())?;
        }
        xml.close("node")?;
    }
    for row in &table.edges {
        xml.open("edge", &[("id", &row.id()), ("source", row.source.id.as_str()), ("target", row.target.id.as_str())])?;
        for ((name, _), value) in row.said() {
            xml.text("data", &[("key", &key("edge", name))], &value.text())?;
        }
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

fn keys(xml: &mut Xml, of: &str, columns: &[Column]) -> Result<(), Error> {
    columns.iter().try_for_each(|(name, kind)| {
        let kind = if *kind == Type::Count { "long" } else { "string" };
        xml.empty("key", &[("id", &key(of, name)), ("for", of), ("attr.name", name), ("attr.type", kind)])
    })
}

/// Ids of keys are shared by nodes and edges, names of columns are not.
fn key(of: &str, name: &str) -> String {
    format!("{of}-{name}")
}

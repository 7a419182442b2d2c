//! GEXF 1.3, as Gephi reads it (<https://gexf.net/1.3>), with days for its timeline.
//!
//! In: the graph's rows. Out: nodes and edges that appear on the day of the first talk that speaks of them, and stay: run
//! along the timeline, the graph grows as people talked. What has no day is there from the beginning.

use super::table::{Column, Days, EDGE_COLUMNS, NODE_COLUMNS, Table, Type, Value};
use super::xml::Xml;
use crate::error::Error;
use std::io::Write;

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let mut xml = Xml::new(out)?;
    xml.open("gexf", &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])?;
    xml.open("meta", &[])?;
    xml.text("creator", &[], "techgraph")?;
    xml.close("meta")?;
    let graph = [("defaultedgetype", "directed"), ("mode", "dynamic"), ("timeformat", "date"), ("timerepresentation", "interval")];
    xml.open("graph", &graph)?;
    attributes(&mut xml, "node", &NODE_COLUMNS)?;
    attributes(&mut xml, "edge", &EDGE_COLUMNS)?;
    xml.open("nodes", &[])?;
    for row in &table.nodes {
        let mut own = vec![("id", row.node.id.as_str()), ("label", row.node.label.as_str())];
        own.extend(start(row.days));
        xml.open("node", &own)?;
        values(&mut xml, row.said())?;
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    for row in &table.edges {
        let (id, weight, kind) = (row.id(), row.edge.count.to_string(), row.edge.kind.name());
        let mut own = vec![("id", id.as_str()), ("source", row.source.id.as_str()), ("target", row.target.id.as_str())];
        own.extend([("kind", kind), ("label", kind), ("weight", weight.as_str())]);
        own.extend(start(row.days));
        xml.open("edge", &own)?;
        values(&mut xml, row.said())?;
        xml.close("edge")?;
    }
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")?;
    xml.finish()
}

fn start<'g>(days: Days<'g>) -> Option<(&'static str, &'g str)> {
    days.map(|(first, _)| ("start", first))
}

fn attributes(xml: &mut Xml, class: &str, columns: &[Column]) -> Result<(), Error> {
    xml.open("attributes", &[("class", class), ("mode", "static")])?;
    for (name, kind) in said(columns) {
        let kind = if kind == Type::Count { "long" } else { "string" };
        xml.empty("attribute", &[("id", name), ("title", name), ("type", kind)])?;
    }
    xml.close("attributes")
}

/// The columns that are no attributes of the elements themselves.
fn said(columns: &[Column]) -> impl Iterator<Item = Column> + '_ {
    columns.iter().copied().filter(|(name, _)| *name != "label")
}

fn values<'g>(xml: &mut Xml, said: impl Iterator<Item = (Column, Value<'g>)>) -> Result<(), Error> {
    xml.open("attvalues", &[])?;
    for ((name, _), value) in said.filter(|((name, _), _)| *name != "label") {
        xml.empty("attvalue", &[("for", name), ("value", &value.text())])?;
    }
    xml.close("attvalues")
}

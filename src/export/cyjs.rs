//! Cytoscape's JSON, as Cytoscape and cytoscape.js read it.
//!
//! In: the graph's rows. Out: elements whose data has the columns by name, lists and evidence as JSON is. `name` is what
//! Cytoscape labels nodes with and `interaction` what it calls edges by, so the two stand beside `label` and `kind`.

use super::table::{Column, Table, Value};
use crate::error::Error;
use serde_json::{Map, json};
use std::io::Write;

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let nodes = table.nodes.iter().map(|row| element(row.said(), &[("id", row.node.id.as_str()), ("name", &row.node.label)]));
    let edges = table.edges.iter().map(|row| {
        let (id, kind) = (row.id(), row.edge.kind.name());
        let ends = [("source", row.source.id.as_str()), ("target", row.target.id.as_str())];
        element(row.said(), &[[("id", id.as_str()), ("interaction", kind)], ends].concat())
    });
    let json = json!({
        "format_version": "1.0",
        "generated_by": concat!("techgraph-", env!("CARGO_PKG_VERSION")),
        "target_cytoscapejs_version": "~3",
        "data": { "name": "techgraph" },
        "elements": { "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>() },
    });
    serde_json::to_writer_pretty(&mut *out, &json)?;
    Ok(out.write_all(b"\n")?)
}

fn element<'g>(said: impl Iterator<Item = (Column, Value<'g>)>, own: &[(&str, &str)]) -> serde_json::Value {
    let mut data: Map<String, serde_json::Value> = said.map(|((name, _), value)| (name.to_owned(), value.json())).collect();
    data.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())));
    json!({ "data": data })
}

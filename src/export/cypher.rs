//! Cypher statements that make the graph in LadybugDB, the living fork of Kuzu; Neo4j and Memgraph run all of them but the
//! lines of `CREATE NODE TABLE` and `CREATE REL TABLE`.
//!
//! In: the graph's rows. Out: one statement a line, tables first, then nodes, then edges. Every value is a string literal or
//! a number: control characters are written as codes, so that no value ends a line or a literal.

use super::table::{Column, EDGE_COLUMNS, NODE_COLUMNS, Table, Type, Value};
use crate::error::Error;
use crate::graph::{EdgeKind, NodeKind};
use std::fmt::Write as _;
use std::io::Write;

/// Writes the statements.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    for kind in NodeKind::ALL {
        writeln!(out, "CREATE NODE TABLE {}(`id` STRING PRIMARY KEY, {});", label(kind), types(&NODE_COLUMNS))?;
    }
    for kind in EdgeKind::ALL {
        let (sources, targets) = kind.ends();
        let pairs = sources.iter().flat_map(|s| targets.iter().map(move |t| format!("FROM {} TO {}", label(*s), label(*t))));
        writeln!(out, "CREATE REL TABLE {}({}, {});", name(kind), pairs.collect::<Vec<_>>().join(", "), types(&EDGE_COLUMNS))?;
    }
    for row in &table.nodes {
        let id = literal(row.node.id.as_str());
        writeln!(out, "CREATE (:{} {{`id`: {id}{}}});", label(row.node.kind), properties(row.said(), ", "))?;
    }
    for row in &table.edges {
        let end = |node: &crate::graph::Node| format!("{} {{`id`: {}}}", label(node.kind), literal(node.id.as_str()));
        let properties = properties(row.said(), "");
        let (source, target) = (end(row.source), end(row.target));
        writeln!(out, "MATCH (a:{source}), (b:{target}) CREATE (a)-[:{} {{{properties}}}]->(b);", name(row.edge.kind))?;
    }
    Ok(())
}

/// `Technology` for technologies.
fn label(kind: NodeKind) -> String {
    let name = kind.name();
    name[..1].to_uppercase() + &name[1..]
}

fn name(kind: EdgeKind) -> String {
    kind.name().to_uppercase()
}

fn types(columns: &[Column]) -> String {
    let kind = |kind: Type| if kind == Type::Count { "INT64" } else { "STRING" };
    columns.iter().map(|(name, of)| format!("`{name}` {}", kind(*of))).collect::<Vec<_>>().join(", ")
}

fn properties<'g>(said: impl Iterator<Item = (Column, Value<'g>)>, lead: &str) -> String {
    let mut out = String::new();
    for ((name, _), value) in said {
        let shown = if let Value::Count(count) = value { count.to_string() } else { literal(&value.text()) };
        let _ = write!(out, "{}`{name}`: {shown}", if out.is_empty() { lead } else { ", " });
    }
    out
}

fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push('\u{fffd}'),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

//! A SQLite database, for dashboards and questions: a table for each kind of node, edges, mentions, full-text search, and
//! views of trends and for Grafana (`sqlite.sql`).
//!
//! In: the graph's rows. Out: the bytes of a database that was made in memory, so that it is written whole like any file,
//! and the same for the same graph. Node tables have the columns of every format; `nodes` knows which ids there are, so that
//! edges can refer to any of them. A database that later runs add to is [`super::feed`]'s.

use super::table::{Column, NODE_COLUMNS, NodeRow, Table, Type, Value};
use crate::error::Error;
use crate::graph::{NodeId, NodeKind};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, ToSql, Transaction, params, params_from_iter};
use std::collections::BTreeSet;
use std::io::Write;

/// The version of the tables; `PRAGMA user_version` tells it.
pub const VERSION: i32 = 1;

/// What `PRAGMA application_id` tells of every database that techgraph makes: `tgph`.
pub const APPLICATION: i32 = i32::from_be_bytes(*b"tgph");

const SCHEMA: &str = include_str!("sqlite.sql");

/// Labels and quotes, searched by any three characters of any script: `WHERE search MATCH '"쿠버네"'`.
const SEARCH: &str = "CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, what UNINDEXED, text, tokenize = 'trigram');";

/// Writes the database.
///
/// # Errors
/// When SQLite cannot make it, or `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let bytes = database(table).map_err(|e| Error::Sqlite(e.to_string()))?;
    Ok(out.write_all(&bytes)?)
}

fn database(table: &Table) -> rusqlite::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    let work = begin(&mut database)?;
    fill(&work, table)?;
    work.commit()?;
    finish(database)
}

/// Makes the tables, empty.
pub(super) fn begin(database: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    database.pragma_update(None, "application_id", APPLICATION)?;
    database.pragma_update(None, "user_version", VERSION)?;
    database.pragma_update(None, "foreign_keys", true)?;
    let work = database.transaction()?;
    work.execute_batch("CREATE TABLE nodes (id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL);")?;
    for kind in NodeKind::ALL {
        let columns: Vec<String> = NODE_COLUMNS.iter().map(definition).collect();
        work.execute_batch(&format!("CREATE TABLE {} (id TEXT PRIMARY KEY REFERENCES nodes (id), {});", name(kind), columns.join(", ")))?;
    }
    work.execute_batch(SCHEMA)?;
    work.execute_batch(SEARCH)?;
    Ok(work)
}

/// The bytes of a database made in memory.
pub(super) fn finish(mut database: Connection) -> rusqlite::Result<Vec<u8>> {
    // What is asked later is planned by what is there.
    database.execute_batch("ANALYZE;")?;
    Ok(database.serialize("main")?.to_vec())
}

/// Empties every table that [`fill`] fills. Searching is made anew, since its index keeps traces of what is deleted.
pub(super) fn empty(work: &Connection) -> rusqlite::Result<()> {
    let nodes = NodeKind::ALL.into_iter().map(name).chain(["nodes"]);
    for table in ["mentions", "edges"].into_iter().chain(nodes) {
        work.execute_batch(&format!("DELETE FROM {table};"))?;
    }
    work.execute_batch(&format!("DROP TABLE search; {SEARCH}"))
}

/// Puts the rows of a graph into empty tables.
pub(super) fn fill(work: &Connection, table: &Table) -> rusqlite::Result<()> {
    table.nodes.iter().try_for_each(|row| node(work, row))?;
    edges(work, table)
}

/// The table of a kind.
pub(super) fn name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Company => "companies",
        NodeKind::Concept => "concepts",
        NodeKind::Document => "documents",
        NodeKind::Event => "events",
        NodeKind::Person => "people",
        NodeKind::Talk => "talks",
        NodeKind::Technology => "technologies",
    }
}

fn definition((name, kind): &Column) -> String {
    format!("{name} {}", if *kind == Type::Count { "INTEGER" } else { "TEXT" })
}

fn node(work: &Connection, row: &NodeRow) -> rusqlite::Result<()> {
    let (id, kind, label) = (row.node.id.as_str(), row.node.kind, &row.node.label);
    work.prepare_cached("INSERT INTO nodes VALUES (?, ?, ?)")?.execute(params![id, kind.name(), label])?;
    work.prepare_cached("INSERT INTO search VALUES (?, ?, ?)")?.execute(params![id, kind.name(), label])?;
    let places = vec!["?"; NODE_COLUMNS.len() + 1].join(", ");
    let values = std::iter::once(Some(Value::Text(id))).chain(row.values());
    work.prepare_cached(&format!("INSERT INTO {} VALUES ({places})", name(kind)))?.execute(params_from_iter(values))?;
    Ok(())
}

fn edges(work: &Connection, table: &Table) -> rusqlite::Result<()> {
    let documents: BTreeSet<&NodeId> = table.nodes.iter().map(|row| &row.node.id).collect();
    let mut edge = work.prepare("INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut mention = work.prepare("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut search = work.prepare("INSERT INTO search VALUES (?, 'quote', ?)")?;
    let mut quoted = BTreeSet::new();
    for row in &table.edges {
        let (id, source, target, kind) = (row.id(), row.source.id.as_str(), row.target.id.as_str(), row.edge.kind.name());
        let [_, count, first, last, talks, _] = row.values();
        edge.execute(params![id, source, target, kind, count, first, last, talks])?;
        for said in &row.edge.evidence {
            let document = NodeId::document(&said.document);
            let known = documents.contains(&document).then(|| document.as_str());
            let (line, column) = (whole(said.line), whole(said.column));
            let (from, to) = (whole(said.span[0]), whole(said.span[1]));
            let via = said.via.name();
            mention.execute(params![
                id,
                source,
                target,
                kind,
                said.document,
                known,
                line,
                column,
                from,
                to,
                said.surface,
                via,
                said.confidence,
                said.quote,
                said.url
            ])?;
            // A line of a report is found once, however many names it holds.
            if quoted.insert((&said.document, said.line, &said.quote)) {
                search.execute(params![source, said.quote])?;
            }
        }
    }
    Ok(())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Count(count) => ToSqlOutput::Owned(Owned::Integer(whole(*count))),
            Self::Json(value) => ToSqlOutput::Owned(Owned::Text(value.to_string())),
        })
    }
}

//! A graph that was written before, read back: as JSON, or from a SQLite database.
//!
//! In: a file. Out: the [`TechGraph`] that it holds. A database's rows are put together as the JSON that the graph would have
//! been written as, so that one reader knows what a graph must be.

use super::sqlite::{APPLICATION, VERSION, name};
use super::table::{NODE_COLUMNS, Type};
use crate::error::Error;
use crate::graph::{GRAPH_SCHEMA, NodeKind, TechGraph, store};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How a database's file starts (<https://www.sqlite.org/fileformat.html>).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Whether a file is one that a graph is read from, and no report: JSON or a database, by its name or its first bytes.
pub fn is_stored(path: &Path) -> bool {
    path.is_file() && (path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) || is_database(path))
}

fn is_database(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok_and(|()| start == *MAGIC)
}

/// Reads the graph in a file.
///
/// # Errors
/// [`Error::Read`] if there is no such file, else what [`store::parse`] has to say, or SQLite.
pub fn read(path: &Path) -> Result<TechGraph, Error> {
    if is_database(path) { database(path) } else { store::read(path) }
}

fn database(path: &Path) -> Result<TechGraph, Error> {
    let refused = |message: String| Error::Stored { path: path.to_owned(), message };
    let json = rows(path).map_err(|error| refused(error.to_string()))?.map_err(refused)?;
    store::parse(&path.display().to_string(), json.to_string().as_bytes())
}

/// The graph as JSON, or why the database holds none.
fn rows(path: &Path) -> rusqlite::Result<Result<Value, String>> {
    let mut database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // All of what one writer has written, whoever writes meanwhile.
    let database = database.transaction()?;
    let number = |pragma: &str| database.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    if number("application_id")? != APPLICATION {
        return Ok(Err("it is a SQLite database, but none that techgraph has made".into()));
    }
    let version = number("user_version")?;
    if version != VERSION {
        let said =
            format!("its tables are of version {version}, and this techgraph reads version {VERSION}: make it anew from the reports");
        return Ok(Err(said));
    }
    let mut nodes: Vec<Value> = Vec::new();
    for kind in NodeKind::ALL {
        let mut question = database.prepare(&format!("SELECT * FROM {} ORDER BY id", name(kind)))?;
        let found = question.query_map([], node)?;
        nodes.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    let mut evidence: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut question = database.prepare("SELECT * FROM mentions ORDER BY rowid")?;
    let mut said = question.query([])?;
    while let Some(row) = said.next()? {
        evidence.entry(row.get("edge")?).or_default().push(mention(row)?);
    }
    let mut question = database.prepare("SELECT * FROM edges ORDER BY source, target, kind")?;
    let edges = question.query_map([], |row| {
        let id: String = row.get("id")?;
        Ok(json!({
            "source": row.get::<_, String>("source")?,
            "target": row.get::<_, String>("target")?,
            "kind": row.get::<_, String>("kind")?,
            "count": row.get::<_, i64>("count")?,
            "talks": structure(row, "talks")?.unwrap_or_else(|| json!([])),
            "evidence": evidence.remove(&id).unwrap_or_default(),
        }))
    })?;
    let edges = edges.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Ok(json!({ "schema": GRAPH_SCHEMA, "nodes": nodes, "edges": edges })))
}

fn node(row: &Row) -> rusqlite::Result<Value> {
    let mut fields = Map::from_iter([("id".to_owned(), row.get::<_, String>("id")?.into())]);
    for (column, kind) in NODE_COLUMNS {
        let value = match (row.get_ref(column)?, kind) {
            (ValueRef::Null, _) => continue,
            (_, Type::Json) => structure(row, column)?.unwrap_or_default(),
            (ValueRef::Integer(number), _) => number.into(),
            _ => row.get::<_, String>(column)?.into(),
        };
        fields.insert(column.to_owned(), value);
    }
    Ok(fields.into())
}

fn mention(row: &Row) -> rusqlite::Result<Value> {
    Ok(json!({
        "document": row.get::<_, String>("document")?,
        "line": row.get::<_, i64>("line")?,
        "column": row.get::<_, i64>("column")?,
        "span": [row.get::<_, i64>("from_byte")?, row.get::<_, i64>("to_byte")?],
        "surface": row.get::<_, String>("surface")?,
        "via": row.get::<_, String>("via")?,
        "confidence": row.get::<_, f64>("confidence")?,
        "quote": row.get::<_, String>("quote")?,
        "url": row.get::<_, Option<String>>("url")?,
    }))
}

/// JSON in a column; none where it holds none.
fn structure(row: &Row, column: &str) -> rusqlite::Result<Option<Value>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|text| serde_json::from_str(&text).ok()))
}

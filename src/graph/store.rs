//! A graph that was written as JSON, read back.
//!
//! In: the text of a file. Out: the [`TechGraph`] it was made from, node for node and edge for edge, so that what is exported
//! from it has the same bytes as what is exported at once; or the place where the text is no such graph. The version is
//! looked at before anything else: a graph of another version is told as that, not as whatever its first new field breaks.

use super::{Edge, EdgeKind, GRAPH_SCHEMA, Node, NodeId, TechGraph};
use crate::error::Error;
use crate::record::Evidence;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::path::Path;

/// What of the file is read first.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

/// The file. Its summary is counted anew when it is written, so it is not read.
#[derive(Deserialize)]
struct Stored {
    nodes: Vec<Node>,
    edges: Vec<StoredEdge>,
}

#[derive(Deserialize)]
struct StoredEdge {
    source: NodeId,
    target: NodeId,
    kind: EdgeKind,
    count: usize,
    evidence: Vec<Evidence>,
    #[serde(default)]
    talks: Vec<NodeId>,
}

/// Reads the graph in a file.
///
/// # Errors
/// [`Error::Read`] if there is no such file, else as [`parse`].
pub fn read(path: &Path) -> Result<TechGraph, Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    parse(&path.display().to_string(), &bytes)
}

/// Reads the graph in the bytes of a file that is called `path`.
///
/// # Errors
/// [`Error::Data`] with the place where it is no graph: broken JSON, another version, a node that stands twice, an edge
/// that stands twice or leads nowhere.
pub fn parse(path: &str, bytes: &[u8]) -> Result<TechGraph, Error> {
    let file = File { path, bytes };
    if serde_json::from_slice::<Vec<IgnoredAny>>(bytes).is_ok() {
        return Err(file.at(0, "is a list, not a graph as `techgraph extract -f json` writes it".into()));
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|e| file.broken(&e))?;
    match head.schema.as_deref() {
        Some(GRAPH_SCHEMA) => {}
        Some(other) => {
            let said = format!("is of version `{other}`, and this techgraph reads `{GRAPH_SCHEMA}`: extract it again");
            return Err(file.at(file.find("\"schema\"", 0), said));
        }
        None => return Err(file.at(0, "has no `schema`: it is no graph as `techgraph extract -f json` writes it".into())),
    }
    let stored: Stored = serde_json::from_slice(bytes).map_err(|e| file.broken(&e))?;
    let mut nodes = BTreeMap::new();
    for node in stored.nodes {
        let id = node.id.clone();
        if nodes.insert(id.clone(), node).is_some() {
            let first = file.find(&quoted(&id), file.find("\"nodes\"", 0));
            return Err(file.at(file.find(&quoted(&id), first + 1), format!("the node `{id}` stands twice")));
        }
    }
    let mut edges = BTreeMap::new();
    for StoredEdge { source, target, kind, count, evidence, talks } in stored.edges {
        for end in [&source, &target] {
            if !nodes.contains_key(end) {
                let at = file.find(&quoted(end), file.find("\"edges\"", file.find("\"nodes\"", 0)));
                return Err(file.at(at, format!("an edge leads to `{end}`, which is no node")));
            }
        }
        let said = format!("the edge `{source}` {} `{target}` stands twice", kind.name());
        if edges.insert((source, target, kind), Edge { kind, count, evidence, talks }).is_some() {
            return Err(file.at(file.find("\"edges\"", file.find("\"nodes\"", 0)), said));
        }
    }
    Ok(TechGraph::new(nodes, edges))
}

/// An id as it stands in JSON.
fn quoted(id: &NodeId) -> String {
    serde_json::to_string(id).unwrap_or_default()
}

/// The file, for messages about places in it.
struct File<'a> {
    path: &'a str,
    bytes: &'a [u8],
}

impl File<'_> {
    /// Where some text stands from a byte on; that byte if it does not.
    fn find(&self, text: &str, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        memchr::memmem::find(rest, text.as_bytes()).map_or(from, |at| from + at)
    }

    /// What the JSON parser has to say, at the place where it says it.
    fn broken(&self, error: &serde_json::Error) -> Error {
        let said = error.to_string();
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
        let lines = self.bytes.split_inclusive(|b| *b == b'\n');
        let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
        self.at(before + error.column().saturating_sub(1), format!("is no graph as `techgraph extract -f json` writes it: {what}"))
    }

    fn at(&self, byte: usize, message: String) -> Error {
        let before = &self.bytes[..byte.min(self.bytes.len())];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Error::Data { path: self.path.to_owned(), line, column, message }
    }
}

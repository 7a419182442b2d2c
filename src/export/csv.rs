//! A folder of tables: `nodes.csv`, `edges.csv`, and `mentions.csv` with every piece of evidence.
//!
//! In: the graph's rows. Out: RFC 4180 with heads that `neo4j-admin database import` takes as well (`:ID`, `:LABEL`,
//! `:START_ID`, `:END_ID`, `:TYPE`, `:long`). A cell that a spreadsheet would run as a formula gets a `'` before it, as
//! spreadsheets themselves do; so does one that starts with `'`, so that taking one `'` away gives every text back.

use super::table::{Column, EDGE_COLUMNS, NODE_COLUMNS, Table, Type, Value};
use super::target::File;
use crate::error::Error;
use crate::record::Evidence;
use std::borrow::Cow;

/// What a mention has beside the edge that it is evidence of.
const MENTION: [&str; 10] = ["document", "line", "column", "from_byte", "to_byte", "surface", "via", "confidence", "quote", "url"];

/// The tables.
///
/// # Errors
/// Never in memory.
pub fn files(table: &Table) -> Result<Vec<File>, Error> {
    let said = |name: &str| name != "evidence";
    let mut nodes = Sheet::new();
    nodes.row(["id:ID".into(), ":LABEL".into()].into_iter().chain(NODE_COLUMNS.map(head)))?;
    for row in &table.nodes {
        let own = [row.node.id.as_str().into(), row.node.kind.name().into()];
        nodes.row(own.into_iter().chain(row.values().map(cell)))?;
    }
    let mut edges = Sheet::new();
    let columns = EDGE_COLUMNS.into_iter().filter(|(name, _)| said(name));
    edges.row([":START_ID".into(), ":END_ID".into(), ":TYPE".into()].into_iter().chain(columns.map(head)))?;
    let mut mentions = Sheet::new();
    mentions.row(["source", "target", "kind"].into_iter().chain(MENTION).map(str::to_owned))?;
    for row in &table.edges {
        let ends = || [row.source.id.as_str().to_owned(), row.target.id.as_str().to_owned(), row.edge.kind.name().to_owned()];
        let values = EDGE_COLUMNS.into_iter().zip(row.values()).filter(|((name, _), _)| said(name));
        edges.row(ends().into_iter().chain(values.map(|(_, value)| cell(value))))?;
        for evidence in &row.edge.evidence {
            mentions.row(ends().into_iter().chain(mention(evidence)))?;
        }
    }
    Ok(vec![nodes.file("nodes.csv")?, edges.file("edges.csv")?, mentions.file("mentions.csv")?])
}

fn head((name, kind): Column) -> String {
    if kind == Type::Count { format!("{name}:long") } else { name.to_owned() }
}

fn cell(value: Option<Value>) -> String {
    value.map(|value| value.text().into_owned()).unwrap_or_default()
}

fn mention(evidence: &Evidence) -> [String; 10] {
    [
        evidence.document.clone(),
        evidence.line.to_string(),
        evidence.column.to_string(),
        evidence.span[0].to_string(),
        evidence.span[1].to_string(),
        evidence.surface.clone(),
        evidence.via.name().to_owned(),
        evidence.confidence.to_string(),
        evidence.quote.clone(),
        evidence.url.clone().unwrap_or_default(),
    ]
}

/// A table being written.
struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    fn new() -> Self {
        Self(csv::Writer::from_writer(Vec::new()))
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Error> {
        let cells = cells.into_iter().map(|cell| inert(&cell).into_owned());
        self.0.write_record(cells).map_err(|e| Error::Output(e.into()))
    }

    fn file(self, name: &'static str) -> Result<File, Error> {
        let bytes = self.0.into_inner().map_err(|e| Error::Output(e.into_error()))?;
        Ok(File { name, bytes })
    }
}

/// What a spreadsheet may run the cell for that starts with it; full-width signs too, which some take for the others.
const RUN: [char; 13] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0', '\''];

/// A cell that no spreadsheet runs.
fn inert(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(RUN) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_cell_starts_with_what_is_run() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "\t=1", "\r=1", "\n=1", "\0=1", "'=1"] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
        assert_eq!(inert("C++"), "C++");
    }
}

//! The record stream: one JSON object a line, a header first, documents in path order.

use crate::error::Error;
use crate::record::{Extract, Header, RECORDS_SCHEMA, Record};
use std::io::Write;

/// Writes the header.
///
/// # Errors
/// When `out` cannot be written.
pub fn header(entities: usize, out: &mut dyn Write) -> Result<(), Error> {
    line(&Record::Header(Header { schema: RECORDS_SCHEMA, version: env!("CARGO_PKG_VERSION"), gazetteer: entities }), out)
}

/// Writes the records of one document.
///
/// # Errors
/// When `out` cannot be written.
pub fn document(extract: &Extract, out: &mut dyn Write) -> Result<(), Error> {
    extract.records().try_for_each(|record| line(&record, out))
}

fn line(record: &Record, out: &mut dyn Write) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")?;
    Ok(())
}

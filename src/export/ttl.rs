//! Turtle, as every RDF store reads it (<https://www.w3.org/TR/turtle/>): the triples of [`super::rdf`].

use super::rdf::{PREFIXES, triples};
use super::table::Table;
use crate::error::Error;
use oxttl::TurtleSerializer;
use std::io::Write;

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let named = PREFIXES.iter().try_fold(TurtleSerializer::new(), |serializer, (prefix, iri)| serializer.with_prefix(*prefix, *iri));
    let mut serializer = named.map_err(|e| Error::Rdf(e.to_string()))?.for_writer(out);
    for triple in triples(table) {
        serializer.serialize_triple(&triple)?;
    }
    serializer.finish()?;
    Ok(())
}

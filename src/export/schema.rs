//! JSON Schema of what techgraph writes, made from the types that write it.

use super::json::GraphJson;
use crate::proposal::Proposals;
use crate::record::Record;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// Of a line of the record stream.
pub fn records() -> Schema {
    of::<Record<'static>>()
}

/// Of the graph.
pub fn graph() -> Schema {
    of::<GraphJson<'static>>()
}

/// Of what a corpus proposes for the gazetteer.
pub fn discovery() -> Schema {
    of::<Proposals>()
}

/// The schema of what a type is written as: fields that may be left out are not required.
fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

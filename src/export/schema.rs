//! JSON Schema of what techgraph writes, made from the types that write it.

use super::json::GraphJson;
use crate::record::Record;
use schemars::{Schema, schema_for};

/// Of a line of the record stream.
pub fn records() -> Schema {
    schema_for!(Record<'static>)
}

/// Of the graph.
pub fn graph() -> Schema {
    schema_for!(GraphJson<'static>)
}

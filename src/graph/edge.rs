//! Edges of the graph.

use super::NodeId;
use crate::record::Evidence;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// Talk (or document, outside its talks) to technology or concept.
    Mentions,
    /// Talk to person.
    PresentedBy,
    /// Talk to company.
    Represents,
    /// Person to company.
    WorksAt,
    /// Talk to event.
    PartOf,
    /// Event to company.
    HostedBy,
    /// Talk to document.
    ReportedIn,
    /// Company to technology, through its talks.
    Uses,
    /// Company to technology that it owns, from the gazetteer.
    Maintains,
}

impl EdgeKind {
    /// The kind as it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::PresentedBy => "presented_by",
            Self::Represents => "represents",
            Self::WorksAt => "works_at",
            Self::PartOf => "part_of",
            Self::HostedBy => "hosted_by",
            Self::ReportedIn => "reported_in",
            Self::Uses => "uses",
            Self::Maintains => "maintains",
        }
    }
}

/// An edge with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// What it says.
    pub kind: EdgeKind,
    /// How often: mentions, or the talks it is derived from.
    pub count: usize,
    /// Where the text says so; empty for what is derived or from the gazetteer.
    pub evidence: Vec<Evidence>,
    /// The talks that a derived edge rests on.
    pub talks: Vec<NodeId>,
}

impl Edge {
    pub(crate) fn new(kind: EdgeKind) -> Self {
        Self { kind, count: 0, evidence: Vec::new(), talks: Vec::new() }
    }
}

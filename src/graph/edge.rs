//! Edges of the graph.

use super::{NodeId, NodeKind};
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
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Mentions,
        Self::PresentedBy,
        Self::Represents,
        Self::WorksAt,
        Self::PartOf,
        Self::HostedBy,
        Self::ReportedIn,
        Self::Uses,
        Self::Maintains,
    ];

    /// The kinds of nodes that it joins: where it may start, and where it may lead.
    pub fn ends(self) -> (&'static [NodeKind], &'static [NodeKind]) {
        match self {
            Self::Mentions => (&[NodeKind::Talk, NodeKind::Document], &[NodeKind::Technology, NodeKind::Concept]),
            Self::PresentedBy => (&[NodeKind::Talk], &[NodeKind::Person]),
            Self::Represents => (&[NodeKind::Talk], &[NodeKind::Company]),
            Self::WorksAt => (&[NodeKind::Person], &[NodeKind::Company]),
            Self::PartOf => (&[NodeKind::Talk], &[NodeKind::Event]),
            Self::HostedBy => (&[NodeKind::Event], &[NodeKind::Company]),
            Self::ReportedIn => (&[NodeKind::Talk], &[NodeKind::Document]),
            Self::Uses | Self::Maintains => (&[NodeKind::Company], &[NodeKind::Technology]),
        }
    }

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

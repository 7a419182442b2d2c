//! Nodes of the graph.

use crate::entity::{EntityId, EntityKind};
use crate::record::Resources;
use crate::talk::TalkId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Identity of a node: its kind and the id within that, such as `technology:kubernetes`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct NodeId(String);

impl NodeId {
    /// The node of an entity.
    pub fn entity(kind: EntityKind, id: &EntityId) -> Self {
        Self(format!("{}:{id}", kind.name()))
    }

    /// The node of a talk.
    pub fn talk(id: &TalkId) -> Self {
        Self(format!("talk:{id}"))
    }

    /// The node of a document.
    pub fn document(path: &str) -> Self {
        Self(format!("document:{path}"))
    }

    /// An id from its text.
    pub(super) fn new(id: String) -> Self {
        Self(id)
    }

    /// What stands before and after the first colon: the kind, and the id within it.
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once(':').unwrap_or(("", &self.0))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A company, foundation, university or community.
    Company,
    /// A generic technical idea.
    Concept,
    /// A report that was read.
    Document,
    /// An edition of an event.
    Event,
    /// A speaker.
    Person,
    /// A talk.
    Talk,
    /// A named piece of technology.
    Technology,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [Self::Company, Self::Concept, Self::Document, Self::Event, Self::Person, Self::Talk, Self::Technology];

    /// Whether nodes of the kind are things that talks are about, by or part of, which can be ranked by their talks.
    pub fn is_ranked(self) -> bool {
        !matches!(self, Self::Talk | Self::Document)
    }

    /// The kind as it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Concept => "concept",
            Self::Document => "document",
            Self::Event => "event",
            Self::Person => "person",
            Self::Talk => "talk",
            Self::Technology => "technology",
        }
    }
}

impl From<EntityKind> for NodeKind {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Company => Self::Company,
            EntityKind::Concept => Self::Concept,
            EntityKind::Event => Self::Event,
            EntityKind::Person => Self::Person,
            EntityKind::Technology => Self::Technology,
        }
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// Identity.
    pub id: NodeId,
    /// What it stands for.
    pub kind: NodeKind,
    /// What to call it.
    pub label: String,
    /// A technology's place in the taxonomy, a concept's field, a company's kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Home page, or a talk's session page or first link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The series that an event is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Where an event took place, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The first day of an event and its talks, the day of a document; `YYYY-MM-DD`. A talk whose report does not tell the
    /// event's day has the report's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Language of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// A talk's places: document, first line, last line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<TalkPlace>,
    /// A talk's links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Those of the links that tell what they are of.
    #[serde(default, skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
    /// The ids of the record stream that were joined in this node, where they differ from its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
    /// How many talks are joined to it: that mention it, are given by or for it, or are part of it.
    pub talks: usize,
}

/// Where a report describes a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TalkPlace {
    /// The document's path.
    pub document: String,
    /// First line.
    pub start_line: usize,
    /// Last line.
    pub end_line: usize,
}

impl Node {
    /// A node without attributes.
    pub(crate) fn new(id: NodeId, kind: NodeKind, label: &str) -> Self {
        Self {
            id,
            kind,
            label: label.to_owned(),
            category: None,
            url: None,
            series: None,
            place: None,
            date: None,
            language: None,
            places: Vec::new(),
            links: Vec::new(),
            resources: Resources::default(),
            same_as: Vec::new(),
            talks: 0,
        }
    }
}

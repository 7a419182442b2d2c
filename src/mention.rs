//! A mention: a place where a text names an entity, and why we believe it.

use crate::entity::{EntityId, EntityKind};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// One decided mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The block of the document it stands in.
    pub block: usize,
    /// Which bytes of the file's text, without particle.
    pub span: Span,
    /// What it names.
    pub entity: EntityId,
    /// Canonical name.
    pub name: String,
    /// What kind of thing that is.
    pub kind: EntityKind,
    /// Its place in the taxonomy.
    pub category: Option<String>,
    /// Whether it is internal to one company.
    pub in_house: bool,
    /// How likely it is right, 0 to 1.
    pub confidence: f64,
    /// How it was found.
    pub via: Via,
}

/// How a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// By a name that means nothing else.
    Alias,
    /// By an ambiguous name that the context decided.
    Context,
    /// By a misspelt name.
    Typo,
    /// By the way the text uses a name that is in no gazetteer.
    Discovered,
}

impl Via {
    /// The way as it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Context => "context",
            Self::Typo => "typo",
            Self::Discovered => "discovered",
        }
    }
}

/// A candidate with what spoke for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What it would be.
    pub mention: Mention,
    /// Whether it is.
    pub accepted: bool,
    /// The evidence: what, and how much it weighs (log-odds).
    pub evidence: Vec<(String, f64)>,
}

impl Decision {
    /// Sum of the evidence; above 0 speaks for the mention.
    pub fn score(&self) -> f64 {
        self.evidence.iter().map(|(_, weight)| weight).sum()
    }
}

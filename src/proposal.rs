//! What a corpus proposes for the gazetteer: names that it lacks, and other ways to write those it has.
//!
//! Their shapes are public (`techgraph schema discovery`): fields may be added, those here keep name and meaning.

use crate::entity::{EntityId, EntityKind};
use schemars::JsonSchema;
use serde::Serialize;

/// Name and version of the schema.
pub const DISCOVERY_SCHEMA: &str = "techgraph/discovery/1";

/// Everything proposed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Proposals {
    /// [`DISCOVERY_SCHEMA`].
    pub schema: &'static str,
    /// Names that no gazetteer has; those in most documents first, then those with most mentions, then by name.
    pub names: Vec<NameProposal>,
    /// Unlisted ways to write what the gazetteer has, in the same order.
    pub aliases: Vec<AliasProposal>,
}

/// A name that no gazetteer has.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NameProposal {
    /// As it is written most often.
    pub name: String,
    /// What it seems to name.
    pub kind: EntityKind,
    /// Whether a text says that it is internal to a company.
    pub in_house: bool,
    /// Whose it is, where the talks that name it are of one company.
    pub owner: Option<Owner>,
    /// Other ways to write it that a text gives.
    pub aliases: Vec<String>,
    /// How many documents name it.
    pub documents: usize,
    /// How often.
    pub mentions: usize,
    /// How often it was taken for a name without further ado.
    pub accepted: usize,
    /// The log-odds of the mention that most speaks for.
    pub score: f64,
    /// What speaks for that one.
    pub evidence: Vec<String>,
    /// Some places, in several documents where there are several.
    pub contexts: Vec<Quotation>,
}

/// A company that owns something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Owner {
    /// The gazetteer's id, or one made from the name.
    pub id: EntityId,
    /// The name.
    pub name: String,
}

/// An unlisted way to write something listed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AliasProposal {
    /// As it is written.
    pub alias: String,
    /// The entity's kind.
    pub kind: EntityKind,
    /// Its id.
    pub entity: EntityId,
    /// Its canonical name.
    pub name: String,
    /// How many documents give the two together.
    pub documents: usize,
    /// How often.
    pub mentions: usize,
    /// Some places.
    pub contexts: Vec<Quotation>,
}

/// A place with what is written there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Quotation {
    /// The document's path.
    pub document: String,
    /// Its line, from 1.
    pub line: usize,
    /// The line, cut around the name.
    pub text: String,
}

//! Names that detection found from how a text uses them.
//!
//! In: decisions. Out: [`Sighting`]s. What was accepted and what was not both count, since another document may be sure of
//! it; what a correction or a longer name ruled out does not.

use super::quotation;
use crate::document::Document;
use crate::entity::EntityKind;
use crate::mention::{Decision, Via};
use crate::proposal::{Owner, Quotation};
use crate::talk::Talk;

/// A place where a name stands that no gazetteer has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sighting {
    pub(super) name: String,
    pub(super) kind: EntityKind,
    pub(super) in_house: bool,
    /// The company of its talk, if that has one alone.
    pub(super) owner: Option<Owner>,
    pub(super) accepted: bool,
    pub(super) score: f64,
    /// What speaks for it, in words.
    pub(super) evidence: Vec<String>,
    pub(super) place: Quotation,
}

/// The sightings of a document, in text order.
pub(super) fn sightings(document: &Document, talks: &[Talk], decisions: &[Decision]) -> Vec<Sighting> {
    let unlisted = decisions.iter().filter(|d| d.mention.via == Via::Discovered && d.ruling.is_none());
    unlisted.map(|decision| sighting(document, talks, decision)).collect()
}

fn sighting(document: &Document, talks: &[Talk], decision: &Decision) -> Sighting {
    let mention = &decision.mention;
    let talk = talks.iter().find(|t| t.span.contains(mention.span));
    let owner = match talk.map(|t| t.byline.companies.as_slice()) {
        Some([company]) if mention.in_house => Some(Owner { id: company.id.clone(), name: company.name.clone() }),
        _ => None,
    };
    Sighting {
        name: mention.name.clone(),
        kind: mention.kind,
        in_house: mention.in_house,
        owner,
        accepted: decision.accepted,
        score: decision.score(),
        evidence: decision.evidence.iter().filter(|e| e.weight > 0.0).map(|e| e.says().to_owned()).collect(),
        place: quotation(document, mention.span.start),
    }
}

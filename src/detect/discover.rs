//! Names that no gazetteer lists, found from how the text uses them: so far the companies that speakers are said to be of.
//!
//! In: passages and talks. Out: decisions for every place where such a company stands.

use super::Job;
use super::places::{Place, places};
use crate::entity::EntityKind;
use crate::feature::Feature;
use crate::mention::{Decision, Evidence, Mention, Via};
use crate::talk::{Affiliation, Talk};
use std::collections::BTreeMap;

/// Every place where an unlisted company of a byline stands.
pub(super) fn companies(job: &Job, talks: &[Talk]) -> Vec<Decision> {
    let (passages, gazetteer) = (job.passages, job.gazetteer);
    let named = talks.iter().flat_map(|t| t.byline.companies.iter());
    let unlisted: BTreeMap<&str, &Affiliation> = named
        .filter(|c| c.name.chars().count() >= 2 && gazetteer.get(EntityKind::Company, &c.id).is_none())
        .map(|c| (c.name.as_str(), c))
        .collect();
    let names: Vec<&str> = unlisted.keys().copied().collect();
    let decision = |company: &Affiliation, place: &Place| {
        let passage = &passages[place.passage];
        let mention = Mention {
            block: passage.index,
            span: passage.block.text.origin(place.span),
            entity: company.id.clone(),
            name: company.name.clone(),
            kind: EntityKind::Company,
            category: None,
            in_house: false,
            confidence: 0.0,
            via: Via::Discovered,
        };
        Decision::of(mention, vec![Evidence::once(Feature::Byline)], job.weights)
    };
    let found = places(passages, &names);
    unlisted.values().zip(&found).flat_map(|(company, places)| places.iter().map(move |p| decision(company, p))).collect()
}

//! One name means one thing in a report, unless the text changes its sense.
//!
//! In: decisions about ambiguous names. Out: the same, where a place that says little by itself follows the place of the
//! same spelling that says most. Places that speak against the reading (`let's go`, `스프링 님`) follow nobody.

use super::SETTLED;
use crate::entity::EntityId;
use crate::feature::{Feature, FeatureWeights};
use crate::mention::{Decision, Evidence};
use crate::source::SourceFile;
use std::collections::HashMap;

/// What a place says against a reading, so that it does not follow others.
const CONTRARY: [Feature; 9] = [
    Feature::Against,
    Feature::OtherTail,
    Feature::Honorific,
    Feature::Person,
    Feature::Disagreeing,
    Feature::LowerHere,
    Feature::Word,
    Feature::Slip,
    Feature::Lone,
];

/// Lets each decision follow the plainest of its spelling and entity.
pub(super) fn agree(decisions: &mut [Decision], source: &SourceFile, weights: &FeatureWeights) {
    let key = |d: &Decision| (source.surface(d.mention.span).to_owned(), d.mention.entity.clone());
    let mut plainest: HashMap<(String, EntityId), (f64, usize)> = HashMap::new();
    for decision in decisions.iter().filter(|d| d.score() >= SETTLED) {
        let best = plainest.entry(key(decision)).or_insert((0.0, 0));
        if decision.score() > best.0 {
            *best = (decision.score(), decision.mention.span.start);
        }
    }
    for decision in decisions.iter_mut() {
        let contrary = decision.evidence.iter().any(|e| CONTRARY.contains(&e.feature));
        let best = plainest.get(&key(decision)).filter(|(_, at)| !contrary && *at != decision.mention.span.start);
        if let Some((_, at)) = best {
            decision.add(Evidence::once(Feature::Agreed).at(Some(*at)), weights);
        }
    }
}

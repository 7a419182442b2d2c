//! What all documents together say of each name.
//!
//! In: the [`Findings`] of documents, in path order. Out: [`Proposals`], in an order of their own that no thread changes.

use super::name::Sighting;
use super::pair::Pair;
use super::{Findings, Least};
use crate::entity::{EntityId, EntityKind};
use crate::normalize::key;
use crate::proposal::{AliasProposal, DISCOVERY_SCHEMA, NameProposal, Owner, Proposals, Quotation};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many places are shown of each.
const SHOWN: usize = 3;

/// What documents propose, if there is enough of it.
pub fn proposals(findings: Vec<Findings>, least: &Least) -> Proposals {
    let mut named: BTreeMap<(EntityKind, String), Vec<Sighting>> = BTreeMap::new();
    let mut paired: BTreeMap<(EntityKind, EntityId, String), Vec<Pair>> = BTreeMap::new();
    for found in findings {
        found.names.into_iter().for_each(|s| named.entry((s.kind, key(&s.name))).or_default().push(s));
        found.pairs.into_iter().for_each(|p| paired.entry((p.kind, p.entity.clone(), key(&p.alias))).or_default().push(p));
    }
    let (listed, unlisted): (Vec<_>, Vec<_>) = paired.into_values().partition(|pairs| pairs.iter().any(|p| p.listed));
    let enough = |documents: usize, mentions: usize| documents >= least.documents && mentions >= least.mentions;
    let mut names: Vec<NameProposal> = named.into_values().filter_map(|sightings| name(&sightings, &unlisted)).collect();
    names.retain(|n| enough(n.documents, n.mentions) && (n.accepted > 0 || n.documents > 1));
    // What no document is sure of comes last.
    let rank = |n: &NameProposal| (n.accepted == 0, Reverse((n.documents, n.mentions)));
    names.sort_by(|a, b| (rank(a), &a.name, a.kind).cmp(&(rank(b), &b.name, b.kind)));
    let mut aliases: Vec<AliasProposal> = listed.iter().filter_map(|pairs| alias(pairs)).collect();
    aliases.retain(|a| enough(a.documents, a.mentions));
    aliases.sort_by(|a, b| {
        (Reverse((a.documents, a.mentions)), &a.alias, &a.entity).cmp(&(Reverse((b.documents, b.mentions)), &b.alias, &b.entity))
    });
    Proposals { schema: DISCOVERY_SCHEMA, names, aliases }
}

fn name(sightings: &[Sighting], pairs: &[Vec<Pair>]) -> Option<NameProposal> {
    let best = sightings.iter().reduce(|best, next| if next.score > best.score { next } else { best })?;
    let places: Vec<&Quotation> = sightings.iter().map(|s| &s.place).collect();
    let owners: BTreeSet<&Owner> = sightings.iter().filter_map(|s| s.owner.as_ref()).collect();
    let written = key(&best.name);
    let also = pairs.iter().filter_map(|pairs| pairs.first()).filter(|p| p.kind == best.kind && key(&p.name) == written);
    Some(NameProposal {
        name: most_often(sightings.iter().map(|s| s.name.as_str()))?.to_owned(),
        kind: best.kind,
        in_house: sightings.iter().any(|s| s.in_house),
        owner: owners.first().filter(|_| owners.len() == 1).map(|owner| (*owner).clone()),
        aliases: also.map(|p| p.alias.clone()).collect(),
        documents: documents(&places),
        mentions: sightings.len(),
        accepted: sightings.iter().filter(|s| s.accepted).count(),
        score: (best.score * 100.0).round() / 100.0,
        evidence: best.evidence.clone(),
        contexts: chosen(&places),
    })
}

fn alias(pairs: &[Pair]) -> Option<AliasProposal> {
    let first = pairs.first()?;
    let places: Vec<&Quotation> = pairs.iter().map(|p| &p.place).collect();
    Some(AliasProposal {
        alias: most_often(pairs.iter().map(|p| p.alias.as_str()))?.to_owned(),
        kind: first.kind,
        entity: first.entity.clone(),
        name: first.name.clone(),
        documents: documents(&places),
        mentions: pairs.len(),
        contexts: chosen(&places),
    })
}

/// The spelling that stands most often; of several the first in order.
fn most_often<'a>(spellings: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    spellings.for_each(|s| *counts.entry(s).or_default() += 1);
    counts.into_iter().max_by_key(|(spelling, count)| (*count, Reverse(*spelling))).map(|(spelling, _)| spelling)
}

fn documents(places: &[&Quotation]) -> usize {
    places.iter().map(|p| p.document.as_str()).collect::<BTreeSet<_>>().len()
}

/// The first place of each document, then others, as many as are shown, in order.
fn chosen(places: &[&Quotation]) -> Vec<Quotation> {
    let lines: BTreeSet<&Quotation> = places.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let (first, more): (Vec<&Quotation>, Vec<&Quotation>) = lines.into_iter().partition(|p| seen.insert(p.document.as_str()));
    let mut chosen: Vec<Quotation> = first.into_iter().chain(more).take(SHOWN).cloned().collect();
    chosen.sort();
    chosen
}

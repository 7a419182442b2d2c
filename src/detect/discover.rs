//! Names that no gazetteer lists, found from how the text uses them: companies, of bylines and of sentences ([`firm`]).
//!
//! In: passages, talks, what is known of the document's names. Out: decisions for every place where such a company stands.
//! One decision for a name: what its plainest places prove counts at all of them; but a word of the dictionary (`Fluid`) is a
//! company's only where a sentence says so.

use super::Job;
use super::firm::{self, Firm, Listed};
use super::places::{Place, places};
use super::scan::{Candidate, Passage};
use crate::entity::{EntityId, EntityKind};
use crate::feature::Feature;
use crate::mention::{Decision, Evidence, Mention, Via};
use crate::span::Span;
use crate::talk::Talk;
use std::collections::{BTreeMap, BTreeSet};

/// Every place where an unlisted company stands, or might; `sure` and `open` are the listed names of each passage.
pub(super) fn companies(job: &Job, talks: &[Talk], sure: &[Vec<&Candidate>], open: &[&Candidate]) -> Vec<Decision> {
    let (passages, gazetteer) = (job.passages, job.gazetteer);
    let named = talks.iter().flat_map(|t| t.byline.companies.iter());
    let unlisted = named.filter(|c| c.name.chars().count() >= 2 && gazetteer.get(EntityKind::Company, &c.id).is_none());
    let bylines: BTreeMap<String, EntityId> = unlisted.map(|c| (c.name.clone(), c.id.clone())).collect();
    let mut by_passage: Vec<Vec<&Candidate>> = vec![Vec::new(); passages.len()];
    open.iter().for_each(|c| by_passage[c.passage].push(c));
    let people: BTreeSet<&str> = talks.iter().flat_map(|t| &t.byline.speakers).map(|s| s.name.as_str()).collect();
    let mut firms = firm::names(&Listed { passages, gazetteer, sure, open: &by_passage, people });
    for name in bylines.keys() {
        firms.entry(name.clone()).or_default();
    }
    let names: Vec<&String> = firms.keys().collect();
    let found = places(passages, &names);
    firms.iter().zip(found).flat_map(|((name, firm), standing)| decisions(job, name, firm, bylines.get(name), standing)).collect()
}

/// The decisions about one name.
fn decisions(job: &Job, name: &str, firm: &Firm, byline: Option<&EntityId>, standing: Vec<Place>) -> Vec<Decision> {
    let source = if byline.is_some() { Feature::Byline } else { Feature::UnlistedCompany };
    let evidence: Vec<Evidence> = std::iter::once(Evidence::once(source)).chain(firm.evidence()).collect();
    let plain = byline.is_some() || !firm.evidence.contains(&Feature::Ordinary);
    let standing = standing.into_iter().map(|place| (place.passage, place.span)).filter(|_| plain);
    let handles = handles(job.passages, name).filter(|_| plain);
    let proven = firm.proofs.iter().map(|proof| (proof.passage, proof.span));
    let spans: BTreeSet<(usize, Span)> = standing.chain(handles).chain(proven).collect();
    let decision = |(passage, span): (usize, Span)| {
        let passage = &job.passages[passage];
        let mention = Mention {
            block: passage.index,
            span: passage.block.text.origin(span),
            entity: byline.cloned().unwrap_or_else(|| EntityId::from_name(name)),
            name: name.to_owned(),
            kind: EntityKind::Company,
            category: None,
            in_house: false,
            confidence: 0.0,
            via: Via::Discovered,
        };
        Decision::of(mention, evidence.clone(), job.weights)
    };
    spans.into_iter().map(decision).collect()
}

/// Where a name of one word is addressed: `@Kreditech`.
fn handles<'a>(passages: &'a [Passage], name: &'a str) -> impl Iterator<Item = (usize, Span)> + 'a {
    let addressed = format!("@{name}");
    passages.iter().enumerate().filter(|_| !name.contains(' ')).flat_map(move |(index, passage)| {
        let text = passage.block.text.text();
        let ends = |at: usize| !text[at + addressed.len()..].starts_with(|c: char| c.is_alphanumeric() || "_.-".contains(c));
        let starts = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "._-".contains(c));
        let found: Vec<_> = text.match_indices(&addressed).map(|(at, _)| at).filter(|at| starts(*at) && ends(*at)).collect();
        found.into_iter().map(move |at| (index, Span::new(at + 1, at + 1 + name.len())))
    })
}

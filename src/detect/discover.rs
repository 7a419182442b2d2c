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
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Talk;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

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
    let (found, handles) = (places(passages, &names), handles(passages));
    let addressed = |name: &str| handles.get(name).map_or(&[][..], Vec::as_slice);
    let each = firms.iter().zip(found);
    each.flat_map(|((name, firm), standing)| decisions(job, name, firm, bylines.get(name), standing, addressed(name))).collect()
}

/// The decisions about one name.
fn decisions(
    job: &Job,
    name: &str,
    firm: &Firm,
    byline: Option<&EntityId>,
    standing: Vec<Place>,
    addressed: &[(usize, Span)],
) -> Vec<Decision> {
    let source = if byline.is_some() { Feature::Byline } else { Feature::UnlistedCompany };
    let evidence: Vec<Evidence> = std::iter::once(Evidence::once(source)).chain(firm.evidence()).collect();
    let plain = byline.is_some() || !firm.evidence.contains(&Feature::Ordinary);
    let standing = standing.into_iter().map(|place| (place.passage, place.span)).chain(addressed.iter().copied()).filter(|_| plain);
    let proven = firm.proofs.iter().map(|proof| (proof.passage, proof.span));
    let spans: BTreeSet<(usize, Span)> = standing.chain(proven).collect();
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

/// Who is addressed, and where: `@Quillstone`.
fn handles<'a>(passages: &'a [Passage]) -> BTreeMap<&'a str, Vec<(usize, Span)>> {
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^A-Za-z0-9._-])@([\w-][\w.-]*[\w-]|[\w-])"));
    let mut found: BTreeMap<&str, Vec<(usize, Span)>> = BTreeMap::new();
    for (index, passage) in passages.iter().enumerate() {
        let text = passage.block.text.text();
        for name in HANDLE.captures_iter(if text.contains('@') { text } else { "" }).filter_map(|cut| cut.get(1)) {
            found.entry(name.as_str()).or_default().push((index, Span::new(name.start(), name.end())));
        }
    }
    found
}

//! Candidates: every place in the visible text where a surface form stands.
//!
//! In: a document's blocks. Out: [`Candidate`]s in text order with what is around each. Addresses are passed over: a URL
//! is not something the report says.

use super::disambiguate::contradicted;
use super::typo::Slip;
use crate::document::{Block, Document};
use crate::entity::{Case, EntityKind};
use crate::gazetteer::{Gazetteer, Hit, SurfaceRef};
use crate::language::languages;
use crate::normalize::{fold, is_letter, is_word_character};
use crate::offset_map::Mapped;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Talk;
use regex::Regex;
use std::sync::LazyLock;

/// A block of a document, ready to be judged.
pub(super) struct Passage<'d> {
    /// Its index in the document.
    pub(super) index: usize,
    pub(super) block: &'d Block,
    /// The talk it belongs to, as an index.
    pub(super) talk: Option<usize>,
    /// Its visible text, folded.
    pub(super) folded: Mapped,
    /// Whether Latin words are foreign to it: it is written in another script, or is a few words of a document that is.
    pub(super) foreign: bool,
    /// Where addresses stand in its text.
    addresses: Vec<Span>,
}

impl Passage<'_> {
    /// Whether some of its text is of an address, which is not something the report says.
    pub(super) fn is_address(&self, span: Span) -> bool {
        let next = self.addresses.partition_point(|a| a.end <= span.start);
        self.addresses.get(next).is_some_and(|a| a.overlaps(span))
    }
}

/// A place that may be a mention.
#[derive(Clone)]
pub(super) struct Candidate {
    /// Index of its passage.
    pub(super) passage: usize,
    pub(super) hit: Hit,
    /// The forms it may be, as written there.
    pub(super) options: Vec<SurfaceRef>,
    /// Whether one of them counts wherever it stands.
    pub(super) sure: bool,
    /// How it is misspelt, if it is.
    pub(super) slip: Option<Slip>,
    /// The correction that says what it is, if one does.
    pub(super) ruling: Option<String>,
}

/// The document's passages in order.
pub(super) fn passages<'d>(document: &'d Document, talks: &[Talk]) -> Vec<Passage<'d>> {
    let of = |span: Span| {
        let after = talks.partition_point(|t| t.span.end <= span.start);
        talks.get(after).is_some_and(|t| t.span.start <= span.start).then_some(after)
    };
    let prose = document.prose().filter(|(_, b)| !b.text.text().is_empty());
    let passage = |(index, block): (usize, &'d Block)| {
        let folded = fold(block.text.text());
        Passage { index, block, talk: of(block.span), folded, foreign: false, addresses: addresses(block.text.text()) }
    };
    let mut passages: Vec<Passage> = prose.map(passage).collect();
    let foreign = foreign(&passages);
    passages.iter_mut().zip(foreign).for_each(|(p, foreign)| p.foreign = foreign);
    passages
}

/// For each passage whether Latin words are foreign to it: it is written in another script, or is a few words of a
/// document that is.
fn foreign(passages: &[Passage]) -> Vec<bool> {
    let letters = |p: &Passage| {
        // French letters with accents are Latin ones.
        let latin = |c: char| c <= '\u{24f}';
        p.folded.text().chars().filter(|c| is_letter(*c)).fold((0, 0), |(l, o), c| if latin(c) { (l + 1, o) } else { (l, o + 1) })
    };
    let counts: Vec<(usize, usize)> = passages.iter().map(letters).collect();
    // The names of a line are Latin letters mostly, whatever its language.
    let other = |(latin, other): (usize, usize)| other * 8 > latin;
    let (latin, native) = counts.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    let document = native * 3 > latin;
    let few = |p: &Passage| p.folded.text().split_whitespace().count() <= 6;
    passages.iter().zip(counts).map(|(p, c)| other(c) || document && few(p)).collect()
}

/// The candidates of all passages, in text order, longest first.
pub(super) fn candidates(passages: &[Passage], gazetteer: &Gazetteer) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (passage, p) in passages.iter().enumerate() {
        let text = p.block.text.text();
        for hit in gazetteer.hits_folded(text, &p.folded) {
            if p.is_address(hit.span) {
                continue;
            }
            let written = hit.span.of(text);
            // A phrase that says it is something else rules out a name that otherwise always counts.
            let ruled_out = |r: &SurfaceRef| !gazetteer.surface(*r).ambiguous && contradicted(p, hit.span, gazetteer.entity(*r)).is_some();
            let options: Vec<SurfaceRef> =
                hit.surfaces.iter().filter(|r| gazetteer.surface(**r).may_be(written) && !ruled_out(r)).copied().collect();
            if options.is_empty() {
                continue;
            }
            let sure = options.iter().any(|r| is_sure(*r, written, gazetteer));
            found.push(Candidate { passage, hit, options, sure, slip: None, ruling: None });
        }
        found.extend(addressed(p, gazetteer).map(|(hit, sure)| {
            let options = hit.surfaces.clone();
            Candidate { passage, hit, options, sure, slip: None, ruling: None }
        }));
    }
    found.sort_by_key(|c| (c.passage, c.hit.span.start, std::cmp::Reverse(c.hit.span.end)));
    found
}

/// Companies that are addressed: `@Netflix`, or for whom somebody works: `ShindoY@Rancher`. The text's other names never
/// stand behind an `@`, and a product's handle is not the product.
fn addressed<'a>(passage: &'a Passage, gazetteer: &'a Gazetteer) -> impl Iterator<Item = (Hit, bool)> + 'a {
    let text = passage.block.text.text();
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"@([A-Za-z][A-Za-z0-9]+)"));
    let handles = if text.contains('@') { text } else { "" };
    HANDLE.captures_iter(handles).filter_map(|found| found.get(1)).filter_map(move |handle| {
        let span = Span::new(handle.start(), handle.end());
        let rest = &text[span.end..];
        let goes_on = rest.strip_prefix(['.', '-']).is_some_and(|rest| rest.starts_with(is_word_character));
        let whole = !goes_on && !rest.starts_with(['_', '/']);
        let worked = text[..span.start - 1].ends_with(is_word_character);
        let mut hit = gazetteer.hits(handle.as_str()).into_iter().find(|h| h.span.len() == span.len())?;
        let other = !worked && !hit.surfaces.iter().all(|r| gazetteer.entity(*r).kind == EntityKind::Company);
        hit.surfaces.retain(|r| gazetteer.entity(*r).kind == EntityKind::Company && gazetteer.surface(*r).may_be(handle.as_str()));
        hit.span = span;
        let sure = hit.surfaces.iter().any(|r| is_sure(*r, handle.as_str(), gazetteer));
        let free = !passage.is_address(span);
        (whole && free && !other && !hit.surfaces.is_empty() && (sure || worked)).then_some((hit, sure))
    })
}

/// Where addresses stand in a text.
fn addresses(text: &str) -> Vec<Span> {
    // Few texts have any.
    let hosts = || text.match_indices('.').any(|(dot, _)| text[..dot].ends_with(['w', 'W']));
    if !text.contains(['/', '@']) && !hosts() {
        return Vec::new();
    }
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:https?://|www\.)[^\s<>()\]|]+|[\w.+-]+@[\w-]+\.[\w.]+|(?:[a-z0-9-]+\.)+(?:com|org|net|kr|jp|dev)/[^\s<>()\]|]*")
    });
    ADDRESS.find_iter(text).map(|m| Span::new(m.start(), m.end())).collect()
}

/// Whether a form counts wherever it stands.
pub(super) fn is_sure(of: SurfaceRef, written: &str, gazetteer: &Gazetteer) -> bool {
    let surface = gazetteer.surface(of);
    let cased = surface.case == Case::Any || (surface.case == Case::Exact && surface.text == written);
    let technology = gazetteer.entity(of).kind == EntityKind::Technology;
    !surface.ambiguous && cased && !(technology && is_phrase(written, &surface.text, gazetteer))
}

/// Whether a name of two words is written as any phrase of those words would be: `start the service now` is about no
/// ServiceNow, `a standard version` about no standard-version. What is written so all the same is listed in `exact`.
fn is_phrase(written: &str, name: &str, gazetteer: &Gazetteer) -> bool {
    let common = |word: &str| languages().bylines.not_a_name.has(word) && gazetteer.hits(word).is_empty();
    written.matches(' ').count() == 1
        && written != name
        && written.is_ascii()
        && !written.chars().skip(1).any(char::is_uppercase)
        && written.to_ascii_lowercase().split(' ').all(common)
}

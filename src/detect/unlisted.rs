//! Names of technologies that no gazetteer lists: `LogFlow, Hawksee 등을 만드는`, `이미지 저장은 kage 사용`, 「kokotapというもの」.
//!
//! In: passages, what is known in them, and names that sentences define ([`super::in_house`]). Out: a decision for every
//! place where such a name stands. The hard decision: which words are looked at. In Korean and Japanese text a Latin word
//! that no dictionary has and no name explains is a name of something; in English text only its shape (`LogFlow`) says so.
//! Whether it is a technology's the evidence of all its places decides together, since a report means one thing by a name.

use super::context::Context;
use super::disambiguate::{Neighbour, has_cue, is_enumerated, nearest};
use super::in_house;
use super::places::{Place, places};
use super::scan::Passage;
use super::{Job, Known};
use crate::document::MarkKind;
use crate::entity::{EntityId, EntityKind};
use crate::feature::Feature;
use crate::language::boundary::{Tail, boundary};
use crate::language::languages;
use crate::language::words::{is_misspelt, is_word};
use crate::mention::{Decision, Evidence, Mention, Via};
use crate::normalize::is_latin;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Talk;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Shorter words say too little.
const SHORTEST: usize = 3;
/// Longer ones are no names.
const LONGEST: usize = 24;

/// How many bytes around a name are looked at for what its sentence says.
const SENTENCE: usize = 400;

/// Every place where an unlisted technology stands, or might.
pub(super) fn decisions(job: &Job, known: &Known, neighbours: &[Vec<Neighbour>], context: &Context, talks: &[Talk]) -> Vec<Decision> {
    let mut names = in_house::names(job.passages, talks, job.gazetteer);
    for name in words(job, known) {
        names.entry(name).or_default();
    }
    let mut found = Vec::new();
    let written: Vec<&String> = names.keys().collect();
    let standing = places(job.passages, &written);
    for ((name, mut evidence), places) in names.into_iter().zip(standing) {
        let own = places.iter().any(|p| is_of_the_house(&job.passages[p.passage], p.span));
        let in_house = own || !evidence.is_empty();
        evidence.push(Evidence::once(Feature::Unlisted));
        evidence.extend(context.rarity(None).map(Evidence::once));
        evidence.extend(shape(&name).map(Evidence::once));
        evidence.extend(surroundings(job, &places, neighbours, context).into_iter().map(Evidence::once));
        if own {
            evidence.push(Evidence::once(Feature::Own));
        }
        if places.len() > 1 {
            let more = u16::try_from((places.len() - 1).min(3)).unwrap_or(3);
            evidence.push(Evidence::times(Feature::Repeated, f64::from(more)));
        }
        for place in places {
            let passage = &job.passages[place.passage];
            let mention = Mention {
                block: passage.index,
                span: passage.block.text.origin(place.span),
                entity: EntityId::from_name(&name),
                name: name.clone(),
                kind: EntityKind::Technology,
                category: None,
                in_house,
                confidence: 0.0,
                via: Via::Discovered,
            };
            found.push(Decision::of(mention, evidence.clone(), job.weights));
        }
    }
    found
}

/// The words that may be names by what they are.
fn words(job: &Job, known: &Known) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (index, passage) in job.passages.iter().enumerate() {
        let text = passage.block.text.text();
        for word in runs(text) {
            let free = known.is_free(index, word) && !passage.is_address(word);
            let plain = !passage.block.is_marked(word, &MarkKind::Code) && !job.is_of_byline(index, word);
            if free && plain && (passage.foreign || is_mixed(word.of(text))) && may_be_name(text, word) {
                found.insert(word.of(text).to_owned());
            }
        }
    }
    found
}

/// Latin letters and digits that a letter opens, and what hyphens join to them.
fn runs(text: &str) -> impl Iterator<Item = Span> {
    let joined = |c: char| c.is_ascii_alphanumeric();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_alphabetic())?;
        at = start;
        loop {
            at = text[at..].find(|c| !joined(c)).map_or(text.len(), |run| at + run);
            match text[at..].strip_prefix('-').filter(|rest| rest.starts_with(joined)) {
                Some(_) => at += 1,
                None => return Some(Span::new(start, at)),
            }
        }
    })
}

/// Whether a word stands by itself, has the length of a name, and is none of a dictionary's.
fn may_be_name(text: &str, span: Span) -> bool {
    let word = span.of(text);
    let letters = word.chars().filter(|c| is_latin(*c)).count();
    // A file (`deps.yaml`), a handle, a path, an identifier, an assignment.
    let joined = text[..span.start].ends_with(['.', '@', '#', '/', '_', '$', '\\', '-', '=', '&', '\''])
        || text[span.end..].starts_with(['@', '/', '_', '(', '=', '\\', '\'', '’'])
        || text[span.end..].starts_with('.') && text[span.end + 1..].starts_with(is_latin);
    let camel = word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().any(|c| c.is_ascii_uppercase());
    let parts = || word.split('-').filter(|part| !part.is_empty());
    let ordinary = |part: &str| {
        let bare = part.trim_end_matches(|c: char| c.is_ascii_digit());
        bare.len() < SHORTEST || is_word(&bare.to_ascii_lowercase())
    };
    (SHORTEST..=LONGEST).contains(&letters)
        && !joined
        && !camel
        && !parts().all(ordinary)
        && !parts().any(|part| part.chars().all(|c| c.is_ascii_digit()))
        && boundary(text, span).is_some()
}

/// `LogFlow`, `BOXture`, `D2Hub`: capitals within the word tell a name from other words.
fn is_mixed(word: &str) -> bool {
    let inner = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
    inner && word.chars().any(|c| c.is_ascii_lowercase()) && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// `Pending`, `Intent`: the parts of a word that start with capitals.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    static PART: LazyLock<Regex> = LazyLock::new(|| pattern("[A-Z]*[^A-Z]+|[A-Z]+"));
    PART.find_iter(word).map(|part| part.as_str())
}

/// What the shape of a name says.
fn shape(name: &str) -> impl Iterator<Item = Feature> {
    let shape = match () {
        () if is_mixed(name) && parts(name).all(|part| is_word(&part.to_ascii_lowercase())) => Some(Feature::Compound),
        () if is_mixed(name) => Some(Feature::Mixed),
        () if name.contains('-') => Some(Feature::Hyphen),
        () if name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) => Some(Feature::Capitals),
        () if name.starts_with(|c: char| c.is_ascii_uppercase()) => Some(Feature::Initial),
        () => None,
    };
    let class = languages().in_house.classes.ending(name).any(|class| name.len() > class.len());
    let slip = is_misspelt(&name.to_ascii_lowercase()).then_some(Feature::Misspelt);
    shape.into_iter().chain(slip).chain(class.then_some(Feature::Class))
}

/// What speaks for or against a name in one of its places or another.
fn surroundings(job: &Job, places: &[Place], neighbours: &[Vec<Neighbour>], context: &Context) -> BTreeSet<Feature> {
    let words = &languages().in_house;
    let mut found = BTreeSet::new();
    for Place { passage, span, boundary } in places {
        let (text, block) = (job.passages[*passage].block.text.text(), job.passages[*passage].block);
        let near = nearest(&neighbours[*passage], *span);
        let listed = |sure: bool| near.iter().any(|n| n.sure == sure && !n.span.overlaps(*span) && is_enumerated(text, *span, n.span));
        let used = has_cue(text, *span, boundary.tail, &words.uses_before, &words.uses_after);
        let features = [
            (Feature::Used, used),
            (Feature::Cue, !used && has_cue(text, *span, boundary.tail, &languages().cues_before, &languages().cues_after)),
            (Feature::List, listed(true)),
            (Feature::Beside, context.has_technology(*passage, usize::MAX)),
            (Feature::Field, context.field(*passage, usize::MAX).nth(2).is_some()),
            (Feature::Heading, block.level().is_some()),
            (Feature::Particle, boundary.tail == Tail::Particle),
            (Feature::Honorific, boundary.tail == Tail::Honorific),
            (Feature::Version, boundary.version),
            (Feature::Alone, span.of(text) == text.trim()),
        ];
        found.extend(features.into_iter().filter(|(_, holds)| *holds).map(|(feature, _)| feature));
    }
    found
}

/// Whether the sentence around a name speaks of the speaker's own house: `사내`, `in-house`.
fn is_of_the_house(passage: &Passage, span: Span) -> bool {
    let text = passage.block.text.text();
    let ends = ['.', '!', '?', '\n', '。'];
    let from = text.ceil_char_boundary(span.start.saturating_sub(SENTENCE));
    let to = text.floor_char_boundary(span.end + SENTENCE);
    let before = text[from..span.start].rsplit(ends).next().unwrap_or_default();
    let after = text[span.end..to].split(ends).next().unwrap_or_default();
    let own = &languages().in_house.own;
    own.stand_in(before) || own.stand_in(after)
}

//! Whether a candidate means the entity: every piece of evidence adds its weight (`data/weights.toml`), and the sum
//! decides. A sum of log-odds is what naive Bayes and logistic regression both use; here it can be read and tuned.
//!
//! In: a candidate, one entity it may be, the surroundings. Out: the evidence in words with weights.

use super::context::{Context, holds};
use super::scan::{Candidate, Passage};
use super::typo::Slip;
use crate::document::MarkKind;
use crate::entity::{Case, Entity, EntityKind};
use crate::feature::Feature;
use crate::gazetteer::{Gazetteer, SurfaceRef};
use crate::language::boundary::Tail;
use crate::language::languages;
use crate::language::list::Words;
use crate::language::words::is_word;
use crate::mention::Evidence;
use crate::normalize::{fold, is_latin, is_word_character, key};
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Another technology's name in the same passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbour {
    /// Where it stands in the passage's text.
    pub(super) span: Span,
    /// Whether it is one for sure, or as the first round decided.
    pub(super) sure: bool,
}

/// The few neighbours, sorted by place, that stand next to a name.
pub(super) fn nearest(neighbours: &[Neighbour], span: Span) -> &[Neighbour] {
    let at = neighbours.partition_point(|n| n.span.start < span.start);
    &neighbours[at.saturating_sub(4)..(at + 5).min(neighbours.len())]
}

/// The evidence for an ambiguous form meaning its entity.
pub(super) fn evidence(
    candidate: &Candidate,
    option: SurfaceRef,
    passage: &Passage,
    neighbours: &[Neighbour],
    context: &Context,
    gazetteer: &Gazetteer,
) -> Vec<Evidence> {
    let entity = gazetteer.entity(option);
    let surface = gazetteer.surface(option);
    let text = passage.block.text.text();
    let span = candidate.hit.span;
    let written = span.of(text);
    let upper = written.starts_with(char::is_uppercase);
    let mut found: Vec<Evidence> = Vec::new();
    if let Some(slip) = candidate.slip {
        slipped(slip, candidate, option, context, &mut found);
        if surface.ambiguous {
            found.push(Evidence::once(Feature::Ambiguous));
        }
    } else if surface.case == Case::Initial && !surface.ambiguous {
        found.push(Evidence::once(if upper { Feature::InitialUpper } else { Feature::InitialLower }));
    } else {
        found.push(Evidence::once(Feature::Ambiguous));
        if surface.case == Case::Exact && surface.text != written {
            found.push(Evidence::once(Feature::Exact));
        } else if written.starts_with(is_latin) && surface.text.starts_with(char::is_uppercase) {
            found.push(Evidence::once(match (upper, opens_sentence(text, span.start)) {
                (true, _) if is_acronym(&surface.text) => Feature::Acronym,
                (true, false) => Feature::Capitalised,
                (true, true) => Feature::SentenceStart,
                (false, _) => Feature::Lower,
            }));
        }
    }
    let mut add = |feature: Feature| found.push(Evidence::once(feature));
    let technology = entity.kind == EntityKind::Technology;
    if passage.foreign && written.starts_with(is_latin) {
        add(Feature::OtherScript);
    }
    let initial = surface.case == Case::Initial && !surface.ambiguous && candidate.slip.is_none();
    if initial && upper && !passage.foreign && opens_sentence(text, span.start) && is_word(&written.to_ascii_lowercase()) {
        add(Feature::Opening);
    }
    if technology && !passage.foreign && written.chars().all(|c| c.is_ascii_lowercase()) && is_word(written) {
        add(Feature::Word);
    }
    if written.starts_with(char::is_lowercase) && context.is_capitalised(option.entity) {
        add(Feature::LowerHere);
    }
    if written.chars().count() == 1 {
        add(Feature::Letter);
    }
    let edge = candidate.hit.boundary;
    match edge.tail {
        Tail::Nothing => {}
        Tail::Particle => add(Feature::Particle),
        Tail::Disagreeing => add(Feature::Disagreeing),
        Tail::Noun => add(Feature::Noun),
        Tail::Honorific => add(Feature::Honorific),
        Tail::Other => add(Feature::OtherTail),
    }
    if edge.version || is_versioned(&text[span.end..]) {
        add(Feature::Version);
    }
    let thing = technology || entity.kind == EntityKind::Concept;
    let nearest = nearest(neighbours, span);
    let listed = |sure: bool| nearest.iter().any(|n| n.sure == sure && !n.span.overlaps(span) && is_enumerated(text, span, n.span));
    if thing && listed(true) {
        add(Feature::List);
    } else if thing && listed(false) {
        add(Feature::ListOpen);
    } else if edge.joined {
        add(Feature::Joined);
    }
    if passage.block.is_marked(span, &MarkKind::Code) {
        add(Feature::Code);
    }
    if passage.block.level().is_some() {
        add(Feature::Heading);
    }
    let against = contradicted(passage, span, entity).map(|phrase| format!("\"{phrase}\""));
    found.extend(against.map(|phrase| Evidence::once(Feature::Against).told(phrase)));
    let near = context.words(option.entity, candidate.passage, &key(written));
    for (count, feature) in near.into_iter().zip([Feature::ContextBlock, Feature::ContextTalk, Feature::ContextDocument]) {
        if count > 0 {
            found.push(Evidence::times(feature, small(count.min(2))).told(format!("{count} {}", feature.says())));
        }
    }
    if near == [0; 3] && surface.ambiguous && !entity.rule.context.is_empty() {
        found.push(Evidence::once(Feature::NoContext));
    }
    match context.named(option.entity, candidate.passage) {
        Some((true, at)) => found.push(Evidence::once(Feature::SameTalk).at(at)),
        Some((false, at)) => found.push(Evidence::once(Feature::SameDocument).at(at)),
        None => {}
    }
    let mut add = |feature: Feature| found.push(Evidence::once(feature));
    if entity.kind == EntityKind::Event && is_edition(text, span) {
        add(Feature::Edition);
    }
    if thing {
        if has_cue(text, span, edge.tail, &languages().cues_before, &languages().cues_after) {
            add(Feature::Cue);
        }
        if context.has_technology(candidate.passage, option.entity) {
            add(Feature::Beside);
        }
        context.rarity(Some(option.entity)).into_iter().for_each(&mut add);
        let field = || context.field(candidate.passage, option.entity);
        if field().count() >= 3 {
            add(Feature::Field);
        }
        if field().any(|e| gazetteer.at(e).category == entity.category) {
            add(Feature::Kin);
        }
    } else if edge.tail != Tail::Honorific && is_company_place(text, span, edge.tail) {
        add(Feature::CompanyPlace);
    }
    if candidate.options.iter().any(|o| o.entity != option.entity) {
        add(Feature::Rival);
    }
    found
}

/// What a slip says: how likely one is there.
fn slipped(slip: Slip, candidate: &Candidate, option: SurfaceRef, context: &Context, found: &mut Vec<Evidence>) {
    let mut add = |feature: Feature| found.push(Evidence::once(feature));
    add(Feature::Slip);
    if slip.exchanged {
        add(Feature::Exchanged);
    }
    if slip.letters >= 7 {
        add(Feature::Long);
    } else if slip.letters <= 4 {
        add(Feature::Short);
    }
    if slip.foreign {
        add(Feature::Foreign);
    } else if slip.plain {
        add(Feature::Plain);
    }
    if slip.part.is_some_and(|part| part != option.entity && context.named(part, candidate.passage).is_some_and(|(talk, _)| talk)) {
        add(Feature::MendedPart);
    }
    if slip.count > 1 {
        found.push(Evidence::times(Feature::Again, small((slip.count - 1).min(3))));
    }
}

/// A count of a few.
fn small(count: usize) -> f64 {
    f64::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Whether a name stands where a company would: `at X`, `X의 개발자`, `株式会社X`.
pub(super) fn is_company_place(text: &str, span: Span, tail: Tail) -> bool {
    tail == Tail::Honorific
        || text[..span.start].ends_with('@')
        || has_cue(text, span, Tail::Nothing, &languages().company_before, &languages().company_after)
}

/// Whether a form is written in capitals, which then say less than a capital at the start of a word.
fn is_acronym(form: &str) -> bool {
    form.chars().filter(char::is_ascii_uppercase).count() >= 2 && !form.chars().any(|c| c.is_ascii_lowercase())
}

/// `Go 1.22`: a number with a dot follows.
fn is_versioned(after: &str) -> bool {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ ?v?\d+\.\d"));
    VERSION.is_match(after)
}

/// Whether a year stands beside a name: `Velocity 2014`, `2019 Config`.
pub(super) fn is_edition(text: &str, span: Span) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[!)\s'’]*(?:(?:19|20)\d\d|\d\d)\b"));
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:19|20)\d\d\s*$"));
    AFTER.is_match(&text[span.end..]) || BEFORE.is_match(&text[..span.start])
}

/// Whether a cue word stands right before or after a name; `tail` tells whether particles are passed over.
pub(super) fn has_cue(text: &str, span: Span, tail: Tail, before: &Words, after: &Words) -> bool {
    let rest = head(&text[span.end..]);
    let skipped = if tail == Tail::Particle { rest.trim_start_matches(crate::normalize::is_hangul) } else { rest };
    let follows = |rest: &str| {
        let rest = rest.trim_start().to_lowercase();
        after.opening(&rest).any(|cue| !cue.is_ascii() || !rest[cue.len()..].starts_with(is_latin))
    };
    let head = tail_of(&text[..span.start]).trim_end().to_lowercase();
    let apart = |cue: &str| !head[..head.len() - cue.len()].ends_with(is_word_character);
    follows(rest) || skipped.len() < rest.len() && follows(skipped) || before.ending(&head).any(|cue| !cue.is_ascii() || apart(cue))
}

/// How many bytes around a name are looked at; a look at all of a paragraph for each of its names would take the square of
/// its length.
const NEAR: usize = 96;

/// The first bytes of a text, up to a character's boundary.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(NEAR)]
}

/// The last bytes of a text, from a character's boundary on.
fn tail_of(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(NEAR))..]
}

/// Whether nothing but a list's separator stands between two names: `Spark, R`, `Spark와 R`, `Java/Kotlin`.
pub(super) fn is_enumerated(text: &str, a: Span, b: Span) -> bool {
    static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:[\d.]*[가-힣]{0,2})?\s*(?:[,/·&+、・|→>]|->|-|and|or|vs\.?|와|과|랑|및|や|と|하고|이나|나|혹은|또는)+\s*$")
    });
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let gap = text.get(first.end..second.start).unwrap_or("");
    gap.len() <= 16 && !gap.trim().is_empty() && SEPARATOR.is_match(gap)
}

/// How many others, which are in text order, stand beside a name with nothing but a comma or a word for "and" between each
/// and the next.
pub(super) fn listed_with(text: &str, span: Span, others: &[Span]) -> usize {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?(?:[,、·]|,?\s(?:and|및)|&|와|과|랑|や|と)\s?(?:and\s)?$"));
    let gap = |a: Span, b: Span| text.get(a.end..b.start).is_some_and(|gap| gap.len() <= 8 && JOINT.is_match(gap));
    let (before, after) = (others.partition_point(|c| c.end <= span.start), others.partition_point(|c| c.start < span.end));
    let ahead = others[..before].iter().rev().scan(span, |next, c| gap(*c, std::mem::replace(next, *c)).then_some(())).count();
    let behind = others[after..].iter().scan(span, |last, c| gap(std::mem::replace(last, *c), *c).then_some(())).count();
    ahead + behind
}

/// Whether every word that starts here is capitalised anyway.
fn opens_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['"', '“', '‘', '(', '[', '*', ' ']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '|', '•', '-', '–', '—', '…'])
}

/// The phrase of the entity's rule that says that a name is something else here: it stands over the name in its line.
pub(super) fn contradicted<'e>(passage: &Passage, span: Span, entity: &'e Entity) -> Option<&'e str> {
    if entity.rule.against.is_empty() {
        return None;
    }
    let text = passage.block.text.text();
    let before = tail_of(&text[..span.start]);
    let after = head(&text[span.end..]);
    let line_start = span.start - before.len() + before.rfind('\n').map_or(0, |n| n + 1);
    let line_end = span.end + after.find('\n').unwrap_or(after.len());
    let line = fold(&text[line_start..line_end]);
    let over = |phrase: &str| {
        line.text().match_indices(phrase).any(|(at, _)| {
            let origin = line.origin(Span::new(at, at + phrase.len()));
            Span::new(origin.start + line_start, origin.end + line_start).overlaps(span)
        })
    };
    entity.rule.against.iter().find(|p| line.text().contains(p.as_str()) && holds(line.text(), p) && over(p)).map(String::as_str)
}

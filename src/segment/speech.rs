//! Who speaks, as sentences tell it: "Jane Doe, VP of Engineering at Acme, showed how …", "In her keynote *Title*, …".
//!
//! In: a paragraph. Out: its [`Speech`]es in order: speakers with their companies, and the title where the sentence gives
//! one. The hard decision: a name alone is no speech; a verb of speaking must follow it, or a word such as "talk" must lead
//! to it, and both stand in one sentence.

use super::affiliation::{affiliation, company};
use super::honorific::{self, native};
use super::names::Names;
use super::person::{Place, person};
use super::title::quoted;
use super::wording::{BEHIND_TITLE, NAME, Telling, names_in, talk_words, telling};
use crate::document::{Block, MarkKind};
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::is_letter;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A talk as a sentence introduces it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Speech {
    /// Who speaks; empty where the sentence only names a talk.
    pub(super) names: Names,
    /// The title, or what the talk is about.
    pub(super) title: Span,
    /// Whether the title stands in quotation marks, bold, italics or a link.
    pub(super) titled: bool,
    /// Where its line begins.
    pub(super) start: usize,
}

/// A title may stand this far from its speaker, in bytes.
const REACH: usize = 220;
/// A title that is only what the talk is about has at most this many words.
const LONGEST_TOPIC: usize = 12;

/// The speeches of a paragraph, in order.
pub(super) fn speeches(block: &Block, gazetteer: &Gazetteer) -> Vec<Speech> {
    let text = block.text.text();
    let mut found: Vec<(Span, Names)> = Vec::new();
    let english = names_in(text).next().is_some() && is_english(text);
    let behind = |title: Span| BEHIND_TITLE.captures(&text[title.end..]);
    let mut titles = titles(block, gazetteer);
    titles.retain(|(title, set)| *set || beside_talk(text, *title) || english && behind(*title).is_some());
    let titles: Vec<Span> = titles.into_iter().map(|(title, _)| title).collect();
    for title in titles.iter().filter(|_| english) {
        let Some(captures) = behind(*title) else { continue };
        let (Some(whole), Some(names)) = (captures.get(0), captures.name("names")) else { continue };
        let at = |m: regex::Match| Span::new(title.end + m.start(), title.end + m.end());
        let names = people(text, at(names), captures.name("role").map(at), gazetteer);
        if !names.people.is_empty() {
            found.push((Span::new(title.start, title.end + whole.end()), names));
        }
    }
    found.extend(native(text, &titles, gazetteer));
    for Telling { whole, names, role } in if english { telling(text) } else { Vec::new() } {
        if found.iter().any(|(other, _)| other.overlaps(whole)) {
            continue;
        }
        let names = people(text, names, role, gazetteer);
        if !names.people.is_empty() {
            found.push((whole, names));
        }
    }
    // A title beside a word such as "talk" is a talk whose speaker the paragraph may not name.
    for title in &titles {
        if beside_talk(text, *title) && !found.iter().any(|(span, _)| near(*span, *title)) {
            found.push((*title, Names::default()));
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    let mut out: Vec<Speech> = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    for (span, names) in found {
        let nearest = titles.iter().filter(|t| near(span, **t) && !taken.contains(t)).min_by_key(|t| distance(span, **t)).copied();
        if nearest.is_none() && names.people.is_empty() {
            continue;
        }
        taken.extend(nearest);
        let first = nearest.map_or(span.start, |t| t.start.min(span.start));
        let start = text[..first].rfind('\n').map_or(0, |n| n + 1);
        out.push(Speech { titled: nearest.is_some(), title: nearest.unwrap_or_else(|| topic(text, span)), names, start });
    }
    out
}

/// `Jane Doe (@jane) and John Roe`, and the role that follows: people with their company.
fn people(text: &str, names: Span, role: Option<Span>, gazetteer: &Gazetteer) -> Names {
    static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(NAME));
    let shared = role.and_then(|r| affiliation(text, r, gazetteer));
    let mut out = Names::default();
    if !names.of(text).contains([' ', '\n']) {
        out.people.extend(is_given_name(names.of(text), gazetteer).then_some((names, shared)));
        return out;
    }
    for found in ONE.find_iter(names.of(text)) {
        let written = found.as_str();
        // `Then Jane Doe`, `creator of Ruby Yukihiro Matsumoto`: what stands before the name may be capitalised too.
        let cuts = std::iter::once(0).chain(written.match_indices(char::is_whitespace).map(|(i, _)| i + 1));
        // A single word is a name behind `Mr`.
        let whole = |name: &&str| name.contains(char::is_whitespace) || is_addressed(written, name);
        let name = cuts.filter_map(|cut| person(&written[cut..], Place::Suffix, gazetteer)).find(whole);
        let Some(name) = name else { continue };
        let at = names.start + found.start() + written.find(name).unwrap_or(0);
        // A company in brackets behind the name: `Stacy Kirk (QualityWorks)`.
        let rest = &names.of(text)[found.end()..];
        let own = rest.trim_start().starts_with('(').then(|| {
            let open = names.start + found.end() + rest.find('(').unwrap_or(0) + 1;
            let close = text[open..].find(')').map_or(open, |n| open + n);
            company(text, Span::new(open, close), gazetteer, false)
        });
        out.people.push((Span::new(at, at + name.len()), own.flatten().or_else(|| shared.clone())));
    }
    out
}

/// Whether a title such as `Mr` stands before a name.
fn is_addressed(text: &str, name: &str) -> bool {
    let before = text.split(name).next().unwrap_or("").trim_end().trim_end_matches('.');
    languages().titles.iter().any(|title| before.ends_with(title.as_str()))
}

/// Whether a capitalised word may be somebody's first name: no word that sentences open with, nothing that has that name.
fn is_given_name(word: &str, gazetteer: &Gazetteer) -> bool {
    let lower = word.to_lowercase();
    let words = languages();
    let other = words.speech.no_one.has(&lower) || words.firms.places.has(&lower) || words.bylines.nobody.has(&lower);
    !other && gazetteer.hits(word).is_empty() && person(&format!("{word} {word}"), Place::Suffix, gazetteer).is_some()
}

/// Whether most letters are Latin: patterns of English sentences need not be tried on others, nor compiled.
fn is_english(text: &str) -> bool {
    let (latin, other) = text
        .chars()
        .filter(|c| is_letter(*c))
        .fold((0, 0), |(latin, other), c| if c.is_ascii() { (latin + 1, other) } else { (latin, other + 1) });
    latin > 2 * other
}

/// What may be titles: two words or more in quotation marks, bold, italics or a link, that are no name; with whether they
/// are set apart by more than a link.
fn titles(block: &Block, gazetteer: &Gazetteer) -> Vec<(Span, bool)> {
    let text = block.text.text();
    let quoted = quoted(text, 4).map(|span| (span, true));
    let marked = block.marks.iter().filter_map(|m| match m.kind {
        MarkKind::Strong | MarkKind::Emphasis => Some((m.span, true)),
        MarkKind::Link(_) => Some((m.span, false)),
        MarkKind::Code => None,
    });
    // `a [talk on queues](…)`: what stands behind those words is the title.
    let named = |span: Span| TALK_ON.find(span.of(text)).map_or(span, |lead| Span::new(span.start + lead.end(), span.end));
    let mut found: Vec<(Span, bool)> = quoted.chain(marked).map(|(span, set)| (super::title::trimmed(text, named(span)), set)).collect();
    found.retain(|(span, set)| {
        let written = span.of(text);
        let words = written.split_whitespace().count();
        let capitals = written.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).count();
        let native = written.chars().any(|c| !c.is_ascii() && is_letter(c));
        let japanese = native && written.chars().count() >= if *set { 5 } else { 8 };
        let address = written.contains("http") || written.contains("www.") || written.starts_with('@');
        let spoken = written.ends_with(['.', ',']) && words > 4 || written.chars().count() > 140;
        // A link's words may be any words; what is set in bold, italics or quotation marks is meant as one thing.
        let opens = written.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let titled = words >= 3 && (capitals * 2 > words || *set && opens) || words == 2 && capitals == 2 || japanese;
        let named = person(written, Place::Suffix, gazetteer).is_some()
            || gazetteer
                .hits(written)
                .iter()
                .any(|h| h.span.len() == written.len() && h.surfaces.iter().any(|r| gazetteer.entity(*r).kind != EntityKind::Concept));
        // `talks on [data fetching in React](…)`, `her keynote [I am a gardener](…)`, `[The last mile](…) moderated by Jane Doe`
        let before = &text[text.floor_char_boundary(span.start.saturating_sub(40))..span.start];
        let behind = &text[span.end..text.floor_char_boundary((span.end + REACH).min(text.len()))];
        let beside = || AFTER_TALK.is_match(before) || names_in(behind).next().is_some() && BEHIND_TITLE.is_match(behind);
        let told = words >= 2 && ABOUT_TALK.is_match(before) || words >= 3 && opens && beside();
        static OF: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:of|at|from|for)\s+\W*$"));
        let affiliation = OF.is_match(&text[text.floor_char_boundary(span.start.saturating_sub(12))..span.start]);
        (titled || told) && !affiliation && !address && !spoken && !named
    });
    found.sort_by_key(|(s, _)| (s.start, std::cmp::Reverse(s.end)));
    found.dedup_by(|(b, set), (a, first)| {
        *first |= *set && a.overlaps(*b);
        a.overlaps(*b)
    });
    found
}

static ABOUT_TALK: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:{})\s+(?:on|about|called|titled|named|entitled)\s+\W*$", talk_words())));

/// A title may follow right away: `her keynote`.
static AFTER_TALK: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he)\s(?:\w+\s)?(?:{})\W*$", talk_words())));

static TALK_ON: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^(?:\w+\s){{0,3}}(?:{})\s(?:on|about)\s", talk_words())));

/// Whether a title stands beside a word that says it is a talk's, in the same sentence.
fn beside_talk(text: &str, title: Span) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b(?:{}|[Pp]resenter)\b[^.!?\n]{{0,40}}$", talk_words())));
    static AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r#"^[”"」』)\]*_]*\s(?:\w+\s){{0,2}}(?:{})\b"#, talk_words())));
    let from = text.floor_char_boundary(title.start.saturating_sub(90));
    let to = text.floor_char_boundary((title.end + 60).min(text.len()));
    BEFORE.is_match(&text[from..title.start]) || AFTER.is_match(&text[title.end..to])
}

/// What a talk is about: `about how X does Y`, else what follows the verb.
fn topic(text: &str, speech: Span) -> Span {
    static ABOUT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:about|on|regarding|covering|the topic of|(?P<kept>how|why))\s+"));
    static STOP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[,.;:!?()\n]|\s(?:which|where|who|and\s(?:he|she|they|how|what|his|her|we|I)|that\s(?:he|she|they)|in\sorder|because|since|while|during|using)\s",
        )
    });
    let rest = &text[speech.end..];
    let sentence = &rest[..rest.find(['.', '!', '?', '\n']).unwrap_or(rest.len())];
    let start = match ABOUT.captures(sentence) {
        Some(about) => speech.end + about.name("kept").map_or_else(|| about.get(0).map_or(0, |m| m.end()), |kept| kept.start()),
        None if sentence.split_whitespace().count() >= 2 => speech.end,
        None => text[..speech.start].rfind(['.', '!', '?', '\n']).map_or(0, |n| n + 1),
    };
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let inner = &text[start..];
    let stop = STOP.find(inner).map_or(inner.len(), |m| m.start());
    let words = inner[..stop].split_inclusive(char::is_whitespace).take(LONGEST_TOPIC).map(str::len).sum::<usize>();
    let end = start + inner[..words].trim_end().len();
    let topic = super::title::trimmed(text, Span::new(start, end.max(start)));
    // `his difficult experience of …`
    let owner = ["his ", "her ", "their ", "a ", "the "].iter().find(|w| topic.of(text).starts_with(**w)).map_or(0, |w| w.len());
    Span::new(topic.start + owner, topic.end)
}

fn near(speech: Span, title: Span) -> bool {
    distance(speech, title) <= REACH
}

fn distance(a: Span, b: Span) -> usize {
    if a.overlaps(b) { 0 } else { b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end)) }
}

/// The speaker with whom a talk's text opens: `Declan Moorhouse is a manager at Acme`, `강나비 님(토스). …`.
pub(super) fn opening(text: &str, skipped: usize, gazetteer: &Gazetteer) -> Option<Names> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^\s*(?P<names>{NAME}(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s*&\s*){NAME}){{0,3}})(?P<role>\s*\([^()]{{1,60}}\)|\s*,\s[^.;:]{{2,120}}?,|\s+(?:of|from|at)\s+[A-ZÀ-Þ0-9][^,.;:()]{{1,40}}?(?:\s*\([^()]{{1,120}}\))?)?\s+(?P<verb>[a-z]+)(?P<clause>[^.;]{{0,90}})"
        ))
    });
    let shown = &text[skipped..];
    let at = |m: regex::Match| Span::new(skipped + m.start(), skipped + m.end());
    if names_in(shown).next().is_none() || !is_english(shown) {
        return honorific::opening(text, skipped, gazetteer);
    }
    let verb = |c: &regex::Captures| {
        c.name("verb").is_some_and(|v| !["of", "from", "at", "and", "in", "on", "for", "with", "to"].contains(&v.as_str()))
    };
    if let Some(captures) = OPENS.captures(shown).filter(verb) {
        let names = captures.name("names")?;
        let said = captures.name("role").or_else(|| {
            captures.name("clause").filter(|_| matches!(captures.name("verb").map(|v| v.as_str()), Some("is" | "was" | "works")))
        });
        let found = people(text, at(names), said.map(at), gazetteer);
        if !found.people.is_empty() && found.people[0].0.start == skipped + names.start() {
            return Some(found);
        }
    }
    honorific::opening(text, skipped, gazetteer)
}

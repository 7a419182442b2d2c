//! Lists of people and companies: `Sally, Dwayne (카카오 커머스)`, `정규돈 | 카카오`, `Jane Doe, CTO, Acme`.
//!
//! In: a piece of text that should name who speaks. Out: [`Names`], with spans of that text.

use super::affiliation::{company, is_company_like, is_role, is_team, shrink, within};
use super::person::{Place, person, without_honorific};
use crate::entity::EntityKind;
use crate::gazetteer::{Gazetteer, Hit};
use crate::language::languages;
use crate::normalize::{is_han, is_hangul, is_hiragana};
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// People and companies of a piece of text, with spans into it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Names {
    /// Each person with the company that stands beside, in order.
    pub(super) people: Vec<(Span, Option<Affiliation>)>,
    /// Companies that stand alone.
    pub(super) companies: Vec<Affiliation>,
    /// How many pieces say what someone does.
    pub(super) roles: usize,
    /// Whether the companies are those of the speakers named before.
    pub(super) of_speakers: bool,
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.companies.is_empty()
    }

    /// One company behind several names is everyone's: of the last `count` of them.
    fn employ(&mut self, count: usize, company: &Affiliation) {
        self.people.iter_mut().rev().take(count).for_each(|(_, of)| *of = Some(company.clone()));
    }
}

/// Reads a list of people: `Sally, Dwayne (카카오 커머스)`, `정규돈 | 카카오`, `Jane Doe, CTO, Acme`, `A and B`.
pub(super) fn people(text: &str, span: Span, place: Place, gazetteer: &Gazetteer) -> Names {
    static PART: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s*(?:[,，、;&|/·(（)）\[\]]|\s[-–—@]+\s|\band\b|\bfrom\b|\bat\b|\bof\b|\s와\s|\s과\s)\s*"));
    let inner = span.of(text);
    let mut names = Names::default();
    let mut at = 0;
    let mut parts: Vec<Span> = Vec::new();
    // The `&` of SK C&C separates nothing.
    let named: LazyCell<Vec<Span>, _> =
        LazyCell::new(|| gazetteer.hits(inner).iter().filter(|h| gazetteer.may_be(h, EntityKind::Company)).map(|h| h.span).collect());
    for cut in PART.find_iter(inner) {
        if named.iter().any(|n| n.start < cut.start() && cut.end() < n.end) {
            continue;
        }
        parts.push(Span::new(span.start + at, span.start + cut.start()));
        at = cut.end();
    }
    parts.push(Span::new(span.start + at, span.end));
    let said = |p: &Span| {
        !p.of(text).trim().is_empty()
            && !languages().honorifics.has(p.of(text).trim())
            && !languages().bylines.nobody.has_in_any_case(p.of(text).trim())
    };
    parts.retain(said);
    if parts.len() > 12 {
        return names;
    }
    let mut waiting = 0;
    let (mut bracketed, mut last) = (false, span.start);
    let mut office = false;
    for part in parts {
        let part = shrink(text, part);
        let written = part.of(text);
        // `Head of Analytics` is one office.
        if std::mem::replace(&mut office, is_role(written) && text[part.end..span.end].trim_start().starts_with("of ")) {
            continue;
        }
        // Brackets after a name hold the company, or what else the person is called; never another person.
        bracketed = match text[span.start..part.start].trim_end().chars().next_back() {
            Some('(' | '（') => true,
            Some(')' | '）') => false,
            _ => bracketed && !text[last..part.start].contains([')', '）']),
        };
        last = part.end;
        if bracketed && !names.people.is_empty() {
            let real = names.people.last().is_some_and(|(name, _)| is_full_name(name.of(text)));
            // `Shiori Hamasaki（しおり）`
            let called = written.chars().all(is_hiragana) && names.people.last().is_some_and(|(name, _)| name.of(text).is_ascii());
            if waiting > 0
                && let Some(found) = company(text, part, gazetteer, real && !called && !written.starts_with('@'))
            {
                names.employ(std::mem::take(&mut waiting), &found);
            }
            continue;
        }
        // `맹다올님 / 너울랩`: who is honoured and what is not are not two people.
        let slashed = text[..part.start].trim_end().ends_with(['/', '|']);
        let honoured = |(name, _): &(Span, Option<Affiliation>)| text[name.end..].trim_start().starts_with(['님', 'さ', '氏']);
        let apart = slashed && names.people.last().is_some_and(honoured) && !without_honorific(written).1;
        if apart && let Some(found) = company(text, part, gazetteer, true) {
            names.employ(std::mem::take(&mut waiting), &found);
        } else if let Some((name, company)) = name_and_company(text, part, place, gazetteer) {
            names.people.push((name, Some(company)));
            waiting = 0;
        } else if let Some(name) = titled(text, part, place, gazetteer) {
            names.people.push((name, None));
            names.roles += 1;
        } else if let Some(name) = person(written, if honoured_behind(&text[part.end..]) { Place::Labelled } else { place }, gazetteer) {
            names.people.push((within(text, part, name), None));
            waiting += 1;
        } else if is_nickname(written)
            && gazetteer.hits(written).is_empty()
            && (held_company(text, part.end, span.end, gazetteer) || waiting > 0 && text[..part.start].trim_end().ends_with(" and"))
        {
            // `조이 (토스)`, `피서우 / AWS`: a company behind makes a person of what stands before; so does a name, as in `Jane Doe and Mina`.
            names.people.push((part, None));
            waiting += 1;
        } else if let Some(found) = company(text, part, gazetteer, waiting > 0) {
            // `민서율(Dawnbird), 카카오`: what stood in brackets is what else the person is called.
            let nicknamed = |of: &Option<Affiliation>| of.as_ref().is_some_and(|c| gazetteer.get(EntityKind::Company, &c.id).is_none());
            let last =
                names.people.last_mut().filter(|(_, of)| waiting == 0 && nicknamed(of) && text[..part.start].trim_end().ends_with("),"));
            if let Some((_, of)) = last.filter(|_| gazetteer.get(EntityKind::Company, &found.id).is_some()) {
                *of = Some(found);
            } else if waiting == 0 {
                names.companies.push(found);
            } else {
                names.employ(std::mem::take(&mut waiting), &found);
            }
        } else if is_role(written) {
            names.roles += 1;
        } else if place == Place::Suffix {
            return Names::default();
        }
    }
    names
}

/// `권태환 카카오페이`, `카카오 권태환님`, `송창현 네이버 CTO`: a name and a company in one piece.
fn name_and_company(text: &str, part: Span, place: Place, gazetteer: &Gazetteer) -> Option<(Span, Affiliation)> {
    let written = part.of(text);
    // `레몬트리 권태환님`, `GDG Pangyo 조희주님`: the last word is honoured, what stands before it is where they are from.
    let (bare, _) = without_honorific(written);
    let honoured = ["님", "씨", "さん", "氏"].iter().any(|h| written.ends_with(h));
    // `강나비 @토스`: a handle is Latin.
    if let Some((name, company)) = written
        .split_once(" @")
        .filter(|(_, at)| at.starts_with(is_hangul) || gazetteer.find_kind(at, EntityKind::Company).is_some_and(|(_, at)| at.start == 0))
        && let Some(name) = person(name, Place::Labelled, gazetteer)
        && let Some(found) = super::affiliation::company(text, Span::new(part.end - company.len(), part.end), gazetteer, true)
    {
        return Some((within(text, part, name), found));
    }
    // A Japanese family name stands before the given name just so; a company is known, ends as companies do, or is not Kanji.
    let apart = |before: &str| {
        let like = is_company_like(before) || before.chars().any(|c| !is_han(c) && !is_hiragana(c) && c != ' ');
        like || gazetteer.find_kind(before, EntityKind::Company).is_some_and(|(_, span)| span.len() == before.len())
    };
    // `株式会社みなと 葛城ともや`: the legal form makes a company of the first word, and so a name of the second.
    let forms = &languages().bylines.legal_forms;
    let person_like = |name: &str| !is_team(name) && !is_role(name);
    let formed = |before: &str| forms.iter().any(|form| before.starts_with(form.as_str()) && before.len() > form.len());
    let splits = |(before, name): &(&str, &str)| {
        !name.is_ascii() && person_like(name) && (apart(before) && (honoured || is_company_like(before)) || formed(before))
    };
    if let Some((before, name)) = bare.rsplit_once(' ').filter(splits) {
        let at = part.start + before.len() + 1;
        let from = Span::new(part.start, part.start + before.len());
        let place = if formed(before) { Place::Labelled } else { place };
        if person(&text[at..part.end], place, gazetteer) == Some(name)
            && let Some(company) = company(text, from, gazetteer, true)
        {
            return Some((Span::new(at, at + name.len()), company));
        }
    }
    // `발표자 : 김영재 화이트블록`
    if place == Place::Labelled
        && let Some((first, rest)) = written.split_once(' ')
        && first.chars().all(is_hangul)
        && person(first, Place::Suffix, gazetteer) == Some(first)
        && let Some(company) = company(text, Span::new(part.end - rest.len(), part.end), gazetteer, true)
    {
        return Some((Span::new(part.start, part.start + first.len()), company));
    }
    // `Amazon Fraud Detector` is what Amazon makes.
    let made = |h: &Hit| h.span.len() == written.len() && gazetteer.may_be(h, EntityKind::Technology);
    let (company, at) = gazetteer.find_kind(written, EntityKind::Company).filter(|_| !gazetteer.hits(written).iter().any(made))?;
    let (before, after) = (&written[..at.start], &written[at.end..]);
    let affiliation =
        Affiliation { name: company.name.clone(), id: company.id.clone(), span: Span::new(part.start + at.start, part.start + at.end) };
    for piece in [before, after] {
        let mut words: Vec<&str> = piece.split_whitespace().collect();
        words.retain(|w| !is_role(w));
        if words.is_empty() || words.len() > 3 {
            continue;
        }
        let joined = words.join(" ");
        let name = person(&joined, place, gazetteer)?.to_owned();
        let start = written.find(&name)?;
        return Some((Span::new(part.start + start, part.start + start + name.len()), affiliation));
    }
    None
}

/// `발표자 : 서하람 Data entrepreneur`: a name before what someone does.
fn titled(text: &str, part: Span, place: Place, gazetteer: &Gazetteer) -> Option<Span> {
    let (first, rest) = part.of(text).split_once(' ').filter(|_| place == Place::Labelled)?;
    let role = rest.rsplit(' ').next().is_some_and(is_role);
    (role && person(first, Place::Suffix, gazetteer) == Some(first)).then(|| Span::new(part.start, part.start + first.len()))
}

/// A family name with a given name, not a nickname or handle.
fn is_full_name(name: &str) -> bool {
    name.contains(' ') || !name.is_ascii() && name.chars().count() >= 3
}

/// Whether brackets and then an honorific follow: `すねこすり(@sunecosuri)さん`.
fn honoured_behind(rest: &str) -> bool {
    let held = rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）']));
    held.is_some_and(|(_, rest)| languages().honorific(rest.trim_start()).is_some())
}

/// Whether a word may be what someone is called.
fn is_nickname(text: &str) -> bool {
    let length = text.chars().count();
    let native = (2..=4).contains(&length) && text.chars().all(is_hangul);
    let latin = (3..=12).contains(&length) && text.chars().all(|c| c.is_ascii_alphabetic()) && text.starts_with(char::is_uppercase);
    (native || latin) && !languages().bylines.not_a_company.has(text)
}

/// Whether brackets that open at `at`, or what follows a slash there, hold a company of the gazetteer and nothing else.
fn held_company(text: &str, at: usize, end: usize, gazetteer: &Gazetteer) -> bool {
    let rest = text[at..end].trim_start();
    let bracketed = || rest.strip_prefix(['(', '（'])?.split([')', '）']).next();
    let Some(held) = bracketed().or_else(|| rest.strip_prefix(['/', '|'])) else { return false };
    let known = gazetteer.find_kind(held, EntityKind::Company);
    known.is_some_and(|(_, span)| span.len() == held.trim().len())
}

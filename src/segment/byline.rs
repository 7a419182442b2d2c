//! Who speaks, and for whom: reads the many ways in which reports say it.
//!
//! In: a heading's text, or a line under it. Out: [`Names`]: people and companies with their place in that text, and where
//! the title ends that stands before them. Written forms: `Title - 김현준(카카오)`, `Title / 안영회 님`, `(정규돈 | 카카오)`,
//! `Title by X`, `Speaker — Title`, `발표자 : Sally, Dwayne (카카오 커머스)`, `Name, Role, Company`, `Uchio Kondoさん`.

use super::person::{Place, person, without_honorific};
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
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
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.companies.is_empty()
    }
}

/// Splits `Title - Speaker (Company)` and its kin: the title's span and who follows or precedes it.
pub(super) fn of_heading(text: &str, title: Span, gazetteer: &Gazetteer) -> (Span, Names) {
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(（\[]([^()（）\[\]]+)[)）\]]\s*$"));
    static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\s+[-–—―/|:]+\s*|\s*[–—|]\s*|\s+by\s+|\s*:\s+|,\s+)"));
    let inner = title.of(text);
    let at = |start: usize, end: usize| Span::new(title.start + start, title.start + end);
    let parse = |span: Span| people(text, span, Place::Suffix, gazetteer);
    // `Chen Goldberg - Eng Dir, Google`: the line says nothing but who.
    let whole = parse(title);
    let opens = whole.people.first().is_some_and(|(name, _)| text[title.start..name.start].trim().is_empty());
    if opens
        && whole.roles > 0
        && !whole.people.is_empty()
        && (whole.people.iter().any(|(_, c)| c.is_some()) || !whole.companies.is_empty())
    {
        return (title, whole);
    }
    // `CSS (Cascading Style Sheets)` is an acronym and what it means.
    let acronym = |end: usize| inner[..end].trim().chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    // Title - Name (Company): the brackets belong to the name. Cuts from the right, so that the longest title is kept.
    let cuts: Vec<_> = SEPARATOR.find_iter(inner).collect();
    for cut in cuts.iter().rev() {
        if cut.start() == 0 {
            continue;
        }
        let found = parse(at(cut.end(), inner.len()));
        if !found.people.is_empty() && !cut.as_str().starts_with(',') && !acronym(cut.start()) {
            return (at(0, cut.start()), found);
        }
    }
    if let Some(brackets) = BRACKETS.captures(inner)
        && let (Some(whole), Some(held)) = (brackets.get(0), brackets.get(1))
        && whole.start() > 0
        && !acronym(whole.start())
    {
        let found = parse(at(held.start(), held.end()));
        if !found.people.is_empty() {
            return (at(0, whole.start()), found);
        }
    }
    // Title, Name Surname, Name Surname: after the first comma that leaves nothing but names.
    for cut in cuts.iter().filter(|c| c.as_str().starts_with(',') && inner[..c.start()].split_whitespace().count() >= 3) {
        let found = parse(at(cut.end(), inner.len()));
        if !found.people.is_empty() && found.people.iter().all(|(span, _)| span.of(text).contains(' ')) {
            return (at(0, cut.start()), found);
        }
    }
    // Speaker — Title, [Name](…) - [Company](…): Title
    if let Some(cut) = cuts.first().filter(|c| c.start() > 0 && !c.as_str().contains("by") && c.as_str().trim() != ":") {
        let found = parse(at(0, cut.start()));
        let rest = &inner[cut.end()..];
        let long = rest.split_whitespace().count() >= 3 || rest.chars().count() >= 10;
        let spoken = found.people.iter().any(|(span, _)| {
            span.of(text).contains(' ') || without_honorific(span.of(text)).1 || text[span.end..].starts_with(['님', 'さ', '('])
        });
        if found.people.len() == 1 && long && spoken && !matches!(cut.as_str().trim(), "," | "/") {
            let mut found = found;
            let mut end = cut.end();
            if let Some(next) = cuts.get(1)
                && let Some(company) = company(text, at(cut.end(), next.start()), gazetteer, true)
            {
                found.people[0].1 = Some(company);
                end = next.end();
            }
            return (at(end, inner.len()), found);
        }
    }
    (title, Names::default())
}

/// In a report that writes `Title — Name, Company` throughout, the last of several names is a company that nobody listed:
/// so it is where every line has exactly two "people", which for talks of two speakers would be odd.
pub(super) fn settle_companies(lines: &mut [(&str, &mut Names)]) {
    let pair = |names: &Names, text: &str| {
        let [(first, None), (second, None)] = names.people.as_slice() else { return false };
        text.get(first.end..second.start).is_some_and(|gap| gap.trim() == ",") && names.companies.is_empty()
    };
    let bylines = lines.iter().filter(|(_, n)| !n.people.is_empty()).count();
    let pairs = lines.iter().filter(|(text, n)| pair(n, text) || n.people.iter().any(|(_, c)| c.is_some())).count();
    let unsettled = lines.iter().filter(|(text, n)| pair(n, text)).count();
    if unsettled < 2 || pairs * 10 < bylines * 8 {
        return;
    }
    for (text, names) in lines.iter_mut() {
        let last = names.people.last().filter(|(_, company)| company.is_none() && names.people.len() >= 2).map(|(span, _)| *span);
        if let Some(span) = last.filter(|span| text[..span.start].trim_end().ends_with(',')) {
            let name = span.of(text).to_owned();
            let company = Affiliation { id: EntityId::from_name(&name), name, span };
            names.people.pop();
            names.people.iter_mut().filter(|(_, of)| of.is_none()).for_each(|(_, of)| *of = Some(company.clone()));
        }
    }
}

/// Reads a line under a heading: `발표자 : …`, `> 전수현님`, `Name - Role - Company`. `None` if it is no byline.
pub(super) fn of_line(text: &str, gazetteer: &Gazetteer) -> Option<Names> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        let mut labels: Vec<&str> = languages().bylines.labels.iter().map(String::as_str).filter(|l| *l != "by" && *l != "with").collect();
        labels.sort_by_key(|l| std::cmp::Reverse(l.len()));
        let labels: Vec<_> = labels.into_iter().map(regex::escape).collect();
        pattern(&format!(r"(?i)^[\s\p{{So}}\ufe0f>*•-]*(?:{})\s*(?:\([^)]*\)\s*)?[:：\-–—|/]\s*", labels.join("|")))
    });
    static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:presented\s+|talk\s+|given\s+)?by:?\s+"));
    let line = text.lines().next().unwrap_or("");
    if let Some(label) = LABEL.find(line).or_else(|| BY.find(line)) {
        let names = people(text, Span::new(label.end(), line.len()), Place::Labelled, gazetteer);
        return Some(names).filter(|n| !n.is_empty());
    }
    // A short line of names alone.
    let whole = line.trim();
    let start = line.len() - line.trim_start().len();
    if whole.is_empty() || whole.chars().count() > 90 || whole.ends_with(['.', '?', '!', '다', '요']) {
        return None;
    }
    let names = people(text, Span::new(start, start + whole.len()), Place::Suffix, gazetteer);
    let covered: usize = names.people.iter().map(|(span, company)| span.len() + company.as_ref().map_or(0, |c| c.span.len())).sum();
    let role = languages().bylines.roles.iter().any(|r| whole.split(|c: char| !c.is_alphanumeric()).any(|w| w.eq_ignore_ascii_case(r)));
    (!names.people.is_empty() && (covered * 2 >= whole.len() || role)).then_some(names)
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
    let named: Vec<Span> = gazetteer
        .hits(inner)
        .iter()
        .filter(|h| h.surfaces.iter().any(|r| gazetteer.entity(*r).kind == EntityKind::Company))
        .map(|h| h.span)
        .collect();
    for cut in PART.find_iter(inner) {
        if named.iter().any(|n| n.start < cut.start() && cut.end() < n.end) {
            continue;
        }
        parts.push(Span::new(span.start + at, span.start + cut.start()));
        at = cut.end();
    }
    parts.push(Span::new(span.start + at, span.end));
    parts.retain(|p| !p.of(text).trim().is_empty());
    if parts.len() > 12 {
        return names;
    }
    let mut waiting = 0;
    for part in parts {
        let part = shrink(text, part);
        let written = part.of(text);
        // Brackets after a name hold the company, or what else the person is called; never another person.
        if waiting > 0 && text[..part.start].trim_end().ends_with(['(', '（']) {
            let real = names.people.last().is_some_and(|(name, _)| is_full_name(name.of(text)));
            if let Some(found) = company(text, part, gazetteer, real && !written.starts_with('@')) {
                let from = names.people.len() - waiting;
                names.people[from..].iter_mut().for_each(|(_, of)| *of = Some(found.clone()));
                waiting = 0;
            }
            continue;
        }
        // `맹다올님 / 너울랩`: who is honoured and what is not are not two people.
        let slashed = text[..part.start].trim_end().ends_with(['/', '|']);
        let honoured = |(name, _): &(Span, Option<Affiliation>)| text[name.end..].trim_start().starts_with(['님', 'さ', '氏']);
        let apart = slashed && names.people.last().is_some_and(honoured) && !without_honorific(written).1;
        if apart && let Some(found) = company(text, part, gazetteer, true) {
            let from = names.people.len() - waiting;
            names.people[from..].iter_mut().for_each(|(_, of)| *of = Some(found.clone()));
            waiting = 0;
        } else if let Some(name) = person(written, place, gazetteer) {
            names.people.push((within(text, part, name), None));
            waiting += 1;
        } else if let Some((name, company)) = name_and_company(text, part, place, gazetteer) {
            names.people.push((name, Some(company)));
            waiting = 0;
        } else if let Some(found) = company(text, part, gazetteer, waiting > 0) {
            if waiting == 0 {
                names.companies.push(found);
            } else {
                // One company behind several names is everyone's.
                let from = names.people.len() - waiting;
                names.people[from..].iter_mut().for_each(|(_, of)| *of = Some(found.clone()));
                waiting = 0;
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
    let (company, at) = gazetteer.find_kind(written, EntityKind::Company)?;
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

/// The company that a piece names: the gazetteer's if it covers most of it; as written where `unknown` ones are expected.
pub(super) fn company(text: &str, part: Span, gazetteer: &Gazetteer, unknown: bool) -> Option<Affiliation> {
    let part = shrink(text, part);
    let written = part.of(text);
    if let Some((entity, at)) = gazetteer.find_kind(written, EntityKind::Company)
        && at.len() * 2 >= written.len()
    {
        let span = Span::new(part.start + at.start, part.start + at.end);
        return Some(Affiliation { name: entity.name.clone(), id: entity.id.clone(), span });
    }
    let bare = ["주식회사", "㈜", "(주)", "株式会社", "有限会社", "合同会社"]
        .iter()
        .fold(written, |t, form| t.trim_start_matches(form).trim_end_matches(form).trim());
    // `온달페이 DB플랫폼팀` is a team of 온달페이.
    let bare = match bare.rsplit_once(' ') {
        Some((company, team)) if ["팀", "실", "그룹", "チーム"].iter().any(|t| team.ends_with(t)) => company,
        _ => bare,
    };
    let bare = match bare.rsplit_once(' ') {
        Some((company, role)) if is_role(role) => company,
        _ => bare,
    };
    // A word in lower case is what someone is called, not where they work.
    let handle = bare.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-".contains(c)) && !bare.contains('.');
    let words = languages();
    let odd = handle || bare.is_empty() || bare.chars().count() > 40 || is_role(bare) || bare.split_whitespace().count() > 5;
    let excluded = words.bylines.not_a_company.iter().any(|w| w.eq_ignore_ascii_case(bare))
        || bare.chars().all(|c| !c.is_alphabetic())
        || bare.contains("http");
    let sentence = bare.ends_with(['.', '?', '!', '다', '요']) || bare.starts_with(char::is_lowercase) && bare.contains(' ');
    let known =
        gazetteer.hits(bare).iter().any(|h| h.span.len() == bare.len() && h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous));
    if !unknown || odd || excluded || sentence || known {
        return None;
    }
    Some(Affiliation { name: bare.to_owned(), id: EntityId::from_name(bare), span: within(text, part, bare) })
}

/// A family name with a given name, not a nickname or handle.
fn is_full_name(name: &str) -> bool {
    let surname = languages().bylines.surnames.iter().any(|s| name.starts_with(s.as_str()));
    name.contains(' ') || surname && name.chars().count() >= 3 || !name.is_ascii() && name.chars().count() >= 4
}

/// Whether a piece only says what someone does.
fn is_role(text: &str) -> bool {
    let roles = &languages().bylines.roles;
    let mut words = text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let native = roles.iter().any(|r| !r.is_ascii() && text.ends_with(r.as_str()));
    native || words.any(|w| roles.iter().any(|r| r.eq_ignore_ascii_case(w)))
}

fn shrink(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let front = inner.len() - inner.trim_start().len();
    Span::new(span.start + front, span.start + front + inner.trim().len())
}

/// Where `piece`, a part of what stands at `span`, stands.
fn within(text: &str, span: Span, piece: &str) -> Span {
    let at = span.of(text).find(piece).unwrap_or(0);
    Span::new(span.start + at, span.start + at + piece.len())
}

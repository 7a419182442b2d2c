//! Who speaks, and for whom: reads the many ways in which reports say it.
//!
//! In: a heading's text, or a line under it. Out: [`Names`]: people and companies with their place in that text, and where
//! the title ends that stands before them. Written forms: `Title - 김현준(카카오)`, `Title / 안영회 님`, `(정규돈 | 카카오)`,
//! `Title by X`, `Speaker — Title`, `발표자 : Sally, Dwayne (카카오 커머스)`, `Name, Role, Company`, `Uchio Kondoさん`.

use super::affiliation::{company, is_role, may_hold_role};
use super::names::{Names, people};
use super::person::{Place, without_honorific};
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::normalize::is_hangul;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
use std::sync::LazyLock;

/// On which side of a title its speaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Either: a speaker behind the title is looked for first.
    Any,
    /// `Title - Speaker`.
    TitleFirst,
    /// `Speaker - Title`.
    SpeakerFirst,
}

/// Splits `Title - Speaker (Company)` and its kin: the title's span and who follows or precedes it.
pub(super) fn of_heading(text: &str, title: Span, order: Order, gazetteer: &Gazetteer) -> (Span, Names) {
    let behind = if order == Order::SpeakerFirst { None } else { speaker_behind(text, title, gazetteer) };
    let found = behind.or_else(|| if order == Order::TitleFirst { None } else { speaker_before(text, title, gazetteer) });
    found.unwrap_or_else(|| (title, Names::default()))
}

static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\s+[-–—―/|:]+\s*|\s*[–—|]\s*|\s+by\s+|\s*:\s+|,\s+)"));

/// `Title - Speaker (Company)`, `Title (Speaker)`, `Title, Speaker, Speaker`.
fn speaker_behind(text: &str, title: Span, gazetteer: &Gazetteer) -> Option<(Span, Names)> {
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(（\[]([^()（）\[\]]+)[)）\]]\s*$"));
    // `Title (Speaker) - [Summary](…)`: what an address is of says nothing of who speaks.
    static MATERIAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\)\s*[-–—|:]?\s*\[?(?:slides?|video|summary|summary of the talk|recording|youtube|발표자료|영상|資料|動画)\]?\s*$")
    });
    let material = if title.of(text).contains(')') { MATERIAL.find(title.of(text)) } else { None };
    let title = material.map_or(title, |m| Span::new(title.start, title.start + m.start() + 1));
    let inner = title.of(text);
    let at = |start: usize, end: usize| Span::new(title.start + start, title.start + end);
    let parse = |span: Span| people(text, span, Place::Suffix, gazetteer);
    // `Title<tab>Speaker`, from a page with columns.
    if let Some(tab) = inner.rfind('\t').filter(|tab| *tab > 0) {
        let found = people(text, at(tab + 1, inner.len()), Place::Labelled, gazetteer);
        if !found.people.is_empty() {
            return Some((at(0, tab), found));
        }
    }
    // `Title @handle`
    if let Some(cut) = inner.rfind(" @").filter(|cut| *cut > 0 && !inner[cut + 1..].contains([' ', ')', '）'])) {
        let found = people(text, at(cut + 1, inner.len()), Place::Labelled, gazetteer);
        if !found.people.is_empty() {
            return Some((at(0, cut), found));
        }
    }
    // `Chen Goldberg - Eng Dir, Google`: the line says nothing but who.
    let whole = if may_hold_role(inner) { parse(title) } else { Names::default() };
    let opens = whole.people.first().is_some_and(|(name, _)| text[title.start..name.start].trim().is_empty());
    // `강나비(토스) - 글 쓰는 개발자 모임` goes on with a title: what someone does ends Korean words for it.
    let told = inner
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|last| !last.contains(is_hangul) || is_role(last) || gazetteer.find_kind(last, EntityKind::Company).is_some());
    if opens
        && told
        && whole.roles > 0
        && !whole.people.is_empty()
        && (whole.people.iter().any(|(_, c)| c.is_some()) || !whole.companies.is_empty())
    {
        return Some((title, whole));
    }
    // `CSS (Cascading Style Sheets)` is an acronym and what it means.
    let acronym = |end: usize| inner[..end].trim().chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    // Title - Name (Company): the brackets belong to the name. Cuts from the right, so that the longest title is kept.
    let cuts: Vec<_> = SEPARATOR.find_iter(inner).collect();
    for cut in cuts.iter().rev() {
        if cut.start() == 0 || cut.as_str().starts_with(',') || acronym(cut.start()) {
            continue;
        }
        let found = parse(at(cut.end(), inner.len()));
        if !found.people.is_empty() {
            return Some((at(0, cut.start()), found));
        }
    }
    if inner.trim_end().ends_with([')', '）', ']'])
        && let Some(brackets) = BRACKETS.captures(inner)
        && let (Some(whole), Some(held)) = (brackets.get(0), brackets.get(1))
        && whole.start() > 0
        && !acronym(whole.start())
    {
        let found = parse(at(held.start(), held.end()));
        if !found.people.is_empty() {
            return Some((at(0, whole.start()), found));
        }
    }
    // Title, Name Surname, Name Surname: after the first comma that leaves nothing but names.
    for cut in cuts.iter().filter(|c| c.as_str().starts_with(',') && inner[..c.start()].split_whitespace().count() >= 3) {
        let found = parse(at(cut.end(), inner.len()));
        if !found.people.is_empty() && found.people.iter().all(|(span, _)| span.of(text).contains(' ')) {
            return Some((at(0, cut.start()), found));
        }
    }
    None
}

/// `Speaker — Title`, `[Name](…) - [Company](…): Title`.
fn speaker_before(text: &str, title: Span, gazetteer: &Gazetteer) -> Option<(Span, Names)> {
    static ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s+on\s+"));
    let inner = title.of(text);
    let at = |start: usize, end: usize| Span::new(title.start + start, title.start + end);
    // `Jane Doe on Kafka`
    if inner.contains("on")
        && let Some(cut) = ON.find(inner)
    {
        let found = people(text, at(0, cut.start()), Place::Suffix, gazetteer);
        if found.people.len() == 1 && found.people[0].0.len() == cut.start() && inner[..cut.start()].contains(' ') {
            return Some((at(cut.end(), inner.len()), found));
        }
    }
    let cuts: Vec<_> = SEPARATOR.find_iter(inner).collect();
    let cut = cuts.first().filter(|c| c.start() > 0 && !c.as_str().contains("by") && c.as_str().trim() != "/")?;
    let second = cuts.get(1).filter(|c| !matches!(c.as_str().trim(), "," | "/"));
    // `Name, Company: Title`
    if cut.as_str().trim() == "," && second.is_none() {
        return None;
    }
    let mut found = people(text, at(0, cut.start()), Place::Suffix, gazetteer);
    let rest = &inner[cut.end()..];
    let long = rest.split_whitespace().count() >= 3 || rest.chars().count() >= 10;
    let spoken = found.people.iter().any(|(span, _)| {
        span.of(text).contains(' ') || without_honorific(span.of(text)).1 || text[span.end..].starts_with(['님', 'さ', '('])
    });
    if found.people.len() != 1 || !long || !spoken {
        return None;
    }
    let mut end = cut.end();
    if let Some(next) = second
        && let Some(company) = company(text, at(cut.end(), next.start()), gazetteer, cut.as_str().trim() == ",")
    {
        found.people[0].1 = Some(company);
        end = next.end();
    }
    if cut.as_str().trim() == "," && found.people[0].1.is_none() {
        return None;
    }
    Some((at(end, inner.len()), found))
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

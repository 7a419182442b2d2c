//! Who speaks, as the lines below a heading introduce them.
//!
//! In: the blocks of a section. Out: [`Names`] with the block they stand in: labelled lines (`발표자: …`, `소속: …`), short
//! lines of names (`> 전수현님`, `Name - Role - Company`), what a section `연사 소개` lists, a heading that is only a name;
//! and, where no line does, what the first sentences tell ([`told`]).

use super::affiliation::{company, is_former, is_role};
use super::class::bare;
use super::honorific::honoured;
use super::names::{Names, people};
use super::person::Place;
use super::speech::opening;
use crate::document::{Block, BlockKind, MarkKind};
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::is_word_character;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
use std::sync::LazyLock;

/// How many blocks below a heading may stand before the one that names the speaker.
const BEFORE: usize = 3;
/// How many blocks are looked at in all.
const REACH: usize = 14;
/// A line with more characters than this is a sentence.
const LONGEST_LINE: usize = 90;

/// What a line below a heading says.
enum Line {
    /// Who speaks.
    People(Names),
    /// Where those named before work.
    Company(Affiliation),
    /// What else an introduction says: a job, a career, an address.
    Particular,
    /// Nothing of the kind.
    Text,
}

/// The lines that introduce the speakers of a talk, from the block `from` and the byte `skipped` of it on; `level` is that
/// of the talk's heading, 7 where none marks it, 0 for a report as a whole.
pub(super) fn below(blocks: &[Block], from: usize, skipped: usize, level: u8, gazetteer: &Gazetteer) -> Vec<(usize, Names)> {
    let mut found: Vec<(usize, Names)> = Vec::new();
    let mut seen = 0;
    for (at, block) in blocks.iter().enumerate().skip(from).take(REACH) {
        let text = block.text.text();
        if let Some(below) = block.level() {
            // `## Title`, `### 인서후 (너울랩)`
            let name = if seen == 0 && found.is_empty() && below > level { of_line(text, gazetteer) } else { None };
            match name {
                Some(names) => found.push((at, names)),
                // A heading right below the report's title is what else that says.
                None if below > level && found.is_empty() && (level == 0 && seen == 0 || introduces(text)) => {}
                None => return found,
            }
            continue;
        }
        if block.kind == BlockKind::Rule && seen > 0 {
            return found;
        }
        if !block.is_prose() {
            continue;
        }
        let lines = lines(text, if at == from { skipped } else { 0 });
        for (number, line) in lines.enumerate() {
            let linked = block.marks.iter().any(|m| !matches!(m.kind, MarkKind::Strong | MarkKind::Emphasis) && m.span.overlaps(line));
            if seen == 0
                && number == 0
                && found.is_empty()
                && !linked
                && let Some(company) = alone(text, line, gazetteer)
            {
                found.push((at, Names { companies: vec![company], of_speakers: true, ..Names::default() }));
                continue;
            }
            match read(text, line, !found.is_empty(), gazetteer) {
                Line::People(names) => found.push((at, names)),
                Line::Company(company) => {
                    found.push((at, Names { companies: vec![company], of_speakers: true, ..Names::default() }));
                }
                Line::Particular => {}
                Line::Text if !found.is_empty() => return found,
                Line::Text if number >= 1 => break,
                Line::Text => {}
            }
        }
        seen += 1;
        if found.is_empty() && seen >= BEFORE {
            break;
        }
    }
    found
}

/// Who speaks, as the first sentences of a talk tell it, before the block `end`.
pub(super) fn told(blocks: &[Block], from: usize, skipped: usize, end: usize, gazetteer: &Gazetteer) -> Option<(usize, Names)> {
    let below = blocks[..end].iter().enumerate().skip(from);
    let own = below.take_while(|(_, b)| b.level().is_none_or(|_| introduces(b.text.text())));
    let prose = own.filter(|(_, b)| b.is_prose() && b.level().is_none());
    let unread = prose.filter(|(at, b)| *at != from || !b.text.text()[skipped..].trim().is_empty());
    unread.take(4).enumerate().find_map(|(rank, (at, block))| {
        let skipped = if at == from { skipped } else { 0 };
        let text = block.text.text();
        let first = if rank == 0 { opening(text, skipped, gazetteer) } else { None };
        Some((at, first.or_else(|| honoured(text, skipped, gazetteer))?))
    })
}

/// Whether a heading says that who speaks is introduced below: `연사 소개`.
fn introduces(text: &str) -> bool {
    let words = bare(text);
    languages().bylines.labels.has(&words)
}

fn lines(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        span
    })
}

/// Whether a line is labelled as naming who speaks: `발표자: …`.
pub(super) fn is_labelled(line: &str, gazetteer: &Gazetteer) -> bool {
    let labelled = line.split_once([':', '：']).is_some_and(|(label, _)| introduces(label));
    labelled && of_line(line, gazetteer).is_some()
}

/// Reads a line under a heading: `발표자 : …`, `> 전수현님`, `Name - Role - Company`. `None` if it is no byline.
pub(super) fn of_line(text: &str, gazetteer: &Gazetteer) -> Option<Names> {
    let line = lines(text, 0).next()?;
    match read(text, line, false, gazetteer) {
        Line::People(names) => Some(names),
        _ => None,
    }
}

fn read(text: &str, line: Span, introduced: bool, gazetteer: &Gazetteer) -> Line {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| labels(&languages().bylines.labels));
    static COMPANY: LazyLock<Regex> = LazyLock::new(|| labels(&languages().bylines.company_labels));
    static OTHER: LazyLock<Regex> = LazyLock::new(|| labels(&languages().bylines.other_labels));
    static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:presented\s+|talk\s+|given\s+)?by:?\s+"));
    static NOW: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[\s*•-]*(?:현\)|\(현\)|現\)|現職|현재|currently|now)\s*[:：]?\s*"));
    let written = line.of(text);
    let rest = |label: regex::Match| Span::new(line.start + label.end(), line.end);
    if written.trim().is_empty() {
        return Line::Particular;
    }
    if let Some(label) = LABEL.find(written).or_else(|| BY.find(written)) {
        let names = people(text, rest(label), Place::Labelled, gazetteer);
        return if names.is_empty() { Line::Text } else { Line::People(names) };
    }
    let or_text = |company: Option<Affiliation>| company.map_or(Line::Text, Line::Company);
    if let Some(label) = COMPANY.find(written) {
        return or_text(company(text, rest(label), gazetteer, true));
    }
    if introduced && let Some(now) = NOW.find(written) {
        return or_text(at_start(text, rest(now), true, gazetteer));
    }
    if introduced && (OTHER.is_match(written) || is_former(written)) {
        return Line::Particular;
    }
    // A short line of names alone: `すねこすり(@sunecosuri)さん | Twitter`.
    static SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*[|｜]\s*(?:twitter|x|github|linkedin|facebook)\s*$"));
    let whole = SITE.find(written).map_or(written, |site| &written[..site.start()]);
    let whole = whole.trim().trim_end_matches(['!', '！', '♪']);
    let start = line.start + written.len() - written.trim_start().len();
    let whole = Span::new(start, start + whole.len());
    let shown = whole.of(text);
    if shown.is_empty() || shown.chars().count() > LONGEST_LINE || shown.ends_with(['.', '?', '!', '다', '요']) {
        return Line::Text;
    }
    let names = people(text, whole, Place::Suffix, gazetteer);
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[(（]@?[^\s()（）]*[)）]"));
    // An honorific, and what else the person is called in brackets before it, go with the name.
    let honorific = |span: &Span| {
        let rest = text[span.end..whole.end].trim_start();
        let handle = HANDLE.find(rest).map_or(0, |m| m.len());
        let honorific = languages().honorific(rest[handle..].trim_start()).map_or(0, str::len);
        if honorific == 0 && !rest[..handle].contains('@') { 0 } else { handle + honorific }
    };
    let of = |company: &Affiliation| company.span.len();
    let covered: usize = names.people.iter().map(|(span, company)| span.len() + honorific(span) + company.as_ref().map_or(0, of)).sum();
    let said = shown.split(|c: char| !is_word_character(c)).any(is_role);
    if !names.people.is_empty() && (covered * 2 >= shown.len() || said) {
        return Line::People(names);
    }
    if introduced { or_text(at_start(text, whole, said, gazetteer)) } else { Line::Text }
}

/// The company that is all a line says: `ペパボ！`.
fn alone(text: &str, line: Span, gazetteer: &Gazetteer) -> Option<Affiliation> {
    let said = line.of(text).trim_matches(|c: char| !is_word_character(c));
    let (company, at) = gazetteer.find_kind(said, EntityKind::Company).filter(|(_, at)| at.len() == said.len())?;
    if line.of(text).trim_start().starts_with('#') || gazetteer.hits(said).iter().any(|h| gazetteer.may_be(h, EntityKind::Technology)) {
        return None;
    }
    let start = line.start + line.of(text).find(said)? + at.start;
    Some(Affiliation { name: company.name.clone(), id: company.id.clone(), span: Span::new(start, start + at.len()) })
}

/// The company that a line of an introduction opens with: `Pivotal Advocate Team`, `너울랩 개발자`.
fn at_start(text: &str, line: Span, unknown: bool, gazetteer: &Gazetteer) -> Option<Affiliation> {
    let known = gazetteer.find_kind(line.of(text), EntityKind::Company).filter(|(_, at)| at.start == 0);
    let Some((entity, at)) = known else { return company(text, line, gazetteer, unknown) };
    // `Redis 분산 락으로 시작했는데` names no employer.
    let made = gazetteer.hits(at.of(line.of(text))).iter().any(|h| gazetteer.may_be(h, EntityKind::Technology));
    let span = Span::new(line.start, line.start + at.len());
    (unknown || !made).then(|| Affiliation { name: entity.name.clone(), id: entity.id.clone(), span })
}

/// A label and its colon at the start of a line.
fn labels(words: &[String]) -> Regex {
    let mut words: Vec<&str> = words.iter().map(String::as_str).filter(|l| *l != "by" && *l != "with").collect();
    words.sort_by_key(|l| std::cmp::Reverse(l.len()));
    let words: Vec<_> = words.into_iter().map(regex::escape).collect();
    pattern(&format!(
        r"(?i)^[\s\u{{2190}}-\u{{2BFF}}\u{{1F000}}-\u{{1FAFF}}\u{{fe0f}}>*•-]*(?:{})\s*(?:\([^)]*\)\s*)?[:：\-–—|/]\s*",
        words.join("|")
    ))
}

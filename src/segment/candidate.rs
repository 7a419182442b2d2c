//! Lines that may mark a talk, and what stands on and below each.
//!
//! In: a document. Out: [`Candidate`]s in document order, each with its title, number and byline, and what its words say.

use super::byline::{Names, of_heading, of_line, settle_companies};
use super::title::{heading, trimmed};
use crate::document::{Block, BlockKind, Document, MarkKind};
use crate::entity::slug;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// How a line is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Marker {
    /// A heading of a level.
    Heading(u8),
    /// A paragraph that is bold as a whole.
    Strong,
    /// A list item of a depth.
    Item(usize),
    /// A table row.
    Row,
    /// Embedded slides or an embedded video with a caption.
    Embed,
}

impl Marker {
    /// How deep lines of this kind stand in a report: headings above bold lines above lists.
    pub(super) fn depth(self) -> usize {
        match self {
            Self::Heading(level) => usize::from(level),
            Self::Strong | Self::Embed => 7,
            Self::Item(depth) => 7 + depth,
            Self::Row => 8,
        }
    }
}

/// What the words of a line say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing against a talk.
    Plain,
    /// Lunch, booths, references.
    Boilerplate,
    /// A day, a half-day, a track: it holds talks.
    Container,
    /// A part of a talk.
    Part,
    /// The title of the report itself.
    Report,
}

/// A line that may mark a talk.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its block.
    pub(super) block: usize,
    pub(super) marker: Marker,
    pub(super) class: Class,
    /// The title within the block's text.
    pub(super) title: Span,
    pub(super) number: Option<u32>,
    pub(super) announced: bool,
    /// Who stands on the line, with spans of the block's text.
    pub(super) names: Names,
    /// Who stands on a line below: the block, and names with spans of its text.
    pub(super) below: Option<(usize, Names)>,
    /// Who stands beside the same title elsewhere: in a programme or a list of speakers.
    pub(super) twin: Option<(usize, Names)>,
    /// Whether text stands below before the next line of its kind.
    pub(super) described: bool,
    /// Whether it stands under a heading that lists or introduces.
    pub(super) listed: bool,
}

impl Candidate {
    /// Whether a speaker stands with it.
    pub(super) fn has_byline(&self) -> bool {
        let named = |other: &Option<(usize, Names)>| other.as_ref().is_some_and(|(_, names)| !names.is_empty());
        !self.names.people.is_empty() || named(&self.below) || named(&self.twin)
    }
}

/// Every line that may mark a talk.
pub(super) fn candidates(document: &Document, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let blocks = &document.blocks;
    let headings = blocks.iter().filter(|b| b.level() == Some(1)).count();
    let mut listed = false;
    let mut columns = Columns::default();
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let text = block.text.text();
        if let Some(level) = block.level() {
            let class = match class(text, gazetteer) {
                Class::Plain if level == 1 && headings == 1 && first_heading(blocks) == Some(index) => Class::Report,
                other => other,
            };
            listed = class == Class::Boilerplate;
            found.push(line(Marker::Heading(level), class, blocks, index, listed, gazetteer));
            continue;
        }
        if !block.is_prose() {
            continue;
        }
        match &block.kind {
            BlockKind::Paragraph { depth: 0 } if is_strong(block) => {
                found.push(line(Marker::Strong, class(text, gazetteer), blocks, index, listed, gazetteer));
            }
            BlockKind::Embed => found.extend(embed(block, blocks, index)),
            BlockKind::Item { depth, .. } => {
                found.push(line(Marker::Item(*depth), class(text, gazetteer), blocks, index, listed, gazetteer))
            }
            BlockKind::Row { cells, head: true } => columns = Columns::of(text, cells),
            BlockKind::Row { cells, head: false } => found.extend(columns.row(block, index, cells, gazetteer)),
            _ => {}
        }
    }
    let mut lines: Vec<(&str, &mut Names)> =
        found.iter_mut().filter(|c| c.marker != Marker::Row).map(|c| (blocks[c.block].text.text(), &mut c.names)).collect();
    settle_companies(&mut lines);
    join_twins(&mut found, document);
    found
}

/// Gives headings without a speaker the one that a programme or list names beside the same title.
fn join_twins(candidates: &mut [Candidate], document: &Document) {
    let title = |c: &Candidate| slug(c.title.of(document.blocks[c.block].text.text()));
    let listed: Vec<(String, usize, Names)> = candidates
        .iter()
        .filter(|c| matches!(c.marker, Marker::Row | Marker::Item(_)) && !c.names.people.is_empty())
        .map(|c| (title(c), c.block, c.names.clone()))
        .collect();
    for candidate in candidates.iter_mut().filter(|c| !matches!(c.marker, Marker::Row | Marker::Item(_)) && !c.has_byline()) {
        let own = title(candidate);
        candidate.twin =
            listed.iter().find(|(other, ..)| *other == own && !own.is_empty()).map(|(_, block, names)| (*block, names.clone()));
    }
}

/// Embedded slides: their title is the first link of the caption.
fn embed(block: &Block, blocks: &[Block], index: usize) -> Option<Candidate> {
    let text = block.text.text();
    let title = block.marks.iter().find(|m| matches!(m.kind, MarkKind::Link(_)) && !m.span.of(text).trim().is_empty())?.span;
    let title = trimmed(text, title);
    let described = blocks.get(index + 1).is_some_and(|next| next.level().is_none() && next.kind != BlockKind::Embed);
    Some(Candidate {
        block: index,
        marker: Marker::Embed,
        class: Class::Plain,
        title,
        number: None,
        announced: false,
        names: Names::default(),
        below: None,
        twin: None,
        described,
        listed: false,
    })
}

fn first_heading(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|b| b.level().is_some())
}

fn is_strong(block: &Block) -> bool {
    let text = block.text.text().trim();
    let bold: usize = block.marks.iter().filter(|m| m.kind == MarkKind::Strong).map(|m| m.span.len()).sum();
    !text.contains('\n') && text.chars().count() <= 100 && bold * 10 >= text.len() * 8
}

fn line(marker: Marker, class: Class, blocks: &[Block], index: usize, listed: bool, gazetteer: &Gazetteer) -> Candidate {
    let block = &blocks[index];
    let text = block.text.text();
    let first = text.find('\n').map_or(text, |n| &text[..n]);
    let read = heading(first);
    let number = match block.kind {
        BlockKind::Item { number, .. } => read.number.or(number.and_then(|n| u32::try_from(n).ok())),
        _ => read.number,
    };
    // A title that is a link: what follows the link is its byline.
    let (mut title, names) = of_heading(first, read.title, gazetteer);
    title = trimmed(text, title);
    let below = match marker {
        Marker::Heading(_) | Marker::Strong if names.people.is_empty() => line_below(blocks, index, gazetteer),
        _ => None,
    };
    let described = described(marker, blocks, index);
    // `프론트엔드 모노레포 2년 회고` is no closing section if someone gave it.
    let given = !names.people.is_empty() || below.is_some();
    let announced = read.announced || given && read.number.is_some();
    let class = if class == Class::Boilerplate && announced { Class::Plain } else { class };
    Candidate { block: index, marker, class, title, number, announced: read.announced, names, below, twin: None, described, listed }
}

/// The byline within the first lines below a heading, or the first line below `### 연사 소개`.
fn line_below(blocks: &[Block], index: usize, gazetteer: &Gazetteer) -> Option<(usize, Names)> {
    let level = blocks[index].level().unwrap_or(7);
    let mut seen = 0;
    for (at, block) in blocks.iter().enumerate().skip(index + 1) {
        if let Some(below) = block.level() {
            let introduces = languages().bylines.labels.iter().any(|l| bare(block.text.text()) == *l);
            if below <= level || !introduces {
                return None;
            }
            continue;
        }
        if block.kind == BlockKind::Rule && seen > 0 {
            return None;
        }
        if !block.is_prose() {
            continue;
        }
        if let Some(names) = of_line(block.text.text(), gazetteer) {
            return Some((at, names));
        }
        seen += 1;
        if seen >= 3 {
            return None;
        }
    }
    None
}

fn described(marker: Marker, blocks: &[Block], index: usize) -> bool {
    let Some(next) = blocks.get(index + 1) else { return false };
    match marker {
        Marker::Heading(level) => next.level().is_none_or(|l| l > level),
        Marker::Strong => next.level().is_none() && !is_strong(next),
        Marker::Item(depth) => match &next.kind {
            BlockKind::Item { depth: below, .. } => *below > depth,
            BlockKind::Paragraph { depth: below } => *below >= depth,
            _ => false,
        },
        Marker::Row | Marker::Embed => false,
    }
}

/// A heading's words in lower case, without number, emoji and punctuation at the ends.
pub(super) fn bare(text: &str) -> String {
    let title = heading(text).title.of(text);
    title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// What the words of a heading say.
pub(super) fn class(text: &str, gazetteer: &Gazetteer) -> Class {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:day[\s#-]*(?:\d+|one|two|three|four)\b|(?:첫|둘|셋)째\s?날|\d\s?일\s?차|\d日目|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:track|트랙)\s*[\da-z]\b)",
        )
    });
    static TIME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\d\s.:/()\-–~년월일年月日月火水木金土]+$"));
    let words = &languages().headings;
    let bare = bare(text);
    let is = |list: &[String]| list.contains(&bare);
    let length = bare.chars().count();
    if is(&words.containers) || (DAY.is_match(text) && length <= 34) || TIME.is_match(text) {
        let closing = words.boilerplate.iter().any(|w| bare.ends_with(w.as_str()));
        return if closing && !is(&words.containers) { Class::Boilerplate } else { Class::Container };
    }
    if is(&words.boilerplate) {
        return Class::Boilerplate;
    }
    // `DEVIEW란?`, `OpenShiftとは` introduce.
    if length <= 20 && (bare.ends_with('란') || bare.ends_with("とは")) {
        return Class::Boilerplate;
    }
    if is(&words.parts) {
        return Class::Part;
    }
    let tokens: Vec<&str> = bare.split(|c: char| c.is_whitespace() || "/,&·".contains(c)).filter(|w| !w.is_empty()).collect();
    let filler = ["및", "와", "과", "그", "and", "the", "of", "my", "our", "나의", "간단한", "전체", "의", "for", "a", "to", "at", "about"];
    let listed = |w: &str| words.boilerplate.iter().chain(&words.containers).any(|b| b == w) || filler.contains(&w);
    if !tokens.is_empty() && tokens.iter().all(|w| listed(w)) {
        return Class::Boilerplate;
    }
    let edge = words.boilerplate.iter().filter(|b| b.chars().count() >= 2).any(|b| {
        let first = bare.strip_prefix(b.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let last = bare.strip_suffix(b.as_str()).is_some_and(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
        first || last || (tokens.len() <= 2 && length <= 10 && !b.is_ascii() && tokens.iter().any(|t| t.starts_with(b.as_str())))
    });
    let technology = gazetteer.hits(&bare).iter().any(|h| {
        h.surfaces.iter().any(|r| gazetteer.entity(*r).kind == crate::entity::EntityKind::Technology && !gazetteer.surface(*r).ambiguous)
    });
    if edge && tokens.len() <= 5 && !technology {
        return Class::Boilerplate;
    }
    Class::Plain
}

/// Which columns of a programme hold what.
#[derive(Debug, Default)]
struct Columns {
    title: Option<usize>,
    speaker: Option<usize>,
    company: Option<usize>,
}

impl Columns {
    fn of(text: &str, cells: &[Span]) -> Self {
        let column = |words: &[&str]| cells.iter().position(|c| words.iter().any(|w| c.of(text).to_lowercase().contains(w)));
        let speaker = column(&["speaker", "presenter", "발표자", "연사", "스피커", "강연자", "登壇者", "発表者", "スピーカー", "who"]);
        let titled = |words: &[&str]| {
            (0..cells.len()).filter(|i| Some(*i) != speaker).find(|i| words.iter().any(|w| cells[*i].of(text).to_lowercase().contains(w)))
        };
        Self {
            title: titled(&[
                "title",
                "talk",
                "session",
                "presentation",
                "topic",
                "제목",
                "세션",
                "발표 주제",
                "주제",
                "내용",
                "발표",
                "タイトル",
                "演題",
                "発表",
            ]),
            speaker,
            company: column(&["company", "affiliation", "소속", "회사", "所属", "organization"]),
        }
    }

    /// A row of a programme; `None` for tables of something else.
    fn row(&self, block: &Block, index: usize, cells: &[Span], gazetteer: &Gazetteer) -> Option<Candidate> {
        let text = block.text.text();
        let title = *cells.get(self.title?)?;
        let speaker = cells.get(self.speaker?).copied();
        if title.is_empty() || Some(title) == speaker {
            return None;
        }
        let mut names = speaker.map(|s| super::byline::people(text, s, super::person::Place::Labelled, gazetteer)).unwrap_or_default();
        if let Some(company) = self.company.and_then(|c| cells.get(c)).and_then(|c| super::byline::company(text, *c, gazetteer, true)) {
            names.people.iter_mut().for_each(|(_, of)| *of = Some(company.clone()));
            if names.people.is_empty() {
                names.companies.push(company);
            }
        }
        let shown = title.of(text);
        let read = heading(shown);
        let at = Span::new(title.start + read.title.start, title.start + read.title.end);
        let class = class(shown, gazetteer);
        Some(Candidate {
            block: index,
            marker: Marker::Row,
            class,
            title: at,
            number: read.number,
            announced: read.announced,
            names,
            below: None,
            twin: None,
            described: false,
            listed: false,
        })
    }
}

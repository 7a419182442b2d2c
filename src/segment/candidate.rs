//! Lines that may mark a talk, and what stands on and below each.
//!
//! In: a document. Out: [`Candidate`]s in document order, each with its title, number and byline, and what its words say.
//! The hard decision: nothing is judged here. A line is described by what can be seen of it and of its section; which
//! lines are talks is decided by [`super::family`] and [`super::line`], which see the whole report.

use super::byline::{Order, of_heading, settle_companies};
use super::class::{Class, class};
use super::introduction;
use super::links;
use super::names::Names;
use super::programme::Columns;
use super::section::{described, section_ends, shown_below};
use super::settle;
use super::speech::{Speech, speeches};
use super::title::{heading, is_bare, trimmed};
use crate::document::{Block, BlockKind, Document, MarkKind};
use crate::entity::slug;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::{is_han, is_hiragana, is_katakana};
use crate::span::Span;
use crate::talk::LinkKind;
use std::collections::HashSet;

/// A line with more characters than this is a sentence, no title.
const LONGEST_TITLE: usize = 120;

/// How a line is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The first line of prose in a fence.
    Note,
    /// A paragraph that tells who spoke about what.
    Prose,
}

impl Marker {
    /// How deep lines of this kind stand in a report: headings above bold lines above lists.
    pub(super) fn depth(self) -> usize {
        match self {
            Self::Heading(level) => usize::from(level),
            Self::Strong | Self::Embed | Self::Note => 7,
            Self::Item(depth) => 7 + depth,
            Self::Row => 8,
            Self::Prose => 9,
        }
    }
}

/// A line that may mark a talk.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its block.
    pub(super) block: usize,
    /// Where in the block's text the talk begins: not at 0 only where one paragraph tells of several talks.
    pub(super) start: usize,
    pub(super) marker: Marker,
    pub(super) class: Class,
    /// The title within the block's text.
    pub(super) title: Span,
    pub(super) number: Option<u32>,
    pub(super) announced: bool,
    /// Who stands on the line, with spans of the block's text.
    pub(super) names: Names,
    /// Who stands on lines below: blocks, and names with spans of their text.
    pub(super) below: Vec<(usize, Names)>,
    /// Who speaks, as the sentences below tell it.
    pub(super) told: Option<(usize, Names)>,
    /// The title that the first sentence below gives, where the heading is called something else.
    pub(super) retitled: Option<(usize, Span)>,
    /// Where the same title stands in a programme or a list of speakers, and who stands there.
    pub(super) twin: Option<(usize, Names)>,
    /// Whether text stands below before the next line of its kind.
    pub(super) described: bool,
    /// Whether it stands under a heading that lists or introduces.
    pub(super) listed: bool,
    /// Whether it stands under a heading that says that talks follow.
    pub(super) held: bool,
    /// Whether it is a word or two that say nothing technical: `커피`, `Ice cream`.
    pub(super) slight: bool,
    /// Characters and words of its title.
    pub(super) length: (usize, usize),
    /// Whether its title is a link.
    pub(super) titled_by_link: bool,
    /// Whether it is a link as a whole, or its section links to slides or a video.
    pub(super) linked: bool,
    /// The first block after its section: the next heading that is no deeper.
    pub(super) end: usize,
    /// How many lines with speakers of their own its section holds.
    pub(super) holds: usize,
}

impl Candidate {
    /// A line of which only the title is known.
    pub(super) fn new(block: usize, marker: Marker, class: Class, title: Span) -> Self {
        Self {
            block,
            start: 0,
            marker,
            class,
            title,
            number: None,
            announced: false,
            names: Names::default(),
            below: Vec::new(),
            told: None,
            retitled: None,
            twin: None,
            described: false,
            listed: false,
            held: false,
            slight: false,
            length: (0, 0),
            titled_by_link: false,
            linked: false,
            end: block + 1,
            holds: 0,
        }
    }

    /// Whether a speaker stands with it.
    pub(super) fn has_byline(&self) -> bool {
        let named = |other: &Option<(usize, Names)>| other.as_ref().is_some_and(|(_, names)| !names.is_empty());
        !self.names.people.is_empty() || self.below.iter().any(|(_, names)| !names.is_empty()) || named(&self.twin)
    }

    /// Whether it says itself that it is a talk: by a speaker, a link to its page, or a word such as "Session".
    pub(super) fn speaks(&self) -> bool {
        self.has_byline() || self.told.is_some() || self.announced || self.titled_by_link
    }

    /// Whether its section alone tells who spoke.
    pub(super) fn is_told(&self) -> bool {
        !self.has_byline() && self.told.is_some()
    }
}

/// Every line that may mark a talk.
pub(super) fn candidates(document: &Document, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let blocks = &document.blocks;
    let headings = blocks.iter().filter(|b| b.level() == Some(1)).count();
    let ends = section_ends(blocks);
    let (mut listed, mut held) = (false, false);
    let mut columns = Columns::default();
    let mut found = Vec::new();
    let mut prose = Prose::default();
    for (index, block) in blocks.iter().enumerate() {
        let text = block.text.text();
        let mut add = |marker: Marker, class: Class, listed: bool, held: bool| {
            found.push(Candidate { listed, held, ..line(marker, class, blocks, index, ends[index], gazetteer) });
        };
        if let Some(level) = block.level() {
            let class = match class(text, gazetteer) {
                _ if level == 1 && headings == 1 && first_heading(blocks) == Some(index) => Class::Report,
                other => other,
            };
            listed = class == Class::Boilerplate;
            held = class == Class::Container;
            add(Marker::Heading(level), class, listed, false);
            continue;
        }
        if !block.is_prose() {
            continue;
        }
        match &block.kind {
            BlockKind::Paragraph { depth: 0 } if is_strong(block) => add(Marker::Strong, class(text, gazetteer), listed, held),
            BlockKind::Paragraph { depth: 0 } if !block.quoted => match shown(blocks, index, ends[index], gazetteer) {
                Some(candidate) => found.push(candidate),
                None => found.extend(prose.candidates(block, index, gazetteer)),
            },
            BlockKind::Embed => found.extend(embed(block, blocks, index)),
            BlockKind::Note { opens: true } => found.extend(note(blocks, index, ends[index], gazetteer)),
            BlockKind::Item { depth, .. } => add(Marker::Item(*depth), class(text, gazetteer), listed, held),
            BlockKind::Row { cells, head: true } => columns = Columns::of(text, cells),
            BlockKind::Row { cells, head: false } => found.extend(columns.row(block, index, cells, gazetteer)),
            _ => {}
        }
    }
    settle::order(&mut found, blocks, gazetteer);
    settle::handles(&mut found, blocks, gazetteer);
    let mut lines: Vec<(&str, &mut Names)> =
        found.iter_mut().filter(|c| c.marker != Marker::Row).map(|c| (blocks[c.block].text.text(), &mut c.names)).collect();
    settle_companies(&mut lines);
    settle::twins(&mut found, document);
    settle::sections(&mut found, blocks);
    found
}

/// Paragraphs that tell of talks; who has spoken once is not met again as another talk.
#[derive(Default)]
struct Prose {
    speakers: HashSet<String>,
}

impl Prose {
    fn candidates(&mut self, block: &Block, index: usize, gazetteer: &Gazetteer) -> Vec<Candidate> {
        let text = block.text.text();
        let mut found: Vec<Candidate> = Vec::new();
        for Speech { names, title, titled, start } in speeches(block, gazetteer) {
            let met = names.people.iter().any(|(span, _)| !self.speakers.insert(slug(span.of(text)))) && !titled;
            // One line holds one talk.
            if met || title.is_empty() || found.last().is_some_and(|last| last.start == start) {
                continue;
            }
            let mut candidate = Candidate::new(index, Marker::Prose, Class::Plain, title);
            candidate.start = start;
            candidate.names = names;
            candidate.described = true;
            candidate.linked = titled;
            found.push(candidate);
        }
        found
    }
}

/// A paragraph that stands for a heading: a link to slides or a video, a line with such an address or
/// `발표자: …` below it, or `첫번째 세션` with the title below it.
fn shown(blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Option<Candidate> {
    let block = &blocks[index];
    let text = block.text.text();
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or("");
    let second = lines.next();
    let is_shown = |url: &str| links::link(url.trim(), "").is_some_and(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video));
    let bare = is_bare(first);
    let linked = second.is_none()
        && block.marks.iter().any(|m| match &m.kind {
            MarkKind::Link(url) => is_shown(url) && m.span.len() * 10 >= text.trim().len() * 9,
            _ => false,
        });
    let addressed = second.is_some_and(is_shown);
    let labelled = second.is_some_and(|line| introduction::is_labelled(line, gazetteer));
    // The line that holds the title, and where what follows it begins.
    let line = match (bare, second) {
        (true, Some(second)) => Span::new(first.len() + 1, first.len() + 1 + second.len()),
        _ if linked || addressed || labelled => Span::new(0, first.len()),
        _ => return None,
    };
    if first.contains("http") || line.of(text).chars().count() > LONGEST_TITLE {
        return None;
    }
    let skipped = if addressed { first.len() + 1 + second.map_or(0, str::len) } else { line.end };
    let skipped = (skipped + 1).min(text.len());
    let inner = heading(line.of(text)).title;
    let (title, names) = of_heading(text, Span::new(line.start + inner.start, line.start + inner.end), Order::Any, gazetteer);
    let marker = if bare || labelled { Marker::Strong } else { Marker::Embed };
    let mut candidate = Candidate::new(index, marker, class(line.of(text), gazetteer), trimmed(text, title));
    (candidate.names, candidate.announced, candidate.linked, candidate.end) = (names, bare, linked || addressed, end);
    candidate.described = true;
    if candidate.names.people.is_empty() {
        candidate.below = introduction::below(blocks, index, skipped, 7, gazetteer);
    }
    if !candidate.has_byline() {
        candidate.told = introduction::told(blocks, index, skipped, end, gazetteer);
    }
    Some(candidate)
}

/// Embedded slides: their title is the first link of the caption.
fn embed(block: &Block, blocks: &[Block], index: usize) -> Option<Candidate> {
    let text = block.text.text();
    let title = block.marks.iter().find(|m| matches!(m.kind, MarkKind::Link(_)) && !m.span.of(text).trim().is_empty())?.span;
    let title = trimmed(text, title);
    let mut candidate = Candidate::new(index, Marker::Embed, Class::Plain, title);
    candidate.described = blocks.get(index + 1).is_some_and(|next| next.level().is_none() && next.kind != BlockKind::Embed);
    candidate.linked = true;
    Some(candidate)
}

/// A talk's notes in a fence: who speaks stands in their first line, behind the title, or in the second.
fn note(blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Option<Candidate> {
    let text = blocks[index].text.text();
    let (title, names) = of_heading(text, heading(text).title, Order::Any, gazetteer);
    let mut candidate = Candidate::new(index, Marker::Note, class(text, gazetteer), trimmed(text, title));
    let second = blocks.get(index + 1).filter(|b| b.kind == BlockKind::Note { opens: false });
    if names.people.is_empty() {
        candidate.below = vec![(index + 1, introduction::of_line(second?.text.text(), gazetteer)?)];
    }
    (candidate.names, candidate.end, candidate.described) = (names, end, second.is_some());
    (text.chars().count() <= LONGEST_TITLE).then_some(candidate)
}

fn first_heading(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|b| b.level().is_some())
}

pub(super) fn is_strong(block: &Block) -> bool {
    let text = block.text.text().trim();
    let bold: usize = block.marks.iter().filter(|m| m.kind == MarkKind::Strong).map(|m| m.span.len()).sum();
    !text.contains('\n') && text.chars().count() <= 100 && bold * 10 >= text.len() * 8
}

fn line(marker: Marker, class: Class, blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Candidate {
    let block = &blocks[index];
    let text = block.text.text();
    let first = text.find('\n').map_or(text, |n| &text[..n]);
    let read = heading(first);
    let number = match block.kind {
        BlockKind::Item { number, .. } => read.number.or(number.and_then(|n| u32::try_from(n).ok())),
        _ => read.number,
    };
    let (mut title, names) = of_heading(first, read.title, Order::Any, gazetteer);
    title = trimmed(text, title);
    // `"Well done is better than well said" - Franklin` is a quotation.
    let quoted = matches!(marker, Marker::Item(_)) && first.trim_start().starts_with(['"', '“', '”', '「']);
    let names = if quoted { Names::default() } else { names };
    let mut candidate = Candidate { number, announced: read.announced, names, end, ..Candidate::new(index, marker, class, title) };
    let leads = matches!(marker, Marker::Heading(_) | Marker::Strong);
    let set = is_set(block, Span::new(0, first.len()));
    let (mut from, mut skipped) = (index + 1, 0);
    if marker == Marker::Strong || matches!(marker, Marker::Item(_)) && set {
        (from, skipped) = (index, (first.len() + 1).min(text.len()));
    }
    if leads && is_bare(first) {
        (from, skipped) = title_below(&mut candidate, blocks, gazetteer);
    }
    if leads || skipped > 0 {
        let level = block.level().unwrap_or(7);
        let known = candidate.names.people.iter().all(|(_, company)| company.is_some()) && !candidate.names.people.is_empty();
        let lines = if known { Vec::new() } else { introduction::below(blocks, from, skipped, level, gazetteer) };
        candidate.below.extend(lines);
        if !candidate.has_byline() {
            candidate.told = introduction::told(blocks, from, skipped, end, gazetteer);
        }
    } else if let Marker::Item(own) = marker {
        // `* [Title](…)`, and a paragraph within the item that tells of it.
        let within =
            blocks[from..end.max(from)].iter().take_while(|b| matches!(b.kind, BlockKind::Paragraph { depth } if depth >= own)).count();
        if !candidate.has_byline() && within > 0 {
            candidate.told = introduction::told(blocks, from, 0, from + within, gazetteer);
        }
    }
    // `프론트엔드 모노레포 2년 회고` is no closing section if someone gave it.
    let given = candidate.has_byline();
    if candidate.class == Class::Boilerplate && (read.announced || given && read.number.is_some()) {
        candidate.class = Class::Plain;
    }
    candidate.slight = is_slight(title.of(text), gazetteer);
    candidate.length = (title.of(text).chars().count(), words(title.of(text)));
    candidate.described = described(marker, blocks, index) || skipped > 0 && !text[skipped.min(text.len())..].trim().is_empty();
    candidate.titled_by_link = whole_link(block, title);
    candidate.linked = candidate.titled_by_link || leads && shown_below(blocks, index, end) || set && !leads;
    candidate
}

/// Takes the title from the line below a heading such as `첫 번째 세션` or `10:15〜10:55`: where what follows it begins.
fn title_below(candidate: &mut Candidate, blocks: &[Block], gazetteer: &Gazetteer) -> (usize, usize) {
    let at = candidate.block + 1;
    let next = blocks.get(at).filter(|b| at < candidate.end && b.is_prose() && !matches!(b.kind, BlockKind::Row { .. }));
    let Some(block) = next else { return (at, 0) };
    let text = block.text.text();
    let first = text.find('\n').map_or(text, |n| &text[..n]);
    let (title, names) = of_heading(first, heading(first).title, Order::Any, gazetteer);
    if first.chars().count() > LONGEST_TITLE || title.is_empty() {
        return (at, 0);
    }
    candidate.class = class(first, gazetteer);
    candidate.retitled = Some((at, trimmed(text, title)));
    if !names.is_empty() {
        candidate.below.push((at, names));
    }
    (at, (first.len() + 1).min(text.len()))
}

/// How many words a title has; Japanese and Chinese, written without spaces, have about one in three characters.
fn words(title: &str) -> usize {
    let unspaced = title.chars().filter(|c| is_han(*c) || is_hiragana(*c) || is_katakana(*c)).count();
    title.split_whitespace().count().max(unspaced / 3)
}

/// Whether a title is a word or two of which none names something technical or speaks of talks.
fn is_slight(title: &str, gazetteer: &Gazetteer) -> bool {
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let spoken = languages().headings.talk_words.iter().any(|w| title.to_lowercase().contains(w.as_str()));
    words(title) <= 2 && letters <= 14 && !spoken && gazetteer.hits(title).is_empty()
}

/// Whether the bytes of a block's text are bold as a whole.
fn is_set(block: &Block, line: Span) -> bool {
    let bold = block.marks.iter().filter(|m| m.kind == MarkKind::Strong && line.contains(m.span)).map(|m| m.span.len()).sum::<usize>();
    !line.is_empty() && bold * 10 >= line.of(block.text.text()).trim().len() * 8
}

/// Whether a title is a link as a whole.
fn whole_link(block: &Block, title: Span) -> bool {
    block.marks.iter().any(|m| matches!(m.kind, MarkKind::Link(_)) && m.span.overlaps(title) && m.span.len() * 10 >= title.len() * 9)
}

//! Lines that may mark a talk, and what stands on and below each.
//!
//! In: a document. Out: [`Candidate`]s in document order, each with its title, number and byline, and what its words say.
//! The hard decision: nothing is judged here. A line is described by what can be seen of it and of its section; which
//! lines are talks is decided by [`super::family`] and [`super::line`], which see the whole report.

use super::byline::settle_companies;
use super::class::{Class, class};
use super::marked::{embed, line, note, shown, words};
use super::names::Names;
use super::programme::Columns;
use super::section::section_ends;
use super::settle;
use super::speech::{Speech, speeches};
use crate::document::{Block, BlockKind, Document, MarkKind};
use crate::entity::slug;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::span::Span;
use std::collections::HashSet;

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
    /// How long its title is.
    pub(super) length: Length,
    /// Whether its title is a link.
    pub(super) titled_by_link: bool,
    /// Whether it is a link as a whole, or its section links to slides or a video.
    pub(super) linked: bool,
    /// The first block after its section: the next heading that is no deeper.
    pub(super) end: usize,
    /// How many lines with speakers of their own its section holds.
    pub(super) holds: usize,
    /// Whether its section speaks of talks, speakers or sessions.
    pub(super) speaks_of_talks: bool,
}

/// How long a title is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Length {
    pub(super) characters: usize,
    pub(super) words: usize,
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
            length: Length::default(),
            titled_by_link: false,
            linked: false,
            end: block + 1,
            holds: 0,
            speaks_of_talks: false,
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
    settle::speakers(&mut found, blocks, gazetteer);
    let mut lines: Vec<(&str, &mut Names)> =
        found.iter_mut().filter(|c| c.marker != Marker::Row).map(|c| (blocks[c.block].text.text(), &mut c.names)).collect();
    settle_companies(&mut lines);
    settle::twins(&mut found, document);
    settle::retold(&mut found, blocks);
    settle::sections(&mut found, blocks);
    // How many blocks before each speak of talks.
    let mut spoken = vec![0];
    for block in blocks {
        let speaks = block.is_prose() && languages().headings.talk_words.stand_in_any_case(block.text.text());
        spoken.push(spoken[spoken.len() - 1] + usize::from(speaks));
    }
    for candidate in &mut found {
        candidate.speaks_of_talks = spoken[candidate.end.max(candidate.block + 1)] > spoken[candidate.block];
        let title = candidate.title.of(blocks[candidate.block].text.text());
        candidate.length = Length { characters: title.chars().count(), words: words(title) };
    }
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
            let met = names.people.iter().any(|(span, _)| self.meet(span.of(text))) && !titled;
            // One line holds one talk, and a talk holds its title.
            if met || title.is_empty() || found.last().is_some_and(|last| last.title.end > start) {
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

    /// Whether somebody has spoken before, by the same name or by their first.
    fn meet(&mut self, name: &str) -> bool {
        let met = !self.speakers.insert(slug(name));
        self.speakers.extend(name.split_once(' ').map(|(first, _)| slug(first)));
        met
    }
}

fn first_heading(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|b| b.level().is_some())
}

pub(super) fn is_strong(block: &Block) -> bool {
    let text = block.text.text().trim();
    let bold: usize = block.marks.iter().filter(|m| m.kind == MarkKind::Strong).map(|m| m.span.len()).sum();
    !text.contains('\n') && text.chars().count() <= 100 && bold * 10 >= text.len() * 8
}

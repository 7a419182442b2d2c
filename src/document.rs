//! A report as the stages read it: what its front matter says, and its visible text in blocks.
//!
//! In: a format's parser ([`crate::input`]) fills it. Out: blocks in file order, each with its visible text and the way
//! back to the file. Nothing here knows Markdown.

use crate::offset_map::Mapped;
use crate::source::SourceFile;
use crate::span::Span;
use jiff::civil::Date;

/// One report, parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file it came from.
    pub source: SourceFile,
    /// What stands above the text.
    pub front_matter: FrontMatter,
    /// The visible text in file order.
    pub blocks: Vec<Block>,
    /// The day the report gives for itself or its event, or that its file name gives.
    pub date: Option<Date>,
}

/// The fields of a report's front matter that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<String>,
    /// `subtitle`, `description` or `summary`.
    pub description: Option<String>,
    /// `date`.
    pub date: Option<Date>,
    /// `tags`, `categories`, `keywords`.
    pub tags: Vec<String>,
    /// The bytes it covers; empty without one.
    pub span: Span,
}

/// A piece of the report that stands alone: a heading, a paragraph, a list item, a table row.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its visible text, without markup; origin: the file's text.
    pub text: Mapped,
    /// The bytes of the file's text that it covers, markup and all.
    pub span: Span,
    /// Parts of the visible text that are marked up.
    pub marks: Vec<Mark>,
    /// Whether it stands in a quotation.
    pub quoted: bool,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    /// A paragraph.
    Paragraph {
        /// How many lists it stands in; 0 outside lists.
        depth: usize,
    },
    /// The first text of a list item.
    Item {
        /// How deep the list is nested, from 1.
        depth: usize,
        /// Its number in a numbered list.
        number: Option<u64>,
    },
    /// A table row.
    Row {
        /// The cells, as spans of the visible text.
        cells: Vec<Span>,
        /// Whether it is the table's head.
        head: bool,
    },
    /// Fenced or indented code, without visible text of its own.
    Code,
    /// A line of a fence that proved to hold prose.
    Note {
        /// Whether it is the first.
        opens: bool,
    },
    /// A line across the page (`---`).
    Rule,
    /// An embedded page: slides or a video. Its text is the caption that stands with it.
    Embed,
    /// An image; its text is empty.
    Image,
}

/// A part of a block's visible text with markup of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which bytes of the visible text.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// Markup within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// Inline code.
    Code,
    /// Bold.
    Strong,
    /// Italics.
    Emphasis,
    /// A link to the address.
    Link(String),
}

impl Document {
    /// The title that the report gives itself: from the front matter, else its first heading of level 1, else its first
    /// heading of any level if that opens the text.
    pub fn title(&self) -> Option<&str> {
        let heading = |wanted: Option<u8>| {
            let mut blocks = self.blocks.iter();
            blocks.find(|b| matches!(b.kind, BlockKind::Heading { level } if wanted.is_none_or(|w| level == w)))
        };
        let opening = self.blocks.first().filter(|b| matches!(b.kind, BlockKind::Heading { .. }));
        let written = heading(Some(1)).or(opening).map(|b| b.text.text().trim());
        self.front_matter.title.as_deref().or(written).filter(|t| !t.is_empty())
    }

    /// Blocks whose text is visible prose, in order, with their index.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, b)| b.is_prose())
    }
}

impl Block {
    /// Whether its text is there to be read.
    pub fn is_prose(&self) -> bool {
        !matches!(self.kind, BlockKind::Code | BlockKind::Rule | BlockKind::Image) && !self.text.text().trim().is_empty()
    }

    /// Level of a heading, 1 to 6.
    pub fn level(&self) -> Option<u8> {
        match self.kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        }
    }

    /// Addresses it links to, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Link(url) => Some(url.as_str()),
            _ => None,
        })
    }

    /// Whether a span of its text lies in markup of a kind.
    pub fn is_marked(&self, span: Span, kind: &MarkKind) -> bool {
        self.marks.iter().any(|m| m.kind == *kind && m.span.contains(span))
    }
}

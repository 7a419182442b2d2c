//! Markdown (CommonMark and GitHub's tables, task lists and strikethrough) to blocks of visible text.
//!
//! In: the clean text and where it starts after the front matter. Out: [`Block`]s in file order.
//! The hard decision: what is visible. Link targets, HTML attributes, image descriptions, Liquid tags and code are not;
//! inline code is; a fence is code unless what it holds reads as prose ([`super::fence`]).

use super::fence;
use super::html::{Token, tokens};
use super::liquid::without_liquid;
use super::long;
use crate::document::{Block, BlockKind, Mark, MarkKind};
use crate::offset_map::Mapped;
use crate::source::harmless;
use crate::span::Span;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading longer than this is a paragraph that a line of dashes happens to follow.
const LONGEST_HEADING: usize = 160;

/// The blocks of `text` from byte `start` on.
pub fn blocks(text: &str, start: usize) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let body = &text[start..];
    let mut builder = Builder { text, ..Builder::default() };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        builder.event(event, range.start + start..range.end + start);
    }
    builder.flush();
    builder.blocks
}

/// The block being filled and what surrounds it.
#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    open: Option<Block>,
    /// The numbers of the lists around, outermost first; `None` for bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    images: usize,
    /// Marks that are still open: where in the visible text they started.
    marks: Vec<(usize, MarkKind)>,
    code: Option<(Vec<Mapped>, String)>,
    html: Option<Range<usize>>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        if let Some((lines, _)) = &mut self.code {
            match event {
                Event::Text(shown) => {
                    let mut line = Mapped::new();
                    line.push(&shown, Span::new(range.start, range.end));
                    lines.push(line);
                }
                Event::End(TagEnd::CodeBlock) => self.end_code(),
                _ => {}
            }
            return;
        }
        if self.html.is_some() && !matches!(event, Event::End(TagEnd::HtmlBlock)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(shown) if self.images == 0 => self.show(&shown, range),
            Event::Code(shown) if self.images == 0 => {
                let at = self.block(&range).text.text().len();
                self.show_code(&shown, range.clone());
                let end = self.block(&range).text.text().len();
                self.block(&range).marks.push(Mark { span: Span::new(at, end), kind: MarkKind::Code });
            }
            Event::SoftBreak | Event::HardBreak if self.images == 0 => {
                self.block(&range).text.push("\n", Span::new(range.start, range.end));
            }
            Event::InlineHtml(_) | Event::Html(_) => self.html(range),
            Event::Rule => {
                self.flush();
                self.open(BlockKind::Rule, &range);
                self.flush();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.open(BlockKind::Heading { level: depth(level) }, &range);
            }
            Tag::Paragraph => {
                // The first paragraph of an item is the item's text.
                let fresh = self.open.as_ref().is_some_and(|b| matches!(b.kind, BlockKind::Item { .. }) && b.text.text().is_empty());
                if !fresh {
                    self.flush();
                    self.open(BlockKind::Paragraph { depth: self.lists.len() }, &range);
                }
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(number);
            }
            Tag::Item => {
                self.flush();
                let depth = self.lists.len();
                let number = self.lists.last_mut().and_then(|n| {
                    let current = *n;
                    *n = n.map(|n| n + 1);
                    current
                });
                self.open(BlockKind::Item { depth, number }, &range);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                let head = matches!(tag, Tag::TableHead);
                self.open(BlockKind::Row { cells: Vec::new(), head }, &range);
            }
            Tag::TableCell => {
                let at = Span::new(range.start, range.start);
                if let Some(Block { kind: BlockKind::Row { cells, .. }, text, .. }) = &mut self.open {
                    if !cells.is_empty() {
                        text.push(" | ", at);
                    }
                    cells.push(Span::new(text.text().len(), text.text().len()));
                }
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.open(BlockKind::Code, &range);
                self.code = Some((Vec::new(), info));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(range);
            }
            Tag::Link { dest_url, .. } => self.mark(MarkKind::Link(dest_url.chars().map(harmless).collect()), &range),
            Tag::Strong => self.mark(MarkKind::Strong, &range),
            Tag::Emphasis => self.mark(MarkKind::Emphasis, &range),
            Tag::Image { .. } => {
                self.block(&range);
                self.images += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.flush(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                if let Some(Block { kind: BlockKind::Row { cells, .. }, text, .. }) = &mut self.open
                    && let Some(cell) = cells.last_mut()
                {
                    cell.end = text.text().len();
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    self.html(range);
                    self.flush();
                }
            }
            TagEnd::Link => self.unmark(&|kind| matches!(kind, MarkKind::Link(_))),
            TagEnd::Strong => self.unmark(&|kind| *kind == MarkKind::Strong),
            TagEnd::Emphasis => self.unmark(&|kind| *kind == MarkKind::Emphasis),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    /// Appends what the file shows at `range`.
    fn show(&mut self, shown: &str, range: Range<usize>) {
        let same = self.text.get(range.clone()) == Some(shown);
        let text = &mut self.block(&range).text;
        if same {
            text.copy(shown, range.start);
        } else {
            // What stands for a character by its number may stand for any.
            text.push(&shown.chars().map(harmless).collect::<String>(), Span::new(range.start, range.end));
        }
    }

    /// Appends inline code: the range has its backticks, and the parser made spaces of its line ends.
    fn show_code(&mut self, shown: &str, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let mut at = source.find(|c| c != '`').unwrap_or(0);
        // A space at both ends is dropped where the code itself starts with a backtick.
        if !shown.starts_with(' ') {
            at += source[at..].len() - source[at..].trim_start_matches([' ', '\r', '\n']).len();
        }
        for c in shown.chars() {
            let rest = &source[at..];
            let length = match c {
                ' ' if rest.starts_with("\r\n") => 2,
                ' ' if rest.starts_with(['\n', '\r']) => 1,
                c if rest.starts_with(c) => c.len_utf8(),
                _ => 0,
            };
            let origin = Span::new(range.start + at, range.start + at + length);
            self.block(&range).text.push(c.encode_utf8(&mut [0; 4]), origin);
            at += length;
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let html = &self.text[range.clone()];
        for token in tokens(html) {
            match token {
                Token::Text(span) => {
                    let (start, end) = (range.start + span.start, range.start + span.end);
                    // Blank text between tags opens no block.
                    if self.images == 0 && (self.open.is_some() || !span.of(html).trim().is_empty()) {
                        self.show(span.of(html), start..end);
                    }
                }
                Token::Reference(span, shown) => {
                    let origin = Span::new(range.start + span.start, range.start + span.end);
                    self.block(&range).text.push(shown, origin);
                }
                Token::Tag { name, closing, address, span } => {
                    let place = range.start + span.start..range.start + span.end;
                    self.tag(&name.to_ascii_lowercase(), closing, address, place);
                }
            }
        }
    }

    fn tag(&mut self, name: &str, closing: bool, address: Option<&str>, range: Range<usize>) {
        let block_level =
            matches!(name, "p" | "div" | "li" | "ul" | "ol" | "tr" | "td" | "th" | "section" | "summary" | "details" | "blockquote");
        match (name, closing) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.cut(range.start);
                let level = name[1..].parse().unwrap_or(6);
                self.open(BlockKind::Heading { level }, &range);
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.flush(),
            ("iframe" | "embed" | "video" | "object", false) => {
                self.cut(range.start);
                self.open(BlockKind::Embed, &range);
                if let Some(address) = address {
                    self.mark(MarkKind::Link(address.to_owned()), &range);
                    self.unmark(&|kind| matches!(kind, MarkKind::Link(_)));
                }
            }
            ("a", false) => self.mark(MarkKind::Link(address.unwrap_or("").to_owned()), &range),
            ("a", true) => self.unmark(&|kind| matches!(kind, MarkKind::Link(_))),
            ("b" | "strong", false) => self.mark(MarkKind::Strong, &range),
            ("b" | "strong", true) => self.unmark(&|kind| *kind == MarkKind::Strong),
            ("br", _) if self.open.is_some() => self.block(&range).text.push("\n", Span::new(range.start, range.end)),
            _ if block_level && self.html_block_is_open() => self.block(&range).text.push("\n", Span::new(range.start, range.end)),
            _ => {}
        }
    }

    fn html_block_is_open(&self) -> bool {
        self.open.as_ref().is_some_and(|b| !b.text.text().is_empty())
    }

    fn mark(&mut self, kind: MarkKind, range: &Range<usize>) {
        let at = self.block(range).text.text().len();
        self.marks.push((at, kind));
    }

    fn unmark(&mut self, wanted: &dyn Fn(&MarkKind) -> bool) {
        let Some(index) = self.marks.iter().rposition(|(_, kind)| wanted(kind)) else { return };
        let (start, kind) = self.marks.remove(index);
        if let Some(block) = &mut self.open {
            block.marks.push(Mark { span: Span::new(start, block.text.text().len()), kind });
        }
    }

    /// The block being filled; a paragraph if there is none.
    fn block(&mut self, range: &Range<usize>) -> &mut Block {
        let depth = self.lists.len();
        let quoted = self.quotes > 0;
        self.open.get_or_insert_with(|| new_block(BlockKind::Paragraph { depth }, range, quoted))
    }

    fn open(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.open = Some(new_block(kind, range, self.quotes > 0));
    }

    /// Closes the open block where a tag opens another within it.
    fn cut(&mut self, at: usize) {
        if let Some(block) = &mut self.open {
            block.span.end = block.span.end.min(at).max(block.span.start);
        }
        self.flush();
    }

    /// Closes the open block, mending what the parser could not know.
    fn flush(&mut self) {
        self.marks.clear();
        let Some(mut block) = self.open.take() else { return };
        block.text = without_liquid(block.text);
        let shown = block.text.text();
        let empty = shown.trim().is_empty();
        let prose =
            matches!(block.kind, BlockKind::Paragraph { .. } | BlockKind::Heading { .. } | BlockKind::Item { .. } | BlockKind::Row { .. });
        if empty && prose {
            // Other blocks may cover what they hold, and are not looked through for each that holds them.
            if matches!(block.kind, BlockKind::Paragraph { .. }) && block.span.of(self.text).contains("![") {
                block.kind = BlockKind::Image;
            } else if !matches!(block.kind, BlockKind::Item { .. }) {
                return;
            }
        }
        if let BlockKind::Heading { .. } = block.kind {
            let setext = !block.span.of(self.text).trim_start().starts_with(['#', '<']);
            if setext && (shown.trim().contains('\n') || shown.chars().count() > LONGEST_HEADING) {
                block.kind = BlockKind::Paragraph { depth: 0 };
            }
        }
        if !empty {
            let own = block.text.origin(Span::new(0, shown.trim_end().len()));
            // An item covers its nested lists; as a block it is its own text alone. HTML says where a tag is, not where
            // its text ends.
            let item = matches!(block.kind, BlockKind::Item { .. });
            block.span.end = if item { own.end.max(block.span.start) } else { own.end.max(block.span.end) };
        }
        self.blocks.extend(long::pieces(block));
    }

    fn end_code(&mut self) {
        let Some((lines, info)) = self.code.take() else { return };
        let whole: String = lines.iter().map(Mapped::text).collect();
        if !fence::is_prose(&info, &whole) {
            self.flush();
            return;
        }
        self.open = None;
        let mut opens = true;
        for line in lines {
            let span = line.origin(Span::new(0, line.text().len()));
            // Within one event of the parser the text is the file's, line by line.
            let mut at = span.start;
            for part in span.of(self.text).split_inclusive('\n') {
                let shown = part.trim();
                if !shown.is_empty() {
                    let start = at + (part.len() - part.trim_start().len());
                    let range = start..start + shown.len();
                    let kind = BlockKind::Note { opens: std::mem::take(&mut opens) };
                    let mut block = new_block(kind, &range, self.quotes > 0);
                    block.text.copy(shown, start);
                    self.blocks.extend(long::pieces(block));
                }
                at += part.len();
            }
        }
    }
}

fn new_block(kind: BlockKind, range: &Range<usize>, quoted: bool) -> Block {
    Block { kind, text: Mapped::new(), span: Span::new(range.start, range.end), marks: Vec::new(), quoted }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

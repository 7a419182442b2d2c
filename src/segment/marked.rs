//! What can be seen of a line that may mark a talk: its title, number, byline, links, and what stands below it.
//!
//! In: the block of the line and those that follow. Out: its [`Candidate`], by kind: headings, bold lines and items
//! ([`line`]), paragraphs that stand for headings ([`shown`]), embedded slides ([`embed`]), notes in fences ([`note`]).

use super::byline::{Order, of_heading};
use super::candidate::{Candidate, Marker};
use super::class::{Class, class};
use super::introduction;
use super::links;
use super::names::Names;
use super::section::{described, shown_below};
use super::title::{heading, is_bare, trimmed};
use crate::document::{Block, BlockKind, MarkKind};
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::{is_han, is_hiragana, is_katakana, is_letter};
use crate::span::Span;
use crate::talk::LinkKind;

/// A line with more characters than this is a sentence, no title.
const LONGEST_TITLE: usize = 120;

/// A paragraph that stands for a heading: a link to slides or a video, a line with such an address or
/// `발표자: …` below it, or `첫번째 세션` with the title below it.
pub(super) fn shown(blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Option<Candidate> {
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
pub(super) fn embed(block: &Block, blocks: &[Block], index: usize) -> Option<Candidate> {
    let text = block.text.text();
    let link = block.marks.iter().find(|m| matches!(m.kind, MarkKind::Link(_)) && !m.span.of(text).trim().is_empty())?.span;
    let read = heading(link.of(text));
    let title = trimmed(text, Span::new(link.start + read.title.start, link.start + read.title.end));
    let mut candidate = Candidate { number: read.number, ..Candidate::new(index, Marker::Embed, Class::Plain, title) };
    candidate.described = blocks.get(index + 1).is_some_and(|next| next.level().is_none() && next.kind != BlockKind::Embed);
    candidate.linked = true;
    Some(candidate)
}

/// A talk's notes in a fence: who speaks stands in their first line, behind the title, or in the second.
pub(super) fn note(blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Option<Candidate> {
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

/// Describes a heading, a bold line, or a list item.
pub(super) fn line(marker: Marker, class: Class, blocks: &[Block], index: usize, end: usize, gazetteer: &Gazetteer) -> Candidate {
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
        // `첫 번째 세션` announces one, `10:15` does not.
        candidate.announced |= first.contains(is_letter);
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
    if first.chars().count() > LONGEST_TITLE || first.trim_end().ends_with("다.") || title.is_empty() {
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
pub(super) fn words(title: &str) -> usize {
    let unspaced = title.chars().filter(|c| is_han(*c) || is_hiragana(*c) || is_katakana(*c)).count();
    title.split_whitespace().count().max(unspaced / 3)
}

/// Whether a title is a word or two of which none names something technical or speaks of talks.
fn is_slight(title: &str, gazetteer: &Gazetteer) -> bool {
    let letters = title.chars().filter(|c| is_letter(*c)).count();
    let spoken = || languages().headings.talk_words.stand_in(&title.to_lowercase());
    words(title) <= 2 && letters <= 14 && !spoken() && gazetteer.hits(title).is_empty()
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

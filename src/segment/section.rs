//! What stands in the section below a line: where it ends, whether text or slides stand there.
//!
//! In: the blocks and a line's block. Out: facts of its section.

use super::candidate::{Marker, is_strong};
use super::links;
use crate::document::{Block, BlockKind, MarkKind};
use crate::talk::LinkKind;

/// For each block the first one after its section: the next heading that is no deeper; for bold lines and all other blocks
/// the next bold line or heading.
pub(super) fn section_ends(blocks: &[Block]) -> Vec<usize> {
    let mut next = [blocks.len(); 8];
    let mut ends = vec![blocks.len(); blocks.len()];
    for (index, block) in blocks.iter().enumerate().rev() {
        let level = usize::from(block.level().unwrap_or(7));
        ends[index] = next[level];
        if block.level().is_some() || is_bold_line(block) {
            next[level..].fill(index);
        }
    }
    ends
}

fn is_bold_line(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph { depth: 0 } && is_strong(block)
}

/// Whether the first blocks below link to slides or a video, or embed them.
pub(super) fn shown_below(blocks: &[Block], index: usize, end: usize) -> bool {
    let own = blocks[index..end].iter().enumerate().take_while(|(at, b)| *at == 0 || b.level().is_none()).take(6);
    own.map(|(_, block)| block).any(|block| {
        block.kind == BlockKind::Embed
            || block.marks.iter().any(|m| match &m.kind {
                MarkKind::Link(url) => {
                    links::link(url, m.span.of(block.text.text())).is_some_and(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video))
                }
                _ => false,
            })
    })
}

/// Whether a block is an item of a numbered list.
pub(super) fn is_numbered(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item { number: Some(_), .. })
}

/// Whether text stands below a line before the next of its kind.
pub(super) fn described(marker: Marker, blocks: &[Block], index: usize) -> bool {
    let Some(next) = blocks.get(index + 1) else { return false };
    match marker {
        Marker::Heading(level) => next.level().is_none_or(|l| l > level),
        Marker::Strong => next.level().is_none() && !is_strong(next),
        Marker::Item(depth) => match &next.kind {
            // Below `1. Title` bullets that are not indented far enough are of the same depth to Markdown, not to the writer.
            BlockKind::Item { depth: below, number: None } => *below > depth || *below == depth && is_numbered(&blocks[index]),
            BlockKind::Item { depth: below, .. } => *below > depth,
            BlockKind::Paragraph { depth: below } => *below >= depth,
            BlockKind::Note { .. } => true,
            _ => false,
        },
        Marker::Row | Marker::Embed | Marker::Note | Marker::Prose => false,
    }
}

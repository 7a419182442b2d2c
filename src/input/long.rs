//! Blocks that are longer than anyone writes, in pieces that later stages take in their stride: what they do with a line
//! may grow with the square of its length, and a file may be one line.
//!
//! In: a block. Out: the block, or paragraphs of its text, cut between words.

use crate::document::{Block, BlockKind, Mark};
use crate::span::Span;

/// How many bytes the text of a block may have.
const LONGEST: usize = 8 << 10;

/// How many bytes a heading may have; a longer one is a paragraph.
const LONGEST_HEADING: usize = 2 << 10;

/// The block, or what it is cut into.
pub(super) fn pieces(block: Block) -> Vec<Block> {
    let length = block.text.text().len();
    let is_heading = matches!(block.kind, BlockKind::Heading { .. });
    if length <= if is_heading { LONGEST_HEADING } else { LONGEST } {
        return vec![block];
    }
    let kind = match block.kind {
        BlockKind::Paragraph { depth } | BlockKind::Item { depth, .. } => BlockKind::Paragraph { depth },
        _ => BlockKind::Paragraph { depth: 0 },
    };
    let mut marks = block.marks.iter().collect::<Vec<_>>();
    marks.sort_by_key(|mark| mark.span.start);
    let mut marks = marks.into_iter().peekable();
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < length {
        let end = cut(block.text.text(), at);
        let origin = block.text.origin(Span::new(at, end));
        // A mark that goes on in the next piece ends with this one.
        let inside = std::iter::from_fn(|| marks.next_if(|mark| mark.span.start < end));
        let own = inside.map(|mark| Mark { span: Span::new(mark.span.start - at, mark.span.end.min(end) - at), kind: mark.kind.clone() });
        let start = if at == 0 { block.span.start } else { out.last().map_or(0, |before| before.span.end).max(origin.start) };
        let finish = if end == length { block.span.end } else { origin.end };
        out.push(Block {
            kind: kind.clone(),
            text: block.text.part(Span::new(at, end)),
            span: Span::new(start, finish.max(start)),
            marks: own.collect(),
            quoted: block.quoted,
        });
        at = end;
    }
    out
}

/// Where the piece from `at` on ends: after white space, if there is some in its second half.
fn cut(text: &str, at: usize) -> usize {
    if text.len() - at <= LONGEST {
        return text.len();
    }
    let end = text.floor_char_boundary(at + LONGEST);
    let middle = text.ceil_char_boundary(at + LONGEST / 2);
    text[middle..end].char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(end, |(i, c)| middle + i + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, pieces};
    use crate::document::{Block, BlockKind, Mark, MarkKind};
    use crate::offset_map::Mapped;
    use crate::span::Span;

    #[test]
    fn a_long_line_is_paragraphs_that_hold_all_of_it() {
        let text = "고루틴 Kafka ".repeat(2_000);
        let span = Span::new(7, 7 + text.len());
        let mut mapped = Mapped::new();
        mapped.copy(&text, 7);
        let mark = Mark { span: Span::new(20_000, text.len()), kind: MarkKind::Strong };
        let block = Block { kind: BlockKind::Heading { level: 1 }, text: mapped, span, marks: vec![mark], quoted: true };
        let cut = pieces(block);
        assert_eq!(cut.iter().map(|piece| piece.text.text()).collect::<String>(), text);
        assert!(cut.len() > 3 && cut.iter().all(|piece| piece.text.text().len() <= LONGEST && piece.quoted));
        for pair in cut.windows(2) {
            assert!(pair[0].text.text().ends_with(' ') && pair[0].span.end == pair[1].span.start);
        }
        for piece in &cut {
            let origin = piece.text.origin(Span::new(0, piece.text.text().len()));
            assert_eq!(&text[origin.start - 7..origin.end - 7], piece.text.text());
        }
        let marked: Vec<&Block> = cut.iter().filter(|piece| !piece.marks.is_empty()).collect();
        assert_eq!(marked.len(), 1, "a mark is where it starts");
        assert_eq!(marked[0].marks[0].span.end, marked[0].text.text().len());
    }
}

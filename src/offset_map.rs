//! Text derived from other text, with the way back.
//!
//! Decoding, cleaning, stripping markup and folding each make a new text out of an old one; a [`Mapped`] text remembers for
//! every byte where it came from, so that a name found in the last of them is shown at its place in the file on disk.
//! In: pieces, copied or replaced. Out: the text, and [`Mapped::origin`] for spans of it.
//!
//! The hard decision: a position between two pieces can lie on either side of something that was dropped (a zero-width
//! space, `**`), so a span's start looks to the piece that follows and its end to the piece before.

use crate::span::Span;

/// A text together with the map from its bytes to the bytes of the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    pieces: Vec<Piece>,
}

/// `len` bytes at `at` that stand for `origin_len` bytes at `origin`; equal lengths mean byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    len: usize,
    origin: usize,
    origin_len: usize,
}

impl Mapped {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty text with room for some bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), pieces: Vec::new() }
    }

    /// The same text as its origin, byte for byte.
    pub fn identity(text: String) -> Self {
        let mut mapped = Self::new();
        let len = text.len();
        mapped.text = text;
        if len > 0 {
            mapped.pieces.push(Piece { at: 0, len, origin: 0, origin_len: len });
        }
        mapped
    }

    /// The derived text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Appends text that stands at `origin` as it is.
    pub fn copy(&mut self, text: &str, origin: usize) {
        self.push(text, Span::new(origin, origin + text.len()));
    }

    /// Appends text that stands for the bytes of `origin`, of whatever length.
    pub fn push(&mut self, text: &str, origin: Span) {
        let piece = Piece { at: self.text.len(), len: text.len(), origin: origin.start, origin_len: origin.len() };
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut() {
            let both_verbatim = last.len == last.origin_len && piece.len == piece.origin_len;
            if both_verbatim && last.origin + last.origin_len == piece.origin {
                last.len += piece.len;
                last.origin_len += piece.origin_len;
                return;
            }
        }
        self.pieces.push(piece);
    }

    /// A part of this text, with the same origin.
    #[must_use]
    pub fn part(&self, span: Span) -> Self {
        let mut part = Self::new();
        let first = self.pieces.partition_point(|p| p.at + p.len <= span.start);
        for piece in self.pieces[first..].iter().take_while(|p| p.at < span.end) {
            let (from, to) = (piece.at.max(span.start), (piece.at + piece.len).min(span.end));
            let whole = Span::new(piece.origin, piece.origin + piece.origin_len);
            let verbatim = piece.len == piece.origin_len;
            let origin = if verbatim { Span::new(piece.origin + from - piece.at, piece.origin + to - piece.at) } else { whole };
            part.push(&self.text[from..to], origin);
        }
        part
    }

    /// The bytes of the origin that a span of this text stands for.
    pub fn origin(&self, span: Span) -> Span {
        let start = self.origin_start(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.origin_end(span.end).max(start))
    }

    fn origin_start(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|p| p.at + p.len <= at);
        match self.pieces.get(next) {
            Some(p) if at < p.at => p.origin,
            Some(p) if p.len == p.origin_len => p.origin + (at - p.at),
            Some(p) => p.origin,
            None => self.pieces.last().map_or(0, |p| p.origin + p.origin_len),
        }
    }

    fn origin_end(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|p| p.at < at);
        let Some(piece) = next.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return 0 };
        if piece.len == piece.origin_len && at <= piece.at + piece.len {
            piece.origin + (at - piece.at)
        } else {
            piece.origin + piece.origin_len
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mapped;
    use crate::span::Span;

    #[test]
    fn a_span_leads_back_around_dropped_and_replaced_bytes() {
        // "**Kube**rnetes&amp;" shown as "Kubernetes&"
        let mut mapped = Mapped::new();
        mapped.copy("Kube", 2);
        mapped.copy("rnetes", 8);
        mapped.push("&", Span::new(14, 19));
        assert_eq!(mapped.text(), "Kubernetes&");
        assert_eq!(mapped.origin(Span::new(0, 4)), Span::new(2, 6));
        assert_eq!(mapped.origin(Span::new(0, 10)), Span::new(2, 14));
        assert_eq!(mapped.origin(Span::new(4, 10)), Span::new(8, 14));
        assert_eq!(mapped.origin(Span::new(10, 11)), Span::new(14, 19));
    }
}

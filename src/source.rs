//! A text file: its bytes as they lie on disk, its text as the stages read it, and the way back from one to the other.
//!
//! In: a path to show and the bytes, decoded by [`crate::input::decode`] and cleaned by [`crate::input::clean`].
//! Out: [`SourceFile`], which turns spans of the clean text into spans, lines and surfaces of the file on disk.

use crate::offset_map::Mapped;
use crate::span::{Position, Span};

/// One file, read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    location: Option<String>,
    /// The file's characters; origin: bytes on disk.
    decoded: Mapped,
    /// The text the stages read; origin: `decoded`. `None` where the two are equal, as they mostly are.
    clean: Option<Mapped>,
    /// Where the lines of `decoded` start.
    lines: Vec<usize>,
    /// How many characters of `decoded` start before each [`STRIDE`] bytes of it, so that no long line is counted again
    /// for each place in it.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 256;

/// The character, unless it would work on a terminal or turn text around instead of being seen; line ends and tabs stay.
pub fn harmless(c: char) -> char {
    let works = c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if works || turns { '\u{fffd}' } else { c }
}

/// How many characters start in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}

impl SourceFile {
    /// A file from its decoded text and, where that had to be mended, the clean text made from it.
    pub fn new(path: String, decoded: Mapped, clean: Option<Mapped>) -> Self {
        let newlines = decoded.text().bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let lines = std::iter::once(0).chain(newlines.map(|(i, _)| i + 1)).collect();
        let counts = decoded.text().as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += characters(chunk);
            Some(before)
        });
        let characters = counts.collect();
        Self { path, location: None, decoded, clean, lines, characters }
    }

    /// The same, lying at an absolute path.
    #[must_use]
    pub fn located(self, location: String) -> Self {
        Self { location: Some(location), ..self }
    }

    /// A file whose text is UTF-8 and needs no mending.
    pub fn from_text(path: &str, text: &str) -> Self {
        Self::new(path.to_owned(), Mapped::identity(text.to_owned()), None)
    }

    /// Path relative to the root that was given, with `/` on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where it lies: its absolute path, with `/` on every system; its path alone if it came from no file.
    pub fn location(&self) -> &str {
        self.location.as_deref().unwrap_or(&self.path)
    }

    /// The text that every stage reads and that spans refer to.
    pub fn text(&self) -> &str {
        self.clean.as_ref().unwrap_or(&self.decoded).text()
    }

    /// The bytes on disk behind a span of the text.
    pub fn on_disk(&self, span: Span) -> Span {
        self.decoded.origin(self.as_decoded(span))
    }

    /// What stands on disk at a span of the text, decoded.
    pub fn surface(&self, span: Span) -> &str {
        self.as_decoded(span).of(self.decoded.text())
    }

    /// The same without characters that would work on a terminal.
    pub fn shown(&self, span: Span) -> String {
        self.surface(span).chars().map(harmless).collect()
    }

    /// Line and column of a byte of the text.
    pub fn position(&self, at: usize) -> Position {
        let at = self.as_decoded(Span::new(at, at)).start;
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines[line - 1];
        Position { line, column: self.characters_before(at) - self.characters_before(start) + 1 }
    }

    /// How many bytes of its line stand before a byte of the text.
    pub fn in_line(&self, at: usize) -> usize {
        let at = self.as_decoded(Span::new(at, at)).start;
        at - self.lines[self.lines.partition_point(|start| *start <= at).max(1) - 1]
    }

    /// How many characters start before a byte of `decoded`.
    fn characters_before(&self, at: usize) -> usize {
        let stride = (at / STRIDE).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(stride).copied().unwrap_or(0);
        counted + characters(self.decoded.text().as_bytes().get(stride * STRIDE..at).unwrap_or_default())
    }

    /// The characters of a line (counted from 1) without its line end; empty past the end.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|i| self.lines.get(i)) else { return "" };
        let end = self.lines.get(line).copied().unwrap_or(self.decoded.text().len());
        Span::new(*start, end).of(self.decoded.text()).trim_end_matches(['\n', '\r'])
    }

    /// The line around a byte of the text, without white space at its ends, cut to some characters around that byte.
    pub fn quote(&self, at: usize, length: usize) -> String {
        let line = self.line(self.position(at).line);
        let at = line.floor_char_boundary(self.in_line(at));
        let back = |from: usize, count: usize| line[..from].char_indices().rev().take(count).last().map_or(from, |(i, _)| i);
        let start = back(at, length / 2 - 1);
        let end = line[start..].char_indices().nth(length).map_or(line.len(), |(i, _)| start + i);
        let start = back(start, length - line[start..end].chars().count());
        let (head, tail) = (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
        format!("{head}{}{tail}", line[start..end].trim().chars().map(harmless).collect::<String>())
    }

    /// The line, from 1, of the last character of the text before `end` that is not white space, at least that of `start`.
    pub fn last_line(&self, span: Span) -> usize {
        let kept = span.of(self.text()).trim_end().len();
        self.position(span.start + kept.saturating_sub(1)).line
    }

    fn as_decoded(&self, span: Span) -> Span {
        self.clean.as_ref().map_or(span, |clean| clean.origin(span))
    }
}

#[cfg(test)]
mod tests {
    use super::SourceFile;
    use crate::span::{Position, Span};

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::from_text("a.md", "한글\r\n고루틴 Go");
        assert_eq!(file.position(18), Position { line: 2, column: 5 });
        assert_eq!(file.surface(Span::new(18, 20)), "Go");
        assert_eq!(file.line(1), "한글");
        assert_eq!(file.line(2), "고루틴 Go");
        assert_eq!(file.line(3), "");
    }
}

//! Stage one: files to [`Document`]s.
//!
//! [`walk::files`] finds the files, [`read`] turns one into a document: [`decode`](decode::decode) its bytes,
//! [`clean`](clean::clean) its text, read its [`front_matter`], parse its format. Reading never stops a run: what cannot
//! be read is a diagnostic. Formats: [`markdown`] (plain text is Markdown without markup).

pub mod clean;
pub mod decode;
pub mod fence;
pub mod front_matter;
mod html;
mod liquid;
mod long;
pub mod markdown;
pub mod stamp;
pub mod walk;
pub mod watch;

use crate::diagnostic::{Diagnostic, Parsed, Place};
use crate::document::{Block, Document};
use crate::source::SourceFile;
use crate::span::Span;
use std::io::Read;
use std::path::Path;
use walk::FileEntry;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown, or text without markup.
    Markdown,
}

impl Format {
    /// The format that a file name's extension stands for.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd" | "mdx" | "txt").then_some(Self::Markdown)
    }
}

/// How many bytes a file may have. Larger ones are refused with a diagnostic: reading one takes 50 times its size in memory.
pub const LARGEST: u64 = 64 << 20;

/// Reads one file. The document is `None` when there is nothing to read.
pub fn read(entry: &FileEntry) -> Parsed<Option<Document>> {
    let refused = |diagnostic: Diagnostic| Parsed { value: None, diagnostics: vec![diagnostic] };
    let path = entry.path.display().to_string();
    match std::fs::metadata(&entry.path) {
        Ok(meta) if !meta.is_file() => return refused(Diagnostic::error("unreadable", &path, "is no regular file")),
        Ok(meta) if meta.len() > LARGEST => return refused(too_large(&path)),
        Ok(_) => {}
        Err(error) => return refused(Diagnostic::error("unreadable", &path, walk::plain(&error))),
    }
    match std::fs::File::open(&entry.path).and_then(bounded) {
        Ok(bytes) => {
            let parsed = parse(&entry.label, bytes, entry.format);
            let location = walk::slashed(&std::path::absolute(&entry.path).unwrap_or_else(|_| entry.path.clone()));
            let located = |document: Document| Document { source: document.source.located(location), ..document };
            Parsed { value: parsed.value.map(located), ..parsed }
        }
        Err(error) => refused(Diagnostic::error("unreadable", &path, walk::plain(&error))),
    }
}

/// All that there is to read, but for what is beyond what [`parse`] takes.
///
/// # Errors
/// When it cannot be read.
pub fn bounded(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(path: &str) -> Diagnostic {
    let message = format!("has more than the {} MiB that are read", LARGEST >> 20);
    Diagnostic::error("too-large", path, message).help("split it into several files")
}

/// Parses the bytes of a file that is called `label`. The document is `None` only for binary data and what is too large.
pub fn parse(label: &str, bytes: Vec<u8>, format: Format) -> Parsed<Option<Document>> {
    if bytes.len() as u64 > LARGEST {
        return Parsed { value: None, diagnostics: vec![too_large(label)] };
    }
    let decoded = decode::decode(bytes);
    let mut diagnostics = Vec::new();
    if decoded.text.text().contains('\0') {
        let diagnostic = Diagnostic::error("binary", label, "holds binary data, not text").help("techgraph reads Markdown and plain text");
        return Parsed { value: None, diagnostics: vec![diagnostic] };
    }
    let malformed = decoded.malformed;
    let encoding = decoded.encoding;
    let clean = clean::clean(decoded.text.text());
    let source = SourceFile::new(label.to_owned(), decoded.text, clean);
    if let Some((_, count)) = malformed {
        let at = source.text().find('\u{fffd}').unwrap_or(0);
        let message = format!("{count} byte sequence(s) are no {encoding}; they are read as U+FFFD");
        diagnostics.push(Diagnostic::warning("encoding", label, message).at(place(&source, at)).help("save the file as UTF-8"));
    }
    let (front_matter, broken) = front_matter::parse(source.text());
    if let Some(why) = broken {
        let at = source.text().find('\n').map_or(0, |n| n + 1);
        let message = format!("the front matter is not valid and was read line by line: {why}");
        diagnostics.push(
            Diagnostic::warning("front-matter", label, message)
                .at(place(&source, at))
                .help("quote values that hold `: ` or start with `[`"),
        );
    }
    let blocks = match format {
        Format::Markdown => markdown::blocks(source.text(), front_matter.span.end),
    };
    let date = front_matter.date.or_else(|| opening_date(&blocks)).or_else(|| crate::dates::find(label));
    Parsed { value: Some(Document { source, front_matter, blocks, date }), diagnostics }
}

/// A date in the first lines, where reports give the day of the event.
fn opening_date(blocks: &[Block]) -> Option<jiff::civil::Date> {
    blocks.iter().filter(|b| b.is_prose()).take(8).find_map(|b| crate::dates::find(b.text.text()))
}

/// The place of a byte of the text, with its line.
fn place(source: &SourceFile, at: usize) -> Place {
    let position = source.position(at);
    let line = source.line(position.line).to_owned();
    let start = line.char_indices().nth(position.column - 1).map_or(0, |(i, _)| i);
    let end = line[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    Place { position, line, span: Span::new(start, end) }
}

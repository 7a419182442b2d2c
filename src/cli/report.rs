//! Messages: on standard error, as a compiler shows them, without control characters of the reports they quote.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{IsTerminal, Write};
use techgraph::diagnostic::{Diagnostic, Severity};
use techgraph::source::harmless;

/// How many characters of a fault's message are shown.
const MESSAGE: usize = 160;

/// Shows messages and remembers how bad they were.
pub(crate) struct Reporter {
    quiet: bool,
    /// Whether more is wanted.
    pub(crate) verbose: bool,
    errors: usize,
    warnings: usize,
}

impl Reporter {
    pub(crate) fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose, errors: 0, warnings: 0 }
    }

    /// Shows a diagnostic.
    pub(crate) fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        if !self.quiet {
            say(&render(diagnostic, colour(std::io::stderr().is_terminal())));
        }
    }

    /// Shows a line of information.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            say(&format!("{}\n", visible(text)));
        }
    }

    /// Whether some input could not be read.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether there were warnings.
    pub(crate) fn has_warnings(&self) -> bool {
        self.warnings > 0
    }

    /// Whether a progress bar may be shown.
    pub(crate) fn wants_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}

/// Shows what stopped the run.
pub(crate) fn failure(error: &anyhow::Error) {
    say(&format!("error: {}\n", visible(&format!("{error:#}"))));
}

/// Shows where techgraph itself is at fault. What was at hand may be a report's text: little of it is shown, and harmlessly.
pub(crate) fn fault(fault: &std::panic::PanicHookInfo<'_>) {
    let at = fault.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
    let message: String = fault.payload_as_str().unwrap_or("").chars().take(MESSAGE).collect();
    say(&format!("techgraph is at fault{at}: {}\n", visible(&message)));
}

/// Whether to colour what goes to a terminal (<https://no-color.org>).
pub(crate) fn colour(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// `path:line:column: error[code]: message`, the line drawn and underlined, and what to do.
fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let at = diagnostic.place.as_ref().map(|p| format!(":{}:{}", p.position.line, p.position.column)).unwrap_or_default();
    let head = format!(
        "{}{at}: {}[{}]: {}\n",
        visible(&diagnostic.path),
        diagnostic.severity.name(),
        diagnostic.code,
        visible(&diagnostic.message)
    );
    let mut text = head;
    if let Some(place) = &diagnostic.place {
        let line = visible(&place.line);
        let span = place.span.start.min(line.len())..place.span.end.min(line.len());
        text.push_str(&underlined(&line, place.position.line, &[(span, String::new())], colour));
    }
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("  help: {}\n", visible(help)));
    }
    text
}

/// A source line with some of its bytes underlined, each with a word.
pub(crate) fn underlined(line: &str, number: usize, marks: &[(std::ops::Range<usize>, String)], colour: bool) -> String {
    let snippet = marks.iter().fold(Snippet::source(line).line_start(number), |snippet, (span, label)| {
        let valid = line.is_char_boundary(span.start) && line.is_char_boundary(span.end);
        let annotation = AnnotationKind::Primary.span(if valid { span.clone() } else { 0..0 });
        snippet.annotation(if label.is_empty() { annotation } else { annotation.label(label.as_str()) })
    });
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.render(&[Group::with_level(Level::NOTE).element(snippet)]);
    drawn.lines().map(|l| format!("{}\n", l.trim_end())).collect()
}

/// A line of text for a terminal, in which no character works on it.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\r') { '\u{fffd}' } else { harmless(c) }).collect()
}

/// Standard output for what programs read: where a person does, no character of it works on the terminal.
pub(crate) fn output() -> Box<dyn Write> {
    let out = std::io::stdout();
    if out.is_terminal() { Box::new(Harmless { out, rest: Vec::new() }) } else { Box::new(out) }
}

/// Passes text on without characters that would work on a terminal.
struct Harmless<W: Write> {
    out: W,
    /// The start of a character.
    rest: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    fn pass(&mut self, length: usize) -> std::io::Result<()> {
        let text: String = String::from_utf8_lossy(&self.rest[..length]).chars().map(harmless).collect();
        self.rest.drain(..length);
        self.out.write_all(text.as_bytes())
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.rest) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.rest.len(),
        };
        self.pass(whole)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.pass(self.rest.len())?;
        self.out.flush()
    }
}

/// Writes to standard error; there is nowhere to complain if that fails.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::{Harmless, visible};
    use std::io::Write;

    #[test]
    fn nothing_works_on_the_terminal_however_it_is_cut() {
        let text = "{\"a\": \"\u{1b}]0;x\u{7}한\u{9b}31m\u{202e}글\u{7f}\"}\n\tb";
        let shown = "{\"a\": \"\u{fffd}]0;x\u{fffd}한\u{fffd}31m\u{fffd}글\u{fffd}\"}\n\tb";
        for size in 1..text.len() {
            let mut out = Harmless { out: Vec::new(), rest: Vec::new() };
            text.as_bytes().chunks(size).for_each(|part| out.write_all(part).unwrap());
            out.flush().unwrap();
            assert_eq!(String::from_utf8(out.out).unwrap(), shown);
        }
        assert_eq!(visible("a\nb\u{1b}[2J\u{85}\tc\u{2066}"), "a\u{fffd}b\u{fffd}[2J\u{fffd}\tc\u{fffd}");
    }
}

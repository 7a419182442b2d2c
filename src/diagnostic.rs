//! What went wrong with an input, where, and what to do about it. Stages return diagnostics beside their value; only the
//! command line shows them.

use crate::span::{Position, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input was read, but perhaps not as it was meant.
    Warning,
    /// Some input could not be read.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One message about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short stable name, such as `unreadable`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, names the thing.
    pub message: String,
    /// The file, as it was given or found.
    pub path: String,
    /// Where in the file, and that line; `None` for the file as a whole.
    pub place: Option<Place>,
    /// What to do.
    pub help: Option<String>,
}

/// A place in a file with the line to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line and column.
    pub position: Position,
    /// The text of that line.
    pub line: String,
    /// The bytes of that line that are meant.
    pub span: Span,
}

impl Diagnostic {
    /// An error about a file as a whole.
    pub fn error(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), path: path.to_owned(), place: None, help: None }
    }

    /// A warning about a file as a whole.
    pub fn warning(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, message) }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// A stage's value and what it had to say about its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The value, whatever was wrong.
    pub value: T,
    /// In the order of the input.
    pub diagnostics: Vec<Diagnostic>,
}

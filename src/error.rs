//! What can stop techgraph altogether. Everything about a single input is a [`crate::diagnostic::Diagnostic`] instead.

use std::path::PathBuf;

/// A failure that leaves no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A data file of the gazetteer is not as it must be.
    #[error("{path}:{line}:{column}: {message}")]
    Data {
        /// The data file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The gazetteer that was compiled in cannot be read.
    #[error("the built-in gazetteer cannot be read: {0}")]
    Blob(String),
    /// An output could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The output.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The input.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output")]
    Output(#[from] std::io::Error),
    /// A name stands for nothing that there is.
    #[error("{0}")]
    Unknown(String),
    /// The names of people cannot be looked for.
    #[error("cannot look for the names of people: {0}")]
    Redact(String),
    /// A value could not be put into RDF.
    #[error("cannot write RDF: {0}")]
    Rdf(String),
    /// A picture could not be drawn.
    #[error("cannot draw the picture: {0}")]
    Png(String),
    /// A database could not be made.
    #[error("cannot make the database: {0}")]
    Sqlite(String),
    /// A format was asked for that this program was built without.
    #[error("this techgraph was built without {0}: build it with `cargo install --path . --features {0}`")]
    NotBuilt(&'static str),
    /// A table could not be made.
    #[error("cannot make the table: {0}")]
    Parquet(String),
    /// A database could not be added to.
    #[error("cannot append to {}: {message}", path.display())]
    Append {
        /// The database.
        path: PathBuf,
        /// Why, and what to do.
        message: String,
    },
    /// A stored graph could not be read.
    #[error("cannot read {}: {message}", path.display())]
    Stored {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        message: String,
    },
    /// Changes of files cannot be watched.
    #[error("cannot watch {}: {message}", path.display())]
    Watch {
        /// What was to be watched.
        path: PathBuf,
        /// Why, and what to do.
        message: String,
    },
    /// Graphviz was asked for and did not do.
    #[error("graphviz: {0}")]
    Graphviz(String),
    /// A value could not be put into JSON.
    #[error("cannot serialise: {0}")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// What is wrong at a byte of a data file's text.
    pub(crate) fn data(path: &str, text: &str, offset: usize, message: String) -> Self {
        let before = &text[..offset.min(text.len())];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        let column = before[line_start..].chars().count() + 1;
        Self::Data { path: path.to_owned(), line: before.matches('\n').count() + 1, column, message }
    }
}

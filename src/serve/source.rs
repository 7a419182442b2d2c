//! Where a graph comes from: reports that are read again where they change, or a graph that was written before.

use crate::detect::Options;
use crate::diagnostic::Parsed;
use crate::error::Error;
use crate::export::stored;
use crate::gazetteer::Gazetteer;
use crate::graph::{TechGraph, build};
use crate::input::stamp::Stamp;
use crate::reports::Reports;
use std::path::PathBuf;
use std::time::SystemTime;

/// Where a graph comes from.
#[derive(Debug)]
pub enum Source {
    /// Reports.
    Reports(Reports),
    /// A graph as JSON, or a database; with the size it had and the time it was written when it was read.
    Stored(PathBuf, Option<Stamp>),
}

impl Source {
    /// What is meant by the paths of a command: one file that holds a graph, or reports.
    pub fn of(paths: Vec<PathBuf>) -> Self {
        match &paths[..] {
            [only] if stored::is_stored(only) => Self::Stored(only.clone(), None),
            _ => Self::Reports(Reports::new(paths)),
        }
    }

    /// Where it lies.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Reports(reports) => reports.roots(),
            Self::Stored(path, _) => std::slice::from_ref(path),
        }
    }

    /// The graph as it is now, unless it is as it was, and what is wrong with what was read.
    ///
    /// # Errors
    /// When a stored graph cannot be read.
    pub fn refresh(&mut self, gazetteer: &Gazetteer, options: &Options) -> Result<Parsed<Option<TechGraph>>, Error> {
        match self {
            Self::Reports(reports) => {
                let changes = reports.refresh(gazetteer, options);
                let graph = (!changes.is_empty()).then(|| build::graph(reports.extracts(), gazetteer));
                Ok(Parsed { value: graph, diagnostics: changes.diagnostics })
            }
            Self::Stored(path, read) => {
                let now = Stamp::of(path);
                if now.is_some() && *read == now {
                    return Ok(Parsed { value: None, diagnostics: Vec::new() });
                }
                let graph = stored::read(path)?;
                *read = now.filter(|now| now.is_settled(SystemTime::now()));
                Ok(Parsed { value: Some(graph), diagnostics: Vec::new() })
            }
        }
    }
}

//! Reports that are read again where they change.
//!
//! In: folders and files, again and again. Out: the extract of each report as it is now, of which only those are made anew
//! whose files are not as they were, by their [`Stamp`]s.

use crate::detect::Options;
use crate::diagnostic::Diagnostic;
use crate::gazetteer::Gazetteer;
use crate::input::stamp::Stamp;
use crate::input::walk::{self, FileEntry};
use crate::pipeline;
use crate::record::Extract;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

/// Reports as they were last read.
#[derive(Debug, Default)]
pub struct Reports {
    roots: Vec<PathBuf>,
    known: BTreeMap<String, Known>,
    unreadable: Vec<Diagnostic>,
}

/// What is known of a file.
#[derive(Debug)]
struct Known {
    /// None where a later change need not show in it.
    stamp: Option<Stamp>,
    extract: Option<Extract>,
    diagnostics: Vec<Diagnostic>,
}

/// What reading again has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there before.
    pub new: usize,
    /// Files that are not as they were.
    pub changed: usize,
    /// Files that are gone.
    pub gone: usize,
    /// What is wrong, and was not before.
    pub diagnostics: Vec<Diagnostic>,
}

impl Changes {
    /// Whether every report says what it said.
    pub fn is_empty(&self) -> bool {
        self.new + self.changed + self.gone == 0
    }
}

impl Reports {
    /// The reports behind some paths, of which none has been read.
    pub fn new(roots: Vec<PathBuf>) -> Self {
        Self { roots, ..Self::default() }
    }

    /// Reads what has changed.
    pub fn refresh(&mut self, gazetteer: &Gazetteer, options: &Options) -> Changes {
        let now = SystemTime::now();
        let found = walk::files(&self.roots);
        let mut before = std::mem::take(&mut self.known);
        let mut stale: Vec<FileEntry> = Vec::new();
        for entry in found.value {
            match before.get(&entry.label).and_then(|known| known.stamp).filter(|stamp| Stamp::of(&entry.path) == Some(*stamp)) {
                Some(_) => self.known.extend(before.remove_entry(&entry.label)),
                None => stale.push(entry),
            }
        }
        // Before they are read, so that what is written meanwhile is seen the next time.
        let mut stamps =
            stale.iter().map(|entry| Stamp::of(&entry.path).filter(|stamp| stamp.is_settled(now))).collect::<Vec<_>>().into_iter();
        let mut changes = Changes::default();
        let done = pipeline::run(&stale, gazetteer, options, |entry, parsed| {
            let fresh = Known { stamp: stamps.next().flatten(), extract: parsed.value, diagnostics: parsed.diagnostics };
            let old = before.remove(&entry.label);
            match &old {
                Some(old) => changes.changed += usize::from(old.extract != fresh.extract),
                None => changes.new += 1,
            }
            if old.is_none_or(|old| old.diagnostics != fresh.diagnostics) {
                changes.diagnostics.extend(fresh.diagnostics.iter().cloned());
            }
            self.known.insert(entry.label.clone(), fresh);
            Ok::<(), std::convert::Infallible>(())
        });
        changes.gone = before.len();
        let Ok(()) = done;
        if self.unreadable != found.diagnostics {
            changes.diagnostics.extend(found.diagnostics.iter().cloned());
            self.unreadable = found.diagnostics;
        }
        changes
    }

    /// Where they are looked for.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.known.values().filter(|known| known.extract.is_some()).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What each report says, in the order of their paths.
    pub fn extracts(&self) -> Vec<Extract> {
        self.known.values().filter_map(|known| known.extract.clone()).collect()
    }
}

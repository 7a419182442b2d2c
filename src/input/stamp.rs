//! Whether a file is as it was, without reading it.
//!
//! In: a path. Out: its [`Stamp`], the size and the time it was written: a file of the same stamp is taken for unchanged. Times
//! are coarse, so a file may change within [`COARSE`] of being written and not show it (git's "racy" files): until a stamp
//! is settled it says nothing.

use std::path::Path;
use std::time::{Duration, SystemTime};

/// How coarse the times are that file systems keep (two seconds on FAT).
const COARSE: Duration = Duration::from_secs(2);

/// By what a file is taken for unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    written: SystemTime,
}

impl Stamp {
    /// Of the file at a path, if there is one.
    pub fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        Some(Self { bytes: about.len(), written: about.modified().ok()? })
    }

    /// Whether a later change is sure to show in the time.
    pub fn is_settled(self, now: SystemTime) -> bool {
        now.duration_since(self.written).is_ok_and(|age| age > COARSE)
    }
}

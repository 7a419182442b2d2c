//! Being told when files change.
//!
//! In: paths. Out: calls, each some moments after a change below one of them; many changes at a time are one. What has
//! changed is for who is called to find out, since what the system tells of it is not to be relied upon.

use crate::error::Error;
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long there must be quiet after a change.
const QUIET: Duration = Duration::from_millis(300);

/// Watches for as long as it lives.
#[derive(Debug)]
pub struct Watch {
    _watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Calls `changed` when something below a path has changed.
///
/// # Errors
/// [`Error::Watch`] if the system cannot watch one of the paths.
pub fn watch(paths: &[PathBuf], mut changed: impl FnMut() + Send + 'static) -> Result<Watch, Error> {
    let told = move |events: DebounceEventResult| {
        if events.map_or(true, |events| events.iter().any(|event| !event.kind.is_access())) {
            changed();
        }
    };
    let failed = |path: &Path, error: notify_debouncer_full::notify::Error| {
        let advice = match error.kind {
            notify_debouncer_full::notify::ErrorKind::MaxFilesWatch => ": raise `fs.inotify.max_user_watches`",
            _ => "",
        };
        Error::Watch { path: path.to_owned(), message: format!("{error}{advice}") }
    };
    let mut watcher = new_debouncer(QUIET, None, told).map_err(|error| failed(Path::new("files"), error))?;
    for path in paths {
        // A file is mostly replaced by another of its name, which its folder tells.
        let (folder, mode) = match path.parent().filter(|_| !path.is_dir()) {
            Some(parent) if parent.as_os_str().is_empty() => (Path::new("."), RecursiveMode::NonRecursive),
            Some(parent) => (parent, RecursiveMode::NonRecursive),
            None => (path.as_path(), RecursiveMode::Recursive),
        };
        watcher.watch(folder, mode).map_err(|error| failed(folder, error))?;
    }
    Ok(Watch { _watcher: watcher })
}

//! Temporary files and folders beside a target: what is written into until it takes the target's place.
//!
//! In: a folder. Out: a temporary in it that is this process's own. The hard decision: a run that is killed cannot take its
//! temporaries away, so the next one that writes there does; each is locked by whoever makes it, and a lock ends with its
//! process, so what nobody holds is nobody's.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{Builder, NamedTempFile, TempDir};

/// What temporaries are called.
const NAME: (&str, &str) = (".techgraph-", ".tmp");

/// How often it is tried again where another run has taken a fresh temporary for a dead one.
const TRIES: usize = 8;

/// The temporaries of this process.
static OURS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A temporary folder.
#[derive(Debug)]
pub(super) struct Folder {
    folder: TempDir,
    _held: Option<File>,
}

impl Folder {
    /// Makes one.
    pub(super) fn create(beside: &Path) -> io::Result<Self> {
        let made = || {
            let folder = named().tempdir_in(beside)?;
            let held = File::open(folder.path()).ok();
            Ok((folder.path().to_owned(), Self { folder, _held: held.inspect(lock) }))
        };
        ours(beside, made)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a folder that was made in this one at `path`, in one step where the system can; an older one there is gone with
    /// this one. A system that cannot has neither for a moment; who is killed in it leaves the old one for the next to put back.
    pub(super) fn place(&self, made: &Path, path: &Path) -> io::Result<()> {
        // Whoever is asked to stop does so before or after.
        let _whole = list();
        for _ in 0..TRIES {
            match std::fs::rename(made, path) {
                Ok(()) => return Ok(()),
                Err(error) if !path.is_dir() => {
                    // What was set aside is put back, if anything was.
                    let _ = std::fs::rename(self.aside(path), path);
                    return Err(error);
                }
                Err(_) => {}
            }
            match exchange(made, path) {
                Ok(()) => return Ok(()),
                // Another run has it in its hands.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) => self.set_aside(path)?,
            }
        }
        std::fs::rename(made, path)
    }

    /// Takes the folder at `path` out of the way, to where [`sweep`] finds it.
    fn set_aside(&self, path: &Path) -> io::Result<()> {
        let aside = self.aside(path);
        std::fs::create_dir_all(aside.parent().unwrap_or(&aside))?;
        std::fs::rename(path, aside)
    }

    fn aside(&self, path: &Path) -> PathBuf {
        self.path().join("old").join(path.file_name().unwrap_or_default())
    }
}

/// Makes a temporary file.
pub(super) fn file(beside: &Path) -> io::Result<NamedTempFile> {
    let made = || {
        let file = named().tempfile_in(beside)?;
        lock(file.as_file());
        Ok((file.path().to_owned(), file))
    };
    ours(beside, made)
}

/// Removes every temporary of this process, which is to end at once.
pub fn forget() {
    list().iter().for_each(|path| remove(path));
}

/// Whether this process has not written into a folder before: there may be many files in one, and many to write.
fn is_new(folder: &Path) -> bool {
    static KNOWN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned())
}

/// Makes one that no other run has taken for dead before it was locked.
fn ours<T>(beside: &Path, made: impl Fn() -> io::Result<(PathBuf, T)>) -> io::Result<T> {
    if is_new(beside) {
        sweep(beside);
    }
    for _ in 0..TRIES {
        let (path, temporary) = made()?;
        if path.exists() {
            let mut list = list();
            list.retain(|path| path.exists());
            list.insert(path);
            return Ok(temporary);
        }
    }
    Err(io::ErrorKind::Interrupted.into())
}

/// Removes what killed runs have left in a folder.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_named = name.to_str().is_some_and(|name| name.starts_with(NAME.0) && name.ends_with(NAME.1));
        if !is_named || !entry.file_type().is_ok_and(|kind| kind.is_file() || kind.is_dir()) {
            continue;
        }
        let path = entry.path();
        let Ok(held) = File::open(&path) else { continue };
        if held.try_lock().is_err() {
            continue;
        }
        // What was set aside and not replaced is put back.
        for old in std::fs::read_dir(path.join("old")).into_iter().flatten().flatten() {
            let place = folder.join(old.file_name());
            if !place.exists() {
                let _ = std::fs::rename(old.path(), place);
            }
        }
        remove(&path);
    }
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
}

fn named() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(NAME.0).suffix(NAME.1);
    builder
}

/// Where a system knows no locks, nobody can lock either, and [`sweep`] leaves everything alone.
fn lock(file: &File) {
    let _ = file.lock();
}

fn list() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    OURS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets two folders change places.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::{Folder, file, sweep};
    use std::path::Path;

    fn left(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_a_living_one_writes_is_not() {
        let place = tempfile::tempdir().unwrap();
        let (ours, folder) = (file(place.path()).unwrap(), Folder::create(place.path()).unwrap());
        std::fs::write(place.path().join(".techgraph-dead.tmp"), "half").unwrap();
        std::fs::write(place.path().join(".techgraph-notes.txt"), "dear").unwrap();
        std::fs::create_dir_all(place.path().join(".techgraph-gone.tmp/new/tables")).unwrap();
        sweep(place.path());
        assert!(ours.path().exists() && folder.path().exists());
        assert_eq!(left(place.path()).len(), 3, "{:?}", left(place.path()));
        drop((ours, folder));
        assert_eq!(left(place.path()), [".techgraph-notes.txt"]);
    }

    #[test]
    fn what_was_set_aside_and_not_replaced_is_put_back() {
        let place = tempfile::tempdir().unwrap();
        let dead = place.path().join(".techgraph-dead.tmp/old");
        for name in ["tables", "others"] {
            std::fs::create_dir_all(dead.join(name)).unwrap();
            std::fs::write(dead.join(name).join("a"), "old").unwrap();
        }
        std::fs::create_dir(place.path().join("others")).unwrap();
        sweep(place.path());
        assert_eq!(left(place.path()), ["others", "tables"]);
        assert_eq!(left(&place.path().join("others")), [""; 0]);
        assert_eq!(left(&place.path().join("tables")), ["a"]);
    }

    #[test]
    fn a_folder_takes_the_place_of_one_that_is_there() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tables");
        for (text, before) in [("old", false), ("new", true)] {
            assert_eq!(path.exists(), before);
            let folder = Folder::create(place.path()).unwrap();
            let made = folder.path().join("tables");
            std::fs::create_dir(&made).unwrap();
            std::fs::write(made.join("a"), text).unwrap();
            folder.place(&made, &path).unwrap();
            assert_eq!(std::fs::read_to_string(path.join("a")).unwrap(), text);
        }
        assert_eq!(left(place.path()), ["tables"]);
    }
}

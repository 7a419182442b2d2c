//! Files and folders that are written whole or not at all: into a temporary one beside the target, which it replaces at the
//! end. A link is followed; a pipe or a device is written as it is, since nothing can take its place. A folder that holds
//! anything else than what is to be written is left alone: it may be somebody's home.

use super::beside::{self, Folder};
use crate::error::Error;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file being written.
#[derive(Debug)]
pub struct WholeFile {
    /// As it was given, for messages.
    path: PathBuf,
    file: BufWriter<Place>,
}

/// Where bytes go.
#[derive(Debug)]
enum Place {
    /// Beside the file, whose place it takes.
    Beside(NamedTempFile, PathBuf),
    /// Right there.
    There(std::fs::File),
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Beside(file, _) => file.write(bytes),
            Self::There(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Beside(file, _) => file.flush(),
            Self::There(file) => file.flush(),
        }
    }
}

impl WholeFile {
    /// Starts a file that shall be at `path`.
    ///
    /// # Errors
    /// [`Error::Write`] if the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Write { path: path.to_owned(), source };
        let place = if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            Place::There(std::fs::File::options().write(true).open(path).map_err(failed)?)
        } else {
            let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            // The system's own words name the temporary file, which is no concern of the reader's.
            Place::Beside(beside::file(parent(&target)).map_err(|e| failed(e.kind().into()))?, target)
        };
        Ok(Self { path: path.to_owned(), file: BufWriter::new(place) })
    }

    /// Why it cannot be written.
    pub fn failed(&self, source: std::io::Error) -> Error {
        Error::Write { path: self.path.clone(), source }
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be written to the end or put there; then the old file stays.
    pub fn finish(self) -> Result<(), Error> {
        let (path, place) = self.written()?;
        if let Place::Beside(file, target) = place {
            file.persist(target).map_err(|e| Error::Write { path, source: e.error })?;
        }
        Ok(())
    }

    /// Puts the file in its place if there is none yet; whether it was put there.
    ///
    /// # Errors
    /// As [`WholeFile::finish`].
    pub fn finish_new(self) -> Result<bool, Error> {
        let (path, place) = self.written()?;
        let Place::Beside(file, target) = place else { return Ok(false) };
        match file.persist_noclobber(target) {
            Ok(_) => Ok(true),
            Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
            Err(e) => Err(Error::Write { path, source: e.error }),
        }
    }

    fn written(self) -> Result<(PathBuf, Place), Error> {
        let path = self.path;
        let failed = |source| Error::Write { path: path.clone(), source };
        let place = self.file.into_inner().map_err(|e| failed(e.into_error()))?;
        if let Place::Beside(file, target) = &place {
            file.as_file().sync_all().map_err(failed)?;
            readable(file.as_file(), target).map_err(failed)?;
        }
        Ok((path, place))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A file, by its name in a folder.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Writes a folder of files, in place of an older one of the same files.
///
/// # Errors
/// [`Error::Write`] if it cannot be written, or if there is a folder with other files in it, which then stays as it is.
pub fn folder(path: &Path, files: &[File]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let foreign = |name: &std::ffi::OsStr| !files.iter().any(|file| name == file.name);
    match std::fs::read_dir(path) {
        Ok(entries) => {
            for entry in entries {
                if foreign(&entry.map_err(failed)?.file_name()) {
                    return Err(failed(std::io::Error::other("there is a folder with other files in it")));
                }
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let fresh = Folder::create(parent(&path)).map_err(|e| failed(e.kind().into()))?;
    let made = fresh.path().join("new");
    std::fs::create_dir(&made).map_err(failed)?;
    for file in files {
        let mut out = std::fs::File::create(made.join(file.name)).map_err(failed)?;
        out.write_all(&file.bytes).and_then(|()| out.sync_all()).map_err(failed)?;
    }
    fresh.place(&made, &path).map_err(failed)
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private; an output has the permissions of the file it replaces, or those that new files get.
#[cfg(unix)]
fn readable(file: &std::fs::File, path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map(|m| m.permissions().mode() & 0o777).unwrap_or(0o644);
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File, _: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{File, WholeFile, folder};
    use std::io::Write;

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_devices_stay() {
        use std::os::unix::fs::symlink;
        let place = tempfile::tempdir().expect("a temporary folder");
        let (link, real) = (place.path().join("link"), place.path().join("real"));
        std::fs::write(&real, "old").expect("a file can be written");
        let write = |path: &std::path::Path| {
            let mut file = WholeFile::create(path).expect("it can be written");
            file.write_all(b"new").expect("it can be written");
            file.finish().expect("it can be put in its place");
        };
        for target in [&real, std::path::Path::new("/dev/null")] {
            symlink(target, &link).expect("a link can be made");
            write(&link);
            assert_eq!(std::fs::read_link(&link).ok().as_deref(), Some(target), "the link stays");
            std::fs::remove_file(&link).expect("it can be removed");
        }
        assert_eq!(std::fs::read_to_string(&real).ok().as_deref(), Some("new"));
    }

    #[test]
    fn a_folder_is_replaced_whole_and_one_with_other_files_is_left_alone() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let path = place.path().join("tables");
        let files = |text: &str| [("a", text), ("b", text)].map(|(name, text)| File { name, bytes: text.into() });
        let read = |name: &str| std::fs::read_to_string(path.join(name)).ok();
        folder(&path, &files("old")).expect("a new folder");
        folder(&path, &files("new")).expect("a folder of the same files");
        assert_eq!((read("a").as_deref(), read("b").as_deref()), (Some("new"), Some("new")));
        std::fs::write(path.join("letter"), "dear").expect("a file can be written");
        let told = folder(&path, &files("newer")).map_err(|e| std::error::Error::source(&e).map(ToString::to_string));
        assert_eq!(told, Err(Some("there is a folder with other files in it".into())));
        assert_eq!((read("a").as_deref(), read("letter").as_deref()), (Some("new"), Some("dear")));
        assert!(folder(&place.path().join("nowhere/tables"), &files("x")).is_err());
        let left: Vec<_> = std::fs::read_dir(place.path()).expect("it can be listed").flatten().map(|e| e.file_name()).collect();
        assert_eq!(left, ["tables"], "nothing temporary stays");
    }
}

//! Files that are written whole or not at all: into a temporary file beside the target, which it replaces at the end.

use crate::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file being written.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl WholeFile {
    /// Starts a file that shall be at `path`.
    ///
    /// # Errors
    /// [`Error::Write`] if the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |source| Error::Write { path: path.to_owned(), source };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".techgraph-").suffix(".tmp");
        // The system's own words name the temporary file, which is no concern of the reader's.
        let file = builder.tempfile_in(folder).map_err(|e| failed(e.kind().into()))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be written to the end or put there; then the old file stays.
    pub fn finish(self) -> Result<(), Error> {
        let path = self.path;
        let failed = |source| Error::Write { path: path.clone(), source };
        let file = self.file.into_inner().map_err(|e| failed(e.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        readable(file.as_file(), &path).map_err(failed)?;
        file.persist(&path).map_err(|e| failed(e.error))?;
        Ok(())
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

/// Temporary files are private; an output has the permissions of the file it replaces, or those that new files get.
#[cfg(unix)]
fn readable(file: &File, path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map(|m| m.permissions().mode() & 0o777).unwrap_or(0o644);
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &File, _: &Path) -> std::io::Result<()> {
    Ok(())
}

//! Keeping others out of a SQLite database while another file takes its place.
//!
//! In: where the file shall be. Out: a hold on what is there, for as long as it lives. The hard decision: SQLite undoes what
//! a killed run has begun with the journal beside the database, whatever database lies there by then. So one that is to be
//! replaced is mended first, nobody may begin to write to it any more, and a journal without its database is taken away.

use crate::error::Error;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for others who write to the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// How the names of what SQLite keeps beside a database end.
const ALL: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Nobody else writes to the database as long as this lives.
#[derive(Debug)]
pub struct Hold {
    _database: Option<Connection>,
}

/// Holds the database at a path, if there is one.
///
/// # Errors
/// [`Error::Append`] if others go on writing to it.
pub fn hold(path: &Path) -> Result<Hold, Error> {
    let file = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if !file.exists() {
        clear(&file, &ALL);
        return Ok(Hold { _database: None });
    }
    match begun(&file) {
        Ok(database) => {
            // Nobody writes, and what there was to undo is undone.
            clear(&file, &["-journal"]);
            Ok(Hold { _database: Some(database) })
        }
        Err(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => {
            Err(Error::Append { path: path.to_owned(), message: busy() })
        }
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            clear(&file, &ALL);
            Ok(Hold { _database: None })
        }
        Err(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::SystemIoFailure | ErrorCode::DiskFull)) => {
            Err(Error::Append { path: path.to_owned(), message: error.to_string() })
        }
        // None that anybody could write to.
        Err(_) => Ok(Hold { _database: None }),
    }
}

/// What to say of a database that others do not let go of.
pub(super) fn busy() -> String {
    "others keep it busy: try again when they have let go of it".to_owned()
}

/// By what a file is told from another that takes its place.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

/// Elsewhere a file that is open is not replaced.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

fn begun(file: &Path) -> rusqlite::Result<Connection> {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    database.busy_timeout(PATIENCE)?;
    // What others have written ahead of the database would go into the one that takes its place: SQLite lets nobody leave that
    // mode while others have the file open.
    database.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    database.execute_batch("BEGIN IMMEDIATE;")?;
    Ok(database)
}

/// Takes away what lies beside a file as if it were a database, and is of none.
fn clear(file: &Path, ends: &[&str]) {
    for end in ends {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

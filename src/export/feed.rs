//! A SQLite database that grows: every run adds the reports it has read, and what it holds is as if one run had read all.
//!
//! In: the extracts of a run, and how a graph is made of extracts. Out: the database in its place. Beside the tables of
//! [`super::sqlite`] it keeps in `records` what each report said, since a graph cannot be made from a graph: whether two
//! talks are one is decided over all of them. One transaction reads the records and replaces the contents of every table, so
//! that others who have the file open see the old or the new, a run that is cut short leaves the old, and of two runs the
//! second waits for the first.

use super::hold::{PATIENCE, busy, hold, identity};
use super::sqlite::{self, APPLICATION, VERSION};
use super::table::Table;
use super::target::WholeFile;
use crate::error::Error;
use crate::graph::TechGraph;
use crate::record::Extract;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// By `document`, its path in every output.
const RECORDS: &str = "CREATE TABLE records (document TEXT PRIMARY KEY, extract TEXT NOT NULL);";

/// What a run has added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// Reports that were not there.
    pub new: usize,
    /// Reports that were, and are now as they were read last.
    pub again: usize,
    /// Reports that are there now.
    pub all: usize,
}

/// What may go wrong with an open database.
enum Trouble {
    Sqlite(rusqlite::Error),
    /// It is not as it must be.
    Refused(String),
    Other(Error),
}

/// Whether a run may add to the file, or make it, as far as can be told before.
///
/// # Errors
/// [`Error::Append`] if it is something else than a database that a run with `--append` has made.
pub fn check(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Ok(());
    }
    open(path).map(|_| ()).map_err(|trouble| trouble.told(path))
}

/// Adds extracts to the database at `path`, which is made if there is none. `graph` makes the wanted graph of all extracts.
///
/// # Errors
/// As [`check`]; or what `graph` returns; or if the file cannot be written. The file is then as it was.
pub fn append<E: From<Error>>(path: &Path, fresh: Vec<Extract>, graph: impl Fn(Vec<Extract>) -> Result<TechGraph, E>) -> Result<Added, E> {
    let fresh: BTreeMap<String, Extract> = fresh.into_iter().map(|e| (e.document.path.clone(), e)).collect();
    let told = |trouble: Trouble| E::from(trouble.told(path));
    if !path.exists() {
        let mut file = WholeFile::create(path)?;
        let made = graph(fresh.values().cloned().collect())?;
        let bytes = database(&fresh, &Table::of(&made)).map_err(told)?;
        file.write_all(&bytes).map_err(|source| Error::Write { path: path.to_owned(), source })?;
        drop(hold(path)?);
        if file.finish_new()? {
            return Ok(Added { new: fresh.len(), again: 0, all: fresh.len() });
        }
        // Another run has made it in the meantime.
    }
    let before = identity(path);
    let mut database = open(path).map_err(told)?;
    let work = begin(&mut database).map_err(told)?;
    let mut all = kept(&work).map_err(told)?;
    let again = fresh.keys().filter(|document| all.contains_key(*document)).count();
    all.extend(fresh.iter().map(|(document, extract)| (document.clone(), extract.clone())));
    let added = Added { new: fresh.len() - again, again, all: all.len() };
    let made = graph(all.into_values().collect())?;
    replace(work, &fresh, &Table::of(&made)).map_err(told)?;
    if identity(path) != before {
        return Err(told(Trouble::Refused("another run has replaced it meanwhile, and what was added is lost: run it again".into())));
    }
    Ok(added)
}

/// A new database, made in memory.
fn database(fresh: &BTreeMap<String, Extract>, table: &Table) -> Result<Vec<u8>, Trouble> {
    let mut database = Connection::open_in_memory()?;
    let work = sqlite::begin(&mut database)?;
    work.execute_batch(RECORDS)?;
    sqlite::fill(&work, table)?;
    keep(&work, fresh)?;
    work.commit()?;
    Ok(sqlite::finish(database)?)
}

/// Opens a database that a run with `--append` has made.
fn open(path: &Path) -> Result<Connection, Trouble> {
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    database.busy_timeout(PATIENCE)?;
    // Pages that change stay in memory until the end, so that readers are kept waiting for the last moment alone.
    database.pragma_update(None, "cache_spill", false)?;
    is_feed(&database)?;
    if database.is_readonly("main")? {
        return Err(Trouble::Refused("it may not be written".into()));
    }
    Ok(database)
}

fn is_feed(database: &Connection) -> Result<(), Trouble> {
    let number = |pragma: &str| database.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let refused = |why: String| Err(Trouble::Refused(why));
    if number("application_id")? != APPLICATION {
        return refused("it is a SQLite database, but none that techgraph has made".into());
    }
    let version = number("user_version")?;
    if version != VERSION {
        return refused(format!(
            "its tables are of version {version}, and this techgraph writes version {VERSION}: delete it, and make it anew from all reports"
        ));
    }
    if !database.table_exists(Some("main"), "records")? {
        return refused("it was made without --append, and has no records to add to: delete it, and make it anew with --append".into());
    }
    Ok(())
}

/// From here on nobody else writes.
fn begin(database: &mut Connection) -> Result<Transaction<'_>, Trouble> {
    let work = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    is_feed(&work)?;
    Ok(work)
}

/// What each report said.
fn kept(work: &Transaction) -> Result<BTreeMap<String, Extract>, Trouble> {
    let mut question = work.prepare("SELECT document, extract FROM records")?;
    let rows = question.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut all = BTreeMap::new();
    for row in rows {
        let (document, extract): (String, String) = row?;
        let read = serde_json::from_str(&extract).map_err(|e| {
            Trouble::Refused(format!("its record of {document} cannot be read ({e}): delete it, and make it anew from all reports"))
        })?;
        all.insert(document, read);
    }
    Ok(all)
}

fn keep(work: &Transaction, fresh: &BTreeMap<String, Extract>) -> Result<(), Trouble> {
    let mut record = work.prepare("INSERT OR REPLACE INTO records VALUES (?, ?)")?;
    for (document, extract) in fresh {
        record.execute(params![document, extract.whole().map_err(Error::from)?.to_string()])?;
    }
    Ok(())
}

/// Replaces what every table holds.
fn replace(work: Transaction, fresh: &BTreeMap<String, Extract>, table: &Table) -> Result<(), Trouble> {
    keep(&work, fresh)?;
    sqlite::empty(&work)?;
    sqlite::fill(&work, table)?;
    work.execute_batch("ANALYZE;")?;
    Ok(work.commit()?)
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl Trouble {
    /// In words.
    fn told(self, path: &Path) -> Error {
        let message = match self {
            Self::Other(error) => return error,
            Self::Refused(message) => message,
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => "it is no SQLite database".into(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => busy(),
                _ => error.to_string(),
            },
        };
        Error::Append { path: path.to_owned(), message }
    }
}

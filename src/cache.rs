//! What reports said when they were last read, in a folder, so that a later run reads only those that have changed.
//!
//! In: files, and a folder that earlier runs may have written to. Out: the extract of each report, as [`pipeline::file`]
//! makes it. The hard decision: a file for each report, written whole and named by where the report lies, so that runs need
//! no lock; an entry that is damaged, of another techgraph, of other data or of another state of the report is no entry.

use crate::detect::Options;
use crate::diagnostic::Parsed;
use crate::error::Error;
use crate::export::target::WholeFile;
use crate::gazetteer::Gazetteer;
use crate::input::stamp::Stamp;
use crate::input::walk::FileEntry;
use crate::pipeline;
use crate::record::Extract;
use crate::weights::weights;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use xxhash_rust::xxh3::xxh3_128;

/// Name and version of an entry's layout: this line, then a digest of what it is of and a digest of what follows, 16 bytes
/// each, then an [`Extract`] as JSON.
const ENTRY: &[u8] = b"techgraph/cache/1\n";

/// A folder of entries, for one way of reading reports.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// A digest of all that an extract depends on but the report.
    settings: u128,
}

impl Cache {
    /// The entries in a folder, which is made if there is none, for a gazetteer and options; `program` tells this
    /// techgraph from others of its version.
    ///
    /// # Errors
    /// [`Error::Write`] if there can be no such folder.
    pub fn open(folder: PathBuf, gazetteer: &Gazetteer, options: &Options, program: &str) -> Result<Self, Error> {
        std::fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
        let said = format!("{} {program} {} {options:?} {:?}", env!("CARGO_PKG_VERSION"), gazetteer.digest(), weights());
        Ok(Self { folder, settings: xxh3_128(said.as_bytes()) })
    }

    /// Extracts every file that has changed, calling `each` with what every file says, in the order of `entries`.
    ///
    /// # Errors
    /// Whatever `each` returns.
    pub fn run<E>(
        &self,
        entries: &[FileEntry],
        gazetteer: &Gazetteer,
        options: &Options,
        mut each: impl FnMut(&FileEntry, Parsed<Option<Extract>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let now = SystemTime::now();
        pipeline::in_order(entries, |entry| self.file(entry, now, gazetteer, options), &mut each)
    }

    /// What a file says. What there was to say against it is not kept: it is read again, and said again.
    fn file(&self, entry: &FileEntry, now: SystemTime, gazetteer: &Gazetteer, options: &Options) -> Parsed<Option<Extract>> {
        let place = self.place(&entry.path);
        // Before it is read, so that what is written meanwhile is seen the next time.
        let stamp = Stamp::of(&entry.path).filter(|stamp| stamp.is_settled(now));
        let of = stamp.map(|stamp| self.of(entry, stamp));
        if let Some(extract) = of.and_then(|of| read(&place, of)) {
            return Parsed { value: Some(extract), diagnostics: Vec::new() };
        }
        let parsed = pipeline::file(entry, gazetteer, options);
        if let (Some(of), Some(extract), []) = (of, &parsed.value, parsed.diagnostics.as_slice()) {
            // A report that cannot be kept is read again.
            let _ = write(&place, of, extract);
        }
        parsed
    }

    /// Where the entry of a report is.
    fn place(&self, path: &Path) -> PathBuf {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = format!("{:032x}", xxh3_128(path.as_os_str().as_encoded_bytes()));
        self.folder.join(&name[..2]).join(&name[2..])
    }

    /// A digest of what an entry is of.
    fn of(&self, entry: &FileEntry, stamp: Stamp) -> u128 {
        xxh3_128(format!("{:x} {} {stamp:?}", self.settings, entry.label).as_bytes())
    }
}

/// The extract in an entry that is whole and of what it should be.
fn read(place: &Path, of: u128) -> Option<Extract> {
    let bytes = std::fs::read(place).ok()?;
    let rest = bytes.strip_prefix(ENTRY)?.strip_prefix(&of.to_le_bytes())?;
    let (digest, body) = rest.split_first_chunk::<16>()?;
    (xxh3_128(body).to_le_bytes() == *digest).then(|| serde_json::from_slice(body).ok()).flatten()
}

fn write(place: &Path, of: u128, extract: &Extract) -> Result<(), Error> {
    let body = serde_json::to_vec(&extract.whole()?)?;
    std::fs::create_dir_all(place.parent().unwrap_or(place))?;
    let mut file = WholeFile::create(place)?;
    for part in [ENTRY, &of.to_le_bytes(), &xxh3_128(&body).to_le_bytes(), &body] {
        file.write_all(part)?;
    }
    file.finish()
}

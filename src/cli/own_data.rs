//! The user's own data files: which there are, the gazetteer with them laid over it, and adding to one.
//!
//! In: the files given with `--gazetteer`, entries to add. Out: a [`Gazetteer`]; a file that is as it was, comments and all,
//! with the entries at its end. The hard decision: what is added is read again with all other files before it is written,
//! so that no command can leave a file behind that the next one refuses.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf, absolute};
use techgraph::export::target::WholeFile;
use techgraph::gazetteer::{Gazetteer, load};
use toml::Value;

/// What the file is called that is found by itself.
const NAME: &str = "techgraph.toml";

/// The user's own data files.
pub(super) struct OwnData {
    /// In the order in which they are laid over the gazetteer.
    files: Vec<PathBuf>,
    here: PathBuf,
}

impl OwnData {
    /// The `techgraph.toml` of the working folder or above it, then the files given.
    pub(super) fn new(given: &[PathBuf]) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let found = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
        Self { files: found.into_iter().chain(given.iter().cloned()).collect(), here }
    }

    /// The shipped gazetteer with these files over it.
    pub(super) fn gazetteer(&self) -> anyhow::Result<Gazetteer> {
        self.files.iter().try_fold(Gazetteer::shipped()?, |gazetteer, path| self.overlaid(gazetteer, path, &load::text(path)?))
    }

    /// The file to add to: the one given, else the `techgraph.toml` that counts here, else one in this folder.
    pub(super) fn target(&self, given: Option<&Path>) -> PathBuf {
        let found = || self.files.first().filter(|path| path.file_name().is_some_and(|name| name == NAME)).cloned();
        given.map(Path::to_owned).or_else(found).unwrap_or_else(|| NAME.into())
    }

    /// Adds entries to a file, which is written whole or not at all; gives what was done, in words.
    pub(super) fn add(&self, file: &Path, entries: &[Entry]) -> anyhow::Result<String> {
        let added = entries.iter().map(Entry::to_string).collect::<Vec<_>>().join("\n");
        let old = if file.is_file() { load::text(file)? } else { String::new() };
        let gap = match old.as_str() {
            "" => "",
            old if old.ends_with("\n\n") => "",
            old if old.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let text = format!("{old}{gap}{added}");
        self.check(file, &text)?;
        let mut out = WholeFile::create(file)?;
        out.write_all(text.as_bytes())?;
        out.finish()?;
        let found = file.file_name().is_some_and(|name| name == NAME);
        let hint = if found || self.is_listed(file) { String::new() } else { format!("it counts with --gazetteer {}\n", self.shown(file)) };
        Ok(format!("added to {}:\n{added}{hint}", self.shown(file)))
    }

    fn is_listed(&self, file: &Path) -> bool {
        self.files.iter().any(|path| same(path, file))
    }

    /// Whether a file may hold this text, with the others as they are.
    fn check(&self, file: &Path, text: &str) -> anyhow::Result<()> {
        let all = self.files.iter().map(PathBuf::as_path).chain((!self.is_listed(file)).then_some(file));
        all.into_iter().try_fold(Gazetteer::shipped()?, |gazetteer, path| {
            if same(path, file) { self.overlaid(gazetteer, path, text) } else { self.overlaid(gazetteer, path, &load::text(path)?) }
        })?;
        Ok(())
    }

    fn overlaid(&self, gazetteer: Gazetteer, path: &Path, text: &str) -> anyhow::Result<Gazetteer> {
        Ok(gazetteer.overlaid(&self.shown(path), text)?)
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.here).unwrap_or(path).display().to_string()
    }
}

/// Whether two paths are of one file.
fn same(a: &Path, b: &Path) -> bool {
    matches!((absolute(a), absolute(b)), (Ok(a), Ok(b)) if a == b)
}

/// A table to add to a data file.
pub(super) struct Entry {
    /// The list that it belongs to: `technology`, `correct`.
    table: &'static str,
    fields: Vec<(&'static str, Value)>,
    /// Lines of comment above it.
    remarks: Vec<String>,
}

impl Entry {
    pub(super) fn new(table: &'static str) -> Self {
        Self { table, fields: Vec::new(), remarks: Vec::new() }
    }

    /// The same with a line of comment above it, which holds no control characters.
    pub(super) fn remarked(mut self, line: &str) -> Self {
        self.remarks.push(line.to_owned());
        self
    }

    /// The same with a field, if there is a value for it; empty lists and `false` need not be written.
    pub(super) fn with<T: Into<Value>>(mut self, field: &'static str, value: Option<T>) -> Self {
        let says = |value: &Value| !matches!(value, Value::Boolean(false)) && value.as_array().is_none_or(|list| !list.is_empty());
        self.fields.extend(value.map(Into::into).filter(says).map(|value| (field, value)));
        self
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.remarks.iter().try_for_each(|line| writeln!(f, "# {line}"))?;
        writeln!(f, "[[{}]]", self.table)?;
        self.fields.iter().try_for_each(|(field, value)| writeln!(f, "{field} = {value}"))
    }
}

//! Which files to read: the ones given, and those in the folders given.
//!
//! In: paths from the command line. Out: [`FileEntry`]s sorted by label, and a diagnostic for each path that is none.
//! Folders are read recursively, honouring `.gitignore`; hidden files are passed over, and links, which could lead round in
//! a circle or out of the folder. Nothing here waits: pipes and the like are never opened.

use super::Format;
use crate::diagnostic::{Diagnostic, Parsed};
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// How many bytes a file of patterns may have.
const PATTERNS: u64 = 1 << 20;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called in every output: its path relative to the root that was given, with `/` on every system.
    pub label: String,
    /// How to read it.
    pub format: Format,
}

/// The files behind `paths`, sorted by label; a file reached twice counts once. Where roots hold files of one name, each is
/// called by the path it was given with, whatever the order of the roots.
pub fn files(paths: &[PathBuf]) -> Parsed<Vec<FileEntry>> {
    let mut diagnostics = Vec::new();
    let mut found: BTreeMap<String, Vec<(FileEntry, &Path)>> = BTreeMap::new();
    for root in paths {
        let entries = match std::fs::metadata(root) {
            Ok(meta) if meta.is_dir() => folder(root, &mut diagnostics),
            Ok(meta) if meta.is_file() => single(root, &mut diagnostics),
            Ok(_) => {
                let message = "is neither a file nor a folder";
                diagnostics.push(Diagnostic::error("unreadable", &shown(root), message));
                Vec::new()
            }
            Err(error) => {
                let help = if !cfg!(windows) && shown(root).contains('\\') { "write `/` between folders" } else { "check the path" };
                diagnostics.push(Diagnostic::error("unreadable", &shown(root), plain(&error)).help(help));
                Vec::new()
            }
        };
        for entry in entries {
            let named = found.entry(entry.label.clone()).or_default();
            if !named.iter().any(|(other, _)| same(&other.path, &entry.path)) {
                named.push((entry, root));
            }
        }
    }
    let mut value: Vec<FileEntry> = Vec::new();
    for named in found.into_values() {
        let twins = named.len() > 1;
        value.extend(named.into_iter().map(|(entry, root)| if twins { qualified(entry, root) } else { entry }));
    }
    value.sort_by(|a, b| a.label.cmp(&b.label));
    value.dedup_by(|again, first| {
        let twins = again.label == first.label;
        if twins {
            let message = format!("is called `{}` in every output, as another report is", again.label);
            diagnostics.push(Diagnostic::error("same-name", &shown(&again.path), message).help("give it another name"));
        }
        twins
    });
    Parsed { value, diagnostics }
}

/// The entry called by the path it was given with.
fn qualified(entry: FileEntry, root: &Path) -> FileEntry {
    let base = if root.is_dir() { Some(root) } else { root.parent() };
    let base = base.map(slashed).filter(|b| !b.is_empty()).map(|b| format!("{b}/")).unwrap_or_default();
    FileEntry { label: format!("{}{}", base.trim_start_matches("./"), entry.label), ..entry }
}

fn same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn single(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<FileEntry> {
    let Some(format) = Format::of(path) else {
        let message = "is in a format that techgraph does not read";
        diagnostics
            .push(Diagnostic::error("unsupported", &shown(path), message).help("give Markdown or plain text (.md, .markdown, .txt)"));
        return Vec::new();
    };
    let label = path.file_name().map(named).unwrap_or_else(|| shown(path));
    vec![FileEntry { path: path.to_owned(), label, format }]
}

fn folder(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<FileEntry> {
    let mut entries = Vec::new();
    let (tell, told) = mpsc::channel();
    // The walker asks about what lies in a folder, and reads the patterns of the folder itself and of those above.
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    if let Some(trap) = whole.ancestors().find_map(trap) {
        diagnostics.push(trapped(&trap));
        return entries;
    }
    let mut walk = WalkBuilder::new(root);
    // What one user has set up for git must not change what another reads.
    walk.require_git(false).git_global(false).filter_entry(move |entry| {
        let trap = entry.file_type().filter(std::fs::FileType::is_dir).and_then(|_| trap(entry.path()));
        trap.is_none_or(|trap| tell.send(trap).is_err())
    });
    for entry in walk.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                let path = entry.into_path();
                if let Some(format) = Format::of(&path) {
                    let label = slashed(path.strip_prefix(root).unwrap_or(&path));
                    entries.push(FileEntry { path, label, format });
                }
            }
            Ok(entry) if entry.path_is_symlink() && Format::of(entry.path()).is_some() && entry.path().is_file() => {
                let message = "is a link, and links in folders are not followed";
                diagnostics.push(Diagnostic::warning("link", &shown(entry.path()), message).help("give what it leads to as a PATH"));
            }
            Ok(_) => {}
            Err(error) => diagnostics.push(Diagnostic::error("unreadable", &shown(root), error.to_string())),
        }
    }
    diagnostics.extend(told.try_iter().map(|trap| trapped(&trap)));
    entries
}

/// What is called like a list of patterns in a folder, and cannot be read as one: a pipe would be waited for without end.
fn trap(folder: &Path) -> Option<PathBuf> {
    let files = [".gitignore", ".ignore"].map(|name| folder.join(name)).into_iter();
    files
        .chain([folder.join(".git/info/exclude")])
        .find(|file| std::fs::metadata(file).is_ok_and(|about| !about.is_dir() && (!about.is_file() || about.len() > PATTERNS)))
}

fn trapped(file: &Path) -> Diagnostic {
    let message = "is no list of patterns, so the folder that it lies in is not read";
    Diagnostic::error("unreadable", &shown(file), message).help("remove it, or give the reports themselves")
}

/// A path with `/` on every system.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|c| named(c.as_os_str())).collect();
    parts.join("/").replace("//", "/")
}

/// A name as text: bytes that are no UTF-8, and control characters, as `%1B`.
fn named(name: &OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                out.extend(c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")));
            } else {
                out.push(c);
            }
        }
        out.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    out
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// An error in words that do not depend on the system's number for it.
pub(super) fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "may not be read".into(),
        _ => error.to_string(),
    }
}

//! Which files to read: the ones given, and those in the folders given.
//!
//! In: paths from the command line. Out: [`FileEntry`]s sorted by label, and a diagnostic for each path that is none.
//! Folders are read recursively, honouring `.gitignore`; hidden files are passed over.

use super::Format;
use crate::diagnostic::{Diagnostic, Parsed};
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
                diagnostics.push(Diagnostic::error("unreadable", &shown(root), plain(&error)).help("check the path"));
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
    let label = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| shown(path));
    vec![FileEntry { path: path.to_owned(), label, format }]
}

fn folder(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<FileEntry> {
    let mut entries = Vec::new();
    for entry in WalkBuilder::new(root).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                let path = entry.into_path();
                if let Some(format) = Format::of(&path) {
                    let label = slashed(path.strip_prefix(root).unwrap_or(&path));
                    entries.push(FileEntry { path, label, format });
                }
            }
            Ok(_) => {}
            Err(error) => diagnostics.push(Diagnostic::error("unreadable", &shown(root), error.to_string())),
        }
    }
    entries
}

/// A path with `/` on every system.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/").replace("//", "/")
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

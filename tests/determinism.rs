//! The same input gives the same bytes: on one thread and on four, with the files in any order, run after run.
//!
//! Each run is a process of its own, so that nothing that a process makes up (addresses, seeds of hashes) can hide.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use techgraph::export::format::{Format, built};
use tempfile::TempDir;

#[test]
fn threads_and_the_order_of_files_leave_no_trace() {
    let reports = reports();
    assert!(reports.len() > 10, "there are too few reports to shuffle: {reports:?}");
    let first = extracted(&reports, 1);
    let backwards: Vec<PathBuf> = reports.iter().rev().cloned().collect();
    let (even, odd): (Vec<_>, Vec<_>) = reports.iter().cloned().enumerate().partition(|(i, _)| i % 2 == 0);
    let interleaved: Vec<PathBuf> = odd.into_iter().chain(even).map(|(_, path)| path).collect();
    for (what, order, threads) in [
        ("a second run", &reports, 1),
        ("four threads", &reports, 4),
        ("files from the last to the first", &backwards, 1),
        ("shuffled files on four threads", &interleaved, 4),
    ] {
        same(&first, &extracted(order, threads), what);
    }
}

#[test]
fn locale_time_zone_and_home_leave_no_trace() {
    let home = TempDir::new().expect("a temporary folder");
    // What one user's git ignores everywhere is no business of another's.
    std::fs::create_dir_all(home.path().join("git")).expect("a folder can be made");
    std::fs::write(home.path().join("git/ignore"), "*.md\n").expect("a file can be written");
    let folders = ["data/samples", "tests/corpus"].map(|folder| root().join(folder));
    let (here, there) = (extracted(&folders, 2), home.path().as_os_str());
    for (locale, zone) in [("C", "UTC"), ("tr_TR.UTF-8", "Pacific/Kiritimati"), ("ko_KR.EUC-KR", "Pacific/Midway")] {
        let surroundings =
            [("LC_ALL", locale.as_ref()), ("LANG", locale.as_ref()), ("TZ", zone.as_ref()), ("HOME", there), ("XDG_CONFIG_HOME", there)];
        same(&here, &extracted_in(&folders, 2, &surroundings), &format!("{locale} and {zone}"));
    }
}

#[test]
fn the_order_of_folders_leaves_no_trace() {
    let folders = [root().join("data/samples"), root().join("tests/corpus")];
    let backwards = [folders[1].clone(), folders[0].clone()];
    same(&extracted(&folders, 4), &extracted(&backwards, 4), "two folders in the other order");
}

#[test]
fn files_of_one_name_keep_their_names_whatever_their_order() {
    let place = TempDir::new().expect("a temporary folder");
    let folders = ["one", "two"].map(|name| place.path().join(name));
    for (folder, technology) in folders.iter().zip(["Kafka", "Redis"]) {
        std::fs::create_dir(folder).expect("a folder can be made");
        std::fs::write(folder.join("day.md"), format!("# Notes\n\n## 1. About {technology}\n\n{technology} it was.\n"))
            .expect("a file can be written");
    }
    let backwards = [folders[1].clone(), folders[0].clone()];
    same(&extracted(&folders, 1), &extracted(&backwards, 1), "two files of one name in the other order");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The samples and the corpus, file by file.
fn reports() -> Vec<PathBuf> {
    let mut reports = Vec::new();
    for folder in ["data/samples", "tests/corpus"] {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder can be listed");
        reports.extend(entries.map(|entry| entry.expect("the folder can be listed").path()));
    }
    reports.retain(|path| path.extension().is_some_and(|e| e == "md"));
    reports.sort();
    reports
}

/// The bytes of each format, but for PNG, whose text is drawn with what fonts the system has: it is the SVG drawn.
fn extracted(paths: &[PathBuf], threads: usize) -> Vec<(&'static str, Vec<u8>)> {
    extracted_in(paths, threads, &[])
}

fn extracted_in(paths: &[PathBuf], threads: usize, surroundings: &[(&str, &OsStr)]) -> Vec<(&'static str, Vec<u8>)> {
    let place = TempDir::new().expect("a temporary folder");
    let outputs: Vec<(&str, PathBuf)> = built()
        .filter(|about| about.format != Format::Png)
        .map(|about| (about.name, place.path().join("out").with_extension(about.name)))
        .collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    command.args(["--quiet", "--threads", &threads.to_string(), "extract"]).args(paths).envs(surroundings.iter().copied());
    outputs.iter().for_each(|(_, path)| {
        command.arg("-o").arg(path);
    });
    let done = command.output().expect("techgraph runs");
    assert!(done.status.success(), "techgraph ended with {}: {}", done.status, String::from_utf8_lossy(&done.stderr));
    outputs.into_iter().map(|(format, path)| (format, written(&path))).collect()
}

/// The bytes of a file, or of the files of a folder one after the other.
fn written(path: &Path) -> Vec<u8> {
    if !path.is_dir() {
        return std::fs::read(path).expect("the output was written");
    }
    let entries = std::fs::read_dir(path).expect("the folder can be listed");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.sort();
    files.iter().flat_map(|file| std::fs::read(file).expect("the output was written")).collect()
}

fn same(first: &[(&str, Vec<u8>)], second: &[(&str, Vec<u8>)], what: &str) {
    for ((format, a), (_, b)) in first.iter().zip(second) {
        assert!(!a.is_empty(), "the {format} output is empty");
        if a == b {
            continue;
        }
        let (a, b) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
        let line = a.lines().zip(b.lines()).position(|(x, y)| x != y).unwrap_or(0);
        let at = |text: &str| text.lines().nth(line).unwrap_or("(no such line)").chars().take(300).collect::<String>();
        panic!("{what}: the {format} output differs from line {} on:\n{}\n{}", line + 1, at(&a), at(&b));
    }
}

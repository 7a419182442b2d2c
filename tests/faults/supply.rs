//! The supply chain: which libraries there are and why, which Rust they need, and that none of the project's own code is unsafe.
//!
//! In: Cargo.toml, ARCHITECTURE.md, what cargo knows of the dependencies, the project's own sources. `cargo deny check`, which
//! `.ci/run` runs, looks at licences, sources and what is known to be wrong with them.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml::Table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_library_is_listed_with_its_reason() {
    let manifest: Table = read("Cargo.toml").parse().expect("it is TOML");
    let text = read("ARCHITECTURE.md");
    let table = text.split("## Libraries").nth(1).expect("ARCHITECTURE.md has a chapter about libraries");
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| line.starts_with("| ")).map(|line| line.split('|').map(str::trim).collect()).collect();
    let is_named = |library: &str| {
        let words = |cell: &str| cell.split([',', ' ']).any(|word| word == library);
        rows.iter().any(|cells| cells.get(2).is_some_and(|cell| words(cell)) && cells.get(3).is_some_and(|why| !why.is_empty()))
    };
    let unix = manifest["target"]["cfg(unix)"]["dependencies"].as_table().expect("a table");
    let lists = ["dependencies", "build-dependencies", "dev-dependencies"].map(|list| manifest[list].as_table().expect("a table"));
    let all = lists.into_iter().chain([unix]).flat_map(Table::keys);
    let missing: Vec<&String> = all.filter(|library| !is_named(library)).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md says of no row why there is {missing:?}");
}

#[test]
fn the_rust_that_is_asked_for_is_enough_for_every_library() {
    let mut cargo = Command::new(env!("CARGO"));
    let done =
        cargo.args(["metadata", "--format-version", "1", "--locked", "--all-features"]).current_dir(root()).output().expect("cargo runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let about: Value = serde_json::from_slice(&done.stdout).expect("it is JSON");
    let version = |text: &str| text.split('.').map(|part| part.parse().expect("a number")).collect::<Vec<u32>>();
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = about["packages"].as_array().expect("a list");
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        let needed = package["rust_version"].as_str().unwrap_or("1.0");
        assert!(version(needed) <= ours, "{} needs Rust {needed}, and Cargo.toml says {ours:?}", package["name"]);
    }
}

#[test]
fn nothing_of_our_own_is_unsafe() {
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let lints: Table = read(manifest).parse().expect("it is TOML");
        assert_eq!(lints["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"), "{manifest}");
    }
    // What Cargo.toml forbids holds for the build script and the tests as well; this sees what it does not reach.
    let unsafe_word = ["un", "safe"].concat();
    let mut folders: Vec<PathBuf> = ["src", "tests", "fuzz"].iter().map(|folder| root().join(folder)).collect();
    let mut files = vec![root().join("build.rs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            let is_foreign = path.ends_with("node_modules") || path.ends_with("fuzz/target");
            match path.is_dir() {
                true if !is_foreign => folders.push(path),
                false if path.extension().is_some_and(|e| e == "rs") => files.push(path),
                _ => {}
            }
        }
    }
    assert!(files.len() > 150, "only {} files were found", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        for form in [" {", " fn", " impl", " extern"] {
            assert!(!text.contains(&format!("{unsafe_word}{form}")), "{}", file.display());
        }
    }
}

#[test]
fn what_ci_runs_is_there() {
    let run = read(".ci/run");
    assert!(root().join("deny.toml").is_file() && run.contains("cargo deny"), ".ci/run looks at no dependency");
    assert!(root().join("SECURITY.md").is_file());
}

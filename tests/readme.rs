//! README.md says what is so: each `techgraph …` command of its `console` and `sh` blocks runs and ends well, writes the
//! files that it names, and `.ci/run` runs the tests as the README does.
//!
//! In a `console` block a command stands after `$ `, in a `sh` block each line is one. They run in a copy of `data/`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use techgraph::export::format::FORMATS;
use tempfile::TempDir;

#[test]
fn the_commands_of_the_readme_run() {
    let place = TempDir::new().expect("a temporary folder");
    for folder in ["data", "tests/names"] {
        copied(&root().join(folder), &place.path().join(folder));
    }
    let mut wrong = Vec::new();
    let lines = commands();
    // Before it is installed, the command runs through cargo.
    let built =
        lines.iter().map(|line| line.strip_prefix("cargo run --release -- ").map_or(line.clone(), |rest| format!("techgraph {rest}")));
    let own: Vec<String> = built.filter(|line| line.starts_with("techgraph ")).collect();
    assert!(!own.is_empty(), "README.md shows no command that starts with `$ techgraph `");
    for line in own {
        let words = words(&line);
        if words.iter().any(|w| w == "--layout") && Command::new("dot").arg("-V").output().is_err() {
            continue;
        }
        let (status, said) = ended(&words, place.path());
        if !status.success() {
            wrong.push(format!("`{line}` ends with {status}: {said}"));
        }
        for file in outputs(&words).into_iter().filter(|file| !place.path().join(file).exists()) {
            wrong.push(format!("`{line}` did not write {file}"));
        }
    }
    assert!(wrong.is_empty(), "README.md shows what is not so:\n{}", wrong.join("\n"));
}

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let run = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).args(arguments).current_dir(root()).output().expect("techgraph runs");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let printed =
        [run(&["mentions", "data/samples/2024-haneul-conf.md", "--explain", "--only", "go"]), run(&["eval", "tests/names", "--brief"])];
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md stands beside Cargo.toml");
    let shown: Vec<&str> = readme.split("```text\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert_eq!(shown.len(), printed.len(), "README.md shows another number of outputs than this test knows");
    for (block, printed) in shown.iter().zip(&printed) {
        for line in block.lines() {
            let told = line.split('…').next().unwrap_or(line);
            assert!(printed.lines().any(|printed| printed.starts_with(told)), "README.md shows what is not printed: {line}");
        }
    }
}

#[test]
fn every_format_stands_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md stands beside Cargo.toml");
    let rows: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()).collect();
    for about in FORMATS {
        let name = format!("`{}`", about.name);
        assert!(rows.iter().any(|row| row.contains(&name)), "README.md has no row about the format {name}");
    }
}

#[test]
fn continuous_integration_runs_the_tests_as_the_readme_does() {
    let lines = commands();
    let tests: Vec<&String> = lines.iter().filter(|line| line.starts_with("cargo test")).collect();
    assert!(!tests.is_empty(), "README.md does not show how to run the tests: a `cargo test` line in a `sh` block");
    let run = std::fs::read_to_string(root().join(".ci/run")).expect(".ci/run stands in the repository");
    for line in tests {
        assert!(run.contains(line.as_str()), "README.md shows `{line}`, and .ci/run runs something else");
    }
}

#[test]
fn the_reader_of_commands_reads_as_a_shell_does() {
    assert_eq!(words("techgraph a 'b c' \"d e\"f | head"), ["techgraph", "a", "b c", "d ef"]);
    assert_eq!(words("techgraph extract x > out.json"), ["techgraph", "extract", "x"]);
    assert_eq!(outputs(&words("t -o a.svg --output=b.json -oc.dot --output d.svg")), ["a.svg", "b.json", "c.dot", "d.svg"]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command to its end; one that goes on until it is stopped is stopped once it says so. What it ends with, and has said.
fn ended(words: &[String], place: &Path) -> (ExitStatus, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    command.args(&words[1..]).current_dir(place);
    if !matches!(words[1].as_str(), "serve" | "watch") {
        let done = command.output().expect("techgraph runs");
        return (done.status, String::from_utf8_lossy(&done.stderr).into_owned());
    }
    let mut running = command.stderr(Stdio::piped()).spawn().expect("techgraph runs");
    let mut said = BufReader::new(running.stderr.take().expect("it says something")).lines().map_while(Result::ok);
    let last = said.find(|line| line.contains("Ctrl-C stops")).unwrap_or_default();
    let _ = Command::new("kill").arg(running.id().to_string()).status();
    (running.wait().expect("it ends"), last)
}

/// Copies a folder and all that is in it.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("a folder can be listed") {
        let path = entry.expect("a folder can be listed").path();
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copied(&path, &copy);
        } else {
            std::fs::copy(&path, copy).expect("a file can be copied");
        }
    }
}

/// The command lines of the README, those that a backslash continues as one.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("README.md")).expect("README.md stands beside Cargo.toml");
    let mut commands: Vec<String> = Vec::new();
    let mut block = None;
    let mut goes_on = false;
    for line in text.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            block = if block.is_none() { Some(info.trim()) } else { None };
            continue;
        }
        let shown = match (block, line.strip_prefix("$ ")) {
            (Some("console" | "sh"), Some(command)) => command,
            (Some("console" | "sh"), None) if goes_on => line.trim_start_matches("> ").trim_start(),
            (Some("sh"), None) if !line.is_empty() && !line.starts_with('#') => line,
            _ => continue,
        };
        let (bare, more) = shown.strip_suffix('\\').map_or((shown, false), |bare| (bare, true));
        match commands.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(bare),
            None => commands.push(bare.trim_end().to_owned() + if more { " " } else { "" }),
        }
        goes_on = more;
    }
    commands
}

/// The words of a command up to the first pipe, redirection or comment.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open: Option<char> = None;
    let mut fresh = true;
    for c in line.chars() {
        match (open, c) {
            (Some(quote), c) if quote == c => open = None,
            (None, '\'' | '"') => {
                open = Some(c);
                if fresh {
                    words.push(String::new());
                }
                fresh = false;
            }
            (None, '|' | '>' | '<' | ';') => break,
            (None, '#') if fresh => break,
            (None, c) if c.is_whitespace() => fresh = true,
            (_, c) => {
                if fresh {
                    words.push(String::new());
                }
                fresh = false;
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words
}

/// The files that a command says it writes.
fn outputs(words: &[String]) -> Vec<&str> {
    let mut files = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if word == "-o" || word == "--output" {
            files.extend(words.get(index + 1).map(String::as_str));
        } else if let Some(file) = word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o").filter(|f| !f.is_empty())) {
            files.push(file);
        }
    }
    files
}

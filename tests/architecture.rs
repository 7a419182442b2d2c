//! The house of ARCHITECTURE.md, held: who may import whom, who may touch the disk, who may print.
//!
//! In: the source files, as text. The code is read without comments, strings and test modules, so that only what runs
//! counts. Each failure says how to mend it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A room of the house: a module of the crate, and what it may use beside the ground floor.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
}

/// What every room may use: the nouns, which use each other alone, and the weights.
const GROUND: &str = "diagnostic document entity error feature memo mention offset_map pattern proposal record source span talk weights";

/// The rooms above the ground, from the highest floor down; a room may use none that stands above it.
const ROOMS: [Room; 16] = [
    Room { name: "serve", may_use: &["reports", "export", "analysis", "graph", "gazetteer", "detect", "input", "normalize"] },
    Room { name: "cache", may_use: &["pipeline", "export", "detect", "input", "gazetteer"] },
    Room { name: "reports", may_use: &["pipeline", "detect", "input", "gazetteer"] },
    Room { name: "pipeline", may_use: &["input", "segment", "detect", "discovery", "gazetteer", "language", "normalize"] },
    Room { name: "evaluation", may_use: &["input", "segment", "detect", "gazetteer", "language", "normalize"] },
    Room { name: "export", may_use: &["analysis", "layout", "graph", "language", "normalize"] },
    Room { name: "detect", may_use: &["gazetteer", "input", "language", "normalize"] },
    Room { name: "discovery", may_use: &["gazetteer", "normalize"] },
    Room { name: "analysis", may_use: &["graph", "gazetteer"] },
    Room { name: "layout", may_use: &["normalize"] },
    Room { name: "segment", may_use: &["gazetteer", "language", "dates", "normalize"] },
    Room { name: "graph", may_use: &["gazetteer", "normalize"] },
    Room { name: "input", may_use: &["language", "dates", "normalize"] },
    Room { name: "gazetteer", may_use: &["language", "normalize"] },
    Room { name: "language", may_use: &["normalize"] },
    Room { name: "dates", may_use: &[] },
];

/// The room at the bottom of those above the ground.
const FOLDING: Room = Room { name: "normalize", may_use: &[] };

/// The files that may touch the disk, or start or end a process.
const DISK: [&str; 14] = [
    "cache.rs",
    "cli/own_data.rs",
    "cli/stop.rs",
    "export/beside.rs",
    "export/dot.rs",
    "export/feed.rs",
    "export/hold.rs",
    "export/stored.rs",
    "export/target.rs",
    "gazetteer/load.rs",
    "graph/store.rs",
    "input/mod.rs",
    "input/stamp.rs",
    "input/walk.rs",
];

/// What touching the disk or starting a process looks like.
const TOUCHES: [&str; 11] = [
    "fs::",
    "File::",
    "process::",
    "NamedTempFile",
    "tempfile::",
    "WalkBuilder",
    "exec_dot",
    ".canonicalize(",
    ".metadata(",
    ".exists()",
    ".read_dir(",
];

/// What printing looks like, and taking what is not handed in.
const PRINTS: [&str; 8] = ["print!(", "println!(", "eprint!(", "eprintln!(", "dbg!(", "io::stdout(", "io::stderr(", "io::stdin("];

#[test]
fn no_room_imports_one_that_it_may_not_use() {
    let rooms = rooms();
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|f| !f.is_binary() && f.path != "lib.rs") {
        let room = file.room();
        let Some(allowed) = rooms.get(room) else {
            wrong.push(format!(
                "src/{}: the room `{room}` is on no floor: add it to ARCHITECTURE.md and to tests/architecture.rs",
                file.path
            ));
            continue;
        };
        for used in imports(&file.code).iter().filter(|used| **used != room && !allowed.contains(used.as_str())) {
            let advice =
                "move the code to the room that needs it, or hand the value in; if the house is wrong, mend ARCHITECTURE.md with it";
            wrong.push(format!("src/{}: `{room}` uses `crate::{used}`, which is not beneath it: {advice}", file.path));
        }
    }
    none(&wrong);
}

#[test]
fn the_binary_stands_on_the_librarys_public_face() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|f| f.is_binary()) {
        for used in imports(&file.code).iter().filter(|used| *used != "cli") {
            wrong.push(format!("src/{}: `crate::{used}`: the binary uses the library as `techgraph::{used}`", file.path));
        }
    }
    none(&wrong);
}

#[test]
fn every_import_is_written_from_the_root() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|f| !f.is_binary()) {
        let outside = if file.path.contains('/') && !file.path.ends_with("/mod.rs") { "super::super::" } else { "super::" };
        if file.code.contains(outside) {
            wrong.push(format!("src/{}: `{outside}` leaves the room: write `crate::…`, so that the test of the floors sees it", file.path));
        }
    }
    none(&wrong);
}

#[test]
fn architecture_md_says_the_same() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md stands beside Cargo.toml");
    let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in text.lines().filter(|l| l.starts_with("| ") && l.chars().nth(2).is_some_and(|c| c.is_ascii_digit())) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, _, rooms, used, ..] = cells.as_slice() else { continue };
        let mut named = ticked(used);
        if used.contains("and below") {
            named.extend(["language", "normalize"].map(str::to_owned));
        }
        for room in ticked(rooms) {
            written.insert(room, named.clone());
        }
    }
    assert!(!written.is_empty(), "ARCHITECTURE.md has no table of floors: rows of `| 3 | `room` | `room` it may use |`");
    let mut wrong = Vec::new();
    for room in ROOMS.iter().chain([&FOLDING]) {
        let held: BTreeSet<String> = room.may_use.iter().map(|&u| u.to_owned()).collect();
        match written.get(room.name) {
            None => wrong.push(format!("ARCHITECTURE.md gives `{}` no floor", room.name)),
            Some(named) if *named != held => {
                wrong.push(format!("ARCHITECTURE.md lets `{}` use {named:?}, tests/architecture.rs {held:?}: make them agree", room.name));
            }
            Some(_) => {}
        }
    }
    let modules: BTreeSet<String> = sources().iter().filter(|f| f.path != "lib.rs").map(|f| f.room().to_owned()).collect();
    for module in modules {
        let named = [format!("`{module}/`"), format!("`{module}.rs`")].iter().any(|name| text.contains(name));
        if !named {
            wrong.push(format!("ARCHITECTURE.md does not say what `{module}` is: add a row to its table of rooms"));
        }
    }
    none(&wrong);
}

#[test]
fn only_the_named_files_touch_the_disk() {
    let mut wrong = Vec::new();
    for file in sources() {
        // An exit code is a value.
        let code = file.code.replace("process::ExitCode", "ExitCode");
        let named = |touch: &str| code.match_indices(touch).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        for touch in TOUCHES.iter().filter(|touch| named(touch) && !DISK.contains(&file.path.as_str())) {
            wrong.push(format!("src/{}: `{touch}`: only {} touch the disk; hand the bytes in", file.path, DISK.join(", ")));
        }
    }
    let sources = sources();
    let gone = DISK.iter().filter(|path| !sources.iter().any(|f| f.path == **path));
    wrong.extend(gone.map(|path| format!("src/{path} is gone: take it from the list in tests/architecture.rs")));
    none(&wrong);
}

#[test]
fn nothing_in_the_library_prints() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|f| !f.is_binary()) {
        for print in PRINTS.iter().filter(|print| file.code.contains(*print)) {
            wrong.push(format!("src/{}: `{print}…`: return a Diagnostic, or write to the `out` that is handed in", file.path));
        }
    }
    none(&wrong);
}

#[test]
fn nothing_unwraps() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (number, line) in file.code.lines().enumerate().filter(|(_, line)| line.contains(".unwrap()")) {
            let advice = "return the error, or `expect` with a reason where it cannot be";
            wrong.push(format!("src/{}:{}: `{}`: {advice}", file.path, number + 1, line.trim()));
        }
    }
    none(&wrong);
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent = sources().into_iter().filter(|f| !f.text.starts_with("//! "));
    let wrong: Vec<String> =
        silent.map(|f| format!("src/{}: open it with `//!`: what it is for, what comes in, what goes out", f.path)).collect();
    none(&wrong);
}

#[test]
fn the_reader_of_code_sees_code_alone() {
    let source = "use crate::{a::B, c};\n// crate::d\nlet s = \"crate::e \\\" {\"; let r = r#\"crate::f\"#;\nlet c = '\"'; crate::g::h::<'a>();\n/* crate::i */\n#[cfg(test)]\nmod tests { use crate::j; fn x() { \"}\" } }\nfn last() { crate::k() }\n";
    let code = code(source);
    assert_eq!(imports(&code), ["a", "c", "g", "k"].map(str::to_owned).into());
    assert_eq!(code.lines().count(), source.lines().count(), "lines must keep their numbers");
}

/// A source file.
struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    text: String,
    /// The text without comments, contents of strings and test modules; as many lines.
    code: String,
}

impl Source {
    /// The module of the crate that it belongs to.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    fn is_binary(&self) -> bool {
        ["main", "cli"].contains(&self.room())
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file, sorted by path.
fn sources() -> Vec<Source> {
    let mut folders = vec![root().join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file can be read");
                let below = path.strip_prefix(root().join("src")).expect("a source file lies in src");
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                sources.push(Source { path: parts.join("/"), code: code(&text), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 20, "only {} source files were found", sources.len());
    sources
}

/// What each room may use, the ground floor included.
fn rooms() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let ground = || GROUND.split(' ');
    let above = ROOMS.iter().chain([&FOLDING]).map(|room| (room.name, room.may_use.iter().copied().chain(ground()).collect()));
    above.chain(ground().map(|noun| (noun, ground().collect()))).collect()
}

/// The modules of the crate that code names, as `crate::a::B` or `crate::{a::B, c}`.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || "_$".contains(c)) {
            continue;
        }
        let rest = &code[at + path.len()..];
        let name = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group).iter().map(|member| name(member))),
            None => {
                found.insert(name(rest));
            }
        }
    }
    found
}

/// The members of a group `a::{B, C}, d}`, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 0_usize;
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => members.push(String::new()),
            c => {
                depth = if c == '{' { depth + 1 } else { depth - usize::from(c == '}') };
                if let Some(member) = members.last_mut() {
                    member.push(c);
                }
            }
        }
    }
    members.retain(|member| !member.trim().is_empty());
    members
}

/// Blanks what is no code: comments, what strings hold, test modules.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = raw_string(rest).filter(|_| !out.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        let blank = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |n| n + 2)
        } else if let Some(length) = raw {
            length
        } else if c == '"' {
            quoted(rest)
        } else if c == '\'' {
            character(rest)
        } else {
            0
        };
        if blank == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.extend(rest[..blank].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[blank..];
        }
    }
    without_tests(&out)
}

/// Length of the string literal that opens `text`.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of the raw string literal that opens `text`, if one does.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&close).map_or(text.len(), |n| 2 + hashes + n + close.len()))
}

/// Length of the character literal that opens `text`; 0 if the quotation mark opens a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(0, |n| n + 4),
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// Blanks every item below `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let open = out[start..].find('{').map_or(out.len(), |n| start + n);
        let mut depth = 0_usize;
        let mut end = out.len();
        for (at, c) in out[open..].char_indices() {
            depth = if c == '{' { depth + 1 } else { depth - usize::from(c == '}') };
            if depth == 0 {
                end = open + at + 1;
                break;
            }
        }
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The words between backticks.
fn ticked(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

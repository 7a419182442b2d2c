//! Hostile reports: nothing that a report says works on a terminal, runs in a page or picture, or is a formula in a table.
//!
//! In: a report whose every part tries to. Out: what every command prints, on a terminal and elsewhere, and every format.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use techgraph::export::format::{Format, Holds, Shape, built};
use tempfile::TempDir;

/// What a terminal would do something about: an escape sequence by ESC and by the one character of it, the window's title,
/// a line gone back over, text turned around. By itself and by number, since Markdown and YAML know it by that.
const WORKS: [&str; 6] = ["\u{1b}[31m", "\u{9b}31m", "\u{1b}]0;title\u{7}", "\u{8}\u{8}", "\u{202e}", "\u{7f}"];

fn report() -> String {
    let all = WORKS.concat();
    let numbered = "&#27;[31m&#x9b;31m&#7;&#x202e;&#127;";
    format!(
        "---\ntitle: \"밋업 \\e[31m\\x9b{numbered} 후기\"\ntags: [\"=cmd|' /C calc'!A0\"]\n---\n\n# 모래톱{all} 밋업{numbered} 2021 후기\n\n\
         ## 1. 카프카{all}{numbered} 이야기 - 남보라{all} (Kakao{all})\n\n\
         Kafka{all}와 `Redis{all}`{numbered}, 사내 플랫폼 조프{all}Zorp를 썼다. 굴프{all}(Gulp)도.\n\
         [슬라이드{all}](https://a.example/{numbered}) [x](javascript:alert(1)) <a href=\"javascript:alert(2)\">y</a>\n\n\
         ## 2. =HYPERLINK(\"http://a.example\") - +남보라 (@Kakao)\n\n<script>alert(3)</script><img src=x onerror=alert(4)> -Kubernetes \
         </title></svg><svg onload=alert(5)>]]>\n\n## 3. \"><script>alert(6)</script>{all} - 하늘빛 (LINE)\n\nGo{all}루틴, kakfa, Spring\u{85}Boot.\n"
    )
}

fn place() -> TempDir {
    let place = TempDir::new().expect("a temporary folder");
    fs::create_dir(place.path().join("in")).expect("a folder can be made");
    for (name, text) in [("a.md", report()), ("b\u{1b}[31m\u{9b}.md", report().replace("모래톱", "자갈밭"))] {
        fs::write(place.path().join("in").join(name), text).expect("a file can be written");
    }
    // Broken bytes and front matter, so that messages quote the report.
    let broken = [report().replace("title: \"", "title: [").as_bytes(), b"\xff\x1b[31m\n"].concat();
    fs::write(place.path().join("in/broken.md"), broken).expect("a file can be written");
    let own = "[[technology]]\nid = \"zorp\"\nname = \"Zo\\u001b[31m\\u009brp\"\naliases = [\"Zorp\"]\ncategory = \"platform\"\n";
    fs::write(place.path().join("own.toml"), own).expect("a file can be written");
    place
}

/// Whether a terminal would do something about a character, beside what techgraph itself colours with.
fn working(text: &str) -> Option<String> {
    let mut rest = text.to_owned();
    for style in ["0", "1", "2", "36", "1m\u{1b}[94", "94", "1m\u{1b}[92", "92", "1m\u{1b}[91", "91"] {
        rest = rest.replace(&format!("\u{1b}[{style}m"), "");
    }
    let at = rest
        .find(|c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))?;
    let from = rest[..at].char_indices().rev().nth(20).map_or(0, |(from, _)| from);
    Some(rest[from..].chars().take(60).collect::<String>().escape_debug().to_string())
}

/// Every command that prints what reports or data say.
const COMMANDS: [&str; 14] = [
    "extract in --strict -v -f ndjson",
    "extract in -f json",
    "extract in -f dot",
    "extract in -f ttl",
    "extract in -f mmd",
    "extract in -f svg",
    "talks in --explain",
    "mentions in --explain",
    "discover in --min-documents 1 --min-mentions 1",
    "discover in -f toml",
    "discover in -f json",
    "--gazetteer own.toml mentions in --explain --only zo",
    "--gazetteer own.toml gazetteer explain zorp",
    "--gazetteer own.toml gazetteer export",
];

#[test]
fn no_command_lets_a_report_work_on_the_terminal() {
    let place = place();
    let mut wrong = Vec::new();
    let mut seen = String::new();
    for arguments in COMMANDS.iter().copied().chain(["extract in", "extract in/*", "extract nowhere*", "eval in"]) {
        for terminal in [false, true] {
            let program = env!("CARGO_BIN_EXE_techgraph");
            // `script` lends a terminal; without it this half is left out, and said to be.
            let line = if terminal {
                format!("script -qec 'stty -opost; {program} {arguments}' /dev/null")
            } else {
                format!("{program} {arguments}")
            };
            if terminal && Command::new("script").arg("--version").output().is_err() {
                crate::say("skipped: there is no `script` to lend a terminal");
                continue;
            }
            // Elsewhere programs read these, and escape what is no text of theirs.
            let is_data = ["-f ", "gazetteer export", "extract in"].iter().any(|data| arguments.contains(data));
            if !terminal && is_data {
                continue;
            }
            let done = Command::new("sh").args(["-c", &line]).current_dir(place.path()).stdin(Stdio::null()).output().expect("sh runs");
            let text = String::from_utf8(done.stdout).expect("UTF-8") + &String::from_utf8(done.stderr).expect("UTF-8");
            if let Some(found) = working(&text) {
                wrong.push(format!("{arguments} (terminal: {terminal}): {found}"));
            }
            seen += &text;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for wanted in ["카프카", "Zorp", "warning[encoding]", "warning[front-matter]", "Most talked about", "no such file or folder"] {
        assert!(seen.contains(wanted), "{wanted} was not shown");
    }
}

#[test]
fn no_format_holds_what_works_on_a_terminal_or_runs() {
    let place = place();
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    command.args(["--quiet", "extract", "in"]).current_dir(place.path());
    for about in built().filter(|about| about.format != Format::Png) {
        command.args(["-o", &format!("out.{}", about.name)]);
    }
    let done = command.output().expect("techgraph runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut texts = 0;
    for about in built().filter(|about| !matches!(about.format, Format::Png | Format::Sqlite | Format::Parquet)) {
        for text in written(&place.path().join(format!("out.{}", about.name)), about.shape) {
            // Line ends may be a format's own; of a name's own characters one space of an odd kind may stay.
            let found = working(&text.replace(['\r', '\u{85}'], ""));
            // The page's script is the project's own, and tests/page opens it with labels as bad as these.
            if about.format != Format::Html {
                assert_eq!(found, None, "{}", about.name);
            }
            if about.format == Format::Svg {
                let small = text.to_lowercase();
                assert!(!small.contains("<script") && !small.contains("href=\"javascript") && !small.contains("<img"), "{small}");
            }
            assert!(about.holds == Holds::Records || !text.is_empty());
            texts += 1;
        }
    }
    assert!(texts > 15, "only {texts} texts were looked at");
    // A cell that starts as a formula does stands behind a `'`, and taking it away gives the text back.
    let mut cells = 0;
    for name in ["nodes.csv", "edges.csv", "mentions.csv"] {
        let mut table = csv::Reader::from_path(place.path().join("out.csv").join(name)).expect("a table");
        for row in table.records() {
            for cell in &row.expect("a row") {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{name}: {cell}");
                cells += usize::from(cell.starts_with("'="));
            }
        }
    }
    assert!(cells > 0, "no cell was a formula");
}

fn written(path: &Path, shape: Shape) -> Vec<String> {
    let read = |path: &Path| fs::read_to_string(path).expect("it was written");
    match shape {
        Shape::File => vec![read(path)],
        Shape::Folder => fs::read_dir(path).expect("it was written").map(|entry| read(&entry.expect("it is there").path())).collect(),
    }
}

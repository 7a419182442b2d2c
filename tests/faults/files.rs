//! Any files: whatever lies in a folder, a run ends, says what it could not read, and reads the rest.
//!
//! In: folders with what is no report, or none that can be read. Out: messages, exit codes, and the talk of the one good
//! report among them.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const GOOD: &str = "# 모래톱 밋업 2021 후기\n\n## 1. 카프카 이야기 - 남보라 (Kakao)\n\nKafka를 썼다.\n";

/// A folder with one good report in it.
fn place() -> TempDir {
    let place = TempDir::new().expect("a temporary folder");
    fs::create_dir(place.path().join("in")).expect("a folder can be made");
    fs::write(place.path().join("in/good.md"), GOOD).expect("a file can be written");
    place
}

fn techgraph(place: &Path, arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    command.args(arguments).current_dir(place).stdin(Stdio::null());
    command
}

/// What a run printed, and what it said; it must end soon.
fn run(command: &mut Command, limit: Duration) -> Output {
    let [mut printed, mut told] = [(), ()].map(|()| tempfile::tempfile().expect("a temporary file"));
    let to = |file: &fs::File| Stdio::from(file.try_clone().expect("it can be shared"));
    let mut child = command.stdout(to(&printed)).stderr(to(&told)).spawn().expect("techgraph runs");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        if begun.elapsed() > limit {
            child.kill().expect("it can be killed");
            panic!("it did not end within {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let bytes = |file: &mut fs::File| {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes)).expect("it can be read");
        bytes
    };
    Output { status, stdout: bytes(&mut printed), stderr: bytes(&mut told) }
}

/// Reads the folder `in`: the code, the records and the messages.
fn read(place: &TempDir) -> (Option<i32>, String, String) {
    let done = run(&mut techgraph(place.path(), &["extract", "in", "-f", "ndjson"].map(OsStr::new)), Duration::from_secs(60));
    (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned(), String::from_utf8_lossy(&done.stderr).into_owned())
}

fn has_the_good_one(records: &str) -> bool {
    records.contains("카프카 이야기") && records.contains("apache-kafka")
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

#[test]
fn pipes_sockets_devices_links_and_folders_named_like_reports_hold_nobody_up() {
    let place = place();
    let at = |name: &str| place.path().join("in").join(name);
    fifo(&at("pipe.md"));
    let _socket = UnixListener::bind(at("socket.md")).expect("a socket can be made");
    fs::create_dir(at("folder.md")).expect("a folder can be made");
    fs::write(at("folder.md/inner.md"), "# 안쪽\n\nRedis\n").expect("a file can be written");
    symlink("/dev/zero", at("endless.md")).expect("a link can be made");
    symlink("nowhere", at("broken.md")).expect("a link can be made");
    symlink("loop.md", at("loop.md")).expect("a link can be made");
    symlink("..", at("up")).expect("a link can be made");
    symlink(at("good.md"), at("link.md")).expect("a link can be made");
    let (code, records, said) = read(&place);
    assert_eq!(code, Some(0), "{said}");
    assert!(has_the_good_one(&records) && records.contains("\"path\":\"folder.md/inner.md\""), "{records}");
    assert_eq!(records.matches("\"type\":\"document\"").count(), 2, "{records}");
    assert!(said.contains("in/link.md: warning[link]: is a link, and links in folders are not followed"), "{said}");
    assert_eq!(said.matches("warning").count(), 1, "{said}");
    for (name, why) in [
        ("pipe.md", "is neither a file nor a folder"),
        ("socket.md", "is neither a file nor a folder"),
        ("endless.md", "is neither a file nor a folder"),
        ("broken.md", "no such file or folder"),
        ("loop.md", "(os error 40)"),
    ] {
        let paths = [at(name), at("good.md")];
        let mut command = techgraph(place.path(), &[OsStr::new("extract"), paths[0].as_os_str(), paths[1].as_os_str()]);
        let done = run(command.args(["-f", "ndjson"]), Duration::from_secs(30));
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(&format!("{name}: error[unreadable]: ")) && said.contains(why), "{said}");
        assert!(has_the_good_one(&String::from_utf8_lossy(&done.stdout)));
    }
}

#[test]
fn patterns_that_cannot_be_read_bar_their_folder_and_no_other() {
    for name in [".gitignore", ".ignore", ".git/info/exclude"] {
        let place = place();
        let below = place.path().join("in/below");
        fs::create_dir_all(below.join(name).parent().expect("it has one")).expect("a folder can be made");
        fs::write(below.join("inner.md"), GOOD).expect("a file can be written");
        fifo(&below.join(name));
        let (code, records, said) = read(&place);
        assert_eq!(code, Some(1), "{said}");
        assert!(has_the_good_one(&records) && !records.contains("inner.md"), "{records}");
        assert!(said.contains(&format!("in/below/{name}: error[unreadable]: is no list of patterns")), "{said}");
        // Above the folder that is read, and as large as no list is.
        let place = self::place();
        let huge = fs::File::create(place.path().join(".gitignore")).expect("a file can be made");
        huge.set_len(1 << 32).expect("a file can have holes");
        let (code, _, said) = read(&place);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(".gitignore: error[unreadable]: is no list of patterns"), "{said}");
    }
}

#[test]
fn what_may_not_be_read_is_told_and_the_rest_is_read() {
    let place = place();
    let at = |name: &str| place.path().join("in").join(name);
    for (name, make) in [("secret.md", false), ("closed", true)] {
        if make { fs::create_dir(at(name)) } else { fs::write(at(name), GOOD) }.expect("it can be made");
        let done = Command::new("chmod").arg("000").arg(at(name)).status().expect("chmod runs");
        assert!(done.success());
    }
    // Root reads everything; as somebody else it may not.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mut command = if is_root {
        let program = place.path().join("techgraph");
        fs::copy(env!("CARGO_BIN_EXE_techgraph"), &program).expect("it can be copied");
        assert!(Command::new("chmod").args(["755"]).arg(place.path()).arg(&program).status().expect("chmod runs").success());
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).args(["extract", "in", "-f", "ndjson"]);
        command.current_dir(place.path()).stdin(Stdio::null());
        command
    } else {
        techgraph(place.path(), &["extract", "in", "-f", "ndjson"].map(OsStr::new))
    };
    let done = run(&mut command, Duration::from_secs(60));
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(has_the_good_one(&String::from_utf8_lossy(&done.stdout)));
    assert!(said.contains("in/secret.md: error[unreadable]: may not be read"), "{said}");
    assert!(said.contains("error[unreadable]: ") && said.contains("in/closed: Permission denied"), "{said}");
    assert!(Command::new("chmod").arg("700").arg(at("closed")).status().expect("chmod runs").success());
}

#[test]
fn binary_data_archives_and_bombs_are_refused_with_a_message() {
    let place = place();
    let at = |name: &str| place.path().join("in").join(name);
    let write = |name: &str, bytes: &[u8]| fs::write(at(name), bytes).expect("a file can be written");
    write("empty.md", b"");
    write("binary.md", &[b"# Kafka\n".as_slice(), &[0, 1, 2, 255]].concat());
    // As `gzip` and `zip` make them of an empty file.
    write("gz.md", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0");
    write("zip.md", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    write("talks.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let mut bomb = "---\na0: &a0 [Kafka, Kafka, Kafka, Kafka, Kafka, Kafka, Kafka, Kafka, Kafka]\n".to_owned();
    for n in 1..30 {
        let refers = format!("*a{}, ", n - 1).repeat(9);
        bomb += &format!("a{n}: &a{n} [{}]\n", refers.trim_end_matches(", "));
    }
    write("bomb.md", format!("{bomb}title: *a29\n---\n\n# 폭탄\n\nRedis\n").as_bytes());
    write("deep.md", format!("---\ntitle: {}\n---\n\n# 깊이\n\nRedis\n", "[".repeat(10_000)).as_bytes());
    let entities = (1..30).map(|n| format!("<!ENTITY a{n} \"{}\">\n", format!("&a{};", n - 1).repeat(9))).collect::<String>();
    write("laughs.md", format!("<!DOCTYPE x [\n<!ENTITY a0 \"Kafka\">\n{entities}]>\n<p>&a29; &a0;</p>\n\n# 웃음\n\nRedis\n").as_bytes());
    let (code, records, said) = read(&place);
    assert_eq!(code, Some(1), "{said}");
    assert!(has_the_good_one(&records));
    for name in ["binary.md", "gz.md", "zip.md"] {
        assert!(said.contains(&format!("{name}: error[binary]: holds binary data, not text")), "{said}");
    }
    for name in ["bomb.md", "deep.md"] {
        assert!(
            said.contains(&format!("{name}:2:1: warning[front-matter]: the front matter is not valid and was read line by line")),
            "{said}"
        );
    }
    assert!(!said.contains("talks.zip"), "what is not called like a report is no report: {said}");
    for name in ["empty.md", "bomb.md", "deep.md", "laughs.md"] {
        assert!(records.contains(&format!("\"path\":\"{name}\"")), "{records}");
    }
    let kafkas = records.lines().filter(|line| line.contains("\"document\":\"laughs.md\"") && line.contains("apache-kafka")).count();
    assert!(kafkas <= 1, "entities were expanded: {records}");
    assert!(records.len() < 20_000, "{} bytes were said of a bomb", records.len());
}

#[test]
fn large_files_and_endless_input_are_refused_and_long_lines_are_read() {
    let place = place();
    let at = |name: &str| place.path().join("in").join(name);
    fs::File::create(at("sparse.md")).and_then(|file| file.set_len(1 << 32)).expect("a file can have holes");
    fs::write(at("line.md"), format!("# 긴 줄\n\n{}\n", "Kafka와 Redis를 쓴다. ".repeat(20_000))).expect("a file can be written");
    let begun = Instant::now();
    let (code, records, said) = read(&place);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("in/sparse.md: error[too-large]: has more than the 64 MiB that are read"), "{said}");
    assert!(has_the_good_one(&records));
    assert_eq!(records.matches("\"type\":\"mention\",\"document\":\"line.md\"").count(), 40_000, "{:?}", begun.elapsed());
    // Standard input that never ends is not waited for.
    let mut command = techgraph(place.path(), &["extract", "-", "-f", "ndjson"].map(OsStr::new));
    command.stdin(fs::File::open("/dev/zero").expect("there is one"));
    let done = run(&mut command, Duration::from_secs(60));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(1) && said.contains("stdin.md: error[too-large]"), "{said}");
}

#[test]
fn names_of_any_bytes_are_shown_without_harm_and_told_apart() {
    let place = place();
    let names: [&[u8]; 5] = [b"\xffone.md", b"\xfeone.md", b"a\x1b[31m\nred.md", b"back\\slash.md", "가 나.md".as_bytes()];
    for name in names {
        fs::write(place.path().join("in").join(OsStr::from_bytes(name)), GOOD).expect("a file can be written");
    }
    let (code, records, said) = read(&place);
    assert_eq!((code, said.as_str()), (Some(0), ""), "{said}");
    for label in ["%FFone.md", "%FEone.md", "a%1B[31m%0Ared.md", "back\\\\slash.md", "가 나.md"] {
        assert_eq!(records.matches(&format!("\"path\":\"{label}\"")).count(), 1, "{label}: {records}");
    }
    // Two that would be called the same are not taken for one.
    fs::write(place.path().join("in/%FFone.md"), GOOD).expect("a file can be written");
    let (code, _, said) = read(&place);
    assert!(code == Some(1) && said.contains("error[same-name]: is called `in/%FFone.md` in every output"), "{said}");
    // Paths of other systems are no paths here.
    for path in ["C:\\talks\\a.md", "in\\good.md"] {
        let done = run(&mut techgraph(place.path(), &[OsStr::new("extract"), OsStr::new(path)]), Duration::from_secs(30));
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && said.contains("no such file or folder\n  help: write `/` between folders"), "{said}");
    }
}

#[test]
fn a_hundred_thousand_files_and_folders_within_folders_are_read() {
    let place = place();
    let many = place.path().join("in/many");
    fs::create_dir(&many).expect("a folder can be made");
    for n in 0..100_000 {
        fs::write(many.join(format!("{n}.md")), "Kafka\n").expect("a file can be written");
    }
    let done = run(&mut techgraph(place.path(), &["extract", "in", "-q", "-o", "out.ndjson"].map(OsStr::new)), Duration::from_secs(500));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let records = fs::read_to_string(place.path().join("out.ndjson")).expect("it was written");
    assert_eq!(records.matches("\"type\":\"document\"").count(), 100_001);
    assert!(has_the_good_one(&records));
    // As deep as the system lets a path be, and deeper.
    let place = self::place();
    let chain = |root: &str, report: &str| {
        let folder = place.path().join(root).join("deeper/".repeat(400));
        fs::create_dir_all(&folder).expect("a folder can be made");
        fs::write(folder.join(report), GOOD).expect("a file can be written");
        folder
    };
    let (first, _) = (chain("in", "report.md"), chain("other", "lost.md"));
    fs::rename(place.path().join("other"), first.join("deeper")).expect("it can be moved");
    let (code, records, said) = read(&place);
    assert!(has_the_good_one(&records) && records.contains("/report.md") && !records.contains("lost.md"), "{code:?} {said}");
    assert!(code == Some(1) && said.contains("error[unreadable]: ") && said.contains("File name too long"), "{code:?} {said}");
    let gone = Command::new("rm").arg("-rf").arg(place.path().join("in")).status().expect("rm runs");
    assert!(gone.success());
}

#[test]
fn files_that_come_and_go_while_they_are_read_end_no_run() {
    let place = place();
    let folder: PathBuf = place.path().join("in");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                for n in 0..200 {
                    let _ = fs::write(folder.join(format!("{n}.md")), GOOD.repeat(20));
                }
                for n in 0..200 {
                    let _ = fs::remove_file(folder.join(format!("{n}.md")));
                }
            }
        });
        for _ in 0..8 {
            let mut command = techgraph(place.path(), &["extract", "in", "-q", "-o", "out.json"].map(OsStr::new));
            let done = run(&mut command, Duration::from_secs(120));
            assert!(matches!(done.status.code(), Some(0 | 1)), "{:?} {}", done.status, String::from_utf8_lossy(&done.stderr));
            let graph = fs::read_to_string(place.path().join("out.json")).expect("it was written");
            assert!(serde_json::from_str::<serde_json::Value>(&graph).is_ok() && has_the_good_one(&graph));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

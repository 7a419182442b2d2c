//! Any interruption: whatever ends a run, every output is the old one or the new one, whole, and the exit code tells.
//!
//! In: runs that are killed, stopped, out of room, or not let write. Out: the bytes of every output before and after.

use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The outputs of one run: files, folders of files, a database.
const OUTPUTS: [&str; 6] = ["graph.json", "talks.ndjson", "graph.svg", "graph.sqlite", "tables.csv", "rows.grafana"];

struct Place(TempDir);

impl Place {
    /// Two folders of reports, of which the second takes longer to read.
    fn new() -> Self {
        let place = Self(TempDir::new().expect("a temporary folder"));
        for (folder, copies) in [("old", 1), ("new", 12)] {
            std::fs::create_dir_all(place.at(folder)).expect("a folder can be made");
            for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).expect("it can be listed") {
                let path = entry.expect("it can be listed").path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                for n in 0..copies {
                    std::fs::copy(&path, place.at(folder).join(format!("{n}-{name}"))).expect("it can be copied");
                }
            }
        }
        std::fs::create_dir(place.at("out")).expect("a folder can be made");
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, reports: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["--quiet", "extract", reports]).current_dir(self.0.path()).stdin(Stdio::null());
        for name in OUTPUTS {
            command.args(["-o", &format!("out/{name}")]);
        }
        command
    }

    fn start(&self, reports: &str) -> Child {
        self.command(reports).stderr(Stdio::piped()).spawn().expect("techgraph runs")
    }

    fn write(&self, reports: &str) -> Outputs {
        let done = self.command(reports).output().expect("techgraph runs");
        assert!(done.status.success(), "{}", said(&done));
        self.outputs()
    }

    /// The bytes of every output: those of a folder together.
    fn outputs(&self) -> Outputs {
        OUTPUTS.iter().map(|name| (*name, bytes(&self.at("out").join(name)))).collect()
    }

    /// What lies beside the outputs.
    fn left(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.at("out")).expect("it can be listed");
        let names = names.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
        names.filter(|name| !OUTPUTS.contains(&name.as_str())).collect()
    }
}

type Outputs = BTreeMap<&'static str, Vec<u8>>;

fn bytes(path: &Path) -> Vec<u8> {
    if !path.is_dir() {
        return std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(path).expect("it can be listed").map(|entry| entry.expect("it is there").path()).collect();
    files.sort();
    files.iter().flat_map(|file| std::fs::read(file).expect("it can be read")).collect()
}

fn said(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// Sends a signal.
fn signal(run: &Child, name: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", run.id())]).status().expect("sh runs");
    assert!(sent.success());
}

#[test]
fn killed_at_any_time_every_output_is_the_old_or_the_new() {
    let place = Place::new();
    let (old, begun) = (place.write("old"), Instant::now());
    let new = place.write("new");
    let whole = begun.elapsed();
    let mut cut_short = 0;
    let rounds = std::env::var("TECHGRAPH_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(24);
    for round in 0..rounds {
        assert_eq!(place.write("old"), old);
        assert_eq!(place.left(), Vec::<String>::new(), "what a killed run left was not removed by the next");
        let mut run = place.start("new");
        std::thread::sleep(whole * (round + 1) / (rounds + 1));
        run.kill().expect("a run can be killed");
        run.wait().expect("it has ended");
        let left = place.outputs();
        for name in OUTPUTS {
            assert!(left[name] == old[name] || left[name] == new[name], "{name} is neither the old one nor the new one");
        }
        cut_short += usize::from(left != new);
    }
    assert!(cut_short > 3, "only {cut_short} runs were killed before they had ended");
    assert_eq!(place.write("new"), new);
    assert_eq!(place.left(), Vec::<String>::new());
}

#[test]
fn asked_to_stop_a_run_leaves_nothing_behind_and_says_so_by_its_code() {
    let place = Place::new();
    let old = place.write("old");
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let mut run = place.start("new");
        while place.left().is_empty() && run.try_wait().expect("it can be waited for").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        signal(&run, name);
        assert_eq!(run.wait().expect("it ends").code(), Some(code), "SIG{name}");
        assert_eq!(place.left(), Vec::<String>::new(), "SIG{name}");
        assert_eq!(place.outputs()["graph.json"], old["graph.json"]);
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_the_old() {
    let place = Place::new();
    let old = place.write("old");
    // Files that may have 8 KiB: what is larger cannot be written to the end, as on a disk that is full.
    let limited = |reports: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_techgraph"), "extract", reports]);
        command.current_dir(place.0.path());
        command
    };
    for name in OUTPUTS {
        let done = limited("new").args(["-o", &format!("out/{name}")]).output().expect("sh runs");
        assert_eq!(done.status.code(), Some(2), "{name}: {}", said(&done));
        assert!(said(&done).contains(&format!("cannot write out/{name}")) && said(&done).contains("File too large"), "{}", said(&done));
        assert_eq!(place.outputs(), old);
        assert_eq!(place.left(), Vec::<String>::new());
    }
    // A database that grows.
    let append = |command: &mut Command| command.args(["-o", "feed.sqlite", "--append"]).output().expect("it runs");
    let plain = |reports: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["extract", reports]).current_dir(place.0.path());
        command
    };
    assert!(append(&mut plain("old")).status.success());
    let before = records(&place.at("feed.sqlite"));
    let done = append(&mut limited("new"));
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("cannot append to feed.sqlite: "), "{}", said(&done));
    assert_eq!(records(&place.at("feed.sqlite")), before);
    // A device that is full, and standard output that is one.
    let done = plain("old").args(["-o", "/dev/full", "-f", "json"]).output().expect("it runs");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("cannot write /dev/full: No space left on device"), "{}", said(&done));
    let full = std::fs::File::options().write(true).open("/dev/full").expect("there is one");
    let done = plain("old").args(["-f", "json"]).stdout(full).output().expect("it runs");
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("cannot write to standard output: No space left on device"), "{}", said(&done));
}

#[test]
fn a_file_system_that_is_full_or_read_only_is_told_and_leaves_the_old() {
    let place = Place::new();
    let script = "set -e; mount -t tmpfs -o size=2m tmpfs \"$1\"; cd \"$1\"; $2 -q extract ../old -o graph.json -o graph.sqlite; \
                  cp graph.json ../before.json; cp graph.sqlite ../before.sqlite; \
                  head -c 4000000 /dev/zero > filler || true; \
                  rm -f filler; head -c 1000000 /dev/zero > filler || true; \
                  $2 extract ../new -o graph.json && exit 90; [ $? = 2 ] || exit 91; cmp graph.json ../before.json; \
                  $2 extract ../new -o graph.sqlite && exit 92; [ $? = 2 ] || exit 93; cmp graph.sqlite ../before.sqlite; \
                  mount -o remount,ro \"$1\"; \
                  $2 extract ../old -o graph.json && exit 94; [ $? = 2 ] || exit 95; cmp graph.json ../before.json; \
                  $2 extract ../old -o tables.csv && exit 96; [ $? = 2 ] || exit 97; \
                  ls -A > ../left";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script, "sh"]).arg(place.at("out")).arg(env!("CARGO_BIN_EXE_techgraph"));
    let done = command.current_dir(place.at("out")).output().expect("unshare runs");
    let said = said(&done);
    if said.contains("Operation not permitted") || said.contains("unshare failed") || said.contains("permission denied") {
        crate::say(&format!("skipped: no file system may be mounted here: {said}"));
        return;
    }
    assert!(done.status.success(), "{:?}: {said}", done.status);
    for reason in ["No space left on device", "cannot write graph.json: read-only filesystem or storage medium"] {
        assert!(said.contains(reason), "{said}");
    }
    let left = std::fs::read_to_string(place.at("left")).expect("it was written");
    assert_eq!(left.lines().collect::<Vec<_>>(), ["filler", "graph.json", "graph.sqlite"]);
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let place = Place::new();
    let mut run = Command::new(env!("CARGO_BIN_EXE_techgraph"))
        .args(["extract", "new", "-f", "json"])
        .current_dir(place.0.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("techgraph runs");
    let mut some = [0; 10];
    run.stdout.take().expect("it is piped").read_exact(&mut some).expect("it writes");
    let done = run.wait_with_output().expect("it ends");
    assert_eq!((done.status.code(), said(&done).as_str()), (Some(0), ""));
}

#[test]
fn of_many_runs_at_once_the_outputs_are_those_of_one() {
    let place = Place::new();
    let (old, new) = (place.write("old"), place.write("new"));
    for _ in 0..3 {
        let runs: Vec<Child> = (0..6).map(|n| place.start(if n % 2 == 0 { "old" } else { "new" })).collect();
        for run in runs {
            let done = run.wait_with_output().expect("it ends");
            assert!(done.status.success(), "{}", said(&done));
        }
        let left = place.outputs();
        for name in OUTPUTS {
            assert!(left[name] == old[name] || left[name] == new[name], "{name} is of no run");
        }
        assert_eq!(place.left(), Vec::<String>::new());
    }
}

/// The paths of the reports in a database that grows, which must be whole.
fn records(feed: &Path) -> Vec<String> {
    let database = Connection::open_with_flags(feed, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the database opens");
    let whole: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
    assert_eq!(whole, "ok");
    let mut question = database.prepare("SELECT document FROM records ORDER BY document").expect("it has records");
    question.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("it answers")
}

#[test]
fn a_killed_runs_journal_spoils_no_other_database() {
    let place = Place::new();
    let (feed, journal) = (place.at("feed.sqlite"), place.at("feed.sqlite-journal"));
    let run = |reports: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["-q", "extract", reports, "-o", "feed.sqlite"]).args(more).current_dir(place.0.path());
        command
    };
    // A run that is killed while it writes leaves a journal, with which SQLite would undo what lies there next.
    let killed = || {
        for _ in 0..50 {
            let _ = std::fs::remove_file(&feed);
            assert!(run("old", &["--append"]).status().expect("it runs").success());
            let mut child = run("new", &["--append"]).spawn().expect("it runs");
            while std::fs::metadata(&journal).map_or(true, |about| about.len() < 1024) && child.try_wait().expect("it is there").is_none() {
                std::thread::sleep(Duration::from_micros(100));
            }
            child.kill().expect("it can be killed");
            child.wait().expect("it has ended");
            if journal.exists() {
                return;
            }
        }
        panic!("no run could be killed while it wrote");
    };
    let plain = |path: &Path| {
        let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the database opens");
        let ask = |question: &str| database.query_row(question, [], |row| row.get::<_, String>(0)).expect("it answers");
        assert_eq!(ask("PRAGMA integrity_check"), "ok");
        ask("SELECT count(*) || ' ' || sum(line) FROM mentions")
    };
    assert!(run("new", &[]).status().expect("it runs").success());
    let wanted = plain(&feed);
    killed();
    assert!(run("new", &[]).status().expect("it runs").success());
    assert!(!journal.exists());
    assert_eq!(plain(&feed), wanted, "the journal of another database has undone it");
    // As those do who are told to delete it and to make it anew.
    for more in [&[][..], &["--append"]] {
        killed();
        std::fs::remove_file(&feed).expect("it can be removed");
        assert!(run("new", more).status().expect("it runs").success());
        assert_eq!(plain(&feed), wanted, "the journal of a database that is gone has undone it");
    }
}

#[test]
fn a_run_that_adds_to_a_database_which_is_replaced_says_that_it_is_lost() {
    let place = Place::new();
    let feed = place.at("feed.sqlite");
    let run = |reports: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["extract", reports, "-o", "feed.sqlite"]).args(more).current_dir(place.0.path()).stderr(Stdio::piped());
        command
    };
    assert!(run("old", &["--append"]).output().expect("it runs").status.success());
    std::fs::copy(&feed, place.at("other.sqlite")).expect("it can be copied");
    // Somebody reads, so that the run waits before it has written; then another file takes the place.
    let reader = Connection::open_with_flags(&feed, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("it opens");
    reader.execute_batch("BEGIN; SELECT count(*) FROM records;").expect("it can be read");
    let waits = run("new", &["--append"]).spawn().expect("it runs");
    let journal = place.at("feed.sqlite-journal");
    let begun = Instant::now();
    while !journal.exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::fs::rename(place.at("other.sqlite"), &feed).expect("it can be replaced");
    reader.execute_batch("COMMIT;").expect("it can end");
    let done = waits.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    let told = "cannot append to feed.sqlite: another run has replaced it meanwhile, and what was added is lost: run it again";
    assert!(said(&done).contains(told), "{}", said(&done));
    // A run that replaces it waits for one that adds to it.
    assert!(run("old", &["--append"]).output().expect("it runs").status.success());
    let mut adds = run("new", &["--append"]).spawn().expect("it runs");
    while !journal.exists() && adds.try_wait().expect("it is there").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(run("old", &[]).output().expect("it runs").status.success());
    let done = adds.wait_with_output().expect("it ends");
    let database = Connection::open(&feed).expect("it opens");
    let whole: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
    assert!(done.status.success() && whole == "ok", "{whole} {}", said(&done));
}

#[test]
fn what_others_write_ahead_of_a_database_does_not_go_into_the_next() {
    let place = Place::new();
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["extract", "old", "-o", "graph.sqlite"]).current_dir(place.0.path());
        command.output().expect("it runs")
    };
    assert!(run().status.success());
    let other = Connection::open(place.at("graph.sqlite")).expect("it opens");
    other.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("it can be set");
    other.execute_batch("CREATE TABLE theirs (a);").expect("it can be written");
    let refused = run();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("others keep it busy"), "{}", said(&refused));
    drop(other);
    assert!(run().status.success());
    let database = Connection::open(place.at("graph.sqlite")).expect("it opens");
    let theirs: i64 =
        database.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'theirs'", [], |row| row.get(0)).expect("it answers");
    assert_eq!(theirs, 0);
}

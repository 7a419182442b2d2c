//! `extract --cache`: what a run with a cache writes is what one without writes, whatever has become of the cache, and only
//! reports that have changed are read.
//!
//! In: reports in a folder. Out: the record stream and the graph, byte for byte.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const KAFKA: &str = "# 모래톱 밋업 2021 후기\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Kafka로 옮겼다.\n";
const REDIS: &str = "# 모래톱 밋업 2021 후기\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Redis로 옮겼다.\n";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().expect("a temporary folder"));
        fs::create_dir(place.path("posts")).expect("a folder can be made");
        for name in ["2023-rivercloud-summit.md", "2024-haneul-conf.md", "one-talk.md", "programme.md"] {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
            place.write(name, &fs::read_to_string(sample).expect("a sample can be read"), 1);
        }
        place.write("kafka.md", KAFKA, 1);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a report as if some hours ago: what is newer than the clock of a file system is fine is never kept.
    fn write(&self, name: &str, text: &str, hours: u64) {
        let path = self.path("posts").join(name);
        fs::write(&path, text).expect("a report can be written");
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000 - hours * 3600);
        File::options().write(true).open(&path).and_then(|file| file.set_modified(then)).expect("a time can be set");
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
        command.args(["extract", "posts"]).args(more).current_dir(self.0.path());
        command
    }

    fn run(&self, more: &[&str]) -> Output {
        self.command(more).output().expect("techgraph runs")
    }

    fn cold(&self) -> Vec<u8> {
        records(&self.run(&["-f", "ndjson"]))
    }

    fn cached(&self) -> Vec<u8> {
        records(&self.run(&["-f", "ndjson", "--cache", "cache"]))
    }

    /// The entries of the cache.
    fn entries(&self) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.path("cache")).expect("a cache").map(|entry| entry.expect("a folder").path());
        let mut entries: Vec<_> =
            folders.flat_map(|folder| fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())).collect();
        entries.sort();
        entries
    }
}

fn records(output: &Output) -> Vec<u8> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.clone()
}

#[test]
fn a_second_run_reads_nothing_that_has_not_changed() {
    let place = Place::new();
    let cold = place.cold();
    assert_eq!(place.cached(), cold);
    assert_eq!(place.cached(), cold);
    // Of the same size and time: had it been read, it would say Redis.
    place.write("kafka.md", REDIS, 1);
    assert_eq!(place.cached(), cold);
    assert_ne!(place.cold(), cold);
}

#[test]
fn what_has_changed_is_read_again_and_what_is_gone_is_gone() {
    let place = Place::new();
    place.cached();
    place.write("kafka.md", REDIS, 0);
    place.write("new.md", "# Minato Night\n\n## Queues - Jane Doe (Acme)\n\nWe use NATS.\n", 1);
    fs::remove_file(place.path("posts/programme.md")).expect("a report can be removed");
    assert_eq!(place.cached(), place.cold());
    fs::rename(place.path("posts/new.md"), place.path("posts/old.md")).expect("a report can be renamed");
    assert_eq!(place.cached(), place.cold());
}

#[test]
fn a_report_that_has_just_been_written_is_not_kept() {
    let place = Place::new();
    fs::write(place.path("posts/now.md"), KAFKA).expect("a report can be written");
    place.cached();
    assert_eq!(place.entries().len(), 5);
}

#[test]
fn a_graph_from_the_cache_has_the_same_bytes() {
    let place = Place::new();
    for name in ["cold.json", "first.json", "second.json"] {
        let cache: &[&str] = if name == "cold.json" { &[] } else { &["--cache", "cache"] };
        assert!(place.run(&[&["-o", name][..], cache].concat()).status.success());
    }
    let read = |name: &str| fs::read(place.path(name)).expect("a graph");
    assert_eq!(read("first.json"), read("cold.json"));
    assert_eq!(read("second.json"), read("cold.json"));
}

/// What is made of an entry's bytes.
type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn damaged_entries_are_made_again() {
    let place = Place::new();
    let cold = place.cold();
    place.cached();
    let whole: Vec<Vec<u8>> = place.entries().iter().map(|entry| fs::read(entry).expect("an entry")).collect();
    assert_eq!(whole.len(), 5);
    let damages: [Damage; 5] = [
        |_| Vec::new(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| bytes.iter().enumerate().map(|(at, byte)| if at == bytes.len() - 9 { byte ^ 1 } else { *byte }).collect(),
        |bytes| [b"techgraph/cache/0\n", &bytes[18..]].concat(),
        |bytes| [bytes, b" "].concat(),
    ];
    for damage in damages {
        for (entry, bytes) in place.entries().iter().zip(&whole) {
            fs::write(entry, damage(bytes)).expect("an entry can be written");
        }
        assert_eq!(place.cached(), cold);
        let mended: Vec<Vec<u8>> = place.entries().iter().map(|entry| fs::read(entry).expect("an entry")).collect();
        assert_eq!(mended, whole);
    }
    // An entry of another report is none of this one.
    let entries = place.entries();
    fs::copy(&entries[0], &entries[1]).expect("an entry can be copied");
    assert_eq!(place.cached(), cold);
}

#[test]
fn what_was_read_otherwise_is_read_again() {
    let place = Place::new();
    let own = "[[technology]]\nid = \"heron\"\nname = \"RabbitMQ\"\ncategory = \"database\"\nsources = [\"own\"]\n";
    fs::write(place.path("own.toml"), own).expect("a file can be written");
    for more in [&["--known-only"][..], &[], &["--gazetteer", "own.toml"], &[]] {
        let plain = place.run(&[&["-f", "ndjson"], more].concat());
        let cached = place.run(&[&["-f", "ndjson", "--cache", "cache"], more].concat());
        assert_eq!(records(&cached), records(&plain), "{more:?}");
    }
}

#[test]
fn messages_about_a_report_are_said_each_time() {
    let place = Place::new();
    fs::write(place.path("posts/broken.md"), "---\ntitle: [a\n---\n# Night\n\n## Queues - Jane Doe (Acme)\n\nWe use NATS.\n")
        .expect("a report can be written");
    let first = place.run(&["-f", "ndjson", "--cache", "cache"]);
    let second = place.run(&["-f", "ndjson", "--cache", "cache"]);
    assert!(!first.stderr.is_empty());
    assert_eq!(String::from_utf8_lossy(&second.stderr), String::from_utf8_lossy(&first.stderr));
}

#[test]
fn several_runs_share_a_cache() {
    let place = Place::new();
    let cold = place.cold();
    for _ in 0..3 {
        let _ = fs::remove_dir_all(place.path("cache"));
        let runs: Vec<_> = (0..6)
            .map(|_| {
                let mut command = place.command(&["-f", "ndjson", "--cache", "cache"]);
                std::thread::spawn(move || command.output().expect("techgraph runs"))
            })
            .collect();
        for run in runs {
            assert_eq!(records(&run.join().expect("a run ends")), cold);
        }
        assert_eq!(place.cached(), cold);
        assert_eq!(place.entries().len(), 5);
    }
}

#[test]
fn a_cache_that_cannot_be_is_said_and_one_that_cannot_be_written_is_done_without() {
    let place = Place::new();
    fs::write(place.path("file"), "").expect("a file can be written");
    let refused = place.run(&["-f", "ndjson", "--cache", "file"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("cannot write file"), "{}", String::from_utf8_lossy(&refused.stderr));
    let cold = place.cold();
    place.cached();
    // Where the entries' folders would be, files are in the way.
    for folder in fs::read_dir(place.path("cache")).expect("a cache").map(|entry| entry.expect("a folder").path()) {
        fs::remove_dir_all(&folder).expect("a folder can be removed");
        fs::write(&folder, "").expect("a file can be written");
    }
    assert_eq!(place.cached(), cold);
}

#[test]
fn killed_runs_leave_a_cache_that_can_be_used() {
    let place = Place::new();
    let cold = place.cold();
    // From before the first entry is written to after the last.
    for milliseconds in (0..16).map(|n| n * 12) {
        let _ = fs::remove_dir_all(place.path("cache"));
        let mut run = place.command(&["-f", "ndjson", "--cache", "cache"]).stdout(Stdio::null()).spawn().expect("techgraph runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        run.kill().expect("a run can be killed");
        run.wait().expect("a killed run ends");
        assert_eq!(place.cached(), cold);
        assert_eq!(place.cached(), cold);
    }
}

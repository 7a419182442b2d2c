//! `extract --append`: a SQLite database that several runs have made holds what one run over all reports would have made,
//! and no accident harms it.
//!
//! In: reports in folders. Out: the rows of every table, by table, without their order.

use rusqlite::{Connection, OpenFlags, types::Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use techgraph::detect::Options;
use techgraph::gazetteer::Gazetteer;
use techgraph::pipeline;
use techgraph::record::Extract;
use tempfile::TempDir;

const KAFKA: &str = "# 모래톱 밋업 2021 후기\n\n2021-05-14\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Kafka로 옮겼다.\n\n## 코드로 만든 인프라 - 유채린 (NAVER)\n\nTerraform으로 옮겼다.\n";
const SAME_EVENT: &str = "# 모래톱 밋업 2021 후기\n\n2021-05-14\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nKafka Streams와 Debezium을 썼다.\n\n## 쿠버네티스 네 해 - 하늘빛 (LINE)\n\nKubernetes와 Cilium을 쓴다.\n";
const LATER: &str =
    "# 모래톱 밋업 2021 후기\n\n2021-05-14\n\n## 카프카로 갈아탄 이야기 - 남보라 (Kakao)\n\nRabbitMQ에서 Apache Pulsar로 옮겼다.\n";

/// Every row of every table and view, sorted, and how tables and views were made; not what SQLite has noted for its planner.
type Rows = BTreeMap<String, Vec<String>>;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes reports into a folder.
    fn reports(&self, folder: &str, reports: &[(&str, &str)]) -> PathBuf {
        let folder = self.path(folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (name, text) in reports {
            std::fs::write(folder.join(name), text).expect("a report can be written");
        }
        folder
    }

    /// A folder of many reports, so that a run takes its time.
    fn many(&self, folder: &str) -> PathBuf {
        let reports: Vec<(String, String)> =
            samples().into_iter().flat_map(|(name, text)| (0..8).map(move |n| (format!("{n}-{name}"), text.clone()))).collect();
        self.reports(folder, &reports.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    }
}

fn samples() -> Vec<(String, String)> {
    reports("data/samples").into_iter().map(|(name, text)| (name, String::from_utf8(text).expect("a sample is UTF-8"))).collect()
}

/// The reports of a folder of the repository.
fn reports(folder: &str) -> Vec<(String, Vec<u8>)> {
    let listed = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder can be listed");
    let paths =
        listed.map(|entry| entry.expect("the folder can be listed").path()).filter(|path| path.extension().is_some_and(|e| e == "md"));
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.map(|path| (name(&path), std::fs::read(&path).expect("a report can be read"))).collect()
}

fn command(reports: &Path, feed: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_techgraph"));
    command.arg("extract").arg(reports).arg("-o").arg(feed).args(more).current_dir(feed.parent().expect("a file lies in a folder"));
    command
}

fn extract(reports: &Path, feed: &Path, more: &[&str]) -> String {
    let done = command(reports, feed, more).output().expect("techgraph runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    said
}

fn append(reports: &Path, feed: &Path) -> String {
    extract(reports, feed, &["--append"])
}

fn start(reports: &Path, feed: &Path) -> Child {
    command(reports, feed, &["--append", "--quiet"]).stderr(Stdio::piped()).spawn().expect("techgraph runs")
}

/// What a database holds; it must be whole.
fn rows(feed: &Path) -> Rows {
    // As the next run opens it, so that what a killed run left behind is undone.
    let database = Connection::open_with_flags(feed, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the database opens");
    held(&database)
}

fn held(database: &Connection) -> Rows {
    assert_eq!(asked(database, "PRAGMA integrity_check"), ["[Text(\"ok\")]"]);
    assert_eq!(asked(database, "PRAGMA foreign_key_check"), Vec::<String>::new());
    let listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%'";
    let mut question = database.prepare(listed).expect("the database answers");
    let names: Vec<String> = question.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("the database answers");
    assert!(names.len() > 12, "{names:?}");
    let mut rows: Rows = names.into_iter().map(|name| (name.clone(), asked(database, &format!("SELECT * FROM \"{name}\"")))).collect();
    rows.insert("sqlite_master".into(), asked(database, "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"));
    rows
}

fn asked(database: &Connection, question: &str) -> Vec<String> {
    let mut question = database.prepare(question).expect("a question that can be asked");
    let columns = question.column_count();
    let row = |row: &rusqlite::Row| Ok(format!("{:?}", (0..columns).map(|n| row.get(n)).collect::<rusqlite::Result<Vec<Value>>>()?));
    let mut rows: Vec<String> = question.query_map([], row).and_then(Iterator::collect).expect("the database answers");
    rows.sort();
    rows
}

fn same(left: &Rows, right: &Rows) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (table, rows) in left {
        let differs = rows.iter().zip(&right[table]).find(|(left, right)| left != right);
        assert_eq!(differs, None, "{table}");
        assert_eq!(rows.len(), right[table].len(), "{table}");
    }
}

#[test]
fn what_is_kept_of_a_report_is_all_that_was_read() {
    let gazetteer = Gazetteer::shipped().expect("the shipped gazetteer is valid");
    let mut seen = [false; 6];
    for (name, text) in reports("data/samples").into_iter().chain(reports("tests/corpus")) {
        let read = pipeline::bytes(&name, text, &gazetteer, &Options::default()).value.expect("a report is text");
        let kept: Extract = serde_json::from_str(&read.whole().expect("JSON").to_string()).expect("what is kept can be read");
        assert!(kept == read, "{name}");
        let talks = || read.talks.iter();
        let now = [
            read.document.event_ids.iter().any(|(_, host)| host.is_some()),
            read.document.event_evidence.is_some(),
            talks().any(|talk| talk.speakers.iter().any(|speaker| speaker.affiliation.is_some())),
            talks().any(|talk| !talk.also_at.is_empty()),
            talks().any(|talk| !talk.resources.is_empty()),
            read.mentions.iter().any(|mention| mention.in_house),
        ];
        (0..seen.len()).for_each(|n| seen[n] |= now[n]);
    }
    assert_eq!(seen, [true; 6], "no report has a host, an event's place, a speaker's company, a row, a link, or a name of the house");
}

#[test]
fn two_runs_come_to_the_same_as_one() {
    let place = Place::new();
    let (first, second, both) = (place.path("first"), place.path("second"), place.path("both"));
    for (index, (name, text)) in samples().iter().chain(&[("a.md".into(), KAFKA.into()), ("b.md".into(), SAME_EVENT.into())]).enumerate() {
        for folder in [if index % 2 == 0 { "first" } else { "second" }, "both"] {
            place.reports(folder, &[(name, text)]);
        }
    }
    let (merged, at_once, plain) = (place.path("merged.sqlite"), place.path("at-once.sqlite"), place.path("plain.sqlite"));
    assert!(append(&first, &merged).contains("merged.sqlite (reports: 4 new, 0 read again, 4 in all"));
    let half = rows(&merged);
    assert!(append(&second, &merged).contains("merged.sqlite (reports: 3 new, 0 read again, 7 in all"));
    append(&both, &at_once);
    extract(&both, &plain, &[]);
    let (merged, mut at_once) = (rows(&merged), rows(&at_once));
    assert_ne!(half["talks"], merged["talks"]);
    same(&merged, &at_once);
    // The talk that both reports of the meetup tell of is one.
    let twice = at_once["talks"].iter().filter(|row| row.contains("카프카로 갈아탄")).count();
    assert_eq!(twice, 1, "{:?}", at_once["talks"]);
    // Without --append there is the same, but for the records.
    assert_eq!(at_once.remove("records").map(|records| records.len()), Some(7));
    at_once.get_mut("sqlite_master").unwrap().retain(|row| !row.contains("records"));
    same(&rows(&plain), &at_once);
}

#[test]
fn a_report_that_is_read_again_replaces_its_older_reading() {
    let place = Place::new();
    let reports = place.reports("reports", &[("a.md", KAFKA), ("b.md", SAME_EVENT)]);
    let (feed, wanted) = (place.path("feed.sqlite"), place.path("wanted.sqlite"));
    append(&reports, &feed);
    let old = rows(&feed);
    assert!(append(&reports, &feed).contains("0 new, 2 read again, 2 in all"));
    same(&old, &rows(&feed));
    let changed = place.reports("changed", &[("a.md", LATER)]);
    assert!(append(&changed, &feed).contains("0 new, 1 read again, 2 in all"));
    place.reports("reports", &[("a.md", LATER)]);
    append(&reports, &wanted);
    let new = rows(&feed);
    same(&new, &rows(&wanted));
    let knows = |rows: &Rows, name: &str| rows["technologies"].iter().any(|row| row.contains(name));
    assert!(knows(&old, "terraform") && !knows(&new, "terraform") && knows(&new, "apache-pulsar"));
}

#[test]
fn without_append_the_file_is_replaced_whole() {
    let place = Place::new();
    let reports = place.reports("reports", &[("a.md", KAFKA)]);
    let (feed, plain, exported, graph) =
        (place.path("feed.sqlite"), place.path("plain.sqlite"), place.path("exported.sqlite"), place.path("graph.json"));
    append(&place.reports("others", &[("b.md", SAME_EVENT)]), &feed);
    extract(&reports, &feed, &[]);
    extract(&reports, &plain, &["-o", &graph.display().to_string()]);
    let done = Command::new(env!("CARGO_BIN_EXE_techgraph")).arg("export").args([&graph, Path::new("-o"), &exported]).output().unwrap();
    assert!(done.status.success());
    let bytes = |path: &Path| std::fs::read(path).unwrap();
    assert!(bytes(&feed) == bytes(&plain) && bytes(&plain) == bytes(&exported));
    assert!(!rows(&feed).contains_key("records"));
}

#[test]
fn filters_choose_what_the_tables_show_and_the_records_stay_whole() {
    let place = Place::new();
    let (first, second) = (place.reports("first", &[("a.md", KAFKA)]), place.reports("second", &[("b.md", SAME_EVENT)]));
    let (feed, wanted) = (place.path("feed.sqlite"), place.path("wanted.sqlite"));
    append(&first, &feed);
    extract(&second, &feed, &["--append", "--company", "LINE"]);
    let companies = |rows: &Rows| rows["companies"].len();
    let shown = rows(&feed);
    assert_eq!((companies(&shown), shown["records"].len()), (1, 2));
    append(&second, &feed);
    append(&first, &wanted);
    append(&second, &wanted);
    same(&rows(&feed), &rows(&wanted));
    assert_eq!(companies(&rows(&feed)), 3);
}

#[test]
fn a_file_that_nothing_can_be_added_to_is_refused_and_left_as_it_is() {
    let place = Place::new();
    let reports = place.reports("reports", &[("a.md", KAFKA)]);
    let feed = |name: &str, change: &str| {
        let path = place.path(name);
        append(&reports, &path);
        Connection::open(&path).unwrap().execute_batch(change).unwrap();
        path
    };
    let (text, empty, foreign, plain) =
        (place.path("text.sqlite"), place.path("empty.db"), place.path("foreign.sqlite"), place.path("plain.sqlite"));
    std::fs::write(&text, "a letter of more than sixteen bytes").unwrap();
    std::fs::write(&empty, "").unwrap();
    Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE nodes (id TEXT); CREATE TABLE records (document TEXT); PRAGMA user_version = 1;")
        .unwrap();
    extract(&reports, &plain, &[]);
    let wrong: [(PathBuf, &[&str], &str); 9] = [
        (text, &[], "text.sqlite: it is no SQLite database"),
        (empty, &[], "empty.db: it is a SQLite database, but none that techgraph has made"),
        (foreign, &[], "foreign.sqlite: it is a SQLite database, but none that techgraph has made"),
        (plain, &[], "plain.sqlite: it was made without --append, and has no records to add to: delete it, and make it anew with --append"),
        (
            feed("other.sqlite", "PRAGMA user_version = 7;"),
            &[],
            "other.sqlite: its tables are of version 7, and this techgraph writes version 1: delete it, and make it anew from all reports",
        ),
        (
            feed("broken.sqlite", "UPDATE records SET extract = '{}';"),
            &[],
            "broken.sqlite: its record of a.md cannot be read (missing field `document`",
        ),
        (feed("unknown.sqlite", ""), &["--company", "Kakoa"], "no company of this graph is called `Kakoa`"),
        (
            feed("redacted.sqlite", ""),
            &["--redact-people"],
            "--append keeps what each report said, speakers too, and --redact-people leaves them out",
        ),
        (feed("more.sqlite", ""), &["-o", "graph.json"], "--append adds to SQLite databases alone: write graph.json in a run of its own"),
    ];
    for (path, more, message) in wrong {
        let before = std::fs::read(&path).unwrap();
        let more: Vec<&str> = ["--append"].iter().chain(more).copied().collect();
        let Output { status, stderr, .. } = command(&place.reports("new", &[("c.md", SAME_EVENT)]), &path, &more).output().unwrap();
        let said = String::from_utf8_lossy(&stderr);
        assert!(said.contains(message), "{said} instead of {message}");
        assert_eq!(status.code(), Some(2), "{message}");
        assert!(std::fs::read(&path).unwrap() == before, "{} was touched", path.display());
    }
    assert!(!place.path("graph.json").exists());
}

#[test]
fn a_run_that_is_killed_leaves_the_old_or_the_new() {
    let place = Place::new();
    let (few, many) = (place.reports("few", &[("a.md", KAFKA)]), place.many("many"));
    let (old_feed, new_feed, feed) = (place.path("old.sqlite"), place.path("new.sqlite"), place.path("feed.sqlite"));
    append(&few, &old_feed);
    std::fs::copy(&old_feed, &new_feed).unwrap();
    let begun = Instant::now();
    append(&many, &new_feed);
    let whole = begun.elapsed();
    let (old, new) = (rows(&old_feed), rows(&new_feed));
    let (mut left_old, mut left_journal) = (0, 0);
    let journal = place.path("feed.sqlite-journal");
    let steps = 8;
    // In equal steps, and as soon as the database is being written.
    for step in 0..=steps + 2 {
        std::fs::copy(&old_feed, &feed).unwrap();
        let mut run = start(&many, &feed);
        if step <= steps {
            std::thread::sleep(whole * step / steps);
        } else {
            while !journal.exists() && run.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(200));
            }
        }
        run.kill().expect("a run can be killed");
        run.wait().unwrap();
        left_journal += usize::from(journal.exists());
        let left = rows(&feed);
        left_old += usize::from(left == old);
        assert!(left == old || left == new, "killed at step {step}");
        append(&many, &feed);
        same(&rows(&feed), &new);
    }
    assert!(left_old > 0 && left_journal > 0, "no run was killed before it had ended, or none while it wrote: {left_old}, {left_journal}");
}

#[test]
fn of_two_runs_at_once_none_is_lost() {
    let place = Place::new();
    let (few, many, more) = (place.reports("few", &[("a.md", KAFKA)]), place.many("many"), place.reports("more", &[("b.md", SAME_EVENT)]));
    let (wanted, feed) = (place.path("wanted.sqlite"), place.path("feed.sqlite"));
    for reports in [&few, &many, &more] {
        append(reports, &wanted);
    }
    let wanted = rows(&wanted);
    // Where there is no file, where there is one, and where both read the same.
    for attempt in 0..3 {
        let _ = std::fs::remove_file(&feed);
        if attempt > 0 {
            append(&few, &feed);
        }
        for run in [&many, &more, &few].map(|reports| start(reports, &feed)) {
            let done = run.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        same(&rows(&feed), &wanted);
    }
}

#[test]
fn a_reader_sees_the_old_until_it_sees_the_new() {
    let place = Place::new();
    let (few, many) = (place.reports("few", &[("a.md", KAFKA)]), place.many("many"));
    let feed = place.path("feed.sqlite");
    append(&few, &feed);
    let reader = Connection::open_with_flags(&feed, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    reader.busy_timeout(Duration::from_secs(5)).unwrap();
    let old = held(&reader);
    // One who reads on keeps the run waiting, and sees nothing of it.
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(held(&reader), old);
    let mut run = start(&many, &feed);
    std::thread::sleep(Duration::from_secs(2));
    assert!(run.try_wait().unwrap().is_none(), "the run did not wait");
    assert_eq!(held(&reader), old);
    reader.execute_batch("COMMIT").unwrap();
    assert!(run.wait().unwrap().success());
    assert_eq!(held(&reader)["records"].len(), 1 + 8 * samples().len());
}

//! What holds for every text: nothing panics, places are places of the file, talks never overlap, edges have evidence, and
//! how a report is encoded makes no difference to what is found in it.
//!
//! The cases are the same on every run; `PROPTEST_CASES=20000 PROPTEST_RNG_SEED=1 cargo test --test properties` looks
//! further.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestCaseError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use techgraph::detect;
use techgraph::export::{self, Format, Options};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::build;
use techgraph::input;
use techgraph::pipeline;
use techgraph::record::Extract;
use techgraph::segment;
use techgraph::source::harmless;
use unicode_normalization::UnicodeNormalization;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// What reports are made of, and what trips their readers up.
#[rustfmt::skip]
const PIECES: [&str; 96] = [
    "\n\n# ", "\n\n## ", "\n\n### Session 2: ", "\n\n## 1. ", "\n\n# 2. ", "\n\n## 3. ", "\n\n**", "\n\n- ", "# ", "## ",
    "### ", "## 1. ", "# 2. ", "### 03. ", "##", "- ", "  - ", "1. ", "> ", "| ", " | ", "|---|---|\n",
    "| 제목 | 발표자 |\n|---|---|\n", "```\n", "```rust\n", "~~~\n", "    ", "**", "*", "_", "`", "~~", "[",
    "](https://x.example/kafka)", "![", "](a.png)", "<p>", "</p>", "<h2>", "</h2>", "<!-- ", " -->", "<a href=\"redis\">",
    "</a>", "<br>", "<script>", "&amp;", "&", "{% x %}", "{{ y }}", "\n", "\n\n", "\n\n", "\n===\n", "\n---\n", "---\n",
    "+++\n", "title: ", "title = \"a\"\n", "date: 2021-01-02\n", "카프카", "를", "에서", "클러스터", "쿠버네티스", "Kafka", "Kubernetes",
    "Spring\nBoot", "Spring", " Boot", "Go", "go", "R", "C++", "Python3", "DKOSv3", "クーバネティス", "ｶﾌｶ", "Ｇｏ", "発表者：", "さん",
    "발표자 : ", "김하늘", "(카카오)", " - ", " — ", " by Jane Doe", "Redis", ", ", "/", " ", "\t", "e\u{301}", "각", "\u{1f600}",
    "2019.08.30",
];

/// Characters that a reader may stumble over.
#[rustfmt::skip]
const ODD: [&str; 12] = [
    "\u{200b}", "\u{a0}", "\u{3000}", "\u{feff}", "\u{ad}", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{1112}\u{1161}\u{11ab}", "\u{fffd}", "\u{0}",
];

fn config() -> Config {
    let given = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { 64 };
    let rng_seed = if given.rng_seed == RngSeed::Random { RngSeed::Fixed(20_190_830) } else { given.rng_seed };
    Config { cases, rng_seed, failure_persistence: None, ..given }
}

/// A report without odd characters, with `\n` at its lines' ends, in NFC.
fn plain() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "[가-힣]{1,4}", 1 => "[A-Za-z0-9 .,]{1,8}"];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat().nfc().collect())
}

/// Any text.
fn text() -> impl Strategy<Value = String> {
    let odd = prop_oneof![select(ODD.to_vec()).prop_map(str::to_owned), any::<char>().prop_map(String::from), "\\PC{0,4}"];
    let piece =
        prop_oneof![6 => select(PIECES.to_vec()).prop_map(str::to_owned), 2 => "[가-힣]{1,4}", 1 => "[A-Za-z0-9 .,]{1,8}", 3 => odd];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Any bytes: text in some encoding, text with broken bytes, noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let encoded = (text(), 0..5_usize).prop_map(|(text, encoding)| match encoding {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        2 => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        3 => encoding_rs::EUC_KR.encode(&text).0.into_owned(),
        _ => encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
    });
    let broken = (text(), vec((any::<u16>(), any::<u8>()), 1..8)).prop_map(|(text, noise)| {
        let mut bytes = text.into_bytes();
        noise.into_iter().for_each(|(at, byte)| bytes.insert(usize::from(at) % (bytes.len() + 1), byte));
        bytes
    });
    prop_oneof![encoded, broken, vec(any::<u8>(), 0..300), Just(Vec::new())]
}

/// What a check returns: what does not hold, in words.
type Checked = Result<(), TestCaseError>;

/// Texts that once tripped it up.
const STUMBLES: [&str; 11] = [
    "## A\n\nKafka\n\n## B\nRedis<h2>C\n",
    "](a.png)<h2>** by Jane Doe",
    "가```\nC++- ```\n",
    "# x\n\n`use\nRedis now` and `a`.\n",
    "# x\n\n<h2>One\nKafka</h2>\n\nRedis\n\n<h2>Two</h2>\n",
    "# 후기\n\n## 1. **Kube**rnetes - 김하늘(카카오)\n\n발표자 : \u{a0}\n",
    "---\ntitle: a\n---\n",
    "## 카프카<h2>C++ by Jane Doe\n",
    "가`\r쿠버네티스##`\n\n# a\n",
    "## #  by Jane Doe\n\nKafka\n\n## Two\n\nRedis\n",
    "## 1. One\n\nKafka\n\n## -\n\nRedis\n",
];

#[test]
fn texts_that_once_tripped_it_up_do_so_no_more() {
    let checks = [places_are_places_of_the_file, talks_share_nothing, encoding_changes_nothing];
    let wrong: Vec<String> = STUMBLES
        .iter()
        .flat_map(|text| checks.iter().filter_map(move |check| check(text).err().map(|why| format!("{text:?}: {why}"))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_is_no_more_than_its_own_words() {
    let extract = extracted("# x\n\n`use\nRedis now`, **Kube**rnetes and Spring\nBoot.\n".as_bytes()).expect("a text is read");
    let surfaces: Vec<&str> = extract.mentions.iter().map(|m| m.surface.as_str()).collect();
    assert_eq!(surfaces, ["Redis", "Kube**rnetes", "Spring\nBoot"]);
}

#[test]
fn a_long_paragraph_is_read_in_the_time_of_its_length() {
    let begun = Instant::now();
    let text = format!("# 후기\n\n{}\n", "고루틴 Go Spring R ".repeat(3_000));
    let extract = extracted(text.as_bytes()).expect("a text is read");
    let (took, found) = (begun.elapsed(), extract.mentions.len());
    // A hundred times of what it takes when it grows with the length.
    assert!(took < Duration::from_secs(10), "{} bytes with {found} mentions took {took:?}: something grows with the square", text.len());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_place_in_a_text_is_a_place_of_the_file(text in text()) {
        places_are_places_of_the_file(&text)?;
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in bytes()) {
        if let Some(extract) = extracted(&bytes) {
            for mention in &extract.mentions {
                let [start, end] = mention.span;
                prop_assert!(start < end && end <= bytes.len(), "a span out of the file: {mention:?}");
            }
            well_formed(&extract)?;
        }
    }

    #[test]
    fn talks_are_in_order_and_share_nothing(text in text()) {
        talks_share_nothing(&text)?;
    }

    #[test]
    fn the_graph_has_every_edges_nodes_and_every_mentions_evidence(first in text(), second in text()) {
        edges_are_founded(first, second)?;
    }

    #[test]
    fn line_ends_and_decomposed_letters_change_nothing(text in plain()) {
        encoding_changes_nothing(&text)?;
    }
}

/// Spans hold their surfaces, in order; line and column lead to the same place; the extract is well-formed.
fn places_are_places_of_the_file(text: &str) -> Checked {
    let Some(extract) = extracted(text.as_bytes()) else {
        prop_assert!(text.contains('\0'), "a text without binary data was refused");
        return Ok(());
    };
    let mut last = 0;
    for mention in &extract.mentions {
        let [start, end] = mention.span;
        prop_assert!(last <= start && start < end && end <= text.len(), "a span out of order or out of the file: {mention:?}");
        let held = text.get(start..end).map(|held| held.chars().map(harmless).collect());
        prop_assert_eq!(held.as_ref(), Some(&mention.surface), "a span that does not hold its surface");
        let before = &text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let bom = usize::from(line == 1 && text.starts_with('\u{feff}'));
        prop_assert_eq!((mention.line, mention.column), (line, column - bom), "line and column of {:?}", mention);
        last = end;
    }
    well_formed(&extract)
}

/// Talks are in order, none overlaps another, and each holds its title.
fn talks_share_nothing(text: &str) -> Checked {
    let Some(document) = input::parse("talks.md", text.as_bytes().to_vec(), input::Format::Markdown).value else { return Ok(()) };
    let talks = segment::talks(&document, &GAZETTEER).talks;
    for pair in talks.windows(2) {
        prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?} and {:?} overlap", pair[0], pair[1]);
    }
    for talk in &talks {
        prop_assert!(!talk.span.is_empty() && talk.span.end <= document.source.text().len(), "a talk of nothing: {talk:?}");
        prop_assert!(talk.span.contains(talk.heading), "a talk without its title's place: {talk:?}");
    }
    Ok(())
}

/// Both ends of every edge are nodes, and each mention has its evidence.
fn edges_are_founded(first: String, second: String) -> Checked {
    let extracts = [("a.md", first), ("b.md", second)].into_iter();
    let extracts: Vec<Extract> = extracts
        .filter_map(|(name, text)| pipeline::bytes(name, text.into_bytes(), &GAZETTEER, &detect::Options::default()).value)
        .collect();
    let graph = build::graph(extracts, &GAZETTEER);
    let mut out = Vec::new();
    export::write(&graph, Format::Json, &Options::default(), &mut out).expect("memory can be written");
    let json: Value = serde_json::from_slice(&out).expect("the graph is JSON");
    let list = |name: &str| json[name].as_array().cloned().unwrap_or_default();
    let ids: BTreeSet<String> = list("nodes").iter().filter_map(|n| n["id"].as_str().map(str::to_owned)).collect();
    prop_assert_eq!(ids.len(), list("nodes").len(), "an id stands twice");
    for edge in list("edges") {
        let known = |end: &str| edge[end].as_str().is_some_and(|id| ids.contains(id));
        prop_assert!(known("source") && known("target"), "an edge without its nodes: {edge}");
        prop_assert!(edge["count"].as_u64() > Some(0), "an edge that counts nothing: {edge}");
        if edge["kind"] == "mentions" {
            let evidence = edge["evidence"].as_array().map_or(0, Vec::len);
            prop_assert_eq!(Some(evidence as u64), edge["count"].as_u64(), "not as much evidence as mentions: {}", edge);
            let quoted = |e: &Value| e["quote"].as_str().is_some_and(|q| !q.is_empty());
            prop_assert!(edge["evidence"].as_array().is_some_and(|list| list.iter().all(quoted)), "evidence without a quote: {edge}");
        }
    }
    Ok(())
}

/// NFD and CRLF variants say the same.
fn encoding_changes_nothing(text: &str) -> Checked {
    let decomposed: String = text.nfd().collect();
    let windows = text.replace('\n', "\r\n");
    let both = decomposed.replace('\n', "\r\n");
    let told = told(text);
    for (what, variant) in [("decomposed letters", decomposed), ("CRLF", windows), ("decomposed letters and CRLF", both)] {
        prop_assert_eq!(&told, &self::told(&variant), "{} change what is found in {:?}", what, text);
    }
    Ok(())
}

fn extracted(bytes: &[u8]) -> Option<Extract> {
    pipeline::bytes("report.md", bytes.to_vec(), &GAZETTEER, &detect::Options::default()).value
}

/// What holds for an extract, whatever the bytes were.
fn well_formed(extract: &Extract) -> Checked {
    let mut ids = BTreeSet::new();
    let mut last = 1;
    for talk in &extract.talks {
        prop_assert!(last <= talk.start_line && talk.start_line <= talk.end_line, "a talk out of order: {talk:?}");
        prop_assert!(!talk.title.is_empty(), "a talk without a title: {talk:?}");
        prop_assert!(ids.insert(talk.id.as_str()), "an id stands twice: {talk:?}");
        prop_assert!(
            !talk.title.contains(['\n', '\r']) && talk.title.trim() == talk.title,
            "a title is one line without space around it: {talk:?}"
        );
        last = talk.end_line;
    }
    for mention in &extract.mentions {
        prop_assert!(mention.confidence > 0.0 && mention.confidence <= 1.0, "a confidence out of range: {mention:?}");
        let Some(id) = &mention.talk else { continue };
        let talk = extract.talks.iter().find(|t| t.id == *id).expect("a mention's talk is one of the document's");
        prop_assert!((talk.start_line..=talk.end_line).contains(&mention.line), "{mention:?} stands outside the lines of {talk:?}");
    }
    Ok(())
}

/// What a report says, without its bytes.
#[derive(Debug, PartialEq)]
struct Told {
    /// Titles with first and last lines.
    talks: Vec<(String, usize, usize)>,
    /// How often each entity is named in which line.
    names: BTreeMap<(String, usize), usize>,
}

fn told(text: &str) -> Told {
    let extract = extracted(text.as_bytes()).expect("a text is read");
    let mut names = BTreeMap::new();
    extract.mentions.iter().for_each(|m| *names.entry((m.entity.to_string(), m.line)).or_insert(0) += 1);
    let title = |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ");
    Told { talks: extract.talks.iter().map(|t| (title(&t.title), t.start_line, t.end_line)).collect(), names }
}

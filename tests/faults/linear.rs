//! No text takes more than the time of its length: texts made to make parsers and rules look at the same place again and
//! again, at one length and at four times that.
//!
//! The time is the processor's, of this thread alone, so that others on the machine do not matter.
//! `TECHGRAPH_LINEAR=1000000 cargo test --test faults linear` measures at that length, and shows it.

use std::sync::LazyLock;
use std::time::{Duration, Instant};
use techgraph::detect::Options;
use techgraph::gazetteer::Gazetteer;
use techgraph::pipeline;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// How long the shorter text is, in bytes.
const LENGTH: usize = 16_000;

/// How much more time four times the text may take: four times, or sixteen where it grows with the square.
const MOST: u32 = 9;

/// What takes less is not measured well.
const LEAST: Duration = Duration::from_millis(60);

/// Text before, what is repeated, text after.
#[rustfmt::skip]
const REPEATED: [(&str, &str, &str); 84] = [
    ("", "# Kafka 이야기\n\n", ""), ("", "## 1. Kafka - 김하늘 (카카오)\n\nRedis\n\n", ""), ("", "**Kafka 이야기 - 김하늘**\n\n", ""),
    ("# ", "word ", ""), ("# ", "김하늘 (카카오) - Kafka ", ""), ("- ", "Kim Haneul - ", ""), ("", "#", ""),
    ("", "a", ""), ("", "A", ""), ("", "A.", " Bo spoke"), ("", "가", ""), ("", "カ", ""), ("", "漢", ""), ("", " ", "a"), ("", "\t", "a"), ("", "\n", ""), ("", "a\r", ""),
    ("", "Kafka ", ""), ("", "고루틴 Go Spring R Kafka로 ", ""), ("", "Kafka, Redis, ", ""), ("", "김하늘(카카오) ", ""), ("", "Jane Doe, ", ""),
    ("", "go r c spring chef puppet ", ""), ("", "kakfa kubernets postgers ", ""), ("", "카프카(Kafka) ", ""), ("", "2019.08.30 ", ""),
    ("", "첫 번째 발표는 김하늘 님이 Kafka에 대해 이야기했다. ", ""), ("", "Jane Doe from Acme talked about Kafka. ", ""),
    ("", "*", ""), ("", "*a ", ""), ("", "**a*b", ""), ("", "_a", ""), ("", "`a", ""), ("", "``a`", ""), ("", "~a", ""), ("", "~~a ", ""),
    ("", ">", " a"), ("", "> ", " a"), ("", "[", ""), ("", "[a](", ""), ("", "[[a]", ""), ("", "![a](", ""), ("[a]: /b\n\n", "[a]", ""),
    ("", "[Kafka](https://a.example/b) ", ""), ("", "**[a](b)** ", ""), ("", "[a]: b\n", ""), ("", "\\", ""), ("", "&", ""), ("", "&amp;", ""),
    ("", "<", ""), ("", "<a ", ""), ("", "<a href=\"", ""), ("", "<!-- a ", ""), ("", "<![CDATA[", ""), ("", "<!A ", ""), ("", "<?", ""),
    ("<div>\n", "<a ", ""), ("<div>\n", "<a b=\"", ">"), ("<div>\n", "<a b=\"<c d='", ">"), ("<div>\n", "<script>", ""),
    ("<div>\n", "<script>a</script>", ""), ("<div>\n", "<?a", ""), ("<div>\n", "<!--", ""), ("<div>\n", "<b>", ""), ("", "<h2>Kafka</h2>", ""),
    ("", "- Kafka\n", ""), ("", "- Kafka\n\n", ""), ("", "1. Kafka\n", ""), ("", "1. ", ""), ("", "- ", "a"), ("", ".", ""), ("", "-", ""),
    ("|a|b|\n|-|-|\n", "|Kafka|Redis|\n", ""), ("|시간|제목|발표자|\n|-|-|-|\n", "|10:00|Kafka 이야기|김하늘|\n", ""), ("", "|", ""),
    ("", "```\nKafka\n", ""), ("```\n", "한글 글자 말\n", ""), ("", "{% ", ""), ("", "{{ ", ""), ("", "![a]({{", ""),
    ("---\na: b\n", "x\n", ""), ("---\na: ", "[", "\n---\n"), ("+++\na = ", "[", "\n+++\n"), ("", "a\u{301}\u{301}\u{1112}\u{1161}\u{11ab}", ""),
];

/// What is numbered, so that no two are alike.
const NUMBERED: [&str; 11] = [
    "We built ZorpN here. ",
    "He works at BlimpN Inc. ",
    "저희 회사는 사내 플랫폼 조프N를 만들었습니다. ",
    "카프카N(KafkaN) ",
    "kN: v\n",
    "N. Kafka\n",
    "[aN]: b\n",
    "## N. Kafka - 김하늘N (카카오)\n\nRedis\n\n",
    "## A talk N about Kafka\n\nJane DoeN gave a talk about \"A talk N about Kafka\".\n\nShe did.\n\n",
    "Jane from AcmeN talked about Kafka. Mira's keynote N, then Jane RoeN, in her session on Redis. ",
    "## Kafka N\n\n- Redis\n\n",
];

#[test]
fn four_times_the_text_takes_four_times_the_time() {
    let given: Option<usize> = std::env::var("TECHGRAPH_LINEAR").ok().and_then(|length| length.parse().ok());
    let length = given.unwrap_or(LENGTH);
    let mut wrong = Vec::new();
    let repeated = REPEATED.iter().map(|(before, piece, after)| {
        let made = move |length: usize| format!("{before}{}{after}", piece.repeat(length / piece.len())).into_bytes();
        (format!("{before:?} {piece:?} {after:?}"), Box::new(made) as Box<dyn Fn(usize) -> Vec<u8>>)
    });
    let numbered = NUMBERED.iter().map(|piece| {
        let front = if piece.starts_with('k') { "---\n" } else { "" };
        let made = move |length: usize| {
            let pieces: String = (0..length / piece.len()).map(|n| piece.replace('N', &n.to_string())).collect();
            format!("{front}{pieces}{front}").into_bytes()
        };
        (format!("{piece:?}"), Box::new(made) as Box<dyn Fn(usize) -> Vec<u8>>)
    });
    let bytes: [(&str, &[u8]); 4] =
        [("broken UTF-8", b"\xff"), ("half of UTF-16", b"\xff\xfe\x00\xd8"), ("Shift_JIS", b"\x81"), ("CP949", b"\xc4\xab ")];
    let bytes = bytes.into_iter().map(|(name, piece)| {
        (name.to_owned(), Box::new(move |length: usize| piece.repeat(length / piece.len())) as Box<dyn Fn(usize) -> Vec<u8>>)
    });
    for (name, made) in repeated.chain(numbered).chain(bytes) {
        // Time that others took from this one is not its own: the least of some.
        let (mut one, mut four) = (Duration::MAX, Duration::MAX);
        for _ in 0..4 {
            one = one.min(time(made(length)));
            four = four.min(time(made(4 * length)));
            if four < LEAST || four < one * (MOST - 3) {
                break;
            }
        }
        if given.is_some() {
            crate::say(&format!("{:>8.1} ms {:>8.1} ms  {name}", one.as_secs_f64() * 1e3, four.as_secs_f64() * 1e3));
        }
        if four >= LEAST && four > one * MOST {
            wrong.push(format!("{name}: {one:?} for {length} bytes, {four:?} for four times as many"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What reading takes of the processor.
fn time(bytes: Vec<u8>) -> Duration {
    LazyLock::force(&GAZETTEER);
    let before = used();
    drop(pipeline::bytes("report.md", bytes, &GAZETTEER, &Options::default()));
    used() - before
}

/// What this thread has had of the processor; where the system does not say, the time of day.
fn used() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

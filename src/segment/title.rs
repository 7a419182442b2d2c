//! A talk's title: a heading without its number, its track and time, its markup.
//!
//! In: a heading's visible text. Out: [`Heading`]: the title's place in it and the number in front.

use crate::pattern::{Lazy, pattern};
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// What a heading says besides its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// The title within the text; bylines are still part of it.
    pub(super) title: Span,
    /// The number in front: `1.`, `03.`, `#3`, `Session 2`, `트랙1_2`.
    pub(super) number: Option<u32>,
    /// Whether a word such as `Session` or `Talk` or `LT` stands in front.
    pub(super) announced: bool,
}

/// Whether a line is but a place in an order: `첫 번째 세션`, `Session 2`, `10:15〜10:55`. Its title stands below.
pub(super) fn is_bare(text: &str) -> bool {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?ix)^\W*(?:
                (?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열|마지막)\s?번째\s*(?:세션|발표|강연|시간)?
                | (?:session|talk|세션|발표|강연|セッション|발표\s*주제)\s*(?:\#|no\.?)?\s*\d{1,2}
                | 第\s?\d\s?(?:部|セッション)
                | (?:오전|오후|am|pm)?\s*(?:[01]?\d|2[0-3])[:：][0-5]\d\s*(?:am|pm)?\s*(?:[-–—~～〜]\s*(?:오전|오후)?\s*(?:[01]?\d|2[0-3])[:：][0-5]\d\s*(?:am|pm)?)?
            )\W*$",
        )
    });
    BARE.is_match(text)
}

/// What may stand in front of a title.
struct Front {
    /// The characters that it opens with; none for symbols and pictures.
    opens: &'static str,
    announced: bool,
    words: Lazy,
}

impl Front {
    fn may_open(&self, first: char) -> bool {
        if self.opens.is_empty() { !first.is_ascii_alphanumeric() } else { self.opens.contains(first) }
    }
}

/// Splits a heading's text.
pub(super) fn heading(text: &str) -> Heading {
    static FRONT: LazyLock<Vec<Front>> = LazyLock::new(|| {
        let front = |opens, announced, source: &str| Front { opens, announced, words: Lazy::new(source.to_owned()) };
        vec![
            front(
                "stklSTKL세발강주セ",
                true,
                r"(?i)^(?:session|talk|keynote|lt|세션|발표|강연|セッション|발표\s*주제|주제)\s*(?:#|no\.?)?\s*(?P<n>\d{1,2})?\s*(?:[.:：)\]\-–—|_]+|\s)\s*",
            ),
            front(
                "trTR트",
                true,
                r"(?i)^(?:track|트랙|room)[\s_]*(?:[a-z]|기타|\d{1,2})?(?:[\s_\-]*(?P<n>\d{1,2}))?(?:\s*[.:：)\]|_]+|\s)\s*",
            ),
            front("첫두세네다여일", true, r"^(?:첫|두|세|네|다섯|여섯|일곱)\s?번째\s*(?:세션|발표|강연)?\s*[.:：)\-–—|]*\s*"),
            front("ocOC", true, r"(?i)^(?:opening|closing)\s+(?:[.:：\-–—|]\s*)?"),
            front("[", true, r"(?i)^\[\s*(?:session|talk|keynote|lt|track|세션|발표|키노트|트랙)\D{0,4}(?P<n>\d{1,2})?[^\]]{0,8}\]\s*"),
            front("[【", false, r"^(?:\[[^\[\]]{1,40}\]|【[^【】]{1,40}】)\s*"),
            front(
                "([0123456789",
                false,
                r"^[(\[]?(?:[01]?\d|2[0-3])[:：][0-5]\d(?:\s*(?:am|pm|AM|PM))?\s*(?:[-–—~～〜]\s*(?:[01]?\d|2[0-3])[:：][0-5]\d(?:\s*(?:am|pm|AM|PM))?)?[)\]]?\s*[|:：\-–—]?\s*",
            ),
            front("([#0123456789", false, r"^[(\[#]?(?P<n>\d{1,2})[.)\]:：]\s*"),
            front("0123456789", false, r"^\d{1,2}-(?P<n>\d{1,2})[.)]\s+"),
            front("#", false, r"^#(?P<n>\d{1,2})\s+"),
            front("0123456789", false, r"^(?P<n>\d{1,2})\s*[-–—]\s+"),
            front("0", false, r"^(?P<n>0\d)\s+"),
            front("①②③④⑤⑥⑦⑧⑨⑩", false, r"^[①②③④⑤⑥⑦⑧⑨⑩]\s*"),
            front("", false, r"^(?:[\u{2190}-\u{2BFF}\u{1F000}-\u{1FAFF}\u{fe0f}\u{20e3}★☆•·]+)\s*"),
        ]
    });
    let mut start = text.len() - text.trim_start().len();
    let (mut number, mut announced) = (None, false);
    // Fronts nest: `[Session 3] 14:00 2. Title`.
    for _ in 0..4 {
        let rest = &text[start..];
        let first = rest.chars().next().unwrap_or(' ');
        let mut fronts = FRONT.iter().filter(|front| front.may_open(first));
        let Some((found, word)) = fronts.find_map(|front| Some((front.words.captures(rest)?, front.announced))) else { break };
        let length = found.get(0).map_or(0, |m| m.len());
        // `3.4 Version` has no number in front.
        let version = rest[..length].ends_with('.') && rest[length..].starts_with(|c: char| c.is_ascii_digit());
        // `Closing remarks` is one; `Closing Cloud Native の裾野を広げる` is a talk that closes.
        let remark = word && rest[..length].trim().len() == 7 && rest[length..].split_whitespace().count() < 3;
        if length == 0 || version || remark || rest[length..].trim().is_empty() {
            break;
        }
        number = number.or(found.name("n").and_then(|n| n.as_str().parse().ok()));
        announced |= word;
        start += length;
    }
    Heading { title: trimmed(text, Span::new(start, text.len())), number, announced }
}

/// A span without the marks and spaces that stand around a title.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let inner = inner.trim_end().strip_suffix("について").filter(|rest| rest.ends_with('」')).unwrap_or(inner);
    let kept = inner.trim_end().trim_end_matches(['#', '|', '-', '–', '—', '/', ':', '：', ',', '\\']).trim_end();
    let front = kept.len() - kept.trim_start_matches([' ', '\t', '>', '|', '-', '–', '—', '/', ':', '：', ',']).len();
    let mut out = Span::new(span.start + front, span.start + kept.len());
    // A title that stands whole in quotation marks.
    for (open, close) in [("\"", "\""), ("“", "”"), ("「", "」"), ("『", "』"), ("'", "'"), ("‘", "’")] {
        let inner = out.of(text);
        if let Some(bare) = inner.strip_prefix(open).and_then(|t| t.strip_suffix(close))
            && !bare.contains(close)
            && !bare.is_empty()
        {
            out = Span::new(out.start + open.len(), out.end - close.len());
        }
    }
    out
}

/// What stands in quotation marks on a line, in at least so many characters: neither mark nor line end stands within.
pub(super) fn quoted(text: &str, least: usize) -> impl Iterator<Item = Span> + '_ {
    const OPEN: [char; 6] = ['“', '"', '「', '『', '‘', '\''];
    const CLOSE: [char; 6] = ['”', '"', '」', '』', '’', '\''];
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..].find(OPEN)?;
            let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
            let ends = |c: char| c == '\n' || OPEN.contains(&c) || CLOSE.contains(&c);
            let end = start + text[start..].find(ends)?;
            let close = text[end..].chars().next().filter(|c| CLOSE.contains(c));
            at = end;
            if let Some(close) = close.filter(|_| (least..=140).contains(&text[start..end].chars().count())) {
                at = end + close.len_utf8();
                return Some(Span::new(start, end));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{heading, quoted};

    #[test]
    fn what_stands_in_quotation_marks() {
        let found = |text: &'static str| quoted(text, 4).map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(found("“Queues that last” or \"Why not?\", not ‘no’"), ["Queues that last", "Why not?"]);
        assert_eq!(found("it's what they're for"), ["s what they"]);
        assert_eq!(found("“one\ntwo” ‘three’"), ["three"]);
        assert_eq!(found("「한 줄로 끝내기」라는 '발표"), ["한 줄로 끝내기"]);
    }

    #[test]
    fn numbers_tracks_and_times_are_no_title() {
        for (text, title, number) in [
            ("1. 카카오에서 컨테이너를 활용하는 방법", "카카오에서 컨테이너를 활용하는 방법", Some(1)),
            ("2.초당옥수수의 취소를 막아라! : 수만 건의 주문", "초당옥수수의 취소를 막아라! : 수만 건의 주문", Some(2)),
            ("03.Practical Microservices in gRPC Go", "Practical Microservices in gRPC Go", Some(3)),
            ("Talk 1 エンタープライズKubernetes", "エンタープライズKubernetes", Some(1)),
            ("LT - どうやって始める？", "どうやって始める？", None),
            ("트랙1_2. Knative로 서버리스", "Knative로 서버리스", Some(2)),
            ("[Session 3] 14:00 - 14:40 Kafka 운영", "Kafka 운영", Some(3)),
            ("트랙1_3 gRPC 게이트웨이", "gRPC 게이트웨이", Some(3)),
            ("Tracking the sun", "Tracking the sun", None),
            ("🎤 Testing ##", "Testing", None),
            ("1-2. 게이트웨이 다시 쓰기", "게이트웨이 다시 쓰기", Some(2)),
            ("12가지 디자인 패턴", "12가지 디자인 패턴", None),
            ("2019 회고", "2019 회고", None),
            ("3.4 Version", "3.4 Version", None),
            ("Kubernetes, Kubernetes", "Kubernetes, Kubernetes", None),
            ("\"I Serve No Master!\"", "I Serve No Master!", None),
            ("Sessions at a glance", "Sessions at a glance", None),
        ] {
            let read = heading(text);
            assert_eq!((read.title.of(text), read.number), (title, number), "{text}");
        }
    }
}

//! Whether a name ends where it seems to end: scripts, particles, plurals, versions, identifiers.
//!
//! In: the visible text and the span of a surface form in it. Out: a [`Boundary`] that says what stands at both edges, or
//! `None` where the form is part of a longer word (`고` in `그리고`, `자바` in `자바당`, `R` in `R3룸`, `kafka` in
//! `kafkaTemplate`).

use super::languages;
pub use super::particles::Tail;
use crate::normalize::{is_han, is_hangul, is_katakana, is_latin};
use crate::span::Span;

/// What stands at the edges of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// How the Hangul right after it reads.
    pub tail: Tail,
    /// Whether a version follows without a space (`Python3`, `DKOSv3`).
    pub version: bool,
    /// Whether a hyphen or slash joins it to another word.
    pub joined: bool,
    /// Whether it is a hashtag.
    pub hashtag: bool,
}

/// Reads the edges of `span` in `text`; `None` if the span is part of a longer word.
pub fn boundary(text: &str, span: Span) -> Option<Boundary> {
    let surface = span.of(text);
    let first = surface.chars().next()?;
    let last = surface.chars().next_back()?;
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if !left_edge(first, before) {
        return None;
    }
    // kube-dns, android-job: a part of an identifier; but pre-Kafka is about Kafka.
    if before.ends_with('-') && before[..before.len() - 1].ends_with(is_latin) && first.is_ascii_lowercase() {
        return None;
    }
    let short = surface.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
    let mut edge =
        Boundary { tail: Tail::Nothing, version: false, joined: before.ends_with(['-', '/', '.']), hashtag: before.ends_with('#') };
    let mut rest = after;
    if is_latin(last) || last.is_ascii_digit() || matches!(last, '+' | '#') {
        rest = right_of_latin(after, short, last, &mut edge)?;
        if first.is_ascii_lowercase() && names_something_else(after) {
            return None;
        }
    } else if is_hangul(last) || is_katakana(last) {
        rest = after_digits(after).unwrap_or(after);
        edge.version = rest.len() < after.len();
        if is_katakana(last) && rest.starts_with(is_katakana) {
            return None;
        }
    } else if is_han(last) && after.starts_with(is_han) {
        return None;
    }
    let run_len = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
    let run = &rest[..run_len];
    edge.tail = if languages()
        .honorific(run)
        .is_some_and(|h| h.len() == run.len() || languages().particles.read('님', &run[h.len()..]) != Tail::Other)
    {
        Tail::Honorific
    } else {
        languages().particles.read(last, run)
    };
    if run.is_empty() && is_addressed(rest) || is_latin(first) && has_title(before) {
        edge.tail = Tail::Honorific;
    }
    if edge.tail == Tail::Other && is_hangul(last) && !edge.version {
        return None;
    }
    Some(edge)
}

/// `스칼라 님이`: an honorific after a space, which is no noun's first syllable (`님비`).
fn is_addressed(after: &str) -> bool {
    let honorific = |h: char| after.strip_prefix(' ').and_then(|rest| rest.strip_prefix(h)).map(|rest| (h, rest));
    let Some((honorific, rest)) = ['님', '씨'].into_iter().find_map(honorific) else { return false };
    let run = &rest[..rest.find(|c| !is_hangul(c)).unwrap_or(rest.len())];
    languages().particles.read(honorific, run) != Tail::Other
}

/// `Mr Jenkins`, `Dr. Salt`.
fn has_title(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(' ') else { return false };
    let rest = rest.strip_suffix('.').unwrap_or(rest);
    let word = &rest[rest.rfind(|c: char| !is_latin(c)).map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8))..];
    languages().titles.has(word)
}

/// Whether a hyphen and a word in lower case make another name of it: postgres-operator, but not redis-based.
fn names_something_else(after: &str) -> bool {
    let Some(word) = after.strip_prefix('-') else { return false };
    let word = &word[..word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len())];
    word.starts_with(|c: char| c.is_ascii_lowercase()) && !languages().hyphenated.has(word)
}

fn left_edge(first: char, before: &str) -> bool {
    let Some(previous) = before.chars().next_back() else { return true };
    if is_latin(first) || first.is_ascii_digit() {
        let identifier = previous == '.' && before.chars().rev().nth(1).is_some_and(|c| is_latin(c) || c == ')');
        !(is_latin(previous) || previous.is_ascii_digit() || matches!(previous, '_' | '@' | '$' | '\\') || identifier)
    } else if is_hangul(first) {
        let run_start = before.rfind(|c| !is_hangul(c)).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        let run = &before[run_start..];
        run.is_empty() || languages().prefixes.has(run)
    } else if is_katakana(first) {
        !is_katakana(previous)
    } else if is_han(first) {
        !is_han(previous) || before.ends_with("会社") || before.ends_with("法人")
    } else {
        // `.NET` in `ASP.NET`
        !(first == '.' && (is_latin(previous) || previous.is_ascii_digit()))
    }
}

/// What follows a name that ends in a Latin letter or digit; `None` if it goes on.
fn right_of_latin<'a>(after: &'a str, short: bool, last: char, edge: &mut Boundary) -> Option<&'a str> {
    let mut chars = after.chars();
    let (next, second) = (chars.next(), chars.next());
    let ends = |c: Option<char>| c.is_none_or(|c| !is_latin(c) && !c.is_ascii_digit() && c != '_');
    match next {
        Some('s') if is_latin(last) && !short && last != 's' && ends(second) => Some(&after[1..]),
        Some('\'' | '’') if second == Some('s') => Some(after),
        Some('v' | 'V') if second.is_some_and(|c| c.is_ascii_digit()) => {
            edge.version = true;
            after_digits(&after[1..])
        }
        Some(c) if c.is_ascii_digit() && !last.is_ascii_digit() => {
            edge.version = true;
            after_digits(after).filter(|_| !short)
        }
        Some(c) if is_latin(c) || c.is_ascii_digit() || matches!(c, '_' | '@' | '\\') => None,
        Some('+' | '#') if short => None,
        // a file or host name: airflow.cfg, spring.io
        Some('.') if second.is_some_and(|c| c.is_ascii_lowercase()) => None,
        Some('-' | '/') if second.is_some_and(char::is_alphanumeric) => {
            edge.joined = true;
            Some(after)
        }
        _ => Some(after),
    }
}

/// What follows a version number at the start of `text`; `None` if letters go on or there is no number.
fn after_digits(text: &str) -> Option<&str> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let rest = &text[digits..];
    let rest = rest.strip_prefix(['x', 'X']).filter(|r| !r.starts_with(is_latin)).unwrap_or(rest);
    (digits > 0 && !rest.starts_with(is_latin) && !rest.starts_with('_')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Tail, boundary};
    use crate::span::Span;

    fn read(text: &str, name: &str) -> Option<(Tail, bool)> {
        let at = text.find(name).unwrap();
        boundary(text, Span::new(at, at + name.len())).map(|b| (b.tail, b.version))
    }

    #[test]
    fn names_end_at_particles_versions_and_plurals() {
        for (text, name, wanted) in [
            ("Cilium을 사용", "Cilium", (Tail::Particle, false)),
            ("대용량Kafka를", "Kafka", (Tail::Particle, false)),
            ("대용량카프카를", "카프카", (Tail::Particle, false)),
            ("DKOSv3가", "DKOS", (Tail::Particle, true)),
            ("Python3", "Python", (Tail::Nothing, true)),
            ("Python3.8로", "Python", (Tail::Particle, true)),
            ("two Dockerfiles and Dockers", "Dockers", (Tail::Nothing, false)),
            ("many Lambdas run", "Lambda", (Tail::Nothing, false)),
            ("Kafka's log", "Kafka", (Tail::Nothing, false)),
            ("카프카클러스터를", "카프카", (Tail::Noun, false)),
            ("カフカを使う", "カフカ", (Tail::Nothing, false)),
            ("Java/Kotlin", "Java", (Tail::Nothing, false)),
            ("카카오님이", "카카오", (Tail::Honorific, false)),
            ("스칼라 님이", "스칼라", (Tail::Honorific, false)),
            ("스칼라 님비", "스칼라", (Tail::Nothing, false)),
            ("R룸", "R", (Tail::Other, false)),
            ("a redis-based queue", "redis", (Tail::Nothing, false)),
        ] {
            assert_eq!(read(text, name), Some(wanted), "{name} in {text}");
        }
    }

    #[test]
    fn parts_of_longer_words_are_no_names() {
        for (text, name) in [
            ("그리고 점심", "고"),
            ("R3룸", "R"),
            ("온라인으로", "라인"),
            ("클러스트", "러스트"),
            ("kafkaTemplate", "kafka"),
            ("JavaScript", "Java"),
            ("airflow.cfg", "airflow"),
            ("spring_boot", "spring"),
            ("@kafka", "kafka"),
            ("データベースボール", "ベース"),
            ("C++", "C"),
            ("kube-dns", "dns"),
            ("postgres-operator", "postgres"),
            ("라인업", "라인"),
        ] {
            assert_eq!(read(text, name), None, "{name} in {text}");
        }
    }
}

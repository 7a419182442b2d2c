//! Mends text that a Markdown parser would misread: decomposed Hangul, odd spaces, invisible characters, `##Title##`;
//! and characters that would work on a terminal.
//!
//! In: decoded text. Out: `None` if there is nothing to mend, else the clean text; origin: the decoded text.
//! The hard decision: this happens before parsing, so that the parser and every stage after it see one kind of space and
//! one kind of Hangul, and no rule has to know the others.

use crate::normalize::{is_hangul, is_katakana};
use crate::offset_map::Mapped;
use crate::pattern::pattern;
use crate::source::harmless;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The clean text, or `None` where the text is clean as it is.
pub fn clean(text: &str) -> Option<Mapped> {
    let spaces = text.chars().any(|c| is_invisible(c) || is_odd_space(c) || harmless(c) != c);
    let headings = spaceless_headings(text);
    if !spaces && headings.is_empty() && is_nfc(text) {
        return None;
    }
    let mut clean = Mapped::new();
    let mut headings = headings.into_iter().peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if headings.next_if(|h| *h == at).is_some() {
            clean.push(" ", Span::new(at, at));
        }
        let run = settled(&text[at..headings.peek().copied().unwrap_or(text.len())], &text[at..]);
        if run > 0 {
            clean.copy(&text[at..at + run], at);
            at += run;
            continue;
        }
        let end = at + c.len_utf8();
        if is_invisible(c) {
        } else if is_odd_space(c) {
            clean.push(" ", Span::new(at, end));
        } else if harmless(c) != c {
            clean.push("\u{fffd}", Span::new(at, end));
        } else {
            let cluster = text[end..].find(|c| !composes(c)).map_or(text.len(), |n| end + n);
            if cluster > end || !is_nfc(&text[at..end]) {
                let composed: String = text[at..cluster].nfc().collect();
                if composed == text[at..cluster] {
                    clean.copy(&composed, at);
                } else {
                    clean.push(&composed, Span::new(at, cluster));
                }
                at = cluster;
                continue;
            }
            clean.copy(&text[at..end], at);
        }
        at = end;
    }
    Some(clean)
}

/// How many bytes at the start of `piece`, with which `text` starts, stay as they are: characters that nothing is wrong
/// with, and that nothing joins.
fn settled(piece: &str, text: &str) -> usize {
    let plain = |c: char| c.is_ascii() && !is_odd_space(c) && harmless(c) == c || is_hangul(c) || is_katakana(c) && c < '\u{ff00}';
    let run = piece.find(|c| !plain(c)).unwrap_or(piece.len());
    let joined = text[run..].starts_with(composes);
    run - if joined { piece[..run].chars().next_back().map_or(0, char::len_utf8) } else { 0 }
}

/// Characters that may join the one before: marks, and the vowels and finals of decomposed Hangul.
fn composes(c: char) -> bool {
    is_combining_mark(c) || ('\u{1161}'..='\u{11ff}').contains(&c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Where a space is missing after the `#`s of a heading. One `#` alone may be a hashtag: it counts only in a file that
/// writes other headings without the space, and alone on its line.
fn spaceless_headings(text: &str) -> Vec<usize> {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ {0,3}(#{1,6})[^#\s]"));
    let mut fence = None;
    let (mut found, mut single) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        match (fence, ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark))) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                if start.starts_with('#')
                    && let Some(marks) = HEADING.captures(line).and_then(|c| c.get(1))
                {
                    let shebang = line[marks.end()..].starts_with('!');
                    // A mark belongs to the `#` before it.
                    let joined = line[marks.end()..].starts_with(composes);
                    match marks.len() {
                        _ if joined => {}
                        1 if shebang || line[marks.end()..].contains('#') => {}
                        1 => single.push(at + marks.end()),
                        _ => found.push(at + marks.end()),
                    }
                }
            }
            _ => {}
        }
        at += line.len();
    }
    if !found.is_empty() {
        found.extend(single);
        found.sort_unstable();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::clean;
    use crate::span::Span;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn clean_text_stays() {
        assert!(clean("# 쿠버네티스\n\n#해시태그 하나\n").is_none());
    }

    #[test]
    fn decomposed_hangul_composes_and_maps_back() {
        let nfd: String = "발표: 카프카를".nfd().collect();
        let mended = clean(&nfd).unwrap();
        assert_eq!(mended.text(), "발표: 카프카를");
        let at = mended.text().find("카프카").unwrap();
        let origin = mended.origin(Span::new(at, at + 9));
        assert_eq!(origin.of(&nfd).nfc().collect::<String>(), "카프카");
    }

    #[test]
    fn marks_stay_with_the_signs_that_they_stand_on() {
        assert!(clean("##\u{301}제목\n").is_none());
        assert_eq!(clean("##제목\n##\u{301}\u{a0}제목\n").unwrap().text(), "## 제목\n##\u{301} 제목\n");
    }

    #[test]
    fn spaces_and_headings_are_mended_outside_fences() {
        let mended = clean("##제목##\n\u{a0}Go\u{200b}lang\n```\n##주석\n```\n#다음\n").unwrap();
        assert_eq!(mended.text(), "## 제목##\n Golang\n```\n##주석\n```\n# 다음\n");
        let at = mended.text().find("Golang").unwrap();
        assert_eq!(mended.origin(Span::new(at, at + 2)).len(), 2);
    }
}

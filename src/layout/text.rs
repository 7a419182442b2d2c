//! How wide text is drawn, without a font at hand.
//!
//! Widths are in ems of a common sans-serif face (Noto Sans, Helvetica, Pretendard differ by a few percent), rounded up, so
//! that a label fits its box in any of them.

use crate::normalize::{is_han, is_hangul, is_hiragana, is_katakana};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width of a text in ems.
pub fn width(text: &str) -> f64 {
    text.graphemes(true).map(grapheme).sum()
}

fn grapheme(cluster: &str) -> f64 {
    let Some(c) = cluster.chars().next() else { return 0.0 };
    match c {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '`' | '’' => 0.29,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' | '"' | '“' | '”' => 0.38,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '…' | '—' => 0.93,
        c if c.is_ascii_uppercase() => 0.69,
        c if c.is_ascii() => 0.58,
        c if is_hangul(c) => 0.94,
        c if is_han(c) || is_hiragana(c) || is_katakana(c) => 1.0,
        _ if cluster.width() > 1 => 1.3,
        _ => 0.66,
    }
}

/// The text in at most `lines` lines of at most `ems`, broken at spaces where there are any; what does not fit ends in `…`.
pub fn wrap(text: &str, ems: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    for word in text.split_word_bounds() {
        let word = if word.chars().all(char::is_whitespace) { " " } else { word };
        let mut pieces: Vec<&str> = vec![word];
        if width(word) > ems {
            pieces = word.graphemes(true).collect();
        }
        for piece in pieces {
            let last = out.last().map_or("", String::as_str);
            if width(last) + width(piece) > ems && !last.is_empty() {
                if out.len() == lines {
                    let mut cut = out.pop().unwrap_or_default();
                    while width(&cut) + width("…") > ems && cut.pop().is_some() {}
                    out.push(format!("{}…", cut.trim_end()));
                    return out;
                }
                out.push(String::new());
            }
            if let Some(line) = out.last_mut().filter(|l| !(l.is_empty() && piece == " ")) {
                line.push_str(piece);
            }
        }
    }
    out.into_iter().map(|l| l.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};

    #[test]
    fn hangul_is_wider_than_latin() {
        assert!(width("쿠버네티스") > width("Kuber"));
        assert!((width("한글") - 1.88).abs() < 1e-9);
    }

    #[test]
    fn long_titles_wrap_and_end() {
        assert_eq!(wrap("Practical Microservices in gRPC Go", 12.0, 3), ["Practical Microservices", "in gRPC Go"]);
        for line in wrap("카카오에서 컨테이너를 활용하는 방법과 그 이후의 아주 긴 이야기", 10.0, 2) {
            assert!(width(&line) <= 10.0, "{line}");
        }
        assert_eq!(wrap("Go", 10.0, 2), ["Go"]);
        assert!(wrap("abcdefghijklmnopqrstuvwxyz", 5.0, 2)[1].ends_with('…'));
    }
}

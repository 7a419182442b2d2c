//! Folding: what two spellings of a name have in common.
//!
//! In: visible text. Out: a [`Mapped`] folded text. Letter case, width (`Ｇｏ`, `ｶﾌｶ`), runs of white space, hyphens and
//! underscores make no difference after it. The same function folds the gazetteer's surface forms, so the two agree.

use crate::offset_map::Mapped;
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;

/// Folds text for matching; origin: `text`.
pub fn fold(text: &str) -> Mapped {
    let mut folded = Mapped::with_capacity(text.len());
    let mut at = 0;
    loop {
        // Most text stays as it is, but for letter case: it goes over in one piece.
        let plain = at + plain(&text[at..]);
        if at < plain {
            folded.push(&text[at..plain].to_ascii_lowercase(), Span::new(at, plain));
            at = plain;
        }
        let Some(c) = text[at..].chars().next() else { return folded };
        let mut end = at + c.len_utf8();
        if is_gap(c) {
            end = text[end..].find(|c| !is_gap(c)).map_or(text.len(), |n| end + n);
            folded.push(" ", Span::new(at, end));
        } else if c == '\0' {
            // The index cannot hold one.
            folded.push("\u{fffd}", Span::new(at, end));
        } else {
            // A half-width Katakana and its voicing mark are two characters that fold to one.
            end += text[end..].chars().next().filter(|mark| matches!(mark, '\u{ff9e}' | '\u{ff9f}')).map_or(0, char::len_utf8);
            let lower: String = text[at..end].nfkc().flat_map(char::to_lowercase).collect();
            folded.push(&lower, Span::new(at, end));
        }
        at = end;
    }
}

/// How many bytes of a text, at the start of which no gap ends, fold to themselves or to small letters.
fn plain(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let spaced = c == ' ' && chars.peek().is_none_or(|(_, next)| !is_gap(*next));
        if !(spaced || is_plain(c)) {
            return at;
        }
    }
    text.len()
}

/// A character that folds to itself, or to its small letter.
fn is_plain(c: char) -> bool {
    c.is_ascii() && !is_gap(c) && c != '\0' || is_hangul(c) || ('\u{3041}'..='\u{30ff}').contains(&c) || is_han(c)
}

/// Folds a name to compare it with others, without positions.
pub fn key(name: &str) -> String {
    fold(name.trim()).text().to_owned()
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{ff0d}')
}

/// A letter, as [`char::is_alphabetic`] has it, which takes its time for those of East Asia.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && (is_hangul(c) || ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_alphabetic())
}

/// A letter or digit, as [`char::is_alphanumeric`] has it.
pub fn is_word_character(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || !c.is_ascii() && c.is_numeric()
}

/// A Hangul syllable.
pub fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

/// Katakana, full or half width, with its long mark.
pub fn is_katakana(c: char) -> bool {
    ('\u{30a1}'..='\u{30fa}').contains(&c) || matches!(c, '\u{30fc}') || ('\u{ff66}'..='\u{ff9f}').contains(&c)
}

/// Hiragana.
pub fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309f}').contains(&c)
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c) || c == '々'
}

/// A Latin letter, with or without marks.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (('\u{c0}'..='\u{24f}').contains(&c) && c.is_alphabetic()) || ('\u{ff21}'..='\u{ff5a}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::{fold, key};
    use crate::span::Span;

    #[test]
    fn spellings_meet() {
        for (a, b) in [("Docker Compose", "docker-compose"), ("Ｇｏ", "go"), ("ｶﾌｶ", "カフカ"), ("ガ", "ｶﾞ"), ("a \n b", "A_b")]
        {
            assert_eq!(key(a), key(b));
        }
    }

    #[test]
    fn positions_survive() {
        let folded = fold("쓰는 Docker\n  Compose를");
        let at = folded.text().find("docker compose").unwrap();
        let span = folded.origin(Span::new(at, at + "docker compose".len()));
        assert_eq!(span.of("쓰는 Docker\n  Compose를"), "Docker\n  Compose");
    }
}

//! Whether a few words are a person's name.
//!
//! In: a piece of a byline, and how much its place already says. Out: the name without honorific, or `None`.
//! Names are people: no title words, no company, no technology.

use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::memo::Hashed;
use crate::normalize::{is_han, is_hangul, is_hiragana, is_katakana, is_letter, is_word_character};
use crate::pattern::pattern;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// How much the place of a text says about its being a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// After a label such as `발표자 :`: anything that can be a name is one.
    Labelled,
    /// After a dash or in brackets: it must look like one.
    Suffix,
}

/// The name that `text` is, without honorific.
pub(super) fn person<'a>(text: &'a str, place: Place, gazetteer: &Gazetteer) -> Option<&'a str> {
    static LATIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^((?:[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ž'’.-]*|de|van|von|der|den|la|le|del|di|da|bin|al|el)(?:[ \n]+(?:[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ž'’.-]*|de|van|von|der|den|la|le|del|di|da|bin|al|el)){1,4})$",
        )
    });
    static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^@?[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*\.?$"));
    // `Mr Kamarul` is one name.
    static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:Dr|Prof|Professor|Mr|Ms|Mrs|Sir)\.?\s+"));
    let trimmed = text.trim();
    if trimmed.starts_with(['D', 'P', 'M', 'S'])
        && let Some(title) = TITLE.find(trimmed)
    {
        let rest = &trimmed[title.end()..];
        let single = rest.chars().all(is_letter) && rest.starts_with(char::is_uppercase) && rest.chars().count() >= 3;
        return if single { Some(rest) } else { person(rest, place, gazetteer) };
    }
    let text = text.trim().trim_matches(['"', '“', '”', '*', '_', '`', ',', ':']).trim();
    let (name, honoured) = without_honorific(text);
    let handled = name.starts_with('@') || place == Place::Labelled && is_handle(name);
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(|c| c.is_ascii_digit()) && !handled {
        return None;
    }
    let words = languages();
    let (first, last) = (name.split(' ').next().unwrap_or(""), name.rsplit(' ').next().unwrap_or(""));
    if name.contains(' ') && (words.bylines.no_name_opens.has(first) || words.bylines.no_name_ends.has(last)) {
        return None;
    }
    let lower = name.to_lowercase();
    // What a report calls things, in small letters.
    static KNOWN: LazyLock<HashSet<String, Hashed>> = LazyLock::new(|| {
        let (bylines, headings) = (&languages().bylines, &languages().headings);
        let lists = [&bylines.roles, &bylines.not_a_company, &bylines.labels, &headings.talk_words, &headings.boilerplate, &headings.parts];
        lists.into_iter().flat_map(|list| list.iter()).map(|word| word.to_ascii_lowercase()).collect()
    });
    let known_word = |w: &str| KNOWN.contains(w);
    if !name.is_ascii() && is_word(name) || known_word(&lower) || name.split_whitespace().any(|w| known_word(&w.to_lowercase())) {
        return None;
    }
    if name.starts_with('@') && name.chars().count() > 2 && !name.contains(' ') {
        return Some(name);
    }
    if name.chars().all(is_hangul) {
        // `고급편` is a chapter of a talk.
        if !honoured && words.bylines.no_name_ends.ending(name).next().is_some() {
            return None;
        }
        let length = name.chars().count();
        let given = |surname: &str| name[surname.len()..].chars().any(|c| words.bylines.given.contains(c)) && !is_word(name);
        let surname = words.bylines.surnames.opening(name).any(|s| honoured || given(s));
        let double = words.bylines.surnames.opening(name).any(|s| s.chars().count() == 2);
        let fits = match place {
            // Four syllables are a company or a nickname, but after a family name of two.
            Place::Labelled => (2..=3).contains(&length) || length == 4 && (honoured || double),
            Place::Suffix => honoured && (2..=5).contains(&length) || surname && length == 3 || double && length == 4,
        };
        return (fits && !is_known(name, gazetteer, honoured || surname && length == 3)).then_some(name);
    }
    // 김 현준, 山田 太郎
    if name.chars().all(|c| is_hangul(c) || c == ' ') {
        let compact: String = name.split_whitespace().collect();
        let surname = words.bylines.surnames.has(name.split(' ').next().unwrap_or(""));
        return (surname && compact.chars().count() <= 4).then_some(name);
    }
    let japanese = name.chars().all(|c| is_han(c) || is_hiragana(c) || is_katakana(c) || c == ' ' || c == '・');
    if japanese {
        let surname = words.bylines.surnames.opening(name).next().is_some();
        let length = name.chars().filter(|c| *c != ' ').count();
        let fits = (2..=8).contains(&length) && (honoured || surname && length <= 6 || place == Place::Labelled);
        return (fits && !is_known(name, gazetteer, honoured || surname)).then_some(name);
    }
    if let Some(found) = LATIN.captures(name).and_then(|c| c.get(1)) {
        if !honoured && super::affiliation::is_company_like(found.as_str()) {
            return None;
        }
        if !honoured && found.as_str().split([' ', '-']).any(|w| is_word(&w.to_lowercase())) {
            return None;
        }
        // `Ruby Tuesday` is no person; in `Coraline Ada Ehmke` one of three words may be a language.
        let sure = gazetteer.hits(name).into_iter().filter(|h| h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous));
        let known: usize = sure.map(|h| h.span.len()).max().unwrap_or(0);
        let plain = !is_known(name, gazetteer, false)
            && (known == 0 || place == Place::Labelled && known * 2 < name.len() || name.split(' ').count() >= 3 && known * 2 < name.len());
        // `SONG MAKER` is cried out; `Jane Doe.` ends a line.
        let cried = name.split(' ').all(|w| w.chars().count() >= 4 && w.chars().all(|c| c.is_ascii_uppercase()));
        let found = found.as_str();
        let ended = found.strip_suffix('.').filter(|bare| bare.rsplit(' ').next().is_some_and(|last| last.chars().count() >= 3));
        return (plain && !(cried && place == Place::Suffix) || honoured).then_some(ended.unwrap_or(found));
    }
    let handle = (place == Place::Labelled || honoured) && HANDLE.is_match(name) && name.chars().count() >= 2;
    // 재키(Jackie), 手羽先: what has an honorific or a label is a name whatever its script
    let nick = (honoured || place == Place::Labelled)
        && name.split_whitespace().count() <= 3
        && name.chars().count() <= 20
        && name.chars().all(|c| is_word_character(c) || " ._-()・".contains(c));
    // `kunitさん` is a person, whatever library is called KUnit.
    let lower = honoured && name.chars().all(|c| !c.is_uppercase());
    ((handle || nick) && (lower || !is_known(name, gazetteer, honoured))).then_some(name)
}

/// Whether a word in small letters with a digit or two is a handle: `numa0x`, not `es2015` or `v2`.
fn is_handle(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c));
    plain && name.starts_with(|c: char| c.is_ascii_lowercase()) && (1..=2).contains(&digits) && name.len() >= digits + 4
}

/// Whether it is a word that no name is: 주소값, たくさん, "Functions".
fn is_word(name: &str) -> bool {
    languages().bylines.not_a_name.has(name)
}

/// The text without the honorific it ends in.
pub(super) fn without_honorific(text: &str) -> (&str, bool) {
    let found = languages().honorifics.ending(text).max_by_key(|h| h.len());
    match found.and_then(|h| text.strip_suffix(h)) {
        Some(rest) if !rest.trim().is_empty() => (rest.trim_end(), true),
        _ => (text, false),
    }
}

/// Whether the gazetteer has the whole text as a name of something else. What is surely a person's shape is let through
/// where the gazetteer's name is ambiguous.
fn is_known(name: &str, gazetteer: &Gazetteer, surely: bool) -> bool {
    gazetteer.hits(name).iter().any(|hit| {
        hit.span.len() == name.len()
            && hit.surfaces.iter().any(|r| gazetteer.entity(*r).kind != EntityKind::Person && !(surely && gazetteer.surface(*r).ambiguous))
    })
}

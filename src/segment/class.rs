//! What the words of a line say: lunch, a day, a part of a talk, or nothing against a talk.
//!
//! In: a line's visible text. Out: its [`Class`]. The words are data (`data/languages/*.toml`).

use super::title::heading;
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::language::list::Words;
use crate::normalize::is_word_character;
use crate::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// What the words of a line say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing against a talk.
    Plain,
    /// Lunch, booths, references.
    Boilerplate,
    /// A day, a half-day, a track: it holds talks.
    Container,
    /// A part of a talk.
    Part,
    /// The title of the report itself.
    Report,
}

/// A heading's words in lower case, without number, emoji and punctuation at the ends.
pub(super) fn bare(text: &str) -> String {
    let title = heading(text).title.of(text);
    title.trim_matches(|c: char| !is_word_character(c)).to_lowercase()
}

/// What the words of a heading say.
pub(super) fn class(text: &str, gazetteer: &Gazetteer) -> Class {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:the\s)?(?:talks|sessions)\s(?:on|of|from)\s)?(?:day[\s#-]*(?:\d+|one|two|three|four)\b|(?:첫|둘|셋)째\s?날|\d\s?일\s?차|\d日目|\d{1,2}월$|(?:january|february|march|april|may|june|july|august|september|october|november|december)\W*(?:20\d\d)?$|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:track|트랙)\s*[\da-z]\b)",
        )
    });
    let of_time = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".:/()-–~년월일年月日火水木金土".contains(c);
    let words = &languages().headings;
    let bare = bare(text);
    // `Sessions (~45 minutes)`, `내가 들었던 세션중 일부(나에게 의미 있는 부분)`
    let bare = bare.split(['(', '（']).next().map_or("", str::trim).to_owned();
    let is = |list: &Words| list.has(&bare);
    let length = bare.chars().count();
    // `내가 들었던 세션중 일부`: a phrase that opens a heading, not a mere word.
    let opens = words.containers.opening(&bare).any(|c| c.contains(' ') && !c.is_ascii());
    static TALKS: LazyLock<Words> =
        LazyLock::new(|| languages().headings.talk_words.iter().map(|t| t.trim_end_matches('s').to_owned()).collect::<Vec<_>>().into());
    let talk_word = |w: &str| TALKS.has(w.trim_end_matches('들').trim_end_matches('s'));
    let mut spaced = bare.split_whitespace();
    let chosen = length <= 40
        && (spaced.next().is_some_and(talk_word) || spaced.next_back().is_some_and(talk_word))
        && words.selections.iter().any(|w| if w.is_ascii() { bare.split_whitespace().any(|b| b == w) } else { bare.contains(w.as_str()) });
    if is(&words.containers) || opens || chosen || (length <= 34 && DAY.is_match(text)) || !text.is_empty() && text.chars().all(of_time) {
        let closing = words.boilerplate.ending(&bare).next().is_some();
        return if closing && !is(&words.containers) { Class::Boilerplate } else { Class::Container };
    }
    if is(&words.boilerplate) || is(&words.alone) {
        return Class::Boilerplate;
    }
    // `DEVIEW란?`, `DroidKaigi는?`, `OpenShiftとは` introduce.
    let asked = text.trim_end().ends_with(['?', '？']) && bare.ends_with(['는', '은']);
    if length <= 14 && (asked || bare.ends_with('란') || bare.ends_with("とは") && !bare.contains('の')) {
        return Class::Boilerplate;
    }
    // `おもったこととか`: long words stand for themselves, whatever is written onto them.
    let opened = words.boilerplate.opening(&bare).any(|w| !w.is_ascii() && w.chars().count() >= 5);
    if opened && length <= 16 {
        return Class::Boilerplate;
    }
    // `5p, About us`: the pages of a talk's slides.
    static PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\W*(?:p\.?\s?\d{1,3}\b|\d{1,3}\s?p(?:age|\b))"));
    let may_be_page = text.contains(['p', 'P']) && text.contains(|c: char| c.is_ascii_digit());
    if may_be_page && PAGE.is_match(text) {
        return Class::Part;
    }
    if is(&words.parts) {
        return Class::Part;
    }
    let tokens: Vec<&str> = bare.split(|c: char| c.is_whitespace() || "/,&·".contains(c)).filter(|w| !w.is_empty()).collect();
    let filler = ["및", "와", "과", "그", "and", "the", "of", "my", "our", "나의", "간단한", "전체", "의", "for", "a", "to", "at", "about"];
    let listed = |w: &str| [&words.boilerplate, &words.alone, &words.containers].iter().any(|list| list.has(w)) || filler.contains(&w);
    if !tokens.is_empty() && tokens.iter().all(|w| listed(w)) {
        return Class::Boilerplate;
    }
    let edge = || {
        let long = |b: &&str| b.chars().nth(1).is_some();
        let (opening, ending) = (words.boilerplate.opening(&bare).filter(long), words.boilerplate.ending(&bare).filter(long));
        let first = |b: &str| !bare[b.len()..].starts_with(is_word_character);
        let last = |b: &str| bare[..bare.len() - b.len()].ends_with(|c: char| !is_word_character(c));
        let within = || tokens.iter().any(|t| words.boilerplate.opening(t).filter(long).any(|b| !b.is_ascii()));
        { opening }.any(first) || { ending }.any(last) || tokens.len() <= 2 && length <= 10 && within()
    };
    // A technology, or an idea of several words such as `이벤트 소싱`, makes it a title.
    let technology = || {
        gazetteer.hits(&bare).iter().any(|h| {
            let wide = h.span.of(&bare).contains(' ');
            let technical = |kind| kind == EntityKind::Technology || kind == EntityKind::Concept && wide;
            h.surfaces.iter().any(|r| technical(gazetteer.entity(*r).kind) && !gazetteer.surface(*r).ambiguous)
        })
    };
    if tokens.len() <= 5 && edge() && !technology() {
        return Class::Boilerplate;
    }
    Class::Plain
}

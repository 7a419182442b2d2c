//! Who speaks, as Korean and Japanese sentences tell it: with an honorific.
//!
//! In: a piece of text. Out: [`Names`] with spans of it: `카카오에서 근무하시는 전수현님의 발표`, `LINEの川田さんによるセッション`.
//! The hard decision: an honorific alone is no speech, since reporters honour whom they met; the sentence must speak of a
//! talk, or name its title, or open the talk's text.

use super::affiliation::{company, is_former};
use super::names::Names;
use super::person::{Place, person, without_honorific};
use crate::entity::EntityKind;
use crate::gazetteer::{Gazetteer, Hit};
use crate::language::languages;
use crate::language::list::Words;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// `카카오에서 근무하시는 전수현님`, `LINEの川田さん`: a name with an honorific.
static HONOURED: LazyLock<Regex> = LazyLock::new(|| {
    let mut honorifics: Vec<_> =
        languages().honorifics.iter().filter(|h| ["님", "씨", "さん", "氏"].contains(&h.as_str())).map(|h| regex::escape(h)).collect();
    honorifics.sort();
    pattern(&format!(
        r"(?P<name>[가-힣]{{2,4}}|[一-鿿々]{{1,4}}\s[一-鿿ぁ-ゟ々]{{1,5}}|[一-鿿々]{{1,4}}[ぁ-ゟ]{{0,3}}|@?[A-Za-z][A-Za-z0-9._]+(?:\s[A-Z][a-z]+)?)\s?(?:{})(?P<rest>[가-힣]*|[ぁ-ゟ]*)",
        honorifics.join("|")
    ))
});

/// The speakers that a Korean or Japanese sentence honours while it speaks of the talk, with their companies:
/// `카카오에서 근무하시는 전수현님의 발표`, `LINEの川田さんによるセッション`. What stands before the byte `skipped` is left out.
pub(super) fn honoured(text: &str, skipped: usize, gazetteer: &Gazetteer) -> Option<Names> {
    static TELLING: LazyLock<Words> = LazyLock::new(|| {
        let (nouns, verbs) = (&languages().headings.talk_words, &languages().speech.verbs);
        Words::from(nouns.iter().chain(verbs.iter()).filter(|w| !w.is_ascii()).cloned().collect::<Vec<_>>())
    });
    let mut at = skipped;
    for line in text[skipped..].split_inclusive(['\n', '.', '。']) {
        let from = at;
        at += line.len();
        if TELLING.stand_in(line) {
            let names = honoured_in(text, Span::new(from, from + line.len()), gazetteer);
            if !names.people.is_empty() {
                return Some(names);
            }
        }
    }
    None
}

/// Who is honoured in a sentence.
fn honoured_in(text: &str, sentence: Span, gazetteer: &Gazetteer) -> Names {
    let line = sentence.of(text);
    let mut names = Names::default();
    let mut before = sentence.start;
    for captures in HONOURED.captures_iter(line) {
        let (Some(whole), Some(found)) = (captures.get(0), captures.name("name")) else { continue };
        let honoured = &line[whole.start()..whole.end() - captures.name("rest").map_or(0, |r| r.len())];
        let Some(name) = person(honoured, Place::Suffix, gazetteer).map(|n| without_honorific(n).0) else { continue };
        // `동료 OO님과 함께`: who came along does not speak.
        if captures.name("rest").is_some_and(|r| ["과", "와", "이랑", "랑", "께", "한테", "에게", "と"].contains(&r.as_str())) {
            continue;
        }
        let start = sentence.start + found.start() + found.as_str().find(name).unwrap_or(0);
        let company =
            employer(text, Span::new(before, start), Span::new(sentence.start + whole.end(), sentence.end), Proof::Sentence, gazetteer);
        before = sentence.start + whole.end();
        names.people.push((Span::new(start, start + name.len()), company));
    }
    names
}

/// How much must speak for a company that stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The sentence speaks of the talk: an unlisted name that a particle joins is one.
    Sentence,
    /// It may be any sentence: the company must be listed and joined to the name itself, or be said to be worked at.
    Listed,
}

/// Where someone works, from what stands before and after the name in the sentence: the company in brackets behind it, the
/// one right before it, else the last one that a word such as 에서, 의 or の joins to it.
pub(super) fn employer(text: &str, before: Span, after: Span, proof: Proof, gazetteer: &Gazetteer) -> Option<Affiliation> {
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<company>[^\s,.()（）、。「」]+(?:\s[A-Z][A-Za-z]+)?)(?P<join>에서|에|의|소속의?|で|の)\s*(?P<does>(?:[^\s,]*[^\s,에]\s+){0,3}?(?:일하|근무|재직|계시|계신|다니|개발|働)[^\s,]*\s*)?",
        )
    });
    // `성능에 초점을 맞춰 개발한` is what was made, not where.
    let works = |cut: &Captures| {
        let made = cut.name("join").is_some_and(|join| join.as_str() == "에");
        cut.name("does").is_some_and(|does| !(made && does.as_str().contains("개발")))
    };
    let held = after.of(text);
    if let Some(rest) = held.trim_start().strip_prefix(['(', '（']) {
        let start = after.start + held.len() - held.trim_start().len() + (held.trim_start().len() - rest.len());
        let end = start + rest.find([')', '）']).unwrap_or(0);
        if let Some(company) = company(text, Span::new(start, end), gazetteer, !rest.starts_with('@')) {
            return Some(company);
        }
    }
    let shown = before.of(text);
    let mut cuts: Vec<_> = JOINED.captures_iter(shown).collect();
    while let Some(cut) = cuts.pop() {
        let (Some(whole), Some(named), Some(join)) = (cut.get(0), cut.name("company"), cut.name("join")) else { continue };
        let works = works(&cut);
        let adjacent = whole.end() == shown.len() || shown[whole.end()..].trim().is_empty();
        let possessive = matches!(join.as_str(), "의" | "の" | "소속" | "소속의");
        if is_former(&shown[whole.start()..]) && !works {
            continue;
        }
        let unknown = works || possessive && adjacent && proof == Proof::Sentence;
        if proof == Proof::Listed && !works && !adjacent {
            continue;
        }
        // `구글 코리아의 유하늘 님`: a listed name may be of several words.
        let near = shown.floor_char_boundary(named.end().saturating_sub(48));
        let ending = gazetteer
            .hits(&shown[near..named.end()])
            .into_iter()
            .map(|h| Hit { span: Span::new(near + h.span.start, near + h.span.end), ..h });
        let listed = ending.filter(|h| h.span.end == named.end());
        let start = listed.filter(|h| gazetteer.may_be(h, EntityKind::Company)).map(|h| h.span.start).min();
        let part = Span::new(before.start + start.unwrap_or(named.start()).min(named.start()), before.start + named.end());
        if let Some(company) = company(text, part, gazetteer, unknown) {
            return Some(company);
        }
    }
    // `토스 채온유 님`
    let last = shown.trim_end().rsplit([' ', '\n', '、', ',']).next().unwrap_or("");
    let at = before.start + shown.trim_end().len() - last.len();
    let known = if last.is_empty() { None } else { company(text, Span::new(at, at + last.len()), gazetteer, false) };
    known.or_else(|| {
        // `NAME 님은 현재 너울랩에서 SRE로 일하고`
        let cut = JOINED.captures(held)?;
        let named = cut.name("company").filter(|_| works(&cut))?;
        company(text, Span::new(after.start + named.start(), after.start + named.end()), gazetteer, true)
    })
}

/// Korean and Japanese sentences that name a speaker and a title: `신비결 님이 '안드로이드 빌드'라는 주제로 발표했다`.
pub(super) fn native(text: &str, titles: &[Span], gazetteer: &Gazetteer) -> Vec<(Span, Names)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(['\n', '。']).flat_map(|l| l.split_inclusive(". ")) {
        let sentence = Span::new(at, at + line.len());
        at += line.len();
        if titles.iter().any(|t| sentence.contains(*t)) {
            let names = honoured_in(text, sentence, gazetteer);
            if !names.people.is_empty() {
                found.push((sentence, names));
            }
        }
    }
    found
}

/// Who is honoured where a text opens, with nothing before but where they work: `강나비 님(토스). …`.
pub(super) fn opening(text: &str, skipped: usize, gazetteer: &Gazetteer) -> Option<Names> {
    let shown = &text[skipped..];
    let line = &shown[..shown.find(['.', '。', '\n']).map_or(shown.len(), |n| n)];
    let whole = HONOURED.captures(line)?.get(0)?;
    let lead = line[..whole.start()].trim();
    let names = honoured_in(text, Span::new(skipped, skipped + line.len()), gazetteer);
    let first = names.people.first().is_some_and(|(_, company)| lead.is_empty() || company.is_some() && lead.chars().count() <= 16);
    (first && names.people.len() <= 3).then_some(names)
}

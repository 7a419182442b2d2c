//! Systems that no gazetteer lists, found from how a report speaks of them: `HALO라는 사내 플랫폼`, `K2Hub`,
//! "Beacon is our in-house feature store", 「ハヤブサ」というジョブ基盤.
//!
//! In: passages. Out: decisions for every place where such a name stands in the report. The
//! hard decision: a sentence must define the name, or a heading stand beside those of such systems. A shape such as
//! `LogFlow` alone says nothing: classes and methods have it too.

use super::scan::Passage;
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::language::boundary::boundary;
use crate::language::languages;
use crate::mention::{Decision, Mention, Via};
use crate::normalize::is_hangul;
use crate::pattern::pattern;
use crate::span::Span;
use crate::weights::weights;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A Latin name of one to three words.
const LATIN: &str = r"[A-Za-z][A-Za-z0-9]*(?:[- ][A-Z][A-Za-z0-9]*){0,2}";
/// A Hangul, Kana or Han name of one word.
const NATIVE: &str = r"[가-힣]{2,6}|[ァ-ヶー]{2,10}|[ぁ-ゖ一-鿿]{2,6}";

/// Why a word is taken for a name.
type Evidence = Vec<(String, f64)>;

/// Every place where an unlisted system stands.
pub(super) fn systems(passages: &[Passage], gazetteer: &Gazetteer) -> Vec<Decision> {
    let mut names: BTreeMap<String, Evidence> = BTreeMap::new();
    for passage in passages {
        let text = passage.block.text.text();
        for (name, why) in defined(text) {
            let written = name.of(text);
            if may_be_name(written, gazetteer) {
                add(&mut names, written, why, weights().mentions.defined);
            }
        }
    }
    let of_house = |text: &str| {
        names.contains_key(text)
            || gazetteer.hits(text).iter().any(|h| h.span.len() == text.len() && gazetteer.entity(h.surfaces[0]).in_house)
    };
    let siblings: Vec<&str> = beside(passages, &of_house).into_iter().filter(|n| !of_house(n) && may_be_name(n, gazetteer)).collect();
    for name in siblings {
        add(&mut names, name, "a heading beside those of other systems of the house", weights().mentions.sibling);
    }
    let mut found = Vec::new();
    for (name, evidence) in names {
        let places: Vec<(&Passage, Span)> = passages.iter().flat_map(|p| places(p, &name).into_iter().map(move |s| (p, s))).collect();
        let mut evidence = evidence;
        evidence.push(("in no gazetteer".into(), weights().mentions.unlisted));
        let score: f64 = evidence.iter().map(|(_, weight)| weight).sum();
        let confidence = (100.0 / (1.0 + (-score).exp())).round() / 100.0;
        for (passage, span) in places {
            let mention = Mention {
                block: passage.index,
                span: passage.block.text.origin(span),
                entity: EntityId::from_name(&name),
                name: name.clone(),
                kind: EntityKind::Technology,
                category: None,
                in_house: true,
                confidence: confidence.min(0.95),
                via: Via::Discovered,
            };
            found.push(Decision { mention, accepted: score > 0.0, evidence: evidence.clone() });
        }
    }
    found
}

fn add(names: &mut BTreeMap<String, Evidence>, name: &str, why: &str, weight: f64) {
    let evidence = names.entry(name.to_owned()).or_default();
    if !evidence.iter().any(|(known, _)| known == why) {
        evidence.push((why.to_owned(), weight));
    }
}

/// Names that a sentence defines as a system of the house.
fn defined(text: &str) -> Vec<(Span, &'static str)> {
    static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(patterns);
    // Few texts define anything; for the others the patterns need not even be compiled.
    const DEFINING: [&str; 7] = ["라는", "라고 하는", "という", " built", " made", " wrote", " developed"];
    let own = || languages().in_house.own.iter().any(|w| text.contains(w.as_str()));
    if !(own() || DEFINING.iter().any(|w| text.contains(w))) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (regex, why) in PATTERNS.iter() {
        for name in regex.captures_iter(text).filter_map(|c| c.name("name")) {
            found.push((Span::new(name.start(), name.end()), *why));
        }
    }
    found
}

fn patterns() -> Vec<(Regex, &'static str)> {
    let words = &languages().in_house;
    let any = |list: &[String]| list.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let (own, kinds) = (any(&words.own), any(&words.kinds));
    let quoted = format!(r#"[「『"“'‘](?P<name>{LATIN}|{NATIVE})[」』"”'’]"#);
    let bare = format!(r"(?P<name>{LATIN}|{NATIVE})");
    let called = "a sentence says that it is called so";
    let made = "a sentence says that it was made in the house";
    let list = [
        // HALO라는 플랫폼, 로그우물이라는 사내 시스템
        (
            format!(r"(?:^|[\s,(]){bare}(?:이라는|라는|이라고\s하는|라고\s하는)\s(?:{own}|(?:{kinds})(?:[을를이가은는에의로과와도]|\s|$))"),
            called,
        ),
        // 말모이(사내 사전 관리 도구)
        (format!(r"(?:^|[\s,은는]){bare}\s?[(（](?:{own})\s[^()（）\n]{{2,30}}[)）]"), made),
        // Beacon은 사내에서 만든 피처 스토어
        (format!(r"(?:^|[\s,])(?P<name>{LATIN})(?:은|는|이|가)\s(?:{own})[^.\n]{{0,24}}(?:{kinds})"), made),
        // 자체 개발한 D2Hub를
        (format!(r"(?:{own})(?:에서)?\s?(?:개발|제작|구축|만든)?(?:한|했던|된)?\s(?P<name>[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*)"), made),
        // 사내 디자인시스템 모시를
        (format!(r"(?:{own})\s(?:[가-힣A-Za-z]+\s)?(?:{kinds})\s(?P<name>[가-힣]{{2,5}}?)(?:을|를|에서|으로|에)\s"), made),
        // 「ハヤブサ」というジョブ基盤, 社内クラウド「KAMEDA」
        (format!(r"{quoted}という[^。「」\n]{{0,12}}(?:{kinds})"), called),
        (format!(r"(?:{own})[^。「」\n]{{0,10}}{quoted}"), made),
        (format!(r"(?:^|[\s、。])(?P<name>{LATIN})という(?:{own})"), made),
        // Beacon is our in-house feature store; Lantern is their own portal
        (
            format!(
                r"\b(?P<name>[A-Z][A-Za-z0-9]*(?:[- ][A-Z][A-Za-z0-9]*){{0,2}})\s(?:is|was)\s(?:(?:an?|our|their|the|his|her)\s)?(?:{own})\s(?:\w+\s){{0,4}}?(?:{kinds})\b"
            ),
            made,
        ),
        (format!(r"\b(?:{own})\s(?:\w+\s){{0,3}}?(?:{kinds})\s?,?\s(?:called|named|dubbed)\s[“‘'\x22]?(?P<name>{LATIN})"), called),
        (
            format!(
                r"\b(?P<name>[A-Z][A-Za-z0-9]*),?\s(?:is\s)?(?:the|our|their|an?)\s(?:\w+\s){{0,4}}(?:{kinds})\s(?:that\s)?(?:\w+\s){{0,2}}?(?:built|made|wrote|developed)\b"
            ),
            made,
        ),
    ];
    list.into_iter().map(|(source, why)| (pattern(&source), why)).collect()
}

/// Whether a word that a sentence defines may be a name: not itself a listed one that means one thing only, no kind of
/// system, no word for the house.
fn may_be_name(written: &str, gazetteer: &Gazetteer) -> bool {
    let words = &languages().in_house;
    let common =
        words.kinds.iter().chain(&words.own).any(|w| written.eq_ignore_ascii_case(w) || !w.is_ascii() && written.ends_with(w.as_str()));
    // `있음`, `것이`, `찾기` are forms of words.
    let inflected = written.starts_with(is_hangul)
        && written.ends_with(['이', '음', '기', '것', '게', '지', '고', '한', '된', '는', '을'])
        && written.chars().count() <= 3;
    let pronoun =
        ["This", "That", "It", "There", "What", "Which", "Here", "The", "이것", "그것", "무엇", "이거", "저희", "이름", "어떤", "이런"];
    let listed = gazetteer
        .hits(written)
        .iter()
        .any(|h| h.span.len() == written.len() && h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous));
    !common && !inflected && !listed && !pronoun.contains(&written)
}

/// Headings that are a Latin name and stand beside a heading that is a system of the house: `### D2Hub`, `### K2Hub`.
fn beside<'p>(passages: &[Passage<'p>], of_house: &dyn Fn(&str) -> bool) -> Vec<&'p str> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{LATIN})$")));
    let headings: Vec<(u8, Option<usize>, &str)> =
        passages.iter().filter_map(|p| Some((p.block.level()?, p.talk, p.block.text.text().trim()))).collect();
    let listed: Vec<_> = headings.iter().filter(|(_, _, text)| of_house(text)).collect();
    let near = |level: u8, talk: Option<usize>| listed.iter().any(|(l, t, _)| *l == level && *t == talk && talk.is_some());
    headings.iter().filter(|(level, talk, text)| NAME.is_match(text) && near(*level, *talk)).map(|(_, _, text)| *text).collect()
}

/// Where a name stands in a passage.
fn places(passage: &Passage, name: &str) -> Vec<Span> {
    let text = passage.block.text.text();
    let spans = text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len()));
    spans.filter(|s| boundary(text, *s).is_some()).collect()
}

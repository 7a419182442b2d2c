//! Systems that no gazetteer lists, found from how a report speaks of them: `HALO라는 사내 플랫폼`, `K2Hub`,
//! "Beacon is our in-house feature store", 「ハヤブサ」というジョブ基盤.
//!
//! In: passages. Out: the names, with what says that they are. A sentence must define the name, or a heading stand beside
//! those of such systems; what else may be a name [`super::unlisted`] finds.

use super::places::places;
use super::scan::Passage;
use crate::entity::{EntityId, EntityKind};
use crate::feature::Feature;
use crate::gazetteer::{Gazetteer, Hit};
use crate::language::languages;
use crate::mention::Evidence;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Talk;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A Latin name of one to three words, each with a capital.
const LATIN: &str = r"[A-Z][A-Za-z0-9]*(?:[- ][A-Z][A-Za-z0-9]*){0,2}";
/// A Hangul, Kana or Han name of one word; of Hangul as little as may be, since `이라는` is written onto it.
const NATIVE: &str = r"[가-힣]{2,6}?|[ァ-ヶー]{2,10}|[ぁ-ゖ一-鿿]{2,6}";

/// The unlisted systems of a report, and why each is one.
pub(super) fn names(passages: &[Passage], talks: &[Talk], gazetteer: &Gazetteer) -> BTreeMap<String, Vec<Evidence>> {
    let defined: Vec<(&Passage, Span, &str)> =
        passages.iter().flat_map(|p| defined(p.block.text.text()).into_iter().map(move |(name, why)| (p, name, why))).collect();
    let written: Vec<&str> = defined.iter().map(|(p, name, _)| name.of(p.block.text.text())).collect();
    let mut names: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    for (((passage, _, why), written), places) in defined.iter().zip(&written).zip(places(passages, &written)) {
        let foreign = !passage.block.text.text().is_ascii();
        if may_be_name(written, foreign || places.len() > 1, gazetteer) {
            add(&mut names, written, Evidence::once(Feature::Defined).told((*why).to_owned()));
        }
    }
    for name in beside(passages, talks, &names, gazetteer) {
        add(&mut names, name, Evidence::once(Feature::Sibling));
    }
    names
}

fn add(names: &mut BTreeMap<String, Vec<Evidence>>, name: &str, why: Evidence) {
    let evidence = names.entry(name.to_owned()).or_default();
    if !evidence.contains(&why) {
        evidence.push(why);
    }
}

/// Names that a sentence defines as a system of the house.
fn defined(text: &str) -> Vec<(Span, &'static str)> {
    static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(patterns);
    // Few texts define anything; for the others the patterns need not even be compiled.
    const DEFINING: [&str; 7] = ["라는", "라고 하는", "という", " built", " made", " wrote", " developed"];
    let own = || languages().in_house.own.stand_in(text);
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

/// What defines a name. Both the house and the kind of system must be said; a name of native letters must stand where
/// grammar or quotation marks tell it from any noun: `내부 시스템 장애를 겪고` names nothing.
fn patterns() -> Vec<(Regex, &'static str)> {
    let words = &languages().in_house;
    let any = |list: &[String]| list.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let (own, kinds) = (any(&words.own), any(&words.kinds));
    let (name, latin) = (format!("(?P<name>{LATIN}|{NATIVE})"), format!("(?P<name>{LATIN})"));
    let quoted = format!(r#"[「『"“'‘]{name}[」』"”'’]"#);
    let (called, made) = ("a sentence says that it is called so", "a sentence says that it was made in the house");
    let list = [
        // 로그우물이라는 사내 시스템, HALO라는 플랫폼
        (format!(r"(?:^|[\s,(]){name}(?:이라는|라는|이라고\s하는|라고\s하는)\s(?:{own})\s(?:[가-힣A-Za-z]+\s){{0,2}}?(?:{kinds})"), called),
        (format!(r"(?:^|[\s,(]){latin}(?:이라는|라는|이라고\s하는|라고\s하는)\s(?:[가-힣A-Za-z]+\s){{0,2}}?(?:{kinds})"), called),
        // 말모이(사내 사전 관리 도구)
        (format!(r"(?:^|[\s,]){name}\s?[(（](?:{own})\s[^()（）\n]{{0,24}}(?:{kinds})[)）]"), made),
        // Beacon은 사내에서 만든 피처 스토어
        (format!(r"(?:^|[\s,]){latin}(?:은|는|이|가)\s(?:{own})[^.\n]{{0,8}}(?:만든|개발한|구축한|제작한)[^.\n]{{0,20}}(?:{kinds})"), made),
        // 자체 개발한 D2Hub
        (format!(r"(?:{own})(?:에서)?\s?(?:개발|제작|구축)(?:한|했던|된)\s{latin}"), made),
        // 「ハヤブサ」というジョブ基盤, 社内名「やぐら」という画面, 社内クラウド「KAMEDA」, KURODAという自社製の
        (format!(r"「(?P<name>{LATIN}|[ァ-ヶー]{{2,10}})」という[^。「」\n]{{0,10}}(?:{kinds})"), called),
        (format!(r"(?:{own})[^。「」\n]{{0,4}}{quoted}という[^。「」\n]{{0,10}}(?:{kinds})"), called),
        (format!(r"(?:{own})の?(?:{kinds}){quoted}"), made),
        (format!(r"(?:^|[\s、。]){latin}という(?:{own})"), made),
        // Beacon is our in-house feature store; Lantern is their own portal
        (format!(r"\b{latin}\s(?:is|was)\s(?:(?:an?|our|their|the|his|her)\s)?(?:{own})\s(?:\w+\s){{0,3}}?(?:{kinds})\b"), made),
        (format!(r"\b(?:{own})\s(?:\w+\s){{0,3}}?(?:{kinds})\s?,?\s(?:called|named|dubbed)\s[“‘'\x22]?{latin}"), called),
        // Gondola, the job launcher her team wrote
        (
            format!(
                r"\b{latin},\s(?:the|our|their|an?)\s(?:\w+\s){{0,3}}(?:{kinds})\s(?:that\s)?(?:we|they|he|she|(?:his|her|our|their|the)\steam)\s(?:built|made|wrote|developed)\b"
            ),
            made,
        ),
    ];
    list.into_iter().map(|(source, why)| (pattern(&source), why)).collect()
}

/// Whether a word that a sentence defines may be a name: no listed one that means one thing only, no kind of system, no
/// common word. A word of the page's own letters that opens a sentence may be any word, unless the text `repeats` it.
fn may_be_name(written: &str, repeats: bool, gazetteer: &Gazetteer) -> bool {
    let words = &languages().in_house;
    let kind =
        words.kinds.iter().chain(words.own.iter()).any(|w| written.eq_ignore_ascii_case(w) || !w.is_ascii() && written.ends_with(w.as_str()));
    let common = languages().bylines.not_a_name.has(&written.to_lowercase());
    let single = written.is_ascii() && written.chars().skip(1).all(|c| c.is_ascii_lowercase());
    // `使いやすい`, `했다` are forms of words.
    let inflected = written.ends_with(['い', 'う', 'る', 'た', 'か', 'ね', 'よ', 'て', 'に', '다', '한', '된', '는']);
    let whole = |h: &Hit| h.span.len() == written.len() && h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous);
    !kind && !common && !inflected && (repeats || !single) && !gazetteer.hits(written).iter().any(whole)
}

/// Headings that are a Latin name and stand, in the same talk and at the same level, beside one that is a system of the
/// house: what the talk's company owns, or a sentence defined. `### D2Hub`, `### K2Hub`.
fn beside<'p>(passages: &[Passage<'p>], talks: &[Talk], defined: &BTreeMap<String, Vec<Evidence>>, gazetteer: &Gazetteer) -> Vec<&'p str> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{LATIN})$")));
    let heading = |p: &Passage<'p>| Some((p.block.level()?, p.talk?, p.block.text.text().trim()));
    let headings: Vec<(u8, usize, &str)> = passages.iter().filter_map(heading).filter(|(_, _, text)| NAME.is_match(text)).collect();
    let owned = |talk: usize, text: &str| {
        let ours = |owner: &EntityId| talks[talk].byline.companies.iter().any(|c| c.id == *owner);
        let hits = gazetteer.hits(text);
        let whole = hits.iter().filter(|h| h.span.len() == text.len()).flat_map(|h| &h.surfaces);
        whole.map(|r| gazetteer.entity(*r)).any(|e| e.kind == EntityKind::Technology && e.owner.as_ref().is_some_and(ours))
    };
    let house: BTreeSet<(u8, usize)> = headings
        .iter()
        .filter(|(_, talk, text)| defined.contains_key(*text) || owned(*talk, text))
        .map(|(level, talk, _)| (*level, *talk))
        .collect();
    let unlisted = headings.iter().filter(|(level, talk, text)| house.contains(&(*level, *talk)) && may_be_name(text, true, gazetteer));
    unlisted.map(|(_, _, text)| *text).collect()
}

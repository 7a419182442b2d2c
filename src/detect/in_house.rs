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
use crate::pattern::{Lazy, pattern};
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

/// A way of defining a name.
struct Definition {
    /// Words of which one stands in every text that has it.
    telling: &'static [&'static str],
    /// Whether it speaks of the house.
    own: bool,
    words: Lazy,
    why: &'static str,
}

/// Names that a sentence defines as a system of the house.
fn defined(text: &str) -> Vec<(Span, &'static str)> {
    static DEFINITIONS: LazyLock<Vec<Definition>> = LazyLock::new(definitions);
    let own = languages().in_house.own.stand_in(text);
    // Few texts define anything.
    let may_define = |d: &&Definition| (own || !d.own) && d.telling.iter().any(|word| text.contains(word));
    let mut found = Vec::new();
    for definition in DEFINITIONS.iter().filter(may_define) {
        for name in definition.words.captures_iter(text).filter_map(|c| c.name("name")) {
            found.push((Span::new(name.start(), name.end()), definition.why));
        }
    }
    found
}

/// What defines a name. Both the house and the kind of system must be said; a name of native letters must stand where
/// grammar or quotation marks tell it from any noun: `내부 시스템 장애를 겪고` names nothing.
fn definitions() -> Vec<Definition> {
    let words = &languages().in_house;
    let any = |list: &[String]| list.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|");
    let (own, kinds) = (any(&words.own), any(&words.kinds));
    let (name, latin) = (format!("(?P<name>{LATIN}|{NATIVE})"), format!("(?P<name>{LATIN})"));
    let quoted = format!(r#"[「『"“'‘]{name}[」』"”'’]"#);
    let definition = |why, own, telling, source| Definition { telling, own, words: Lazy::new(source), why };
    let called = |own, telling, source| definition("a sentence says that it is called so", own, telling, source);
    let made = |own, telling, source| definition("a sentence says that it was made in the house", own, telling, source);
    vec![
        // 로그우물이라는 사내 시스템, HALO라는 플랫폼
        called(
            true,
            &["라는", "라고"],
            format!(r"(?:^|[\s,(]){name}(?:이라는|라는|이라고\s하는|라고\s하는)\s(?:{own})\s(?:[가-힣A-Za-z]+\s){{0,2}}?(?:{kinds})"),
        ),
        called(
            false,
            &["라는", "라고"],
            format!(r"(?:^|[\s,(]){latin}(?:이라는|라는|이라고\s하는|라고\s하는)\s(?:[가-힣A-Za-z]+\s){{0,2}}?(?:{kinds})"),
        ),
        // 말모이(사내 사전 관리 도구)
        made(true, &["(", "（"], format!(r"(?:^|[\s,]){name}\s?[(（](?:{own})\s[^()（）\n]{{0,24}}(?:{kinds})[)）]")),
        // Beacon은 사내에서 만든 피처 스토어
        made(
            true,
            &["만든", "개발한", "구축한", "제작한"],
            format!(r"(?:^|[\s,]){latin}(?:은|는|이|가)\s(?:{own})[^.\n]{{0,8}}(?:만든|개발한|구축한|제작한)[^.\n]{{0,20}}(?:{kinds})"),
        ),
        // 자체 개발한 D2Hub
        made(true, &["개발", "제작", "구축"], format!(r"(?:{own})(?:에서)?\s?(?:개발|제작|구축)(?:한|했던|된)\s{latin}")),
        // 「ハヤブサ」というジョブ基盤, 社内名「やぐら」という画面, 社内クラウド「KAMEDA」, KURODAという自社製の
        called(false, &["」という"], format!(r"「(?P<name>{LATIN}|[ァ-ヶー]{{2,10}})」という[^。「」\n]{{0,10}}(?:{kinds})")),
        called(true, &["という"], format!(r"(?:{own})[^。「」\n]{{0,4}}{quoted}という[^。「」\n]{{0,10}}(?:{kinds})")),
        made(true, &["「", "『", "\"", "“", "'", "‘"], format!(r"(?:{own})の?(?:{kinds}){quoted}")),
        made(true, &["という"], format!(r"(?:^|[\s、。]){latin}という(?:{own})")),
        // Beacon is our in-house feature store; Lantern is their own portal
        made(
            true,
            &["is", "was"],
            format!(r"\b{latin}\s(?:is|was)\s(?:(?:an?|our|their|the|his|her)\s)?(?:{own})\s(?:\w+\s){{0,3}}?(?:{kinds})\b"),
        ),
        called(
            true,
            &["called", "named", "dubbed"],
            format!(r"\b(?:{own})\s(?:\w+\s){{0,3}}?(?:{kinds})\s?,?\s(?:called|named|dubbed)\s[“‘'\x22]?{latin}"),
        ),
        // Gondola, the job launcher her team wrote
        made(
            false,
            &["built", "made", "wrote", "developed"],
            format!(
                r"\b{latin},\s(?:the|our|their|an?)\s(?:\w+\s){{0,3}}(?:{kinds})\s(?:that\s)?(?:we|they|he|she|(?:his|her|our|their|the)\steam)\s(?:built|made|wrote|developed)\b"
            ),
        ),
    ]
}

/// Whether a word that a sentence defines may be a name: no listed one that means one thing only, no kind of system, no
/// common word. A word of the page's own letters that opens a sentence may be any word, unless the text `repeats` it.
fn may_be_name(written: &str, repeats: bool, gazetteer: &Gazetteer) -> bool {
    let words = &languages().in_house;
    let kind = words
        .kinds
        .iter()
        .chain(words.own.iter())
        .any(|w| written.eq_ignore_ascii_case(w) || !w.is_ascii() && written.ends_with(w.as_str()));
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

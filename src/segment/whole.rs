//! Whether a report is one talk as a whole.
//!
//! In: a document, its candidates, and the best family of lines. Out: the evidence, in log-odds; above 0 the
//! report is one talk.

use super::candidate::{Candidate, Marker};
use super::class::{Class, class};
use super::event;
use super::family::Family;
use crate::document::Document;
use crate::entity::EntityKind;
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::{is_letter, is_word_character};
use crate::pattern::pattern;
use crate::weights::weights;
use regex::Regex;
use std::sync::LazyLock;

/// What speaks for the report being one talk.
pub(super) fn evidence(document: &Document, candidates: &[Candidate], rival: Option<&Family>, gazetteer: &Gazetteer) -> Vec<(String, f64)> {
    static REPORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)후기|참관기?|참석|다녀\S*|회고|리뷰|\breview|recap|report|\bday[\s-]?(?:\d|one|two|three)|\d일\s?차|컨퍼런스|콘퍼런스|밋업|meet-?up|conference|summit|\bconf\b|days\b|devfest|세미나|まとめ|参加\S*|レポート|kaigi|勉強会|trip|highlights|notes?\b|타임테이블|시간표|programme|schedule|タイムテーブル|#\s?\d+|第\s?\d+\s?回|vol\.?\s?\d|party|聚会|大会|社区|night\b",
        )
    });
    let w = &weights().single;
    let mut evidence = vec![("as one talk".to_owned(), w.bias)];
    let title = document.title().unwrap_or_default();
    let named = event::find(title, gazetteer).map(|(_, span)| span);
    if REPORT.is_match(title) || named.is_some() {
        evidence.push(("its title says that it reports of an event".into(), w.report));
        let rest = named.map_or(title.to_owned(), |span| format!("{} {}", &title[..span.start], &title[span.end..]));
        let rest = REPORT.replace_all(&rest, " ");
        if rest.split(|c: char| !is_word_character(c)).filter(|w| w.chars().any(is_letter)).count() >= 3 {
            evidence.push(("but it says more than that".into(), w.telling));
        }
    }
    if is_edition(title) || matches!(class(title, gazetteer), Class::Boilerplate | Class::Container) {
        evidence.push(("its title is an event's, or says nothing".into(), w.edition));
    }
    if tells_of_talks(document) {
        evidence.push(("its opening speaks of several talks".into(), w.opening));
    }
    if is_elsewhere(document) {
        evidence.push(("its title speaks of a booth, a hackathon, a release".into(), w.elsewhere));
    }
    let head = |c: &&Candidate| c.class == Class::Report || c.block == 0;
    if candidates.iter().filter(head).any(Candidate::has_byline) && !headings(candidates).any(Candidate::has_byline) {
        evidence.push(("a speaker stands at its head".into(), w.byline));
    }
    if let Some(rival) = rival.filter(|f| f.score() > 0.0) {
        evidence.push(("lines in it could mark talks".into(), rival.score() * w.rival));
        if rival.members.iter().filter(|i| candidates[**i].has_byline()).count() >= 2 {
            evidence.push(("and several of them name speakers".into(), w.speakers));
        }
    }
    let headings: Vec<&Candidate> = headings(candidates).collect();
    #[expect(clippy::cast_precision_loss, reason = "a document has few headings")]
    let share = |holds: &dyn Fn(&Candidate) -> bool| headings.iter().filter(|c| holds(c)).count() as f64 / headings.len().max(1) as f64;
    let mut add = |what: &str, share: f64, weight: f64| {
        if share > 0.0 {
            evidence.push((format!("{:.0} % of its headings are {what}", share * 100.0), share * weight));
        }
    };
    add("parts of a talk", share(&|c| c.class == Class::Part), w.parts);
    add("introductions and the like", share(&|c| c.class == Class::Boilerplate), w.boilerplate);
    add("numbered", share(&|c| c.number.is_some()), w.numbered);
    add("with a speaker", share(&Candidate::has_byline), w.bylines);
    add("told to have a speaker", share(&Candidate::is_told), w.told);
    let linked = headings.iter().filter(|c| c.linked).count();
    add("with slides or a link of their own", if linked >= 2 { share(&|c| c.linked) } else { 0.0 }, w.linked);
    add("announced as sessions", share(&|c| c.announced), w.announced);
    if !names_technology(document, gazetteer) {
        evidence.push(("it names no technology".into(), w.nothing));
    }
    evidence
}

/// Whether a report's title speaks of a booth, a hackathon, a release.
pub(super) fn is_elsewhere(document: &Document) -> bool {
    let title = document.title().unwrap_or_default().to_lowercase();
    languages().headings.elsewhere.iter().any(|w| title.contains(w.as_str()))
}

/// Every heading but the report's title.
fn headings(candidates: &[Candidate]) -> impl Iterator<Item = &Candidate> {
    candidates.iter().filter(|c| matches!(c.marker, Marker::Heading(_)) && c.class != Class::Report)
}

/// Whether a title is an event's name with its year or number: `2019 토이스토리`, `OSCON 2016`, `Fukuoka.rb #115`.
fn is_edition(title: &str) -> bool {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|\D)(?:19|20)\d\d(?:$|\D)|['’]\d\d\b|#\s?\d+\b|\bvol\.?\s?\d+|第\s?\d+\s?回|\d+\s?회|\d+\s?차|\d(?:st|nd|rd|th)\b",
        )
    });
    static NOTE: LazyLock<Regex> = LazyLock::new(|| pattern(r"【[^】]*】|\[[^\]]*\]"));
    YEAR.is_match(title)
        && NOTE.replace_all(title, "").split(|c: char| !is_word_character(c)).filter(|w| w.chars().any(is_letter)).count() <= 4
}

/// Whether the text before the second heading speaks of talks, not of one: `여러 발표들을`, `I visited a lot of sessions`.
fn tells_of_talks(document: &Document) -> bool {
    let words = &languages().headings.several;
    let opening = document.blocks.iter().filter(|b| b.is_prose()).take(6).filter(|b| b.level().is_none());
    opening.map(|b| b.text.text().to_lowercase()).any(|text| words.iter().any(|w| text.contains(w.as_str())))
}

/// Whether a report names a technology or a technical idea that means nothing else.
fn names_technology(document: &Document, gazetteer: &Gazetteer) -> bool {
    let technical = |kind| matches!(kind, EntityKind::Technology | EntityKind::Concept);
    document.prose().any(|(_, block)| {
        let hits = gazetteer.hits(block.text.text());
        hits.iter().any(|h| h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous && technical(gazetteer.entity(*r).kind)))
    })
}

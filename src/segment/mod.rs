//! Stage two: where the talks of a report begin and end, what they are called, who gave them, at which event.
//!
//! [`talks`] gathers the lines that may mark a talk ([`candidate`]), chooses the kind of line that does ([`family`]) or
//! takes the report as one talk, and reads titles ([`title`]) and bylines ([`byline`], [`person`]) off them; [`event`]
//! finds the event. [`Segmentation::families`] says why.

mod byline;
mod candidate;
mod event;
mod family;
mod person;
mod title;

use crate::document::{BlockKind, Document};
use crate::entity::{EntityKind, slug};
use crate::gazetteer::Gazetteer;
use crate::language::boundary::Tail;
use crate::language::languages;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::{Affiliation, Byline, Event, Speaker, Talk, TalkId};
use crate::weights::weights;
use byline::Names;
use candidate::{Candidate, Class, Marker, candidates};
use family::families;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What segmentation found in one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// The event the report is about.
    pub event: Option<Event>,
    /// In document order, never overlapping.
    pub talks: Vec<Talk>,
    /// The kinds of lines that might mark talks, best first.
    pub families: Vec<FamilyVerdict>,
    /// Lines that might have been talks and are none, with the reason.
    pub rejected: Vec<(Span, String)>,
}

/// How a kind of line was judged.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyVerdict {
    /// Which lines.
    pub name: String,
    /// Whether they mark the talks.
    pub chosen: bool,
    /// What speaks for and against, in log-odds.
    pub evidence: Vec<(String, f64)>,
}

impl FamilyVerdict {
    /// Sum of the evidence.
    pub fn score(&self) -> f64 {
        self.evidence.iter().map(|(_, weight)| weight).sum()
    }
}

/// Splits a document into its talks.
pub fn talks(document: &Document, gazetteer: &Gazetteer) -> Segmentation {
    let event = event::of(document, gazetteer);
    let candidates = candidates(document, gazetteer);
    let w = &weights().talks;
    let families = families(&candidates, w);
    let single = single(document, &candidates, gazetteer);
    let single_score: f64 = single.evidence.iter().map(|(_, weight)| weight).sum();
    let best = families.first().filter(|f| f.score() >= w.threshold);
    let as_one = single_score > 0.0
        && best.is_none_or(|f| {
            f.members.iter().filter(|i| candidates[**i].has_byline()).count() * 2 < f.members.len() || f.members.len() == 1
        });
    let mut verdicts: Vec<FamilyVerdict> = Vec::new();
    verdicts.push(FamilyVerdict { chosen: as_one, ..single });
    verdicts.extend(families.iter().enumerate().map(|(rank, f)| FamilyVerdict {
        name: f.name.clone(),
        chosen: !as_one && rank == 0 && best.is_some(),
        evidence: f.evidence.clone(),
    }));
    let members: &[usize] = if as_one { &[] } else { best.map_or(&[], |f| &f.members) };
    let mut builder = Builder { document, gazetteer, event: event.as_ref(), ids: HashMap::new() };
    let talks = if as_one {
        builder.whole(&candidates).into_iter().collect()
    } else {
        let titled = |c: &&Candidate| c.title.of(document.blocks[c.block].text.text()).chars().any(char::is_alphanumeric);
        let chosen: Vec<&Candidate> =
            members.iter().map(|i| &candidates[*i]).filter(|c| c.class != Class::Part || c.has_byline()).filter(titled).collect();
        let reason = best.map_or("", |f| f.name.as_str());
        chosen.iter().map(|c| builder.talk(c, &chosen, reason)).collect()
    };
    let rejected = if as_one { Vec::new() } else { rejected(document, &candidates, members) };
    Segmentation { event, talks, families: verdicts, rejected }
}

fn rejected(document: &Document, candidates: &[Candidate], members: &[usize]) -> Vec<(Span, String)> {
    let lines = candidates.iter().enumerate().filter(|(i, c)| !members.contains(i) && matches!(c.marker, Marker::Heading(_)));
    let reason = |c: &Candidate| match c.class {
        Class::Plain => "another kind of line marks the talks",
        Class::Boilerplate => "its words are those of lunch, booths, introductions or references",
        Class::Container => "it holds talks: a day, a half-day, a track",
        Class::Part => "its words are those of a part of a talk",
        Class::Report => "it is the title of the report",
    };
    lines.map(|(_, c)| (document.blocks[c.block].text.origin(c.title), reason(c).to_owned())).collect()
}

/// What speaks for the report being one talk.
fn single(document: &Document, candidates: &[Candidate], gazetteer: &Gazetteer) -> FamilyVerdict {
    static REPORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)후기|참관기?|참석|다녀\S*|회고|리뷰|\breview|recap|report|\bday[\s-]?(?:\d|one|two|three)|\d일\s?차|컨퍼런스|콘퍼런스|밋업|meet-?up|conference|summit|\bconf\b|days\b|devfest|세미나|まとめ|参加\S*|レポート|kaigi|勉強会|trip|highlights|notes?\b|타임테이블|시간표|programme|schedule|タイムテーブル",
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
        if rest.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().any(char::is_alphabetic)).count() >= 3 {
            evidence.push(("but it says more than that".into(), w.telling));
        }
    }
    let headings: Vec<&Candidate> =
        candidates.iter().filter(|c| matches!(c.marker, Marker::Heading(_)) && c.class != Class::Report).collect();
    #[expect(clippy::cast_precision_loss, reason = "a document has few headings")]
    let share = |holds: &dyn Fn(&Candidate) -> bool| headings.iter().filter(|c| holds(c)).count() as f64 / headings.len().max(1) as f64;
    let mut add = |what: &str, share: f64, weight: f64| {
        if share > 0.0 {
            evidence.push((format!("{:.0} % of its headings are {what}", share * 100.0), share * weight));
        }
    };
    add("parts of a talk", share(&|c| matches!(c.class, Class::Part | Class::Boilerplate)), w.parts);
    add("numbered", share(&|c| c.number.is_some()), w.numbered);
    add("with a speaker", share(&Candidate::has_byline), w.bylines);
    add("announced as sessions", share(&|c| c.announced), w.bylines);
    if !names_technology(document, gazetteer) {
        evidence.push(("it names no technology".into(), w.nothing));
    }
    FamilyVerdict { name: "the whole report".into(), chosen: false, evidence }
}

/// Whether a report names a technology or a technical idea that means nothing else.
fn names_technology(document: &Document, gazetteer: &Gazetteer) -> bool {
    let technical = |kind| matches!(kind, EntityKind::Technology | EntityKind::Concept);
    document.prose().any(|(_, block)| {
        let hits = gazetteer.hits(block.text.text());
        hits.iter().any(|h| h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous && technical(gazetteer.entity(*r).kind)))
    })
}

/// Makes talks of chosen lines.
struct Builder<'a> {
    document: &'a Document,
    gazetteer: &'a Gazetteer,
    event: Option<&'a Event>,
    /// How often an id was given.
    ids: HashMap<String, usize>,
}

impl Builder<'_> {
    fn talk(&mut self, candidate: &Candidate, chosen: &[&Candidate], reason: &str) -> Talk {
        let blocks = &self.document.blocks;
        let last = self.last_block(candidate, chosen);
        let block = &blocks[candidate.block];
        let title = one_line(candidate.title.of(block.text.text()));
        let mut byline = Byline::default();
        self.add(&mut byline, candidate.block, &candidate.names);
        if let Some((at, names)) = candidate.below.as_ref().filter(|(at, _)| *at <= last) {
            self.add(&mut byline, *at, names);
        }
        if let Some((at, names)) = &candidate.twin {
            self.add(&mut byline, *at, names);
        }
        self.companies(&mut byline, candidate.block, last);
        let end = blocks[candidate.block..=last].iter().map(|b| b.span.end).max().unwrap_or(block.span.end);
        let mut reasons = vec![format!("one of the {reason}")];
        reasons.extend(candidate.number.map(|n| format!("numbered {n}")));
        reasons.extend(candidate.has_byline().then(|| "with a speaker".to_owned()));
        Talk {
            id: self.id(&title),
            heading: block.text.origin(candidate.title),
            title,
            span: self.trim(Span::new(block.span.start, end)),
            byline,
            links: self.links(candidate.block, last),
            reasons,
        }
    }

    /// The report as one talk, named by its title; `None` for a report without text.
    fn whole(&mut self, candidates: &[Candidate]) -> Option<Talk> {
        let blocks = &self.document.blocks;
        let first = blocks.iter().position(|b| b.is_prose())?;
        let last = blocks.iter().rposition(|b| b.is_prose())?;
        let report = candidates.iter().find(|c| c.class == Class::Report && c.block == first);
        let mut byline = Byline::default();
        let stem = self.document.source.path().rsplit('/').next().unwrap_or("").rsplit_once('.').map_or("", |(s, _)| s);
        let folder = self.document.source.path().rsplit('/').nth(1).unwrap_or(stem);
        let file = if ["readme", "index"].iter().any(|n| stem.eq_ignore_ascii_case(n)) { folder } else { stem };
        let mut heading = Span::new(blocks[first].span.start, blocks[first].span.start);
        let title = match report {
            Some(candidate) => {
                self.add(&mut byline, candidate.block, &candidate.names);
                heading = blocks[candidate.block].text.origin(candidate.title);
                one_line(candidate.title.of(blocks[candidate.block].text.text()))
            }
            None => self.document.title().map_or_else(|| file.replace(['_', '-'], " "), |t| one_line(title::heading(t).title.of(t))),
        };
        if byline.speakers.is_empty() {
            let head = blocks.iter().enumerate().filter(|(_, b)| b.is_prose() && b.level().is_none()).take(4);
            if let Some((at, names)) = head.filter_map(|(i, b)| Some((i, byline::of_line(b.text.text(), self.gazetteer)?))).next() {
                self.add(&mut byline, at, &names);
            }
        }
        self.companies(&mut byline, first, last);
        let span = self.trim(Span::new(blocks[first].span.start, blocks[last].span.end));
        Some(Talk {
            id: self.id(&title),
            title,
            heading,
            span,
            byline,
            links: self.links(first, last),
            reasons: vec!["the report is one talk".into()],
        })
    }

    /// The last block that belongs to a talk: before the next talk, and before the next heading that is no deeper.
    fn last_block(&self, candidate: &Candidate, chosen: &[&Candidate]) -> usize {
        let blocks = &self.document.blocks;
        let next = chosen.iter().map(|c| c.block).find(|b| *b > candidate.block).unwrap_or(blocks.len());
        let ends = |index: usize| match (&blocks[index].kind, candidate.marker) {
            (BlockKind::Heading { level }, Marker::Heading(own)) => *level <= own,
            (BlockKind::Heading { .. }, _) => true,
            (BlockKind::Item { depth, .. }, Marker::Item(own)) => *depth <= own,
            (BlockKind::Paragraph { depth }, Marker::Item(own)) => *depth < own,
            (BlockKind::Row { .. } | BlockKind::Rule | BlockKind::Embed, Marker::Item(_)) => true,
            (BlockKind::Embed, Marker::Embed) | (_, Marker::Row) => true,
            _ => false,
        };
        let stop = (candidate.block + 1..next).find(|i| ends(*i)).unwrap_or(next);
        // Lines across the page and empty blocks at the end separate; they are no content.
        let content = |i: &usize| blocks[*i].is_prose() || matches!(blocks[*i].kind, BlockKind::Code | BlockKind::Image);
        (candidate.block..stop).rev().find(content).unwrap_or(candidate.block)
    }

    fn add(&self, byline: &mut Byline, block: usize, names: &Names) {
        let text = &self.document.blocks[block].text;
        let place = |affiliation: &Affiliation| Affiliation { span: text.origin(affiliation.span), ..affiliation.clone() };
        for (span, company) in &names.people {
            let name = span.of(text.text()).to_owned();
            if !byline.speakers.iter().any(|s| s.name == name) {
                byline.speakers.push(Speaker { name, company: company.as_ref().map(place), span: text.origin(*span) });
            }
        }
        let named = names.people.iter().filter_map(|(_, company)| company.as_ref()).chain(&names.companies);
        for company in named {
            push(&mut byline.companies, place(company));
        }
    }

    /// Companies that the title names, and a label's company without a person; where there is none, the company whose
    /// experience a sub-heading tells (`카카오페이지의 데이터 분석 문제`).
    fn companies(&self, byline: &mut Byline, first: usize, last: usize) {
        let blocks = &self.document.blocks;
        for company in self.named(first, &|_| true) {
            push(&mut byline.companies, company);
        }
        let labelled = blocks[first..=last.min(first + 3)].iter().enumerate().skip(1).filter(|(_, b)| b.level().is_none() && b.is_prose());
        for (offset, block) in labelled {
            if byline.companies.is_empty() && is_label(block.text.text()) {
                for company in self.named(first + offset, &|_| true) {
                    push(&mut byline.companies, company);
                }
            }
        }
        if byline.companies.is_empty() {
            let headings = (first + 1..=last).filter(|i| blocks[*i].level().is_some());
            let owns = |tail: Tail| tail == Tail::Particle;
            if let Some(company) = headings.flat_map(|i| self.named(i, &owns)).next() {
                push(&mut byline.companies, company);
            }
        }
    }

    /// Companies named in a block, but for those whose name there is a technology's.
    fn named(&self, block: usize, wanted: &dyn Fn(Tail) -> bool) -> Vec<Affiliation> {
        let text = &self.document.blocks[block].text;
        let shown = text.text();
        let mut taken: Vec<Span> = Vec::new();
        let mut found = Vec::new();
        for hit in self.gazetteer.hits(shown) {
            if taken.iter().any(|t| t.overlaps(hit.span)) {
                continue;
            }
            let of = |kind| hit.surfaces.iter().find(|r| self.gazetteer.entity(**r).kind == kind);
            if hit.surfaces.iter().all(|r| self.gazetteer.surface(*r).ambiguous) && of(EntityKind::Company).is_none() {
                continue;
            }
            taken.push(hit.span);
            let Some(company) = of(EntityKind::Company).filter(|_| of(EntityKind::Technology).is_none() && wanted(hit.boundary.tail))
            else {
                continue;
            };
            if self.gazetteer.surface(*company).ambiguous && !self.is_host_affiliate(*company) {
                continue;
            }
            let entity = self.gazetteer.entity(*company);
            found.push(Affiliation { name: entity.name.clone(), id: entity.id.clone(), span: text.origin(hit.span) });
        }
        found
    }

    /// `모빌리티` is Kakao Mobility at Kakao's own event.
    fn is_host_affiliate(&self, company: crate::gazetteer::SurfaceRef) -> bool {
        let entity = self.gazetteer.entity(company);
        let host = self.event.and_then(|e| e.host_id.as_ref());
        host.is_some() && (entity.owner.as_ref() == host || Some(&entity.id) == host)
    }

    fn links(&self, first: usize, last: usize) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for url in self.document.blocks[first..=last].iter().flat_map(|b| b.links()) {
            if url.starts_with("http") && !links.iter().any(|l| l == url) {
                links.push(url.to_owned());
            }
        }
        links
    }

    fn id(&mut self, title: &str) -> TalkId {
        let path = self.document.source.path();
        let base = self.event.map_or_else(|| slug(path.rsplit_once('.').map_or(path, |(stem, _)| stem)), |e| slug(&e.name));
        let id = format!("{base}/{}", slug(title));
        let count = self.ids.entry(id.clone()).or_insert(0);
        *count += 1;
        TalkId::new(if *count > 1 { format!("{id}~{count}") } else { id })
    }

    fn trim(&self, span: Span) -> Span {
        Span::new(span.start, span.start + span.of(self.document.source.text()).trim_end().len())
    }
}

fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(companies: &mut Vec<Affiliation>, company: Affiliation) {
    if !companies.iter().any(|c| c.id == company.id) {
        companies.push(company);
    }
}

/// Whether a line starts with a label such as `발표자:`.
fn is_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    languages().bylines.labels.contains(&label)
}

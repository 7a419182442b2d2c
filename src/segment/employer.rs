//! For whom a talk is given, where its byline does not say.
//!
//! In: a talk's blocks and its byline so far. Out: the byline with the companies that the title, labelled lines,
//! sub-headings and first sentences name, and with what the document says elsewhere of where its speakers work.
//! The hard decision: a company is named for many reasons; in a sentence it counts where it does something ([`acts`]).

use super::affiliation::{affiliation, is_company_like, is_former, is_role, opening};
use super::honorific;
use super::person::without_honorific;
use crate::document::{Block, Document};
use crate::entity::{Entity, EntityId, EntityKind};
use crate::gazetteer::{Gazetteer, Hit, SurfaceRef};
use crate::language::boundary::Tail;
use crate::language::languages;
use crate::normalize::{is_hangul, is_latin, is_letter, is_word_character};
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::{Affiliation, Byline, Event, Speaker};
use regex::Regex;
use std::sync::LazyLock;

/// How many blocks of sentences below a title may tell for whom the talk is given.
const SENTENCES: usize = 2;
/// How many blocks are searched for a speaker's name, how many bytes of each, and how far from the name an employer stands.
const REACH: usize = 60;
const LONGEST: usize = 4000;
const WINDOW: usize = 160;
/// How many bytes of a block are its first sentences.
const OPENING: usize = 400;

/// Finds the companies of talks.
pub(super) struct Employers<'a> {
    pub(super) document: &'a Document,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) event: Option<&'a Event>,
    /// Those of the reporters, by what stands before the first talk.
    pub(super) reporters: Vec<EntityId>,
    /// The block of the first talk.
    pub(super) intro: usize,
}

impl Employers<'_> {
    /// Learns whom the reporters work for from the blocks before `first`: `하이퍼커넥트에서는 참가를 지원하고 있습니다`.
    pub(super) fn meet_reporters(&mut self, first: usize) {
        self.intro = first;
        let sentences = (0..first).filter(|at| is_sentence(&self.document.blocks[*at])).take(REACH);
        let acting = sentences.flat_map(|at| self.acting(at));
        let host = self.event.and_then(|e| e.host_id.as_ref());
        self.reporters = acting.map(|c| c.id).filter(|id| Some(id) != host).collect();
    }

    /// Adds to a byline the companies of the talk from block `first` to `last`: what its title names and where its speakers
    /// work; where there is none, the company of a labelled line, the one whose experience a sub-heading
    /// (`카카오페이지의 데이터 분석 문제`) or a sentence tells, else the one whose own event it is.
    pub(super) fn complete(&self, byline: &mut Byline, first: usize, last: usize, title: Span) {
        let blocks = &self.document.blocks;
        for speaker in byline.speakers.iter_mut().filter(|s| s.company.is_none()) {
            speaker.company = self.told_of(speaker, first, last);
        }
        let employers: Vec<_> = byline.speakers.iter().filter_map(|s| s.company.clone()).collect();
        employers.into_iter().for_each(|c| push(&mut byline.companies, c));
        self.titled(first, title).into_iter().for_each(|c| push(&mut byline.companies, c));
        // Where it is said for whom each speaks, what a title only mentions is no one's.
        let settled = !byline.speakers.is_empty() && byline.speakers.iter().all(|s| s.company.is_some());
        let told = |text: &str, hit: &Hit| !settled || owns(text, hit.span);
        self.named(first, &told).into_iter().for_each(|c| push(&mut byline.companies, c));
        let text = |at: &usize| is_sentence(&blocks[*at]);
        let mut below = (first + 1..=last.min(first + 3)).filter(text).filter(|at| is_label(blocks[*at].text.text()));
        if byline.companies.is_empty() {
            byline.companies.extend(below.find_map(|at| none_if_empty(self.named(at, &|_, _| true))).unwrap_or_default());
        }
        if byline.companies.is_empty() {
            let headings = (first + 1..=last).filter(|at| blocks[*at].level().is_some());
            byline.companies.extend(headings.flat_map(|at| self.named(at, &|_, hit| hit.boundary.tail == Tail::Particle)).next());
        }
        if byline.companies.is_empty() {
            let acting = (first..=last).filter(text).take(SENTENCES).flat_map(|at| self.acting(at));
            byline.companies.extend(acting.filter(|c| !self.reporters.contains(&c.id)).take(1));
        }
        if byline.companies.is_empty() {
            byline.companies.extend(self.host());
        }
    }

    /// Where a speaker works, as the document says beside their name elsewhere: in the talk, or before the first one.
    fn told_of(&self, speaker: &Speaker, first: usize, last: usize) -> Option<Affiliation> {
        let name = speaker.name.as_str();
        if !(name.contains(' ') || !name.is_ascii() && name.chars().count() >= 3) {
            return None;
        }
        let blocks = &self.document.blocks;
        let own = (first..=last).chain(0..self.intro.min(first)).filter(|at| blocks[*at].is_prose()).take(REACH);
        own.flat_map(|at| {
            let text = blocks[at].text.text();
            let text = &text[..text.floor_char_boundary(LONGEST)];
            let apart = |n: usize| {
                let joins = |c: char| is_letter(c) && (is_hangul(c) == name.ends_with(is_hangul));
                // Mary Jane Doe is not Jane Doe.
                let before = text[..n].trim_end().rsplit(' ').next().unwrap_or("");
                let longer = name.is_ascii() && before.starts_with(char::is_uppercase) && before.chars().skip(1).all(char::is_lowercase);
                let goes_on = name.is_ascii() && text[n + name.len()..].starts_with(is_word_character);
                !(longer || goes_on || text[..n].ends_with(joins))
            };
            let places = text.match_indices(name).map(|(n, _)| n).filter(|n| apart(*n)).take(4);
            let beside = places.filter_map(|n| self.beside(text, Span::new(n, n + name.len()))).map(|c| in_file(&blocks[at], c));
            beside.chain(self.below(name, at)).collect::<Vec<_>>()
        })
        .next()
    }

    /// The company and office in the line below a name: `- 강나비`, `- 토스 프론트엔드 개발자`.
    fn below(&self, name: &str, at: usize) -> Option<Affiliation> {
        let blocks = &self.document.blocks;
        let text = blocks[at].text.text();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if without_honorific(first.trim()).0 != name {
            return None;
        }
        let (block, start) = if rest.is_empty() { (blocks.get(at + 1)?, 0) } else { (&blocks[at], first.len() + 1) };
        let line = block.text.text()[start..].lines().next()?;
        let (known, place) = self.gazetteer.find_kind(line, EntityKind::Company).filter(|(_, place)| place.start == 0)?;
        is_role(&line[place.end..]).then(|| in_file(block, employed(known, Span::new(start, start + place.end))))
    }

    /// `Jane Doe from Acme`, `Jane Doe (Acme)`, `Jane Doe, engineer at Acme`, `카카오의 전수현 님`.
    fn beside(&self, text: &str, name: Span) -> Option<Affiliation> {
        static JOINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s+(?:from|of|at)\s+(?:the\s)?([A-Z0-9][^,.;:()\n]{1,50})"));
        static HELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?[(（]([^()（）\n]{2,60})[)）]"));
        static ROLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^,\s[^.;:()\n]{2,90}"));
        let after = &text[name.end..];
        let at = |m: regex::Match| Span::new(name.end + m.start(), name.end + m.end());
        if let Some(held) = HELD.captures(after).and_then(|c| c.get(1)) {
            let (known, place) = self.gazetteer.find_kind(held.as_str(), EntityKind::Company).filter(|(_, place)| place.start == 0)?;
            let rest = &held.as_str()[place.len()..];
            let named = Span::new(at(held).start, at(held).start + place.len());
            return (rest.trim().is_empty() || is_role(rest)).then(|| employed(known, named));
        }
        if let Some(joined) = JOINED.captures(after).and_then(|c| c.get(1)) {
            let known = |c: &Affiliation| self.gazetteer.get(EntityKind::Company, &c.id).is_some() || is_company_like(&c.name);
            return opening(text, at(joined), self.gazetteer).filter(known);
        }
        if let Some(clause) = ROLE.find(after).filter(|m| is_role(m.as_str())) {
            return affiliation(text, at(clause), self.gazetteer);
        }
        languages().honorific(after.trim_start())?;
        let edge = |c: char| ".。\n".contains(c);
        let near = text.floor_char_boundary(name.start.saturating_sub(WINDOW));
        let start =
            text[near..name.start].rfind(edge).map_or(near, |n| near + n + text[near + n..].chars().next().map_or(1, char::len_utf8));
        let far = text.floor_char_boundary((name.end + WINDOW).min(text.len()));
        let end = text[name.end..far].find(edge).map_or(far, |n| name.end + n);
        honorific::employer(text, Span::new(start, name.start), Span::new(name.end, end), honorific::Proof::Listed, self.gazetteer)
    }

    /// The company at whose own event the talk is given: at if(kakao) Kakao's people speak (`in_house` in the data), at AWS
    /// Summit its customers as well. An event that nobody listed is its own where its name opens with the company's.
    fn host(&self) -> Option<Affiliation> {
        let event = self.event?;
        let host = self.gazetteer.get(EntityKind::Company, event.host_id.as_ref()?)?;
        let own = self.gazetteer.get(EntityKind::Event, &event.series_id).is_none_or(|e| e.in_house);
        // `Google I/O のまとめ会`: who retells it is of another company.
        let retold = |title: &str| languages().event.retellings.stand_in(&title.to_lowercase());
        (own && !self.document.title().is_some_and(retold)).then(|| employed(host, event.span))
    }

    /// A company whose name is also something else's, where a title says that it is one: it opens with it and a particle
    /// (`토스의 결제 시스템`, `당근은 왜 …`), or speaks of what is done there (`The future of Rails at GitHub`).
    fn titled(&self, block: usize, title: Span) -> Option<Affiliation> {
        let block = &self.document.blocks[block];
        let text = block.text.text();
        let hits = self.gazetteer.hits(text);
        let opens = |h: &Hit| h.span.start == title.start && h.boundary.tail == Tail::Particle && h.span.of(text).starts_with(is_hangul);
        let done_there = |h: &Hit| {
            h.span.start > title.start
                && h.span.end <= title.end
                && text[..h.span.start].ends_with([' ', '@'])
                && !text[h.span.end..title.end].trim_start().starts_with(char::is_lowercase)
                && is_done_there(text[title.start..h.span.start].trim_end())
        };
        hits.iter().filter(|h| !title.is_empty() && (opens(h) || done_there(h))).find_map(|hit| {
            let entities = hit.surfaces.iter().map(|r| self.gazetteer.entity(*r));
            let company = entities.into_iter().find(|e| e.kind == EntityKind::Company)?;
            Some(in_file(block, employed(company, hit.span)))
        })
    }

    /// Companies that the first sentences of a block show at work.
    fn acting(&self, block: usize) -> Vec<Affiliation> {
        let block = &self.document.blocks[block];
        let found = self.named_in(first_sentences(block), &|text, hit| acts(text, hit.span));
        found.into_iter().map(|c| in_file(block, c)).collect()
    }

    /// Companies named in a block, but for those whose name there is a technology's.
    fn named(&self, block: usize, wanted: &dyn Fn(&str, &Hit) -> bool) -> Vec<Affiliation> {
        let block = &self.document.blocks[block];
        self.named_in(block.text.text(), wanted).into_iter().map(|c| in_file(block, c)).collect()
    }

    /// Companies that a text names, with spans of it.
    pub(super) fn named_in(&self, text: &str, wanted: &dyn Fn(&str, &Hit) -> bool) -> Vec<Affiliation> {
        // Hits are in text order, the longest first.
        let mut taken = 0;
        let mut found = Vec::new();
        for hit in self.gazetteer.hits(text) {
            if hit.span.start < taken {
                continue;
            }
            let of = |kind| hit.surfaces.iter().find(|r| self.gazetteer.entity(**r).kind == kind);
            if hit.surfaces.iter().all(|r| self.gazetteer.surface(*r).ambiguous) && of(EntityKind::Company).is_none() {
                continue;
            }
            taken = hit.span.end;
            // What GitHub makes is called so, too, but only at the company is a team.
            let meant = || of(EntityKind::Technology).is_none() || works(text, hit.span);
            let company = of(EntityKind::Company).filter(|_| meant() && wanted(text, &hit));
            let Some(company) = company else { continue };
            if self.gazetteer.surface(*company).is_sure(hit.span.of(text)) || self.is_host_affiliate(*company) {
                found.push(employed(self.gazetteer.entity(*company), hit.span));
            }
        }
        found
    }

    /// `모빌리티` is Kakao Mobility at Kakao's own event.
    fn is_host_affiliate(&self, company: SurfaceRef) -> bool {
        let entity = self.gazetteer.entity(company);
        let host = self.event.and_then(|e| e.host_id.as_ref());
        host.is_some() && (entity.owner.as_ref() == host || Some(&entity.id) == host)
    }
}

/// Whether a company does something in its sentence: `뱅크샐러드에서 사용하는`, `the team at Spotify`, `メルカリでは`, or what the
/// text opens with (`ペパボは …`); not what it makes and others use (`구글에서 만든`), nor what is bought from it.
fn acts(text: &str, company: Span) -> bool {
    let words = &languages().speech;
    let (before, after) = (text[..company.start].trim_end(), &text[company.end..]);
    if is_former(&before[before.rfind(['.', '。', '\n']).unwrap_or(0)..]) {
        return false;
    }
    let topic = before.is_empty() && words.topics.iter().any(|w| after.starts_with(w.as_str()));
    // More particles may follow: 에서+는.
    let behind = words.doer_behind.iter().find_map(|w| after.strip_prefix(w.as_str()));
    let rest = behind.map(|rest| rest.trim_start_matches(['는', '도', '만', ' ']));
    works(text, company) || topic || rest.is_some_and(|rest| !words.makes.iter().any(|w| rest.starts_with(w.as_str())))
}

/// Whether the words before a company say that people work there: `the team at Spotify`.
fn works(text: &str, company: Span) -> bool {
    let before = text[..company.start].trim_end();
    let tail = before[before.floor_char_boundary(before.len().saturating_sub(24))..].to_ascii_lowercase();
    languages().speech.doer_ahead.iter().any(|w| tail.strip_suffix(w.as_str()).is_some_and(|rest| !rest.ends_with(is_latin)))
}

/// Whether a title tells what a company has or does: `Samsung's AI System`, `카카오의 …`, `Kafka at LinkedIn`.
fn owns(text: &str, company: Span) -> bool {
    let after = &text[company.end..];
    let has = languages().speech.owns.iter().any(|w| after.starts_with(w.as_str()));
    has || is_done_there(text[..company.start].trim_end()) || acts(text, company)
}

/// Whether the words before a name say that something is done there: `Rails at`, not `a look at`.
fn is_done_there(before: &str) -> bool {
    let looks = |rest: &str| languages().speech.looks.iter().any(|w| rest.to_lowercase().ends_with(w.as_str()));
    before.ends_with('@') || before.strip_suffix(" at").is_some_and(|rest| !looks(rest.trim_end()))
}

fn first_sentences(block: &Block) -> &str {
    let text = block.text.text();
    &text[..text.floor_char_boundary(OPENING)]
}

fn is_sentence(block: &Block) -> bool {
    block.is_prose() && block.level().is_none()
}

fn employed(company: &Entity, span: Span) -> Affiliation {
    Affiliation { name: company.name.clone(), id: company.id.clone(), span }
}

/// A company with its place in the file instead of that in its block.
fn in_file(block: &Block, company: Affiliation) -> Affiliation {
    Affiliation { span: block.text.origin(company.span), ..company }
}

/// Adds a company that is not yet there.
pub(super) fn push(companies: &mut Vec<Affiliation>, company: Affiliation) {
    if !companies.iter().any(|c| c.id == company.id) {
        companies.push(company);
    }
}

fn none_if_empty<T>(found: Vec<T>) -> Option<Vec<T>> {
    (!found.is_empty()).then_some(found)
}

/// Whether a line starts with a label such as `발표자:`.
fn is_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label = label.trim_matches(|c: char| !is_word_character(c)).to_lowercase();
    languages().bylines.labels.contains(&label)
}

//! Makes talks of the lines that were chosen: where each ends, its people, companies and links.
//!
//! In: candidates that are talks, in document order. Out: [`Talk`]s that never overlap.

use super::byline;
use super::candidate::{Candidate, Marker};
use super::class::Class;
use super::employer::{Employers, push};
use super::introduction;
use super::links::link;
use super::names::Names;
use super::section::is_numbered;
use super::title;
use crate::document::{Block, BlockKind, Document, MarkKind};
use crate::entity::{EntityKind, slug};
use crate::gazetteer::Gazetteer;
use crate::normalize::is_word_character;
use crate::span::Span;
use crate::talk::{Affiliation, Byline, Event, Link, LinkKind, Speaker, Talk, TalkId};
use std::collections::{HashMap, HashSet};

/// Makes talks of chosen lines.
pub(super) struct Builder<'a> {
    pub(super) document: &'a Document,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) event: Option<&'a Event>,
    pub(super) employers: Employers<'a>,
    /// How often an id was given.
    pub(super) ids: HashMap<String, usize>,
}

impl Builder<'_> {
    /// A talk for each chosen line; `reason` says which kind of line marks the talks.
    pub(super) fn talks(&mut self, chosen: &[&Candidate], reason: &str) -> Vec<Talk> {
        self.employers.meet_reporters(chosen.first().map_or(0, |c| c.block));
        let next = |rank: usize| chosen.get(rank + 1).map(|c| (c.block, c.start));
        chosen.iter().enumerate().map(|(rank, c)| self.talk(c, next(rank), reason)).collect()
    }

    /// `next` is the block of the following talk, and where in its text that begins.
    fn talk(&mut self, candidate: &Candidate, next: Option<(usize, usize)>, reason: &str) -> Talk {
        let blocks = &self.document.blocks;
        let last = self.last_block(candidate, next.map_or(blocks.len(), |(block, _)| block));
        let block = &blocks[candidate.block];
        let text = block.text.text();
        let (titled, title) = candidate.retitled.filter(|(at, _)| *at <= last).unwrap_or((candidate.block, candidate.title));
        let title_text = &blocks[titled].text;
        let heading = title_text.origin(title);
        let title = one_line(title.of(title_text.text()));
        let mut byline = Byline::default();
        self.add(&mut byline, candidate.block, &candidate.names);
        let named = !byline.speakers.is_empty();
        for (at, names) in candidate.below.iter().filter(|(at, _)| *at <= last) {
            // Below `Title - Yusuke Hirao` a line `ディーゼロ 平尾さん` says where he works, not who else speaks.
            let companies = names.people.iter().filter_map(|(_, company)| company.clone()).chain(names.companies.iter().cloned());
            let of_speakers = Names { companies: companies.collect(), of_speakers: true, ..Names::default() };
            self.add(&mut byline, *at, if named { &of_speakers } else { names });
        }
        if let Some((at, names)) = candidate.told.as_ref().filter(|(at, _)| *at <= last && byline.speakers.is_empty()) {
            self.add(&mut byline, *at, names);
        }
        if let Some((at, names)) = &candidate.twin {
            self.add(&mut byline, *at, names);
        }
        self.employers.complete(&mut byline, candidate.block, last, candidate.title);
        // Where one paragraph tells of several talks, each has its lines.
        let start = if candidate.start == 0 { block.span.start } else { block.text.origin(Span::new(candidate.start, text.len())).start };
        let end = match next {
            Some((same, from)) if same == candidate.block => block.text.origin(Span::new(0, from)).end,
            _ => blocks[candidate.block..=last].iter().map(|b| b.span.end).max().unwrap_or(block.span.end),
        };
        let mut reasons = vec![format!("one of the {reason}")];
        reasons.extend(candidate.number.map(|n| format!("numbered {n}")));
        reasons.extend(candidate.has_byline().then(|| "with a speaker".to_owned()));
        Talk {
            id: self.id(&title),
            heading,
            title,
            span: self.trim(Span::new(start, end)),
            byline,
            links: self.links(candidate.block, last, candidate.title),
            also_at: candidate.twin.iter().map(|(at, _)| blocks[*at].span).collect(),
            reasons,
        }
    }

    /// The report as one talk, named by its title; `None` for a report without text.
    pub(super) fn whole(&mut self, candidates: &[Candidate]) -> Option<Talk> {
        let blocks = &self.document.blocks;
        let first = blocks.iter().position(|b| b.is_prose())?;
        let last = blocks.iter().rposition(|b| b.is_prose())?;
        // The announcement of the talk, pasted into a fence, says better what it is called than the report's own title.
        let mut notes = candidates.iter().filter(|c| c.marker == Marker::Note);
        let note = notes.next().filter(|_| notes.next().is_none());
        let report = candidates.iter().find(|c| c.class == Class::Report && c.block == first);
        let opens = |c: &&Candidate| blocks[..c.block].iter().filter(|b| b.is_prose()).count() <= 4;
        let note = note.filter(opens).filter(|_| report.is_none_or(|r| !r.has_byline()));
        let report = note.or(report);
        let mut byline = Byline::default();
        let mut heading = Span::new(blocks[first].span.start, blocks[first].span.start);
        let title = match report {
            Some(candidate) => {
                let below = candidate.below.iter().filter(|_| note.is_some()).map(|(at, names)| (*at, names));
                below.chain([(candidate.block, &candidate.names)]).for_each(|(at, names)| self.add(&mut byline, at, names));
                heading = blocks[candidate.block].text.origin(candidate.title);
                one_line(candidate.title.of(blocks[candidate.block].text.text()))
            }
            None => {
                let title = self.document.title().map_or_else(|| from_path(self.document.source.path()), str::to_owned);
                self.title_alone(&title, first, &mut byline)
            }
        };
        // Of `## # by Jane Doe` nothing is left.
        let title = if title.chars().any(is_word_character) { title } else { from_path(self.document.source.path()) };
        let from = first + usize::from(report.is_some_and(|c| c.block == first));
        if byline.speakers.is_empty() {
            for (at, names) in introduction::below(blocks, from, 0, 0, self.gazetteer) {
                self.add(&mut byline, at, &names);
            }
        }
        if byline.speakers.is_empty()
            && let Some((at, names)) = introduction::told(blocks, from, 0, blocks.len(), self.gazetteer)
        {
            self.add(&mut byline, at, &names);
        }
        self.employers.complete(&mut byline, first, last, Span::default());
        // A picture or video may open the talk or end it.
        let content = || blocks.iter().filter(|b| is_content(b)).map(|b| b.span);
        let span = Span::new(content().map(|s| s.start).min()?, content().map(|s| s.end).max()?);
        Some(Talk {
            id: self.id(&title),
            title,
            heading,
            span: self.trim(span),
            byline,
            links: self.links(first, last, Span::default()),
            also_at: Vec::new(),
            reasons: vec!["the report is one talk".into()],
        })
    }

    /// A title that no line of the text shows, without what front matter and file names put around it: the event before a
    /// dash, the speaker behind one. Speakers are shown at the talk's first line.
    fn title_alone(&self, title: &str, first: usize, byline: &mut Byline) -> String {
        let place = Span::new(self.document.blocks[first].span.start, self.document.blocks[first].span.start);
        let mut at = title::heading(title).title;
        if let Some(cut) = title[at.start..at.end].find(" - ").map(|n| at.start + n) {
            if self.names_host(&title[at.start..cut]) {
                at = Span::new(cut + 3, at.end);
            } else if self.names_host(&title[cut + 3..at.end]) {
                at = Span::new(at.start, cut);
            }
        }
        for company in self.employers.named_in(title, &|_, _| true) {
            push(&mut byline.companies, Affiliation { span: place, ..company });
        }
        let (at, names) = byline::of_heading(title, at, byline::Order::Any, self.gazetteer);
        for (span, company) in &names.people {
            let company = company.as_ref().map(|c| Affiliation { span: place, ..c.clone() });
            company.iter().for_each(|c| push(&mut byline.companies, c.clone()));
            byline.speakers.push(Speaker { name: span.of(title).to_owned(), company, span: place });
        }
        one_line(title::trimmed(title, at).of(title))
    }

    /// Whether a few words are no title but an event, or a company with its event: `토스ㅣSLASH 22`, `DroidKaigi 2017`.
    fn names_host(&self, words: &str) -> bool {
        let known = |kind| self.gazetteer.find_kind(words, kind).is_some();
        words.split_whitespace().count() <= 4 && (known(EntityKind::Event) || known(EntityKind::Company))
    }

    /// The last block that belongs to a talk: before `next`, the next talk, and before the next heading that is no deeper.
    fn last_block(&self, candidate: &Candidate, next: usize) -> usize {
        let blocks = &self.document.blocks;
        let numbered = is_numbered(&blocks[candidate.block]);
        let ends = |index: usize| match (&blocks[index].kind, candidate.marker) {
            (BlockKind::Heading { level }, Marker::Heading(own)) => *level <= own,
            (BlockKind::Heading { .. }, _) => true,
            (BlockKind::Item { depth, number: None }, Marker::Item(own)) if numbered => *depth < own,
            (BlockKind::Item { depth, .. }, Marker::Item(own)) => *depth <= own,
            (BlockKind::Paragraph { depth }, Marker::Item(own)) => *depth < own,
            (BlockKind::Row { .. } | BlockKind::Rule | BlockKind::Embed, Marker::Item(_)) => true,
            (BlockKind::Embed, Marker::Embed) | (BlockKind::Note { opens: true }, Marker::Note) | (_, Marker::Row) => true,
            _ => false,
        };
        let stop = (candidate.block + 1..next).find(|i| ends(*i)).unwrap_or(next);
        (candidate.block..stop.max(candidate.block)).rev().find(|i| is_content(&blocks[*i])).unwrap_or(candidate.block)
    }

    fn add(&self, byline: &mut Byline, block: usize, names: &Names) {
        let text = &self.document.blocks[block].text;
        let place = |affiliation: &Affiliation| Affiliation { span: text.origin(affiliation.span), ..affiliation.clone() };
        for (span, company) in &names.people {
            let name = one_line(span.of(text.text()));
            let company = company.as_ref().map(place);
            match byline.speakers.iter_mut().find(|s| s.name == name) {
                Some(known) => known.company = known.company.take().or(company),
                None => byline.speakers.push(Speaker { name, company, span: text.origin(*span) }),
            }
        }
        if let Some(company) = names.companies.first().filter(|_| names.of_speakers) {
            byline.speakers.iter_mut().filter(|s| s.company.is_none()).for_each(|s| s.company = Some(place(company)));
        }
        let named = names.people.iter().filter_map(|(_, company)| company.as_ref()).chain(&names.companies);
        for company in named {
            push(&mut byline.companies, place(company));
        }
    }

    /// The links of a talk's blocks, each address once; the one that its title is, is its session page.
    fn links(&self, first: usize, last: usize, title: Span) -> Vec<Link> {
        let mut seen = HashSet::new();
        let mut links = Vec::new();
        for (at, block) in self.document.blocks[first..=last].iter().enumerate() {
            for mark in &block.marks {
                let MarkKind::Link(url) = &mark.kind else { continue };
                let Some(mut link) = link(url, mark.span.of(block.text.text())) else { continue };
                if at == 0 && link.kind == LinkKind::Page && mark.span.overlaps(title) {
                    link.kind = LinkKind::Session;
                }
                if seen.insert(link.url.clone()) {
                    links.push(link);
                }
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

/// Whether a block is of what is told: lines across the page and empty blocks only separate.
fn is_content(block: &Block) -> bool {
    block.is_prose() || matches!(block.kind, BlockKind::Code | BlockKind::Image | BlockKind::Embed)
}

/// A title from a file's name, or its folder's where the file is a `README` or `index`. In the names of flattened
/// folders two underscores stand for each slash.
fn from_path(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts = stem.rsplit('/').flat_map(|part| part.rsplit("__"));
    let generic = |name: &&str| !["readme", "index"].iter().any(|n| name.eq_ignore_ascii_case(n));
    let name = parts.find(generic).unwrap_or(stem);
    // The letter ㅣ is written for a bar, which file names may not have.
    let name = if name.contains(']') { name } else { name.trim_start_matches('[') }.replace('ㅣ', " | ");
    // Words that hyphens join; a dash between spaces is the author's.
    if name.contains(' ') { name.replace('_', " ") } else { name.replace(['_', '-'], " ") }
}

fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

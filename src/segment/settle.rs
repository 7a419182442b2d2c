//! What lines tell only together: on which side of the title speakers stand, which section holds talks, which line a
//! programme lists as well.
//!
//! In: all candidates of a report, each read by itself. Out: the same, settled by what most of them or others say.

use super::byline::{Order, of_heading};
use super::candidate::{Candidate, Marker};
use super::class::Class;
use super::names::{Names, people};
use super::person::{Place, person};
use super::title::{heading, quoted, trimmed};
use crate::document::{Block, Document};
use crate::entity::slug;
use crate::gazetteer::Gazetteer;
use crate::span::Span;
use std::collections::{BTreeMap, HashMap};

/// A title of at least so many bytes, as a slug, is not in another by chance.
const ALIKE: usize = 10;

/// In a report that writes `Speaker — Title` throughout, `Sam Lee — Design Systems` is not by Design Systems: lines of one
/// kind that can be read in both orders are read in the order that more of them allow.
pub(super) fn order(candidates: &mut [Candidate], blocks: &[Block], gazetteer: &Gazetteer) {
    let first_line = |c: &Candidate| blocks[c.block].text.text().lines().next().unwrap_or("");
    let mut tally: HashMap<Marker, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let Some((name, _)) = candidate.names.people.first() else { continue };
        let (behind, before) = tally.entry(candidate.marker).or_default();
        if name.start >= candidate.title.end { behind.push(index) } else { before.push(index) }
    }
    for (behind, before) in tally.into_values() {
        let (minority, order) = if behind.len() < before.len() { (behind, Order::SpeakerFirst) } else { (before, Order::TitleFirst) };
        for index in minority {
            let candidate = &mut candidates[index];
            let text = first_line(candidate);
            let (title, names) = of_heading(text, heading(text).title, order, gazetteer);
            if !names.people.is_empty() {
                candidate.title = trimmed(text, title);
                candidate.names = names;
            }
        }
    }
}

/// Where two lines of a kind or more end in `by tenntenn`, handles are the speakers.
pub(super) fn handles(candidates: &mut [Candidate], blocks: &[Block], gazetteer: &Gazetteer) {
    let mut ends: HashMap<Marker, Vec<(usize, Span, Span)>> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.names.people.is_empty() && c.marker != Marker::Row) {
        let title = candidate.title.of(blocks[candidate.block].text.text());
        let Some(by) = title.rfind(" by ").filter(|by| *by > 0) else { continue };
        let at = |from: usize, to: usize| Span::new(candidate.title.start + from, candidate.title.start + to);
        if !title[by + 4..].trim().contains(' ') {
            ends.entry(candidate.marker).or_default().push((index, at(0, by), at(by + 4, title.len())));
        }
    }
    for (index, title, name) in ends.into_values().filter(|lines| lines.len() >= 2).flatten() {
        let candidate = &mut candidates[index];
        let names = people(blocks[candidate.block].text.text(), name, Place::Labelled, gazetteer);
        if !names.people.is_empty() {
            (candidate.title, candidate.names) = (title, names);
        }
    }
}

/// Headings that are nothing but names, as most of their level are, stand for what these people said: `#### 강나비`, `#### 하도윤`.
pub(super) fn speakers(candidates: &mut [Candidate], blocks: &[Block], gazetteer: &Gazetteer) {
    let mut levels: BTreeMap<Marker, (usize, Vec<(usize, Span)>)> = BTreeMap::new();
    let plain = |c: &Candidate| matches!(c.marker, Marker::Heading(_)) && matches!(c.class, Class::Plain | Class::Part);
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, c)| plain(c)) {
        let (lines, named) = levels.entry(candidate.marker).or_default();
        *lines += 1;
        let title = candidate.title.of(blocks[candidate.block].text.text());
        let name = if candidate.has_byline() { None } else { person(title, Place::Suffix, gazetteer) };
        named.extend(name.map(|name| (index, Span::new(candidate.title.start, candidate.title.start + name.len()))));
    }
    // Below the titles of talks such headings say who gave them.
    let Some((_, (lines, named))) = levels.into_iter().next() else { return };
    if named.len() >= 2 && named.len() * 2 >= lines {
        for (index, name) in named {
            candidates[index].names.people.push((name, None));
        }
    }
}

/// Sentences below a heading that give its own title tell of its talk, and so do the others below it: they mark no talks.
pub(super) fn retold(candidates: &mut Vec<Candidate>, blocks: &[Block]) {
    let title = |c: &Candidate| slug(c.title.of(blocks[c.block].text.text()));
    // The headings in whose sections a line stands, each with its title.
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut above: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut told: HashMap<usize, Option<(usize, Names)>> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        headings.retain(|(heading, _)| candidates[*heading].end > candidate.block);
        if matches!(candidate.marker, Marker::Heading(_)) {
            headings.push((index, title(candidate)));
        }
        let heading = headings.last().filter(|_| candidate.marker == Marker::Prose);
        above.push(heading.map(|(heading, _)| *heading));
        let Some((heading, own)) = heading.filter(|(heading, _)| candidates[*heading].class == Class::Plain) else { continue };
        let given = title(candidate);
        let shorter = own.len().min(given.len());
        if shorter >= ALIKE && (own.contains(&given) || given.contains(own)) {
            let names = (!candidate.names.is_empty()).then(|| (candidate.block, candidate.names.clone()));
            let known = told.entry(*heading).or_default();
            *known = known.take().or(names);
        }
    }
    for (heading, names) in &told {
        let heading = &mut candidates[*heading];
        heading.told = heading.told.take().or(names.clone());
    }
    let mut above = above.into_iter();
    candidates.retain(|_| above.next().flatten().is_none_or(|heading| !told.contains_key(&heading)));
}

/// Gives a heading's section the number of talks that other lines of it name, and the speaker if one sentence tells of
/// one. A sentence that gives a title of its own speaks of a talk within the section, unless it opens the section: then
/// that is what the section's talk is called.
pub(super) fn sections(candidates: &mut [Candidate], blocks: &[Block]) {
    struct Told {
        block: usize,
        opens: bool,
        title: Option<(Span, String)>,
        names: Names,
    }
    let title = |c: &Candidate| slug(c.title.of(blocks[c.block].text.text()));
    let speaks =
        |c: &Candidate| if matches!(c.marker, Marker::Heading(_)) { c.speaks() && c.class == Class::Plain } else { c.has_byline() };
    let named: Vec<usize> = candidates.iter().filter(|c| speaks(c) && c.marker != Marker::Prose).map(|c| c.block).collect();
    let told = |c: &Candidate| Told {
        block: c.block,
        opens: c.start == 0 && c.block > 0 && blocks[c.block - 1].level().is_some(),
        title: c.linked.then(|| (c.title, title(c))),
        names: c.names.clone(),
    };
    let told: Vec<Told> = candidates.iter().filter(|c| c.marker == Marker::Prose).map(told).collect();
    for candidate in candidates.iter_mut().filter(|c| matches!(c.marker, Marker::Heading(_) | Marker::Strong)) {
        let from = named.partition_point(|block| *block <= candidate.block);
        let to = named.partition_point(|block| *block < candidate.end);
        candidate.holds = to - from;
        let own = title(candidate);
        let told = &told[told.partition_point(|t| t.block <= candidate.block)..told.partition_point(|t| t.block < candidate.end)];
        let differs = |t: &&Told| t.title.as_ref().is_some_and(|(_, other)| !own.contains(other.as_str()) && !other.contains(&own));
        let others = told.iter().filter(differs).count();
        match told {
            [only] if others == 0 || only.opens => {
                candidate.holds += 1;
                candidate.retitled = only.title.as_ref().filter(|_| others > 0).map(|(title, _)| (only.block, *title));
                if candidate.told.is_none() && !only.names.is_empty() {
                    candidate.told = Some((only.block, only.names.clone()));
                }
            }
            _ => candidate.holds += told.len(),
        }
    }
}

/// Gives lines what a programme or list says beside the same title.
pub(super) fn twins(candidates: &mut [Candidate], document: &Document) {
    let title = |c: &Candidate| slug(c.title.of(document.blocks[c.block].text.text()));
    let mut listed: BTreeMap<String, (usize, Names)> = BTreeMap::new();
    for candidate in candidates.iter().filter(|c| matches!(c.marker, Marker::Row | Marker::Item(_))) {
        if candidate.marker == Marker::Row || !candidate.names.people.is_empty() {
            listed.entry(title(candidate)).or_insert_with(|| (candidate.block, candidate.names.clone()));
        }
    }
    listed.remove("");
    for candidate in candidates.iter_mut().filter(|c| !matches!(c.marker, Marker::Row | Marker::Item(_) | Marker::Prose)) {
        let own = title(candidate);
        // A section is often called by the first words of what the programme says.
        let shortened = || {
            let mut alike = listed.range(own.clone()..).take_while(|(other, _)| other.starts_with(own.as_str()));
            alike.next().filter(|_| own.chars().count() >= 5 && alike.next().is_none()).map(|(_, row)| row.clone())
        };
        candidate.twin = listed.get(&own).cloned().or_else(shortened);
        // `Insights into "Title"`: what a list calls a talk is its title, whatever else the heading says.
        let text = document.blocks[candidate.block].text.text();
        let quoted = quoted(text, 6).next();
        if let Some((quoted, twin)) = quoted.and_then(|q| Some((q, listed.get(&slug(q.of(text)))?))).filter(|_| candidate.twin.is_none()) {
            (candidate.title, candidate.twin) = (quoted, Some(twin.clone()));
        }
    }
}

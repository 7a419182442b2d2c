//! Which event a report is about: its series, edition and host.
//!
//! In: a document and the gazetteer's events. Out: the [`Event`], or `None`. The title outranks the tags, those the path,
//! that the opening lines; the year stands beside the name, else it is the year of the report's date.

use crate::document::Document;
use crate::entity::{Entity, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Event;
use regex::Regex;
use std::sync::LazyLock;

/// The event that a report is about.
pub(super) fn of(document: &Document, gazetteer: &Gazetteer) -> Option<Event> {
    let front = &document.front_matter;
    let opening: Vec<_> = document.prose().take(4).map(|(_, b)| b).collect();
    let mut places: Vec<(&str, Option<&crate::document::Block>)> = Vec::new();
    places.extend(front.title.as_deref().map(|t| (t, None)));
    places.extend(opening.iter().filter(|b| b.level().is_some()).map(|b| (b.text.text(), Some(*b))));
    places.extend(front.description.as_deref().map(|t| (t, None)));
    places.extend(front.tags.iter().map(|t| (t.as_str(), None)));
    places.push((document.source.path(), None));
    places.extend(opening.iter().filter(|b| b.level().is_none()).map(|b| (b.text.text(), Some(*b))));
    let (entity, text, block, at) = places.iter().find_map(|(text, block)| {
        let (entity, at) = find(text, gazetteer)?;
        Some((entity, *text, *block, at))
    })?;
    let year = year_near(text, at)
        .or_else(|| places.iter().take(3).find_map(|(text, _)| year_near(text, Span::new(0, text.len()))))
        .or_else(|| document.date.map(|d| d.year().to_string()));
    let name = match (&entity.edition, &year) {
        (Some(edition), Some(year)) => edition.replace("{year}", year),
        (None, Some(year)) => format!("{} {year}", entity.name),
        (_, None) => entity.name.clone(),
    };
    let host = entity.owner.as_ref().and_then(|id| gazetteer.get(EntityKind::Company, id));
    Some(Event {
        name,
        host: host.map(|h| h.name.clone()),
        series: entity.id.clone(),
        host_id: host.map(|h| h.id.clone()),
        span: block.map_or(Span::default(), |b| b.text.origin(at)),
    })
}

/// The event that a short text names: unambiguous names first, longer ones first.
pub(super) fn find<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<(&'g Entity, Span)> {
    let hits = gazetteer.hits(text);
    let events = hits.iter().filter_map(|hit| {
        let surface = hit.surfaces.iter().find(|r| gazetteer.entity(**r).kind == EntityKind::Event)?;
        let sure = !gazetteer.surface(*surface).ambiguous || year_near(text, hit.span).is_some();
        sure.then_some((gazetteer.entity(*surface), hit.span))
    });
    events.max_by_key(|(_, span)| span.len())
}

/// A year within a few characters of a name.
fn year_near(text: &str, at: Span) -> Option<String> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\D)((?:19|20)\d\d)(?:\D|$)"));
    static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?['’](\d\d)\b"));
    if let Some(short) = SHORT.captures(text.get(at.end..)?).and_then(|c| c.get(1)) {
        return Some(format!("20{}", short.as_str()));
    }
    let years = YEAR.captures_iter(text).filter_map(|c| c.get(1));
    years
        .min_by_key(|y| y.start().abs_diff(at.end).min(at.start.abs_diff(y.end())))
        .filter(|y| y.start().abs_diff(at.end) < 40 || at.start.abs_diff(y.end()) < 40)
        .map(|y| y.as_str().to_owned())
}

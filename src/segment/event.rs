//! Which event a report is about: its series, edition and host.
//!
//! In: a document and the gazetteer's events. Out: the [`Event`], or `None`. The title outranks the tags, those the path,
//! that the opening lines; the year stands beside the name, else it is the year of the report's date. The event's day and
//! place are those of labelled lines (`일시 : …`, `Venue: …`), else a day in the opening.

use crate::dates;
use crate::document::Document;
use crate::entity::{Entity, EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::{is_letter, is_word_character};
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Event;
use jiff::civil::Date;
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
    let known = places.iter().find_map(|(text, block)| {
        let (entity, at) = find(text, gazetteer)?;
        Some((entity, *text, *block, at))
    });
    let Some((entity, text, block, at)) = known else { return unlisted(document, gazetteer) };
    let year = year_near(text, at)
        .or_else(|| entity.edition.as_ref().and_then(|_| short_year(text, at)))
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
        series: entity.name.clone(),
        date: day(document, year.as_deref()).map(|d| d.to_string()),
        place: labelled(document, &languages().event.place).map(|(_, rest)| shortened(rest)),
        edition: year,
        host: host.map(|h| h.name.clone()),
        series_id: entity.id.clone(),
        host_id: host.map(|h| h.id.clone()),
        span: block.map_or_else(|| in_front_matter(document, text, at), |b| b.text.origin(at)),
    })
}

/// An event that the gazetteer does not have, where the report's title is its name with a year or says what it is:
/// `2019 토이스토리`, `너울 컨퍼런스 2023 후기`.
fn unlisted(document: &Document, gazetteer: &Gazetteer) -> Option<Event> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:19|20)\d\d"));
    let words = &languages().event;
    let title = document.title()?;
    let year = YEAR.find(title).map(|m| m.as_str().to_owned());
    let bare = YEAR.replace_all(title, " ");
    let spoken = |w: &str| words.reports.iter().any(|r| *r == w.to_lowercase());
    let name: Vec<&str> = bare
        .split(|c: char| c.is_whitespace() || "[](){}<>|:·,~/".contains(c))
        .filter(|w| w.chars().any(is_letter) && !spoken(w))
        .collect();
    let called =
        |w: &&str| words.kinds.iter().any(|k| if k.is_ascii() { *k == w.to_lowercase() } else { w.to_lowercase().ends_with(k.as_str()) });
    // The name ends with what it is called: `nexters 컨퍼런스 - 개발자 커리어`.
    let last = name.iter().position(called)?;
    let series = name[..=last].join(" ");
    if last > 4 || last == 0 && words.kinds.contains(&series.to_lowercase()) {
        return None;
    }
    let block = document.blocks.iter().find(|b| b.text.text().trim() == title.trim());
    // `ヤフー福岡 Tech Meetup`
    let open = words.open.iter().any(|w| series.to_lowercase().contains(w.as_str()));
    let product = |at: Span| gazetteer.hits(&series).iter().any(|h| h.span.overlaps(at) && gazetteer.may_be(h, EntityKind::Technology));
    let host = gazetteer.find_kind(&series, EntityKind::Company).filter(|(_, at)| at.start == 0 && !open && !product(*at));
    let host = host.map(|(company, _)| company);
    Some(Event {
        name: year.as_ref().map_or_else(|| series.clone(), |y| format!("{series} {y}")),
        date: day(document, year.as_deref()).map(|d| d.to_string()),
        place: labelled(document, &words.place).map(|(_, rest)| shortened(rest)),
        edition: year,
        host: host.map(|h| h.name.clone()),
        series_id: EntityId::from_name(&series),
        host_id: host.map(|h| h.id.clone()),
        span: block.map_or(Span::default(), |b| b.text.origin(within(b.text.text(), &name[..=last]))),
        series,
    })
}

/// Where the words of a name stand in a text that holds them in this order.
fn within(text: &str, words: &[&str]) -> Span {
    let start = words.first().and_then(|w| text.find(w)).unwrap_or(0);
    let end = words.last().and_then(|w| Some(start + text[start..].find(w)? + w.len())).unwrap_or(text.len());
    Span::new(start, end)
}

/// Where a part of one of the front matter's texts stands in the file; empty for what stands only in the path.
fn in_front_matter(document: &Document, text: &str, at: Span) -> Span {
    let front = document.front_matter.span;
    let found = document.source.text().get(front.start..front.end).and_then(|f| f.find(text)).filter(|_| !text.is_empty());
    found.map_or(Span::default(), |n| Span::new(front.start + n + at.start, front.start + n + at.end))
}

/// The first day of the event: on a line that is labelled so, in the title or path, else in the opening lines, where a day
/// without a year is of the event's year. The front matter's date is the report's.
fn day(document: &Document, year: Option<&str>) -> Option<Date> {
    let year: Option<i16> = year.and_then(|y| y.parse().ok());
    let find =
        |text: &str| year.map_or_else(|| dates::find(text), |y| dates::find_in(text, y)).filter(|d| year.is_none_or(|y| d.year() == y));
    let written = labelled(document, &languages().event.date).and_then(|(line, _)| find(line));
    let named = || document.front_matter.title.as_deref().and_then(dates::find).or_else(|| in_path(document.source.path()));
    let posted = |text: &str| languages().event.posted.iter().any(|w| text.to_lowercase().contains(w.as_str()));
    let opening = || document.prose().take(8).map(|(_, b)| b.text.text()).filter(|t| !posted(t)).find_map(find);
    written.or_else(|| named().filter(|d| year.is_none_or(|y| d.year() == y))).or_else(opening)
}

/// The day that a path gives, but for one that opens the file's name: there blogs write the day of the post.
fn in_path(path: &str) -> Option<Date> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let undated = file.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    dates::find(undated).or_else(|| dates::find(folders))
}

/// The first line that opens with one of the labels, and what follows it: `장소 : 코엑스`, `**Venue**: Berlin`.
fn labelled<'d>(document: &'d Document, labels: &[String]) -> Option<(&'d str, &'d str)> {
    let lines = document.prose().take(40).flat_map(|(_, b)| b.text.text().lines());
    lines.filter_map(|line| Some((line, line.split_once([':', '：', '|', '\t'])?))).find_map(|(line, (label, rest))| {
        let label = label.trim_matches(|c: char| !is_word_character(c)).to_lowercase();
        (labels.contains(&label) && !rest.trim().is_empty()).then_some((line, rest.trim()))
    })
}

/// A place in at most sixty characters, without what is said in brackets.
fn shortened(place: &str) -> String {
    let bare = place.split(['(', '（', '|']).next().unwrap_or(place).trim();
    if bare.is_empty() { place } else { bare }.chars().take(60).collect::<String>().trim().to_owned()
}

/// The event that a short text names: unambiguous names first, longer ones first.
pub(super) fn find<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<(&'g Entity, Span)> {
    let hits = gazetteer.hits(text);
    let events = hits.iter().filter_map(|hit| {
        let surface = hit.surfaces.iter().find(|r| gazetteer.entity(**r).kind == EntityKind::Event)?;
        let event = gazetteer.entity(*surface);
        // `토스 SLASH 22`: a short year, and a word that goes with the event.
        let spoken_of = || {
            event.edition.is_some()
                && short_year(text, hit.span).is_some()
                && event.rule.context.iter().any(|word| text.to_lowercase().contains(word.as_str()))
        };
        let sure = !gazetteer.surface(*surface).ambiguous || year_near(text, hit.span).is_some() || spoken_of();
        sure.then_some((event, hit.span))
    });
    events.max_by_key(|(_, span)| span.len())
}

/// The year of a name that ends in, or is followed by, its last two digits: `SLASH 22`.
fn short_year(text: &str, at: Span) -> Option<String> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?([123]\d)\s*(?:$|[^\d.\sㄱ-ㅎ가-힣一-鿿ぁ-ヶA-Za-z])"));
    let name = at.of(text).trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let digits = SHORT.captures(&text[at.start + name.len()..])?.get(1)?;
    Some(format!("20{}", digits.as_str()))
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

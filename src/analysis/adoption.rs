//! A technology radar: how far each technology has come, by who has talked about it and when.
//!
//! In: the graph. Out: blips, each in a ring and a quadrant. What counts is voices: the companies whose talks name a
//! technology, and for talks without a company the report. The rings follow the radar of Thoughtworks in name; here they say
//! only what was observed, in the two years before the last talk:
//! - adopt: four voices or more, and talked about before;
//! - trial: two or more;
//! - assess: one;
//! - hold: none any more.
//!
//! Where all talks lie within two years, nothing was before, and four voices are enough to adopt.

use super::together::{Voice, speaking};
use super::trend::day;
use crate::graph::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Voices that a technology needs to be adopted, and to be tried.
const VOICES: (usize, usize) = (4, 2);
/// How many years are recent.
const RECENT: i32 = 2;
/// The movement since how many years before.
const BEFORE: i32 = 1;

/// How far a technology has come, the furthest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ring {
    /// Many talk about it, and have for some time.
    Adopt,
    /// Several do.
    Trial,
    /// One does.
    Assess,
    /// Nobody does any more.
    Hold,
}

/// How a technology has moved within a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// It was not there.
    New,
    /// Towards the middle.
    In,
    /// Away from it.
    Out,
    /// It stays.
    None,
}

/// Days on which a technology was named, each with a voice.
type Said<'g> = Vec<(Date, &'g NodeId)>;

/// A technology on the radar.
#[derive(Debug)]
pub struct Blip<'g> {
    /// The technology.
    pub node: &'g Node,
    /// Index in [`quadrants`].
    pub quadrant: usize,
    /// Its ring.
    pub ring: Ring,
    /// How it has moved.
    pub movement: Movement,
    /// Its voices in the two years, or, where nobody talks about it any more, those before.
    pub voices: usize,
}

/// A radar.
#[derive(Debug, Default)]
pub struct Radar<'g> {
    /// The day of the last talk, if any has one.
    pub until: Option<Date>,
    /// By quadrant and ring, in each those of the most voices first.
    pub blips: Vec<Blip<'g>>,
    /// How many talks have no day.
    pub undated: usize,
    /// Whether those are talks, or reports in their place.
    pub voice: Voice,
    /// How many technologies are left out, since others have more voices.
    pub left_out: usize,
    /// How many are of no quadrant, since they have no category.
    pub elsewhere: usize,
}

#[derive(Deserialize)]
struct Quadrants {
    quadrant: Vec<Quadrant>,
}

/// A quadrant of the radar.
#[derive(Debug, Deserialize)]
pub struct Quadrant {
    /// Its name.
    pub name: String,
    /// The categories of its technologies.
    pub categories: Vec<String>,
}

static QUADRANTS: LazyLock<Vec<Quadrant>> =
    LazyLock::new(|| toml::from_str::<Quadrants>(include_str!("../../data/radar.toml")).map(|file| file.quadrant).unwrap_or_default());

/// The quadrants, clockwise from the upper right (`data/radar.toml`).
pub fn quadrants() -> &'static [Quadrant] {
    &QUADRANTS
}

/// The quadrant of a technology.
pub fn quadrant(technology: &Node) -> Option<usize> {
    let category = technology.category.as_ref()?;
    quadrants().iter().position(|q| q.categories.contains(category))
}

/// The radar of a graph, of so many technologies at most.
pub fn radar(graph: &TechGraph, technologies: usize) -> Radar<'_> {
    let voice = Voice::of(graph);
    let talks: Vec<(&Node, Option<Date>)> = speaking(graph).map(|talk| (talk, day(talk))).collect();
    let undated = talks.iter().filter(|(_, day)| day.is_none()).count();
    let dated = || talks.iter().filter_map(|(talk, day)| Some((*talk, (*day)?)));
    let (Some(first), Some(until)) = (dated().map(|(_, day)| day).min(), dated().map(|(_, day)| day).max()) else {
        return Radar { undated, voice, ..Radar::default() };
    };
    let mut said: BTreeMap<&NodeId, (&Node, Said)> = BTreeMap::new();
    for (talk, day) in dated() {
        let voices = voices(graph, talk);
        for (technology, _) in graph.from(&talk.id, EdgeKind::Mentions) {
            if technology.kind == NodeKind::Technology {
                let (_, of) = said.entry(&technology.id).or_insert((technology, Vec::new()));
                of.extend(voices.iter().map(|voice| (day, *voice)));
            }
        }
    }
    let all = said.len();
    said.retain(|_, (node, _)| quadrant(node).is_some());
    let elsewhere = all - said.len();
    let blip = |(node, said): (_, Said)| {
        let (ring, voices) = ring(&said, first, until)?;
        let before = ring_before(&said, first, until);
        let movement = match before {
            None => Movement::New,
            Some(before) if ring < before => Movement::In,
            Some(before) if ring > before => Movement::Out,
            Some(_) => Movement::None,
        };
        Some(Blip { node, quadrant: quadrant(node)?, ring, movement, voices })
    };
    let mut blips: Vec<Blip> = said.into_values().filter_map(blip).collect();
    blips.sort_by_key(|b| (std::cmp::Reverse((b.voices, b.node.talks)), &b.node.id));
    let left_out = blips.len().saturating_sub(technologies);
    blips.truncate(technologies);
    // Sorting keeps the order of those in one ring.
    blips.sort_by_key(|b| (b.quadrant, b.ring));
    Radar { until: Some(until), blips, undated, voice, left_out, elsewhere }
}

/// Who speaks in a talk: its companies, or else the report.
fn voices<'g>(graph: &'g TechGraph, talk: &'g Node) -> Vec<&'g NodeId> {
    let ends = |kind| graph.from(&talk.id, kind).into_iter().map(|(node, _)| &node.id).collect::<Vec<_>>();
    let companies = ends(EdgeKind::Represents);
    let reports = if companies.is_empty() { ends(EdgeKind::ReportedIn) } else { companies };
    if reports.is_empty() { vec![&talk.id] } else { reports }
}

/// The ring at a day, with the voices that put it there; none before it was first named.
fn ring(said: &[(Date, &NodeId)], first: Date, until: Date) -> Option<(Ring, usize)> {
    let since = until.checked_sub(RECENT.years()).unwrap_or(Date::MIN);
    let voices = |from: Date, to: Date| {
        said.iter().filter(|(day, _)| *day > from && *day <= to).map(|(_, voice)| voice).collect::<BTreeSet<_>>().len()
    };
    let (recent, earlier) = (voices(since, until), voices(Date::MIN, since));
    let young = first > since;
    match (recent, earlier) {
        (0, 0) => None,
        (0, earlier) => Some((Ring::Hold, earlier)),
        (recent, earlier) if recent >= VOICES.0 && (earlier > 0 || young) => Some((Ring::Adopt, recent)),
        (recent, _) if recent >= VOICES.1 => Some((Ring::Trial, recent)),
        (recent, _) => Some((Ring::Assess, recent)),
    }
}

/// The ring that it had some time before.
fn ring_before(said: &[(Date, &NodeId)], first: Date, until: Date) -> Option<Ring> {
    let then = until.checked_sub(BEFORE.years()).ok()?;
    ring(said, first, then).map(|(ring, _)| ring)
}

#[cfg(test)]
mod tests {
    use super::{Ring, quadrants, ring};
    use crate::gazetteer::check;
    use crate::graph::NodeId;
    use jiff::civil::{Date, date};

    #[test]
    fn every_category_is_of_one_quadrant() {
        let mut of: Vec<&str> = quadrants().iter().flat_map(|q| q.categories.iter().map(String::as_str)).collect();
        of.sort_unstable();
        assert_eq!(quadrants().len(), 4);
        assert_eq!(of, check::categories().keys().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn rings_say_who_talks_and_since_when() {
        let voices: Vec<NodeId> = ["a", "b", "c", "d"].iter().map(|name| NodeId::document(name)).collect();
        let (first, until) = (date(2010, 1, 1), date(2020, 6, 1));
        let at = |years: &[i16]| -> Option<Ring> {
            let said: Vec<(Date, &NodeId)> = years.iter().zip(&voices).map(|(year, voice)| (date(*year, 1, 1), voice)).collect();
            ring(&said, first, until).map(|(ring, _)| ring)
        };
        for (years, wanted) in [
            (&[][..], None),
            (&[2012], Some(Ring::Hold)),
            (&[2020], Some(Ring::Assess)),
            (&[2012, 2020], Some(Ring::Assess)),
            (&[2019, 2020], Some(Ring::Trial)),
            (&[2019, 2020, 2020, 2020], Some(Ring::Trial)),
        ] {
            assert_eq!(at(years), wanted, "{years:?}");
        }
        let mut said: Vec<(Date, &NodeId)> = voices.iter().map(|voice| (date(2020, 1, 1), voice)).collect();
        said.push((date(2015, 1, 1), &voices[0]));
        assert_eq!(ring(&said, first, until), Some((Ring::Adopt, 4)));
        said.pop();
        assert_eq!(ring(&said, date(2019, 7, 1), until).map(|(ring, _)| ring), Some(Ring::Adopt), "all within two years");
    }
}

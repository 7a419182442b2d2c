//! Chooses the kind of line that marks the talks of a report.
//!
//! In: candidates. Out: the family whose lines are the talks, with the evidence for each family. A report marks its talks
//! in one way; looking at the lines of one kind together (how many, how many with a speaker, how regular) tells what
//! looking at one line cannot.

use super::candidate::{Candidate, Marker};
use super::class::Class;
use crate::weights::TalkWeights;
use std::collections::HashMap;

/// A title of at least this many characters is long.
const LONG: usize = 25;

/// Lines of one kind.
#[derive(Debug, Clone)]
pub(super) struct Family {
    /// In words.
    pub(super) name: String,
    /// Indices of candidates, in document order.
    pub(super) members: Vec<usize>,
    /// What speaks for and against it.
    pub(super) evidence: Vec<(String, f64)>,
}

impl Family {
    pub(super) fn score(&self) -> f64 {
        self.evidence.iter().map(|(_, weight)| weight).sum()
    }
}

/// Every family, the best first.
pub(super) fn families(candidates: &[Candidate], weights: &TalkWeights) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    if let Some(members) = chain(candidates) {
        families.push(family("headings numbered across levels", members, candidates, weights));
    }
    let mut markers: Vec<Marker> = candidates.iter().map(|c| c.marker).collect();
    markers.sort_unstable();
    markers.dedup();
    for marker in markers {
        let named = |c: &Candidate| {
            !matches!(c.marker, Marker::Item(_)) || c.has_byline() || (c.described || c.held) && (c.number.is_some() || c.linked)
        };
        let members: Vec<usize> = (0..candidates.len())
            .filter(|i| candidates[*i].marker == marker && named(&candidates[*i]))
            .filter(|i| matches!(candidates[*i].class, Class::Plain | Class::Part))
            .collect();
        if !members.is_empty() {
            families.push(family(&name(marker), members, candidates, weights));
        }
    }
    nest(&mut families, candidates, weights);
    families.sort_by(|a, b| b.score().total_cmp(&a.score()));
    families
}

fn name(marker: Marker) -> String {
    match marker {
        Marker::Heading(level) => format!("headings of level {level}"),
        Marker::Strong => "bold lines".into(),
        Marker::Item(depth) => format!("list items of depth {depth}"),
        Marker::Row => "table rows".into(),
        Marker::Embed => "embedded slides or videos".into(),
        Marker::Note => "first lines of notes in fences".into(),
        Marker::Prose => "sentences that tell of talks".into(),
    }
}

/// Headings numbered 1, 2, 3 … whose levels differ: `## 1.`, `# 2.`, `### 3.`. A heading below the level of the first
/// belongs only if a speaker stands with it, or the sub-points `### 01.` … of a talk would be taken along. Of all runs the
/// one with the most speakers is taken: the best run to each heading is the best one to a heading numbered one less.
fn chain(candidates: &[Candidate]) -> Option<Vec<usize>> {
    let mut best: Vec<(i32, Option<usize>, u8)> = vec![(0, None, 0); candidates.len()];
    // For each number the last of the best runs that end in it.
    let mut ending: HashMap<u32, usize> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let (Marker::Heading(level), Some(number)) = (candidate.marker, candidate.number) else { continue };
        // Most of all speakers, then length, then height tell a run of talks from one of sub-points.
        let speaks = if candidate.has_byline() { 30 } else { 0 };
        let height = 6 - i32::from(level);
        if number == 1 {
            best[index] = (10 + speaks + height, None, level);
        } else if let Some(before) = number.checked_sub(1).and_then(|n| ending.get(&n)) {
            let (value, _, top) = best[*before];
            if level <= top || speaks > 0 {
                best[index] = (value + 10 + speaks + height, Some(*before), top);
            }
        }
        if best[index].0 > 0 && ending.get(&number).is_none_or(|other| best[*other].0 <= best[index].0) {
            ending.insert(number, index);
        }
    }
    let last = (0..candidates.len()).filter(|i| best[*i].0 > 0).max_by_key(|i| (best[*i].0, std::cmp::Reverse(*i)))?;
    let mut members = vec![last];
    while let Some(before) = best[*members.last()?].1 {
        members.push(before);
    }
    members.reverse();
    let mixed = members.iter().any(|i| candidates[*i].marker != candidates[members[0]].marker);
    (members.len() >= 2 && mixed).then_some(members)
}

fn family(name: &str, members: Vec<usize>, candidates: &[Candidate], w: &TalkWeights) -> Family {
    #[expect(clippy::cast_precision_loss, reason = "a document has few candidates")]
    let share =
        |holds: &dyn Fn(&Candidate) -> bool| members.iter().filter(|i| holds(&candidates[**i])).count() as f64 / members.len() as f64;
    let marker = candidates[members[0]].marker;
    let mut evidence = vec![match marker {
        Marker::Heading(_) => ("headings".to_owned(), w.heading),
        Marker::Strong => ("bold lines".to_owned(), w.strong),
        Marker::Item(depth) => {
            ("list items".to_owned(), w.item + w.deeper * f64::from(u32::try_from(depth).unwrap_or(9).saturating_sub(1)))
        }
        Marker::Row => ("table rows".to_owned(), w.row),
        Marker::Embed => ("embedded slides or videos".to_owned(), w.embed),
        Marker::Note => ("first lines of notes in fences".to_owned(), w.note),
        Marker::Prose => ("sentences that tell of talks".to_owned(), w.prose),
    }];
    let mut add = |what: &str, share: f64, weight: f64| {
        if share > 0.0 {
            evidence.push((format!("{:.0} % {what}", share * 100.0), share * weight));
        }
    };
    add("with a speaker", share(&Candidate::has_byline), if marker == Marker::Prose { w.spoken } else { w.byline });
    add("whose text tells who spoke", share(&Candidate::is_told), w.told);
    add("with several speakers' lines below", share(&|c| c.holds >= 2 && !c.has_byline()), w.several);
    add("with slides or a link", share(&|c| c.linked), w.linked);
    add("under a heading that says that talks follow", share(&|c| c.held), w.held);
    add("numbered", share(&|c| c.number.is_some()), w.numbered);
    add("announced as sessions", share(&|c| c.announced), w.announced);
    add("with text below", share(&|c| c.described), w.described);
    add(
        "under a heading that lists or introduces",
        if matches!(marker, Marker::Heading(_)) { 0.0 } else { share(&|c| c.listed) },
        w.listed,
    );
    add("a word or two that say nothing technical", share(&|c| c.slight && !c.speaks()), w.slight);
    if marker != Marker::Prose {
        add("titled briefly", share(&|c| c.length.words <= 2), w.brief);
        add("titled at length", share(&|c| c.length.characters >= LONG), w.long);
    }
    add("named like parts of a talk", share(&|c| c.class == Class::Part), w.parts);
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    evidence.push((format!("{count} lines"), f64::from(count.min(6)) * w.each));
    // A list of two is a list of something else sooner than of talks.
    let item = matches!(marker, Marker::Item(_));
    // One sentence says plainly who spoke; one heading says little.
    let plain = marker == Marker::Prose && candidates[members[0]].has_byline();
    if !plain && (members.len() == 1 || members.len() == 2 && item) {
        evidence.push(("too few lines".into(), w.alone));
    }
    if members.len() == 1 && item {
        evidence.push(("one item is no list".into(), w.no_list));
    }
    let said = |i: &usize| candidates[*i].has_byline() || candidates[*i].told.is_some() || candidates[*i].announced;
    let silent = share(&|c| c.speaks_of_talks || c.linked || c.number.is_some()) * 3.0 < 1.0;
    if !members.iter().any(said) {
        if members.len() == 1 || members.len() == 2 && item {
            evidence.push(("and nothing says that they are talks".into(), w.unsaid));
        } else if members.len() > 2 && silent && matches!(marker, Marker::Heading(_)) {
            evidence.push(("and next to no section speaks of talks".into(), w.silent));
        }
    }
    Family { name: name.to_owned(), members, evidence }
}

/// A family whose lines lie within the sections of a shallower one is its sub-points, unless it alone says that they are talks.
/// Sentences are of the sections that they stand in, unless one holds several.
fn nest(families: &mut [Family], candidates: &[Candidate], w: &TalkWeights) {
    let heading = |c: &Candidate| matches!(c.marker, Marker::Heading(_));
    let speaks = |c: &Candidate| if heading(c) { c.speaks() } else { c.has_byline() };
    let bylines = |f: &Family| f.members.iter().filter(|i| speaks(&candidates[**i])).count();
    let depth = |f: &Family| f.members.iter().map(|i| candidates[*i].marker.depth()).min().unwrap_or(0);
    // Candidates are in document order.
    let held = |line: usize, own: &[usize]| {
        let before = |block: usize| own.partition_point(|i| candidates[*i].block < block);
        before(candidates[line].end).saturating_sub(before(candidates[line].block))
    };
    let found: Vec<(usize, usize, Vec<usize>)> = families.iter().map(|f| (depth(f), bylines(f), f.members.clone())).collect();
    for (index, family) in families.iter_mut().enumerate() {
        let (own_depth, own_bylines, own) = &found[index];
        let enclosed = found.iter().enumerate().any(|(other, (depth, bylines, members))| {
            // A run across levels takes the place of the levels that it runs through.
            let apart = !members.iter().all(|m| own.binary_search(m).is_ok());
            let shallower = depth < own_depth
                || (depth == own_depth && members.len() > own.len() && own.iter().all(|m| members.binary_search(m).is_ok()));
            let single =
                || candidates[own[0]].marker == Marker::Prose && members.len() > own.len() && members.iter().all(|m| held(*m, own) <= 1);
            let silent = own_bylines * 2 < own.len() || bylines * 2 >= members.len();
            other != index && apart && shallower && members.len() >= 2 && (silent || single())
        });
        if enclosed {
            family.evidence.push(("within the sections of a shallower kind".into(), w.nested));
        }
    }
}

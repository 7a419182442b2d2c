//! Chooses the kind of line that marks the talks of a report.
//!
//! In: candidates. Out: the family whose lines are the talks, with the evidence for each family. A report marks its talks
//! in one way; looking at the lines of one kind together (how many, how many with a speaker, how regular) tells what
//! looking at one line cannot.

use super::candidate::{Candidate, Class, Marker};
use crate::weights::TalkWeights;

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
        let named = |c: &Candidate| matches!(c.marker, Marker::Heading(_) | Marker::Strong) || c.has_byline();
        let members: Vec<usize> = (0..candidates.len()).filter(|i| candidates[*i].marker == marker && named(&candidates[*i])).filter(|i| matches!(candidates[*i].class, Class::Plain | Class::Part)).collect();
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
    }
}

/// Headings numbered 1, 2, 3 … whose levels differ: `## 1.`, `# 2.`, `# 03.` with `### 01.` … below.
fn chain(candidates: &[Candidate]) -> Option<Vec<usize>> {
    let mut members: Vec<usize> = Vec::new();
    let mut top = 0;
    for (index, candidate) in candidates.iter().enumerate() {
        let (Marker::Heading(level), Some(number)) = (candidate.marker, candidate.number) else { continue };
        match members.last().and_then(|i| candidates[*i].number) {
            None if number == 1 => {
                top = level;
                members.push(index);
            }
            Some(last) if number == last + 1 && level <= top => members.push(index),
            _ => {}
        }
    }
    let levels = |i: &usize| candidates[*i].marker;
    let mixed = members.iter().any(|i| levels(i) != members.first().map_or(Marker::Strong, levels));
    (members.len() >= 2 && mixed).then_some(members)
}

fn family(name: &str, members: Vec<usize>, candidates: &[Candidate], w: &TalkWeights) -> Family {
    #[expect(clippy::cast_precision_loss, reason = "a document has few candidates")]
    let share = |holds: &dyn Fn(&Candidate) -> bool| members.iter().filter(|i| holds(&candidates[**i])).count() as f64 / members.len() as f64;
    let marker = candidates[members[0]].marker;
    let mut evidence = vec![match marker {
        Marker::Heading(_) => ("headings".to_owned(), w.heading),
        Marker::Strong => ("bold lines".to_owned(), w.strong),
        Marker::Item(_) => ("list items".to_owned(), w.item),
        Marker::Row => ("table rows".to_owned(), w.row),
    }];
    let mut add = |what: &str, share: f64, weight: f64| {
        if share > 0.0 {
            evidence.push((format!("{:.0} % {what}", share * 100.0), share * weight));
        }
    };
    add("with a speaker", share(&Candidate::has_byline), w.byline);
    add("numbered", share(&|c| c.number.is_some()), w.numbered);
    add("announced as sessions", share(&|c| c.announced), w.announced);
    add("with text below", share(&|c| c.described), w.described);
    add("under a heading that lists or introduces", if matches!(marker, Marker::Heading(_)) { 0.0 } else { share(&|c| c.listed) }, w.listed);
    add("named like parts of a talk", share(&|c| c.class == Class::Part), w.parts);
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    evidence.push((format!("{count} lines"), f64::from(count.min(6)) * w.each));
    if members.len() == 1 {
        evidence.push(("one line only".into(), w.alone));
    }
    Family { name: name.to_owned(), members, evidence }
}

/// A family whose lines lie within the sections of a shallower one is its sub-points, unless it alone names speakers.
fn nest(families: &mut [Family], candidates: &[Candidate], w: &TalkWeights) {
    let bylines = |f: &Family| f.members.iter().filter(|i| candidates[**i].has_byline()).count();
    let depth = |f: &Family| match candidates[f.members[0]].marker {
        Marker::Heading(level) => usize::from(level),
        Marker::Strong => 7,
        Marker::Item(depth) => 7 + depth,
        Marker::Row => 8,
    };
    let found: Vec<(usize, usize, usize)> = families.iter().map(|f| (depth(f), bylines(f), f.members.len())).collect();
    for (index, family) in families.iter_mut().enumerate() {
        let (own_depth, own_bylines, own_len) = found[index];
        let enclosed = found.iter().enumerate().any(|(other, (depth, bylines, len))| {
            other != index && *depth < own_depth && *len >= 2 && (own_bylines * 2 < own_len || *bylines * 2 >= *len)
        });
        if enclosed {
            family.evidence.push(("within the sections of a shallower kind".into(), w.nested));
        }
    }
}

//! Whether reports tell of one talk.
//!
//! In: talks, document by document. Out: for each the node of the talk that an earlier report told of, or none.
//! The hard decision: two talks made one are worse than one talk shown twice. So both must be of one edition of an event
//! and told in different documents, nobody may speak at one alone where both name speakers, and the titles must be alike:
//! the more so where no speaker vouches for it.

use super::NodeId;
use crate::entity::slug;
use crate::record::TalkRecord;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Titles with fewer letters than this (`Keynote`, `키노트`) are too common to make two talks one.
const TELLING_TITLE: usize = 10;
/// How alike titles must be, as the Dice coefficient of their pairs of letters, where a speaker is shared …
const ALIKE_WITH_SPEAKER: f64 = 0.5;
/// … and where no speaker is known to both.
const ALIKE: f64 = 0.85;
/// A word that more talks of an event have than this tells nothing; looking no further keeps large events fast.
const COMMON_WORD: usize = 64;

/// The talks met so far.
#[derive(Debug, Default)]
pub(super) struct Talks {
    met: Vec<Met>,
    /// Talks by event, and by a word of the title or a speaker.
    index: HashMap<String, HashMap<String, Vec<usize>>>,
    /// The documents that tell of each node. No two talks of one document become one, not by way of a third either.
    documents: HashMap<NodeId, HashSet<String>>,
}

#[derive(Debug)]
struct Met {
    node: NodeId,
    title: String,
    speakers: BTreeSet<String>,
}

impl Talks {
    /// The node of the same talk as other documents tell of it.
    pub(super) fn find(&self, talk: &TalkRecord, event: Option<&str>) -> Option<&NodeId> {
        let index = self.index.get(event?)?;
        let (title, speakers) = (letters(&talk.title), speakers(talk));
        let mut candidates = BTreeSet::new();
        for key in keys(talk) {
            let met = index.get(&key).filter(|met| met.len() <= COMMON_WORD);
            candidates.extend(met.into_iter().flatten().copied());
        }
        let likeness = |index: &usize| {
            let met = &self.met[*index];
            (!self.documents.get(&met.node).is_some_and(|told| told.contains(&talk.document)))
                .then(|| likeness(met, &title, &speakers))
                .flatten()
        };
        // The first of the most alike.
        let best = candidates
            .iter()
            .filter_map(|i| Some((likeness(i)?, std::cmp::Reverse(*i))))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        best.map(|(_, std::cmp::Reverse(index))| &self.met[index].node)
    }

    /// Remembers a talk as told of at a node.
    pub(super) fn insert(&mut self, talk: &TalkRecord, event: Option<&str>, node: &NodeId) {
        let Some(event) = event else { return };
        self.documents.entry(node.clone()).or_default().insert(talk.document.clone());
        let index = self.index.entry(event.to_owned()).or_default();
        for key in keys(talk) {
            index.entry(key).or_default().push(self.met.len());
        }
        self.met.push(Met { node: node.clone(), title: letters(&talk.title), speakers: speakers(talk) });
    }
}

/// How alike two talks are; `None` if they are not one.
fn likeness(met: &Met, title: &str, speakers: &BTreeSet<String>) -> Option<f64> {
    let both = !met.speakers.is_empty() && !speakers.is_empty();
    let shared = !met.speakers.is_disjoint(speakers);
    if both && !shared {
        return None;
    }
    let alike = dice(&met.title, title);
    let telling = |t: &str| t.chars().count() >= TELLING_TITLE;
    let enough = if shared { alike >= ALIKE_WITH_SPEAKER } else { alike >= ALIKE && telling(&met.title) && telling(title) };
    enough.then_some(alike)
}

/// The Dice coefficient of the pairs of letters of two texts, from 0 to 1 (Dice 1945; for strings Adamson and Boreham 1974).
fn dice(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut i, mut j, mut common) = (0, 0, 0u32);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    let total = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    f64::from(2 * common) / f64::from(total.max(1))
}

fn letters(title: &str) -> String {
    slug(title).replace('-', "")
}

fn speakers(talk: &TalkRecord) -> BTreeSet<String> {
    talk.speakers.iter().map(|s| slug(&s.name)).filter(|s| !s.is_empty()).collect()
}

/// What talks are looked up by: their speakers and the words of their titles.
fn keys(talk: &TalkRecord) -> BTreeSet<String> {
    let words = slug(&talk.title);
    let words = words.split('-').filter(|w| w.chars().count() >= 2).map(|w| w.chars().take(4).collect::<String>());
    let whole = format!("= {}", letters(&talk.title));
    words.chain(speakers(talk).into_iter().map(|s| format!("by {s}"))).chain([whole]).collect()
}

#[cfg(test)]
mod tests {
    use super::{dice, letters};

    #[test]
    fn titles_are_alike_by_their_pairs_of_letters() {
        let alike = |a: &str, b: &str| dice(&letters(a), &letters(b));
        assert!((alike("Kafka 운영기", "kafka 운영기!") - 1.0).abs() < 1e-9);
        assert!(alike("카카오에서 컨테이너를 활용하는 방법", "카카오에서 컨테이너를 활용하는 방법 (1)") > 0.9);
        assert!(alike("카카오에서 컨테이너를 활용하는 방법", "카카오의 컨테이너 활용 방법") > 0.5);
        assert!(alike("Kubernetes 도입기", "Kubernetes 운영 노하우 대방출") < 0.85);
        assert!(alike("", "Kafka") < 0.1);
    }
}

//! Korean particles and endings after a name: whether a run of Hangul is made of them.
//!
//! The hard decision: no morphological analyser. A name is known, so only what follows it must be explained, and a list of
//! particles with their agreement explains it; an analyser breaks unknown names and is hundreds of times slower.

use serde::Deserialize;
use std::collections::HashMap;

/// Forms that share a condition on the syllable before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    forms: Vec<String>,
    after: Option<After>,
}

/// What a particle's form asks of the syllable before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum After {
    Consonant,
    Vowel,
    VowelOrL,
}

/// All particles, and the nouns that are written onto names.
#[derive(Debug, Default)]
pub(super) struct Particles {
    forms: HashMap<String, Option<After>>,
    nouns: Vec<String>,
}

/// How the Hangul right after a name reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tail {
    /// There is none.
    Nothing,
    /// Particles that agree with the name's last syllable.
    Particle,
    /// Particles that do not agree with it.
    Disagreeing,
    /// A noun that is written onto names, perhaps with particles.
    Noun,
    /// An honorific: the name is a person's or a company's.
    Honorific,
    /// Something else: the name may be part of a longer word.
    Other,
}

/// More particles in a row than this are another word.
const MOST_IN_A_ROW: usize = 4;

impl Particles {
    pub(super) fn extend(&mut self, groups: Vec<Group>, nouns: Vec<String>) {
        for group in groups {
            self.forms.extend(group.forms.into_iter().map(|form| (form, group.after)));
        }
        self.nouns.extend(nouns);
    }

    /// Reads the run of Hangul `run` that follows a name ending in `last`.
    pub(super) fn read(&self, last: char, run: &str) -> Tail {
        if run.is_empty() {
            return Tail::Nothing;
        }
        if self.are_particles(run, MOST_IN_A_ROW) {
            let agrees = self.openings(run, MOST_IN_A_ROW).any(|after| after.is_none_or(|a| a.agrees(last)));
            return if agrees { Tail::Particle } else { Tail::Disagreeing };
        }
        let noun = self
            .nouns
            .iter()
            .filter_map(|noun| run.strip_prefix(noun.as_str()))
            .any(|rest| rest.is_empty() || self.are_particles(rest, MOST_IN_A_ROW) || self.nouns.iter().any(|n| n == rest));
        if noun { Tail::Noun } else { Tail::Other }
    }

    fn are_particles(&self, run: &str, most: usize) -> bool {
        run.is_empty() || self.openings(run, most).next().is_some()
    }

    /// The conditions of the particles that `run` may open with, if particles make up the rest.
    fn openings<'a>(&'a self, run: &'a str, most: usize) -> impl Iterator<Item = Option<After>> + 'a {
        let ends = run.char_indices().map(|(i, c)| i + c.len_utf8());
        ends.filter_map(move |end| {
            let after = self.forms.get(&run[..end])?;
            (most > 0 && self.are_particles(&run[end..], most - 1)).then_some(*after)
        })
    }
}

impl After {
    /// Whether a form with this condition may follow `last`. A Latin letter says nothing about how the name sounds.
    fn agrees(self, last: char) -> bool {
        let Some(index) = (last as u32).checked_sub(0xac00).filter(|i| *i < 11_172) else { return true };
        match (self, index % 28) {
            (Self::Consonant, 0) | (Self::Vowel, 1..) => false,
            (Self::VowelOrL, 0 | 8) => true,
            (Self::VowelOrL, _) => false,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tail;
    use crate::language::languages;

    #[test]
    fn tails_of_names() {
        for (last, run, wanted) in [
            ('카', "", Tail::Nothing),
            ('카', "를", Tail::Particle),
            ('카', "을", Tail::Disagreeing),
            ('스', "에서는", Tail::Particle),
            ('트', "로부터의", Tail::Particle),
            ('링', "으로도", Tail::Particle),
            ('카', "클러스터를", Tail::Noun),
            ('바', "스크립트", Tail::Noun),
            ('인', "터넷", Tail::Other),
            ('s', "을", Tail::Particle),
            ('R', "룸", Tail::Other),
        ] {
            assert_eq!(languages().particles.read(last, run), wanted, "{last}{run}");
        }
    }
}

//! Beyond the gazetteer: what a corpus has names for that the gazetteer lacks.
//!
//! [`name`] takes the names that detection found without the gazetteer, [`pair`] the pairs in which a text itself gives
//! another way to write a name (`쿠버네티스(Kubernetes)`), by [`sound`] or [`acronym`]; [`proposals`] puts together what
//! all documents say.
//!
//! In: each document's decisions. Out: [`crate::proposal::Proposals`]. The hard decision: one report is not enough to list a name that it
//! is not sure of, and two are: what no report is sure of is proposed if two have it.

mod acronym;
mod gather;
mod name;
mod pair;
mod sound;

pub use gather::proposals;

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Decision;
use crate::proposal::Quotation;
use crate::talk::Talk;
use name::Sighting;
use pair::Pair;

/// How many characters of a line are shown around a name.
const SHOWN: usize = 90;

/// What one document proposes.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    names: Vec<Sighting>,
    pairs: Vec<Pair>,
}

/// How much a proposal must have for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// In how many documents it stands; 1 by default.
    pub documents: usize,
    /// How often; 1 by default.
    pub mentions: usize,
}

impl Default for Least {
    fn default() -> Self {
        Self { documents: 1, mentions: 1 }
    }
}

/// What a document proposes, given what was decided in it.
pub fn findings(document: &Document, talks: &[Talk], decisions: &[Decision], gazetteer: &Gazetteer) -> Findings {
    Findings { names: name::sightings(document, talks, decisions), pairs: pair::pairs(document, decisions, gazetteer) }
}

/// A byte of a document's text with the line around it.
fn quotation(document: &Document, at: usize) -> Quotation {
    let source = &document.source;
    Quotation { document: source.path().to_owned(), line: source.position(at).line, text: source.quote(at, SHOWN) }
}

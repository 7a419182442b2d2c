//! Where names that no gazetteer lists stand.
//!
//! In: passages and names. Out: for each name its places, in order. One automaton finds all names in one pass: a report may
//! hold as many unlisted words as it has words, and a pass for each would take the square of its length.

use super::scan::Passage;
use crate::language::boundary::{Boundary, boundary};
use crate::span::Span;
use aho_corasick::AhoCorasick;

/// A place where a name stands.
pub(super) struct Place {
    /// Index of its passage.
    pub(super) passage: usize,
    /// Which bytes of the passage's text.
    pub(super) span: Span,
    /// What stands at its edges.
    pub(super) boundary: Boundary,
}

/// The places of each name.
pub(super) fn places<S: AsRef<str>>(passages: &[Passage], names: &[S]) -> Vec<Vec<Place>> {
    let mut found: Vec<Vec<Place>> = names.iter().map(|_| Vec::new()).collect();
    // It fails for more names than memory holds.
    let Ok(automaton) = AhoCorasick::new(names.iter().map(AsRef::as_ref)) else { return found };
    for (passage, p) in passages.iter().enumerate() {
        let text = p.block.text.text();
        for hit in automaton.find_overlapping_iter(text) {
            let span = Span::new(hit.start(), hit.end());
            // An address is not something the report says.
            let edges = boundary(text, span).filter(|_| !p.is_address(span));
            found[hit.pattern().as_usize()].extend(edges.map(|boundary| Place { passage, span, boundary }));
        }
    }
    found
}

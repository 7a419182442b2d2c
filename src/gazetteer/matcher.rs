//! Finds every surface form of the gazetteer in a text.
//!
//! In: the indexes of names and a text. Out: [`Hit`]s in text order, longest first, each with the forms it may be and its
//! boundaries read.

use super::index::{Index, SurfaceRef};
use super::store::Store;
use crate::language::boundary::{Boundary, boundary};
use crate::normalize::{fold, key};
use crate::span::Span;

/// A place where a text spells a surface form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which bytes of the text, without particle, version or plural.
    pub span: Span,
    /// What stands at its edges.
    pub boundary: Boundary,
    /// The forms it may be; more than one where entities share a name.
    pub surfaces: Vec<SurfaceRef>,
}

/// The hits of a text. Several indexes are searched as one; `is_live` tells whether an entity still counts.
pub(super) fn hits(text: &str, indexes: &[Index], entities: &Store, is_live: &dyn Fn(usize) -> bool) -> Vec<Hit> {
    let folded = fold(text);
    let mut hits: Vec<Hit> = Vec::new();
    for start in starts(folded.text()) {
        for (length, surfaces) in indexes.iter().flat_map(|index| index.at(&folded.text()[start..])) {
            let span = folded.origin(Span::new(start, start + length));
            // Folding may make one character of two, or two of one: a hit on a part of it is none.
            if !text.is_char_boundary(span.start) || !text.is_char_boundary(span.end) || key(span.of(text)).len() != length {
                continue;
            }
            let written = span.of(text);
            // `canvas` is no plural of Canva: only a name written as it is written takes an s.
            let plural = text[span.end..].starts_with('s') && written.starts_with(|c: char| c.is_ascii_lowercase());
            let possible = |r: &SurfaceRef| {
                let surface = &entities.get(r.entity).surfaces[r.surface];
                is_live(r.entity) && surface.may_be(written) && !(plural && surface.text.starts_with(|c: char| c.is_ascii_uppercase()))
            };
            let surfaces: Vec<SurfaceRef> = surfaces.filter(possible).collect();
            if surfaces.is_empty() {
                continue;
            }
            if let Some(same) = hits.iter_mut().rev().take_while(|h| h.span.start == span.start).find(|h| h.span == span) {
                same.surfaces.extend(surfaces);
            } else if let Some(boundary) = boundary(text, span) {
                hits.push(Hit { span, boundary, surfaces });
            }
        }
    }
    hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
    hits
}

/// Where a name can start in folded text: not within a run of Latin letters and digits, not at a space.
fn starts(folded: &str) -> impl Iterator<Item = usize> + '_ {
    let mut within = false;
    folded.char_indices().filter_map(move |(at, c)| {
        let word = c.is_ascii_alphanumeric();
        let starts = !(word && within) && c != ' ';
        within = word;
        starts.then_some(at)
    })
}

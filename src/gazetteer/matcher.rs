//! Finds every surface form of the gazetteer in a text.
//!
//! In: the indexes of names and a text. Out: [`Hit`]s in text order, longest first, each with the forms it may be and its
//! boundaries read.

use super::index::{Index, SurfaceRef};
use super::store::Store;
use crate::language::boundary::{Boundary, boundary};
use crate::language::languages;
use crate::normalize::{is_han, is_hangul, is_katakana, key};
use crate::offset_map::Mapped;
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

/// The hits of a text, which comes with what it folds to. Several indexes are searched as one; `is_live` tells whether an entity still counts.
pub(super) fn hits(text: &str, folded: &Mapped, indexes: &[Index], entities: &Store, is_live: &dyn Fn(usize) -> bool) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for start in starts(text, folded) {
        let rest = &folded.text()[start..];
        for (length, surfaces) in indexes.iter().filter(|index| index.opens(rest)).flat_map(|index| index.at(rest)) {
            let span = folded.origin(Span::new(start, start + length));
            // Folding may make one character of two, or two of one: a hit on a part of it is none.
            let Some(written) = text.get(span.start..span.end).filter(|w| is_folded_to(w, &folded.text()[start..start + length])) else {
                continue;
            };
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

/// Whether what is written folds to a name, and to no more.
fn is_folded_to(written: &str, name: &str) -> bool {
    written.eq_ignore_ascii_case(name) && written.trim().len() == written.len() || key(written).len() == name.len()
}

/// Where a name can start in folded text: where a word of Latin letters and digits does, or a run of Hangul, Katakana or Han,
/// or behind what may stand right before a name; not at a space. [`boundary`] rejects the other places.
fn starts<'t>(text: &'t str, folded: &'t Mapped) -> impl Iterator<Item = usize> + 't {
    let prefixes = &languages().prefixes;
    let (mut before, mut run) = (None, 0);
    // `㉮카프카`: letters that folding has made of others part no words.
    let plain = text.eq_ignore_ascii_case(folded.text());
    let apart = move |at: usize, script: fn(char) -> bool| {
        !plain && text.get(..folded.origin(Span::new(at, at + 1)).start).is_some_and(|before| !before.ends_with(script))
    };
    let folded = folded.text();
    folded.char_indices().filter_map(move |(at, c)| {
        let script = Script::of(c);
        let goes_on = before.replace(script) == Some(script);
        if !goes_on {
            run = at;
        }
        let starts = match script {
            Script::Other => c != ' ',
            _ if !goes_on => true,
            Script::Hangul => prefixes.has(&folded[run..at]) || apart(at, is_hangul),
            Script::Han => folded[run..at].ends_with("会社") || folded[run..at].ends_with("法人") || apart(at, is_han),
            Script::Katakana => apart(at, is_katakana),
            Script::Word => false,
        };
        starts.then_some(at)
    })
}

/// What a character goes on as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Word,
    Hangul,
    Katakana,
    Han,
    Other,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii() => [Self::Other, Self::Word][usize::from(c.is_ascii_alphanumeric())],
            _ if is_hangul(c) => Self::Hangul,
            _ if is_katakana(c) => Self::Katakana,
            _ if is_han(c) => Self::Han,
            _ => Self::Other,
        }
    }
}

//! What a user's corrections make of candidates.
//!
//! In: candidates, later decisions. Out: the same without what is rejected, with what is said to stand there. The hard
//! decision: corrections come before the evidence, so that a rejected name helps no other to be decided, and a name that is
//! said to stand there helps as a sure one does. One case cannot: an ambiguous name that is something else than the entity
//! that the evidence may find, so that its decision is amended.

use super::scan::{Candidate, Passage, is_sure};
use super::{Heed, Taken};
use crate::document::Document;
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::{Correction, Gazetteer, Hit, SurfaceRef};
use crate::language::boundary::boundary;
use crate::mention::{Decision, Via};
use crate::normalize::key;
use crate::span::Span;

/// The corrections that one document is subject to, the most specific first.
pub(super) struct Corrections<'a> {
    list: Vec<&'a Correction>,
    document: &'a Document,
    gazetteer: &'a Gazetteer,
}

/// A candidate that is rejected, and by what.
pub(super) struct Struck {
    pub(super) candidate: Candidate,
    pub(super) why: String,
}

impl<'a> Corrections<'a> {
    pub(super) fn of(document: &'a Document, gazetteer: &'a Gazetteer, heed: Heed) -> Self {
        let paths = [document.source.path(), document.source.location()];
        let followed = |c: &&Correction| heed == Heed::Followed && c.is_about(&paths);
        let list = gazetteer.corrections().iter().filter(followed).collect();
        Self { list, document, gazetteer }
    }

    /// Adds the names that are said to stand there. They take the place of what they overlap, but not of longer names
    /// around them, unless the very line was given for something else
    /// than those.
    pub(super) fn assert(&self, all: &mut Vec<Candidate>, passages: &[Passage]) {
        if self.list.is_empty() {
            return;
        }
        let said: Vec<Vec<(&Correction, Span)>> = passages.iter().map(|p| self.aliases(p)).collect();
        all.retain(|c| {
            let here = &said[c.passage];
            let from = here.partition_point(|(_, span)| span.end <= c.hit.span.start);
            let around = here[from..].iter().take_while(|(_, span)| span.start < c.hit.span.end);
            around.clone().all(|(correction, span)| {
                let same = || c.options.iter().any(|o| correction.to() == Some(self.identity(*o)));
                c.hit.span.contains(*span) && c.hit.span.len() > span.len() && (!correction.is_exact() || same())
            })
        });
        for candidate in all.iter_mut().filter(|c| c.sure) {
            let passage = &passages[candidate.passage];
            let written = candidate.hit.span.of(passage.block.text.text());
            let sure: Vec<SurfaceRef> = candidate.options.iter().copied().filter(|o| is_sure(*o, written, self.gazetteer)).collect();
            let other = sure.into_iter().filter_map(|o| self.ruling(passage, candidate.hit.span, Some(o))).find(|c| c.to().is_some());
            if let Some(said) = other.and_then(|c| self.said(c, candidate.passage, passage, candidate.hit.span)) {
                *candidate = said;
            }
        }
        for (index, (passage, here)) in passages.iter().zip(said).enumerate() {
            all.extend(here.into_iter().filter_map(|(correction, span)| self.said(correction, index, passage, span)));
        }
        all.sort_by_key(|c| (c.passage, c.hit.span.start, std::cmp::Reverse(c.hit.span.end)));
    }

    /// Takes out the readings that are rejected, and gives them.
    pub(super) fn strike(&self, all: &mut Vec<Candidate>, passages: &[Passage]) -> Vec<Struck> {
        let mut struck = Vec::new();
        if self.list.is_empty() {
            return struck;
        }
        for candidate in all.iter_mut().filter(|c| c.ruling.is_none()) {
            let passage = &passages[candidate.passage];
            let written = candidate.hit.span.of(passage.block.text.text());
            let ruling = |option: &SurfaceRef| self.ruling(passage, candidate.hit.span, Some(*option)).filter(|c| c.to().is_none());
            let rejected: Vec<(SurfaceRef, &Correction)> = candidate.options.iter().filter_map(|o| Some((*o, ruling(o)?))).collect();
            candidate.options.retain(|option| !rejected.iter().any(|(r, _)| r == option));
            for (option, correction) in rejected {
                let sure = candidate.sure && is_sure(option, written, self.gazetteer);
                let candidate = Candidate { options: vec![option], sure, ..candidate.clone() };
                struck.push(Struck { candidate, why: correction.follow() });
            }
            candidate.sure &= candidate.options.iter().any(|o| is_sure(*o, written, self.gazetteer));
        }
        all.retain(|c| !c.options.is_empty());
        struck
    }

    /// Rules on what was decided without candidates, and on ambiguous names that are something else than was found.
    pub(super) fn amend(&self, decisions: &mut [Decision]) {
        if self.list.is_empty() {
            return;
        }
        let mut said = Taken::default();
        decisions.iter().filter(|d| d.accepted && d.ruling.is_some()).for_each(|d| {
            said.take(d.mention.span);
        });
        for decision in decisions.iter_mut().filter(|d| d.ruling.is_none()) {
            let span = decision.mention.span;
            // Markup within a name is no part of it.
            let written = key(&self.document.source.surface(span).replace(['*', '`'], ""));
            let line = self.document.source.position(span.start).line;
            let reading = (decision.mention.kind, &decision.mention.entity);
            let Some(correction) = self.list.iter().find(|c| c.covers(&written, line, Some(reading))) else {
                if decision.mention.via == Via::Discovered && !said.is_free(span) {
                    decision.rule(false, "part of a corrected name");
                }
                continue;
            };
            match correction.to().and_then(|(kind, id)| self.gazetteer.canonical(kind, id)) {
                None => decision.rule(false, &correction.follow()),
                Some(name) if decision.accepted => {
                    decision.mention.is_of(self.gazetteer.entity(name));
                    decision.rule(true, &correction.follow());
                }
                Some(_) => {}
            }
        }
    }

    /// Where a passage writes a name that is said to stand for an entity wherever it is written, in text order; where such
    /// names overlap the longest, but first those whose very line was given.
    fn aliases(&self, passage: &Passage) -> Vec<(&'a Correction, Span)> {
        let written = self.list.iter().filter_map(|c| Some((*c, c.alias()?)));
        let mut found = Vec::new();
        for (correction, alias) in written.filter(|(_, alias)| passage.folded.text().contains(alias)) {
            let text = passage.block.text.text();
            for (at, _) in passage.folded.text().match_indices(alias) {
                let span = passage.folded.origin(Span::new(at, at + alias.len()));
                let whole = key(span.of(text)) == alias && boundary(text, span).is_some() && !passage.is_address(span);
                // A more specific correction may say something else of this place.
                let counts = || self.ruling(passage, span, None).is_some_and(|c| std::ptr::eq(c, correction));
                if whole && counts() {
                    found.push((correction, span));
                }
            }
        }
        let mut taken = Taken::default();
        found.sort_by_key(|(correction, span)| (!correction.is_exact(), std::cmp::Reverse(span.len()), span.start));
        found.retain(|(_, span)| taken.take(*span));
        found.sort_by_key(|(_, span)| span.start);
        found
    }

    /// The candidate that a correction says stands there.
    fn said(&self, correction: &Correction, index: usize, passage: &Passage, span: Span) -> Option<Candidate> {
        let (kind, id) = correction.to()?;
        let name = self.gazetteer.canonical(kind, id)?;
        let boundary = boundary(passage.block.text.text(), span)?;
        let hit = Hit { span, boundary, surfaces: vec![name] };
        Some(Candidate { passage: index, hit, options: vec![name], sure: true, slip: None, ruling: Some(correction.follow()) })
    }

    /// The correction that counts for a name in a passage, if it is read so.
    fn ruling(&self, passage: &Passage, span: Span, reading: Option<SurfaceRef>) -> Option<&'a Correction> {
        let written = key(span.of(passage.block.text.text()));
        let line = self.document.source.position(passage.block.text.origin(span).start).line;
        let reading = reading.map(|option| self.identity(option));
        self.list.iter().find(|c| c.covers(&written, line, reading)).copied()
    }

    fn identity(&self, option: SurfaceRef) -> (EntityKind, &'a EntityId) {
        let entity = self.gazetteer.entity(option);
        (entity.kind, &entity.id)
    }
}

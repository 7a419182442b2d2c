//! Corrections: what a user has ruled of names, once for every later run.
//!
//! In: the `[[correct]]` tables of a user's own data file. Out: [`Correction`]s, checked against the gazetteer, which tell
//! whether they are about a place. The hard decision: where several are about one place, the most specific counts (a line
//! before a document, a document before everywhere, a spelling with an entity before either), and of those the last, so
//! that a rule and its exceptions may stand in any order.

use super::Gazetteer;
use super::load::Correct;
use crate::entity::{EntityId, EntityKind};
use crate::error::Error;
use crate::normalize::key;
use globset::{GlobBuilder, GlobMatcher};
use std::sync::atomic::{AtomicBool, Ordering};
use toml::Spanned;

/// What a user has ruled of a name, an entity, or one as the other.
#[derive(Debug)]
pub struct Correction {
    /// The spelling that it is about, folded; any without it.
    surface: Option<String>,
    /// The reading that it is about; any without it.
    entity: Option<(EntityKind, EntityId)>,
    /// The documents; all without it.
    document: Option<GlobMatcher>,
    /// The line in them; all without it.
    line: Option<usize>,
    to: Option<(EntityKind, EntityId)>,
    note: Option<String>,
    path: String,
    /// The line of the file that it opens in.
    number: usize,
    applied: AtomicBool,
}

impl Correction {
    /// Checks a table of the file at `path`, whose text is `text`.
    ///
    /// # Errors
    /// [`Error::Data`] for one that is about nothing or does nothing, an unknown id, or a glob that is none.
    pub(super) fn new(path: &str, text: &str, table: Spanned<Correct>, gazetteer: &Gazetteer) -> Result<Self, Error> {
        let start = table.span().start;
        let wrong = |offset: usize, message: &str| Error::data(path, text, offset, message.to_owned());
        let id = |written: &Option<Spanned<String>>| match written {
            None => Ok(None),
            Some(written) => match gazetteer.resolve(written.as_ref()) {
                Ok(entity) => Ok(Some((entity.kind, entity.id.clone()))),
                Err(message) => Err(wrong(written.span().start, &message)),
            },
        };
        let correct = table.get_ref();
        let (entity, to) = (id(&correct.entity)?, id(&correct.to)?);
        let surface = correct.surface.as_ref().map(|s| key(s)).filter(|s| !s.is_empty());
        if surface.is_none() && entity.is_none() {
            return Err(wrong(start, "a correction needs a `surface`, an `entity` or both: without them it is about nothing"));
        }
        if to.is_some() && to == entity {
            let place = correct.to.as_ref().map_or(start, |to| to.span().start);
            return Err(wrong(place, "`to` and `entity` are one: leave `entity` out to have the surface count wherever it stands"));
        }
        if let (Some(line), None) = (&correct.line, &correct.document) {
            return Err(wrong(line.span().start, "a `line` needs the `document` that it is of"));
        }
        let document = match &correct.document {
            None => None,
            Some(written) => match glob(written.as_ref()) {
                Ok(matcher) => Some(matcher),
                Err(error) => return Err(wrong(written.span().start, &format!("`document` is no glob: {}", error.kind()))),
            },
        };
        let line = correct.line.as_ref().map(|line| line.get_ref().get());
        let number = text[..start.min(text.len())].matches('\n').count() + 1;
        let (note, path) = (correct.note.clone(), path.to_owned());
        Ok(Self { surface, entity, document, line, to, note, path, number, applied: AtomicBool::new(false) })
    }

    /// How narrow it is, for the most specific to be asked first.
    pub(super) fn specificity(&self) -> impl Ord + use<> {
        (self.line.is_some(), self.document.is_some(), self.surface.is_some() && self.entity.is_some(), self.surface.is_some())
    }

    /// Whether it is about a document, which may be known by several paths.
    pub(crate) fn is_about(&self, paths: &[&str]) -> bool {
        self.document.as_ref().is_none_or(|glob| paths.iter().any(|path| glob.is_match(path)))
    }

    /// Whether it is about a name, `written` so (folded) on a line of such a document, when that is read as an entity;
    /// without one, whether it is about the name however it is read.
    pub(crate) fn covers(&self, written: &str, line: usize, reading: Option<(EntityKind, &EntityId)>) -> bool {
        self.surface.as_ref().is_none_or(|surface| surface == written)
            && self.line.is_none_or(|own| own == line)
            && self.entity.as_ref().is_none_or(|(kind, id)| reading == Some((*kind, id)))
    }

    /// Whether it is about a spelling (folded), whatever that is read as.
    pub(crate) fn is_of(&self, written: &str) -> bool {
        self.entity.is_none() && self.surface.as_deref() == Some(written)
    }

    /// The spelling, folded, that it says stands for its entity wherever it is written.
    pub(crate) fn alias(&self) -> Option<&str> {
        self.surface.as_deref().filter(|_| self.entity.is_none() && self.to.is_some())
    }

    /// Whether it is about one line.
    pub(crate) fn is_exact(&self) -> bool {
        self.line.is_some()
    }

    /// What the name stands for; `None` if for nothing.
    pub(crate) fn to(&self) -> Option<(EntityKind, &EntityId)> {
        self.to.as_ref().map(|(kind, id)| (*kind, id))
    }

    /// Notes that it has been followed; gives it in words.
    pub(crate) fn follow(&self) -> String {
        self.applied.store(true, Ordering::Relaxed);
        let verdict = if self.to.is_some() { "says so" } else { "rejects it" };
        let note = self.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        format!("{} {verdict}{note}", self.place())
    }

    /// Whether it has been followed so far.
    pub fn is_followed(&self) -> bool {
        self.applied.load(Ordering::Relaxed)
    }

    /// `path:line` of the file that it stands in.
    pub fn place(&self) -> String {
        format!("{}:{}", self.path, self.number)
    }
}

/// A glob over the end of a path: `a.md` is a file of that name in any folder, `2019/*.md` those of any folder `2019`.
fn glob(written: &str) -> Result<GlobMatcher, globset::Error> {
    let bare = written.strip_prefix("./").unwrap_or(written);
    let anywhere = if bare.starts_with('/') { bare.to_owned() } else { format!("**/{bare}") };
    Ok(GlobBuilder::new(&anywhere).literal_separator(true).build()?.compile_matcher())
}

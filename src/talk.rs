//! A talk: which part of a report it is, what it is called, who gave it and for whom.

use crate::entity::EntityId;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Identity of a talk: from its event (or document where there is none) and its title, with an ordinal for twins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct TalkId(String);

impl TalkId {
    /// An id from its text.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TalkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A talk that a report describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Identity, unique within its document.
    pub id: TalkId,
    /// Without number, markup and speaker.
    pub title: String,
    /// Where the title stands in the file's text; the talk's first line where the title stands elsewhere.
    pub heading: Span,
    /// Its part of the file's text, title and all; the parts of two talks never overlap.
    pub span: Span,
    /// Who gave it.
    pub byline: Byline,
    /// What it links to, in order.
    pub links: Vec<Link>,
    /// Other places that list it, such as a programme's row.
    pub also_at: Vec<Span>,
    /// Why it is taken for a talk, strongest reason first.
    pub reasons: Vec<String>,
}

/// An address that a talk links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub url: String,
    /// What it is of.
    pub kind: LinkKind,
}

/// What a link is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The talk's own page: where its title links to.
    Session,
    /// Its slides.
    Slides,
    /// A recording.
    Video,
    /// Source code.
    Repository,
    /// Anything else.
    Page,
}

/// Who gives a talk, and for which companies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    /// In the order of the text.
    pub speakers: Vec<Speaker>,
    /// The speakers' companies and those that the talk is about.
    pub companies: Vec<Affiliation>,
}

/// A person who gives a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// As written, without honorific and role.
    pub name: String,
    /// The company, if the text gives one.
    pub company: Option<Affiliation>,
    /// Where the name stands in the file's text.
    pub span: Span,
}

/// A company as a talk names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// Canonical name, or as written if the gazetteer does not know it.
    pub name: String,
    /// Identity: the gazetteer's, or made from the name.
    pub id: EntityId,
    /// Where it stands in the file's text.
    pub span: Span,
}

/// The event that a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Name of the edition: `if(kakao) 2019`.
    pub name: String,
    /// Name of the series: `if(kakao)`.
    pub series: String,
    /// Which of the series: its year.
    pub edition: Option<String>,
    /// The first day of the event that the report is about, `YYYY-MM-DD`; not the day of the report.
    pub date: Option<String>,
    /// Where it took place, as written.
    pub place: Option<String>,
    /// Canonical name of the company that hosts it.
    pub host: Option<String>,
    /// The series' id in the gazetteer.
    pub series_id: EntityId,
    /// The host's id.
    pub host_id: Option<EntityId>,
    /// Where it is named in the file's text; empty where only the path names it.
    pub span: Span,
}

//! What techgraph says about one document: the record stream's lines, which the graph is built from as well.
//!
//! Their shapes are public (`techgraph schema records`): fields may be added, those here keep name and meaning.

use crate::entity::{EntityId, EntityKind};
use crate::mention::Via;
use crate::talk::{Link, LinkKind, TalkId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, to_value};

/// Name and version of the record stream's schema.
pub const RECORDS_SCHEMA: &str = "techgraph/records/1";

/// One line of the record stream.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Record<'a> {
    /// The first line.
    Header(Header),
    /// A document, before its talks and mentions.
    Document(&'a DocumentRecord),
    /// A talk.
    Talk(&'a TalkRecord),
    /// A mention.
    Mention(&'a MentionRecord),
}

/// The first line of the stream.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Header {
    /// [`RECORDS_SCHEMA`].
    pub schema: &'static str,
    /// Version of techgraph.
    pub version: &'static str,
    /// How many entities the gazetteer had.
    pub gazetteer: usize,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// Path relative to the root that was given, with `/`.
    pub path: String,
    /// The report's title.
    pub title: Option<String>,
    /// The day the report gives, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// `ko`, `en`, `ja` or `zh`.
    pub language: Option<String>,
    /// The event it is about.
    pub event: Option<EventRecord>,
    /// Where the event is named.
    #[serde(skip_serializing)]
    pub event_evidence: Option<Evidence>,
    /// The event's series and host in the gazetteer.
    #[serde(skip_serializing)]
    pub event_ids: Option<(EntityId, Option<EntityId>)>,
}

/// The event that a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct EventRecord {
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
}

/// A talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TalkRecord {
    /// The document's path.
    pub document: String,
    /// Identity, made from this document alone.
    pub id: TalkId,
    /// Without number, markup and speaker.
    pub title: String,
    /// First line, from 1.
    pub start_line: usize,
    /// Last line that is not blank.
    pub end_line: usize,
    /// Who gave it.
    pub speakers: Vec<SpeakerRecord>,
    /// For which companies, by canonical name.
    pub companies: Vec<String>,
    /// Addresses it links to.
    pub links: Vec<String>,
    /// Those of the links that tell what they are of.
    #[serde(default, skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
    /// Other places of the document that list it, such as a programme's row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_at: Vec<Place>,
    /// The companies with their ids and places.
    #[serde(skip_serializing)]
    pub affiliations: Vec<(EntityId, String, Evidence)>,
    /// Its title's place.
    #[serde(skip_serializing)]
    pub evidence: Evidence,
}

/// A talk's links, told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resources {
    /// The page that its title links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Slides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slides: Vec<String>,
    /// Recordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub videos: Vec<String>,
    /// Source code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repositories: Vec<String>,
}

impl Resources {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The links of a talk, each address once.
    pub fn of(links: &[Link]) -> Self {
        let mut out = Self::default();
        for link in links {
            match link.kind {
                LinkKind::Session => out.session = out.session.or_else(|| Some(link.url.clone())),
                LinkKind::Slides => out.slides.push(link.url.clone()),
                LinkKind::Video => out.videos.push(link.url.clone()),
                LinkKind::Repository => out.repositories.push(link.url.clone()),
                LinkKind::Page => {}
            }
        }
        out
    }

    /// Takes along what another report of the same talk links to.
    pub fn join(&mut self, other: &Self) {
        self.session = self.session.take().or_else(|| other.session.clone());
        let lists = [(&mut self.slides, &other.slides), (&mut self.videos, &other.videos), (&mut self.repositories, &other.repositories)];
        for (own, others) in lists {
            let fresh: Vec<_> = others.iter().filter(|url| !own.contains(url)).cloned().collect();
            own.extend(fresh);
        }
    }
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Bytes of the file on disk: from, up to and without.
    pub span: [usize; 2],
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpeakerRecord {
    /// As written, without honorific.
    pub name: String,
    /// Canonical name of the company, if the text gives one.
    pub company: Option<String>,
    /// The company's id and place.
    #[serde(skip_serializing)]
    pub affiliation: Option<(EntityId, Evidence)>,
    /// Where the name stands.
    #[serde(skip_serializing)]
    pub evidence: Evidence,
}

/// A mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionRecord {
    /// The document's path.
    pub document: String,
    /// The talk it stands in; null outside every talk.
    pub talk: Option<TalkId>,
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Bytes of the file on disk: from, up to and without.
    pub span: [usize; 2],
    /// What stands there.
    pub surface: String,
    /// Id of the entity within its kind.
    pub entity: EntityId,
    /// Canonical name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Its place in the taxonomy.
    pub category: Option<String>,
    /// Whether it is internal to one company; left out where it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_house: bool,
    /// How likely it is right, 0 to 1.
    pub confidence: f64,
    /// How it was found.
    pub via: Via,
    /// The line it stands in.
    #[serde(skip_serializing)]
    pub quote: String,
}

/// Where something stands and in which words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The document's path.
    pub document: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Bytes of the file on disk: from, up to and without.
    pub span: [usize; 2],
    /// What stands there.
    pub surface: String,
    /// How it was found.
    pub via: Via,
    /// How likely it is right, 0 to 1.
    pub confidence: f64,
    /// The sentence or line around it.
    pub quote: String,
    /// Where the published report says it, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl MentionRecord {
    /// The same as evidence of an edge.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            document: self.document.clone(),
            line: self.line,
            column: self.column,
            span: self.span,
            surface: self.surface.clone(),
            via: self.via,
            confidence: self.confidence,
            quote: self.quote.clone(),
            url: None,
        }
    }
}

/// All records of one document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Extract {
    /// The document.
    pub document: DocumentRecord,
    /// Its talks, in order.
    pub talks: Vec<TalkRecord>,
    /// Its mentions, in order.
    pub mentions: Vec<MentionRecord>,
}

impl Extract {
    /// The records in the order of the stream.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let document = std::iter::once(Record::Document(&self.document));
        document.chain(self.talks.iter().map(Record::Talk)).chain(self.mentions.iter().map(Record::Mention))
    }

    /// All that is known of the document as JSON, also what the stream leaves out; an [`Extract`] is read from it again.
    ///
    /// # Errors
    /// When a value cannot be put into JSON.
    pub fn whole(&self) -> serde_json::Result<Value> {
        let mut document = to_value(&self.document)?;
        document["event_evidence"] = to_value(&self.document.event_evidence)?;
        document["event_ids"] = to_value(&self.document.event_ids)?;
        let talks = self.talks.iter().map(TalkRecord::whole).collect::<serde_json::Result<Vec<_>>>()?;
        let mentions = self.mentions.iter().map(|mention| {
            let mut whole = to_value(mention)?;
            whole["quote"] = mention.quote.as_str().into();
            Ok(whole)
        });
        Ok(json!({"document": document, "talks": talks, "mentions": mentions.collect::<serde_json::Result<Vec<_>>>()?}))
    }
}

impl TalkRecord {
    fn whole(&self) -> serde_json::Result<Value> {
        let mut whole = to_value(self)?;
        whole["affiliations"] = to_value(&self.affiliations)?;
        whole["evidence"] = to_value(&self.evidence)?;
        for (index, speaker) in self.speakers.iter().enumerate() {
            let whole = &mut whole["speakers"][index];
            whole["affiliation"] = to_value(&speaker.affiliation)?;
            whole["evidence"] = to_value(&speaker.evidence)?;
        }
        Ok(whole)
    }
}

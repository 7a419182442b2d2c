//! What a name stands for: a technology, a concept, a company, an event series; and how its names are to be read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Identity of an entity within its kind: a stable slug of its canonical name, such as `apache-kafka`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct EntityId(String);

impl EntityId {
    /// An id as it stands in the data.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// An id made from a name that is in no gazetteer: letters and digits of any script, lower case, joined by `-`.
    pub fn from_name(name: &str) -> Self {
        Self(slug(name))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters and digits of any script, lower case, joined by `-`; `+` and `#` stay, since C, C++ and C# are three things.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || matches!(c, '+' | '#') {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A company, foundation, university or community.
    Company,
    /// A generic technical idea: microservices, CI/CD.
    Concept,
    /// A series of conferences or meetups.
    Event,
    /// A person.
    Person,
    /// A named, specific piece of technology.
    Technology,
}

impl EntityKind {
    /// The kinds that a gazetteer has.
    pub const ALL: [Self; 4] = [Self::Company, Self::Concept, Self::Event, Self::Technology];

    /// The kind as it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Concept => "concept",
            Self::Event => "event",
            Self::Person => "person",
            Self::Technology => "technology",
        }
    }
}

/// One entry of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Unique within its kind.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical spelling.
    pub name: String,
    /// Its place in the taxonomy of its kind; for companies `company`, `foundation`, `university`, `community`, `public`.
    pub category: Option<String>,
    /// The company that owns a technology, is a company's parent, or hosts an event.
    pub owner: Option<EntityId>,
    /// The year since which a company has had its parent.
    pub owner_since: Option<i16>,
    /// Home page, else repository.
    pub homepage: Option<String>,
    /// How an edition of an event is called, with `{year}`.
    pub edition: Option<String>,
    /// Everything it is called, the canonical name first.
    pub surfaces: Vec<Surface>,
    /// What decides its ambiguous surfaces.
    pub rule: ContextRule,
    /// Whether it is internal to one company.
    pub in_house: bool,
    /// Where the facts are from.
    pub sources: Vec<String>,
    /// Ids that it had before.
    pub was: Vec<EntityId>,
}

/// A surface form: one way to write an entity's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surface {
    /// As people write it.
    pub text: String,
    /// Which letter cases count.
    pub case: Case,
    /// Whether it counts only where the context speaks for it.
    pub ambiguous: bool,
}

impl Surface {
    /// Whether what is `written` may be this form. A form that counts in one letter case may also be meant by all lower
    /// case, as notes write `ecs`; then the context must speak for it.
    pub fn may_be(&self, written: &str) -> bool {
        let lower = || self.text.chars().filter(char::is_ascii_alphabetic).count() >= 3 && written == self.text.to_lowercase();
        self.case != Case::Exact || self.text == written || lower()
    }

    /// Whether what is `written` is this form without any context.
    pub fn is_sure(&self, written: &str) -> bool {
        let cased = match self.case {
            Case::Any => true,
            Case::Initial => !written.starts_with(|c: char| c.is_lowercase()),
            Case::Exact => self.text == written,
        };
        cased && !self.ambiguous
    }
}

/// Which letter cases of a surface form count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Case {
    /// Every one.
    Any,
    /// Capitalised as it stands; otherwise only where the context speaks for it.
    Initial,
    /// This one alone.
    Exact,
}

/// What decides the ambiguous surfaces of an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextRule {
    /// Words, folded, that make the reading likely when they stand near.
    pub context: Vec<String>,
    /// Phrases, folded, around a surface in which it is something else.
    pub against: Vec<String>,
    /// Sentences in which a surface is this entity; they run as tests.
    pub yes: Vec<String>,
    /// Sentences in which none is; they run as tests.
    pub no: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_keep_every_script() {
        for (name, wanted) in [
            ("Apache Kafka", "apache-kafka"),
            ("if(kakao) 2019", "if-kakao-2019"),
            ("C++", "c++"),
            ("카카오 커머스", "카카오-커머스"),
            ("“…”", ""),
        ] {
            assert_eq!(slug(name), wanted);
        }
    }
}

//! What languages do around names and in reports: particles, plurals, honorifics, cue words, words of headings and bylines.
//!
//! In: `data/languages/*.toml`. Out: [`Languages`], one merged view, since reports mix languages; [`boundary`] uses it to
//! tell whether a name ends where it seems to.

pub mod boundary;
mod particles;
pub mod script;

use particles::Particles;
use serde::Deserialize;
use std::sync::LazyLock;

/// The word lists of all languages.
#[derive(Debug, Default)]
pub struct Languages {
    particles: Particles,
    /// Words after a name that speak for a technology.
    pub cues_after: Vec<String>,
    /// Words before a name that speak for a technology.
    pub cues_before: Vec<String>,
    /// Words after a name that speak for a company.
    pub company_after: Vec<String>,
    /// Words before a name that speak for a company.
    pub company_before: Vec<String>,
    /// What follows a person's name.
    pub honorifics: Vec<String>,
    /// What may follow a name and a hyphen without making another name of it.
    pub hyphenated: Vec<String>,
    /// What may stand right before a Hangul name.
    pub prefixes: Vec<String>,
    /// Words of headings.
    pub headings: Headings,
    /// Words of bylines.
    pub bylines: Bylines,
}

/// Words that tell what a heading is, lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    /// No talk: lunch, booths, references.
    pub boilerplate: Vec<String>,
    /// Holds talks: days, half-days, tracks.
    pub containers: Vec<String>,
    /// A part of a talk.
    pub parts: Vec<String>,
    /// Says that something is a talk.
    pub talk_words: Vec<String>,
}

/// Words that tell who speaks, lower case but for names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bylines {
    /// Stand before a colon and a name.
    pub labels: Vec<String>,
    /// Stand before a colon and a company.
    pub company_labels: Vec<String>,
    /// Family names that are written first.
    pub surnames: Vec<String>,
    /// Job titles.
    pub roles: Vec<String>,
    /// Stand where a company would and are none.
    pub not_a_company: Vec<String>,
}

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    particle: Vec<particles::Group>,
    nouns: Option<Vec<String>>,
    #[serde(default)]
    hyphenated: Vec<String>,
    prefixes: Vec<String>,
    honorifics: Vec<String>,
    cues_after: Vec<String>,
    cues_before: Vec<String>,
    company_after: Vec<String>,
    company_before: Vec<String>,
    headings: Headings,
    bylines: Bylines,
}

/// The shipped languages.
pub fn languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
        let files = [
            include_str!("../../data/languages/ko.toml"),
            include_str!("../../data/languages/en.toml"),
            include_str!("../../data/languages/ja.toml"),
        ];
        files.into_iter().fold(Languages::default(), Languages::with)
    });
    &LANGUAGES
}

impl Languages {
    #[expect(clippy::expect_used, reason = "the shipped files parse or no test passes")]
    fn with(mut self, text: &str) -> Self {
        let file: File = toml::from_str(text).expect("a valid language file");
        self.particles.extend(file.particle, file.nouns.unwrap_or_default());
        self.cues_after.extend(file.cues_after);
        self.cues_before.extend(file.cues_before);
        self.company_after.extend(file.company_after);
        self.company_before.extend(file.company_before);
        self.honorifics.extend(file.honorifics);
        self.hyphenated.extend(file.hyphenated);
        self.prefixes.extend(file.prefixes);
        self.headings.boilerplate.extend(file.headings.boilerplate);
        self.headings.containers.extend(file.headings.containers);
        self.headings.parts.extend(file.headings.parts);
        self.headings.talk_words.extend(file.headings.talk_words);
        self.bylines.labels.extend(file.bylines.labels);
        self.bylines.company_labels.extend(file.bylines.company_labels);
        self.bylines.surnames.extend(file.bylines.surnames);
        self.bylines.roles.extend(file.bylines.roles);
        self.bylines.not_a_company.extend(file.bylines.not_a_company);
        self
    }

    /// The honorific that `text` starts with, if any.
    pub fn honorific<'a>(&self, text: &'a str) -> Option<&'a str> {
        let longest = self.honorifics.iter().filter(|h| text.starts_with(h.as_str())).map(String::len).max()?;
        text.get(..longest)
    }
}

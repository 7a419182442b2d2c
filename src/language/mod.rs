//! What languages do around names and in reports: particles, plurals, honorifics, cue words, words of headings and bylines.
//!
//! In: `data/languages/*.toml`. Out: [`Languages`], one merged view, since reports mix languages; [`boundary`] uses it to
//! tell whether a name ends where it seems to.

pub mod boundary;
pub mod list;
mod particles;
pub mod script;
pub mod words;

use list::Words;
use particles::Particles;
use serde::Deserialize;
use std::sync::LazyLock;

/// The word lists of all languages.
#[derive(Debug, Default)]
pub struct Languages {
    particles: Particles,
    /// Words after a name that speak for a technology.
    pub cues_after: Words,
    /// Words before a name that speak for a technology.
    pub cues_before: Words,
    /// Words after a name that speak for a company.
    pub company_after: Words,
    /// Words before a name that speak for a company.
    pub company_before: Words,
    /// What follows a person's name.
    pub honorifics: Words,
    /// What stands before a person's name: `Mr`, `Dr`.
    pub titles: Words,
    /// What may follow a name and a hyphen without making another name of it.
    pub hyphenated: Words,
    /// What may stand right before a Hangul name.
    pub prefixes: Words,
    /// Words of headings.
    pub headings: Headings,
    /// Words of bylines.
    pub bylines: Bylines,
    /// Words for what is made in the house.
    pub in_house: InHouse,
    /// Words of sentences that tell who speaks.
    pub speech: Speech,
    /// Words of sentences that tell who is a company.
    pub firms: Firms,
    /// Labels of an event's particulars.
    pub event: EventLabels,
}

/// Words that tell what a heading is, lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    /// No talk: lunch, booths, references.
    pub boilerplate: Words,
    /// No talk where they are all that the heading says: dinner, goals.
    pub alone: Words,
    /// Holds talks: days, half-days, tracks.
    pub containers: Words,
    /// A part of a talk.
    pub parts: Words,
    /// Says that something is a talk.
    pub talk_words: Words,
    /// Says in a title that the report is of something else than talks.
    pub elsewhere: Words,
    /// Says of talks that the reporter chose some: "favourite", "그 외".
    pub selections: Words,
    /// Says in an opening that several talks follow.
    pub several: Words,
}

/// Words that tell who speaks, lower case but for names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Bylines {
    /// Stand before a colon and a name.
    pub labels: Words,
    /// Stand before a colon and a company.
    pub company_labels: Words,
    /// Stand before a colon and what else an introduction says.
    pub other_labels: Words,
    /// What companies' names end in.
    pub company_endings: Words,
    /// Written before or behind the name of a company: `주식회사`, `株式会社`.
    pub legal_forms: Words,
    /// What parts of companies are called at their end: `팀`, ` Lab`.
    pub teams: Words,
    /// What those are called who work on a project, not at a company.
    pub contributors: Words,
    /// What words for people of a trade end in.
    pub professions: Words,
    /// Family names that are written first.
    pub surnames: Words,
    /// Syllables that given names after them are made of; empty where they tell nothing.
    pub given: String,
    /// Capitalised words that no name has: words of titles.
    pub not_a_name: Words,
    /// Words with which titles open, and no name does.
    pub no_name_opens: Words,
    /// Words in which no name ends.
    pub no_name_ends: Words,
    /// Job titles.
    pub roles: Words,
    /// Stand where a name would and are nobody's: `others`, `everyone`.
    pub nobody: Words,
    /// Stand where a company would and are none.
    pub not_a_company: Words,
}

/// Words that tell in a sentence that someone gives a talk.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// Verbs of speaking.
    pub verbs: Words,
    /// May stand before the verb.
    pub adverbs: Words,
    /// Capitalised where a sentence opens with them, and nobody's first name.
    pub no_one: Words,
    /// Stand right before who does something: `at`, `by`.
    pub doer_ahead: Words,
    /// Stand right behind who does something: `에서`, `では`.
    pub doer_behind: Words,
    /// Stand behind what a sentence is about: `은`, `は`.
    pub topics: Words,
    /// Stand behind whose something is or where it is done: `'s`, `의`.
    pub owns: Words,
    /// Follow who makes what others use: `만든`.
    pub makes: Words,
    /// Stand before `at` and what is looked at: `a look at Docker` is not done there.
    pub looks: Words,
}

/// Words that tell that something was made in a company's own house.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InHouse {
    /// `사내`, `in-house`.
    pub own: Words,
    /// What it is: `플랫폼`, `tool`.
    pub kinds: Words,
    /// Before a name that is used: `using`.
    #[serde(default)]
    pub uses_before: Words,
    /// After one: `사용`, `を導入`.
    #[serde(default)]
    pub uses_after: Words,
    /// How names of classes, methods and events end, which are no systems: `Observer`, `Conf`.
    #[serde(default)]
    pub classes: Words,
}

/// Words that tell that an unlisted name is a company's, lower case but for legal forms.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Firms {
    /// Before who employs somebody: `works at`.
    pub employs: Words,
    /// After one: `に入社`.
    pub employs_after: Words,
    /// Before a company that something is done by or with: `acquired by`.
    pub deals: Words,
    /// Before what is called a company: `a startup called`.
    pub calls: Words,
    /// After it: `라는 회사`.
    pub calls_after: Words,
    /// Before what people are of, which may be a place or a community as well: `folks from`.
    pub staff: Words,
    /// Legal forms that are written onto either side: `株式会社`.
    pub forms_before: Words,
    /// Legal forms that follow after a space: `GmbH`.
    pub forms_after: Words,
    /// Particles that may follow a name after a legal form, the longest first.
    pub particles: Words,
    /// What companies are called in general: `스타트업`; native words count at the end of longer ones.
    pub generic: Words,
    /// Countries and cities.
    pub places: Words,
    /// Words in lower case that names hold: `Rent the Runway`.
    pub joins: Words,
}

/// Labels that stand before a colon and a particular of the event, lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLabels {
    /// Before its day.
    pub date: Words,
    /// Before its place.
    pub place: Words,
    /// In the names of events that are nobody's own: `user group`, `勉強会`.
    pub open: Words,
    /// In lines that tell the day of the report instead.
    pub posted: Words,
    /// What an event is called, as the last part of a word of its name.
    pub kinds: Words,
    /// What a report of an event is called.
    pub reports: Words,
    /// What meetings are called that retell another event.
    pub retellings: Words,
}

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    particle: Vec<particles::Group>,
    nouns: Option<Vec<String>>,
    #[serde(default)]
    hyphenated: Words,
    prefixes: Words,
    honorifics: Words,
    #[serde(default)]
    titles: Words,
    cues_after: Words,
    cues_before: Words,
    company_after: Words,
    company_before: Words,
    headings: Headings,
    bylines: Bylines,
    in_house: InHouse,
    speech: Speech,
    #[serde(default)]
    firms: Firms,
    event: EventLabels,
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
        self.bylines.given.push_str(&file.bylines.given);
        macro_rules! extend {
            ($($($field:ident).+),+ $(,)?) => { $(self.$($field).+.extend(file.$($field).+);)+ };
        }
        extend!(
            cues_after,
            cues_before,
            company_after,
            company_before,
            honorifics,
            titles,
            hyphenated,
            prefixes,
            headings.boilerplate,
            headings.alone,
            headings.containers,
            headings.parts,
            headings.talk_words,
            headings.elsewhere,
            headings.selections,
            headings.several,
            bylines.labels,
            bylines.company_labels,
            bylines.other_labels,
            bylines.company_endings,
            bylines.professions,
            bylines.surnames,
            bylines.not_a_name,
            bylines.roles,
            bylines.nobody,
            bylines.not_a_company,
            firms.employs,
            firms.employs_after,
            firms.deals,
            firms.calls,
            firms.calls_after,
            firms.staff,
            firms.forms_before,
            firms.forms_after,
            firms.particles,
            firms.generic,
            firms.places,
            firms.joins,
            event.date,
            event.place,
            event.open,
            event.posted,
            event.kinds,
            event.reports,
            event.retellings,
            in_house.own,
            in_house.kinds,
            in_house.uses_before,
            in_house.uses_after,
            in_house.classes,
            speech.verbs,
            speech.adverbs,
            speech.no_one,
            speech.doer_ahead,
            speech.doer_behind,
            speech.topics,
            speech.makes,
            speech.owns,
            speech.looks,
            bylines.teams,
            bylines.contributors,
            bylines.legal_forms,
            bylines.no_name_opens,
            bylines.no_name_ends,
        );
        self
    }

    /// The honorific that `text` starts with, if any.
    pub fn honorific<'a>(&self, text: &'a str) -> Option<&'a str> {
        let longest = self.honorifics.opening(text).map(str::len).max()?;
        text.get(..longest)
    }
}

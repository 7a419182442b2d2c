//! What speaks for or against a name being meant: the features of the model that decides mentions.
//!
//! In: nothing. Out: [`Feature`], each with its name in `data/weights.toml` and the words in which `--explain` tells of it,
//! and [`FeatureWeights`]. An enum and not strings: a feature without a weight, or a weight without a feature, cannot be.

use serde::Deserialize;
use serde::de::Error;
use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

macro_rules! features {
    ($($variant:ident, $name:literal, $says:literal;)*) => {
        /// A kind of evidence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature {
            $(#[doc = $says] $variant,)*
        }

        impl Feature {
            /// All.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Its name in `data/weights.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it says of a name.
            pub fn says(self) -> &'static str {
                match self { $(Self::$variant => $says,)* }
            }
        }
    };
}

features! {
    Sure, "sure", "a name that means one thing only";
    CompanyPlace, "company_place", "it stands where a company would";
    ProductPlace, "product_place", "it stands where a product would";
    Employer, "employer", "a speaker's company";
    Ambiguous, "ambiguous", "ambiguous name";
    InitialLower, "initial_lower", "a capitalised name in lower case";
    InitialUpper, "initial_upper", "capitalised name";
    Letter, "letter", "a single letter";
    Capitalised, "capitalised", "capitalised within a sentence";
    Acronym, "acronym", "written in capitals";
    Opening, "opening", "an everyday word, capitalised where every word is";
    OtherScript, "other_script", "a Latin name in text of another script";
    SentenceStart, "sentence_start", "capitalised where every word is";
    Lower, "lower", "in lower case";
    Word, "word", "an everyday word, written as one";
    LowerHere, "lower_here", "in lower case, though capitalised elsewhere";
    Exact, "exact", "it counts in another letter case";
    ContextBlock, "context_block", "context words here";
    ContextTalk, "context_talk", "context words in the talk";
    ContextDocument, "context_document", "context words in the document";
    NoContext, "no_context", "none of its context words stands in the document";
    SameTalk, "same_talk", "named unambiguously in the talk";
    SameDocument, "same_document", "named unambiguously in the document";
    Agreed, "agreed", "decided as where it is plainest";
    Cue, "cue", "a cue word stands beside it";
    List, "list", "listed with a technology";
    ListOpen, "list_open", "listed with what may be a technology";
    Beside, "beside", "a technology stands beside it";
    Lone, "lone", "the document names no other technology";
    Few, "few", "the document names one or two others";
    Field, "field", "the talk names several technologies";
    Kin, "kin", "the talk names others of its category";
    Code, "code", "inline code";
    Heading, "heading", "in a heading";
    Particle, "particle", "a particle agrees with it";
    Disagreeing, "disagreeing", "a particle does not agree with it";
    Noun, "noun", "a noun is written onto it";
    OtherTail, "other_tail", "part of a longer word";
    Joined, "joined", "joined to another word";
    Version, "version", "a version follows";
    Honorific, "honorific", "an honorific follows";
    Against, "against", "a phrase says that it is something else";
    Person, "person", "in a speaker's name";
    Rival, "rival", "another entity has the same name";
    Edition, "edition", "a year stands beside it";
    Slip, "slip", "one slip from a name";
    Exchanged, "exchanged", "two letters exchanged";
    Long, "long", "a long name";
    Short, "short", "a short name";
    Foreign, "foreign", "a Latin word in other writing";
    Plain, "plain", "written as any word";
    MendedPart, "mended_part", "the talk names what its mended word names";
    Again, "again", "written so again";
    Unlisted, "unlisted", "in no gazetteer";
    Defined, "defined", "a sentence says what it is";
    Sibling, "sibling", "a heading beside those of other systems of the house";
    Used, "used", "an unlisted word that is used or adopted";
    Own, "own", "its sentence speaks of the house's own";
    Mixed, "mixed", "capitals within a word";
    Compound, "compound", "dictionary words written together, each with a capital";
    Hyphen, "hyphen", "words joined by hyphens";
    Capitals, "capitals", "all in capitals";
    Initial, "initial", "an unlisted word with a capital";
    Misspelt, "misspelt", "one slip from a dictionary's word";
    Class, "class", "it ends as names of classes and events do";
    Repeated, "repeated", "an unlisted word that is repeated";
    Alone, "alone", "it stands alone in its line";
    Byline, "byline", "a byline gives it as a company";
    UnlistedCompany, "unlisted_company", "a company in no gazetteer";
    LegalForm, "legal_form", "a legal form stands beside it";
    Employment, "employment", "somebody works there";
    Business, "business", "something is done by it or with it";
    Called, "called", "the text calls it a company";
    Companies, "companies", "listed with companies";
    Staff, "staff", "people are of it";
    Site, "site", "its link leads to a site of its name";
    Ending, "ending", "it ends as companies do";
    Ordinary, "ordinary", "words of a dictionary";
}

/// What each feature weighs, in log-odds: above 0 speaks for a name, below against.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureWeights([f64; Feature::ALL.len()]);

impl Index<Feature> for FeatureWeights {
    type Output = f64;

    fn index(&self, feature: Feature) -> &f64 {
        &self.0[feature as usize]
    }
}

impl IndexMut<Feature> for FeatureWeights {
    fn index_mut(&mut self, feature: Feature) -> &mut f64 {
        &mut self.0[feature as usize]
    }
}

impl<'de> Deserialize<'de> for FeatureWeights {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut named: BTreeMap<String, f64> = BTreeMap::deserialize(deserializer)?;
        let mut weights = Self([0.0; Feature::ALL.len()]);
        for feature in Feature::ALL {
            weights[feature] =
                named.remove(feature.name()).ok_or_else(|| D::Error::custom(format!("`{}` has no weight", feature.name())))?;
        }
        match named.keys().next() {
            Some(name) => Err(D::Error::custom(format!("`{name}` is no feature"))),
            None => Ok(weights),
        }
    }
}

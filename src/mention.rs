//! A mention: a place where a text names an entity, and why we believe it.

use crate::entity::{Entity, EntityId, EntityKind};
use crate::feature::{Feature, FeatureWeights};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// One decided mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The block of the document it stands in.
    pub block: usize,
    /// Which bytes of the file's text, without particle.
    pub span: Span,
    /// What it names.
    pub entity: EntityId,
    /// Canonical name.
    pub name: String,
    /// What kind of thing that is.
    pub kind: EntityKind,
    /// Its place in the taxonomy.
    pub category: Option<String>,
    /// Whether it is internal to one company.
    pub in_house: bool,
    /// How likely it is right, 0 to 1.
    pub confidence: f64,
    /// How it was found.
    pub via: Via,
}

impl Mention {
    /// Lets it be of another entity.
    pub fn is_of(&mut self, entity: &Entity) {
        self.entity = entity.id.clone();
        self.name.clone_from(&entity.name);
        self.kind = entity.kind;
        self.category.clone_from(&entity.category);
        self.in_house = entity.in_house;
    }
}

/// How a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// By a name that means nothing else.
    Alias,
    /// By an ambiguous name that the context decided.
    Context,
    /// By a misspelt name.
    Typo,
    /// By the way the text uses a name that is in no gazetteer.
    Discovered,
}

impl Via {
    /// The way as it stands in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Context => "context",
            Self::Typo => "typo",
            Self::Discovered => "discovered",
        }
    }
}

/// One thing that speaks for or against a mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What kind of thing.
    pub feature: Feature,
    /// How many times it counts.
    pub times: f64,
    /// What it weighs in all, in log-odds; 0 until a decision weighs it.
    pub weight: f64,
    /// What it is here, where that says more than the feature does.
    pub detail: Option<String>,
    /// Where in the file's text the decisive thing stands, if that is elsewhere.
    pub at: Option<usize>,
}

impl Evidence {
    /// A feature that counts once.
    pub fn once(feature: Feature) -> Self {
        Self::times(feature, 1.0)
    }

    /// A feature that counts several times.
    pub fn times(feature: Feature, times: f64) -> Self {
        Self { feature, times, weight: 0.0, detail: None, at: None }
    }

    /// The same, told in these words.
    pub fn told(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// The same, with the byte of the file's text where the decisive thing stands.
    pub fn at(self, at: Option<usize>) -> Self {
        Self { at, ..self }
    }

    /// What it says, in words.
    pub fn says(&self) -> &str {
        self.detail.as_deref().unwrap_or(self.feature.says())
    }
}

/// A candidate with what spoke for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What it would be.
    pub mention: Mention,
    /// Whether it is.
    pub accepted: bool,
    /// The evidence.
    pub evidence: Vec<Evidence>,
    /// What decided instead of the evidence, if anything did.
    pub ruling: Option<String>,
}

impl Decision {
    /// What the evidence comes to.
    pub fn of(mention: Mention, evidence: Vec<Evidence>, weights: &FeatureWeights) -> Self {
        let mut decision = Self { mention, accepted: false, evidence, ruling: None };
        decision.weigh(weights);
        decision
    }

    /// Sets aside what the evidence says.
    pub fn rule(&mut self, accepted: bool, why: &str) {
        self.accepted = accepted;
        self.ruling = Some(why.to_owned());
    }

    /// Adds evidence and decides anew.
    pub fn add(&mut self, evidence: Evidence, weights: &FeatureWeights) {
        self.evidence.push(evidence);
        self.weigh(weights);
    }

    fn weigh(&mut self, weights: &FeatureWeights) {
        self.evidence.iter_mut().for_each(|e| e.weight = e.times * weights[e.feature]);
        let score = self.score();
        self.accepted = score > 0.0;
        self.mention.confidence = (100.0 / (1.0 + (-score).exp())).round().min(99.0) / 100.0;
    }

    /// Sum of the evidence: the log-odds of the mention; above 0 speaks for it.
    pub fn score(&self) -> f64 {
        self.evidence.iter().fold(0.0, |sum, e| sum + e.weight)
    }
}

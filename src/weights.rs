//! What each piece of evidence weighs (`data/weights.toml`).

use crate::error::Error;
use crate::feature::{Feature, FeatureWeights};
use serde::Deserialize;
use std::sync::OnceLock;

/// All weights, in log-odds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Which kind of line marks the talks of a report.
    pub talks: TalkWeights,
    /// Whether one line is a talk.
    pub lines: LineWeights,
    /// Whether a report is one talk as a whole.
    pub single: SingleWeights,
    /// Whether an ambiguous name is meant.
    pub mentions: FeatureWeights,
}

/// See `data/weights.toml`, which says of each what it stands for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is described where its value is")]
pub struct TalkWeights {
    pub heading: f64,
    pub strong: f64,
    pub item: f64,
    pub deeper: f64,
    pub row: f64,
    pub embed: f64,
    pub note: f64,
    pub prose: f64,
    pub byline: f64,
    pub spoken: f64,
    pub told: f64,
    pub several: f64,
    pub linked: f64,
    pub held: f64,
    pub numbered: f64,
    pub announced: f64,
    pub described: f64,
    pub each: f64,
    pub alone: f64,
    pub no_list: f64,
    pub unsaid: f64,
    pub silent: f64,
    pub slight: f64,
    pub brief: f64,
    pub long: f64,
    pub nested: f64,
    pub listed: f64,
    pub parts: f64,
    pub threshold: f64,
}

/// See `data/weights.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is described where its value is")]
pub struct LineWeights {
    pub member: f64,
    pub other: f64,
    pub prose: f64,
    pub beside: f64,
    pub within: f64,
    pub byline: f64,
    pub told: f64,
    pub announced: f64,
    pub linked: f64,
    pub no_byline: f64,
    pub numbered: f64,
    pub no_number: f64,
    pub no_text: f64,
    pub several: f64,
    pub slight: f64,
    pub one_of_several: f64,
    pub held: f64,
    pub twin: f64,
    pub part: f64,
    pub boilerplate: f64,
}

/// See `data/weights.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is described where its value is")]
pub struct SingleWeights {
    pub bias: f64,
    pub rival: f64,
    pub speakers: f64,
    pub report: f64,
    pub telling: f64,
    pub edition: f64,
    pub opening: f64,
    pub elsewhere: f64,
    pub byline: f64,
    pub nothing: f64,
    pub parts: f64,
    pub boilerplate: f64,
    pub bylines: f64,
    pub told: f64,
    pub numbered: f64,
    pub announced: f64,
    pub linked: f64,
}

/// The shipped weights, as text.
pub const SHIPPED: &str = include_str!("../data/weights.toml");

static WEIGHTS: OnceLock<Weights> = OnceLock::new();

/// The weights in use: the shipped ones, unless others were [installed](install) before they were first asked for.
#[expect(clippy::expect_used, reason = "the shipped file parses or no test passes")]
pub fn weights() -> &'static Weights {
    WEIGHTS.get_or_init(|| toml::from_str(SHIPPED).expect("valid weights"))
}

/// Uses other weights for the rest of the process: `path` and its text.
///
/// # Errors
/// [`Error::Data`] for text that is no TOML, or where a weight is missing, unknown or no number.
pub fn install(path: &str, text: &str) -> Result<(), Error> {
    let weights = toml::from_str(text).map_err(|e| Error::data(path, text, e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
    // Whoever asked before was given others, and they stay.
    let _ = WEIGHTS.set(weights);
    Ok(())
}

/// A text of weights with those of mentions put in the place of its own, rounded to hundredths; its comments stay.
///
/// # Errors
/// [`Error::Data`] for text that is no TOML.
pub fn rewritten(path: &str, text: &str, mentions: &FeatureWeights) -> Result<String, Error> {
    let failed = |e: toml_edit::TomlError| Error::data(path, text, e.span().map_or(0, |s| s.start), e.message().to_owned());
    let mut file: toml_edit::DocumentMut = text.parse().map_err(failed)?;
    for feature in Feature::ALL {
        let value = &mut file["mentions"][feature.name()];
        let decor = value.as_value().map(|v| v.decor().clone()).unwrap_or_default();
        let mut weight = toml_edit::Value::from((mentions[feature] * 100.0).round() / 100.0);
        *weight.decor_mut() = decor;
        *value = toml_edit::Item::Value(weight);
    }
    Ok(file.to_string())
}

//! Weights of the features, estimated from labels.
//!
//! In: labelled reports and weights to start from. Out: new weights. Logistic regression with a normal prior
//! around the weights in use, found one coordinate at a time by Newton steps (Genkin, Lewis and Madigan 2007, "Large-scale
//! Bayesian logistic regression for text categorization"). The hard decision is the prior: labels are few and features many,
//! so what the labels say little about stays what it was.

use super::gold::Gold;
use super::score::{Scored, Verdict, score};
use crate::detect::Options;
use crate::detect::trial::{self, Trial};
use crate::feature::{Feature, FeatureWeights};
use crate::gazetteer::Gazetteer;
use crate::mention::Decision;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// How far weights may go from what they were: the standard deviation of the prior, in log-odds.
pub const SPREAD: f64 = 0.3;

/// What a sentence of the gazetteer counts beside a decision in a report: they are many, and plainer than reports are.
const SENTENCE: f64 = 0.1;

/// Turns of deciding and estimating.
const ROUNDS: usize = 3;

/// Passes over all weights at most.
const PASSES: usize = 200;

/// The largest step of a weight in one pass.
const STEP: f64 = 1.0;

/// A decision as the regression sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its features, and how often each counts.
    features: Vec<(Feature, f64)>,
    right: bool,
    /// How many it counts for.
    weight: f64,
}

impl Example {
    /// Whether it has a feature.
    pub fn has(&self, feature: Feature) -> bool {
        self.features.iter().any(|(f, _)| *f == feature)
    }

    fn of(decision: &Decision, right: bool) -> Self {
        Self { features: decision.evidence.iter().map(|e| (e.feature, e.times)).collect(), right, weight: 1.0 }
    }
}

/// Weights estimated from labels, and what they were estimated from.
#[derive(Debug)]
pub struct Tuned {
    /// The weights.
    pub weights: FeatureWeights,
    /// The decisions as they are under the prior's weights.
    pub before: Vec<Example>,
    /// The decisions as they are under the new ones.
    pub after: Vec<Example>,
}

/// Estimates weights. What is decided first helps what is decided next, so decisions and weights are made in turns.
pub fn tune(gold: &[Gold], gazetteer: &Gazetteer, prior: &FeatureWeights, spread: f64) -> Tuned {
    let before = examples(gold, gazetteer, prior);
    let (mut weights, mut after) = (prior.clone(), before.clone());
    for _ in 0..ROUNDS {
        weights = fit(&after, prior, spread);
        after = examples(gold, gazetteer, &weights);
    }
    Tuned { weights, before, after }
}

/// The examples of labelled reports, every decision that evidence made but those that readers may disagree about, and of
/// the gazetteer's own sentences.
fn examples(gold: &[Gold], gazetteer: &Gazetteer, weights: &FeatureWeights) -> Vec<Example> {
    let options = Options { weights, ..Options::default() };
    let mut found: Vec<Example> = gold.par_iter().flat_map_iter(|gold| reported(&score(gold, gazetteer, &options))).collect();
    found.extend(trial::trials(gazetteer, &options).iter().filter_map(sentence));
    found
}

fn reported(scored: &Scored) -> Vec<Example> {
    let decided = scored.decisions.iter().filter(|(d, verdict)| d.ruling.is_none() && *verdict != Verdict::Open);
    decided.map(|(decision, verdict)| Example::of(decision, matches!(verdict, Verdict::Right(_)))).collect()
}

/// The likeliest decision of a sentence, since it says that its entity is named, not where.
fn sentence(trial: &Trial) -> Option<Example> {
    let decided = trial.decisions.iter().filter(|d| d.ruling.is_none());
    let best = decided.max_by(|a, b| a.score().total_cmp(&b.score()))?;
    Some(Example { weight: SENTENCE, ..Example::of(best, trial.wanted) })
}

/// The weights under which the labels are likeliest, given the prior.
fn fit(examples: &[Example], prior: &FeatureWeights, spread: f64) -> FeatureWeights {
    let mut weights = prior.clone();
    let mut scores: Vec<f64> = examples.iter().map(|e| e.features.iter().map(|(f, times)| weights[*f] * times).sum()).collect();
    let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); Feature::ALL.len()];
    for (index, example) in examples.iter().enumerate() {
        example.features.iter().for_each(|(feature, times)| holders[*feature as usize].push((index, *times)));
    }
    for _ in 0..PASSES {
        let mut moved = 0.0_f64;
        for feature in Feature::ALL {
            let mut slope = (weights[feature] - prior[feature]) / (spread * spread);
            let mut bend = 1.0 / (spread * spread);
            for (index, times) in &holders[feature as usize] {
                let likely = 1.0 / (1.0 + (-scores[*index]).exp());
                let example = &examples[*index];
                slope += example.weight * (likely - f64::from(u8::from(example.right))) * times;
                bend += example.weight * likely * (1.0 - likely) * times * times;
            }
            let step = (-slope / bend).clamp(-STEP, STEP);
            weights[feature] += step;
            holders[feature as usize].iter().for_each(|(index, times)| scores[*index] += step * times);
            moved = moved.max(step.abs());
        }
        if moved < 1e-4 {
            break;
        }
    }
    weights
}

/// How unlikely the labels are under weights: the mean of -ln p, in nats.
pub fn loss(examples: &[Example], weights: &FeatureWeights) -> f64 {
    let unlikely = |e: &Example| {
        let score: f64 = e.features.iter().map(|(f, times)| weights[*f] * times).sum();
        e.weight * (1.0 + (if e.right { -score } else { score }).exp()).ln()
    };
    examples.iter().map(unlikely).sum::<f64>() / examples.iter().map(|e| e.weight).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::{Example, fit, loss};
    use crate::feature::Feature;
    use crate::weights::weights;

    /// `right` examples out of `of` that have one feature only.
    fn sample(feature: Feature, right: usize, of: usize) -> Vec<Example> {
        (0..of).map(|i| Example { features: vec![(feature, 1.0)], right: i < right, weight: 1.0 }).collect()
    }

    #[test]
    fn a_weight_becomes_the_log_odds_that_it_is_right() {
        let prior = &weights().mentions;
        let fitted = fit(&sample(Feature::Cue, 900, 1000), prior, 10.0);
        assert!((fitted[Feature::Cue] - 9.0_f64.ln()).abs() < 0.01, "{}", fitted[Feature::Cue]);
    }

    #[test]
    fn what_no_example_has_stays_and_few_move_it_little() {
        let prior = &weights().mentions;
        let fitted = fit(&sample(Feature::Cue, 0, 1), prior, 0.1);
        assert!((fitted[Feature::Cue] - prior[Feature::Cue]).abs() < 0.02);
        assert!((fitted[Feature::Kin] - prior[Feature::Kin]).abs() < 1e-9);
    }

    #[test]
    fn the_labels_are_likelier_afterwards() {
        let examples = [sample(Feature::Cue, 2, 10), sample(Feature::List, 9, 10)].concat();
        let prior = &weights().mentions;
        assert!(loss(&examples, &fit(&examples, prior, 1.0)) < loss(&examples, prior));
    }
}

//! Runs the gazetteer's own `yes` and `no` sentences through the detector, so that its data tests itself.

use super::{Heed, Options, decide};
use crate::entity::Entity;
use crate::gazetteer::Gazetteer;
use crate::input::{Format, parse};
use crate::mention::Decision;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// A sentence of an entity's rule, tried.
pub struct Trial<'g> {
    /// The entity.
    pub entity: &'g Entity,
    /// The sentence.
    pub sentence: &'g str,
    /// Whether the sentence names the entity.
    pub wanted: bool,
    /// What was decided wherever the sentence spells a name of the entity.
    pub decisions: Vec<Decision>,
}

impl Trial<'_> {
    /// Whether the detector says of the sentence what the data says.
    pub fn holds(&self) -> bool {
        self.decisions.iter().any(|d| d.accepted) == self.wanted
    }
}

/// Every sentence, in the gazetteer's order, tried without a user's corrections.
pub fn trials<'g>(gazetteer: &'g Gazetteer, options: &Options) -> Vec<Trial<'g>> {
    let options = Options { corrections: Heed::Ignored, ..*options };
    let entities = gazetteer.entities();
    let sentences: Vec<(&Entity, &str, bool)> = entities
        .iter()
        .flat_map(|e| {
            let yes = e.rule.yes.iter().map(|s| (*e, s.as_str(), true));
            yes.chain(e.rule.no.iter().map(|s| (*e, s.as_str(), false)))
        })
        .collect();
    sentences
        .par_iter()
        .map(|(entity, sentence, wanted)| {
            let document = parse("sentence.md", sentence.as_bytes().to_vec(), Format::Markdown).value;
            let mut decisions = document.map(|d| decide(&d, &[], gazetteer, &options)).unwrap_or_default();
            decisions.retain(|d| d.mention.kind == entity.kind && d.mention.entity == entity.id);
            Trial { entity, sentence, wanted: *wanted, decisions }
        })
        .collect()
}

/// Every sentence that is not decided as the data says, one line each.
pub fn failures(gazetteer: &Gazetteer) -> Vec<String> {
    trials(gazetteer, &Options::default()).iter().filter(|t| !t.holds()).map(failure).collect()
}

fn failure(trial: &Trial) -> String {
    let best = trial.decisions.iter().max_by(|a, b| a.score().total_cmp(&b.score()));
    let evidence = best.map_or_else(
        || "no surface form stands in it".to_owned(),
        |d| d.evidence.iter().map(|e| format!("{:+.1} {}", e.weight, e.says())).collect::<Vec<_>>().join(", "),
    );
    let (list, mend) = if trial.wanted {
        ("yes", "add `context` words that stand in it")
    } else {
        ("no", "list the form in `ambiguous`, narrow `context`, or add an `against` phrase")
    };
    let Trial { entity, sentence, .. } = trial;
    format!("{} {}: {list} sentence \"{sentence}\": {evidence}; {mend}", entity.kind.name(), entity.id)
}

//! Runs the gazetteer's own `yes` and `no` sentences through the detector, so that its data tests itself.

use super::{Heed, Options, decide};
use crate::gazetteer::Gazetteer;
use crate::input::{Format, parse};

/// Every sentence that is not decided as the data says, one line each.
pub fn failures(gazetteer: &Gazetteer) -> Vec<String> {
    let mut failures = Vec::new();
    let options = Options { corrections: Heed::Ignored, ..Options::default() };
    for entity in gazetteer.entities() {
        let sentences = entity.rule.yes.iter().map(|s| (s, true)).chain(entity.rule.no.iter().map(|s| (s, false)));
        for (sentence, wanted) in sentences {
            let Some(document) = parse("sentence.md", sentence.clone().into_bytes(), Format::Markdown).value else { continue };
            let decisions = decide(&document, &[], gazetteer, &options);
            let named = decisions.iter().filter(|d| d.mention.kind == entity.kind && d.mention.entity == entity.id);
            let found = named.clone().any(|d| d.accepted);
            if found == wanted {
                continue;
            }
            let evidence = named.max_by(|a, b| a.score().total_cmp(&b.score())).map_or_else(
                || "no surface form stands in it".to_owned(),
                |d| d.evidence.iter().map(|e| format!("{:+.1} {}", e.weight, e.says())).collect::<Vec<_>>().join(", "),
            );
            let (list, mend) = if wanted {
                ("yes", "add `context` words that stand in it")
            } else {
                ("no", "list the form in `ambiguous`, narrow `context`, or add an `against` phrase")
            };
            failures.push(format!("{} {}: {list} sentence \"{sentence}\": {evidence}; {mend}", entity.kind.name(), entity.id));
        }
    }
    failures
}

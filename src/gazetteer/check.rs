//! What is wrong with the gazetteer's data, beyond what its parser refuses.
//!
//! In: entities. Out: one line a problem, each saying how to mend it. Runs as a test over the shipped data.

use super::Gazetteer;
use super::index::joined;
use crate::entity::{Case, Entity, EntityKind};
use crate::normalize::key;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::is_nfc;

#[derive(Deserialize)]
struct Taxonomy {
    categories: BTreeMap<String, String>,
}

/// The categories a technology may have, each with what belongs there (`data/categories.toml`).
#[expect(clippy::expect_used, reason = "the shipped file parses or no test passes")]
pub fn categories() -> BTreeMap<String, String> {
    let file = include_str!("../../data/categories.toml");
    toml::from_str::<Taxonomy>(file).expect("a valid taxonomy").categories
}

#[derive(Deserialize)]
struct DeniedNames {
    denied: Vec<Denied>,
}

/// A name that must not be added to an entity.
#[derive(Deserialize)]
struct Denied {
    surface: String,
    /// The entity's id.
    of: String,
    reason: String,
}

#[expect(clippy::expect_used, reason = "the shipped file parses or no test passes")]
fn denied() -> Vec<Denied> {
    toml::from_str::<DeniedNames>(include_str!("../../data/denied.toml")).expect("a valid list").denied
}

/// Everyday words (`data/everyday.toml`).
struct Everyday {
    /// Those that technologies are called.
    names: BTreeSet<String>,
    /// Those that any text may hold.
    plain: BTreeSet<String>,
}

#[expect(clippy::expect_used, reason = "the shipped file parses or no test passes")]
fn everyday() -> Everyday {
    let file = include_str!("../../data/everyday.toml");
    let mut words: BTreeMap<String, Vec<String>> = toml::from_str(file).expect("valid lists of words");
    let plain = words.remove("plain").unwrap_or_default();
    let keys = |words: Vec<String>| words.iter().map(|word| key(word)).collect();
    Everyday { plain: keys(plain), names: keys(words.into_values().flatten().collect()) }
}

/// Every problem, in the order of the entities.
pub fn problems(gazetteer: &Gazetteer) -> Vec<String> {
    let (categories, everyday) = (categories(), everyday());
    let mut problems = Vec::new();
    let mut owners: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
    for entity in gazetteer.entities() {
        let say = |problem: String| format!("{} {}: {problem}", entity.kind.name(), entity.id);
        problems.extend(entry(entity, &categories, &everyday).into_iter().map(say));
        if let Some(owner) = &entity.owner
            && gazetteer.get(EntityKind::Company, owner).is_none()
        {
            problems.push(say(format!("its owner `{owner}` is no company: add one, or name another")));
        }
        for surface in &entity.surfaces {
            // Hangul and Katakana names are also found without their spaces.
            let spelt = key(&surface.text);
            for form in joined(&spelt).into_iter().chain([spelt]) {
                let named = owners.entry(form).or_default();
                if !named.iter().any(|other| std::ptr::eq(*other, entity)) {
                    named.push(entity);
                }
            }
        }
    }
    for denied in denied() {
        let named = gazetteer
            .entities()
            .into_iter()
            .filter(|e| e.id.as_str() == denied.of && e.surfaces.iter().any(|s| s.text == denied.surface && !s.ambiguous));
        problems.extend(named.map(|e| {
            format!("{} {}: `{}` must not be one of its names unless ambiguous: {}", e.kind.name(), e.id, denied.surface, denied.reason)
        }));
    }
    problems.extend(owners.iter().filter_map(|(form, named)| collision(form, named)));
    problems
}

/// What is wrong with an entity's category, if anything.
pub(super) fn category(entity: &Entity, categories: &BTreeMap<String, String>) -> Option<String> {
    let category = entity.category.as_deref().unwrap_or("");
    (entity.kind == EntityKind::Technology && !categories.contains_key(category))
        .then(|| format!("its category `{category}` is unknown; `techgraph gazetteer stats` lists those there are"))
}

fn entry(entity: &Entity, categories: &BTreeMap<String, String>, everyday: &Everyday) -> Vec<String> {
    let mut problems = Vec::new();
    problems.extend(category(entity, categories));
    if entity.sources.is_empty() && entity.kind != EntityKind::Event {
        problems.push("it has no `sources`: say where the fact is from, `curated` if from your own knowledge".into());
    }
    if entity.kind == EntityKind::Technology && entity.homepage.is_none() && !entity.in_house {
        problems.push("it has no `homepage` and no `repository`".into());
    }
    let ambiguous = entity.surfaces.iter().any(|s| s.ambiguous);
    if ambiguous && (entity.rule.yes.is_empty() || entity.rule.no.is_empty()) {
        problems.push("it has ambiguous names: write at least one `yes` and one `no` sentence".into());
    }
    if entity.kind == EntityKind::Technology {
        let plain = entity.rule.context.iter().filter(|word| everyday.plain.contains(&key(word)));
        problems.extend(plain.map(|word| format!("its context word `{word}` stands in any text: give a word of its field")));
    }
    for surface in &entity.surfaces {
        let text = &surface.text;
        if !is_nfc(text) || text.trim() != text || text.contains("  ") {
            problems.push(format!("`{text}` is not in NFC or has stray spaces"));
        }
        let everywhere = surface.case == Case::Any && !surface.ambiguous && entity.kind == EntityKind::Technology;
        if everywhere && everyday.names.contains(&key(text)) {
            problems.push(format!("`{text}` is an everyday word: list it in `ambiguous`, or in `initial` or `exact`"));
        }
        let letters = key(text).chars().filter(|c| c.is_alphanumeric()).count();
        if letters == 1 && !surface.ambiguous && !text.chars().any(|c| "+#.".contains(c)) {
            problems.push(format!("`{text}` is one letter: list it in `ambiguous`"));
        }
    }
    problems
}

/// A name that entities share must be called ambiguous by all of them, except that of a company and its product.
fn collision(form: &str, named: &[&Entity]) -> Option<String> {
    let spelt = |text: &str| key(text) == form || joined(&key(text)).is_some_and(|joined| joined == form);
    let plain: Vec<&&Entity> = named.iter().filter(|e| e.surfaces.iter().any(|s| spelt(&s.text) && !s.ambiguous)).collect();
    let kinds = |kind| named.iter().filter(|e| e.kind == kind).count();
    let allowed =
        named.len() < 2 || plain.is_empty() || kinds(EntityKind::Event) > 0 || (kinds(EntityKind::Company) == 1 && named.len() == 2);
    let who = || named.iter().map(|e| format!("{} {}", e.kind.name(), e.id)).collect::<Vec<_>>().join(", ");
    (!allowed).then(|| format!("`{form}` names {}: list it in `ambiguous` of each, with context, or keep it with one", who()))
}

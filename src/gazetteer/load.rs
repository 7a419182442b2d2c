//! Reads the gazetteer's data files.
//!
//! In: TOML texts with their paths. Out: entities sorted by kind and id.
//! An error tells file, line and column.

use crate::entity::{Case, ContextRule, Entity, EntityId, EntityKind, Surface};
use crate::error::Error;
use crate::normalize::key;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Deserialize;
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::Path;
use toml::Spanned;

/// The text of one data file.
///
/// # Errors
/// [`Error::Read`] if it cannot be read.
pub fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The data files of a folder like `data/`: path and text, sorted by path.
///
/// # Errors
/// [`Error::Read`] for what cannot be read.
pub fn folder(root: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::new();
    for part in ["technologies", "companies"] {
        let place = root.join(part);
        let failed = |source| Error::Read { path: place.clone(), source };
        for entry in std::fs::read_dir(&place).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                files.push((path.display().to_string(), text(&path)?));
            }
        }
    }
    for single in ["concepts.toml", "events.toml"] {
        let path = root.join(single);
        files.push((path.display().to_string(), text(&path)?));
    }
    files.sort_unstable();
    Ok(files)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    technology: Vec<Block>,
    #[serde(default)]
    concept: Vec<Block>,
    #[serde(default)]
    company: Vec<Block>,
    #[serde(default)]
    event: Vec<Block>,
    /// Of an overlay: entities that shall not count, as `kind:id`.
    #[serde(default)]
    silence: Vec<Spanned<String>>,
    /// Of an overlay: what the user has ruled of names.
    #[serde(default)]
    correct: Vec<Spanned<Correct>>,
}

/// A correction as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    /// How the name is written.
    pub(crate) surface: Option<String>,
    /// What it would be taken for.
    pub(crate) entity: Option<Spanned<String>>,
    /// A glob over paths.
    pub(crate) document: Option<Spanned<String>>,
    /// From 1.
    pub(crate) line: Option<Spanned<NonZeroUsize>>,
    /// What it is instead; it is nothing without.
    pub(crate) to: Option<Spanned<String>>,
    /// Why.
    pub(crate) note: Option<String>,
}

/// An entity with the byte where its id stands.
type Placed = (usize, Entity);

/// A user's own data file: entities to add or to put in the place of shipped ones, entities to silence, and corrections.
pub(crate) struct Overlay {
    /// In the order of the file.
    pub(crate) entities: Vec<Placed>,
    /// Kind, id, and the byte where it stands.
    pub(crate) silence: Vec<(EntityKind, EntityId, usize)>,
    /// In the order of the file.
    pub(crate) correct: Vec<Spanned<Correct>>,
}

/// Reads a user's own data file.
///
/// # Errors
/// [`Error::Data`] for text that is no TOML, an unknown field, an id that stands twice, or a `silence` that is no `kind:id`.
pub(crate) fn overlay(path: &str, text: &str) -> Result<Overlay, Error> {
    let mut file = File::parse(path, text)?;
    let entities = file.take_entities();
    let mut seen = HashSet::new();
    for (offset, entity) in &entities {
        if !seen.insert((entity.kind, entity.id.clone())) {
            return Err(Error::data(path, text, *offset, format!("the {} `{}` stands twice", entity.kind.name(), entity.id)));
        }
    }
    let mut silence = Vec::new();
    for name in file.silence {
        let offset = name.span().start;
        let parts = name.as_ref().split_once(':');
        let kind = parts.and_then(|(kind, _)| EntityKind::ALL.into_iter().find(|k| k.name() == kind));
        let (Some(kind), Some((_, id))) = (kind, parts) else {
            let message = format!("`{}` is no `kind:id`, such as `technology:go`", name.as_ref());
            return Err(Error::data(path, text, offset, message));
        };
        silence.push((kind, EntityId::new(id), offset));
    }
    Ok(Overlay { entities, silence, correct: file.correct })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    id: Spanned<String>,
    name: String,
    /// Of a technology or concept.
    category: Option<String>,
    /// Of a company.
    kind: Option<String>,
    owner: Option<String>,
    parent: Option<String>,
    /// The year in which a company came under its parent.
    since: Option<i16>,
    host: Option<String>,
    #[serde(rename = "country")]
    _country: Option<String>,
    homepage: Option<String>,
    repository: Option<String>,
    edition: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    initial: Vec<String>,
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default)]
    in_house: bool,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    was: Vec<String>,
}

/// Parses data files into entities sorted by kind and id.
///
/// # Errors
/// [`Error::Data`] for text that is no TOML, a field that is unknown or of another type, or an id that stands twice.
pub fn entities(files: &[(&str, &str)]) -> Result<Vec<Entity>, Error> {
    let parsed: Vec<Vec<Placed>> =
        files.par_iter().map(|(path, text)| File::parse(path, text).map(|mut file| file.take_entities())).collect::<Result<_, _>>()?;
    let mut entities = Vec::new();
    let mut seen = HashSet::new();
    for ((path, text), blocks) in files.iter().zip(parsed) {
        for (offset, entity) in blocks {
            if !seen.insert((entity.kind, entity.id.clone())) {
                return Err(Error::data(path, text, offset, format!("the {} `{}` stands twice", entity.kind.name(), entity.id)));
            }
            entities.push(entity);
        }
    }
    entities.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Ok(entities)
}

impl File {
    fn parse(path: &str, text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|e| Error::data(path, text, e.span().map_or(0, |s| s.start), e.message().to_owned()))
    }

    /// The entities, each with the byte where its id stands.
    fn take_entities(&mut self) -> Vec<Placed> {
        let kinds = [
            (EntityKind::Technology, &mut self.technology),
            (EntityKind::Concept, &mut self.concept),
            (EntityKind::Company, &mut self.company),
            (EntityKind::Event, &mut self.event),
        ];
        let blocks = kinds.into_iter().flat_map(|(kind, blocks)| std::mem::take(blocks).into_iter().map(move |b| (kind, b)));
        blocks.map(|(kind, b)| (b.id.span().start, entity(kind, b))).collect()
    }
}

fn entity(kind: EntityKind, block: Block) -> Entity {
    let holds = |list: &[String], form: &str| list.iter().any(|other| other == form || other.to_lowercase() == form.to_lowercase());
    let mut forms = vec![&block.name];
    forms.extend(block.aliases.iter().chain(&block.exact).chain(&block.initial).chain(&block.ambiguous));
    let mut surfaces: Vec<Surface> = Vec::with_capacity(forms.len());
    for form in forms {
        let case = if block.exact.contains(form) {
            Case::Exact
        } else if holds(&block.initial, form) {
            Case::Initial
        } else {
            Case::Any
        };
        let surface = Surface { text: form.clone(), case, ambiguous: holds(&block.ambiguous, form) };
        // One form a spelling; those that count in one letter case only stand beside each other.
        let known = surfaces
            .iter()
            .any(|s| s.text == *form || (s.case == case && s.case != Case::Exact && s.text.to_lowercase() == form.to_lowercase()));
        if !known {
            surfaces.push(surface);
        }
    }
    Entity {
        id: EntityId::new(block.id.into_inner()),
        kind,
        name: block.name,
        category: block.category.or(block.kind),
        owner: block.owner.or(block.parent).or(block.host).map(EntityId::new),
        owner_since: block.since,
        homepage: block.homepage.or(block.repository),
        edition: block.edition,
        surfaces,
        rule: ContextRule { context: folded(&block.context), against: folded(&block.against), yes: block.yes, no: block.no },
        in_house: block.in_house,
        sources: block.sources,
        was: block.was.into_iter().map(EntityId::new).collect(),
    }
}

/// Context words and phrases are compared folded.
fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|w| key(w)).collect()
}

//! `techgraph gazetteer`: what there is to be named, how it is written, and whether the data is in order.

use super::own_data::{Entry, OwnData};
use super::report::{output, visible};
use anyhow::bail;
use clap::Subcommand;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::detect::trial;
use techgraph::entity::{Case, Entity, EntityKind, Surface, slug};
use techgraph::gazetteer::{Gazetteer, check, load};
use techgraph::normalize::{is_hangul, is_katakana};

/// Look into the gazetteer: what there is to be named
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the entities: kind, id, name, category
    List {
        /// Only of this kind: technology, concept, company, event
        #[arg(long, value_parser = kind)]
        kind: Option<EntityKind>,
    },
    /// Say what a name may stand for, how that is written, and what decides it
    Explain {
        /// A name in any spelling, or an id
        name: String,
    },
    /// Count entities and names, and list the categories
    Stats,
    /// Print every surface form, one a line
    Surfaces,
    /// Print every entity as JSON
    Export,
    /// Add an entity to a data file of your own
    Add(Add),
    /// Check the data: ids, names that collide, owners, the yes and no sentences
    Check {
        /// A folder of data files; the gazetteer in use without it
        folder: Option<PathBuf>,
        /// Only problems whose line holds this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
}

/// What to add.
#[derive(Debug, clap::Args)]
struct Add {
    /// Canonical name
    name: String,
    /// technology, concept, company or event
    #[arg(long, default_value = "technology", value_parser = kind)]
    kind: EntityKind,
    /// A technology's category; `stats` lists them
    #[arg(long)]
    category: Option<String>,
    /// Another way to write it; may be repeated
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
    /// The id of the company that owns it
    #[arg(long)]
    owner: Option<String>,
    /// It is internal to one company
    #[arg(long)]
    in_house: bool,
    /// The data file [default: the techgraph.toml of this folder or above]
    #[arg(long)]
    file: Option<PathBuf>,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, own: &OwnData) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(output());
    let mut code = ExitCode::SUCCESS;
    match &args.command {
        Command::List { kind } => {
            for entity in gazetteer.entities().into_iter().filter(|e| kind.is_none_or(|k| e.kind == k)) {
                writeln!(out, "{}\t{}\t{}\t{}", entity.kind.name(), entity.id, entity.name, entity.category.as_deref().unwrap_or(""))?;
            }
        }
        Command::Explain { name } => {
            let found = gazetteer.named(name);
            for entity in &found {
                explained(entity, gazetteer).lines().try_for_each(|line| writeln!(out, "{}", visible(line)))?;
            }
            if found.is_empty() {
                bail!("nothing is called `{}`; `techgraph gazetteer surfaces` lists every name", visible(name));
            }
        }
        Command::Stats => out.write_all(stats(gazetteer).as_bytes())?,
        Command::Surfaces => {
            let entities = gazetteer.entities();
            let surfaces: BTreeSet<&str> = entities.iter().flat_map(|e| &e.surfaces).map(|s| s.text.as_str()).collect();
            for surface in surfaces {
                writeln!(out, "{surface}")?;
            }
        }
        Command::Export => {
            serde_json::to_writer_pretty(&mut out, &gazetteer.entities())?;
            writeln!(out)?;
        }
        Command::Add(add) => writeln!(out, "{}", add.run(gazetteer, own)?)?,
        Command::Check { folder, only } => {
            let folder = folder.as_ref().map(|folder| from_folder(folder)).transpose()?;
            let gazetteer = folder.as_ref().unwrap_or(gazetteer);
            let mut problems = check::problems(gazetteer);
            problems.extend(trial::failures(gazetteer));
            problems.retain(|p| only.as_ref().is_none_or(|text| p.contains(text.as_str())));
            for problem in &problems {
                writeln!(out, "{}", visible(problem))?;
            }
            writeln!(out, "{} problems in {} entities", problems.len(), gazetteer.len())?;
            code = ExitCode::from(u8::from(!problems.is_empty()));
        }
    }
    out.flush()?;
    Ok(code)
}

fn kind(name: &str) -> Result<EntityKind, String> {
    let known = EntityKind::ALL.into_iter().find(|k| k.name() == name);
    known.ok_or_else(|| format!("no kind of entity; give one of {}", EntityKind::ALL.map(EntityKind::name).join(", ")))
}

/// The gazetteer of a folder like `data/`.
fn from_folder(folder: &std::path::Path) -> anyhow::Result<Gazetteer> {
    let files = load::folder(folder)?;
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    Ok(Gazetteer::from_files(&borrowed)?)
}

impl Add {
    fn run(&self, gazetteer: &Gazetteer, own: &OwnData) -> anyhow::Result<String> {
        if let Some(known) = gazetteer.named(&self.name).into_iter().find(|e| e.kind == self.kind) {
            bail!("`{}` is a name of the {} `{}` already; `techgraph gazetteer explain` shows it", self.name, self.kind.name(), known.id);
        }
        let category = self.category.clone().or((self.kind == EntityKind::Technology).then(|| "platform".to_owned()));
        let entry = Entry::new(self.kind.name())
            .with("id", Some(slug(&self.name)))
            .with("name", Some(self.name.clone()))
            .with("category", category)
            .with("owner", self.owner.clone())
            .with("aliases", Some(self.alias.clone()))
            .with("in_house", Some(self.in_house));
        own.add(&own.target(self.file.as_deref()), &[entry])
    }
}

fn stats(gazetteer: &Gazetteer) -> String {
    let entities = gazetteer.entities();
    let mut out = String::new();
    let mut row = |what: &str, count: usize| {
        let _ = writeln!(out, "{count:>7}  {what}");
    };
    let of = |kind: EntityKind| entities.iter().filter(move |e| e.kind == kind);
    let written =
        |kind: EntityKind, holds: fn(char) -> bool| of(kind).filter(|e| e.surfaces.iter().any(|s| s.text.chars().any(holds))).count();
    for (kind, plural) in [
        (EntityKind::Technology, "technologies"),
        (EntityKind::Concept, "concepts"),
        (EntityKind::Company, "companies and organisations"),
        (EntityKind::Event, "series of events"),
    ] {
        row(plural, of(kind).count());
        row("  with a Hangul name", written(kind, is_hangul));
        row("  with a Katakana name", written(kind, is_katakana));
    }
    let surfaces: Vec<&Surface> = entities.iter().flat_map(|e| &e.surfaces).collect();
    row("surface forms", surfaces.len());
    row("  that count only where the context speaks for them", surfaces.iter().filter(|s| s.ambiguous).count());
    row("yes and no sentences", entities.iter().map(|e| e.rule.yes.len() + e.rule.no.len()).sum());
    let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
    of(EntityKind::Technology).for_each(|e| *categories.entry(e.category.as_deref().unwrap_or("")).or_default() += 1);
    out.push_str("\nTechnologies by category:\n");
    for (category, what) in check::categories() {
        let _ = writeln!(out, "{:>7}  {category}: {what}", categories.get(category.as_str()).copied().unwrap_or(0));
    }
    out
}

fn explained(entity: &Entity, gazetteer: &Gazetteer) -> String {
    let mut out = format!("{} {} ({})\n", entity.kind.name(), entity.id, entity.name);
    let owner = entity.owner.as_ref().map(|id| gazetteer.get(EntityKind::Company, id).map_or(id.to_string(), |e| e.name.clone()));
    let owner = owner.map(|name| entity.owner_since.map_or(name.clone(), |year| format!("{name}, since {year}")));
    let facts = [("category", entity.category.clone()), ("owner", owner), ("homepage", entity.homepage.clone())];
    for (what, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(out, "  {what}: {value}");
        }
    }
    let named = |wanted: &dyn Fn(&Surface) -> bool| {
        let forms = entity.surfaces.iter().filter(|s| wanted(s)).map(|s| s.text.as_str());
        forms.collect::<Vec<_>>().join(", ")
    };
    let lists = [
        ("always", named(&|s| !s.ambiguous && s.case == Case::Any)),
        ("in this letter case", named(&|s| !s.ambiguous && s.case == Case::Exact)),
        ("capitalised, else by context", named(&|s| !s.ambiguous && s.case == Case::Initial)),
        ("by context", named(&|s| s.ambiguous)),
        ("context words", entity.rule.context.join(", ")),
        ("never in", entity.rule.against.join(" | ")),
        ("sources", entity.sources.join(", ")),
    ];
    for (what, names) in lists {
        if !names.is_empty() {
            let _ = writeln!(out, "  {what}: {names}");
        }
    }
    for (what, sentences) in [("yes", &entity.rule.yes), ("no", &entity.rule.no)] {
        for sentence in sentences {
            let _ = writeln!(out, "  {what}: {sentence}");
        }
    }
    out
}

//! `techgraph gazetteer`: what there is to be named, how it is written, and whether the data is in order.

use super::report::visible;
use anyhow::bail;
use clap::Subcommand;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use techgraph::detect::trial;
use techgraph::entity::{Case, Entity, EntityKind};
use techgraph::gazetteer::{Gazetteer, check, load};

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
        #[arg(long)]
        kind: Option<String>,
    },
    /// Say what a name may stand for, how that is written, and what decides it
    Explain {
        /// A name in any spelling, or an id
        name: String,
    },
    /// Print every surface form, one a line
    Surfaces,
    /// Check the data: ids, names that collide, owners, the yes and no sentences
    Check {
        /// A folder of data files; the shipped ones without it
        folder: Option<PathBuf>,
        /// Only problems whose line holds this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let code = match &args.command {
        Command::List { kind } => {
            let kinds = ["technology", "concept", "company", "event"];
            if let Some(kind) = kind.as_ref().filter(|k| !kinds.contains(&k.as_str())) {
                bail!("`{kind}` is no kind of entity; give one of {}", kinds.join(", "));
            }
            let gazetteer = Gazetteer::shipped()?;
            for entity in gazetteer.entities().iter().filter(|e| kind.as_ref().is_none_or(|k| e.kind.name() == k)) {
                writeln!(out, "{}\t{}\t{}\t{}", entity.kind.name(), entity.id, entity.name, entity.category.as_deref().unwrap_or(""))?;
            }
            ExitCode::SUCCESS
        }
        Command::Explain { name } => {
            let gazetteer = Gazetteer::shipped()?;
            let found: Vec<&Entity> = gazetteer.named(name).collect();
            for entity in &found {
                out.write_all(explained(entity, &gazetteer).as_bytes())?;
            }
            if found.is_empty() {
                bail!("nothing is called `{}`; `techgraph gazetteer surfaces` lists every name", visible(name));
            }
            ExitCode::SUCCESS
        }
        Command::Surfaces => {
            let gazetteer = Gazetteer::shipped()?;
            let surfaces: BTreeSet<&str> = gazetteer.entities().iter().flat_map(|e| &e.surfaces).map(|s| s.text.as_str()).collect();
            for surface in surfaces {
                writeln!(out, "{surface}")?;
            }
            ExitCode::SUCCESS
        }
        Command::Check { folder, only } => {
            let gazetteer = match folder {
                Some(folder) => from_folder(folder)?,
                None => Gazetteer::shipped()?,
            };
            let mut problems = check::problems(&gazetteer);
            problems.extend(trial::failures(&gazetteer));
            problems.retain(|p| only.as_ref().is_none_or(|text| p.contains(text.as_str())));
            for problem in &problems {
                writeln!(out, "{}", visible(problem))?;
            }
            writeln!(out, "{} problems in {} entities", problems.len(), gazetteer.entities().len())?;
            ExitCode::from(u8::from(!problems.is_empty()))
        }
    };
    out.flush()?;
    Ok(code)
}

/// The gazetteer of a folder like `data/`.
fn from_folder(folder: &Path) -> anyhow::Result<Gazetteer> {
    let files = load::folder(folder)?;
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    Ok(Gazetteer::from_files(&borrowed)?)
}

fn explained(entity: &Entity, gazetteer: &Gazetteer) -> String {
    let mut out = format!("{} {} ({})\n", entity.kind.name(), entity.id, entity.name);
    let owner = entity.owner.as_ref().map(|id| gazetteer.get(EntityKind::Company, id).map_or(id.to_string(), |e| e.name.clone()));
    let facts = [("category", entity.category.clone()), ("owner", owner), ("homepage", entity.homepage.clone())];
    for (what, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(out, "  {what}: {value}");
        }
    }
    let named = |wanted: &dyn Fn(&techgraph::entity::Surface) -> bool| {
        entity.surfaces.iter().filter(|s| wanted(s)).map(|s| s.text.as_str()).collect::<Vec<_>>().join(", ")
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

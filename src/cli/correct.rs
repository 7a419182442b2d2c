//! `techgraph correct`: rules on a name once, for every later run.

use super::own_data::{Entry, OwnData};
use super::report::output;
use anyhow::anyhow;
use clap::ArgGroup;
use std::io::Write;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::entity::Entity;
use techgraph::gazetteer::Gazetteer;

/// Rule on a name once, for every later run: it is nothing, or something else
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("name").required(true).multiple(true).args(["surface", "entity"])))]
#[command(group(ArgGroup::new("ruling").required(true).args(["reject", "to"])))]
#[command(after_help = "Examples:
  techgraph correct --surface Bean --reject                           it is never a name
  techgraph correct --surface Bean --entity technology:java-bean --reject
                                                                      it is not this one
  techgraph correct --surface Bean --to company:bean-inc              it always is this one
  techgraph correct --surface 고 --document '2019/*.md' --line 12 --to technology:go
  techgraph correct --entity technology:chef --document menu.md --reject
Of corrections about one place the most specific counts. `techgraph mentions --explain` says where
one was followed, and -v which were not. To take one back, delete it from the file.")]
pub(super) struct Args {
    /// The name as reports write it; letter case, width and hyphens make no difference
    #[arg(long, value_name = "TEXT")]
    surface: Option<String>,
    /// What it would be taken for: an id, such as technology:go, or a name
    #[arg(long, value_name = "ID")]
    entity: Option<String>,
    /// Only in these reports: a path or the end of one; * stands for anything but /, ** for anything
    #[arg(long, value_name = "GLOB")]
    document: Option<String>,
    /// Only on this line of the report
    #[arg(long, requires = "document", value_name = "N")]
    line: Option<NonZeroU32>,
    /// It is nothing; with --entity, not that, though perhaps something else of the same name
    #[arg(long)]
    reject: bool,
    /// It is this: likewise
    #[arg(long, value_name = "ID")]
    to: Option<String>,
    /// Why; `--explain` shows it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The data file [default: the techgraph.toml of this folder or above]
    #[arg(long)]
    file: Option<PathBuf>,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, own: &OwnData) -> anyhow::Result<ExitCode> {
    let entry = entry(args, resolved(args.entity.as_deref(), gazetteer)?, resolved(args.to.as_deref(), gazetteer)?);
    let done = own.add(&own.target(args.file.as_deref()), &[entry])?;
    let mut out = output();
    out.write_all(done.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The entity of an id, or of a name that is one thing's only.
fn resolved<'g>(written: Option<&str>, gazetteer: &'g Gazetteer) -> anyhow::Result<Option<&'g Entity>> {
    let Some(written) = written else { return Ok(None) };
    let by_name = |why: String| match gazetteer.named(written).as_slice() {
        [one] => Ok(*one),
        _ => Err(anyhow!(why)),
    };
    gazetteer.resolve(written).or_else(by_name).map(Some)
}

fn entry(args: &Args, entity: Option<&Entity>, to: Option<&Entity>) -> Entry {
    let id = |entity: &Entity| format!("{}:{}", entity.kind.name(), entity.id);
    Entry::new("correct")
        .with("surface", args.surface.clone())
        .with("entity", entity.map(id))
        .with("document", args.document.clone())
        .with("line", args.line.map(NonZeroU32::get))
        .with("to", to.map(id))
        .with("note", args.note.clone())
}

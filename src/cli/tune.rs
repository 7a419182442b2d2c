//! `techgraph tune`: what each piece of evidence weighs, estimated from labelled reports.

use super::Weighing;
use super::report::Reporter;
use anyhow::Context;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::evaluation::score::score;
use techgraph::evaluation::{gold, tune};
use techgraph::export::target::WholeFile;
use techgraph::feature::Feature;
use techgraph::gazetteer::Gazetteer;
use techgraph::weights::{rewritten, weights};

/// Estimate what each piece of evidence weighs from labelled reports
#[derive(Debug, clap::Args)]
#[command(after_help = "Labels are what `eval` reads. What is decided first helps what is decided next, so run it again with\n\
    --weights on what it wrote until the weights stay.")]
pub(super) struct Args {
    /// Labelled reports: files, or folders that are read recursively
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Write the weights to a file, for --weights
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How far a weight may go from what it was: the standard deviation of the prior, in log-odds
    #[arg(long, value_name = "X", default_value_t = tune::SPREAD)]
    spread: f64,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, reporter: &Reporter, weighing: Option<Weighing>) -> anyhow::Result<ExitCode> {
    if !(args.spread.is_finite() && args.spread > 0.0) {
        anyhow::bail!("--spread must be above 0");
    }
    let gold = gold::read(&args.gold)?;
    let mut examples: Vec<tune::Example> = gold.iter().flat_map(|g| tune::examples(&score(g, gazetteer))).collect();
    if examples.is_empty() {
        anyhow::bail!("there is nothing to learn from: no labelled report, or no name in any");
    }
    examples.extend(tune::sentences(gazetteer));
    let old = &weights().mentions;
    let new = tune::fit(&examples, old, args.spread);
    let mut out = format!("{:<18} {:>7} {:>7} {:>8}\n", "", "was", "is", "examples");
    for feature in Feature::ALL {
        let count = examples.iter().filter(|e| e.has(feature)).count();
        let _ = writeln!(out, "{:<18} {:>+7.2} {:>+7.2} {count:>8}  {}", feature.name(), old[feature], new[feature], feature.says());
    }
    let (before, after) = (tune::loss(&examples, old), tune::loss(&examples, &new));
    let _ = writeln!(out, "\n{} examples; loss {before:.4} before, {after:.4} after", examples.len());
    std::io::stdout().lock().write_all(out.as_bytes())?;
    if let Some(path) = &args.output {
        let base = weighing.unwrap_or_else(Weighing::shipped);
        let mut file = WholeFile::create(path)?;
        file.write_all(rewritten(&base.path, &base.text, &new)?.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
        file.finish()?;
        reporter.note(&format!("wrote {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

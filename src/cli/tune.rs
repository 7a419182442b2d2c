//! `techgraph tune`: what each piece of evidence weighs, estimated from labelled reports.

use super::Weighing;
use super::report::Reporter;
use anyhow::Context;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::evaluation::gold;
use techgraph::evaluation::tune::{SPREAD, Tuned, loss, tune};
use techgraph::export::target::WholeFile;
use techgraph::feature::Feature;
use techgraph::gazetteer::Gazetteer;
use techgraph::weights::{rewritten, weights};

/// Estimate what each piece of evidence weighs from labelled reports
#[derive(Debug, clap::Args)]
#[command(after_help = "Labels are what `eval` reads. The sentences of the gazetteer count as well, a tenth each. `--weights FILE`\n\
    decides with what was written.")]
pub(super) struct Args {
    /// Labelled reports: files, or folders that are read recursively
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Write the weights to a file, for --weights
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How far a weight may go from what it was: the standard deviation of the prior, in log-odds
    #[arg(long, value_name = "X", default_value_t = SPREAD)]
    spread: f64,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, reporter: &Reporter, weighing: Option<Weighing>) -> anyhow::Result<ExitCode> {
    if !(args.spread.is_finite() && args.spread > 0.0) {
        anyhow::bail!("--spread must be above 0");
    }
    let gold = gold::read(&args.gold)?;
    if gold.is_empty() {
        anyhow::bail!("there is no labelled report: beside NAME.md must stand NAME.tsv");
    }
    let old = &weights().mentions;
    let Tuned { weights: new, before, after } = tune(&gold, gazetteer, old, args.spread);
    let mut out = format!("{:<18} {:>7} {:>7} {:>8}\n", "", "was", "is", "examples");
    for feature in Feature::ALL {
        let count = after.iter().filter(|e| e.has(feature)).count();
        let _ = writeln!(out, "{:<18} {:>+7.2} {:>+7.2} {count:>8}  {}", feature.name(), old[feature], new[feature], feature.says());
    }
    let (was, is) = (loss(&before, old), loss(&after, &new));
    let _ = writeln!(out, "\n{} examples; loss {was:.4} before, {is:.4} after", after.len());
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

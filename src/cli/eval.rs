//! `techgraph eval`: how well the names of labelled reports are decided.

use super::report::{Reporter, visible};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::detect::Options;
use techgraph::entity::EntityKind;
use techgraph::evaluation::gold::{self, Gold};
use techgraph::evaluation::reliability::Reliability;
use techgraph::evaluation::score::{Scored, Tally, Verdict, score};
use techgraph::gazetteer::Gazetteer;
use techgraph::language::script::language;

/// Say how well names are decided: hold labelled reports against what is found in them
#[derive(Debug, clap::Args)]
#[command(after_help = "Beside each report NAME.md stands NAME.tsv with a name in each row, tabs between:\n\
    line, surface, which occurrence of it in the line, kind (technology, in-house, company, optional), canonical name.")]
pub(super) struct Args {
    /// Labelled reports: files, or folders that are read recursively
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Leave the misses and extras out
    #[arg(long)]
    brief: bool,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, reporter: &Reporter) -> anyhow::Result<ExitCode> {
    let gold = gold::read(&args.gold)?;
    if gold.is_empty() {
        anyhow::bail!("there is no labelled report: beside NAME.md must stand NAME.tsv");
    }
    let scored: Vec<Scored> = gold.iter().map(|g| score(g, gazetteer, &Options::default())).collect();
    let mut out = String::new();
    if !args.brief {
        gold.iter().zip(&scored).for_each(|(gold, scored)| faults(gold, scored, &mut out));
    }
    figures(&gold, &scored, &mut out);
    let mut reliability = Reliability::default();
    scored.iter().for_each(|s| reliability.add(s));
    reliable(&reliability, &mut out);
    std::io::stdout().lock().write_all(out.as_bytes())?;
    reporter.note(&format!("{} labelled report{}", gold.len(), if gold.len() == 1 { "" } else { "s" }));
    Ok(ExitCode::SUCCESS)
}

/// Every miss and extra of a report, in its order.
fn faults(gold: &Gold, scored: &Scored, out: &mut String) {
    let source = &gold.document.source;
    let mut rows: Vec<(usize, usize, String)> = Vec::new();
    for label in scored.missed.iter().map(|i| &gold.labels[*i]) {
        rows.push((label.line, label.span.start, format!("missed {} = {}", visible(&label.surface), visible(&label.name))));
    }
    for (decision, verdict) in scored.decisions.iter().filter(|(d, _)| d.accepted) {
        let mention = &decision.mention;
        let is = format!("{} as {} ({})", visible(source.surface(mention.span)), visible(&mention.name), mention.kind.name());
        let row = match verdict {
            Verdict::Extra => format!("extra {is}"),
            Verdict::Misread(label) => format!("misread {is}, not {}", visible(&gold.labels[*label].name)),
            Verdict::Right(_) | Verdict::Open => continue,
        };
        rows.push((source.position(mention.span.start).line, source.on_disk(mention.span).start, row));
    }
    rows.sort();
    for (line, _, row) in rows {
        let _ = writeln!(out, "{}:{line}: {row}", visible(source.path()));
    }
}

/// Precision, recall and the like, by kind and language.
fn figures(gold: &[Gold], scored: &[Scored], out: &mut String) {
    let _ = writeln!(
        out,
        "{:<22} {:>6} {:>6} {:>10} {:>7} {:>7} {:>7} {:>7}",
        "", "names", "found", "precision", "recall", "F1", "exact", "linked"
    );
    for (kind, plural) in [(EntityKind::Technology, "technologies"), (EntityKind::Company, "companies")] {
        let mut by_language: BTreeMap<&str, Tally> = BTreeMap::new();
        for (gold, scored) in gold.iter().zip(scored) {
            for key in ["", language(gold.document.source.text()).unwrap_or("other")] {
                by_language.entry(key).or_default().add(gold, scored, kind);
            }
        }
        for (language, tally) in by_language {
            let what = if language.is_empty() { plural.to_owned() } else { format!("  {language}") };
            let figures = [tally.precision(), tally.recall(), tally.f1(), tally.exact(), tally.linking()].map(percent);
            let [precision, recall, f1, exact, linked] = figures;
            let _ = writeln!(
                out,
                "{what:<22} {:>6} {:>6} {precision:>10} {recall:>7} {f1:>7} {exact:>7} {linked:>7}",
                tally.wanted, tally.found
            );
        }
    }
}

/// The reliability table.
fn reliable(reliability: &Reliability, out: &mut String) {
    let _ = writeln!(out, "\n{:<22} {:>6} {:>10} {:>7}", "confidence from", "names", "mean", "right");
    for (bound, row) in reliability.rows() {
        let _ = writeln!(out, "  {bound:<20} {:>6} {:>10} {:>7}", row.count, percent(row.said()), percent(row.so()));
    }
    let _ = writeln!(out, "  expected calibration error: {}", percent(reliability.error()));
}

fn percent(share: Option<f64>) -> String {
    share.map_or("-".to_owned(), |s| format!("{:.1}", s * 100.0))
}

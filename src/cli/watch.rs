//! `techgraph watch`: outputs on disk that follow the reports.

use super::output::{Output, Outputs, Sink};
use super::report::Reporter;
use super::{Finding, stop};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use techgraph::gazetteer::Gazetteer;
use techgraph::input::watch::watch;
use techgraph::reports::{Changes, Reports};

/// Write the graph, and again whenever a report changes
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every output is the old file or the new one at any time, never half of one. Exit codes: 0 stopped when it was asked to; \
                        1 the last time, some input could not be read or some output not written; 2 not done."
)]
pub(super) struct Args {
    /// Reports: files, or folders that are read recursively
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    finding: Finding,
    #[command(flatten)]
    outputs: Outputs,
}

/// Why to look again.
enum News {
    Changed,
    Stop,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let outputs = args.outputs.list(None)?;
    let is_file = |(sink, _): &Output| matches!(sink, Sink::File(_));
    anyhow::ensure!(!outputs.is_empty() && outputs.iter().all(is_file), "say which files to keep up to date with -o FILE");
    args.outputs.can_filter(&outputs)?;
    let (news, heard) = mpsc::channel();
    let stop = news.clone();
    stop::when_asked(move || _ = stop.send(News::Stop))?;
    // From before the first reading, so that no change falls between.
    let _watching = watch(&args.paths, move || _ = news.send(News::Changed))?;
    let mut reports = Reports::new(args.paths.clone());
    let mut is_written = false;
    loop {
        let changes = reports.refresh(gazetteer, &args.finding.options());
        changes.diagnostics.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
        if !is_written && reports.is_empty() && reporter.has_errors() {
            anyhow::bail!("there is nothing to read");
        }
        if !is_written || !changes.is_empty() {
            let written = args.outputs.write_reports(reports.extracts(), gazetteer, &reporter);
            is_written = written.is_ok();
            reporter.note(&match written {
                Ok(()) => said(args, &reports, &changes),
                Err(error) => format!("error: {error:#}; the next change is another try (Ctrl-C stops)"),
            });
        }
        if let Ok(News::Stop) | Err(_) = heard.recv() {
            return Ok(ExitCode::from(u8::from(reporter.has_errors() || !is_written)));
        }
    }
}

/// What was written, and why.
fn said(args: &Args, reports: &Reports, changes: &Changes) -> String {
    let files: Vec<String> = args.outputs.files().iter().map(|path| path.display().to_string()).collect();
    let why = [(changes.new, "new"), (changes.changed, "changed"), (changes.gone, "gone")];
    let why: Vec<String> = why.into_iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")).collect();
    let reports = if reports.len() == 1 { "1 report".into() } else { format!("{} reports", reports.len()) };
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
    format!("wrote {} ({reports}{why}; Ctrl-C stops)", files.join(", "))
}

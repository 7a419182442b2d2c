//! `techgraph mentions`: which names stand in each report, drawn under their lines, and why.

use super::report::{Reporter, colour, underlined, visible};
use super::talks::drawn_each;
use super::{Finding, Inputs, tell_unused};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use techgraph::detect;
use techgraph::document::Document;
use techgraph::entity::EntityKind;
use techgraph::gazetteer::Gazetteer;
use techgraph::mention::{Decision, Evidence};
use techgraph::segment;

/// Show which names are found in reports, and why
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    finding: Finding,
    /// Say for each name that was accepted or rejected what spoke for and against it
    #[arg(long)]
    explain: bool,
    /// Show only names whose canonical name, id or spelling holds this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let inputs = args.inputs.open(&mut reporter)?;
    let options = args.finding.options();
    let mut out = std::io::stdout().lock();
    let coloured = colour(out.is_terminal());
    let show = |document: Document| {
        let talks = segment::talks(&document, gazetteer).talks;
        let mut decisions = detect::decide(&document, &talks, gazetteer, &options);
        if let Some(only) = &args.only {
            let only = only.to_lowercase();
            let holds = |text: &str| text.to_lowercase().contains(&only);
            decisions
                .retain(|d| holds(&d.mention.name) || holds(d.mention.entity.as_str()) || holds(document.source.surface(d.mention.span)));
        }
        text(&document, &decisions, args.explain, coloured)
    };
    for shown in drawn_each(inputs, show, &mut reporter) {
        out.write_all(shown.as_bytes())?;
    }
    tell_unused(gazetteer, &reporter);
    Ok(ExitCode::from(u8::from(reporter.has_errors())))
}

fn text(document: &Document, decisions: &[Decision], explain: bool, colour: bool) -> String {
    let source = &document.source;
    let count = decisions.iter().filter(|d| d.accepted).count();
    let mut out = format!("{}: {count} mention{}\n", visible(source.path()), if count == 1 { "" } else { "s" });
    let mut lines: BTreeMap<usize, Vec<&Decision>> = BTreeMap::new();
    for decision in decisions.iter().filter(|d| d.accepted || explain) {
        lines.entry(source.position(decision.mention.span.start).line).or_default().push(decision);
    }
    for (line, decisions) in lines {
        let shown = visible(source.line(line));
        let marks: Vec<_> = decisions.iter().filter(|d| d.accepted).filter_map(|d| mark(document, &shown, d)).collect();
        if !marks.is_empty() {
            out.push_str(&underlined(&shown, line, &marks, colour));
        } else {
            let _ = writeln!(out, "{line:>4} | {}", shown.trim_end());
        }
        for decision in decisions.iter().filter(|_| explain) {
            let position = source.position(decision.mention.span.start);
            let verdict = if decision.accepted { "yes" } else { "no " };
            let told = |e: &Evidence| {
                let line = e.at.map(|at| format!(" (line {})", source.position(at).line)).unwrap_or_default();
                format!("{:+.1} {}{line}", e.weight, visible(e.says()))
            };
            // What weighs next to nothing is not worth reading.
            let evidence: Vec<String> = decision.evidence.iter().filter(|e| e.weight.abs() >= 0.05).map(told).collect();
            let sum = (!evidence.is_empty()).then(|| format!("{:+.1} = {}", decision.score(), evidence.join(", ")));
            let why: Vec<String> = sum.into_iter().chain(decision.ruling.as_deref().map(visible)).collect();
            let surface = visible(source.surface(decision.mention.span));
            let _ = writeln!(
                out,
                "     = {line}:{}: {verdict} {surface} as {} ({}): {}",
                position.column,
                visible(&decision.mention.name),
                decision.mention.kind.name(),
                why.join(", ")
            );
        }
    }
    out.push('\n');
    out
}

fn mark(document: &Document, shown: &str, decision: &Decision) -> Option<(std::ops::Range<usize>, String)> {
    let mention = &decision.mention;
    let position = document.source.position(mention.span.start);
    let start = shown.char_indices().nth(position.column - 1)?.0;
    // A name may go on in the next line.
    let end = (start + document.source.surface(mention.span).len()).min(shown.len());
    let kind = if mention.kind == EntityKind::Technology { String::new() } else { format!(" ({})", mention.kind.name()) };
    Some((start..end, format!("{}{kind}", visible(&mention.name))))
}

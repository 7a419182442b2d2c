//! `techgraph export`: a graph that `extract -f json` wrote in, any other format out.

use super::output::Outputs;
use super::report::Reporter;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::export::format::{Format, Holds};
use techgraph::export::stored;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::store;

/// Write a stored graph in another format
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The graph, as `extract` wrote it to .json or .sqlite; `-` is JSON from standard input
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    #[command(flatten)]
    outputs: Outputs,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, reporter: &Reporter) -> anyhow::Result<ExitCode> {
    let fallback = (!std::io::stdout().is_terminal()).then_some(Format::Json);
    let outputs = args.outputs.list(fallback)?;
    if outputs.is_empty() {
        anyhow::bail!("there is nothing to write; say what with -f FORMAT or -o FILE");
    }
    if let Some((_, format)) = outputs.iter().find(|(_, format)| format.about().holds == Holds::Records) {
        let name = format.about().name;
        anyhow::bail!("{name} says what each report says, which a graph does not hold: use `techgraph extract REPORTS -f {name}`");
    }
    let graph = if args.graph.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        store::parse("stdin", &bytes)?
    } else {
        stored::read(&args.graph)?
    };
    args.outputs.write(graph, gazetteer, outputs, reporter)?;
    args.outputs.files().iter().for_each(|path| reporter.note(&format!("wrote {}", path.display())));
    Ok(ExitCode::SUCCESS)
}

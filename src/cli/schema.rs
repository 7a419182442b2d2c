//! `techgraph schema`: the JSON Schema of what techgraph writes.

use clap::ValueEnum;
use std::io::Write;
use std::process::ExitCode;
use techgraph::export::schema;

/// Print the JSON Schema of an output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which output
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Output {
    /// A line of `extract -f ndjson`
    Records,
    /// `extract -f json`
    Graph,
    /// `discover -f json`
    Discovery,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let schema = match args.output {
        Output::Records => schema::records(),
        Output::Graph => schema::graph(),
        Output::Discovery => schema::discovery(),
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    out.write_all(b"\n")?;
    Ok(ExitCode::SUCCESS)
}

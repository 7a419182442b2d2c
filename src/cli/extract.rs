//! `techgraph extract`: reports in, the graph or the record stream out.

use super::output::{Outputs, Stream};
use super::report::Reporter;
use super::{Finding, Input, Inputs, partition, summary, tell_unused};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::cache::Cache;
use techgraph::detect;
use techgraph::diagnostic::Parsed;
use techgraph::export::format::{Format, Holds};
use techgraph::export::ndjson;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::build::Builder;
use techgraph::input::stamp::Stamp;
use techgraph::input::walk::FileEntry;
use techgraph::pipeline;
use techgraph::record::Extract;

/// Make the graph of a folder of reports
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done; 1 done, but some input could not be read, or --strict found warnings; 2 not done.")]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    finding: Finding,
    #[command(flatten)]
    outputs: Outputs,
    /// Add the reports to those that the SQLite databases of -o hold from earlier runs with --append, as if one run had read
    /// all: a report that is read again replaces its older reading. A report is known by its path below PATH, so give the
    /// same folders each time; filters choose what the tables show of all reports
    #[arg(long)]
    append: bool,
    /// Keep what each report says in DIR, and read only those again that have changed since; DIR may be deleted at
    /// any time. Corrections that nothing called for are not told then, since not all reports are read
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Let warnings set exit code 1
    #[arg(long)]
    strict: bool,
}

/// Runs it.
pub(super) fn run(args: Args, gazetteer: &Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let terminal = std::io::stdout().is_terminal();
    let outputs = args.outputs.list((!terminal).then_some(Format::Json))?;
    if args.append {
        args.outputs.can_append(&outputs)?;
    }
    let summarise = outputs.is_empty();
    let filters = &args.outputs.filters;
    if !filters.is_empty() && summarise {
        anyhow::bail!("filters choose what is written; say where to with -f FORMAT or -o FILE");
    }
    args.outputs.can_filter(&outputs)?;
    let inputs = args.inputs.open(&mut reporter)?;
    if inputs.is_empty() && reporter.has_errors() {
        anyhow::bail!("there is nothing to read");
    }
    let (streams, graphs): (Vec<_>, Vec<_>) = outputs.into_iter().partition(|(_, format)| format.about().holds == Holds::Records);
    let mut streams: Vec<Stream> = streams.into_iter().map(|(sink, _)| Stream::open(sink)).collect::<Result<_, _>>()?;
    for stream in &mut streams {
        stream.write(|out| ndjson::header(gazetteer.len(), out))?;
    }
    let options = args.finding.options();
    let cache = args.cache.map(|folder| Cache::open(folder, gazetteer, &options, &program())).transpose()?;
    let mut kept: Vec<Extract> = Vec::new();
    let mut graph = Builder::new(gazetteer, args.outputs.evidence());
    let mut found = Counts::default();
    read(inputs, gazetteer, &options, cache.as_ref(), &mut reporter, &mut |extract, reporter| {
        found.add(&extract);
        if reporter.verbose || args.strict {
            pipeline::no_talks(&extract).iter().for_each(|d| reporter.diagnostic(d));
        }
        for stream in &mut streams {
            stream.write(|out| ndjson::document(&extract, out))?;
        }
        if summarise || args.append {
            kept.push(extract);
        } else if !graphs.is_empty() {
            graph.add(&extract);
        }
        Ok(())
    })?;
    streams.into_iter().try_for_each(Stream::close)?;
    if summarise {
        let mut out = BufWriter::new(std::io::stdout().lock());
        out.write_all(summary::text(&kept, &args.inputs.paths, super::report::colour(terminal)).as_bytes())?;
        out.flush()?;
    } else if args.append {
        args.outputs.append(&kept, gazetteer, &reporter)?;
    } else if !graphs.is_empty() {
        args.outputs.write(graph.finish(), gazetteer, graphs, &reporter)?;
    }
    if found.documents == 0 && !reporter.has_errors() {
        reporter.note("no report was found: techgraph reads .md, .markdown and .txt files");
    } else if found.documents > 0 && found.mentions == 0 {
        reporter.note("no technology was found in these reports");
    }
    for path in args.outputs.files().iter().filter(|_| !args.append) {
        reporter.note(&format!("wrote {}", path.display()));
    }
    if cache.is_none() {
        tell_unused(gazetteer, &reporter);
    }
    let failed = reporter.has_errors() || (args.strict && reporter.has_warnings());
    Ok(ExitCode::from(u8::from(failed)))
}

/// By what this techgraph is told from others of its version.
fn program() -> String {
    let stamp = std::env::current_exe().ok().and_then(|path| Stamp::of(&path));
    format!("{stamp:?}")
}

/// Reads every input in path order, with a bar on a terminal.
fn read(
    inputs: Vec<Input>,
    gazetteer: &Gazetteer,
    options: &detect::Options,
    cache: Option<&Cache>,
    reporter: &mut Reporter,
    each: &mut dyn FnMut(Extract, &mut Reporter) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (files, mut stdin) = partition(inputs);
    stdin.sort();
    let bar = if reporter.wants_progress() && files.len() > 50 { ProgressBar::new(files.len() as u64) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} reports, {elapsed}")?);
    let mut take = |parsed: Parsed<Option<Extract>>, reporter: &mut Reporter| {
        bar.suspend(|| parsed.diagnostics.iter().for_each(|d| reporter.diagnostic(d)));
        bar.inc(1);
        parsed.value.map_or(Ok(()), |extract| each(extract, reporter))
    };
    let mut files = files.as_slice();
    let run = |files: &[FileEntry], each: &mut dyn FnMut(Parsed<Option<Extract>>) -> anyhow::Result<()>| match cache {
        Some(cache) => cache.run(files, gazetteer, options, |_, parsed| each(parsed)),
        None => pipeline::run(files, gazetteer, options, |_, parsed| each(parsed)),
    };
    for (name, bytes) in stdin {
        let before = files.partition_point(|file| file.label <= name);
        run(&files[..before], &mut |parsed| take(parsed, reporter))?;
        take(pipeline::bytes(&name, bytes, gazetteer, options), reporter)?;
        files = &files[before..];
    }
    run(files, &mut |parsed| take(parsed, reporter))?;
    bar.finish_and_clear();
    Ok(())
}

/// How much was found.
#[derive(Default)]
struct Counts {
    documents: usize,
    mentions: usize,
}

impl Counts {
    fn add(&mut self, extract: &Extract) {
        self.documents += 1;
        self.mentions += extract.mentions.len();
    }
}

//! `techgraph extract`: reports in, the graph or the record stream out.

use super::report::Reporter;
use super::{Finding, Input, Inputs, partition, summary, tell_unused};
use anyhow::Context;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::detect;
use techgraph::diagnostic::Parsed;
use techgraph::export::dot::Engine;
use techgraph::export::target::WholeFile;
use techgraph::export::view::ViewOptions;
use techgraph::export::{self, Format, Options, ndjson};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::build;
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
    /// Format on standard output [default in a pipe: json; in a terminal: a summary]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<FormatArg>,
    /// Write to a file, in the format of its extension: .json .ndjson .dot .svg; may be repeated
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Lay an SVG out with Graphviz, where it is installed
    #[arg(long, value_name = "ENGINE")]
    layout: Option<LayoutArg>,
    /// How many technologies a picture shows at most
    #[arg(long, value_name = "N", default_value_t = ViewOptions::default().technologies)]
    max_technologies: usize,
    /// How many talks a picture shows at most
    #[arg(long, value_name = "N", default_value_t = ViewOptions::default().talks)]
    max_talks: usize,
    /// Let warnings set exit code 1
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// Node-link JSON of the graph
    Json,
    /// One record a line: documents, talks, mentions
    Ndjson,
    /// Graphviz
    Dot,
    /// A picture
    Svg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LayoutArg {
    Dot,
    Neato,
    Sfdp,
    Fdp,
    Twopi,
    Circo,
}

/// Where the outputs go.
enum Sink {
    Stdout,
    File(PathBuf),
}

/// Runs it.
pub(super) fn run(args: Args, gazetteer: &Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let terminal = std::io::stdout().is_terminal();
    let mut sinks: Vec<(Sink, Format)> = Vec::new();
    for path in &args.output {
        let format = Format::of(path)
            .with_context(|| format!("no format has the extension of {}; give .json, .ndjson, .dot or .svg", path.display()))?;
        sinks.push((Sink::File(path.clone()), format));
    }
    let to_stdout = args.format.map(FormatArg::format).or((sinks.is_empty() && !terminal).then_some(Format::Json));
    sinks.extend(to_stdout.map(|format| (Sink::Stdout, format)));
    let summarise = sinks.is_empty();
    let inputs = args.inputs.open(&mut reporter)?;
    if inputs.is_empty() && reporter.has_errors() {
        anyhow::bail!("there is nothing to read");
    }
    let (streams, graphs): (Vec<_>, Vec<_>) = sinks.into_iter().partition(|(_, format)| *format == Format::Ndjson);
    let mut streams: Vec<Stream> = streams.into_iter().map(|(sink, _)| Stream::open(sink)).collect::<Result<_, _>>()?;
    for stream in &mut streams {
        ndjson::header(gazetteer.len(), stream.out())?;
    }
    let keep = summarise || !graphs.is_empty();
    let mut extracts: Vec<Extract> = Vec::new();
    let mut found = Counts::default();
    read(inputs, gazetteer, &args.finding.options(), &mut reporter, &mut |extract, reporter| {
        found.add(&extract);
        if reporter.verbose || args.strict {
            pipeline::no_talks(&extract).iter().for_each(|d| reporter.diagnostic(d));
        }
        for stream in &mut streams {
            ndjson::document(&extract, stream.out())?;
        }
        if keep {
            extracts.push(extract);
        }
        Ok(())
    })?;
    streams.into_iter().try_for_each(Stream::close)?;
    if summarise {
        let mut out = BufWriter::new(std::io::stdout().lock());
        out.write_all(summary::text(&extracts, &args.inputs.paths, super::report::colour(terminal)).as_bytes())?;
        out.flush()?;
    } else if !graphs.is_empty() {
        let graph = build::graph(extracts, gazetteer);
        let options = Options {
            view: ViewOptions { technologies: args.max_technologies, talks: args.max_talks },
            engine: args.layout.map(LayoutArg::engine),
        };
        for (sink, format) in graphs {
            let mut stream = Stream::open(sink)?;
            export::write(&graph, format, &options, stream.out())?;
            stream.close()?;
        }
    }
    if found.documents == 0 && !reporter.has_errors() {
        reporter.note("no report was found: techgraph reads .md, .markdown and .txt files");
    } else if found.documents > 0 && found.mentions == 0 {
        reporter.note("no technology was found in these reports");
    }
    for path in &args.output {
        reporter.note(&format!("wrote {}", path.display()));
    }
    tell_unused(gazetteer, &reporter);
    let failed = reporter.has_errors() || (args.strict && reporter.has_warnings());
    Ok(ExitCode::from(u8::from(failed)))
}

/// Reads every input in path order, with a bar on a terminal.
fn read(
    inputs: Vec<Input>,
    gazetteer: &Gazetteer,
    options: &detect::Options,
    reporter: &mut Reporter,
    each: &mut dyn FnMut(Extract, &mut Reporter) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (files, stdin) = partition(inputs);
    let bar = if reporter.wants_progress() && files.len() > 50 { ProgressBar::new(files.len() as u64) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} reports, {elapsed}")?);
    let mut take = |parsed: Parsed<Option<Extract>>, reporter: &mut Reporter| {
        bar.suspend(|| parsed.diagnostics.iter().for_each(|d| reporter.diagnostic(d)));
        bar.inc(1);
        parsed.value.map_or(Ok(()), |extract| each(extract, reporter))
    };
    pipeline::run(&files, gazetteer, options, |_, parsed| take(parsed, reporter))?;
    for (name, bytes) in stdin {
        take(pipeline::bytes(&name, bytes, gazetteer, options), reporter)?;
    }
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

/// An output being written.
enum Stream {
    Stdout(BufWriter<std::io::Stdout>),
    File(WholeFile),
}

impl Stream {
    fn open(sink: Sink) -> anyhow::Result<Self> {
        Ok(match sink {
            Sink::Stdout => Self::Stdout(BufWriter::new(std::io::stdout())),
            Sink::File(path) => Self::File(WholeFile::create(&path)?),
        })
    }

    fn out(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::File(file) => file,
        }
    }

    fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::File(file) => Ok(file.finish()?),
        }
    }
}

impl FormatArg {
    fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Ndjson => Format::Ndjson,
            Self::Dot => Format::Dot,
            Self::Svg => Format::Svg,
        }
    }
}

impl LayoutArg {
    fn engine(self) -> Engine {
        match self {
            Self::Dot => Engine::Dot,
            Self::Neato => Engine::Neato,
            Self::Sfdp => Engine::Sfdp,
            Self::Fdp => Engine::Fdp,
            Self::Twopi => Engine::Twopi,
            Self::Circo => Engine::Circo,
        }
    }
}

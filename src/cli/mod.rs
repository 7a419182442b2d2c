//! The command line: one subcommand a file, each an `Args` and a `run` that only glues the library's stages together.

mod correct;
mod discover;
mod eval;
mod export;
mod extract;
mod filter;
mod gazetteer;
mod mentions;
mod output;
mod own_data;
pub(crate) mod report;
mod schema;
mod serve;
mod stop;
mod summary;
mod talks;
mod tune;
mod watch;

use clap::{Parser, Subcommand};
use own_data::OwnData;
use report::Reporter;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::detect::{Discover, Options};
use techgraph::gazetteer::{Gazetteer, load};
use techgraph::input;
use techgraph::input::walk::{self, FileEntry};
use techgraph::weights;

/// Reads reports of tech talks and returns a graph of who talked about which technology, at which company, when.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Say nothing but errors that stop the run
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more: reports without talks, corrections that nothing called for
    #[arg(short, long, global = true)]
    verbose: bool,
    /// How many files are read at a time [default: one for each processor]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Lay a data file of your own over the gazetteer; may be repeated. A `techgraph.toml` in this folder or above is
    /// found by itself
    #[arg(long, global = true, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Decide with the weights of a file, such as `tune` writes, instead of those that ship
    #[arg(long, global = true, value_name = "FILE")]
    weights: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the graph of a folder of reports
    Extract(extract::Args),
    /// Write a stored graph in another format
    Export(export::Args),
    /// Serve the graph: a page to explore it with, a JSON API, rows for Grafana, metrics
    Serve(serve::Args),
    /// Write the graph, and again whenever a report changes
    Watch(watch::Args),
    /// Show how reports are split into talks
    Talks(talks::Args),
    /// Show which names are found in reports, and why
    Mentions(mentions::Args),
    /// Rule on a name once, for every later run: it is nothing, or something else
    Correct(correct::Args),
    /// List names in reports that no gazetteer has, and other ways to write those it has
    Discover(discover::Args),
    /// Look into the gazetteer: what there is to be named
    Gazetteer(gazetteer::Args),
    /// Say how well names are decided: hold labelled reports against what is found in them
    Eval(eval::Args),
    /// Estimate what each piece of evidence weighs from labelled reports
    Tune(tune::Args),
    /// Print the JSON Schema of an output
    Schema(schema::Args),
}

impl Cli {
    /// Runs the subcommand.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
        }
        let weights = self.weights.map(Weighing::read).transpose()?;
        let reporter = Reporter::new(self.quiet, self.verbose);
        let own = OwnData::new(&self.gazetteer);
        let gazetteer = || own.gazetteer();
        if matches!(self.command, Command::Extract(_) | Command::Export(_)) {
            stop::at_once()?;
        }
        match self.command {
            Command::Extract(args) => extract::run(args, &gazetteer()?, reporter),
            Command::Export(args) => export::run(&args, &gazetteer()?, &reporter),
            Command::Serve(args) => serve::run(args, gazetteer()?, reporter),
            Command::Watch(args) => watch::run(&args, &gazetteer()?, reporter),
            Command::Talks(args) => talks::run(&args, &gazetteer()?, reporter),
            Command::Mentions(args) => mentions::run(&args, &gazetteer()?, reporter),
            Command::Eval(args) => eval::run(&args, &gazetteer()?, &reporter),
            Command::Tune(args) => tune::run(&args, &gazetteer()?, &reporter, weights),
            Command::Correct(args) => correct::run(&args, &gazetteer()?, &own),
            Command::Discover(args) => discover::run(&args, &gazetteer()?, &own, reporter),
            Command::Gazetteer(args) => gazetteer::run(&args, &gazetteer()?, &own),
            Command::Schema(args) => schema::run(&args),
        }
    }
}

/// Says, where more is wanted, which corrections this run had no use for.
fn tell_unused(gazetteer: &Gazetteer, reporter: &Reporter) {
    for correction in gazetteer.corrections().iter().filter(|c| reporter.verbose && !c.is_followed()) {
        reporter.note(&format!("{}: this correction is about nothing in these reports", correction.place()));
    }
}

/// A file of weights: its name and text.
struct Weighing {
    path: String,
    text: String,
}

impl Weighing {
    /// Reads a file of weights, which are in use from then on.
    fn read(path: PathBuf) -> anyhow::Result<Self> {
        let (text, path) = (load::text(&path)?, path.display().to_string());
        weights::install(&path, &text)?;
        Ok(Self { path, text })
    }

    fn shipped() -> Self {
        Self { path: "data/weights.toml".into(), text: weights::SHIPPED.into() }
    }
}

/// What is to be read.
#[derive(Debug, clap::Args)]
struct Inputs {
    /// Reports: files, or folders that are read recursively; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What standard input is called
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    stdin_name: String,
}

/// How names are found.
#[derive(Debug, Clone, Copy, clap::Args)]
struct Finding {
    /// Find no names that are in no gazetteer, such as systems of the house. Slips of known names (`kakfa`) are found, and
    /// a talk's speakers and companies stay as its byline has them
    #[arg(long)]
    known_only: bool,
}

impl Finding {
    fn options(self) -> Options<'static> {
        let discover = if self.known_only { Discover::Nothing } else { Discover::Unlisted };
        Options { discover, ..Options::default() }
    }
}

/// A report to read: a file, or bytes that came through standard input.
enum Input {
    File(FileEntry),
    Stdin(String, Vec<u8>),
}

/// The files among inputs, and what came through standard input.
fn partition(inputs: Vec<Input>) -> (Vec<FileEntry>, Vec<(String, Vec<u8>)>) {
    let (mut files, mut stdin) = (Vec::new(), Vec::new());
    for input in inputs {
        match input {
            Input::File(entry) => files.push(entry),
            Input::Stdin(name, bytes) => stdin.push((name, bytes)),
        }
    }
    (files, stdin)
}

impl Inputs {
    /// The reports behind the arguments, in path order; what cannot be found is reported.
    fn open(&self, reporter: &mut Reporter) -> anyhow::Result<Vec<Input>> {
        let (stdin, paths): (Vec<_>, Vec<_>) = self.paths.iter().cloned().partition(|p| p.as_os_str() == "-");
        let found = walk::files(&paths);
        found.diagnostics.iter().for_each(|d| reporter.diagnostic(d));
        let mut inputs: Vec<Input> = found.value.into_iter().map(Input::File).collect();
        if !stdin.is_empty() {
            if std::io::stdin().is_terminal() {
                reporter.note("reading from standard input; end with Ctrl-D");
            }
            inputs.push(Input::Stdin(self.stdin_name.clone(), input::bounded(std::io::stdin().lock())?));
        }
        Ok(inputs)
    }
}

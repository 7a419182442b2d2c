//! What the commands that write a graph have in common: where it goes, in which formats, and how pictures are made.

use super::filter::Filters;
use super::report::{self, Reporter};
use anyhow::Context;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use techgraph::error::Error;
use techgraph::export::dot::Engine;
use techgraph::export::feed::{self, Added};
use techgraph::export::format::{FORMATS, Format, Holds, Shape, extensions};
use techgraph::export::hold;
use techgraph::export::ndjson;
use techgraph::export::svg::Chart;
use techgraph::export::target::{self, WholeFile};
use techgraph::export::view::ViewOptions;
use techgraph::export::{self, Options};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::alias::{Aliases, aliases};
use techgraph::graph::{TechGraph, build};
use techgraph::record::Extract;

/// Where the graph goes, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Outputs {
    /// Format on standard output, or of files whose extension stands for none
    #[arg(short, long, value_name = "FORMAT", value_parser = formats())]
    format: Option<Format>,
    #[arg(short, long, value_name = "FILE", help = format!("Write to a file, in the format of its extension: {}; may be repeated", extensions()))]
    output: Vec<PathBuf>,
    /// Lay an SVG out with Graphviz, where it is installed
    #[arg(long, value_name = "ENGINE", conflicts_with = "chart", value_parser = named(&Engine::ALL, Engine::name))]
    layout: Option<Engine>,
    /// Draw SVG and PNG as a chart: companies by technologies, a technology radar, technologies over time
    #[arg(long, value_name = "CHART", value_parser = named(&Chart::ALL, Chart::name))]
    chart: Option<Chart>,
    /// How many technologies a picture shows at most [default: 60, in a matrix or timeline 40, or as many as --top]
    #[arg(long, value_name = "N")]
    max_technologies: Option<usize>,
    /// How many talks a picture shows one by one; of more it shows what they join [default: 60]
    #[arg(long, value_name = "N")]
    max_talks: Option<usize>,
    /// Keep the first N places for each edge, of however many; counts stay those of all
    #[arg(long, value_name = "N")]
    max_evidence: Option<usize>,
    #[command(flatten)]
    pub(super) filters: Filters,
}

/// Where an output goes.
pub(super) enum Sink {
    Stdout,
    File(PathBuf),
}

/// An output: where it goes, and in which format.
pub(super) type Output = (Sink, Format);

/// The names of the formats, with their help.
fn formats() -> impl TypedValueParser<Value = Format> {
    let values = FORMATS.iter().map(|about| PossibleValue::new(about.name).aliases(about.also).help(about.help));
    PossibleValuesParser::new(values).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

/// The values of an option, each by its name.
pub(super) fn named<T: Copy + Send + Sync>(values: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(values.iter().map(|value| name(*value)));
    names.try_map(move |text| values.iter().copied().find(|value| name(*value) == text).ok_or("there is no such value"))
}

impl Outputs {
    /// What is to be written; `fallback` to standard output if nothing was asked for.
    pub(super) fn list(&self, fallback: Option<Format>) -> anyhow::Result<Vec<Output>> {
        let mut outputs: Vec<Output> = Vec::new();
        let mut asked = self.format;
        for path in &self.output {
            let format = Format::of(path)
                .or(self.format)
                .with_context(|| format!("no format has the extension of {}; give -f, or one of {}", path.display(), extensions()))?;
            if self.format == Some(format) {
                // The format was said for this file, not for standard output.
                asked = None;
            }
            outputs.push((Sink::File(path.clone()), format));
        }
        let to_stdout = asked.or(fallback.filter(|_| outputs.is_empty()));
        if let Some(about) = to_stdout.map(Format::about).filter(|about| about.shape == Shape::Folder) {
            anyhow::bail!("{} is written as a folder: say where to with -o FOLDER", about.name);
        }
        outputs.extend(to_stdout.map(|format| (Sink::Stdout, format)));
        if self.chart.is_some() && !outputs.iter().any(|(_, format)| matches!(format, Format::Svg | Format::Png)) {
            anyhow::bail!("--chart draws SVG or PNG: ask for one with -o FILE.svg or -f svg");
        }
        if self.layout.is_some() && !outputs.iter().any(|(_, format)| *format == Format::Svg) {
            anyhow::bail!("--layout lays out SVG: ask for one with -o FILE.svg or -f svg");
        }
        if let Some((_, format)) = outputs.iter().find(|(_, format)| !format.is_built()) {
            return Err(Error::NotBuilt(format.about().name).into());
        }
        Ok(outputs)
    }

    /// Whether the filters can choose what is written to each output.
    pub(super) fn can_filter(&self, outputs: &[Output]) -> anyhow::Result<()> {
        match outputs.iter().find(|(_, format)| !self.filters.is_empty() && format.about().holds == Holds::Records) {
            Some((_, format)) => {
                let name = format.about().name;
                anyhow::bail!("{name} is written while reports are read, before there is a graph to filter: leave the filters out")
            }
            None => Ok(()),
        }
    }

    /// How many places are kept for an edge.
    pub(super) fn evidence(&self) -> usize {
        self.max_evidence.unwrap_or(usize::MAX)
    }

    /// The files, as they were given.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.output
    }

    /// Whether a run may add to each output.
    pub(super) fn can_append(&self, outputs: &[Output]) -> anyhow::Result<()> {
        if self.filters.redact_people {
            anyhow::bail!(
                "--append keeps what each report said, speakers too, and --redact-people leaves them out: leave out one of the two"
            );
        }
        let nowhere = "--append adds to SQLite databases in files: say to which with -o FILE.sqlite, and write nothing to standard output";
        anyhow::ensure!(!outputs.is_empty(), "{nowhere}");
        for (sink, format) in outputs {
            match sink {
                Sink::File(path) if *format == Format::Sqlite => feed::check(path)?,
                Sink::File(path) => anyhow::bail!("--append adds to SQLite databases alone: write {} in a run of its own", path.display()),
                Sink::Stdout => anyhow::bail!("{nowhere}"),
            }
        }
        Ok(())
    }

    /// Adds reports to each database.
    pub(super) fn append(&self, extracts: &[Extract], gazetteer: &Gazetteer, reporter: &Reporter) -> anyhow::Result<()> {
        for path in &self.output {
            let graph = |all| -> anyhow::Result<TechGraph> {
                Ok(self.filters.apply(build::graph(all, gazetteer), gazetteer)?.with_evidence(self.evidence()))
            };
            let Added { new, again, all } = feed::append(path, extracts.to_vec(), graph)?;
            reporter.note(&format!("wrote {} (reports: {new} new, {again} read again, {all} in all)", path.display()));
        }
        Ok(())
    }

    /// Writes what reports say, or the wanted part of their graph, to each.
    pub(super) fn write_reports(&self, extracts: Vec<Extract>, gazetteer: &Gazetteer, reporter: &Reporter) -> anyhow::Result<()> {
        let (streams, graphs): (Vec<_>, Vec<_>) =
            self.list(None)?.into_iter().partition(|(_, format)| format.about().holds == Holds::Records);
        for (sink, _) in streams {
            let mut stream = Stream::open(sink)?;
            stream.write(|out| ndjson::header(gazetteer.len(), out))?;
            extracts.iter().try_for_each(|extract| stream.write(|out| ndjson::document(extract, out)))?;
            stream.close()?;
        }
        if !graphs.is_empty() {
            self.write(build::graph(extracts, gazetteer), gazetteer, graphs, reporter)?;
        }
        Ok(())
    }

    /// Writes the wanted part of the graph to each.
    pub(super) fn write(&self, graph: TechGraph, gazetteer: &Gazetteer, outputs: Vec<Output>, reporter: &Reporter) -> anyhow::Result<()> {
        let chart = self.chart;
        let usual = chart.map_or_else(ViewOptions::default, Chart::limits);
        let technologies = self.max_technologies.or(self.filters.top).unwrap_or(usual.technologies);
        let is_some = graph.node_count() > 0;
        let graph = self.filters.apply(graph, gazetteer)?.with_evidence(self.evidence());
        if is_some && graph.node_count() == 0 {
            reporter.note("nothing is left of the graph: no talk or report is what the filters ask for");
        }
        let is_page = outputs.iter().any(|(_, format)| *format == Format::Html);
        let options = Options {
            view: ViewOptions {
                technologies,
                talks: self.max_talks.unwrap_or(usual.talks),
                companies: self.filters.top.unwrap_or(usual.companies),
                overview: self.filters.top.unwrap_or(usual.overview),
                ..usual
            },
            chart,
            engine: self.layout,
            aliases: if is_page { aliases(&graph, gazetteer) } else { Aliases::new() },
            ..Options::default()
        };
        for (sink, format) in outputs {
            if let (Sink::File(path), Shape::Folder) = (&sink, format.about().shape) {
                target::folder(path, &export::files(&graph, format, &options)?)?;
                continue;
            }
            let database = match &sink {
                Sink::File(path) if format == Format::Sqlite => Some(path.clone()),
                _ => None,
            };
            let mut stream = Stream::open(sink)?;
            stream.write(|out| export::write(&graph, format, &options, out))?;
            let _held = database.map(|path| hold::hold(&path)).transpose()?;
            stream.close()?;
        }
        Ok(())
    }
}

/// An output being written.
pub(super) enum Stream {
    Stdout(BufWriter<Box<dyn Write>>),
    File(WholeFile),
}

impl Stream {
    pub(super) fn open(sink: Sink) -> anyhow::Result<Self> {
        Ok(match sink {
            Sink::Stdout => Self::Stdout(BufWriter::new(report::output())),
            Sink::File(path) => Self::File(WholeFile::create(&path)?),
        })
    }

    /// Writes some more; an error names the file that it is about.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
        let file = match self {
            Self::Stdout(out) => {
                return write(out).map_err(|error| match error {
                    Error::Json(error) if error.is_io() => Error::Output(error.into()),
                    other => other,
                });
            }
            Self::File(file) => file,
        };
        write(file).map_err(|error| match error {
            Error::Output(source) => file.failed(source),
            Error::Json(error) if error.is_io() => file.failed(error.into()),
            other => other,
        })
    }

    pub(super) fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::File(file) => Ok(file.finish()?),
        }
    }
}

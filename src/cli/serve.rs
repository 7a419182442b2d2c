//! `techgraph serve`: the graph as a page, an API, rows for Grafana and metrics.

use super::filter::Filters;
use super::report::Reporter;
use super::{Finding, stop};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Instant;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::TechGraph;
use techgraph::input::watch::watch;
use techgraph::serve::live::{Live, Snapshot};
use techgraph::serve::source::Source;
use techgraph::serve::{Limits, Server};

/// Serve the graph: a page to explore it with, a JSON API, rows for Grafana, metrics
#[derive(Debug, clap::Args)]
#[command(after_help = "/ is the page, /api/openapi.json says what can be asked. The server is read-only and answers this machine alone, \
                        unless --listen says otherwise; it encrypts nothing and asks nobody who they are: put a proxy before it that does.")]
pub(super) struct Args {
    /// Reports: files, or folders that are read recursively; or one graph, as `extract` wrote it to .json or .sqlite
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read again what changes, and tell open pages
    #[arg(long)]
    watch: bool,
    /// Where to listen; port 0 takes one that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// A name that requests may call this server by, beside localhost and addresses; may be repeated
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    #[command(flatten)]
    finding: Finding,
    #[command(flatten)]
    filters: Filters,
}

/// Runs it.
pub(super) fn run(args: Args, gazetteer: Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let gazetteer = Arc::new(gazetteer);
    let server = Server::bind(args.listen, args.host.clone(), Limits::default())
        .with_context(|| format!("cannot listen at {}; --listen chooses another address", args.listen))?;
    let mut source = Source::of(args.paths.clone());
    // Watched from before the first reading, so that no change falls between.
    let (news, changes) = mpsc::channel();
    let watching = args.watch.then(|| watch(source.paths(), move || _ = news.send(()))).transpose()?;
    let graph = read(&args, &mut source, &gazetteer, &mut reporter)?.unwrap_or_default();
    if reporter.has_errors() && graph.node_count() == 0 {
        anyhow::bail!("there is nothing to serve");
    }
    let live = Live::new(Snapshot::new(graph, &gazetteer)?);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    stop::when_asked(move || _ = stop.send(true))?;
    reporter.note(&format!("serving {} at http://{}/ (Ctrl-C stops it)", told(&live.now().graph), server.address()?));
    if watching.is_some() {
        let (live, gazetteer) = (live.clone(), gazetteer.clone());
        std::thread::spawn(move || {
            for () in changes {
                let begun = Instant::now();
                let next = read(&args, &mut source, &gazetteer, &mut reporter);
                match next.and_then(|graph| Ok(graph.map(|graph| Snapshot::new(graph, &gazetteer)).transpose()?)) {
                    Ok(Some(snapshot)) => {
                        let told = told(&snapshot.graph);
                        if live.replace(snapshot) {
                            reporter.note(&format!("serving {told}, read in {:.1} s", begun.elapsed().as_secs_f64()));
                        }
                    }
                    Ok(None) => {}
                    Err(error) => reporter.note(&format!("error: {error:#}; what was served goes on being served")),
                }
            }
        });
    }
    server.run(live, gazetteer, stopped)?;
    drop(watching);
    Ok(ExitCode::SUCCESS)
}

/// The graph as it is now, unless it is as it was.
fn read(args: &Args, source: &mut Source, gazetteer: &Gazetteer, reporter: &mut Reporter) -> anyhow::Result<Option<TechGraph>> {
    let read = source.refresh(gazetteer, &args.finding.options())?;
    read.diagnostics.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
    read.value.map(|graph| args.filters.apply(graph, gazetteer)).transpose()
}

/// How much a graph holds.
fn told(graph: &TechGraph) -> String {
    use techgraph::graph::NodeKind;
    let count = |kind, name: &str| match graph.nodes_of(kind).count() {
        1 => format!("1 {name}"),
        many => format!("{many} {name}s"),
    };
    format!("{} of {}", count(NodeKind::Talk, "talk"), count(NodeKind::Document, "report"))
}

//! Which part of the graph is written: the options that every command and every format share.

use super::output::named;
use clap::ValueEnum;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::filter::{Collapse, Day, filtered};
use techgraph::graph::link::{Pattern, linked};
use techgraph::graph::redact::{Names, redacted};
use techgraph::graph::wanted::{DEPTH, Wanted};
use techgraph::graph::{NodeKind, TechGraph};

/// Which part of the graph is written. Names are ids, labels or aliases.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which part of the graph")]
pub(super) struct Filters {
    /// Only nodes of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = named(&NodeKind::ALL, NodeKind::name))]
    kind: Vec<NodeKind>,
    /// Only the N technologies, concepts, companies, people and events (N of each) with the most talks
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// Only technologies, concepts, companies, people and events with at least N talks
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    min_talks: usize,
    /// Only talks and reports of this day or later: 2019-08-30, 2019-08 or 2019
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
    /// Only talks and reports of this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// Only talks for a company; of several, for any
    #[arg(long, value_name = "NAME")]
    company: Vec<String>,
    /// Only talks that name a technology or concept; of several, any
    #[arg(long, value_name = "NAME")]
    technology: Vec<String>,
    /// Only talks of an event or of a series of events; of several, of any
    #[arg(long, value_name = "NAME")]
    event: Vec<String>,
    /// Only what lies within --depth steps of a node
    #[arg(long, value_name = "NAME")]
    around: Vec<String>,
    #[arg(long, value_name = "N", requires = "around", help = format!("How many steps [default: {DEPTH}]"))]
    depth: Option<usize>,
    /// Join what talks join: companies and technologies, by how many talks
    #[arg(long, value_name = "WHAT")]
    collapse: Option<CollapseArg>,
    /// Leave speakers out, and their names out of quotes, titles and ids
    #[arg(long)]
    pub(super) redact_people: bool,
    /// Where the reports are published, to link evidence there: https://example.org/{stem}#L{line}, or with {path}
    #[arg(long, value_name = "PATTERN")]
    source_url: Option<Pattern>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CollapseArg {
    Talks,
}

impl Filters {
    /// Whether the whole graph is wanted as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.wanted().is_everything() && !self.redact_people && self.source_url.is_none()
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            kind: self.kind.clone(),
            top: self.top,
            min_talks: self.min_talks,
            since: self.since.clone(),
            until: self.until.clone(),
            company: self.company.clone(),
            technology: self.technology.clone(),
            event: self.event.clone(),
            around: self.around.clone(),
            depth: self.depth,
            collapse: self.collapse.map_or(Collapse::Nothing, |CollapseArg::Talks| Collapse::Talks),
        }
    }

    /// The wanted part of a graph.
    pub(super) fn apply(&self, graph: TechGraph, gazetteer: &Gazetteer) -> anyhow::Result<TechGraph> {
        if self.is_empty() {
            return Ok(graph);
        }
        let filter = self.wanted().filter(&graph, gazetteer)?;
        // The people are known to the whole graph, perhaps not to what is left of it.
        let names = self.redact_people.then(|| Names::of(&graph)).transpose()?;
        let graph = filtered(&graph, &filter);
        let graph = match &self.source_url {
            Some(pattern) => linked(&graph, pattern),
            None => graph,
        };
        Ok(match names {
            Some(names) => redacted(&graph, &names),
            None => graph,
        })
    }
}

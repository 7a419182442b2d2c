//! Which part of the graph is written: the options that every command and every format share.

use super::output::named;
use clap::ValueEnum;
use std::collections::BTreeSet;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::filter::{Collapse, Day, Filter, filtered};
use techgraph::graph::find::find;
use techgraph::graph::link::{Pattern, linked};
use techgraph::graph::redact::{Names, redacted};
use techgraph::graph::{NodeId, NodeKind, TechGraph};

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
    /// How many steps
    #[arg(long, value_name = "N", default_value_t = 2, requires = "around")]
    depth: usize,
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
        let named = [&self.company, &self.technology, &self.event, &self.around].iter().any(|names| !names.is_empty());
        let numbered = self.top.is_some() || self.min_talks > 0 || self.since.is_some() || self.until.is_some();
        let shaped = self.collapse.is_some() || self.redact_people || self.source_url.is_some();
        !(named || numbered || shaped) && self.kind.is_empty()
    }

    /// The wanted part of a graph.
    pub(super) fn apply(&self, graph: TechGraph, gazetteer: &Gazetteer) -> anyhow::Result<TechGraph> {
        if self.is_empty() {
            return Ok(graph);
        }
        let any_of = |kinds: &[NodeKind], names: &[String]| -> anyhow::Result<Option<BTreeSet<NodeId>>> {
            let found: Result<Vec<_>, _> = names.iter().map(|name| find(&graph, gazetteer, kinds, name)).collect();
            Ok(Some(found?.into_iter().flatten().collect()).filter(|_| !names.is_empty()))
        };
        let joined = [
            any_of(&[NodeKind::Company], &self.company)?,
            any_of(&[NodeKind::Technology, NodeKind::Concept], &self.technology)?,
            any_of(&[NodeKind::Event], &self.event)?,
        ];
        let filter = Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            joined: joined.into_iter().flatten().collect(),
            around: any_of(&NodeKind::ALL, &self.around)?.map(|centre| (centre, self.depth)),
            collapse: self.collapse.map_or(Collapse::Nothing, |CollapseArg::Talks| Collapse::Talks),
            kinds: self.kind.iter().copied().collect(),
            min_talks: self.min_talks,
            top: self.top,
        };
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

//! What of a graph is wanted, in people's words: names where a [`Filter`] has ids.
//!
//! In: names as [`find`] knows them, from the command line or an address. Out: the [`Filter`] that they mean in a graph.

use super::filter::{Collapse, Day, Filter};
use super::find::find;
use super::{NodeId, NodeKind, TechGraph};
use crate::error::Error;
use crate::gazetteer::Gazetteer;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How many steps around a node are wanted where nobody says.
pub const DEPTH: usize = 2;

/// What of a graph is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Wanted {
    /// Only nodes of these kinds
    pub kind: Vec<NodeKind>,
    /// Only so many technologies, concepts, companies, people and events, of each those with the most talks
    pub top: Option<usize>,
    /// Only technologies, concepts, companies, people and events with at least so many talks
    pub min_talks: usize,
    /// Only talks and reports of this day or later: 2019-08-30, 2019-08 or 2019
    pub since: Option<Day>,
    /// Only talks and reports of this day or earlier
    pub until: Option<Day>,
    /// Only talks for a company; of several, for any
    pub company: Vec<String>,
    /// Only talks that name a technology or concept; of several, any
    pub technology: Vec<String>,
    /// Only talks of an event or of a series of events; of several, of any
    pub event: Vec<String>,
    /// Only what lies within `depth` steps of a node
    pub around: Vec<String>,
    /// How many steps around a node: 2, if not said
    pub depth: Option<usize>,
    /// Join what talks join: companies and technologies, by how many talks
    pub collapse: Collapse,
}

impl Wanted {
    /// Whether the whole graph is wanted as it is.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// What that means in a graph.
    ///
    /// # Errors
    /// [`Error::Unknown`] of a name that stands for nothing in the graph.
    pub fn filter(&self, graph: &TechGraph, gazetteer: &Gazetteer) -> Result<Filter, Error> {
        let any_of = |kinds: &[NodeKind], names: &[String]| -> Result<Option<BTreeSet<NodeId>>, Error> {
            let found: Result<Vec<_>, _> = names.iter().map(|name| find(graph, gazetteer, kinds, name)).collect();
            Ok(Some(found?.into_iter().flatten().collect()).filter(|_| !names.is_empty()))
        };
        let joined = [
            any_of(&[NodeKind::Company], &self.company)?,
            any_of(&[NodeKind::Technology, NodeKind::Concept], &self.technology)?,
            any_of(&[NodeKind::Event], &self.event)?,
        ];
        Ok(Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            joined: joined.into_iter().flatten().collect(),
            around: any_of(&NodeKind::ALL, &self.around)?.map(|centre| (centre, self.depth.unwrap_or(DEPTH))),
            collapse: self.collapse,
            kinds: self.kind.iter().copied().collect(),
            min_talks: self.min_talks,
            top: self.top,
        })
    }
}

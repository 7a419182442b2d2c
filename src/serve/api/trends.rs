//! `/api/trends`: technologies over time, a row for each and each period, as charts want them.

use super::{Endpoint, Scene};
use crate::analysis::trend::trends;
use crate::graph::NodeId;
use crate::serve::refusal::Refusal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) struct Trends;

/// How many technologies there are where nobody says.
const TECHNOLOGIES: usize = 20;

#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Query {
    /// How many technologies, those with the most talks: 20, if not said
    technologies: Option<usize>,
}

/// Technologies over time.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Over<'a> {
    /// What is counted: `talk`, or `report` where no report has a talk.
    counted: &'static str,
    /// How many of them have a day.
    dated: usize,
    /// How many have none, and are not counted.
    undated: usize,
    /// How many technologies are left out.
    left_out: usize,
    /// For each technology, each period in order.
    items: Vec<Row<'a>>,
}

/// A technology in a period.
#[derive(Debug, Serialize, JsonSchema)]
struct Row<'a> {
    id: &'a NodeId,
    technology: &'a str,
    /// A month, a quarter or a year, the finer the shorter the time is that talks cover: `2019-08`, `2019 Q3`, `2019`.
    period: String,
    /// Its first day.
    day: String,
    /// Talks that name it.
    talks: usize,
}

impl Endpoint for Trends {
    const PATH: &'static str = "/api/trends";
    const ABOUT: &'static str = "How many talks name a technology in each month, quarter or year.";
    const PAGED: bool = false;
    type Query = Query;
    type Answer<'a> = Over<'a>;

    fn answer<'a>(scene: &'a Scene, query: Query) -> Result<Over<'a>, Refusal> {
        let trends = trends(&scene.graph, query.technologies.unwrap_or(TECHNOLOGIES));
        let rows = trends.rows.iter().flat_map(|row| {
            let periods = trends.periods.iter().zip(&row.talks);
            periods.map(|(period, talks)| Row {
                id: &row.node.id,
                technology: &row.node.label,
                period: period.name.clone(),
                day: period.start.to_string(),
                talks: *talks,
            })
        });
        let items = rows.collect();
        Ok(Over { counted: trends.voice.name(), dated: trends.dated, undated: trends.undated, left_out: trends.left_out, items })
    }
}

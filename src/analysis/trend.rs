//! Technologies over time: how many talks name each in each period.
//!
//! In: the graph, and how many technologies at most. Out: periods without gaps, and a row for each of the technologies with
//! the most dated talks, those that were talked about earliest first. Where there are no talks, reports count in their place.

use super::together::{Voice, speaking};
use crate::graph::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// Technologies by periods.
#[derive(Debug, Default)]
pub struct Trends<'g> {
    /// The periods in order.
    pub periods: Vec<Period>,
    /// The technologies.
    pub rows: Vec<Trend<'g>>,
    /// How many technologies are left out.
    pub left_out: usize,
    /// How many talks have no day.
    pub undated: usize,
    /// How many have one.
    pub dated: usize,
    /// Whether those are talks, or reports in their place.
    pub voice: Voice,
}

/// A month, a quarter or a year.
#[derive(Debug)]
pub struct Period {
    /// `2019-08`, `2019 Q3`, `2019`.
    pub name: String,
    /// Its first day.
    pub start: Date,
}

/// A technology over time.
#[derive(Debug)]
pub struct Trend<'g> {
    /// The technology.
    pub node: &'g Node,
    /// Talks that name it, for each period.
    pub talks: Vec<usize>,
}

/// The longest time, in months, that is shown by months and by quarters.
const LONGEST: (i32, i32) = (14, 36);

/// The trends of a graph.
pub fn trends(graph: &TechGraph, technologies: usize) -> Trends<'_> {
    let talks: Vec<(&Node, Option<Date>)> = speaking(graph).map(|talk| (talk, day(talk))).collect();
    let voice = Voice::of(graph);
    let days = || talks.iter().filter_map(|(_, day)| *day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Trends { undated: talks.len(), voice, ..Trends::default() };
    };
    let months = month(last) - month(first);
    let unit = if months <= LONGEST.0 {
        Unit::Month
    } else if months <= LONGEST.1 {
        Unit::Quarter
    } else {
        Unit::Year
    };
    let (start, end) = (unit.index(first), unit.index(last));
    let count = usize::try_from(end - start + 1).unwrap_or(1);
    let mut rows: BTreeMap<&NodeId, Trend> = BTreeMap::new();
    for (talk, day) in &talks {
        let Some(period) = day.and_then(|day| usize::try_from(unit.index(day) - start).ok()) else { continue };
        for (node, _) in graph.from(&talk.id, EdgeKind::Mentions) {
            if node.kind == NodeKind::Technology {
                rows.entry(&node.id).or_insert_with(|| Trend { node, talks: vec![0; count] }).talks[period] += 1;
            }
        }
    }
    let mut rows: Vec<Trend> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.talks.iter().sum::<usize>()));
    let left_out = rows.len().saturating_sub(technologies);
    rows.truncate(technologies);
    rows.sort_by(|a, b| a.middle().total_cmp(&b.middle()).then_with(|| a.node.id.cmp(&b.node.id)));
    let periods = (start..=end).map(|index| Period { name: unit.name(index), start: unit.start(index) }).collect();
    let dated = days().count();
    Trends { periods, rows, left_out, undated: talks.len() - dated, dated, voice }
}

impl Trend<'_> {
    /// Where in time its talks lie in the mean.
    #[expect(clippy::cast_precision_loss, reason = "few periods, few talks")]
    fn middle(&self) -> f64 {
        let weighted: usize = self.talks.iter().enumerate().map(|(period, talks)| period * talks).sum();
        weighted as f64 / self.talks.iter().sum::<usize>().max(1) as f64
    }
}

impl Unit {
    /// The period that a day lies in, counted from the year 0.
    fn index(self, day: Date) -> i32 {
        match self {
            Self::Month => month(day),
            Self::Quarter => month(day).div_euclid(3),
            Self::Year => month(day).div_euclid(12),
        }
    }

    /// The first day of a period.
    fn start(self, index: i32) -> Date {
        let month = match self {
            Self::Month => index,
            Self::Quarter => index * 3,
            Self::Year => index * 12,
        };
        let part = |number: i32| i8::try_from(number).unwrap_or(1);
        Date::new(i16::try_from(month.div_euclid(12)).unwrap_or_default(), part(month.rem_euclid(12) + 1), 1).unwrap_or_default()
    }

    fn name(self, index: i32) -> String {
        match self {
            Self::Month => format!("{}-{:02}", index.div_euclid(12), index.rem_euclid(12) + 1),
            Self::Quarter => format!("{} Q{}", index.div_euclid(4), index.rem_euclid(4) + 1),
            Self::Year => index.to_string(),
        }
    }
}

fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The day of a talk or report.
pub(super) fn day(node: &Node) -> Option<Date> {
    node.date.as_deref()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn periods_have_names() {
        let day = jiff::civil::date(2019, 8, 30);
        for (unit, name) in [(Unit::Month, "2019-08"), (Unit::Quarter, "2019 Q3"), (Unit::Year, "2019")] {
            assert_eq!(unit.name(unit.index(day)), name);
            assert_eq!(unit.index(unit.start(unit.index(day))), unit.index(day));
            assert!(unit.start(unit.index(day)) <= day);
        }
    }
}

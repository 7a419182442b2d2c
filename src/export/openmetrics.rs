//! A folder of metrics: `snapshot.prom`, to be scraped as it is, and `history.om`, dated, for
//! `promtool tsdb create-blocks-from openmetrics`.
//!
//! In: the histories of nodes. Out: gauges in OpenMetrics' text (<https://prometheus.io/docs/specs/om/open_metrics_spec/>),
//! one sample of a node in the snapshot, one for each day on which its talks grew in the history. prometheus-client has no
//! samples with times, so the lines, of which there is one shape, are written here.

use super::target::File;
use crate::analysis::history::History;
use crate::error::Error;
use crate::graph::NodeKind;
use std::fmt::Write as _;

/// The kinds that are measured; of people there is no metric.
const KINDS: [NodeKind; 4] = [NodeKind::Company, NodeKind::Concept, NodeKind::Event, NodeKind::Technology];

/// The two files.
///
/// # Errors
/// Never in memory.
pub fn files(histories: &[History]) -> Result<Vec<File>, Error> {
    let dated = text(histories, &|history, line, out| {
        for (day, talks) in &history.days {
            if let Some(seconds) = seconds(day) {
                let _ = writeln!(out, "{line} {talks} {seconds}");
            }
        }
    });
    Ok(vec![
        File { name: "snapshot.prom", bytes: snapshot(histories).into_bytes() },
        File { name: "history.om", bytes: dated.into_bytes() },
    ])
}

/// How many talks each node has, to be scraped.
pub fn snapshot(histories: &[History]) -> String {
    text(histories, &|history, line, out| {
        let _ = writeln!(out, "{line} {}", history.node.talks);
    })
}

fn text(histories: &[History], samples: &dyn Fn(&History, &str, &mut String)) -> String {
    let mut out = String::new();
    for kind in KINDS {
        let metric = format!("techgraph_{}_talks", kind.name());
        let _ = writeln!(out, "# HELP {metric} Talks that the {} is joined to.\n# TYPE {metric} gauge", kind.name());
        for history in histories.iter().filter(|history| history.node.kind == kind) {
            let node = history.node;
            let category = node.category.as_ref().map(|c| format!(",category=\"{}\"", escaped(c))).unwrap_or_default();
            let line = format!("{metric}{{id=\"{}\",name=\"{}\"{category}}}", escaped(node.id.parts().1), escaped(&node.label));
            samples(history, &line, &mut out);
        }
    }
    out.push_str("# EOF\n");
    out
}

/// A label's value, as the format escapes it.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// Midnight of a day, in seconds since 1970 (UTC).
fn seconds(day: &str) -> Option<i64> {
    let day: jiff::civil::Date = day.parse().ok()?;
    day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|midnight| midnight.timestamp().as_second())
}

//! A folder for Grafana's node graph panel, by way of the Infinity data source: `nodes.json` and `edges.json`, one query
//! each, formats `node-graph-nodes` and `node-graph-edges`.
//!
//! In: a [`View`]. Out: rows with the fields that the panel knows
//! (<https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/node-graph/>). The arcs around a node sum
//! to 1, as the panel wants it: the whole ring has the colour of the node's kind. What the panel writes on nodes and edges is
//! text, since it writes numbers with two decimals; tables find the numbers in `detail__talks` and `detail__count`.

use super::target::File;
use super::view::{View, ViewOptions};
use crate::error::Error;
use crate::graph::{NodeKind, TechGraph};
use serde_json::{Value, json};

/// The kinds that are shown, in the order of their arcs.
const KINDS: [NodeKind; 3] = [NodeKind::Company, NodeKind::Talk, NodeKind::Technology];

/// What of a graph is shown at most: where it has fewer talks or companies than usual, more of the others.
pub fn most(graph: &TechGraph, usual: &ViewOptions) -> ViewOptions {
    let there = |kind, most: usize| most.min(graph.nodes_of(kind).count());
    // More talks than are shown one by one are not shown at all.
    let talks = Some(graph.nodes_of(NodeKind::Talk).count()).filter(|talks| *talks <= usual.talks).unwrap_or(0);
    let companies = there(NodeKind::Company, usual.companies + (usual.talks - talks) / 2);
    let technologies = usual.companies + usual.technologies + usual.talks - companies - talks;
    ViewOptions { companies, overview: companies, technologies, ..usual.clone() }
}

/// The two tables.
///
/// # Errors
/// Never in memory.
pub fn files(view: &View) -> Result<Vec<File>, Error> {
    let (nodes, edges) = rows(view);
    Ok(vec![file("nodes.json", &nodes)?, file("edges.json", &edges)?])
}

/// The rows of the two tables: nodes, and the edges between them.
pub fn rows(view: &View) -> (Vec<Value>, Vec<Value>) {
    let nodes = view.nodes.iter().map(|node| {
        let talks = view.voice.counted(node.talks);
        let mut row = json!({
            "id": node.id.as_str(),
            "title": node.label,
            "subtitle": node.kind.name(),
            "mainstat": if node.kind == NodeKind::Talk { node.date.clone().unwrap_or_default() } else { talks },
            "secondarystat": node.category.clone().unwrap_or_default(),
            "detail__about": node.detail,
            "detail__talks": (node.kind != NodeKind::Talk).then_some(node.talks),
            "detail__url": node.url.clone().unwrap_or_default(),
        });
        // A report stands for talks where a graph has none.
        let shown = if node.kind == NodeKind::Document { NodeKind::Talk } else { node.kind };
        for kind in KINDS {
            row[format!("arc__{}", kind.name())] = json!(u8::from(kind == shown));
        }
        row
    });
    let edges = view.edges.iter().map(|edge| {
        let (source, target) = (view.nodes[edge.source].id.as_str(), view.nodes[edge.target].id.as_str());
        let width = 1.0 + f64::from(u32::try_from(edge.count).unwrap_or(u32::MAX)).log2();
        json!({
            "id": format!("{source} -{}-> {target}", edge.join.name()),
            "source": source,
            "target": target,
            "mainstat": format!("{}×", edge.count),
            "secondarystat": edge.join.name(),
            "thickness": (width.min(8.0) * 10.0).round() / 10.0,
            "detail__count": edge.count,
            "detail__said": edge.detail,
        })
    });
    (nodes.collect(), edges.collect())
}

fn file(name: &'static str, rows: &[Value]) -> Result<File, Error> {
    let mut bytes = serde_json::to_vec_pretty(rows)?;
    bytes.push(b'\n');
    Ok(File { name, bytes })
}

#[cfg(test)]
mod tests {
    use super::most;
    use crate::export::Options;
    use crate::export::view::view;
    use crate::graph::{GRAPH_SCHEMA, NodeKind, TechGraph, store};
    use serde_json::{Value, json};

    /// So many companies, talks and technologies; each talk is for one company and names two technologies.
    fn graph(sizes: [usize; 3]) -> TechGraph {
        let kinds = ["company", "talk", "technology"];
        let id = |kind: usize, index: usize| format!("{}:{index}", kinds[kind]);
        let all = || (0..3).flat_map(|kind| (0..sizes[kind]).map(move |index| (kind, index)));
        let node = |(kind, index)| json!({"id": id(kind, index), "kind": kinds[kind], "label": index.to_string(), "talks": 1});
        let edge = |source, target, kind| json!({"source": source, "target": target, "kind": kind, "count": 1, "evidence": []});
        let mut edges: Vec<Value> = Vec::new();
        for index in 0..if sizes[2] > 0 { sizes[1] } else { 0 } {
            edges.extend([0, 1].map(|more| edge(id(1, index), id(2, (2 * index + more) % sizes[2]), "mentions")));
            edges.extend((sizes[0] > 0).then(|| edge(id(1, index), id(0, index % sizes[0].max(1)), "represents")));
        }
        for index in (0..sizes[2]).filter(|_| sizes[0] > 0) {
            // The first company uses everything, so that nothing stands alone.
            let using = std::collections::BTreeSet::from([0, index % sizes[0]]);
            edges.extend(using.into_iter().map(|company| edge(id(0, company), id(2, index), "uses")));
        }
        let graph = json!({"schema": GRAPH_SCHEMA, "nodes": all().map(node).collect::<Vec<_>>(), "edges": edges});
        store::parse("graph.json", graph.to_string().as_bytes()).expect("a graph")
    }

    #[test]
    fn two_hundred_nodes_are_shown_of_whatever_there_is() {
        for (there, shown) in [
            ([300, 300, 300], [80, 0, 120]),
            ([10, 300, 300], [10, 0, 190]),
            ([300, 20, 300], [20, 20, 40]),
            ([300, 80, 300], [40, 80, 80]),
            ([300, 0, 300], [80, 0, 120]),
            ([300, 0, 0], [80, 0, 0]),
            ([0, 0, 300], [0, 0, 200]),
            ([0, 0, 0], [0, 0, 0]),
        ] {
            let graph = graph(there);
            let view = view(&graph, &most(&graph, &Options::default().dashboard));
            let count = |kind| view.nodes.iter().filter(|node| node.kind == kind).count();
            assert_eq!([NodeKind::Company, NodeKind::Talk, NodeKind::Technology].map(count), shown, "of {there:?}");
        }
    }
}

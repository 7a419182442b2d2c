//! What the page of `-f html` knows: the graph as data, small enough to open at once.
//!
//! In: the graph and the aliases of its nodes. Out: a [`Page`], which is written as JSON; `viewer/src/data.ts` reads it. Texts
//! that stand often, paths and quotes, are listed once and meant by their index, as nodes are. Of an edge's evidence the first
//! [`SHOWN`] places are kept. Positions are computed here, so that the page has nothing to lay out.

use super::view::{ViewOptions, view};
use crate::analysis::communities::communities;
use crate::analysis::together::speaking;
use crate::graph::alias::Aliases;
use crate::graph::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::layout::apart::apart;
use crate::layout::force::plane;
use crate::record::{Evidence, Resources};
use serde::Serialize;
use std::collections::BTreeMap;

/// Name and version of the page's data.
pub const PAGE_SCHEMA: &str = "techgraph/page/1";
/// How many places of an edge are kept.
const SHOWN: usize = 5;
/// How many characters of a quote are kept, around what it is evidence of.
const QUOTE: usize = 400;
/// From one end of the plane to the other, in steps that positions are rounded to.
const PLANE: f64 = 20_000.0;

/// The data of a page.
#[derive(Debug, Serialize)]
pub struct Page<'g> {
    /// [`PAGE_SCHEMA`].
    pub schema: &'static str,
    /// Version of techgraph.
    pub version: &'static str,
    /// What the graph is of.
    pub title: String,
    /// Where it is served: by what the graph is told from the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<&'g str>,
    /// The kind of node that talks are counted by: `talk`, or `document` in a graph without talks.
    pub speaking: &'static str,
    /// The kinds of edges, which edges mean by index.
    pub kinds: Vec<&'static str>,
    /// Paths of documents, which evidence means by index.
    pub documents: Vec<&'g str>,
    /// Sentences and lines, which evidence means by index.
    pub quotes: Vec<String>,
    /// Sorted by id.
    pub nodes: Vec<PageNode<'g>>,
    /// Sorted by source, target and kind.
    pub edges: Vec<PageEdge<'g>>,
}

/// A node; the fields of [`Node`] that people look for.
#[derive(Debug, Serialize)]
pub struct PageNode<'g> {
    id: &'g NodeId,
    kind: NodeKind,
    label: &'g str,
    /// Where it lies: steps to the right and upwards.
    at: [i64; 2],
    /// Its community, from 0, the largest first.
    community: usize,
    talks: usize,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'g [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'g str>,
    #[serde(skip_serializing_if = "Resources::is_empty")]
    resources: &'g Resources,
}

/// An edge: source, target and kind by index, how often it is said, how many places say so, the first of them.
#[derive(Debug, Serialize)]
pub struct PageEdge<'g>(usize, usize, usize, usize, usize, Vec<PageEvidence<'g>>);

/// Evidence: document by index, line, column, what stands there, quote by index, and the address of the published report,
/// which is empty where it is not known.
#[derive(Debug, Serialize)]
pub struct PageEvidence<'g>(usize, usize, usize, &'g str, usize, &'g str);

/// Texts, each listed once.
#[derive(Default)]
struct Texts<T>(BTreeMap<T, usize>, Vec<T>);

impl<T: Ord + Clone> Texts<T> {
    fn index(&mut self, text: T) -> usize {
        let Self(known, list) = self;
        *known.entry(text.clone()).or_insert_with(|| {
            list.push(text);
            list.len() - 1
        })
    }
}

impl<'g> Page<'g> {
    /// The data of a graph's page.
    pub fn of(graph: &'g TechGraph, aliases: &'g Aliases, options: &ViewOptions) -> Self {
        let index: BTreeMap<&NodeId, usize> = graph.nodes().enumerate().map(|(index, node)| (&node.id, index)).collect();
        let joins = joins(graph, &index);
        let radii: Vec<f64> = graph.nodes().map(radius).collect();
        let places = places(&apart(&plane(index.len(), &joins), &radii));
        let groups = communities(index.len(), &joins);
        let node = |(index, node): (usize, &'g Node)| PageNode {
            id: &node.id,
            kind: node.kind,
            label: &node.label,
            at: places[index],
            community: groups[index],
            talks: node.talks,
            aliases: aliases.get(&node.id).map_or(&[], Vec::as_slice),
            category: node.category.as_deref(),
            url: node.url.as_deref(),
            series: node.series.as_deref(),
            place: node.place.as_deref(),
            date: node.date.as_deref(),
            resources: &node.resources,
        };
        let (mut documents, mut quotes) = (Texts::default(), Texts::default());
        let edge = |(source, target, edge): (&'g Node, &'g Node, &'g Edge)| {
            let place = |evidence: &'g Evidence| {
                let url = evidence.url.as_deref().unwrap_or("");
                let (document, quote) = (documents.index(evidence.document.as_str()), quotes.index(clipped(evidence)));
                PageEvidence(document, evidence.line, evidence.column, &evidence.surface, quote, url)
            };
            let shown = edge.evidence.iter().take(SHOWN).map(place).collect();
            PageEdge(index[&source.id], index[&target.id], edge.kind as usize, edge.count, edge.evidence.len(), shown)
        };
        let edges = graph.edges().map(edge).collect();
        Self {
            schema: PAGE_SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            title: view(graph, options).title,
            live: None,
            speaking: speaking(graph).next().map_or(NodeKind::Talk, |node| node.kind).name(),
            kinds: EdgeKind::ALL.map(EdgeKind::name).into(),
            documents: documents.1,
            quotes: quotes.1,
            nodes: graph.nodes().enumerate().map(node).collect(),
            edges,
        }
    }
}

/// What pulls nodes together: what talks and people say, less what only frames them; derived edges where nothing else does.
fn joins(graph: &TechGraph, index: &BTreeMap<&NodeId, usize>) -> Vec<(usize, usize, f64)> {
    let is_derived = |kind| matches!(kind, EdgeKind::Uses | EdgeKind::Maintains);
    let only_derived = graph.edges().all(|(.., edge)| is_derived(edge.kind));
    let pulls = graph.edges().filter(|(.., edge)| only_derived || !is_derived(edge.kind));
    let weight = |kind| match kind {
        EdgeKind::PartOf | EdgeKind::HostedBy | EdgeKind::ReportedIn | EdgeKind::WorksAt => 0.3,
        _ => 1.0,
    };
    pulls.map(|(source, target, edge)| (index[&source.id], index[&target.id], weight(edge.kind))).collect()
}

/// How large a node's dot is; `viewer/src/stage.ts` draws by the same rule.
fn radius(node: &Node) -> f64 {
    match node.kind {
        NodeKind::Talk | NodeKind::Document => 2.2,
        NodeKind::Person => 2.4,
        _ => (1.4 + 1.9 * f64::from(u32::try_from(node.talks.max(1)).unwrap_or(u32::MAX)).sqrt()).min(22.0),
    }
}

/// Positions in whole steps.
fn places(points: &[(f64, f64)]) -> Vec<[i64; 2]> {
    let end = |start: f64, of: fn(f64, f64) -> f64| points.iter().fold((start, start), |(x, y), point| (of(x, point.0), of(y, point.1)));
    let (low, high) = (end(f64::INFINITY, f64::min), end(f64::NEG_INFINITY, f64::max));
    let scale = PLANE / (high.0 - low.0).max(high.1 - low.1).max(1e-9);
    #[expect(clippy::cast_possible_truncation, reason = "within the plane")]
    let step = |value: f64| (value * scale).round() as i64;
    points.iter().map(|(x, y)| [step(x - low.0), step(high.1 - y)]).collect()
}

/// A quote, or what of a long one stands around its evidence.
fn clipped(evidence: &Evidence) -> String {
    let quote = &evidence.quote;
    let long = quote.chars().count();
    if long <= QUOTE {
        return quote.clone();
    }
    let before = quote.find(&evidence.surface).map_or(0, |at| quote[..at].chars().count());
    let from = before.saturating_sub(QUOTE / 2).min(long - QUOTE);
    let part: String = quote.chars().skip(from).take(QUOTE).collect();
    let (head, tail) = (if from > 0 { "…" } else { "" }, if from + QUOTE < long { "…" } else { "" });
    format!("{head}{part}{tail}")
}

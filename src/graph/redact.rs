//! Leaves people out of a graph.
//!
//! In: the graph that knows the people, and the part of it that is wanted. Out: that part without people, and without their
//! names where the words of the reports have them: in quotes, titles, ids, paths and addresses. A name is hidden wherever it
//! stands, also where it means something else: what is hidden too much does less harm than what is shown. Names of
//! technologies and companies stay as they are.

use super::parts::Parts;
use super::{EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::entity::slug;
use crate::error::Error;
use crate::normalize::key;
use crate::record::Evidence;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// What stands where a name stood.
const HIDDEN: &str = "…";
/// The same in ids and paths.
const HIDDEN_ID: &str = "speaker";

/// The names of people, to be hidden.
#[derive(Debug)]
pub struct Names {
    /// `None` if there are none.
    finder: Option<AhoCorasick>,
}

/// A graph without people and their names.
pub fn redacted(graph: &TechGraph, names: &Names) -> TechGraph {
    let mut parts = Parts::of(graph);
    parts.keep(|node| node.kind != NodeKind::Person);
    let mut ids: BTreeMap<NodeId, NodeId> = BTreeMap::new();
    let mut taken: BTreeSet<NodeId> = BTreeSet::new();
    for node in parts.nodes.values() {
        let hidden = if is_free(node.kind) { names.hide(node.id.as_str(), HIDDEN_ID) } else { node.id.as_str().to_owned() };
        let ordinals = (1..).map(|n| NodeId::new(if n == 1 { hidden.clone() } else { format!("{hidden}~{n}") }));
        let id = ordinals.into_iter().find(|id| !taken.contains(id)).unwrap_or_else(|| node.id.clone());
        taken.insert(id.clone());
        ids.insert(node.id.clone(), id);
    }
    let renamed = |id: &NodeId| ids.get(id).unwrap_or(id).clone();
    let path = |path: &str| renamed(&NodeId::document(path)).parts().1.to_owned();
    let nodes = parts.nodes.into_values().map(|node| hidden(node, names, &renamed, &path)).map(|node| (node.id.clone(), node)).collect();
    let edges = parts.edges.into_iter().map(|((source, target, kind), mut edge)| {
        for evidence in &mut edge.evidence {
            *evidence = Evidence {
                document: path(&evidence.document),
                surface: names.hide(&evidence.surface, HIDDEN),
                quote: names.hide(&evidence.quote, HIDDEN),
                url: evidence.url.take().filter(|url| !names.stand_in(url)),
                ..evidence.clone()
            };
        }
        edge.talks = edge.talks.iter().map(renamed).collect();
        ((renamed(&source), renamed(&target), kind), edge)
    });
    Parts { nodes, edges: edges.collect() }.graph()
}

/// Whether nodes of a kind are called as reporters please.
fn is_free(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Talk | NodeKind::Document | NodeKind::Event)
}

fn hidden(node: Node, names: &Names, renamed: &dyn Fn(&NodeId) -> NodeId, path: &dyn Fn(&str) -> String) -> Node {
    if !is_free(node.kind) {
        return node;
    }
    let mut node = node;
    node.id = renamed(&node.id);
    node.label = names.hide(&node.label, HIDDEN);
    node.series = node.series.map(|series| names.hide(&series, HIDDEN));
    node.place = node.place.map(|place| names.hide(&place, HIDDEN));
    node.same_as = node.same_as.iter().map(|id| names.hide(id, HIDDEN_ID)).collect();
    node.places.iter_mut().for_each(|place| place.document = path(&place.document));
    node.url = node.url.filter(|url| !names.stand_in(url));
    node.resources.session = node.resources.session.filter(|url| !names.stand_in(url));
    let resources = &mut node.resources;
    for links in [&mut node.links, &mut resources.slides, &mut resources.videos, &mut resources.repositories] {
        links.retain(|url| !names.stand_in(url));
    }
    node
}

impl Names {
    /// The names of a graph's people, as they are labelled, as they are written, and as ids and addresses spell them.
    ///
    /// # Errors
    /// [`Error::Redact`] if there are more of them than can be looked for.
    pub fn of(graph: &TechGraph) -> Result<Self, Error> {
        let things = graph.nodes().filter(|node| !is_free(node.kind) && node.kind != NodeKind::Person);
        let things: BTreeSet<String> = things.map(|node| key(&node.label)).collect();
        let written = graph.edges().filter(|(.., edge)| edge.kind == EdgeKind::PresentedBy);
        let written = written.flat_map(|(.., edge)| edge.evidence.iter().map(|evidence| evidence.surface.as_str()));
        let called = graph.nodes_of(NodeKind::Person).map(|node| node.label.as_str());
        let mut names: BTreeSet<String> = BTreeSet::new();
        for name in called.chain(written).filter(|name| name.chars().count() > 1 && !things.contains(&key(name))) {
            let slug = slug(name);
            names.extend([name.to_owned(), slug.replace('-', "_"), slug.replace('-', ""), slug.replace('-', "."), slug]);
        }
        names.retain(|name| name.chars().count() > 1);
        let mut builder = AhoCorasick::builder();
        let finder = builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&names);
        let finder = finder.map_err(|e| Error::Redact(e.to_string()))?;
        Ok(Self { finder: (!names.is_empty()).then_some(finder) })
    }

    /// Where names stand as words: what is before them is no letter, nor is what is after them, but for what joins on to
    /// words without a space, as particles do.
    fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let is_word = |at: &aho_corasick::Match| {
            let before = text[..at.start()].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let latin = text[..at.end()].ends_with(|c: char| c.is_ascii_alphanumeric());
            before && !(latin && text[at.end()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        finder.find_iter(text).filter(is_word).map(|at| (at.start(), at.end())).collect()
    }

    fn stand_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// The text with each name replaced.
    fn hide(&self, text: &str, by: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in self.places(text) {
            out.push_str(&text[from..start]);
            out.push_str(by);
            from = end;
        }
        out.push_str(&text[from..]);
        out
    }
}

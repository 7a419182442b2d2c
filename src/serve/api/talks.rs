//! `/api/talks`: talks with all that is joined to them.

use super::{Endpoint, Nothing, Page, Scene};
use crate::graph::{EdgeKind, Node, NodeId, NodeKind};
use crate::record::Resources;
use crate::serve::refusal::Refusal;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;

pub(super) struct Talks;

/// A talk.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Talk<'a> {
    id: &'a NodeId,
    title: &'a str,
    /// `YYYY-MM-DD`.
    date: Option<&'a str>,
    event: Option<&'a str>,
    speakers: Vec<Speaker<'a>>,
    companies: Vec<&'a str>,
    technologies: Vec<&'a str>,
    concepts: Vec<&'a str>,
    /// Its session page, or the first of its links.
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Resources::is_empty")]
    resources: &'a Resources,
    /// The reports that tell of it.
    reports: Vec<Report<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Speaker<'a> {
    name: &'a str,
    companies: Vec<&'a str>,
}

/// Where a talk is told of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TalkReport")]
struct Report<'a> {
    document: &'a str,
    start_line: usize,
    end_line: usize,
}

impl Endpoint for Talks {
    const PATH: &'static str = "/api/talks";
    const ABOUT: &'static str = "Talks with their event, speakers, companies and technologies, the latest first; those without a day last.";
    type Query = Nothing;
    type Answer<'a> = Page<Talk<'a>>;

    fn answer<'a>(scene: &'a Scene, _: Nothing) -> Result<Page<Talk<'a>>, Refusal> {
        let mut talks: Vec<&Node> = scene.graph.nodes_of(NodeKind::Talk).collect();
        talks.sort_by_key(|talk| (Reverse(&talk.date), &talk.id));
        let Page { total, offset, items } = scene.page(talks);
        Ok(Page { total, offset, items: items.into_iter().map(|talk| told(scene, talk)).collect() })
    }
}

fn told<'a>(scene: &'a Scene, talk: &'a Node) -> Talk<'a> {
    let joined = |node: &'a Node, kind: EdgeKind| scene.graph.from(&node.id, kind).into_iter().map(|(node, _)| node);
    let labels = |node: &'a Node, kind: EdgeKind| joined(node, kind).map(|node| node.label.as_str()).collect::<Vec<_>>();
    let named = |kind: NodeKind| {
        joined(talk, EdgeKind::Mentions).filter(move |node| node.kind == kind).map(|node| node.label.as_str()).collect::<Vec<_>>()
    };
    let speaker = |person: &'a Node| Speaker { name: &person.label, companies: labels(person, EdgeKind::WorksAt) };
    Talk {
        id: &talk.id,
        title: &talk.label,
        date: talk.date.as_deref(),
        event: joined(talk, EdgeKind::PartOf).next().map(|event| event.label.as_str()),
        speakers: joined(talk, EdgeKind::PresentedBy).map(speaker).collect(),
        companies: labels(talk, EdgeKind::Represents),
        technologies: named(NodeKind::Technology),
        concepts: named(NodeKind::Concept),
        url: talk.url.as_deref(),
        resources: &talk.resources,
        reports: talk
            .places
            .iter()
            .map(|place| Report { document: &place.document, start_line: place.start_line, end_line: place.end_line })
            .collect(),
    }
}

//! Builds the graph from the extracts of documents.
//!
//! In: extracts in any order. Out: a [`TechGraph`] that does not depend on that order. Talks of several documents that
//! prove to be one ([`super::same`]) are one node.

use super::node::TalkPlace;
use super::parts::{Edges, Nodes, Parts};
use super::same::Talks;
use super::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::entity::{EntityId, EntityKind, slug};
use crate::gazetteer::Gazetteer;
use crate::record::{DocumentRecord, Evidence, Extract, TalkRecord};
use crate::talk::TalkId;
use std::collections::{BTreeMap, HashMap};

/// A graph in the making: extracts are added in the order of their documents' paths.
pub struct Builder<'g> {
    gazetteer: &'g Gazetteer,
    /// How many places are kept for an edge.
    places: usize,
    nodes: Nodes,
    edges: Edges,
    /// The talks so far: to tell whether another is the same.
    talks: Talks,
}

/// The graph of what the extracts say.
pub fn graph(mut extracts: Vec<Extract>, gazetteer: &Gazetteer) -> TechGraph {
    extracts.sort_by(|a, b| a.document.path.cmp(&b.document.path));
    let mut builder = Builder::new(gazetteer, usize::MAX);
    extracts.iter().for_each(|e| builder.add(e));
    builder.finish()
}

impl<'g> Builder<'g> {
    /// An empty graph that keeps the first `places` pieces of evidence of each edge; counts are of all.
    pub fn new(gazetteer: &'g Gazetteer, places: usize) -> Self {
        Self { gazetteer, places, nodes: Nodes::new(), edges: Edges::new(), talks: Talks::default() }
    }

    /// The graph of all that was added.
    pub fn finish(mut self) -> TechGraph {
        self.derive();
        drop(self.talks);
        let mut parts = Parts { nodes: self.nodes, edges: self.edges };
        parts.count_talks();
        parts.graph()
    }

    /// Adds what a document says.
    pub fn add(&mut self, extract: &Extract) {
        let record = &extract.document;
        let document = NodeId::document(&record.path);
        let mut node = Node::new(document.clone(), NodeKind::Document, record.title.as_deref().unwrap_or(&record.path));
        node.date.clone_from(&record.date);
        node.language.clone_from(&record.language);
        self.nodes.insert(document.clone(), node);
        let event = self.event(record);
        let mut ids: HashMap<&TalkId, NodeId> = HashMap::new();
        for talk in &extract.talks {
            let id = self.talk(talk, record);
            self.edge(&id, &document, EdgeKind::ReportedIn, Some(talk.evidence.clone()));
            if let Some((event, evidence)) = &event {
                self.edge(&id, event, EdgeKind::PartOf, evidence.clone());
            }
            ids.insert(&talk.id, id);
        }
        for mention in extract.mentions.iter().filter(|m| matches!(m.kind, EntityKind::Technology | EntityKind::Concept)) {
            let target = self.entity(mention.kind, &mention.entity, &mention.name);
            let source = mention.talk.as_ref().and_then(|t| ids.get(t)).unwrap_or(&document).clone();
            self.edge(&source, &target, EdgeKind::Mentions, Some(mention.evidence()));
        }
    }

    fn event(&mut self, record: &DocumentRecord) -> Option<(NodeId, Option<Evidence>)> {
        let event = record.event.as_ref()?;
        let id = NodeId::entity(EntityKind::Event, &EntityId::new(slug(&event.name)));
        let known = record.event_ids.as_ref().and_then(|(series, _)| self.gazetteer.get(EntityKind::Event, series));
        let node = self.nodes.entry(id.clone()).or_insert_with(|| Node::new(id.clone(), NodeKind::Event, &event.name));
        node.url = known.and_then(|k| k.homepage.clone());
        node.series = Some(event.series.clone());
        node.date = node.date.take().or_else(|| event.date.clone());
        node.place = node.place.take().or_else(|| event.place.clone());
        if let Some(host) = record.event_ids.as_ref().and_then(|(_, host)| host.clone()) {
            let company = self.entity(EntityKind::Company, &host, event.host.as_deref().unwrap_or(host.as_str()));
            let key = (id.clone(), company, EdgeKind::HostedBy);
            self.edges.entry(key).or_insert_with(|| Edge { count: 1, ..Edge::new(EdgeKind::HostedBy) });
        }
        Some((id, record.event_evidence.clone()))
    }

    fn talk(&mut self, talk: &TalkRecord, document: &DocumentRecord) -> NodeId {
        let id = self.talk_id(talk, document.event.as_ref().map(|e| e.name.as_str()));
        let node = self.nodes.entry(id.clone()).or_insert_with(|| Node::new(id.clone(), NodeKind::Talk, &talk.title));
        node.places.push(TalkPlace { document: talk.document.clone(), start_line: talk.start_line, end_line: talk.end_line });
        if node.date.is_none() {
            let event = document.event.as_ref().and_then(|e| e.date.as_ref());
            node.date = event.or(document.date.as_ref()).cloned();
        }
        for link in &talk.links {
            if !node.links.contains(link) {
                node.links.push(link.clone());
            }
        }
        node.resources.join(&talk.resources);
        node.url = node.resources.session.as_ref().or(node.links.first()).cloned();
        let stream = talk.id.as_str();
        if NodeId::talk(&talk.id) != id && !node.same_as.iter().any(|s| s == stream) {
            node.same_as.push(stream.to_owned());
        }
        for speaker in &talk.speakers {
            // A name alone is no identity: two people of one name at two companies are two.
            let at = speaker.affiliation.as_ref().map(|(id, _)| format!("~{id}")).unwrap_or_default();
            let person = EntityId::new(format!("{}{at}", slug(&speaker.name)));
            let person = self.entity(EntityKind::Person, &person, &speaker.name);
            self.edge(&id, &person, EdgeKind::PresentedBy, Some(speaker.evidence.clone()));
            if let Some(((company, evidence), name)) = speaker.affiliation.as_ref().zip(speaker.company.as_ref()) {
                let company = self.entity(EntityKind::Company, company, name);
                self.edge(&person, &company, EdgeKind::WorksAt, Some(evidence.clone()));
            }
        }
        for (company, name, evidence) in &talk.affiliations {
            let company = self.entity(EntityKind::Company, company, name);
            self.edge(&id, &company, EdgeKind::Represents, Some(evidence.clone()));
        }
        id
    }

    /// The talk's node: that of the same talk in another document, else one of its own, named by the stream's id.
    fn talk_id(&mut self, talk: &TalkRecord, event: Option<&str>) -> NodeId {
        let known = self.talks.find(talk, event).cloned();
        let id = known.unwrap_or_else(|| {
            let ordinals = (1..).map(|n| if n == 1 { talk.id.clone() } else { TalkId::new(format!("{}~{n}", talk.id)) });
            let mut free = ordinals.map(|id| NodeId::talk(&id)).filter(|id| !self.nodes.contains_key(id));
            free.next().unwrap_or_else(|| NodeId::talk(&talk.id))
        });
        self.talks.insert(talk, event, &id);
        id
    }

    fn entity(&mut self, kind: EntityKind, entity: &EntityId, name: &str) -> NodeId {
        let id = NodeId::entity(kind, entity);
        if !self.nodes.contains_key(&id) {
            let mut node = Node::new(id.clone(), kind.into(), name);
            if let Some(known) = self.gazetteer.get(kind, entity) {
                node.category.clone_from(&known.category);
                node.url.clone_from(&known.homepage);
            }
            self.nodes.insert(id.clone(), node);
        }
        id
    }

    fn edge(&mut self, source: &NodeId, target: &NodeId, kind: EdgeKind, evidence: Option<Evidence>) {
        let edge = self.edges.entry((source.clone(), target.clone(), kind)).or_insert_with(|| Edge::new(kind));
        edge.count += 1;
        // Where a person works is counted by evidence again when a part of the graph is chosen.
        if edge.evidence.len() < self.places || kind == EdgeKind::WorksAt {
            // Most edges rest on one place.
            edge.evidence.reserve_exact(usize::from(edge.evidence.is_empty()));
            edge.evidence.extend(evidence);
        }
    }

    /// Company `uses` technology through its talks; company `maintains` technology, where both are in the graph.
    fn derive(&mut self) {
        let mut companies: BTreeMap<&NodeId, Vec<&NodeId>> = BTreeMap::new();
        let mut technologies: BTreeMap<&NodeId, Vec<&NodeId>> = BTreeMap::new();
        for (source, target, kind) in self.edges.keys() {
            match kind {
                EdgeKind::Represents => companies.entry(source).or_default().push(target),
                EdgeKind::Mentions if self.nodes.get(target).is_some_and(|n| n.kind == NodeKind::Technology) => {
                    technologies.entry(source).or_default().push(target)
                }
                _ => {}
            }
        }
        let mut derived = Edges::new();
        for (talk, companies) in companies {
            for company in companies {
                for technology in technologies.get(talk).into_iter().flatten() {
                    let key = (company.clone(), (*technology).clone(), EdgeKind::Uses);
                    let edge = derived.entry(key).or_insert_with(|| Edge::new(EdgeKind::Uses));
                    edge.count += 1;
                    edge.talks.push(talk.clone());
                }
            }
        }
        for node in self.nodes.values().filter(|n| n.kind == NodeKind::Technology) {
            let (_, id) = node.id.parts();
            let known = self.gazetteer.get(EntityKind::Technology, &EntityId::new(id));
            let Some(owner) = known.and_then(|e| e.owner.as_ref()) else { continue };
            let company = NodeId::entity(EntityKind::Company, owner);
            if self.nodes.contains_key(&company) {
                derived.insert((company, node.id.clone(), EdgeKind::Maintains), Edge { count: 1, ..Edge::new(EdgeKind::Maintains) });
            }
        }
        self.edges.extend(derived);
    }
}

//! Builds the graph from the extracts of documents.
//!
//! In: extracts in any order. Out: a [`TechGraph`] that does not depend on that order. Talks of several documents that
//! have one id (same event, same title) are one talk, unless their speakers say otherwise.

use super::node::TalkPlace;
use super::{Edge, EdgeKind, Node, NodeId, NodeKind, TechGraph};
use crate::entity::{EntityId, EntityKind, slug};
use crate::gazetteer::Gazetteer;
use crate::record::{DocumentRecord, Evidence, Extract, TalkRecord};
use crate::talk::TalkId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Titles with fewer letters than this (`Keynote`, `키노트`) are too common to make two talks one.
const TELLING_TITLE: usize = 10;

/// Collects nodes and edges.
struct Builder<'g> {
    gazetteer: &'g Gazetteer,
    nodes: BTreeMap<NodeId, Node>,
    edges: BTreeMap<(NodeId, NodeId, EdgeKind), Edge>,
    /// The talk of each node id so far: to tell whether another of the same id is the same.
    talks: HashMap<NodeId, TalkRecord>,
}

/// The graph of what the extracts say.
pub fn graph(mut extracts: Vec<Extract>, gazetteer: &Gazetteer) -> TechGraph {
    extracts.sort_by(|a, b| a.document.path.cmp(&b.document.path));
    let mut builder = Builder { gazetteer, nodes: BTreeMap::new(), edges: BTreeMap::new(), talks: HashMap::new() };
    extracts.iter().for_each(|e| builder.document(e));
    builder.derive();
    builder.count();
    TechGraph::new(builder.nodes, builder.edges)
}

impl Builder<'_> {
    fn document(&mut self, extract: &Extract) {
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
        if let Some(host) = record.event_ids.as_ref().and_then(|(_, host)| host.clone()) {
            let company = self.entity(EntityKind::Company, &host, event.host.as_deref().unwrap_or(host.as_str()));
            let key = (id.clone(), company, EdgeKind::HostedBy);
            self.edges.entry(key).or_insert_with(|| Edge { count: 1, ..Edge::new(EdgeKind::HostedBy) });
        }
        Some((id, record.event_evidence.clone()))
    }

    fn talk(&mut self, talk: &TalkRecord, document: &DocumentRecord) -> NodeId {
        let id = self.talk_id(talk);
        let node = self.nodes.entry(id.clone()).or_insert_with(|| Node::new(id.clone(), NodeKind::Talk, &talk.title));
        node.places.push(TalkPlace { document: talk.document.clone(), start_line: talk.start_line, end_line: talk.end_line });
        if node.date.is_none() {
            node.date.clone_from(&document.date);
        }
        for link in &talk.links {
            if !node.links.contains(link) {
                node.links.push(link.clone());
            }
        }
        node.url = node.links.first().cloned();
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

    /// The talk's node: the stream's id, or another where that names a different talk.
    fn talk_id(&mut self, talk: &TalkRecord) -> NodeId {
        let mut id = NodeId::talk(&talk.id);
        let mut ordinal = 1;
        while let Some(other) = self.talks.get(&id) {
            if same(other, talk) {
                return id;
            }
            ordinal += 1;
            id = NodeId::talk(&TalkId::new(format!("{}~{ordinal}", talk.id)));
        }
        self.talks.insert(id.clone(), talk.clone());
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
        edge.evidence.extend(evidence);
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
        let mut derived: BTreeMap<(NodeId, NodeId, EdgeKind), Edge> = BTreeMap::new();
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
        for entity in self.gazetteer.entities().into_iter().filter(|e| e.kind == EntityKind::Technology) {
            let Some(owner) = &entity.owner else { continue };
            let (company, technology) = (NodeId::entity(EntityKind::Company, owner), NodeId::entity(entity.kind, &entity.id));
            if self.nodes.contains_key(&company) && self.nodes.contains_key(&technology) {
                derived.insert((company, technology, EdgeKind::Maintains), Edge { count: 1, ..Edge::new(EdgeKind::Maintains) });
            }
        }
        self.edges.extend(derived);
    }

    /// How many talks are joined to each node.
    fn count(&mut self) {
        let mut talks: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for (source, target, _) in self.edges.keys() {
            if self.nodes.get(source).is_some_and(|n| n.kind == NodeKind::Talk) {
                talks.entry(target.clone()).or_default().insert(source.clone());
            }
        }
        for (id, talks) in talks {
            if let Some(node) = self.nodes.get_mut(&id) {
                node.talks = talks.len();
            }
        }
    }
}

/// Whether two talks of one id are one: told in different documents, with a telling title, by no different people.
fn same(a: &TalkRecord, b: &TalkRecord) -> bool {
    let telling = a.title.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING_TITLE;
    let names = |t: &TalkRecord| t.speakers.iter().map(|s| slug(&s.name)).collect::<BTreeSet<_>>();
    let (first, second) = (names(a), names(b));
    let strangers = !first.is_empty() && !second.is_empty() && first.is_disjoint(&second);
    a.document != b.document && telling && !strangers
}

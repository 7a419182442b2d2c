//! The graph as RDF triples, in the terms of schema.org as far as it has them (<https://schema.org>).
//!
//! In: the graph's rows. Out: triples, for Turtle and JSON-LD alike. A talk is a CreativeWork by people, on behalf of
//! companies, featured at an Event, subject of the report; a technology is a SoftwareApplication, a concept a DefinedTerm.
//! Each edge is such a triple, and a statement about that triple which holds its count, days and evidence; what schema.org
//! has no term for (a company `uses` a technology) has one of our own, `tg:`.

use super::table::{Table, Type, Value};
use crate::graph::{EdgeKind, NodeId, NodeKind};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, Triple};

/// Prefixes, in the order of the files' heads.
pub(super) const PREFIXES: [(&str, &str); 4] =
    [("rdf", RDF), ("schema", SCHEMA), ("tg", TERM), ("xsd", "http://www.w3.org/2001/XMLSchema#")];

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// The namespace of schema.org.
pub(super) const SCHEMA: &str = "https://schema.org/";
const TERM: &str = "urn:techgraph:term:";
const NODE: &str = "urn:techgraph:node:";
const EDGE: &str = "urn:techgraph:edge:";

/// Every triple, node by node, then edge by edge.
pub(super) fn triples<'t>(table: &'t Table) -> impl Iterator<Item = Triple> + 't {
    let nodes = table.nodes.iter().flat_map(|row| {
        let subject = node(&row.node.id);
        let kind = Triple::new(subject.clone(), rdf::TYPE, class(row.node.kind));
        let said = row.said().filter(|((name, _), _)| *name != "kind");
        let said =
            said.map(move |((name, kind), value)| Triple::new(subject.clone(), property(row.node.kind, name), literal(kind, &value)));
        std::iter::once(kind).chain(said)
    });
    let edges = table.edges.iter().flat_map(|row| {
        let (source, target) = (node(&row.source.id), node(&row.target.id));
        let (term, is_turned) = predicate(row.edge.kind);
        let (subject, object) = if is_turned { (target, source) } else { (source, target) };
        let about = iri(EDGE, &row.id());
        let parts = [
            Triple::new(subject.clone(), term.clone(), object.clone()),
            Triple::new(about.clone(), rdf::TYPE, rdf::STATEMENT.into_owned()),
            Triple::new(about.clone(), rdf::SUBJECT, subject),
            Triple::new(about.clone(), rdf::PREDICATE, term),
            Triple::new(about.clone(), rdf::OBJECT, object),
        ];
        let said = row.said().map(move |((name, kind), value)| Triple::new(about.clone(), own(name), literal(kind, &value)));
        parts.into_iter().chain(said)
    });
    nodes.chain(edges)
}

fn literal(kind: Type, value: &Value) -> Literal {
    let text = value.text();
    match kind {
        Type::Count => Literal::new_typed_literal(text, xsd::INTEGER),
        Type::Json => Literal::new_typed_literal(text, NamedNode::new_unchecked(format!("{RDF}JSON"))),
        Type::Text | Type::Day => Literal::new_simple_literal(text),
    }
}

fn node(id: &NodeId) -> NamedNode {
    iri(NODE, id.as_str())
}

/// A name made of an id. What is no letter, digit or plain mark is escaped, so that every id makes a valid one (RFC 3987).
fn iri(base: &str, id: &str) -> NamedNode {
    let mut iri = base.to_owned();
    for c in id.chars() {
        let plain =
            if c.is_ascii() { c.is_ascii_alphanumeric() || "-._~:/+()@!$&*,;=".contains(c) } else { c.is_alphanumeric() && c < '\u{e000}' };
        if plain {
            iri.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| iri.push_str(&format!("%{byte:02X}")));
        }
    }
    NamedNode::new_unchecked(iri)
}

fn schema(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SCHEMA}{term}"))
}

fn own(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{TERM}{term}"))
}

fn class(kind: NodeKind) -> NamedNode {
    schema(match kind {
        NodeKind::Company => "Organization",
        NodeKind::Concept => "DefinedTerm",
        NodeKind::Document => "Article",
        NodeKind::Event => "Event",
        NodeKind::Person => "Person",
        NodeKind::Talk => "CreativeWork",
        NodeKind::Technology => "SoftwareApplication",
    })
}

/// What a column of a node says.
fn property(kind: NodeKind, column: &str) -> NamedNode {
    match (column, kind) {
        ("label", _) => schema("name"),
        ("url", _) => schema("url"),
        ("category", NodeKind::Technology) => schema("applicationCategory"),
        ("date", NodeKind::Event) => schema("startDate"),
        ("date", NodeKind::Document) => schema("datePublished"),
        ("date", NodeKind::Talk) => schema("dateCreated"),
        ("place", NodeKind::Event) => schema("location"),
        ("language", NodeKind::Document) => schema("inLanguage"),
        _ => own(column),
    }
}

/// What an edge says, and whether schema.org says it the other way round.
fn predicate(kind: EdgeKind) -> (NamedNode, bool) {
    match kind {
        EdgeKind::Mentions => (schema("mentions"), false),
        EdgeKind::PresentedBy => (schema("author"), false),
        EdgeKind::Represents => (schema("sourceOrganization"), false),
        EdgeKind::WorksAt => (schema("worksFor"), false),
        EdgeKind::PartOf => (schema("workFeatured"), true),
        EdgeKind::HostedBy => (schema("organizer"), false),
        EdgeKind::ReportedIn => (schema("subjectOf"), false),
        EdgeKind::Uses => (own("uses"), false),
        EdgeKind::Maintains => (schema("maintainer"), true),
    }
}

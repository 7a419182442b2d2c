//! JSON-LD, as search engines and RDF stores read it (<https://www.w3.org/TR/json-ld11/>): the triples of [`super::rdf`], one
//! object for each subject.
//!
//! schema.org's terms stand bare, so that the file reads as people write JSON-LD; libraries write every term as a full
//! address, which is the same to machines alone.

use super::rdf::{PREFIXES, SCHEMA, triples};
use super::table::Table;
use crate::error::Error;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{NamedNode, Term, Triple};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::Write;

/// Writes the graph.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(table: &Table, out: &mut dyn Write) -> Result<(), Error> {
    let mut context = Map::from_iter([("@vocab".to_owned(), json!(SCHEMA))]);
    context.extend(PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))));
    // In the order in which subjects come.
    let mut objects: Vec<Map<String, Value>> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for triple in triples(table) {
        let Triple { subject, predicate, object } = triple;
        let id = subject.to_string();
        let at = *index.entry(id).or_insert_with_key(|id| {
            objects.push(Map::from_iter([("@id".to_owned(), json!(id.trim_matches(['<', '>'])))]));
            objects.len() - 1
        });
        let (term, value) = if predicate == rdf::TYPE {
            let class = if let Term::NamedNode(class) = &object { short(class) } else { object.to_string() };
            ("@type".to_owned(), class.into())
        } else {
            (short(&predicate), value(&object))
        };
        match objects[at].get_mut(&term) {
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = json!([one.take(), value]),
            None => {
                objects[at].insert(term, value);
            }
        }
    }
    serde_json::to_writer_pretty(&mut *out, &json!({ "@context": context, "@graph": objects }))?;
    Ok(out.write_all(b"\n")?)
}

/// A term of schema.org by its name, one of another vocabulary with its prefix.
fn short(name: &NamedNode) -> String {
    if let Some(term) = name.as_str().strip_prefix(SCHEMA) {
        return term.to_owned();
    }
    let prefixed = PREFIXES.iter().find_map(|(prefix, iri)| Some(format!("{prefix}:{}", name.as_str().strip_prefix(iri)?)));
    prefixed.unwrap_or_else(|| name.as_str().to_owned())
}

fn value(object: &Term) -> Value {
    match object {
        Term::Literal(literal) if literal.datatype() == xsd::STRING => json!(literal.value()),
        Term::Literal(literal) if literal.datatype() == xsd::INTEGER => {
            literal.value().parse::<u64>().map_or_else(|_| json!(literal.value()), |number| json!(number))
        }
        Term::Literal(literal) => json!({ "@type": short(&literal.datatype().into_owned()), "@value": literal.value() }),
        Term::NamedNode(name) => json!({ "@id": name.as_str() }),
        other => json!(other.to_string()),
    }
}

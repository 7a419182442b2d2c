//! `/api/openapi.json`: what can be asked, described from the types that are asked with and answered
//! (<https://spec.openapis.org/oas/v3.1.1>, whose schemas are JSON Schema's).

use super::question::Taken;
use super::{Endpoint, Paging};
use crate::graph::wanted::Wanted;
use crate::serve::refusal::Refusal;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The document, while endpoints are added.
pub(super) struct OpenApi {
    /// What is read, and what is written: a field that may be left out in one may be sure to stand in the other.
    read: SchemaGenerator,
    written: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Default for OpenApi {
    fn default() -> Self {
        let settings = || SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
        let (read, written) = (settings().for_deserialize(), settings().for_serialize());
        Self { read: read.into_generator(), written: written.into_generator(), paths: Map::new() }
    }
}

impl OpenApi {
    /// Describes an endpoint; says which parameters it takes.
    pub(super) fn add<E: Endpoint>(&mut self) -> Taken {
        let own = self.parameters::<E::Query>(E::PATH);
        let paging = if E::PAGED { self.parameters::<Paging>(E::PATH) } else { Vec::new() };
        let wanted = self.parameters::<Wanted>(E::PATH);
        let answer = self.written.subschema_for::<E::Answer<'static>>();
        let refusal = self.written.subschema_for::<Refusal>();
        let content = |schema| json!({ "application/json": { "schema": schema } });
        let all: Vec<Value> = own.iter().chain(&paging).chain(&wanted).map(|(_, parameter)| parameter.clone()).collect();
        let described = json!({ "get": {
            "summary": E::ABOUT,
            "parameters": all,
            "responses": {
                "200": { "description": "The answer.", "content": content(answer) },
                "304": { "description": "The answer is the one of the `ETag` that was sent along as `If-None-Match`." },
                "default": { "description": "Why there is none.", "content": content(refusal) },
            },
        }});
        self.paths.insert(E::PATH.to_owned(), described);
        let required = own.iter().filter(|(_, parameter)| parameter["required"] == true).map(|(name, _)| name.clone()).collect();
        let names = |parameters: Vec<(String, Value)>| parameters.into_iter().map(|(name, _)| name).collect();
        Taken { wanted: names(wanted), paging: names(paging), own: names(own), required }
    }

    /// The fields of a type as parameters, by name.
    fn parameters<T: JsonSchema>(&mut self, path: &str) -> Vec<(String, Value)> {
        let schema = T::json_schema(&mut self.read);
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let parameter = |(name, schema): (&String, &Value)| {
            let mut schema = schema.clone();
            let about = schema.as_object_mut().and_then(|fields| fields.remove("description")).unwrap_or_default();
            if schema.get("format").is_some_and(|format| format == "uint") && schema.get("maximum").is_none() {
                schema["maximum"] = usize::MAX.into();
            }
            let is_in_path = path.contains(&format!("{{{name}}}"));
            let described = json!({
                "name": name,
                "in": if is_in_path { "path" } else { "query" },
                "required": is_in_path || required.contains(&name.as_str()),
                "description": about,
                "schema": schema,
            });
            (name.clone(), described)
        };
        fields.map(parameter).collect()
    }

    /// The document as JSON.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let mut schemas = self.read.take_definitions(true);
        schemas.extend(self.written.take_definitions(true));
        let document = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "techgraph",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Who talked about which technology, at which company, when. Read-only. A list parameter may stand several times.",
            },
            "paths": self.paths,
            "components": { "schemas": schemas },
        });
        let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

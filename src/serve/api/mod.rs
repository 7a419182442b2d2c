//! What can be asked: one endpoint a file, each a type that says what it is asked with, what it answers, and how.
//!
//! In: a path with a query. Out: JSON. Every endpoint takes the parameters of [`Wanted`] beside its own and answers from the
//! part of the graph that they choose; [`Api`] does for all of them what is alike: parameters, that part, `ETag`, errors.
//! [`openapi`] describes them from the same types.

mod cooccurrence;
mod entities;
mod entity;
mod grafana;
mod graph;
mod openapi;
pub(super) mod question;
mod search;
mod talks;
mod trends;

use crate::gazetteer::Gazetteer;
use crate::graph::filter::filtered;
use crate::graph::wanted::Wanted;
use crate::graph::{Node, NodeId, NodeKind, TechGraph};
use crate::serve::live::Snapshot;
use crate::serve::refusal::Refusal;
use crate::serve::{Served, fresh};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use openapi::OpenApi;
use question::{Question, Taken};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// How many items a list has where nobody says, and at most.
const LIMITS: (usize, usize) = (50, 1000);

/// Something that can be asked.
trait Endpoint: 'static {
    /// Where, with `{id}` in the place of an id.
    const PATH: &'static str;
    /// What it is, in a sentence.
    const ABOUT: &'static str;
    /// Whether it takes the parameters of [`Paging`].
    const PAGED: bool = true;
    /// What it is asked with, beside what every endpoint takes.
    type Query: DeserializeOwned + JsonSchema + Send;
    /// What it answers.
    type Answer<'a>: Serialize + JsonSchema;

    /// Answers.
    fn answer<'a>(scene: &'a Scene, query: Self::Query) -> Result<Self::Answer<'a>, Refusal>;
}

/// Nothing beside what every endpoint takes.
#[derive(Debug, Deserialize, JsonSchema)]
struct Nothing {}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct Paging {
    /// How many items: 50, if not said
    #[schemars(range(min = 1, max = 1000))]
    limit: Option<usize>,
    /// How many items to pass over
    offset: usize,
}

/// Part of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageOf{T}")]
struct Page<T> {
    /// How many items the list has.
    total: usize,
    /// How many stand before these.
    offset: usize,
    /// These.
    items: Vec<T>,
}

/// What an endpoint answers from.
struct Scene<'s> {
    /// The wanted part of the graph.
    graph: Cow<'s, TechGraph>,
    snapshot: &'s Snapshot,
    gazetteer: &'s Gazetteer,
    paging: Paging,
}

/// A node, as lists have it.
#[derive(Debug, Serialize, JsonSchema)]
struct Brief<'a> {
    id: &'a NodeId,
    kind: NodeKind,
    label: &'a str,
    /// How many talks are joined to it.
    talks: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl<'a> From<&'a Node> for Brief<'a> {
    fn from(node: &'a Node) -> Self {
        Self {
            id: &node.id,
            kind: node.kind,
            label: &node.label,
            talks: node.talks,
            category: node.category.as_deref(),
            date: node.date.as_deref(),
            url: node.url.as_deref(),
        }
    }
}

impl Scene<'_> {
    /// The wanted part of a list.
    fn page<T>(&self, items: Vec<T>) -> Page<T> {
        let (total, offset) = (items.len(), self.paging.offset);
        let limit = self.paging.limit.unwrap_or(LIMITS.0);
        Page { total, offset, items: items.into_iter().skip(offset).take(limit).collect() }
    }
}

/// Everything that can be asked.
pub(super) fn router() -> Router<Served> {
    let api = Api::default()
        .with::<graph::Graph>()
        .with::<search::Search>()
        .with::<entities::Entities>()
        .with::<entity::Entity>()
        .with::<talks::Talks>()
        .with::<trends::Trends>()
        .with::<cooccurrence::Cooccurrence>()
        .with::<grafana::Nodes>()
        .with::<grafana::Edges>();
    let document = api.document.finish();
    api.router.route("/api/openapi.json", get(async move || ([(header::CONTENT_TYPE, "application/json")], document)))
}

/// Endpoints, and what describes them.
#[derive(Default)]
struct Api {
    router: Router<Served>,
    document: OpenApi,
}

impl Api {
    fn with<E: Endpoint>(mut self) -> Self {
        let taken: Arc<Taken> = Arc::new(self.document.add::<E>());
        let handler = async move |State(served): State<Served>, path: RawPathParams, RawQuery(query): RawQuery, headers: HeaderMap| {
            let question = taken.question(&path, query.as_deref().unwrap_or_default())?;
            answered::<E>(served, question, &headers).await
        };
        // With an ending too, as a folder of files would have it: what reads those reads this.
        let file = format!("{}.json", E::PATH);
        if !E::PATH.ends_with('}') {
            self.router = self.router.route(&file, get(handler.clone()));
        }
        self.router = self.router.route(E::PATH, get(handler));
        self
    }
}

/// Answers a question, unless who asks has that answer. What one has asked is kept for others, and made once where many ask
/// it at a time.
async fn answered<E: Endpoint>(served: Served, question: Question, headers: &HeaderMap) -> Result<Response, Refusal> {
    let snapshot = served.live.now();
    let (wanted, query): (Wanted, E::Query) = (question.wanted()?, question.own()?);
    let paging: Paging = if E::PAGED { question.paging()? } else { Paging::default() };
    let gazetteer = served.gazetteer.clone();
    let make = move |snapshot: &Snapshot| {
        let whole = &snapshot.graph;
        let graph = match wanted.is_everything() {
            true => Cow::Borrowed(whole),
            false => Cow::Owned(filtered(whole, &wanted.filter(whole, &gazetteer)?)),
        };
        let scene = Scene { graph, snapshot, gazetteer: &gazetteer, paging };
        serde_json::to_vec(&E::answer(&scene, query)?).map(Bytes::from).map_err(|error| Refusal::fault(error.to_string()))
    };
    fresh(&snapshot, headers, async {
        let body = snapshot.answers.get_or_insert_async(&(E::PATH, question), served.work(snapshot.clone(), make)).await?;
        Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
    })
    .await
}

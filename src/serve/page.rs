//! What is no question: the page, the news that there is another graph, metrics, and whether the server is well.

use super::refusal::Refusal;
use super::{Served, fresh};
use crate::analysis::history::histories;
use crate::export::openmetrics;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;

/// How often a page hears that there are no news, so that nobody takes the connection for dead.
const ALIVE: Duration = Duration::from_secs(15);
/// Nothing of a page may be put into a page of another site.
const POLICY: &str = "frame-ancestors 'none'";

/// What is answered at once.
pub(super) fn router() -> Router<Served> {
    Router::new().route("/", get(page)).route("/metrics", get(metrics)).route("/healthz", get(health))
}

/// What goes on for as long as it is listened to.
pub(super) fn news() -> Router<Served> {
    Router::new().route("/api/events", get(events))
}

async fn page(State(served): State<Served>, headers: HeaderMap) -> Result<Response, Refusal> {
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    let snapshot = served.live.now();
    fresh(&snapshot, &headers, async {
        let page = served.work(snapshot.clone(), |snapshot| snapshot.page().map_err(Refusal::fault)).await?;
        Ok((kind, page).into_response())
    })
    .await
}

async fn metrics(State(served): State<Served>, headers: HeaderMap) -> Result<Response, Refusal> {
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    let snapshot = served.live.now();
    fresh(&snapshot, &headers, async {
        let text = served.work(snapshot.clone(), |snapshot| Ok(openmetrics::snapshot(&histories(&snapshot.graph)))).await?;
        Ok((kind, text).into_response())
    })
    .await
}

async fn health(State(served): State<Served>) -> Response {
    let snapshot = served.live.now();
    let (nodes, edges) = (snapshot.graph.node_count(), snapshot.graph.edge_count());
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "graph": snapshot.version, "nodes": nodes, "edges": edges }))
        .into_response()
}

/// Tells which graph is served, now and whenever there is another.
async fn events(State(served): State<Served>) -> Result<Response, Refusal> {
    let Ok(permit) = served.listeners.clone().try_acquire_owned() else {
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too many pages are open; close some"));
    };
    let (mut stopping, mut live) = (served.stopping, served.live.watch());
    live.mark_changed();
    let told = async_stream::stream! {
        let _permit = permit;
        loop {
            tokio::select! {
                biased;
                () = stopped(&mut stopping) => break,
                changed = live.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    let version = live.borrow_and_update().version.clone();
                    yield Ok::<Event, Infallible>(Event::default().event("graph").data(version));
                }
            }
        }
    };
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(ALIVE)).into_response())
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

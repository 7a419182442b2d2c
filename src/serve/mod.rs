//! The graph served: the page live, a JSON API, rows for Grafana, metrics.
//!
//! In: a [`Snapshot`] and [`Limits`]. Out: answers to HTTP requests, until the process is asked to stop. What is served is a
//! [`Snapshot`] in memory: no request names a file, and none changes anything. When the source has changed, the next snapshot
//! takes the place of the last at once, and open pages are told.
//!
//! [`source`] reads, [`live`] holds, [`api`] answers questions, [`page`] all else; [`guard`] refuses who may not ask, and
//! [`connection`] those who ask too much.

mod api;
mod connection;
mod guard;
pub mod live;
mod page;
mod refusal;
pub mod source;

use crate::gazetteer::Gazetteer;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use guard::Names;
use live::{Live, Snapshot};
use refusal::Refusal;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// What a client may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at a time; more wait. Default: 1,024.
    pub connections: usize,
    /// Pages that are told of changes at a time. Default: 256.
    pub listeners: usize,
    /// How long the head of a request may take, and how long a connection may idle. Default: 10 seconds.
    pub head: Duration,
    /// How long an answer may take to be made, and a piece of it to be taken. Default: 30 seconds.
    pub answer: Duration,
    /// Bytes of a request's head. Default: 16 KiB.
    pub head_bytes: usize,
    /// How long answers under way may take once the server is to stop. Default: 5 seconds.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connections: 1024, listeners: 256, head: seconds(10), answer: seconds(30), head_bytes: 16 << 10, stop: seconds(5) }
    }
}

/// What every answer is made from.
#[derive(Clone)]
struct Served {
    live: Live,
    gazetteer: Arc<Gazetteer>,
    /// As many answers are made at a time as there are processors.
    workers: Arc<Semaphore>,
    listeners: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    names: Names,
    limits: Limits,
}

impl Server {
    /// Listens at an address. Requests may name the server by an address, as `localhost`, or by one of `names`.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub fn bind(address: SocketAddr, names: Vec<String>, limits: Limits) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, names: Names::new(names), limits })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` says true.
    ///
    /// # Errors
    /// When the system gives no threads or no sockets.
    pub fn run(self, live: Live, gazetteer: Arc<Gazetteer>, stop: watch::Receiver<bool>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let served = Served {
            live,
            gazetteer,
            workers: Arc::new(Semaphore::new(workers)),
            listeners: Arc::new(Semaphore::new(self.limits.listeners)),
            stopping: stop.clone(),
        };
        let Self { listener, names, limits } = self;
        let limited = api::router()
            .merge(page::router())
            .layer(CompressionLayer::new().gzip(true))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.answer));
        let router = limited
            .merge(page::news())
            .fallback(async || Refusal::unknown("there is nothing here: / is the page, /api/openapi.json says what can be asked"))
            .method_not_allowed_fallback(async || Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this server is read-only: GET and HEAD"))
            .with_state(served)
            .layer(axum::middleware::from_fn_with_state(Arc::new(names), guard::guard))
            .layer(CatchPanicLayer::custom(|_| Refusal::fault("this answer failed; the server goes on").into_response()));
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            connection::serve(listener, router, &limits, stop).await;
            Ok(())
        })
    }
}

impl Served {
    /// Makes something of a snapshot in a thread that may take its time.
    async fn work<T: Send + 'static>(
        &self,
        snapshot: Arc<Snapshot>,
        make: impl FnOnce(&Snapshot) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let permit = self.workers.clone().acquire_owned().await.map_err(|error| Refusal::fault(error.to_string()))?;
        let job = tokio::task::spawn_blocking(move || {
            // Held for as long as the work goes on, also where nobody waits for it any more.
            let _permit = permit;
            make(&snapshot)
        });
        job.await.map_err(|_| Refusal::fault("this answer failed; the server goes on"))?
    }
}

/// An answer from a snapshot; none, where who asks has that of this snapshot.
async fn fresh(
    snapshot: &Snapshot,
    headers: &HeaderMap,
    answer: impl Future<Output = Result<Response, Refusal>>,
) -> Result<Response, Refusal> {
    // Weak: what is sent may be compressed, and means the same.
    let tag = format!("W/\"{}\"", snapshot.version);
    let asked = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).flat_map(|tags| tags.split(','));
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let is_known = asked.into_iter().any(|known| known.trim() == "*" || opaque(known) == opaque(&tag));
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { answer.await? };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::try_from(tag).map_err(|error| Refusal::fault(error.to_string()))?);
    // Kept, but asked about each time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

//! What is served at the moment: a graph, made ready to answer from, and the news that there is another.

use super::api::question::Question;
use crate::error::Error;
use crate::export::{Options, html, json};
use crate::gazetteer::Gazetteer;
use crate::graph::TechGraph;
use crate::graph::alias::{Aliases, aliases};
use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::io::Write;
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;
use xxhash_rust::xxh3::Xxh3Default;

/// A graph as it is served: it does not change any more.
#[derive(Debug)]
pub struct Snapshot {
    /// The graph.
    pub graph: TechGraph,
    /// What its nodes are also called.
    pub aliases: Aliases,
    /// By what a graph and its aliases are told from any other, and techgraph from other versions: the same after a restart.
    pub version: String,
    /// What was answered, by endpoint and question.
    pub(super) answers: Answers,
    page: OnceLock<Result<Bytes, String>>,
}

/// Answers that are kept, of [`KEPT`] bytes together: those that were asked for again stay longest.
type Answers = Cache<(&'static str, Question), Bytes, Size>;

/// How many bytes of answers are kept.
const KEPT: u64 = 64 << 20;

/// How many answers the store is laid out for; it takes more.
const FEW: usize = 32;

/// How much room an answer takes, with its question.
#[derive(Debug, Clone)]
pub(super) struct Size;

impl Weighter<(&'static str, Question), Bytes> for Size {
    fn weight(&self, (_, question): &(&'static str, Question), answer: &Bytes) -> u64 {
        (answer.len() + question.size()) as u64
    }
}

impl Snapshot {
    /// Makes a graph ready.
    ///
    /// # Errors
    /// [`Error::Json`] if a value cannot be put into JSON.
    pub fn new(graph: TechGraph, gazetteer: &Gazetteer) -> Result<Self, Error> {
        let mut digest = Digest(Xxh3Default::new());
        digest.0.update(env!("CARGO_PKG_VERSION").as_bytes());
        json::write(&graph, &mut digest)?;
        let aliases = aliases(&graph, gazetteer);
        serde_json::to_writer(&mut digest, &aliases)?;
        let version = format!("{:016x}", digest.0.digest());
        // For so few it makes one store, so that one answer may take much of its room.
        let answers = Cache::with_weighter(FEW, KEPT, Size);
        Ok(Self { graph, aliases, version, answers, page: OnceLock::new() })
    }

    /// The page, which is made when it is asked for first.
    ///
    /// # Errors
    /// Why it could not be made.
    pub fn page(&self) -> Result<Bytes, String> {
        let made = self.page.get_or_init(|| {
            let options = Options { aliases: self.aliases.clone(), live: Some(self.version.clone()), ..Options::default() };
            let mut out = Vec::new();
            html::write(&self.graph, &options, &mut out).map_err(|error| error.to_string())?;
            Ok(out.into())
        });
        made.clone()
    }
}

/// The snapshot of the moment, which others watch.
#[derive(Debug, Clone)]
pub struct Live(Arc<watch::Sender<Arc<Snapshot>>>);

impl Live {
    /// Starts with a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(snapshot))))
    }

    /// The snapshot of the moment.
    pub fn now(&self) -> Arc<Snapshot> {
        self.0.borrow().clone()
    }

    /// Serves another from now on; says whether it is another.
    pub fn replace(&self, snapshot: Snapshot) -> bool {
        self.0.send_if_modified(|now| {
            let is_other = now.version != snapshot.version;
            if is_other {
                *now = Arc::new(snapshot);
            }
            is_other
        })
    }

    /// To be told of others.
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.0.subscribe()
    }
}

/// A writer that keeps a digest alone.
struct Digest(Xxh3Default);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

//! A question: the parameters of a request, told apart.
//!
//! In: a path's parameters and a query. Out: what of the graph is wanted, which part of a list, and what an endpoint is asked
//! with beside that; or what is wrong with which parameter. A parameter that an endpoint does not take is refused, since
//! who misspells one would take the answer for what it is not.

use super::{LIMITS, Paging};
use crate::graph::wanted::Wanted;
use crate::serve::refusal::Refusal;
use axum::extract::RawPathParams;
use form_urlencoded::Serializer;
use serde::de::DeserializeOwned;

/// The parameters that an endpoint takes, by name: those of [`Wanted`], of [`Paging`], and its own.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) wanted: Vec<String>,
    pub(super) paging: Vec<String>,
    pub(super) own: Vec<String>,
    /// Those of its own that must be said.
    pub(super) required: Vec<String>,
}

/// What a request asks, each part as a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::serve) struct Question {
    wanted: String,
    paging: String,
    own: String,
}

impl Taken {
    /// The question that a request asks.
    pub(super) fn question(&self, path: &RawPathParams, query: &str) -> Result<Question, Refusal> {
        let [mut wanted, mut paging, mut own] = [(); 3].map(|()| Serializer::new(String::new()));
        let in_path = path.iter().map(|(name, value)| (name.into(), value.into()));
        for (name, value) in form_urlencoded::parse(query.as_bytes()).chain(in_path) {
            let takes = |names: &[String]| names.iter().any(|taken| *taken == name);
            let part = match () {
                () if takes(&self.wanted) => &mut wanted,
                () if takes(&self.paging) => &mut paging,
                () if takes(&self.own) => &mut own,
                () => {
                    let all: Vec<&str> = self.own.iter().chain(&self.paging).chain(&self.wanted).map(String::as_str).collect();
                    return Err(Refusal::question(format!("there is no parameter `{name}` here; there are {}", all.join(", "))));
                }
            };
            // What is left empty, as by a dashboard's variable, is not said.
            if !value.is_empty() || takes(&self.required) {
                part.append_pair(&name, &value);
            }
        }
        Ok(Question { wanted: wanted.finish(), paging: paging.finish(), own: own.finish() })
    }
}

impl Question {
    /// How many bytes it takes, about.
    pub(in crate::serve) fn size(&self) -> usize {
        size_of::<Self>() + self.wanted.len() + self.paging.len() + self.own.len()
    }

    pub(super) fn wanted(&self) -> Result<Wanted, Refusal> {
        read(&self.wanted)
    }

    pub(super) fn own<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        read(&self.own)
    }

    pub(super) fn paging(&self) -> Result<Paging, Refusal> {
        let paging: Paging = read(&self.paging)?;
        match paging.limit {
            Some(limit) if !(1..=LIMITS.1).contains(&limit) => Err(Refusal::question(format!("limit: give 1 to {}", LIMITS.1))),
            _ => Ok(paging),
        }
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, Refusal> {
    let pairs = serde_html_form::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| match error.path().to_string().as_str() {
        "." => Refusal::question(error.into_inner().to_string()),
        path => Refusal::question(format!("{path}: {}", error.inner())),
    })
}

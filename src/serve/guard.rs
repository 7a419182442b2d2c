//! Who may ask: requests that name this server, and that no page of another site has made.
//!
//! A page of another site can make a browser ask this server under the site's own name, once that leads here (DNS
//! rebinding); such a request names the site as its `Host`. Under a number, which nobody can make lead elsewhere, or under
//! `localhost`, it is the server itself that is meant. What other pages ask openly is told by `Origin` and `Sec-Fetch-Site`.

use super::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// The names that the server goes by, in small letters.
pub(super) struct Names(Vec<String>);

/// What browsers are told with every answer.
const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

impl Names {
    /// Those given, and `localhost`.
    pub(super) fn new(names: Vec<String>) -> Self {
        Self(names.iter().map(String::as_str).chain(["localhost"]).map(str::to_ascii_lowercase).collect())
    }

    /// Whether the server goes by the name in `name:port`.
    fn has(&self, authority: &str) -> bool {
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or(rest, |(host, _)| host),
            None => authority.split_once(':').map_or(authority, |(host, _)| host),
        };
        host.parse::<IpAddr>().is_ok() || self.0.contains(&host.trim_end_matches('.').to_ascii_lowercase())
    }

    /// Why a request is not answered, if it is not.
    fn refusal(&self, authority: Option<&str>, headers: &HeaderMap) -> Option<Refusal> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let host = match headers.get(header::HOST) {
            Some(host) if headers.get_all(header::HOST).iter().count() == 1 => host.to_str().ok(),
            _ => None,
        };
        let Some(host) = authority.or(host) else { return Some(Refusal::question("say which server is meant: a `Host`, once")) };
        if !self.has(host) {
            let said = format!("this server does not go by the name in `Host`; start it with --host {host:?} if it shall");
            return Some(Refusal::new(StatusCode::MISDIRECTED_REQUEST, said));
        }
        if headers.contains_key(header::TRANSFER_ENCODING) || text("content-length").is_some_and(|length| length != "0") {
            return Some(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "no request here has a body"));
        }
        let is_foreign = text("sec-fetch-site").is_some_and(|site| matches!(site, "cross-site" | "same-site"))
            && text("sec-fetch-mode") != Some("navigate");
        let origin = text("origin").map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
        (is_foreign || origin.is_some_and(|origin| origin != host))
            .then(|| Refusal::new(StatusCode::FORBIDDEN, "pages of other sites may not ask this server"))
    }
}

/// Passes on what may be asked.
pub(super) async fn guard(State(names): State<Arc<Names>>, request: Request, next: Next) -> Response {
    let authority = request.uri().authority().map(|authority| authority.as_str());
    let mut response = match names.refusal(authority, request.headers()) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::Names;
    use axum::http::{HeaderMap, HeaderValue};

    fn asked(headers: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value))).collect();
        Names::new(vec!["Graph.Example".into()]).refusal(None, &headers).is_none()
    }

    #[test]
    fn a_server_answers_to_its_names_and_to_numbers_alone() {
        for host in ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "[::1]:7878", "192.168.0.7", "graph.example", "graph.example.:80"] {
            assert!(asked(&[("host", host)]), "{host}");
        }
        for host in ["evil.example", "evil.example:7878", "localhost.evil.example", "127.0.0.1.evil.example", "", "[evil]"] {
            assert!(!asked(&[("host", host)]), "{host}");
        }
        assert!(!asked(&[]));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let host = ("host", "localhost:7878");
        assert!(asked(&[host, ("origin", "http://localhost:7878"), ("sec-fetch-site", "same-origin")]));
        assert!(asked(&[host, ("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")]));
        assert!(asked(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]), "a link leads here");
        assert!(!asked(&[host, ("origin", "http://evil.example")]));
        assert!(!asked(&[host, ("origin", "null")]));
        assert!(!asked(&[host, ("origin", "http://localhost:8000")]));
        assert!(!asked(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]));
    }
}

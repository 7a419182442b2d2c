//! Links to the published reports.
//!
//! In: a graph and where reports are published, as an address with `{path}` or `{stem}` (the path without its extension)
//! and, where the site has them, `{line}`. Out: the graph with a link on every document and every piece of evidence, and on
//! the talks that had none.

use super::parts::Parts;
use super::{NodeKind, TechGraph};
use std::str::FromStr;

/// Where reports are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names_report = text.contains("{path}") || text.contains("{stem}");
        if names_report {
            Ok(Self(text.to_owned()))
        } else {
            Err("give an address with {path} or {stem} in it, and {line} where it has lines".into())
        }
    }
}

impl Pattern {
    /// The address of a line of a report.
    fn address(&self, path: &str, line: usize) -> String {
        let folder = path.rfind('/').map_or(0, |at| at + 1);
        let stem = path[folder..].rfind('.').filter(|at| *at > 0).map_or(path, |at| &path[..folder + at]);
        self.0.replace("{path}", &encoded(path)).replace("{stem}", &encoded(stem)).replace("{line}", &line.to_string())
    }
}

/// The graph with links.
pub fn linked(graph: &TechGraph, pattern: &Pattern) -> TechGraph {
    let mut parts = Parts::of(graph);
    for node in parts.nodes.values_mut() {
        match node.kind {
            NodeKind::Document => node.url = Some(pattern.address(node.id.parts().1, 1)),
            NodeKind::Talk if node.url.is_none() => node.url = node.places.first().map(|p| pattern.address(&p.document, p.start_line)),
            _ => {}
        }
    }
    for evidence in parts.edges.values_mut().flat_map(|edge| &mut edge.evidence) {
        evidence.url = Some(pattern.address(&evidence.document, evidence.line));
    }
    parts.graph()
}

/// A path as part of an address (RFC 3986): all but letters, digits, `-._~` and `/` by their bytes.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn addresses_name_the_report_and_the_line() {
        for (pattern, path, wanted) in [
            ("https://a.example/{stem}/#L{line}", "posts/1.day 하나.md", "https://a.example/posts/1.day%20%ED%95%98%EB%82%98/#L7"),
            ("https://a.example/{path}", ".hidden", "https://a.example/.hidden"),
            ("https://a.example/{stem}", "v1.2/notes", "https://a.example/v1.2/notes"),
        ] {
            assert_eq!(pattern.parse::<Pattern>().map(|p| p.address(path, 7)), Ok(wanted.to_owned()));
        }
        assert!("https://a.example/".parse::<Pattern>().is_err());
    }
}

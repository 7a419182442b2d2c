//! The page: one file to explore the graph with, which asks for nothing beyond itself.
//!
//! In: the graph and its aliases. Out: HTML. The page as such is built from `viewer/` and stands in `viewer/dist/page.html`
//! with its policy (`Content-Security-Policy`), which runs that one script and nothing else, and asks for nothing, but where the page
//! is served for news of the graph; what is put in here is text: the
//! [`Page`] as JSON, in which nothing ends the element that it stands in, and the picture of `-f svg` for browsers without
//! scripts or WebGL, as an image, in which nothing can run.

use super::Options;
use super::page::Page;
use super::svg::{Paper, Picture, escape, svg};
use crate::error::Error;
use crate::graph::TechGraph;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;

/// The page without a graph; `<!--techgraph:NAME-->` stands where something is put in.
const TEMPLATE: &str = include_str!("../../viewer/dist/page.html");
/// How a place to put something in starts, and how it ends.
const PLACE: (&str, &str) = ("<!--techgraph:", "-->");

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(graph: &TechGraph, options: &Options, out: &mut dyn Write) -> Result<(), Error> {
    let page = Page { live: options.live.as_deref(), ..Page::of(graph, &options.aliases, &options.view) };
    let (mut rest, mut filled) = (TEMPLATE, String::new());
    while let Some((before, (name, after))) = rest.split_once(PLACE.0).and_then(|(b, a)| Some((b, a.split_once(PLACE.1)?))) {
        filled.push_str(before);
        match name {
            "title" => filled.push_str(&escape(&page.title)),
            "picture" => filled.push_str(&STANDARD.encode(svg(&Picture::of(graph, options), Paper::Any))),
            "connect" if options.live.is_some() => filled.push_str(" connect-src 'self';"),
            "data" => filled.push_str(&inert(&serde_json::to_string(&page)?)),
            _ => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(out.write_all(filled.as_bytes())?)
}

/// JSON that means the same and holds nothing that means something in HTML, or in old readers of scripts.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATE, inert};

    #[test]
    fn json_stays_the_same_and_ends_no_element() {
        let texts = ["</script><!--<script>", "\u{2028}\u{2029}", "a \\u003c b"];
        let safe = inert(&serde_json::to_string(&texts).expect("texts are JSON"));
        assert!(!safe.contains(['<', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).expect("it is JSON still"), texts);
    }

    #[test]
    fn the_template_has_a_place_for_each() {
        for name in ["title", "picture", "connect", "data"] {
            assert!(TEMPLATE.contains(&format!("<!--techgraph:{name}-->")), "{name}");
        }
        assert_eq!(TEMPLATE.matches("<!--techgraph:").count(), 5, "the title stands in two");
    }
}

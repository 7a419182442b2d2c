//! The links of a talk, told apart: slides, video, repository, page.
//!
//! In: a link's address and its words. Out: [`Link`]. Hosts and words are data (`data/links.toml`).

use crate::normalize::is_word_character;
use crate::talk::{Link, LinkKind};
use serde::Deserialize;
use std::sync::LazyLock;

/// `data/links.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    slides: Vec<String>,
    video: Vec<String>,
    repository: Vec<String>,
    slides_words: Vec<String>,
    video_words: Vec<String>,
    repository_words: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the shipped file parses or no test passes")]
fn table() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| toml::from_str(include_str!("../../data/links.toml")).expect("a valid table of links"));
    &TABLE
}

/// A link from its address and the words it is shown with; `None` for what leads nowhere on the web.
pub(super) fn link(url: &str, words: &str) -> Option<Link> {
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let address = address.strip_prefix("www.").unwrap_or(address);
    let table = table();
    let words = words.trim().trim_matches(|c: char| !is_word_character(c)).to_lowercase();
    let hosted = |hosts: &[String]| {
        hosts.iter().any(|h| address.strip_prefix(h.as_str()).is_some_and(|rest| !rest.starts_with(|c: char| is_word_character(c))))
    };
    let called = |list: &[String]| list.contains(&words);
    let kind = if hosted(&table.slides) {
        LinkKind::Slides
    } else if hosted(&table.video) {
        LinkKind::Video
    } else if called(&table.slides_words) {
        LinkKind::Slides
    } else if called(&table.video_words) {
        LinkKind::Video
    } else if hosted(&table.repository) || called(&table.repository_words) {
        LinkKind::Repository
    } else {
        LinkKind::Page
    };
    Some(Link { url: url.to_owned(), kind })
}

#[cfg(test)]
mod tests {
    use super::link;
    use crate::talk::LinkKind::{Page, Repository, Slides, Video};

    #[test]
    fn addresses_and_words_tell_what_a_link_is_of() {
        for (url, words, kind) in [
            ("https://speakerdeck.com/someone/a-talk", "here", Slides),
            ("https://www.slideshare.net/someone/a-talk", "", Slides),
            ("https://example.org/talk.pdf", "발표자료", Slides),
            ("https://docs.google.com/presentation/d/1", "", Slides),
            ("https://docs.google.com/document/d/1", "", Page),
            ("https://youtu.be/abc", "slides", Video),
            ("https://github.com/someone/demo", "demo", Repository),
            ("https://github.com/someone/talks/raw/a.pdf", "Slides", Slides),
            ("https://conf.example/sessions/7", "session page", Page),
            ("https://youtubers.example", "", Page),
        ] {
            assert_eq!(link(url, words).map(|l| l.kind), Some(kind), "{url} {words}");
        }
        assert_eq!(link("#top", ""), None);
        assert_eq!(link("../slides.pdf", "slides"), None);
    }
}

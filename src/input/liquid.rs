//! Liquid in Markdown: site generators' tags (`{% include x %}`, `{{ site.url }}`) and attribute lists
//! (`{:target="_blank"}`, `{#id .class}`), which no reader of the page sees; nor an image's or link's address in which a tag
//! keeps Markdown from seeing one.
//!
//! In: a block's visible text. Out: the same with spaces for the tags, so that words do not grow together.

use crate::offset_map::Mapped;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// The text without Liquid tags.
pub(super) fn without_liquid(text: Mapped) -> Mapped {
    static LIQUID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"!\[[^\]\n]*\]\([^()\n]*\{[{%][^()\n]*\)|\]\([^()\n]*\{[{%][^()\n]*\)|\{%[^%]*%\}|\{\{[^}]*\}\}|\{[:#.][^}\n]*\}")
    });
    let shown = text.text();
    if !shown.contains('{') || !LIQUID.is_match(shown) {
        return text;
    }
    let mut kept = Mapped::new();
    let copy = |kept: &mut Mapped, from: usize, to: usize| {
        for (i, c) in shown[from..to].char_indices() {
            let span = Span::new(from + i, from + i + c.len_utf8());
            kept.push(span.of(shown), text.origin(span));
        }
    };
    let mut at = 0;
    for tag in LIQUID.find_iter(shown) {
        copy(&mut kept, at, tag.start());
        kept.push(&" ".repeat(tag.len()), text.origin(Span::new(tag.start(), tag.end())));
        at = tag.end();
    }
    copy(&mut kept, at, shown.len());
    kept
}

#[cfg(test)]
mod tests {
    use super::without_liquid;
    use crate::offset_map::Mapped;
    use crate::span::Span;

    #[test]
    fn tags_become_spaces_and_places_stay() {
        let text = "{% include kafka.html %}![x]({{ site.url }}/redis.jpg)Go{:target=\"_blank\"} {a} [C]({{ url }}/d.html)";
        let kept = without_liquid(Mapped::identity(text.to_owned()));
        assert_eq!(kept.text().split_whitespace().collect::<Vec<_>>(), ["Go", "{a}", "[C"]);
        let at = kept.text().find("Go").unwrap();
        assert_eq!(kept.origin(Span::new(at, at + 2)).of(text), "Go");
    }
}

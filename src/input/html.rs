//! The visible text of HTML that stands in Markdown: a scanner of tags, not a browser.
//!
//! In: a piece of HTML. Out: [`Token`]s with their place, in order; nothing of tags, comments, scripts or styles is text.
//! The hard decision: html5ever tells no byte offsets, and evidence needs them, so tags are skipped here; the tree does
//! not matter.

use crate::span::Span;

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text that is shown.
    Text(Span),
    /// A character reference such as `&amp;` and what it shows.
    Reference(Span, &'static str),
    /// `<name …>` or `</name>`.
    Tag {
        /// As written.
        name: &'a str,
        /// Whether it closes.
        closing: bool,
        /// `href` or `src`, if it has one.
        address: Option<&'a str>,
        /// The whole tag.
        span: Span,
    },
}

/// Splits HTML into tokens. A `<` that opens no tag is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let ends = Ends::of(html);
    // Made for the first tag that hides what it holds.
    let mut small = None;
    let mut at = 0;
    let mut text = 0;
    while let Some(found) = html[at..].find(['<', '&']).map(|n| at + n) {
        let rest = &html[found..];
        let (token, end) = if let Some(comment) = rest.strip_prefix("<!--") {
            (None, comment.find("-->").map_or(html.len(), |n| found + 4 + n + 3))
        } else if rest.starts_with('&') {
            match reference(rest) {
                Some((length, shown)) => (Some(Token::Reference(Span::new(found, found + length), shown)), found + length),
                None => {
                    at = found + 1;
                    continue;
                }
            }
        } else if let Some((tag, length)) = tag(rest, found, &ends) {
            (Some(tag), found + length)
        } else {
            at = found + 1;
            continue;
        };
        if text < found {
            out.push(Token::Text(Span::new(text, found)));
        }
        at = end;
        if let Some(Token::Tag { name, closing: false, .. }) = token
            && ["script", "style", "template"].iter().any(|hidden| name.eq_ignore_ascii_case(hidden))
        {
            let close = format!("</{}", name.to_ascii_lowercase());
            at = small.get_or_insert_with(|| html.to_ascii_lowercase())[end..].find(&close).map_or(html.len(), |n| end + n);
        }
        out.extend(token);
        text = at;
    }
    if text < html.len() {
        out.push(Token::Text(Span::new(text, html.len())));
    }
    out
}

/// Where tags end that may start anywhere, so that no `<` without an end is looked for to the end of the text again and again.
struct Ends {
    /// Places of `>`, `"` and `'`; and where a tag ends that reaches the place outside quotes, if it does.
    marks: Vec<(usize, Option<usize>)>,
    /// Places of `>`.
    closing: Vec<usize>,
}

impl Ends {
    /// From the last mark to the first, since what follows a quotation decides what it is part of.
    fn of(html: &str) -> Self {
        let mut marks: Vec<(usize, Option<usize>)> = Vec::new();
        let mut closing = Vec::new();
        // By the kind of quotation mark: where a tag ends that goes on behind the next one.
        let (mut behind_double, mut behind_single) = (None, None);
        for (at, mark) in html.bytes().enumerate().rev().filter(|(_, b)| matches!(b, b'>' | b'"' | b'\'')) {
            let next = marks.last().and_then(|(_, end)| *end);
            let end = match mark {
                b'>' => {
                    closing.push(at);
                    Some(at + 1)
                }
                b'"' => std::mem::replace(&mut behind_double, next),
                _ => std::mem::replace(&mut behind_single, next),
            };
            marks.push((at, end));
        }
        marks.reverse();
        closing.reverse();
        Self { marks, closing }
    }

    /// Where a tag ends whose attributes start at a place.
    fn tag(&self, from: usize) -> Option<usize> {
        self.marks.get(self.marks.partition_point(|(at, _)| *at < from)).and_then(|(_, end)| *end)
    }

    /// Behind the next `>` from a place on.
    fn angle(&self, from: usize) -> Option<usize> {
        self.closing.get(self.closing.partition_point(|at| *at < from)).map(|at| at + 1)
    }
}

fn tag<'a>(rest: &'a str, at: usize, ends: &Ends) -> Option<(Token<'a>, usize)> {
    let inner = &rest[1..];
    let closing = inner.starts_with('/');
    let name_start = 1 + usize::from(closing);
    if inner.starts_with(['!', '?']) {
        let end = ends.angle(at)? - at;
        return Some((Token::Tag { name: "!", closing, address: None, span: Span::new(at, at + end) }, end));
    }
    let name_len = rest[name_start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len() - name_start);
    let name = &rest[name_start..name_start + name_len];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = ends.tag(at + name_start + name_len)? - at;
    let address = attribute(&rest[..end], "href").or_else(|| attribute(&rest[..end], "src"));
    Some((Token::Tag { name, closing, address, span: Span::new(at, at + end) }, end))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let lower = tag.to_ascii_lowercase();
    let key = format!("{name}=");
    let start = lower.match_indices(&key).find(|(i, _)| lower[..*i].ends_with(|c: char| c.is_whitespace()))?.0 + key.len();
    let value = &tag[start..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

fn reference(rest: &str) -> Option<(usize, &'static str)> {
    const SHOWN: [(&str, &str); 8] = [
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&middot;", "·"),
    ];
    SHOWN.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, shown)| (name.len(), *shown))
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn shown(html: &str) -> String {
        let shown = tokens(html).into_iter().map(|token| match token {
            Token::Text(span) => span.of(html).to_owned(),
            Token::Reference(_, text) => text.to_owned(),
            Token::Tag { address, .. } => address.map(|a| format!("[{a}]")).unwrap_or_default(),
        });
        shown.collect()
    }

    #[test]
    fn only_visible_text_is_text() {
        for (html, wanted) in [
            ("<p title=\"a > b\">Kafka &amp; Go</p>", "Kafka & Go"),
            ("a < b <!-- Redis --> c<script>let Kafka = '</p>'</script>d", "a < b  cd"),
            ("<a class='x' href='https://a.b'>slides</a>", "[https://a.b]slides"),
            ("<iframe src=//v.io/1 width=5></iframe>", "[//v.io/1]"),
            ("1 <2 & 3", "1 <2 & 3"),
            ("<a b=\"'>\" c='\">'>d<e f='>", "d<e f='>"),
            ("<p title=\">\">a</p><STYLE>b</Style>c<? d > e<! f", "ac e<! f"),
        ] {
            assert_eq!(shown(html), wanted);
        }
    }
}

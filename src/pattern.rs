//! Regular expressions that are written in the source, so that no caller needs an `unwrap`.

use regex::Regex;

/// Compiles a pattern that stands in the source. Its digits and its edges of words are ASCII's: those of Unicode make
/// automata many times as large, and compiling them took most of the time of reading one post.
#[expect(clippy::expect_used, reason = "a pattern written in the source is right or no test passes")]
pub(crate) fn pattern(text: &str) -> Regex {
    let ascii = text.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
    Regex::new(&ascii).expect("a valid pattern")
}

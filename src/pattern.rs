//! Regular expressions that are written in the source, so that no caller needs an `unwrap`.

use regex::Regex;

/// Compiles a pattern that stands in the source.
#[expect(clippy::expect_used, reason = "a pattern written in the source is right or no test passes")]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

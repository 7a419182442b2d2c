//! Regular expressions that are written in the source, so that no caller needs an `unwrap`.

use regex::{Regex, RegexBuilder};
use std::ops::Deref;
use std::sync::OnceLock;

/// Letters and digits of words: those of the scripts that reports are written in. Unicode's own class, of seven hundred
/// ranges, makes automata many times as large.
const WORD: &str = "0-9A-Z_a-z\u{aa}\u{b5}\u{ba}\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{24f}\u{370}-\u{52f}\u{1100}-\u{11ff}\u{3005}-\u{3007}\u{3041}-\u{309f}\u{30a1}-\u{30ff}\u{3131}-\u{318e}\u{3400}-\u{9fff}\u{ac00}-\u{d7a3}\u{ff10}-\u{ff19}\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}\u{ff66}-\u{ff9f}";

/// How many bytes of states each pattern may keep in each thread: a hundred patterns have them, and few need many.
const ROOM: usize = 1 << 18;

/// Compiles a pattern that stands in the source. Its digits and its edges of words are ASCII's, its letters those of
/// [`WORD`]: compiling those of Unicode took most of the time of reading one post.
#[expect(clippy::expect_used, reason = "a pattern written in the source is right or no test passes")]
pub(crate) fn pattern(text: &str) -> Regex {
    let plain = text.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
    let plain = plain.replace(r"\w", &format!("[{WORD}]")).replace(r"\W", &format!("[^{WORD}]"));
    RegexBuilder::new(&plain).dfa_size_limit(ROOM).build().expect("a valid pattern")
}

/// A pattern that is compiled when it is first used: of many that a text is held against, few are.
#[derive(Debug)]
pub(crate) struct Lazy {
    source: String,
    compiled: OnceLock<Regex>,
}

impl Lazy {
    pub(crate) fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }
}

impl Deref for Lazy {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.compiled.get_or_init(|| pattern(&self.source))
    }
}

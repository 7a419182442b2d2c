//! How English sentences that tell who speaks are worded.
//!
//! In: a paragraph. Out: where it is worded so ([`Telling`]): the whole wording, the names in it, and what is said of their
//! role. Whether the names are people's is for [`super::speech`] to say.

use crate::language::languages;
use crate::language::list::Words;
use crate::pattern::pattern;
use crate::span::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Where a paragraph tells who speaks.
pub(super) struct Telling {
    pub(super) whole: Span,
    pub(super) names: Span,
    pub(super) role: Option<Span>,
}

/// A full name, or several: two to four capitalised words each.
pub(super) const NAME: &str = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\.|[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ž-]*(?:['’][A-Z][a-z]+)?)(?:[ \n](?:de|van|von|der|den|la|le|bin|al|[A-ZÀ-ÖØ-ÞĀ-Ž]\.|[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ž-]*(?:['’][A-Z][a-z]+)?)){1,3}";

/// One name or up to four, each with what brackets behind it hold.
fn names() -> String {
    let one = format!(r"{NAME}(?:\s?\([^()]{{1,60}}\))?");
    format!(r"(?P<names>{one}(?:(?:\s*,\s+(?:and\s+)?|\s+and\s+|\s*&\s*){one}){{0,3}})")
}

/// Where they work, as it may stand behind their names: `of Acme (since acquired)`, `, VP of Engineering at Acme,`.
const ROLE: &str = r"(?P<role>\s+(?:of|from|at)\s+[^,.;:()]{2,50}(?:\s*\([^()]{1,120}\))?|\s*,\s[^.;:]{2,120}?[,.])?";

/// Words of a list, as alternatives.
fn any(words: &[String]) -> String {
    words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|")
}

/// `Jane Doe of Acme then showed`
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    let (verbs, adverbs) = (any(&languages().speech.verbs), any(&languages().speech.adverbs));
    // The first verb ends the role.
    let role = ROLE.replace("{2,50}", "{2,50}?");
    pattern(&format!(r"^{}{role}\s+(?:(?:{adverbs})\s+){{0,3}}(?:{verbs})\b", names()))
});

/// `a talk about queues by Jane Doe`
static GIVEN_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:{})\b[^.!?]{{0,90}}?\s(?:by|with|from)\s+{}{ROLE}", talk_words(), names())));

/// `Jane Doe's entertaining talk`
static HIS_TALK: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^{}\s*['’]s?\s+(?:[\w“”‘’'-]+\s){{0,5}}?(?:{})\b", names(), talk_words())));

/// `Jane Doe, in her session on queues,`, `Jane Doe drew on her experience to talk about`, `They invited Jane Doe to give her
/// keynote`
static WITH_TALK: LazyLock<Regex> = LazyLock::new(|| {
    let talk = format!(r"\s(?:[a-z-]+\s){{0,3}}?(?:{})", talk_words());
    pattern(&format!(
        r"^{}(?P<between>[^.!?]{{0,100}}?)\s(?:[Ii]n\s(?:his|her|their){talk}|talk(?:ed|s)?\sabout|(?:give|gave)\s(?:an?|his|her|their|the){talk})\b",
        names(),
    ))
});

/// One word that may be a name, where a sentence opens with it, and much speaks for its being one: `Jane from Acme talked`,
/// `Jane did a talk`, `Jane's keynote`.
static ONE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?P<names>[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{2,})";
    let (verbs, talk) = (any(&languages().speech.verbs), talk_words());
    pattern(&format!(
        r"(?:^|[.!?:;–—][ ]|\n){name}(?:(?P<role>[ ](?:from|of|at)[ ][A-Z0-9][^,.;:()]{{1,50}}?)[ ](?:[a-z]+[ ]){{0,2}}(?:{verbs})|[ ](?:[a-z]+[ ]){{0,2}}(?:gave|gives|did|delivered|held|presented)[ ](?:an?|his|her|their|the|us[ ]an?)[ ](?:[a-z-]+[ ]){{0,4}}?(?:{talk}|overview))\b"
    ))
});

/// `In Jane's keynote`
static OWN_TALK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[.!?:;][ ]|\n|[a-z,] )(?P<names>[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{{2,}})['’]s?[ ](?:[a-z-]+[ ]){{0,3}}?(?:{})\b",
        talk_words()
    ))
});

/// Behind a title: `“Title” by Jane Doe`, `Title, presented by Jane Doe of Acme`.
pub(super) static BEHIND_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r#"^[”"」』)\]*_]*\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:given|presented|moderated|led|held|delivered|hosted|taught)\s+)?(?:by|from|with)\s+(?:[“"‘][^“”"‘’]+[”"’]\s+)?{}{ROLE}"#,
        names()
    ))
});

/// `was taught by Jane Doe`
static TAUGHT_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:taught|given|presented|delivered|moderated|held|led)\s+by\s+{}{ROLE}", names())));

/// `Next up was Jane Doe (Acme)`, `followed by Jane Doe`.
static NEXT_UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?:up|[Nn]ext|[Ff]irst|[Ll]ast|opener|[Tt]hen|followed|closed|opened|concluded|ended|finished|started|began)\s+(?:was|were|came|by|with)\s+{}{ROLE}",
        names()
    ))
});

/// `The first speaker was Jane Doe`
static SPEAKER_WAS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b[Ss]peaker\s(?:was|is)\b[^.!?]{{0,60}}?\s{}", names())));

/// English words for a talk, in any letter case, as alternatives.
pub(super) fn talk_words() -> String {
    let words = languages().headings.talk_words.iter().filter(|w| w.is_ascii());
    words.map(|w| format!("(?i:{})", regex::escape(w))).collect::<Vec<_>>().join("|")
}

/// How sentences are worded that tell who speaks.
#[derive(Clone, Copy)]
enum Wording {
    /// They open with names: the pattern is tried where one stands.
    Named(&'static LazyLock<Regex>),
    /// Words lead to the names.
    Led(&'static LazyLock<Regex>),
}

impl Wording {
    /// Where a text is worded so.
    fn places(self, text: &str) -> Vec<Telling> {
        let place = |from: usize, c: &regex::Captures| {
            let at = |m: regex::Match| Span::new(from + m.start(), from + m.end());
            // Who is named nearer to the verb speaks.
            let other = c.name("between").is_some_and(|between| names_in(between.as_str()).next().is_some());
            let (whole, names) = (c.get(0).map(at)?, c.name("names").map(at)?);
            (!other).then(|| Telling { whole, names, role: c.name("role").map(at) })
        };
        match self {
            Self::Led(pattern) => pattern.captures_iter(text).filter_map(|c| place(0, &c)).collect(),
            Self::Named(pattern) => {
                let mut found: Vec<Telling> = Vec::new();
                for start in names_in(text) {
                    if found.last().is_none_or(|last| last.whole.end <= start) {
                        found.extend(pattern.captures(&text[start..]).and_then(|c| place(start, &c)));
                    }
                }
                found
            }
        }
    }
}

/// Where two words in a row may be a name: a capital, letters, a space, another capital or a word such as "van". Of the
/// letters that stand together the first capital counts, since a name that starts at it holds those that start behind.
pub(super) fn names_in(text: &str) -> impl Iterator<Item = usize> + '_ {
    let capital = |c: char| c.is_ascii_uppercase() || ('\u{c0}'..='\u{17d}').contains(&c) && !"×÷".contains(c);
    let letter = move |c: char| c.is_ascii_alphabetic() || capital(c) || "ž-".contains(c);
    let within = move |c: char| letter(c) || ".'’".contains(c);
    let follows = move |word: &str| word.starts_with(capital) || PARTICLES.iter().any(|particle| word.starts_with(particle));
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + text[at..].find(within)?;
        at = text[start..].find(|c| !within(c)).map_or(text.len(), |run| start + run);
        Some((start, at))
    });
    let named = runs.filter(move |(_, end)| text[*end..].strip_prefix([' ', '\n']).is_some_and(follows));
    named.flat_map(move |(start, end)| {
        let mut from = start;
        text[start..end].split_inclusive(move |c| !letter(c)).filter_map(move |letters| {
            let place = letters.find(capital).map(|at| from + at);
            from += letters.len();
            place
        })
    })
}

/// Words in lower case that names hold, as in [`NAME`].
const PARTICLES: [&str; 9] = ["de", "van", "von", "der", "den", "la", "le", "bin", "al"];

/// Where a paragraph is worded so, by wording: what speaks most plainly first.
pub(super) fn telling(text: &str) -> Vec<Telling> {
    static TALKS: LazyLock<Words> =
        LazyLock::new(|| Words::from(languages().headings.talk_words.iter().filter(|w| w.is_ascii()).cloned().collect::<Vec<_>>()));
    let talk = TALKS.stand_in_any_case(text);
    let joined = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let owned = talk && text.contains(['\'', '’']);
    let (speaks, met) = (languages().speech.verbs.stand_in(text), joined(&["was", "were", "came", "by", "with"]));
    let wordings = [
        (speaks, Wording::Named(&SPEAKS)),
        (talk && joined(&["by", "with", "from"]), Wording::Led(&GIVEN_BY)),
        (owned, Wording::Named(&HIS_TALK)),
        (text.contains("by"), Wording::Led(&TAUGHT_BY)),
        (met, Wording::Led(&NEXT_UP)),
        (text.contains("peaker"), Wording::Led(&SPEAKER_WAS)),
        (talk && joined(&["his ", "her ", "their ", "about", "give", "gave"]), Wording::Named(&WITH_TALK)),
        (speaks, Wording::Led(&ONE_WORD)),
        (owned, Wording::Led(&OWN_TALK)),
    ];
    wordings.into_iter().filter(|(told, _)| *told).flat_map(|(_, wording)| wording.places(text)).collect()
}

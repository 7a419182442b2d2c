//! Companies that no gazetteer lists, found from how sentences speak of them: `works at Acme`, `株式会社オクト`,
//! `조약돌이라는 회사`, `in cooperation with Acme, Globex and Initech`.
//!
//! In: passages, and what is known in them. Out: the names, with what says that each is a company. The hard decision: a cue
//! word alone makes no company of what stands beside it (`joined John`, `people from Berlin`). A name must have the shape of
//! one and be no place, event or person; what its link, its ending and the dictionary say is weighed with the cue.

use super::disambiguate::is_edition;
use super::scan::{Candidate, Passage};
use crate::document::MarkKind;
use crate::entity::EntityKind;
use crate::feature::Feature;
use crate::gazetteer::Gazetteer;
use crate::language::boundary::{Tail, boundary};
use crate::language::list::Telling;
use crate::language::words::is_word;
use crate::language::{Firms, languages};
use crate::mention::Evidence;
use crate::normalize::{is_han, is_hangul, is_hiragana, is_katakana, is_word_character};
use crate::pattern::{Lazy, pattern};
use crate::span::Span;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The longest name, in characters, and how many bytes before a cue are searched for one.
const LONGEST: usize = 40;
const NEAR: usize = 96;
/// A shorter name in capitals before a cue may be any abbreviation: `PG사에 다니`.
const SHORTEST: usize = 4;

/// One to four Latin words with capitals, or a site's address.
const LATIN: &str = r"(?:(?:[A-Z][A-Za-z0-9]*|[0-9]+[A-Za-z][A-Za-z0-9]*)(?:[&.+-][A-Za-z0-9]+)*(?: (?:& |of )?[A-Z][A-Za-z0-9]*(?:[&.+-][A-Za-z0-9]+)*){0,3}|[a-z0-9][a-z0-9-]+\.(?:ai|io|com|net|org|dev|co|app|de|kr|jp)\b)";
/// Katakana, perhaps behind Latin letters; Han.
const KANA: &str = r"[A-Za-z0-9一-鿿]*[ァ-ヺー]{3,}";
const HAN: &str = r"[一-鿿]{2,8}";
const HANGUL: &str = r"[A-Za-z0-9]*[가-힣]{2,10}";

/// Where a name is said to be a company's.
pub(super) struct Proof {
    /// Index of its passage, and which bytes of the passage's text.
    pub(super) passage: usize,
    pub(super) span: Span,
}

/// What speaks for an unlisted company, and where it does.
#[derive(Default)]
pub(super) struct Firm {
    pub(super) evidence: BTreeSet<Feature>,
    pub(super) proofs: Vec<Proof>,
}

impl Firm {
    /// The evidence with nothing counted twice.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        self.evidence.iter().copied().map(Evidence::once).collect()
    }
}

/// What is known of a document's names, by passage.
pub(super) struct Listed<'a> {
    pub(super) passages: &'a [Passage<'a>],
    pub(super) gazetteer: &'a Gazetteer,
    /// Names that count wherever they stand, and those that the context decides.
    pub(super) sure: &'a [Vec<&'a Candidate>],
    pub(super) open: &'a [Vec<&'a Candidate>],
    /// What speakers are called.
    pub(super) people: BTreeSet<&'a str>,
}

/// A kind of words beside a name, and what they say of it.
struct Cue {
    words: Lazy,
    feature: Feature,
    /// Whether the name follows.
    ahead: bool,
    /// The shape of the name.
    name: Lazy,
    /// The words of which one stands in every text with the cue.
    telling: Vec<String>,
}

/// The unlisted companies of a report.
pub(super) fn names(listed: &Listed) -> BTreeMap<String, Firm> {
    static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| cues(&languages().firms));
    // Most texts hold no telling word, and need no closer look.
    static TELLING: LazyLock<Telling> = LazyLock::new(|| Telling::of(CUES.iter().map(|cue| cue.telling.as_slice())));
    let mut found: BTreeMap<String, Firm> = BTreeMap::new();
    for (passage, p) in listed.passages.iter().enumerate() {
        let text = p.block.text.text();
        for cue in TELLING.told(p.folded.text()).into_iter().map(|cue| &CUES[cue]) {
            for place in cue.words.find_iter(text).filter(|m| !p.is_address(Span::new(m.start(), m.end()))) {
                // `オクト株式会社 福岡支社`: the form goes with what it is written onto.
                let onto = cue.feature == Feature::LegalForm && text[..place.start()].ends_with(is_name_letter);
                let spans = if cue.ahead && onto {
                    Vec::new()
                } else if cue.ahead {
                    members(listed, passage, place.end(), cue)
                } else {
                    Vec::from_iter(before(text, place.start(), &cue.name))
                };
                for span in spans.into_iter().filter(|span| may_be_name(listed, passage, *span, cue.feature)) {
                    let firm = found.entry(span.of(text).to_owned()).or_default();
                    firm.evidence.insert(cue.feature);
                    firm.evidence.extend(looks(p, span));
                    firm.proofs.push(Proof { passage, span });
                }
            }
        }
    }
    found
}

fn cues(words: &Firms) -> Vec<Cue> {
    let any = |list: &[String]| list.iter().map(|w| regex::escape(w).replace(' ', r"\s")).collect::<Vec<_>>().join("|");
    let ahead = |list: &[String], feature: Feature| Cue {
        words: Lazy::new(format!(r#"(?i)(?:^|[^\w])(?:{})\s(?:the\s)?[“"‘']?"#, any(list))),
        feature,
        ahead: true,
        name: Lazy::new(format!("^(?:{LATIN})")),
        telling: list.to_vec(),
    };
    let behind = |list: &[String], feature: Feature, shapes: &str| Cue {
        words: Lazy::new(format!(r#"[”"’'」』]?\s?(?:{})"#, any(list))),
        feature,
        ahead: false,
        name: Lazy::new(format!("(?:{shapes})$")),
        telling: list.to_vec(),
    };
    let formed = format!("{KANA}|{LATIN}|{HAN}|{HANGUL}");
    let legal = Cue {
        words: Lazy::new(format!(r"(?:{})\s?", any(&words.forms_before))),
        feature: Feature::LegalForm,
        ahead: true,
        name: Lazy::new(format!("^(?:{formed})")),
        telling: words.forms_before.to_vec(),
    };
    let latin_legal = Cue {
        words: Lazy::new(format!(r",?\s(?:{})\b", any(&words.forms_after))),
        ..behind(&words.forms_after, Feature::LegalForm, LATIN)
    };
    let roles: Vec<String> = languages().bylines.roles.iter().filter(|r| r.is_ascii()).cloned().collect();
    let office = format!(r"(?i)(?:^|[^\w])(?:{})\s(?:at|@)\s(?:the\s)?", any(&roles));
    vec![
        ahead(&words.employs, Feature::Employment),
        Cue { telling: vec![" at ".to_owned(), "@".to_owned()], words: Lazy::new(office), ..ahead(&words.employs, Feature::Employment) },
        ahead(&words.deals, Feature::Business),
        ahead(&words.calls, Feature::Called),
        ahead(&words.staff, Feature::Staff),
        behind(&words.employs_after, Feature::Employment, &format!("{LATIN}|{KANA}")),
        behind(&words.calls_after, Feature::Called, &formed),
        behind(&words.forms_before, Feature::LegalForm, &formed),
        legal,
        latin_legal,
    ]
}

/// The names that follow a cue: one, or those of a list.
fn members(listed: &Listed, passage: usize, at: usize, cue: &Cue) -> Vec<Span> {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:,\s(?:and\s|&\s)?|\sand\s|\s?&\s|、|・)"));
    let text = listed.passages[passage].block.text.text();
    let (mut at, mut closed, mut count) = (at, false, 0);
    let (mut found, mut first) = (Vec::new(), None);
    loop {
        // A listed company among others takes its place, and proves nothing.
        let known = listed.sure[passage].iter().find(|c| c.hit.span.start == at && listed.gazetteer.may_be(&c.hit, EntityKind::Company));
        let end = match (known, after(listed, passage, at, &cue.name)) {
            (Some(known), _) => known.hit.span.end,
            (None, Some(name)) => {
                first = first.or((count == 0).then_some(name));
                found.push(name);
                name.end
            }
            (None, None) => break,
        };
        count += 1;
        let Some(joint) = JOINT.find(&text[end..]) else { break };
        closed |= !joint.as_str().starts_with(',') || joint.as_str().len() > 2;
        at = end + joint.end();
    }
    // `joined Acme, Bob said`: two names with a comma between them are no list.
    if !(closed && count >= 2) {
        return first.into_iter().collect();
    }
    // `CEO of Acme, and Jane Doe`: who is employed may be named behind, too.
    found.retain(|name| Some(*name) == first || cue.feature != Feature::Employment || !name.of(text).contains(' '));
    found
}

/// The name that starts at a place: a short link's text, or what has the shape of one.
fn after(listed: &Listed, passage: usize, at: usize, shape: &Regex) -> Option<Span> {
    let block = listed.passages[passage].block;
    let text = block.text.text();
    let mut links = block.marks.iter().filter(|m| m.span.start == at && matches!(m.kind, MarkKind::Link(_)));
    let short = |span: &Span| span.of(text).split_whitespace().count() <= 4 && !span.of(text).contains(['\n', ',', '@', '/', ':']);
    if let Some(link) = links.next().map(|m| m.span).filter(|span| short(span) && site(block, *span)) {
        return Some(link);
    }
    let found = shape.find(&text[at..])?;
    let run = Span::new(at, at + found.end());
    Some(if run.of(text).ends_with(is_hangul) { unparticled(text, run) } else { run })
}

/// The name that ends before a place.
fn before(text: &str, at: usize, shape: &Regex) -> Option<Span> {
    let from = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let found = shape.find(&text[from..at])?;
    let start = from + found.start();
    // A part of a longer word is no name, nor the rest of one that a line's end cuts.
    let cut = text[..start]
        .strip_suffix('\n')
        .and_then(|line| line.rsplit(' ').next())
        .is_some_and(|last| last.starts_with(char::is_uppercase) && !last.ends_with(['.', '!', '?', ':']));
    let apart = !text[..start].ends_with(|c: char| is_word_character(c) && !is_hiragana(c) || "_@/.-#".contains(c));
    (apart && !cut).then(|| Span::new(start, at))
}

/// Whether a letter may be written onto a legal form as a part of the name.
fn is_name_letter(c: char) -> bool {
    is_word_character(c) && !is_hiragana(c)
}

/// `온달소프트` of `온달소프트는`.
fn unparticled(text: &str, run: Span) -> Span {
    let cut = |particle: &&str| {
        let name = run.of(text).strip_suffix(*particle)?;
        let span = Span::new(run.start, run.start + name.len());
        let agrees = boundary(text, span).is_some_and(|edge| edge.tail == Tail::Particle);
        (name.chars().count() >= 2 && agrees).then_some(span)
    };
    languages().firms.particles.iter().map(String::as_str).find_map(|p| cut(&p)).unwrap_or(run)
}

/// Whether words may be a company's name: nothing listed, no place, no event, nobody, no word for companies in general.
fn may_be_name(listed: &Listed, passage: usize, span: Span, feature: Feature) -> bool {
    let text = listed.passages[passage].block.text.text();
    let (name, words) = (span.of(text), languages());
    let length = name.chars().count();
    let lower = name.to_lowercase();
    let formed = feature == Feature::LegalForm;
    let like = words.bylines.company_endings.iter().any(|e| name.len() > e.len() && lower.ends_with(e.as_str()));
    let known = listed.sure[passage].iter().filter(|c| c.hit.span.overlaps(span)).any(|c| {
        let idea = c.options.iter().all(|o| listed.gazetteer.entity(*o).kind == EntityKind::Concept);
        c.hit.span.start <= span.start || c.hit.span.end > span.end || !(idea || like || formed)
    });
    let company = listed.open[passage].iter().any(|c| c.hit.span.contains(span) && listed.gazetteer.may_be(&c.hit, EntityKind::Company));
    let capital = |kind: &String| kind.chars().take(1).flat_map(char::to_uppercase).chain(kind.chars().skip(1)).collect::<String>();
    let event = words.event.kinds.iter().any(|kind| name.ends_with(&capital(kind)) || !kind.is_ascii() && name.ends_with(kind.as_str()))
        || words.event.open.iter().any(|kind| lower.ends_with(kind.as_str()))
        || is_edition(text, span);
    let generic = words.firms.generic.iter().any(|w| if w.is_ascii() { lower == *w } else { lower.ends_with(w.as_str()) });
    let role = lower.split([' ', '-']).any(|w| words.bylines.roles.has_in_any_case(w));
    let nobody = words.bylines.not_a_company.has(&lower);
    let place = words.firms.places.iter().any(|p| lower == *p || lower.strip_prefix(p.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    let person = listed.people.contains(name) || listed.people.iter().any(|p| p.split(' ').any(|part| part == name));
    let definite = text[..span.start].trim_end_matches(['“', '"']).ends_with("the ") && !like;
    let brief = name.len() < SHORTEST && name.chars().all(|c| c.is_ascii_uppercase()) && !formed && !name.contains('&');
    (2..=LONGEST).contains(&length) && !(known || company || event || generic || role || nobody || place || person || definite || brief)
}

/// What a name's own looks say.
fn looks(passage: &Passage, span: Span) -> impl Iterator<Item = Feature> {
    let text = passage.block.text.text();
    let name = span.of(text);
    let words = || name.split([' ', '-', '&']).filter(|w| !w.is_empty());
    let ordinary = name.is_ascii() && words().all(|w| is_word(&w.to_ascii_lowercase()));
    let ending = languages().bylines.company_endings.iter().any(|e| {
        if e.is_ascii() {
            words().count() > 1 && words().next_back().is_some_and(|w| w.eq_ignore_ascii_case(e))
        } else {
            name.len() > e.len() && name.ends_with(e.as_str())
        }
    });
    let native = name.chars().all(|c| is_han(c) || is_katakana(c) || is_hangul(c));
    let mixed = !native && name.chars().skip(1).zip(name.chars()).any(|(c, before)| c.is_uppercase() && before.is_lowercase());
    let found =
        [(Feature::Site, site(passage.block, span)), (Feature::Ending, ending), (Feature::Ordinary, ordinary), (Feature::Mixed, mixed)];
    found.into_iter().filter(|(_, holds)| *holds).map(|(feature, _)| feature)
}

/// Whether a name's link leads to a host that is called so: `[Quillstone Labs](https://www.quillstone.example)`.
fn site(block: &crate::document::Block, span: Span) -> bool {
    let compact = |text: &str| text.chars().filter(|c| is_word_character(*c)).flat_map(char::to_lowercase).collect::<String>();
    let name = compact(span.of(block.text.text()));
    let links = block.marks.iter().filter(|m| m.span.contains(span)).filter_map(|m| match &m.kind {
        MarkKind::Link(url) => Some(url),
        _ => None,
    });
    links.into_iter().any(|url| {
        // An archive's address ends in the one that it keeps.
        let host = url.rsplit("://").next().unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
        let mut labels = host.split('.').rev().skip(1).map(compact).filter(|l| l.len() >= 3);
        compact(host) == name || labels.any(|label| name.starts_with(&label) || label.starts_with(&name))
    })
}

//! Lists of people and companies: `Sally, Dwayne (카카오 커머스)`, `정규돈 | 카카오`, `Jane Doe, CTO, Acme`.
//!
//! In: a piece of text that should name who speaks. Out: [`Names`], with spans of that text.

use super::person::{Place, person, without_honorific};
use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::{Gazetteer, Hit};
use crate::language::languages;
use crate::normalize::{is_han, is_hangul, is_hiragana, is_letter, is_word_character};
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// People and companies of a piece of text, with spans into it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Names {
    /// Each person with the company that stands beside, in order.
    pub(super) people: Vec<(Span, Option<Affiliation>)>,
    /// Companies that stand alone.
    pub(super) companies: Vec<Affiliation>,
    /// How many pieces say what someone does.
    pub(super) roles: usize,
    /// Whether the companies are those of the speakers named before.
    pub(super) of_speakers: bool,
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.companies.is_empty()
    }

    /// One company behind several names is everyone's: of the last `count` of them.
    fn employ(&mut self, count: usize, company: &Affiliation) {
        self.people.iter_mut().rev().take(count).for_each(|(_, of)| *of = Some(company.clone()));
    }
}

/// Reads a list of people: `Sally, Dwayne (카카오 커머스)`, `정규돈 | 카카오`, `Jane Doe, CTO, Acme`, `A and B`.
pub(super) fn people(text: &str, span: Span, place: Place, gazetteer: &Gazetteer) -> Names {
    static PART: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s*(?:[,，、;&|/·(（)）\[\]]|\s[-–—@]+\s|\band\b|\bfrom\b|\bat\b|\bof\b|\s와\s|\s과\s)\s*"));
    let inner = span.of(text);
    let mut names = Names::default();
    let mut at = 0;
    let mut parts: Vec<Span> = Vec::new();
    // The `&` of SK C&C separates nothing.
    let named: LazyCell<Vec<Span>, _> =
        LazyCell::new(|| gazetteer.hits(inner).iter().filter(|h| gazetteer.may_be(h, EntityKind::Company)).map(|h| h.span).collect());
    for cut in PART.find_iter(inner) {
        if named.iter().any(|n| n.start < cut.start() && cut.end() < n.end) {
            continue;
        }
        parts.push(Span::new(span.start + at, span.start + cut.start()));
        at = cut.end();
    }
    parts.push(Span::new(span.start + at, span.end));
    let said = |p: &Span| {
        !p.of(text).trim().is_empty()
            && !languages().honorifics.has(p.of(text).trim())
            && !languages().bylines.nobody.has_in_any_case(p.of(text).trim())
    };
    parts.retain(said);
    if parts.len() > 12 {
        return names;
    }
    let mut waiting = 0;
    let (mut bracketed, mut last) = (false, span.start);
    let mut office = false;
    for part in parts {
        let part = shrink(text, part);
        let written = part.of(text);
        // `Head of Analytics` is one office.
        if std::mem::replace(&mut office, is_role(written) && text[part.end..span.end].trim_start().starts_with("of ")) {
            continue;
        }
        // Brackets after a name hold the company, or what else the person is called; never another person.
        bracketed = match text[span.start..part.start].trim_end().chars().next_back() {
            Some('(' | '（') => true,
            Some(')' | '）') => false,
            _ => bracketed && !text[last..part.start].contains([')', '）']),
        };
        last = part.end;
        if bracketed && !names.people.is_empty() {
            let real = names.people.last().is_some_and(|(name, _)| is_full_name(name.of(text)));
            // `Shiori Hamasaki（しおり）`
            let called = written.chars().all(is_hiragana) && names.people.last().is_some_and(|(name, _)| name.of(text).is_ascii());
            if waiting > 0
                && let Some(found) = company(text, part, gazetteer, real && !called && !written.starts_with('@'))
            {
                names.employ(std::mem::take(&mut waiting), &found);
            }
            continue;
        }
        // `맹다올님 / 너울랩`: who is honoured and what is not are not two people.
        let slashed = text[..part.start].trim_end().ends_with(['/', '|']);
        let honoured = |(name, _): &(Span, Option<Affiliation>)| text[name.end..].trim_start().starts_with(['님', 'さ', '氏']);
        let apart = slashed && names.people.last().is_some_and(honoured) && !without_honorific(written).1;
        if apart && let Some(found) = company(text, part, gazetteer, true) {
            names.employ(std::mem::take(&mut waiting), &found);
        } else if let Some((name, company)) = name_and_company(text, part, place, gazetteer) {
            names.people.push((name, Some(company)));
            waiting = 0;
        } else if let Some(name) = titled(text, part, place, gazetteer) {
            names.people.push((name, None));
            names.roles += 1;
        } else if let Some(name) = person(written, if honoured_behind(&text[part.end..]) { Place::Labelled } else { place }, gazetteer) {
            names.people.push((within(text, part, name), None));
            waiting += 1;
        } else if is_nickname(written)
            && gazetteer.hits(written).is_empty()
            && (held_company(text, part.end, span.end, gazetteer) || waiting > 0 && text[..part.start].trim_end().ends_with(" and"))
        {
            // `조이 (토스)`, `피서우 / AWS`: a company behind makes a person of what stands before; so does a name, as in `Jane Doe and Mina`.
            names.people.push((part, None));
            waiting += 1;
        } else if let Some(found) = company(text, part, gazetteer, waiting > 0) {
            // `민서율(Dawnbird), 카카오`: what stood in brackets is what else the person is called.
            let nicknamed = |of: &Option<Affiliation>| of.as_ref().is_some_and(|c| gazetteer.get(EntityKind::Company, &c.id).is_none());
            let last =
                names.people.last_mut().filter(|(_, of)| waiting == 0 && nicknamed(of) && text[..part.start].trim_end().ends_with("),"));
            if let Some((_, of)) = last.filter(|_| gazetteer.get(EntityKind::Company, &found.id).is_some()) {
                *of = Some(found);
            } else if waiting == 0 {
                names.companies.push(found);
            } else {
                names.employ(std::mem::take(&mut waiting), &found);
            }
        } else if is_role(written) {
            names.roles += 1;
        } else if place == Place::Suffix {
            return Names::default();
        }
    }
    names
}

/// `권태환 카카오페이`, `카카오 권태환님`, `송창현 네이버 CTO`: a name and a company in one piece.
fn name_and_company(text: &str, part: Span, place: Place, gazetteer: &Gazetteer) -> Option<(Span, Affiliation)> {
    let written = part.of(text);
    // `레몬트리 권태환님`, `GDG Pangyo 조희주님`: the last word is honoured, what stands before it is where they are from.
    let (bare, _) = without_honorific(written);
    let honoured = ["님", "씨", "さん", "氏"].iter().any(|h| written.ends_with(h));
    // A Japanese family name stands before the given name just so; a company is known, ends as companies do, or is not Kanji.
    let apart = |before: &str| {
        let like = is_company_like(before) || before.chars().any(|c| !is_han(c) && !is_hiragana(c) && c != ' ');
        like || gazetteer.find_kind(before, EntityKind::Company).is_some_and(|(_, span)| span.len() == before.len())
    };
    // `株式会社みなと 葛城ともや`: the legal form makes a company of the first word, and so a name of the second.
    let forms = &languages().bylines.legal_forms;
    let person_like = |name: &str| !is_team(name) && !is_role(name);
    let formed = |before: &str| forms.iter().any(|form| before.starts_with(form.as_str()) && before.len() > form.len());
    let splits = |(before, name): &(&str, &str)| {
        !name.is_ascii() && person_like(name) && (apart(before) && (honoured || is_company_like(before)) || formed(before))
    };
    if let Some((before, name)) = bare.rsplit_once(' ').filter(splits) {
        let at = part.start + before.len() + 1;
        let from = Span::new(part.start, part.start + before.len());
        let place = if formed(before) { Place::Labelled } else { place };
        if person(&text[at..part.end], place, gazetteer) == Some(name)
            && let Some(company) = self::company(text, from, gazetteer, true)
        {
            return Some((Span::new(at, at + name.len()), company));
        }
    }
    // `발표자 : 김영재 화이트블록`
    if place == Place::Labelled
        && let Some((first, rest)) = written.split_once(' ')
        && first.chars().all(is_hangul)
        && person(first, Place::Suffix, gazetteer) == Some(first)
        && let Some(company) = self::company(text, Span::new(part.end - rest.len(), part.end), gazetteer, true)
    {
        return Some((Span::new(part.start, part.start + first.len()), company));
    }
    // `Amazon Fraud Detector` is what Amazon makes.
    let made = |h: &Hit| h.span.len() == written.len() && gazetteer.may_be(h, EntityKind::Technology);
    let (company, at) = gazetteer.find_kind(written, EntityKind::Company).filter(|_| !gazetteer.hits(written).iter().any(made))?;
    let (before, after) = (&written[..at.start], &written[at.end..]);
    let affiliation =
        Affiliation { name: company.name.clone(), id: company.id.clone(), span: Span::new(part.start + at.start, part.start + at.end) };
    for piece in [before, after] {
        let mut words: Vec<&str> = piece.split_whitespace().collect();
        words.retain(|w| !is_role(w));
        if words.is_empty() || words.len() > 3 {
            continue;
        }
        let joined = words.join(" ");
        let name = person(&joined, place, gazetteer)?.to_owned();
        let start = written.find(&name)?;
        return Some((Span::new(part.start + start, part.start + start + name.len()), affiliation));
    }
    None
}

/// `발표자 : 서하람 Data entrepreneur`: a name before what someone does.
fn titled(text: &str, part: Span, place: Place, gazetteer: &Gazetteer) -> Option<Span> {
    let (first, rest) = part.of(text).split_once(' ').filter(|_| place == Place::Labelled)?;
    let role = rest.rsplit(' ').next().is_some_and(is_role);
    (role && person(first, Place::Suffix, gazetteer) == Some(first)).then(|| Span::new(part.start, part.start + first.len()))
}

/// The company that a piece names: the gazetteer's if it covers most of it; as written where `unknown` ones are expected.
pub(super) fn company(text: &str, part: Span, gazetteer: &Gazetteer, unknown: bool) -> Option<Affiliation> {
    let part = shrink(text, part);
    let written = part.of(text);
    if let Some((entity, at)) = gazetteer.find_kind(written, EntityKind::Company)
        && (at.len() * 2 >= written.len()
            || at.start == 0 && (is_team(&written[at.end..]) || is_role(&written[at.end..])) && !is_contributor(&written[at.end..]))
    {
        let span = Span::new(part.start + at.start, part.start + at.end);
        return Some(Affiliation { name: entity.name.clone(), id: entity.id.clone(), span });
    }
    let words = languages();
    let unformed = |t, form: &String| str::trim_end_matches(str::trim_start_matches(t, form.as_str()), form.as_str()).trim();
    let mut bare = words.bylines.legal_forms.iter().fold(written, unformed);
    // `온달페이 DB플랫폼팀` is a team of 온달페이.
    while let Some((company, _)) = bare.rsplit_once(' ').filter(|(_, last)| is_role(last) || is_team(last)) {
        bare = company.trim_end();
    }
    static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+\s?(?:년|월|일|학년|차|회|기|명|개|年|月|日|回|名)"));
    // A word in lower case is what someone is called, not where they work.
    let handle = bare.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-".contains(c)) && !is_site(bare);
    let cut = bare != written;
    let spoken = is_said(bare) || bare.is_ascii() && is_team(bare) && !is_company_like(bare) || cut && is_untold(bare);
    let odd = handle || spoken || bare.is_empty() || bare.chars().count() > 40 || is_role(bare) || bare.split_whitespace().count() > 5;
    let excluded = words.bylines.not_a_company.has_in_any_case(bare)
        || words.bylines.nobody.has_in_any_case(bare)
        || bare.chars().all(|c| !is_letter(c))
        || bare.starts_with(|c: char| c.is_ascii_digit()) && DATE.is_match(bare)
        || bare.contains("http");
    let sentence = bare.ends_with(['.', '?', '!', '다', '요']) || bare.starts_with(char::is_lowercase) && bare.contains(' ');
    let known =
        gazetteer.hits(bare).iter().any(|h| h.span.len() == bare.len() && h.surfaces.iter().any(|r| !gazetteer.surface(*r).ambiguous));
    let unknown = unknown || is_company_like(bare);
    if !unknown || odd || excluded || sentence || known {
        return None;
    }
    Some(Affiliation { name: bare.to_owned(), id: EntityId::from_name(bare), span: within(text, part, bare) })
}

/// Whether a word is the address of a site: `quillstone.ai`, not `hangyeol.d`.
fn is_site(word: &str) -> bool {
    static SITE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[a-z0-9-]+\.(?:com|org|net|co|io|ai|dev|app|de|fr|kr|jp|cn|eu|uk|me|tv|gg)$"));
    SITE.is_match(word)
}

/// Whether a word is one of titles: `Data`.
fn is_untold(word: &str) -> bool {
    languages().bylines.not_a_name.has(&word.to_lowercase())
}

/// Whether words in lower case make a phrase of a piece: `Before Kafka was mail`, not `Catch the Breeze`.
fn is_said(text: &str) -> bool {
    let joins = &languages().firms.joins;
    text.split_whitespace().skip(1).any(|word| word.bytes().all(|b| b.is_ascii_lowercase()) && !joins.has(word))
}

/// A family name with a given name, not a nickname or handle.
fn is_full_name(name: &str) -> bool {
    name.contains(' ') || !name.is_ascii() && name.chars().count() >= 3
}

/// A company that is called as what it makes, as written, since makers are bought and sold: `Tom Hatch of Salt Stack`.
fn maker(text: &str, part: Span, gazetteer: &Gazetteer) -> Option<Affiliation> {
    let part = shrink(text, part);
    let hit = gazetteer.hits(part.of(text)).into_iter().find(|h| h.span.len() == part.len())?;
    if part.of(text).contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let made = hit.surfaces.iter().map(|r| gazetteer.entity(*r)).any(|e| e.kind == EntityKind::Technology && e.owner.is_some());
    let name = part.of(text).to_owned();
    made.then(|| Affiliation { id: EntityId::from_name(&name), name, span: part })
}

/// Whether words are what one is called who works on a project, not at a company.
fn is_contributor(text: &str) -> bool {
    languages().bylines.contributors.stand_in(&text.to_lowercase())
}

/// Whether words end as companies' names do: `Thistle Bank`, `한결소프트`.
pub(super) fn is_company_like(text: &str) -> bool {
    let endings = &languages().bylines.company_endings;
    let last = text.rsplit(' ').next().unwrap_or(text);
    let word = text.contains(' ') && last.is_ascii() && endings.has_in_any_case(last.trim_end_matches('.'));
    word || endings.ending(text).any(|e| !e.is_ascii() && text.len() > e.len())
}

/// Whether brackets and then an honorific follow: `すねこすり(@sunecosuri)さん`.
fn honoured_behind(rest: &str) -> bool {
    let held = rest.strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）']));
    held.is_some_and(|(_, rest)| languages().honorific(rest.trim_start()).is_some())
}

/// Whether a word may be what someone is called.
fn is_nickname(text: &str) -> bool {
    let length = text.chars().count();
    let native = (2..=4).contains(&length) && text.chars().all(is_hangul);
    let latin = (3..=12).contains(&length) && text.chars().all(|c| c.is_ascii_alphabetic()) && text.starts_with(char::is_uppercase);
    (native || latin) && !languages().bylines.not_a_company.has(text)
}

/// Whether brackets that open at `at`, or what follows a slash there, hold a company of the gazetteer and nothing else.
fn held_company(text: &str, at: usize, end: usize, gazetteer: &Gazetteer) -> bool {
    let rest = text[at..end].trim_start();
    let bracketed = || rest.strip_prefix(['(', '（'])?.split([')', '）']).next();
    let Some(held) = bracketed().or_else(|| rest.strip_prefix(['/', '|'])) else { return false };
    let known = gazetteer.find_kind(held, EntityKind::Company);
    known.is_some_and(|(_, span)| span.len() == held.trim().len())
}

/// Whether words tell of former times: `전) 쿠팡`, `ex-Google`, `who used to work at …`.
pub(super) fn is_former(text: &str) -> bool {
    static FORMER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[\s*•-]*(?:전\)|\(전\)|前\)|前職|전직|ex-)|\b(?:used\s+to|formerly|previously|former|until\s+recently)\b|예전|이전에|있었|계셨|퇴사|일했던|근무했던|재직했던|다녔던|출신",
        )
    });
    FORMER.is_match(text)
}

/// Whether words end in what a part of a company is called.
fn is_team(words: &str) -> bool {
    languages().bylines.teams.ending(words).next().is_some()
}

/// Whether a piece only says what someone does.
pub(super) fn is_role(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|w| w.trim_matches(|c: char| !is_word_character(c)));
    // `백엔드개발자` is one; `해솔데이터` is a company though 데이터 is what many do.
    let native = languages().bylines.professions.ending(text).next().is_some();
    native || words.any(|w| languages().bylines.roles.has_in_any_case(w))
}

/// Whether a piece of some text may say what someone does.
pub(super) fn may_hold_role(text: &str) -> bool {
    let words = &languages().bylines;
    words.roles.stand_in_any_case(text) || words.professions.stand_in(text)
}

fn shrink(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let front = inner.len() - inner.trim_start().len();
    Span::new(span.start + front, span.start + front + inner.trim().len())
}

/// Where `piece`, a part of what stands at `span`, stands.
fn within(text: &str, span: Span, piece: &str) -> Span {
    let at = span.of(text).find(piece).unwrap_or(0);
    Span::new(span.start + at, span.start + at + piece.len())
}

/// The company with which a clause opens: its capitalised words, if the gazetteer lists them or they may be one:
/// `Acorn Systems with a talk on …`. What goes on with capitals is another name: `Samsung Medical Center`.
pub(super) fn opening(text: &str, clause: Span, gazetteer: &Gazetteer) -> Option<Affiliation> {
    static CAPITALISED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[\p{Lu}\d][\w&.!'’+-]*(?:\s(?:(?:of|&)\s)?[\p{Lu}\d][\w&.!'’+-]*){0,4}"));
    let (first, covered) = (clause.of(text), |at: Span| Span::new(clause.start + at.start, clause.start + at.end));
    let written = CAPITALISED.find(first)?.as_str().trim_end_matches(['.', '\'', '’']);
    if let Some((known, at)) = gazetteer.find_kind(first, EntityKind::Company).filter(|(_, at)| at.start == 0) {
        let rest = written.get(at.end..).unwrap_or("").trim_start_matches("'s").trim();
        if rest.is_empty() || is_role(rest) || is_team(rest) {
            return Some(Affiliation { name: known.name.clone(), id: known.id.clone(), span: covered(at) });
        }
    }
    company(text, covered(Span::new(0, written.len())), gazetteer, true)
}

/// The company in `, VP of Engineering at Acme,` or ` of Acme (since acquired)`: as the gazetteer has it, or as written.
pub(super) fn affiliation(text: &str, clause: Span, gazetteer: &Gazetteer) -> Option<Affiliation> {
    static AT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)(?:at|from|@|for|with|of)\s+"));
    let inner = clause.of(text);
    if is_former(inner) {
        return None;
    }
    let inner = inner.find(['(', ')']).map_or(inner, |n| &inner[..n]);
    // `head of Research at Acme`: where they work stands behind "at", "for" or "of", in this order.
    let cuts: Vec<_> = AT.find_iter(inner).collect();
    let word = |words: &[&str]| cuts.iter().find(|m| words.contains(&m.as_str().trim()));
    let place = word(&["at", "from", "@"]).or_else(|| word(&["for", "with"])).or(cuts.last());
    if let Some(at) = place {
        let rest = &inner[at.end()..];
        let article = if rest.starts_with("the ") { 4 } else { 0 };
        let end = rest.find([',', '.', ';']).unwrap_or(rest.len()).max(article);
        let part = Span::new(clause.start + at.end() + article, clause.start + at.end() + end);
        if part.of(text).starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
            return opening(text, part, gazetteer).or_else(|| maker(text, part, gazetteer));
        }
        if let Some(found) = company(text, part, gazetteer, false) {
            return Some(found);
        }
    }
    if let Some(found) = place.and_then(|at| maker(text, Span::new(clause.start + at.end(), clause.start + inner.len()), gazetteer)) {
        return Some(found);
    }
    let (entity, at) = gazetteer.find_kind(inner, EntityKind::Company)?;
    Some(Affiliation { name: entity.name.clone(), id: entity.id.clone(), span: Span::new(clause.start + at.start, clause.start + at.end) })
}

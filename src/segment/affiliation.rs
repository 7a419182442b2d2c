//! Where somebody works, as a piece of text says it: a company of the gazetteer, or what is written where one is expected.
//!
//! In: a piece of text that may name a company, or a clause such as `, VP of Engineering at Acme,`. Out: the [`Affiliation`],
//! with its span in that text; and what words say of companies, teams and offices.

use crate::entity::{EntityId, EntityKind};
use crate::gazetteer::Gazetteer;
use crate::language::languages;
use crate::normalize::{is_letter, is_word_character};
use crate::pattern::pattern;
use crate::span::Span;
use crate::talk::Affiliation;
use regex::Regex;
use std::sync::LazyLock;

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
pub(super) fn is_team(words: &str) -> bool {
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

/// A span without the spaces at its ends.
pub(super) fn shrink(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let front = inner.len() - inner.trim_start().len();
    Span::new(span.start + front, span.start + front + inner.trim().len())
}

/// Where `piece`, a part of what stands at `span`, stands.
pub(super) fn within(text: &str, span: Span, piece: &str) -> Span {
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

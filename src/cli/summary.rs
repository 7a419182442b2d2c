//! What `techgraph extract` says in a terminal: the talks, the most-mentioned technologies, what to run next.

use super::report::visible;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use techgraph::entity::EntityKind;
use techgraph::record::{Extract, TalkRecord};

/// How many talks are listed, and how many technologies.
const MOST: (usize, usize) = (40, 12);

/// The summary as text.
pub(super) fn text(extracts: &[Extract], paths: &[PathBuf], colour: bool) -> String {
    let style = |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut out = String::new();
    let mut left = MOST.0;
    for extract in extracts.iter().filter(|e| !e.talks.is_empty()) {
        if left == 0 {
            break;
        }
        let document = &extract.document;
        let event = document.event.as_ref().map(|e| format!("  {}", e.name)).unwrap_or_default();
        let _ = writeln!(out, "{}{}", style("1", &visible(&document.path)), style("2", &visible(&event)));
        for talk in extract.talks.iter().take(left) {
            let _ = writeln!(out, "  {:>4}  {}", talk.start_line, visible(&talk.title));
            let who = people(talk);
            if !who.is_empty() {
                let _ = writeln!(out, "        {}", style("2", &visible(&who)));
            }
            let technologies = technologies(extract, talk);
            if !technologies.is_empty() {
                let _ = writeln!(out, "        {}", style("36", &visible(&technologies)));
            }
        }
        left = left.saturating_sub(extract.talks.len());
        out.push('\n');
    }
    let talks: usize = extracts.iter().map(|e| e.talks.len()).sum();
    if talks > MOST.0 {
        let _ = writeln!(out, "… and {} more talks\n", talks - MOST.0);
    }
    let ranked = ranking(extracts);
    if !ranked.is_empty() {
        let _ = writeln!(out, "{}", style("1", "Most talked about"));
        for (name, (talks, mentions)) in ranked.iter().take(MOST.1) {
            let _ = writeln!(
                out,
                "  {:<28} {:>3} talk{}  {:>4} mention{}",
                visible(name),
                talks,
                if *talks == 1 { " " } else { "s" },
                mentions,
                if *mentions == 1 { "" } else { "s" }
            );
        }
        out.push('\n');
    }
    let companies: BTreeSet<&String> = extracts.iter().flat_map(|e| &e.talks).flat_map(|t| &t.companies).collect();
    let _ = writeln!(
        out,
        "{}, {}, {}, {}",
        count(extracts.len(), "report", "reports"),
        count(talks, "talk", "talks"),
        count(companies.len(), "company", "companies"),
        count(ranked.len(), "technology", "technologies")
    );
    let shown = paths.iter().map(|p| visible(&p.display().to_string())).collect::<Vec<_>>().join(" ");
    let _ = writeln!(
        out,
        "\nNext:\n  techgraph extract {shown} -o graph.svg   draw it\n  techgraph extract {shown} -o graph.json  the graph, with the evidence of every edge\n  techgraph mentions {shown} --explain    why each name counts"
    );
    out
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn people(talk: &TalkRecord) -> String {
    let speakers: Vec<String> =
        talk.speakers.iter().map(|s| s.company.as_ref().map_or_else(|| s.name.clone(), |c| format!("{} ({c})", s.name))).collect();
    let alone = talk.companies.iter().filter(|c| !talk.speakers.iter().any(|s| s.company.as_ref() == Some(c))).cloned();
    speakers.into_iter().chain(alone).collect::<Vec<_>>().join(", ")
}

fn technologies(extract: &Extract, talk: &TalkRecord) -> String {
    let mut names: Vec<&str> = Vec::new();
    for mention in extract.mentions.iter().filter(|m| m.kind == EntityKind::Technology && m.talk.as_ref() == Some(&talk.id)) {
        if !names.contains(&mention.name.as_str()) {
            names.push(&mention.name);
        }
    }
    names.join(", ")
}

/// Where a technology is talked about.
#[derive(Default)]
struct Attention<'a> {
    /// Document and id of each talk.
    talks: BTreeSet<(&'a str, &'a str)>,
    mentions: usize,
}

/// Technologies with how many talks and mentions each has, most talked about first.
fn ranking(extracts: &[Extract]) -> Vec<(String, (usize, usize))> {
    let mut found: BTreeMap<&str, Attention> = BTreeMap::new();
    for mention in extracts.iter().flat_map(|e| &e.mentions).filter(|m| m.kind == EntityKind::Technology) {
        let attention = found.entry(&mention.name).or_default();
        attention.talks.extend(mention.talk.as_ref().map(|t| (mention.document.as_str(), t.as_str())));
        attention.mentions += 1;
    }
    let counted = found.into_iter().map(|(name, a)| (name.to_owned(), (a.talks.len(), a.mentions)));
    let mut ranked: Vec<_> = counted.collect();
    ranked.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    ranked
}

//! `techgraph discover`: what reports have names for that the gazetteer lacks, and taking it over.

use super::own_data::{Entry, OwnData};
use super::report::{Reporter, colour, output, visible};
use super::{Inputs, partition, tell_unused};
use anyhow::bail;
use clap::ValueEnum;
use std::fmt::Write as _;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use techgraph::discovery::{self, Findings, Least};
use techgraph::entity::{EntityId, EntityKind};
use techgraph::gazetteer::Gazetteer;
use techgraph::normalize::{is_latin, key};
use techgraph::pipeline;
use techgraph::proposal::{AliasProposal, NameProposal, Proposals, Quotation};
use techgraph::{diagnostic::Parsed, input};

/// List names in reports that no gazetteer has, and other ways to write those it has
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What one report is not sure to be a name is listed if several have it. `--accept` and `-f toml` write a data file of
your own: `techgraph.toml`, or one to give with --gazetteer."
)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// How to list them
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// List only what stands in so many reports
    #[arg(long, value_name = "N", default_value_t = Least::default().documents)]
    min_documents: usize,
    /// List only what stands there so often
    #[arg(long, value_name = "N", default_value_t = Least::default().mentions)]
    min_mentions: usize,
    /// Instead of listing, add this name or alias to a data file of your own; may be repeated
    #[arg(long, value_name = "NAME")]
    accept: Vec<String>,
    /// The data file to add to [default: the techgraph.toml of this folder or above]
    #[arg(long, requires = "accept")]
    file: Option<PathBuf>,
}

/// The kinds of names in the order in which they are listed.
const KINDS: [(EntityKind, &str); 4] = [
    (EntityKind::Technology, "Technologies that no gazetteer has"),
    (EntityKind::Concept, "Concepts that no gazetteer has"),
    (EntityKind::Company, "Companies that no gazetteer has"),
    (EntityKind::Event, "Events that no gazetteer has"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// A data file with all of them, to edit
    Toml,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, own: &OwnData, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let least = Least { documents: args.min_documents, mentions: args.min_mentions };
    let proposals = discovery::proposals(read(&args.inputs, gazetteer, &mut reporter)?, &least);
    // The text for people has styles of its own, and shows what reports say without theirs.
    let styled = args.format == Format::Text;
    let mut out = BufWriter::new(if styled { Box::new(std::io::stdout()) } else { output() });
    if !args.accept.is_empty() {
        let done = own.add(&own.target(args.file.as_deref()), &accepted(&args.accept, &proposals, gazetteer)?)?;
        out.write_all(visible_lines(&done).as_bytes())?;
    } else {
        match args.format {
            Format::Text => {
                out.write_all(text(&proposals, colour(std::io::stdout().is_terminal())).as_bytes())?;
                out.write_all(next_steps(&proposals, &args.inputs.paths).unwrap_or_default().as_bytes())?;
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, &proposals)?;
                writeln!(out)?;
            }
            Format::Toml => {
                let names = proposals.names.iter().map(|n| told(name_entry(n, gazetteer), n.documents, n.mentions, &n.contexts));
                let aliases = proposals.aliases.iter().map(|a| told(alias_entry(a), a.documents, a.mentions, &a.contexts));
                let entries: Vec<String> = names.chain(aliases).map(|entry| entry.to_string()).collect();
                out.write_all(entries.join("\n").as_bytes())?;
            }
        }
    }
    out.flush()?;
    if proposals.names.is_empty() && proposals.aliases.is_empty() {
        reporter.note("nothing was found in these reports that the gazetteer lacks");
    }
    tell_unused(gazetteer, &reporter);
    Ok(ExitCode::from(u8::from(reporter.has_errors())))
}

fn read(inputs: &Inputs, gazetteer: &Gazetteer, reporter: &mut Reporter) -> anyhow::Result<Vec<Findings>> {
    let (files, stdin) = partition(inputs.open(reporter)?);
    let mut found: Vec<Findings> = Vec::new();
    let mut take = |parsed: Parsed<Option<Findings>>| {
        parsed.diagnostics.iter().for_each(|d| reporter.diagnostic(d));
        found.extend(parsed.value);
    };
    pipeline::discover(&files, gazetteer, |_, parsed| {
        take(parsed);
        anyhow::Ok(())
    })?;
    for (name, bytes) in stdin {
        take(pipeline::made(&name, || input::parse(&name, bytes, input::Format::Markdown), |d| pipeline::findings(&d, gazetteer)));
    }
    Ok(found)
}

/// The entries of what was accepted, in that order.
fn accepted(names: &[String], proposals: &Proposals, gazetteer: &Gazetteer) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for wanted in names {
        let is = |name: &str| key(name) == key(wanted);
        let before = entries.len();
        entries.extend(proposals.names.iter().filter(|n| is(&n.name)).map(|n| name_entry(n, gazetteer)));
        entries.extend(proposals.aliases.iter().filter(|a| is(&a.alias)).map(alias_entry));
        if entries.len() == before {
            bail!("these reports propose no `{}`; `techgraph discover` without --accept lists what they do", visible(wanted));
        }
    }
    Ok(entries)
}

/// A name as an entry of the gazetteer.
fn name_entry(proposal: &NameProposal, gazetteer: &Gazetteer) -> Entry {
    let name = &proposal.name;
    let technology = proposal.kind == EntityKind::Technology;
    let owner = proposal.owner.as_ref().filter(|o| gazetteer.get(EntityKind::Company, &o.id).is_some()).map(|o| o.id.to_string());
    // A word that may also be written small, and then mean anything.
    let word = name.starts_with(char::is_uppercase) && name.chars().skip(1).all(|c| is_latin(c) && c.is_lowercase());
    Entry::new(proposal.kind.name())
        .with("id", Some(free_id(proposal, gazetteer)))
        .with("name", Some(name.clone()))
        .with("category", technology.then_some("platform"))
        .with("kind", (proposal.kind == EntityKind::Company).then_some("company"))
        .with("owner", owner)
        .with("aliases", Some(proposal.aliases.clone()))
        .with("initial", word.then(|| vec![name.clone()]))
        .with("in_house", Some(proposal.in_house))
}

/// An id that no listed entity has: an entry with such a one would take its place.
fn free_id(proposal: &NameProposal, gazetteer: &Gazetteer) -> String {
    let id = EntityId::from_name(&proposal.name).to_string();
    let owned = proposal.owner.as_ref().map(|owner| format!("{id}-{}", owner.id));
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let is_free = |id: &String| gazetteer.get(proposal.kind, &EntityId::new(id.as_str())).is_none();
    std::iter::once(id.clone()).chain(owned).chain(numbered).find(is_free).unwrap_or_default()
}

fn alias_entry(proposal: &AliasProposal) -> Entry {
    Entry::new("correct").with("surface", Some(proposal.alias.clone())).with("to", Some(id(proposal)))
}

fn id(proposal: &AliasProposal) -> String {
    format!("{}:{}", proposal.kind.name(), proposal.entity)
}

/// An entry with where it is from, to be edited.
fn told(entry: Entry, documents: usize, mentions: usize, contexts: &[Quotation]) -> Entry {
    let counted = format!("{}, {}", count(mentions, "mention"), count(documents, "document"));
    let places = contexts.iter().map(|c| format!("{}:{}: {}", c.document, c.line, c.text));
    std::iter::once(counted).chain(places).fold(entry, |entry, line| entry.remarked(&visible(&line)))
}

fn text(proposals: &Proposals, colour: bool) -> String {
    let style = |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut out = String::new();
    let heading = |out: &mut String, title: &str| {
        let _ = writeln!(out, "{}\n\n  documents  mentions", style("1", title));
    };
    let row = |out: &mut String, documents: usize, mentions: usize, name: &str, what: &str, contexts: &[Quotation]| {
        let _ = writeln!(out, "  {documents:>9}  {mentions:>8}  {}{what}", style("1", &visible(name)));
        for place in contexts {
            let shown = visible(&format!("{}:{}: {}", place.document, place.line, place.text));
            let _ = writeln!(out, "{:24}{}", "", style("2", &shown));
        }
    };
    for (kind, title) in KINDS {
        let mut names = proposals.names.iter().filter(|n| n.kind == kind).peekable();
        if names.peek().is_some() {
            heading(&mut out, title);
            names.for_each(|n| row(&mut out, n.documents, n.mentions, &n.name, &what(n), &n.contexts));
            out.push('\n');
        }
    }
    if !proposals.aliases.is_empty() {
        heading(&mut out, "Other ways to write what it has");
        for a in &proposals.aliases {
            row(&mut out, a.documents, a.mentions, &a.alias, &format!(" = {} ({})", visible(&a.name), id(a)), &a.contexts);
        }
        out.push('\n');
    }
    out
}

/// What may be done with what is listed, the first of it as the example.
fn next_steps(proposals: &Proposals, paths: &[PathBuf]) -> Option<String> {
    let technology = proposals.names.iter().find(|n| n.kind == EntityKind::Technology);
    let first = technology.or(proposals.names.first()).map(|n| &n.name).or_else(|| proposals.aliases.first().map(|a| &a.alias))?;
    let (first, paths) = (visible(first), paths.iter().map(|p| visible(&p.display().to_string())).collect::<Vec<_>>().join(" "));
    Some(format!(
        "Next:\n  let one count:       techgraph discover {paths} --accept '{first}'\n  never see it again:  techgraph correct --surface '{first}' --reject\n  take all, to edit:   techgraph discover {paths} -f toml > own.toml\n"
    ))
}

/// What a name seems to be, as far as texts say.
fn what(proposal: &NameProposal) -> String {
    let owner = proposal.owner.as_ref().map(|o| format!(" of {}", o.name)).unwrap_or_default();
    let facts = [
        proposal.in_house.then(|| format!("in-house{owner}")),
        (!proposal.aliases.is_empty()).then(|| format!("also {}", proposal.aliases.join(", "))),
        (proposal.accepted == 0).then(|| "unsure".to_owned()),
        (!proposal.evidence.is_empty()).then(|| proposal.evidence.join(", ")),
    ];
    facts.into_iter().flatten().map(|fact| format!("; {}", visible(&fact))).collect()
}

fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// Several lines for a terminal.
fn visible_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", visible(line))).collect()
}

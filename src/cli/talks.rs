//! `techgraph talks`: where the talks of each report begin and end, and why.

use super::report::{Reporter, colour, underlined, visible};
use super::{Input, Inputs};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use techgraph::document::Document;
use techgraph::gazetteer::Gazetteer;
use techgraph::input;
use techgraph::pipeline;
use techgraph::segment::{self, Segmentation};
use techgraph::span::Span;
use techgraph::talk::Talk;

/// Show how reports are split into talks
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Say for each kind of line why it does or does not mark the talks, and for each heading why it is none
    #[arg(long)]
    explain: bool,
}

/// Runs it.
pub(super) fn run(args: &Args, gazetteer: &Gazetteer, mut reporter: Reporter) -> anyhow::Result<ExitCode> {
    let inputs = args.inputs.open(&mut reporter)?;
    let mut out = std::io::stdout().lock();
    let coloured = colour(out.is_terminal());
    let show = |document: Document| text(&document, &segment::talks(&document, gazetteer), args.explain, coloured);
    for shown in drawn_each(inputs, show, &mut reporter) {
        out.write_all(shown.as_bytes())?;
    }
    Ok(ExitCode::from(u8::from(reporter.has_errors())))
}

/// What is shown of each input, one after the other; what cannot be read is reported.
pub(super) fn drawn_each<'a>(
    inputs: Vec<Input>,
    show: impl Fn(Document) -> String + 'a,
    reporter: &'a mut Reporter,
) -> impl Iterator<Item = String> + 'a {
    inputs.into_iter().filter_map(move |given| {
        let parsed = match given {
            Input::File(entry) => pipeline::made(&entry.label, || input::read(&entry), &show),
            Input::Stdin(name, bytes) => pipeline::made(&name, || input::parse(&name, bytes, input::Format::Markdown), &show),
        };
        parsed.diagnostics.iter().for_each(|d| reporter.diagnostic(d));
        parsed.value
    })
}

fn text(document: &Document, found: &Segmentation, explain: bool, colour: bool) -> String {
    let source = &document.source;
    let event = found.event.as_ref().map(|e| format!(", {}", e.name)).unwrap_or_default();
    let mut out = format!(
        "{}: {} talk{}{}\n",
        visible(source.path()),
        found.talks.len(),
        if found.talks.len() == 1 { "" } else { "s" },
        visible(&event)
    );
    for talk in &found.talks {
        out.push_str(&drawn(document, talk, colour));
    }
    if explain {
        out.push_str("  which lines mark the talks:\n");
        for family in &found.families {
            let mark = if family.chosen { '*' } else { ' ' };
            let evidence: Vec<String> = family.evidence.iter().map(|(what, weight)| format!("{weight:+.1} {what}")).collect();
            let _ = writeln!(out, "  {mark} {:+5.1} {}: {}", family.score(), family.name, evidence.join(", "));
        }
        for (span, reason) in &found.rejected {
            let position = source.position(span.start);
            let _ = writeln!(
                out,
                "  no talk: {}:{}:{}: {}: {reason}",
                visible(source.path()),
                position.line,
                position.column,
                visible(source.surface(*span).trim())
            );
        }
    }
    out.push('\n');
    out
}

/// The line of a talk's title, with its title, speakers and companies underlined where they stand on it.
fn drawn(document: &Document, talk: &Talk, colour: bool) -> String {
    let source = &document.source;
    let line = source.position(talk.heading.start).line;
    let last = source.last_line(talk.span);
    let shown = visible(source.line(line));
    let mut marks = Vec::new();
    let mut mark = |span: Span, label: String| {
        let at = source.position(span.start);
        if at.line == line && !span.is_empty() {
            let start = shown.char_indices().nth(at.column - 1).map_or(0, |(i, _)| i);
            let end = start + source.surface(span).len();
            if end <= shown.len() {
                marks.push((start..end, label));
            }
        }
    };
    mark(talk.heading, format!("{}, lines {line} to {last}", visible(&talk.title)));
    talk.byline.speakers.iter().for_each(|s| mark(s.span, "speaker".into()));
    talk.byline.companies.iter().for_each(|c| mark(c.span, format!("company: {}", visible(&c.name))));
    let mut out = underlined(&shown, line, &marks, colour);
    let speakers: Vec<String> = talk
        .byline
        .speakers
        .iter()
        .map(|s| s.company.as_ref().map_or_else(|| s.name.clone(), |c| format!("{} ({})", s.name, c.name)))
        .collect();
    let companies: Vec<&str> = talk.byline.companies.iter().map(|c| c.name.as_str()).collect();
    for (what, names) in [("speakers", speakers.join(", ")), ("companies", companies.join(", ")), ("because", talk.reasons.join(", "))] {
        if !names.is_empty() {
            let _ = writeln!(out, "     = {what}: {}", visible(&names));
        }
    }
    out
}

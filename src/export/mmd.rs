//! Mermaid, for pages that draw it (<https://mermaid.js.org>): a flowchart of what a picture shows.
//!
//! In: a [`View`]. Out: a flowchart from left to right, coloured by kind. Mermaid reads labels as Markdown and HTML and knows
//! directives and comments anywhere, so every character that can mean something is written as one of its codes (`#35;`).
//! It draws 500 edges and 50,000 characters at most, hence its own limits in [`super::Options`].

use super::view::View;
use crate::error::Error;
use crate::graph::NodeKind;
use std::fmt::Write as _;
use std::io::Write;

/// How many characters of a label are drawn.
const LONGEST: usize = 60;

const CLASSES: &str = "  classDef company fill:#ffe9b0,stroke:#b98a16,color:#1c2733
  classDef talk fill:#dcebfb,stroke:#3f78b5,color:#1c2733
  classDef document fill:#dcebfb,stroke:#3f78b5,color:#1c2733
  classDef technology fill:#d9f2e1,stroke:#3a8f5c,color:#1c2733
";

/// Writes the flowchart.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(view: &View, out: &mut dyn Write) -> Result<(), Error> {
    let mut text = String::new();
    let _ = writeln!(text, "flowchart LR\n  accTitle: {}", coded(&view.title));
    for (index, node) in view.nodes.iter().enumerate() {
        let (open, close) = if node.kind == NodeKind::Technology { ("([", "])") } else { ("[", "]") };
        let _ = writeln!(text, "  n{index}{open}\"{}\"{close}:::{}", coded(&node.label), node.kind.name());
    }
    for edge in &view.edges {
        let count = if edge.count > 1 { format!("|\"{}\"|", edge.count) } else { String::new() };
        let _ = writeln!(text, "  n{} -->{count} n{}", edge.source, edge.target);
    }
    if let Some(note) = &view.note {
        let _ = writeln!(text, "  note[\"{}\"]", coded(note));
    }
    text.push_str(CLASSES);
    Ok(out.write_all(text.as_bytes())?)
}

/// Text of a label: white space as one space, control and direction characters dropped, what Mermaid reads as codes.
fn coded(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let shown = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = shown.chars().count() > LONGEST;
    for c in shown.chars().take(if long { LONGEST - 1 } else { LONGEST }) {
        match c {
            c if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {}
            c if c.is_alphanumeric() || " .,!?/+'’“”·…".contains(c) || !c.is_ascii() => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out.push_str(if long { "…" } else { "" });
    // A label without a character is no label.
    if out.trim().is_empty() { " ".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::coded;

    #[test]
    fn what_means_something_is_coded() {
        for (label, wanted) in [
            ("쿠버네티스 & Go", "쿠버네티스 #38; Go"),
            ("\"]; %%{init}%% `a`\n#35;", "#34;#93;#59; #37;#37;#123;init#125;#37;#37; #96;a#96; #35;35#59;"),
            ("\u{202e}\u{1}", " "),
        ] {
            assert_eq!(coded(label), wanted);
        }
        assert_eq!(coded(&"가".repeat(9999)).chars().count(), 60);
    }
}

//! What a user has ruled of names is followed: each case is a data file of one's own and a report, and what is found then,
//! one name a line as `surface -> kind:id`.

use std::sync::LazyLock;
use techgraph::detect::{self, Options, trial};
use techgraph::gazetteer::Gazetteer;
use techgraph::input::{self, Format};
use techgraph::mention::Decision;

/// A gazetteer of its own, so that no change of the shipped data changes what these cases say.
const DATA: &str = r#"
[[technology]]
id = "java"
name = "Java"
category = "language"
aliases = ["자바"]

[[technology]]
id = "java-bean"
name = "JavaBean"
category = "framework"
aliases = ["Java Bean"]

[[technology]]
id = "kona"
name = "Kona"
category = "language"
ambiguous = ["Kona"]
context = ["compiler"]
yes = ["Kona compiler, Java."]

[[company]]
id = "kona-coffee"
name = "Kona Coffee"
kind = "company"
ambiguous = ["Kona"]

[[company]]
id = "bean-inc"
name = "Bean Inc."
kind = "company"
"#;

static PLAIN: LazyLock<Gazetteer> = LazyLock::new(|| with(""));

fn with(corrections: &str) -> Gazetteer {
    let nothing = Gazetteer::from_files(&[]).expect("an empty gazetteer");
    nothing.overlaid("own.toml", DATA).and_then(|g| g.overlaid("techgraph.toml", corrections)).expect("valid data")
}

fn decisions(gazetteer: &Gazetteer, path: &str, text: &str) -> Vec<(String, Decision)> {
    let document = input::parse(path, text.into(), Format::Markdown).value.expect("text");
    let decisions = detect::decide(&document, &[], gazetteer, &Options::default());
    decisions.into_iter().map(|d| (document.source.surface(d.mention.span).to_owned(), d)).collect()
}

fn found(gazetteer: &Gazetteer, path: &str, text: &str) -> String {
    let accepted = decisions(gazetteer, path, text).into_iter().filter(|(_, d)| d.accepted);
    accepted.map(|(s, d)| format!("{s} -> {}:{}", d.mention.kind.name(), d.mention.entity)).collect::<Vec<_>>().join("\n")
}

#[test]
fn corrections_are_followed() {
    let cases = [
        ("a spelling is nothing", "surface = 'JAVA'", "Java와 자바.", "자바 -> technology:java"),
        ("an entity is nothing", "entity = 'java'", "Java와 자바, Java Bean.", "Java Bean -> technology:java-bean"),
        (
            "a spelling is not one of two things",
            "surface = 'kona'\nentity = 'technology:kona'",
            "Kona compiler, Java.",
            "Java -> technology:java",
        ),
        (
            "a spelling is something else",
            "surface = 'java'\nto = 'company:bean-inc'",
            "Java, Java Bean.",
            "Java -> company:bean-inc\nJava Bean -> technology:java-bean",
        ),
        ("a word is a name", "surface = '콩'\nto = 'bean-inc'", "콩에서, 콩나물.", "콩 -> company:bean-inc"),
        ("an unlikely name is one", "surface = 'kona'\nto = 'technology:kona'", "Let's Kona.", "Kona -> technology:kona"),
        (
            "an entity is another",
            "entity = 'java'\nto = 'java-bean'",
            "자바, Java.",
            "자바 -> technology:java-bean\nJava -> technology:java-bean",
        ),
        (
            "what the evidence finds is another",
            "entity = 'technology:kona'\nto = 'java'",
            "Kona compiler, Java.\n\nKona?",
            "Kona -> technology:java\nJava -> technology:java\nKona -> technology:java",
        ),
        ("a slip is none", "surface = 'jvaa'", "자바의 Jvaa와 Java", "자바 -> technology:java\nJava -> technology:java"),
        ("a discovered name is none", "surface = 'TidePool'", "자체 개발한 TidePool은 Java다.", "Java -> technology:java"),
        (
            "a line is an exception",
            "surface = 'java'\n[[correct]]\nsurface = 'java'\ndocument = 'a.md'\nline = 3\nto = 'java'",
            "Java.\n\nJava.",
            "Java -> technology:java",
        ),
        (
            "an exception may stand first",
            "surface = 'java'\ndocument = 'a.md'\nline = 3\nto = 'java'\n[[correct]]\nsurface = 'java'",
            "Java.\n\nJava.",
            "Java -> technology:java",
        ),
        (
            "on its line it wins over a longer name",
            "surface = 'bean'\ndocument = '*.md'\nline = 1\nto = 'bean-inc'",
            "Java Bean.",
            "Java -> technology:java\nBean -> company:bean-inc",
        ),
        (
            "a longer name of the same stays",
            "surface = 'bean'\ndocument = '*.md'\nline = 1\nto = 'java-bean'",
            "Java Bean, Bean.",
            "Java Bean -> technology:java-bean\nBean -> technology:java-bean",
        ),
        ("of two the last counts", "surface = 'java'\n[[correct]]\nsurface = 'java'\nto = 'bean-inc'", "Java.", "Java -> company:bean-inc"),
        (
            "of two that overlap the longer counts",
            "surface = 'big bean'\nto = 'java'\n[[correct]]\nsurface = 'bean'\nto = 'bean-inc'",
            "Big Bean, Bean.",
            "Big Bean -> technology:java\nBean -> company:bean-inc",
        ),
        ("a particle is no part of it", "surface = 'java'\nto = 'bean-inc'", "Java를, JavaScript.", "Java -> company:bean-inc"),
        ("addresses are passed over", "surface = 'bean'\nto = 'bean-inc'", "Bean: https://bean.dev/bean", "Bean -> company:bean-inc"),
    ];
    for (what, correction, text, wanted) in cases {
        let gazetteer = with(&format!("[[correct]]\n{correction}\n"));
        assert_eq!(found(&gazetteer, "a.md", text), wanted, "{what}");
        assert_ne!(found(&PLAIN, "a.md", text), wanted, "{what}: so it is without a correction");
        assert!(gazetteer.corrections().iter().any(|c| c.is_followed()), "{what}: and it is noted that it was followed");
    }
}

#[test]
fn a_document_is_meant_by_the_end_of_its_path() {
    let java = "Java -> technology:java";
    for (glob, path, left) in [
        ("a.md", "2019/a.md", ""),
        ("2019/*.md", "posts/2019/a.md", ""),
        ("./2019/*.md", "2019/a.md", ""),
        ("posts/**", "posts/2019/a.md", ""),
        ("posts/*.md", "posts/2019/a.md", java),
        ("b.md", "a.md", java),
        ("9/a.md", "2019/a.md", java),
    ] {
        let gazetteer = with(&format!("[[correct]]\nsurface = 'Java'\ndocument = '{glob}'\n"));
        assert_eq!(found(&gazetteer, path, "Java."), left, "{glob} and {path}");
        assert_eq!(gazetteer.corrections()[0].is_followed(), left.is_empty(), "{glob} and {path}");
    }
}

#[test]
fn a_rejected_name_helps_no_other() {
    let text = "Java, Kona.";
    assert_eq!(found(&PLAIN, "a.md", text), "Java -> technology:java\nKona -> technology:kona");
    assert_eq!(found(&with("[[correct]]\nsurface = 'Java'\n"), "a.md", text), "");
    let said = "[[correct]]\nsurface = 'Bohne'\nto = 'java-bean'\n";
    assert_eq!(found(&with(said), "a.md", "Bohne, Kona."), "Bohne -> technology:java-bean\nKona -> technology:kona");
}

#[test]
fn the_gazetteers_own_sentences_are_tried_without_corrections() {
    let gazetteer = with("[[correct]]\nsurface = 'Kona'\n");
    assert_eq!(found(&gazetteer, "a.md", "Kona compiler, Java."), "Java -> technology:java");
    assert_eq!(trial::failures(&gazetteer), [""; 0]);
}

#[test]
fn what_was_ruled_is_told_with_its_place() {
    let gazetteer = with("[[correct]]\nsurface = 'Java'\nnote = 'the island'\n\n[[correct]]\nsurface = 'Bean'\nto = 'bean-inc'\n");
    let told: Vec<String> = decisions(&gazetteer, "a.md", "Java Bean, Java, Bean.")
        .into_iter()
        .filter_map(|(surface, d)| Some(format!("{surface} {} {}", d.accepted, d.ruling?)))
        .collect();
    assert_eq!(told, ["Java false techgraph.toml:1 rejects it: the island", "Bean true techgraph.toml:5 says so"]);
}

#[test]
fn what_is_wrong_with_a_correction_is_told() {
    for (correction, wanted) in [
        ("note = 'x'", "techgraph.toml:1:1: a correction needs a `surface`, an `entity` or both"),
        ("surface = ' '", "techgraph.toml:1:1: a correction needs"),
        ("entity = 'jav'", "techgraph.toml:2:10: there is no `jav`; near it: `technology:java`"),
        ("surface = 'x'\nto = 'JavaBean'", "techgraph.toml:3:6: there is no `JavaBean`; that is the name of `technology:java-bean`"),
        ("surface = 'x'\nto = 'thing:java'", "techgraph.toml:3:6: `thing:java` is no `kind:id`"),
        ("surface = 'x'\ndocument = '['", "techgraph.toml:3:12: `document` is no glob: "),
        ("surface = 'x'\nline = 3", "techgraph.toml:3:8: a `line` needs the `document`"),
        ("surface = 'x'\ndocument = 'a.md'\nline = 0", "techgraph.toml:4:8: "),
        ("surface = 'x'\nentity = 'java'\nto = 'java'", "techgraph.toml:4:6: `to` and `entity` are one"),
        ("surfaces = ['x']", "techgraph.toml:2:1: unknown field `surfaces`"),
    ] {
        let text = format!("[[correct]]\n{correction}\n");
        let nothing = Gazetteer::from_files(&[("data.toml", DATA)]).expect("valid data");
        let Err(error) = nothing.overlaid("techgraph.toml", &text) else { panic!("{correction}: nothing is said to be wrong") };
        assert!(error.to_string().starts_with(wanted), "{correction}: {error}");
    }
}

//! Pictures of graphs that no sample is like: hostile, without days, talks or categories, empty.
//!
//! In: a stored graph, as JSON. Out: what its pictures say.

use serde_json::{Value, json};
use techgraph::export::svg::Chart;
use techgraph::export::view::ViewOptions;
use techgraph::export::{self, Format, Options};
use techgraph::graph::{GRAPH_SCHEMA, TechGraph, store};
use techgraph::layout::text::width;

/// Every kind of picture: talks one by one, what they join, the charts.
const KINDS: [(Option<Chart>, usize); 5] =
    [(None, 60), (None, 0), (Some(Chart::Matrix), 60), (Some(Chart::Radar), 60), (Some(Chart::Timeline), 60)];

fn graph(nodes: &[Value], edges: &[Value]) -> TechGraph {
    let graph = json!({"schema": GRAPH_SCHEMA, "nodes": nodes, "edges": edges});
    store::parse("graph.json", graph.to_string().as_bytes()).expect("a graph")
}

fn edge(source: &str, target: &str, kind: &str) -> Value {
    json!({"source": source, "target": target, "kind": kind, "count": 1, "evidence": []})
}

/// A talk of the first of May 2020 for a company, that names a technology.
fn talk(technology: &Value, company: &str) -> TechGraph {
    let talk = json!({"id": "talk:t", "kind": "talk", "label": "T", "date": "2020-05-01", "talks": 0});
    let company = json!({"id": "company:c", "kind": "company", "label": company, "talks": 1});
    let named = technology["id"].as_str().expect("an id");
    let edges = [edge("talk:t", named, "mentions"), edge("talk:t", "company:c", "represents"), edge("company:c", named, "uses")];
    graph(&[talk, company, technology.clone()], &edges)
}

/// A report of the first of May 2020 that names so many technologies, of which the first has no category.
fn report(technologies: usize) -> TechGraph {
    let mut nodes = vec![json!({"id": "document:d", "kind": "document", "label": "D", "date": "2020-05-01", "talks": 0})];
    let id = |index: usize| format!("technology:{index}");
    let category = |index| if index > 0 { Value::from("database") } else { Value::Null };
    let technology = |index| json!({"id": id(index), "kind": "technology", "label": id(index), "category": category(index), "talks": 0});
    nodes.extend((0..technologies).map(technology));
    graph(&nodes, &(0..technologies).map(|index| edge("document:d", &id(index), "mentions")).collect::<Vec<_>>())
}

fn drawn(graph: &TechGraph, (chart, talks): (Option<Chart>, usize), technologies: Option<usize>) -> String {
    let usual = chart.map_or_else(ViewOptions::default, Chart::limits);
    let view = ViewOptions { talks, technologies: technologies.unwrap_or(usual.technologies), ..usual };
    let mut out = Vec::new();
    export::write(graph, Format::Svg, &Options { view, chart, ..Options::default() }, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("a picture is UTF-8")
}

/// The texts of a picture, tooltips too, with what is escaped as it was.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut texts, mut open) = (vec![String::new()], 0);
    loop {
        match reader.read_event().expect("a picture is XML") {
            quick_xml::events::Event::Start(tag) => {
                tag.attributes().for_each(|attribute| drop(attribute.expect("an attribute")));
                open += 1;
                texts.push(String::new());
            }
            quick_xml::events::Event::End(_) => {
                open -= 1;
                texts.push(String::new());
            }
            quick_xml::events::Event::Empty(tag) => tag.attributes().for_each(|attribute| drop(attribute.expect("an attribute"))),
            quick_xml::events::Event::Text(text) => texts.last_mut().expect("a text").push_str(&text),
            quick_xml::events::Event::GeneralRef(name) => {
                texts.last_mut().expect("a text").push_str(match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other};"),
                });
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "every element is closed");
    texts
}

#[test]
fn labels_and_addresses_stay_text_in_every_picture() {
    let label = "NAT AT";
    let hostile = "\"]; </text><script>alert(1)</script> \u{202e}\u{1}\n";
    for (name, url) in [
        (label.to_owned(), "https://example.org/AT/NAT"),
        (format!("{label} {hostile}"), "https://example.org/AT\n<script>\">"),
        (format!("{label} {}", "긴 이름 ".repeat(2000)), "javascript:alert(1)"),
    ] {
        let technology =
            json!({"id": "technology:nat", "kind": "technology", "label": name, "category": "database", "url": url, "talks": 1});
        let graph = talk(&technology, hostile);
        for kind in KINDS {
            let svg = drawn(&graph, kind, None);
            let told = texts(&svg);
            assert!(told.iter().any(|text| text.contains(label)), "{kind:?}: {told:?}");
            assert!(!svg.contains("<script") && !svg.contains("\"javascript:") && !svg.contains('\u{202e}'), "{kind:?}: {svg}");
            assert!(url.contains('<') || url.starts_with("javascript") || svg.contains(&format!("href=\"{url}\"")), "{kind:?}: {svg}");
        }
    }
}

#[test]
fn reports_are_not_called_talks() {
    for kind in KINDS {
        let told: Vec<String> = texts(&drawn(&report(3), kind, None)).into_iter().filter(|text| !text.contains("font-family")).collect();
        let told = told.join("\n");
        let own = [
            "reports of talks without one",
            "No talk says",
            "Which companies talk",
            "with how many talks",
            "who talks about them",
            "least talked about",
        ];
        let told = own.into_iter().fold(told, |told, own| told.replace(own, ""));
        assert!(!told.contains("talk"), "{kind:?}: {told}");
    }
    assert!(drawn(&report(3), (None, 60), None).contains("technology:1\ndatabase\n1 report<"));
}

#[test]
fn a_picture_without_reports_is_called_by_its_talks() {
    let technology = json!({"id": "technology:go", "kind": "technology", "label": "Go", "talks": 1});
    assert!(drawn(&talk(&technology, "C"), (None, 60), None).contains("<title id=\"t\">1 talk</title>"));
}

#[test]
fn a_radar_says_what_it_leaves_out() {
    let note = |technologies| texts(&drawn(&report(4), (Some(Chart::Radar), 60), technologies)).concat();
    assert!(note(None).contains("1 technology without a category"), "{}", note(None));
    assert!(!note(None).contains("least talked about"));
    assert!(note(Some(1)).contains("not shown: 2 technologies, the least talked about"), "{}", note(Some(1)));
}

#[test]
fn a_timeline_tells_what_its_colours_mean() {
    let told = texts(&drawn(&report(2), (Some(Chart::Timeline), 60), None));
    assert!(told.iter().any(|text| text == "other"), "{told:?}");
    assert!(!told.iter().any(|text| text.contains("Languages")), "{told:?}");
}

#[test]
fn what_has_nothing_to_show_says_so_on_its_page() {
    for kind in KINDS {
        for graph in [graph(&[], &[]), graph(&[json!({"id": "talk:t", "kind": "talk", "label": "T", "talks": 0})], &[])] {
            let svg = drawn(&graph, kind, None);
            let page: f64 =
                svg.split("width=\"").nth(1).and_then(|rest| rest.split('"').next()).and_then(|w| w.parse().ok()).expect("a width");
            let told: Vec<String> = texts(&svg).into_iter().filter(|text| text.starts_with("No ") || text == "T").collect();
            assert!(!told.is_empty(), "{kind:?}: {svg}");
            assert!(told.iter().all(|text| width(text) * 13.0 + 56.0 <= page), "{kind:?}: {told:?} on {page}");
            let tags = svg.split("<text ").skip(1).filter_map(|text| text.split('>').next()?.split("x=\"28\" y=\"").nth(1));
            let mut lines: Vec<f64> = tags.filter_map(|tag| tag.split('"').next()?.parse().ok()).collect();
            lines.sort_by(f64::total_cmp);
            assert!(lines.windows(2).all(|pair| pair[1] - pair[0] > 14.0), "{kind:?}: lines lie over each other: {lines:?}");
        }
    }
}

//! Parts of a graph: what a filter leaves, that no edge leads nowhere, that counts are true, and that people stay out.
//!
//! In: two reports, as text, and a filter. Out: what is left, as text: nodes with their talks, edges with their counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use techgraph::detect;
use techgraph::export::format::{Holds, built};
use techgraph::export::{self, Format, Options};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::filter::{Collapse, Filter, filtered};
use techgraph::graph::find::find;
use techgraph::graph::link::linked;
use techgraph::graph::redact::{Names, redacted};
use techgraph::graph::{EdgeKind, NodeKind, TechGraph, build};
use techgraph::pipeline;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// Three talks at two events a year apart: of Kakao about Kafka and Redis, of NAVER about Kafka, of Kakao about Terraform.
static GRAPH: LazyLock<TechGraph> = LazyLock::new(|| {
    let spring = "---\ntitle: if(kakao) 2019 후기\ndate: 2019-08-30\n---\n\n도커 스티커를 받았다.\n\n## 1. 카프카로 갈아탄 이야기 - 남보라(카카오)\n\nKafka와 Redis. 남보라 님이 말했다.\n\n## 2. 메시지 흐름 다루기 - 유채린(네이버)\n\nKafka.\n";
    let autumn = "---\ntitle: 모래톱 밋업 후기\ndate: 2021-05-14\n---\n\n## 1. 남보라의 코드로 만든 인프라 - 남보라(카카오)\n\nTerraform.\n\n## 2. 마무리\n\n끝.\n";
    let extracts = [("2019.md", spring), ("2021.md", autumn)]
        .map(|(name, text)| pipeline::bytes(name, text.into(), &GAZETTEER, &detect::Options::default()).value.expect("a report is text"));
    build::graph(extracts.into(), &GAZETTEER)
});

/// What is left: nodes as `label x talks` by kind (talks and documents by label), and edges as `label kind label x count`.
fn left(filter: &Filter) -> (BTreeMap<&'static str, Vec<String>>, Vec<String>) {
    let graph = filtered(&GRAPH, filter);
    let mut nodes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for node in graph.nodes() {
        let shown = if node.kind.is_ranked() { format!("{} x{}", node.label, node.talks) } else { node.label.clone() };
        nodes.entry(node.kind.name()).or_default().push(shown);
    }
    let edges = graph.edges().map(|(s, t, e)| format!("{} {} {} x{}", s.label, e.kind.name(), t.label, e.count));
    (nodes, edges.collect())
}

fn named(kinds: &[NodeKind], name: &str) -> Vec<BTreeSet<techgraph::graph::NodeId>> {
    vec![find(&GRAPH, &GAZETTEER, kinds, name).unwrap_or_else(|e| panic!("{name}: {e}"))]
}

#[test]
fn days_choose_talks_and_everything_is_counted_anew() {
    let since = |day: &str| day.parse().ok();
    let (nodes, edges) = left(&Filter { since: since("2020"), ..Filter::default() });
    assert_eq!(nodes["company"], ["Kakao x1"]);
    assert_eq!(nodes["technology"], ["Terraform x1"]);
    assert_eq!(nodes["person"], ["남보라 x1"]);
    assert!(edges.contains(&"남보라 works_at Kakao x1".to_owned()), "{edges:?}");
    assert_eq!(nodes["document"], ["모래톱 밋업 후기"]);
    let (nodes, _) = left(&Filter { until: since("2019-08"), ..Filter::default() });
    assert_eq!(nodes["technology"], ["Apache Kafka x2", "Docker x0", "Redis x1"], "what a document says outside its talks has its day");
    assert!(left(&Filter { since: since("2019-08-31"), until: since("2019"), ..Filter::default() }).0.is_empty());
    let (whole, _) = left(&Filter::default());
    assert_eq!(whole["person"], ["남보라 x2", "유채린 x1"]);
}

#[test]
fn companies_technologies_and_events_choose_talks() {
    let (nodes, edges) = left(&Filter { joined: named(&[NodeKind::Company], "네이버"), ..Filter::default() });
    assert_eq!((nodes["talk"].len(), &nodes["technology"][..]), (1, &["Apache Kafka x1".to_owned()][..]));
    assert!(edges.contains(&"NAVER uses Apache Kafka x1".to_owned()), "{edges:?}");
    assert!(!edges.iter().any(|e| e.contains("Docker")), "a document's own words are nobody's: {edges:?}");
    let (nodes, _) = left(&Filter { joined: named(&[NodeKind::Technology], "카프카"), ..Filter::default() });
    assert_eq!((&nodes["company"][..], nodes["talk"].len()), (&["Kakao x1".to_owned(), "NAVER x1".to_owned()][..], 2));
    let mut both = named(&[NodeKind::Technology], "kafka");
    both.extend(named(&[NodeKind::Event], "if(kakao)"));
    both.extend(named(&[NodeKind::Company], "company:kakao"));
    assert_eq!(left(&Filter { joined: both, ..Filter::default() }).0["talk"], ["카프카로 갈아탄 이야기"]);
}

#[test]
fn surroundings_are_so_many_steps_away() {
    let around = |depth| Filter { around: named(&NodeKind::ALL, "Terraform").pop().map(|ids| (ids, depth)), ..Filter::default() };
    assert_eq!(left(&around(0)).0["technology"], ["Terraform x0"]);
    let (nodes, edges) = left(&around(1));
    assert_eq!(nodes["talk"], ["남보라의 코드로 만든 인프라"]);
    assert!(edges.contains(&"Kakao uses Terraform x1".to_owned()), "{edges:?}");
    assert_eq!(left(&around(2)).0["person"], ["남보라 x2"], "by way of Kakao, both of its talks");
    assert_eq!(left(&around(99)).0.len(), left(&Filter::default()).0.len());
}

#[test]
fn people_keep_the_companies_that_their_talks_tell_of() {
    let around = named(&[NodeKind::Person], "남보라").pop().map(|ids| (ids, 1));
    let (_, edges) = left(&Filter { around, ..Filter::default() });
    assert!(edges.contains(&"남보라 works_at Kakao x2".to_owned()), "the reports are two steps away: {edges:?}");
    let text = "---\ntitle: 갈대 밋업 후기\n---\n\n## 1. 카프카 이야기 - 남보라(카카오)\n\nKafka.\n\n## 2. 테라폼 이야기 - 남보라(카카오)\n\nTerraform.\n";
    let extract = pipeline::bytes("one.md", text.into(), &GAZETTEER, &detect::Options::default()).value.expect("a report is text");
    let graph = build::graph(vec![extract], &GAZETTEER);
    let kafka = find(&graph, &GAZETTEER, &[NodeKind::Technology], "kafka").expect("it is there");
    let graph = filtered(&graph, &Filter { joined: vec![kafka], ..Filter::default() });
    let works = graph.edges().find(|(.., e)| e.kind == EdgeKind::WorksAt).map(|(.., e)| (e.count, e.evidence.len()));
    assert_eq!(works, Some((1, 1)), "what the other talk of the report says is not counted");
}

#[test]
fn the_most_talked_about_are_ranked_among_what_is_shown() {
    let node = |id: &str, talks: usize| {
        let (kind, label) = id.split_once(':').expect("a kind");
        serde_json::json!({"id": id, "kind": kind, "label": label, "talks": talks})
    };
    let nodes =
        [node("technology:lone", 5), node("technology:go", 3), node("technology:net", 1), node("technology:.NET", 1), node("company:c", 3)];
    let uses = serde_json::json!({"source": "company:c", "target": "technology:go", "kind": "uses", "count": 3, "evidence": []});
    let stored = serde_json::json!({"schema": techgraph::graph::GRAPH_SCHEMA, "nodes": nodes, "edges": [uses]});
    let graph = techgraph::graph::store::parse("graph.json", stored.to_string().as_bytes()).expect("a graph");
    let collapse = Filter { collapse: Collapse::Talks, ..Filter::default() };
    let labels = |filter: &Filter| filtered(&graph, filter).nodes().map(|n| n.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&Filter { top: Some(1), ..collapse.clone() }), ["c", "go"]);
    assert_eq!(labels(&Filter { kinds: BTreeSet::from([NodeKind::Technology]), ..collapse }), ["go"]);
    let meant = find(&graph, &GAZETTEER, &[NodeKind::Technology], ".NET").expect("it is there");
    assert_eq!(meant.len(), 1, "an id that a label is like is not meant: {meant:?}");
}

#[test]
fn what_is_shown_keeps_its_counts() {
    let kinds = BTreeSet::from([NodeKind::Company, NodeKind::Technology]);
    let (nodes, edges) = left(&Filter { kinds: kinds.clone(), min_talks: 2, ..Filter::default() });
    assert_eq!((&nodes["company"][..], &nodes["technology"][..]), (&["Kakao x2".to_owned()][..], &["Apache Kafka x2".to_owned()][..]));
    assert_eq!(edges, ["Kakao uses Apache Kafka x1"]);
    let (nodes, _) = left(&Filter { top: Some(1), ..Filter::default() });
    assert_eq!(
        (&nodes["company"][..], &nodes["technology"][..], nodes["talk"].len()),
        (&["Kakao x2".to_owned()][..], &["Apache Kafka x2".to_owned()][..], 3)
    );
    let (nodes, edges) = left(&Filter { collapse: Collapse::Talks, ..Filter::default() });
    assert_eq!(nodes.keys().copied().collect::<Vec<_>>(), ["company", "technology"]);
    assert_eq!(edges, ["Kakao uses Apache Kafka x1", "Kakao uses Redis x1", "Kakao uses Terraform x1", "NAVER uses Apache Kafka x1"]);
    assert!(left(&Filter { top: Some(0), kinds, ..Filter::default() }).0.is_empty());
}

#[test]
fn a_name_that_means_nothing_is_told_with_those_that_are_near() {
    for (kinds, name, wanted) in [
        (&[NodeKind::Company][..], "Kakoa", "no company of this graph is called `Kakoa`; did you mean Kakao?"),
        (
            &[NodeKind::Technology, NodeKind::Concept],
            "테라폼폼",
            "no technology of this graph is called `테라폼폼`; did you mean Terraform?",
        ),
        (&[NodeKind::Technology, NodeKind::Concept], "jenkins", "no talk of this graph names `jenkins`, which is the technology Jenkins"),
        (&NodeKind::ALL, "zzz", "no node of this graph is called `zzz`"),
    ] {
        let told = find(&GRAPH, &GAZETTEER, kinds, name).map_err(|e| e.to_string());
        assert_eq!(told, Err(wanted.to_owned()));
    }
}

#[test]
fn redacted_outputs_have_no_speaker() {
    let names = Names::of(&GRAPH).expect("few names");
    for filter in [Filter::default(), Filter { kinds: BTreeSet::from([NodeKind::Talk, NodeKind::Technology]), ..Filter::default() }] {
        let graph = redacted(&filtered(&GRAPH, &filter), &names);
        // PNG is the SVG, drawn.
        for about in built().filter(|about| about.holds != Holds::Records && about.format != Format::Png) {
            let mut out = Vec::new();
            export::write(&graph, about.format, &Options::default(), &mut out).expect("memory can be written");
            let files = export::files(&graph, about.format, &Options::default()).expect("memory can be written");
            out.extend(files.into_iter().flat_map(|file| file.bytes));
            assert!(!out.is_empty(), "{} is empty", about.name);
            let text = String::from_utf8_lossy(&out);
            for name in ["남보라", "유채린"] {
                assert!(!text.contains(name) && !text.contains(&escaped(name)), "{}: {name}", about.name);
            }
        }
        assert!(graph.nodes().any(|n| n.label == "…의 코드로 만든 인프라"), "the rest of a title stays");
        assert_eq!(graph.nodes_of(NodeKind::Talk).count(), 3);
    }
    let graph = redacted(&GRAPH, &names);
    let left = GRAPH.edges().filter(|(.., e)| !matches!(e.kind, EdgeKind::PresentedBy | EdgeKind::WorksAt)).count();
    assert_eq!(graph.edge_count(), left, "only the edges of people go");
}

/// A name as an address may spell it.
fn escaped(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn evidence_links_to_the_published_report() {
    let graph = linked(&GRAPH, &"https://blog.example/{stem}#L{line}".parse().expect("a pattern"));
    let evidence: Vec<_> = graph.edges().flat_map(|(.., edge)| &edge.evidence).collect();
    assert!(evidence.len() > 5);
    for e in evidence {
        assert_eq!(e.url, Some(format!("https://blog.example/{}#L{}", e.document.trim_end_matches(".md"), e.line)));
    }
}

//! The graph that reports become: what is one node, what are two, and what edges say.
//!
//! Text in, text out: each test gives reports and reads edges as `source kind target`.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use techgraph::detect;
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::{EdgeKind, NodeKind, TechGraph, build};
use techgraph::pipeline;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

#[test]
fn one_talk_in_two_reports_is_one_node_with_two_places() {
    let graph = graph(&[
        (
            "a.md",
            "# if(kakao) 2019 후기\n\n## 1. 컨테이너를 활용하는 여러 방법 - 남보라(카카오)\n\n쿠버네티스.\n\n## 2. 둘째 이야기 - 유채린(카카오)\n\nRedis.\n",
        ),
        (
            "b.md",
            "# 이프카카오 2019 정리\n\n## 하나. 다른 이야기 - 봄누리(카카오)\n\nKafka.\n\n## 컨테이너를 활용하는 여러 방법 - 남보라(카카오)\n\nk8s와 Docker.\n",
        ),
    ]);
    let talks: Vec<_> = graph.nodes_of(NodeKind::Talk).filter(|n| n.label == "컨테이너를 활용하는 여러 방법").collect();
    assert_eq!(talks.len(), 1, "{:?}", edges(&graph));
    let places: Vec<(&str, usize)> = talks[0].places.iter().map(|p| (p.document.as_str(), p.start_line)).collect();
    assert_eq!(places, [("a.md", 3), ("b.md", 7)]);
    let said = edges(&graph);
    let id = &talks[0].id;
    for line in [
        format!("{id} mentions technology:kubernetes x2"),
        format!("{id} mentions technology:docker x1"),
        format!("{id} part_of event:if-kakao-2019 x2"),
    ] {
        assert!(said.contains(&line), "{line} is not among {said:#?}");
    }
}

#[test]
fn talks_of_one_title_by_different_people_are_two() {
    let report = |speaker: &str| {
        format!("# if(kakao) 2019 후기\n\n## 1. 우리가 일하는 방법에 대하여 - {speaker}(카카오)\n\nRedis.\n\n## 2. 둘\n\n끝.\n")
    };
    let graph = graph(&[("a.md", &report("남보라")), ("b.md", &report("유채린"))]);
    let talks = graph.nodes_of(NodeKind::Talk).filter(|n| n.label.starts_with("우리가")).count();
    assert_eq!(talks, 2, "{:?}", edges(&graph));
}

#[test]
fn one_talk_under_two_titles_is_one_where_its_speaker_says_so() {
    let report = |title: &str, speaker: &str| {
        format!("# if(kakao) 2019 후기\n\n## 1. {title} - {speaker}(카카오)\n\nRedis.\n\n## 2. 둘째 이야기 - 봄누리(카카오)\n\n끝.\n")
    };
    let talks = |one: String, other: String| graph(&[("a.md", &one), ("b.md", &other)]).nodes_of(NodeKind::Talk).count();
    let long = report("카카오에서 컨테이너를 활용하는 방법", "남보라");
    assert_eq!(talks(long.clone(), report("카카오의 컨테이너 활용 방법", "남보라")), 2, "the same talk, and the second of both");
    assert_eq!(talks(long.clone(), report("카카오의 컨테이너 활용 방법", "유채린")), 3, "another speaker: another talk");
    assert_eq!(talks(long, report("검색 품질을 재는 방법", "남보라")), 3, "one speaker, two talks");
}

#[test]
fn the_same_title_at_two_editions_is_two_talks() {
    let report = |year: u32| {
        format!("# if(kakao) {year} 후기\n\n## 1. 컨테이너를 활용하는 여러 방법 - 남보라(카카오)\n\nRedis.\n\n## 2. 둘\n\n끝.\n")
    };
    let graph = graph(&[("a.md", &report(2019)), ("b.md", &report(2020))]);
    assert_eq!(graph.nodes_of(NodeKind::Talk).filter(|n| n.label.starts_with("컨테이너")).count(), 2);
}

#[test]
fn a_common_title_joins_nothing() {
    let report = "# 모임 후기\n\n## 1. 키노트 - 남보라(카카오)\n\nRedis.\n\n## 2. 키노트 - 유채린(네이버)\n\nKafka.\n";
    let graph = graph(&[("a.md", report)]);
    let labels: Vec<&str> = graph.nodes_of(NodeKind::Talk).map(|n| n.label.as_str()).collect();
    assert_eq!(labels, ["키노트", "키노트"]);
}

#[test]
fn people_of_one_name_at_two_companies_are_two() {
    let report = "# 모임 후기\n\n## 1. 첫 이야기 - 남보라(카카오)\n\nRedis.\n\n## 2. 다음 이야기 - 남보라(네이버)\n\nKafka.\n\n## 3. 또 다른 이야기 - 남보라(카카오)\n\nGit.\n";
    let graph = graph(&[("a.md", report)]);
    let people: Vec<(&str, usize)> = graph.nodes_of(NodeKind::Person).map(|n| (n.id.as_str(), n.talks)).collect();
    assert_eq!(people, [("person:남보라~kakao", 2), ("person:남보라~naver", 1)]);
}

#[test]
fn companies_use_what_their_talks_name_and_maintain_what_is_theirs() {
    let report = "# Meetup recap\n\n## 1. Angular in Anger - Jane Doe (Google)\n\nAngular and PostgreSQL.\n\n## 2. More Angular - John Roe (Google)\n\nAngular.\n";
    let graph = graph(&[("a.md", report)]);
    let said = edges(&graph);
    for line in [
        "company:google uses technology:angular x2",
        "company:google uses technology:postgresql x1",
        "company:google maintains technology:angular x1",
        "person:jane-doe~google works_at company:google x1",
    ] {
        assert!(said.contains(line), "{line} is not among {said:#?}");
    }
    let maintained = said.iter().filter(|line| line.contains(" maintains ")).count();
    assert_eq!(maintained, 1, "only what stands in the graph is maintained: {said:#?}");
}

#[test]
fn what_is_said_outside_every_talk_is_said_by_the_document() {
    let report = "# 모임 후기\n\nDocker 스티커를 받았다.\n\n## 1. 첫 이야기 - 남보라(카카오)\n\nRedis.\n\n## 2. 다음 이야기 - 유채린(네이버)\n\nKafka.\n";
    let said = edges(&graph(&[("a.md", report)]));
    assert!(said.contains("document:a.md mentions technology:docker x1"), "{said:#?}");
    assert!(!said.iter().any(|line| line.starts_with("document:a.md mentions technology:redis")), "{said:#?}");
    assert!(!said.iter().any(|line| line.contains("uses technology:docker")), "{said:#?}");
}

#[test]
fn reports_in_another_order_are_the_same_graph() {
    let reports = [
        ("a.md", "# One\n\n## 1. Redis\n\nRedis.\n\n## 2. Git\n\nGit.\n"),
        ("b.md", "# Two\n\n## 1. Kafka\n\nKafka.\n\n## 2. Git\n\nGit.\n"),
    ];
    let backwards = [reports[1], reports[0]];
    assert_eq!(edges(&graph(&reports)), edges(&graph(&backwards)));
    assert!(edges(&graph(&reports)).len() > 4);
}

#[test]
fn edges_join_what_their_kinds_join() {
    let report = "# if(kakao) 2019 후기\n\nDocker와 서버리스.\n\n## 1. 첫 이야기 - 남보라(카카오)\n\nRedis와 캐시, Angular.\n\n## 2. 다음 이야기 - 유채린(구글)\n\nKafka와 서버리스.\n";
    let graph = graph(&[("a.md", report)]);
    let mut met = BTreeSet::new();
    for (source, target, edge) in graph.edges() {
        let (sources, targets) = edge.kind.ends();
        assert!(sources.contains(&source.kind) && targets.contains(&target.kind), "{} {} {}", source.id, edge.kind.name(), target.id);
        met.insert(edge.kind);
    }
    assert_eq!(met, EdgeKind::ALL.into(), "the report must have an edge of every kind");
}

fn graph(reports: &[(&str, &str)]) -> TechGraph {
    let extracts = reports.iter().map(|(name, text)| {
        pipeline::bytes(name, (*text).into(), &GAZETTEER, &detect::Options::default()).value.expect("a report is text")
    });
    build::graph(extracts.collect(), &GAZETTEER)
}

/// The edges as lines.
fn edges(graph: &TechGraph) -> BTreeSet<String> {
    graph.edges().map(|(source, target, edge)| format!("{} {} {} x{}", source.id, edge.kind.name(), target.id, edge.count)).collect()
}

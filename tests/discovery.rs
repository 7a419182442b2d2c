//! What reports propose for the gazetteer: text in, proposals out, one a line.

use std::sync::LazyLock;
use techgraph::detect::{self, Options};
use techgraph::discovery::{self, Findings, Least};
use techgraph::feature::Feature;
use techgraph::gazetteer::Gazetteer;
use techgraph::input::{self, Format};
use techgraph::mention::{Decision, Evidence, Via};
use techgraph::pipeline;
use techgraph::proposal::Proposals;
use techgraph::segment;

/// A gazetteer of its own, so that no change of the shipped data changes what these cases say.
const DATA: &str = r#"
[[technology]]
id = "kubernetes"
name = "Kubernetes"
category = "orchestration"
aliases = ["k8s", "쿠버네티스"]

[[technology]]
id = "keda"
name = "KEDA"
category = "orchestration"

[[technology]]
id = "spring-boot"
name = "Spring Boot"
category = "framework"

[[company]]
id = "kakao"
name = "Kakao"
kind = "company"
"#;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::from_files(&[("data.toml", DATA)]).expect("valid data"));

fn findings(path: &str, text: &str) -> Findings {
    let document = input::parse(path, text.into(), Format::Markdown).value.expect("text");
    pipeline::findings(&document, &GAZETTEER)
}

fn proposals(reports: &[(&str, &str)]) -> Proposals {
    discovery::proposals(reports.iter().map(|(path, text)| findings(path, text)).collect(), &Least::default())
}

fn aliases(text: &str) -> String {
    let found = proposals(&[("a.md", text)]);
    found.aliases.iter().map(|a| format!("{} = {}", a.alias, a.entity)).collect::<Vec<_>>().join("; ")
}

#[test]
fn texts_say_how_else_a_name_is_written() {
    for (text, wanted) in [
        ("쿠베르네티스(Kubernetes)를 쓴다.", "쿠베르네티스 = kubernetes"),
        ("요즘의 쿠베르네티스 (Kubernetes)를 쓴다.", "쿠베르네티스 = kubernetes"),
        ("Kubernetes(쿠베르네티스)", "쿠베르네티스 = kubernetes"),
        ("‘쿠베르네티스’(Kubernetes)", "쿠베르네티스 = kubernetes"),
        ("クーバネティス（Kubernetes）を使う", "クーバネティス = kubernetes"),
        ("**쿠베르네티스**([Kubernetes](https://kubernetes.io))", "쿠베르네티스 = kubernetes"),
        ("Kubernetes(쿠베르네티스, 오케스트레이션)", "쿠베르네티스 = kubernetes"),
        ("스프링부트와 스프링 보트(Spring Boot)", "스프링 보트 = spring-boot"),
        ("KEDA (Kubernetes Event-driven Autoscaling)", "Kubernetes Event-driven Autoscaling = keda"),
        ("We met Kubernetes Event-driven Autoscaling (KEDA).", "Kubernetes Event-driven Autoscaling = keda"),
    ] {
        assert_eq!(aliases(text), wanted, "{text}");
    }
}

#[test]
fn what_else_stands_in_parentheses_is_no_other_name() {
    for text in [
        "쿠버네티스(Kubernetes)",
        "k8s (Kubernetes)",
        "컨테이너 오케스트레이션(Kubernetes)",
        "Kubernetes(컨테이너를 다루는 도구)",
        "김고은(Kakao)",
        "Kubernetes(1.28)",
        "쿠버네티스는(Kubernetes) 쉽다",
        "Kubernetes (a tool, and so on)",
        "the Kube Event Day (KEDA)",
        "스프링(Kubernetes)",
    ] {
        assert_eq!(aliases(text), "", "{text}");
    }
}

#[test]
fn what_a_user_has_ruled_of_is_proposed_no_longer() {
    let text = "쿠베르네티스(Kubernetes)를 쓴다. 자체 개발한 TidePool을 쓴다.";
    let told = |correction: &str| {
        let gazetteer = Gazetteer::from_files(&[("data.toml", DATA)]).and_then(|g| g.overlaid("own.toml", correction)).expect("valid data");
        let document = input::parse("a.md", text.into(), Format::Markdown).value.expect("text");
        let found = discovery::proposals(vec![pipeline::findings(&document, &gazetteer)], &Least::default());
        assert!(gazetteer.corrections().iter().all(|c| c.is_followed()), "{correction}");
        found.names.into_iter().map(|n| n.name).chain(found.aliases.into_iter().map(|a| a.alias)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told(""), "TidePool 쿠베르네티스");
    assert_eq!(told("[[correct]]\nsurface = '쿠베르네티스'\n"), "TidePool");
    assert_eq!(told("[[correct]]\nsurface = '쿠베르네티스'\nto = 'kubernetes'\n"), "TidePool");
    assert_eq!(told("[[correct]]\nsurface = 'tidepool'\n"), "쿠베르네티스");
}

const FIRST: &str =
    "# 밋업\n\n## 1. 배포 - 남보라(Kakao)\n\n자체 개발한 TidePool을 쓴다. TidePool(타이드풀)은 빠르다.\n\n자체 개발한 Lantern도 있다.\n";
const SECOND: &str = "# 또 밋업\n\n## 1. 다시 배포 - 유채린(Kakao)\n\n자체 개발한 TidePool로 돌아왔다.\n";

#[test]
fn names_are_counted_over_all_reports() {
    let found = proposals(&[("a.md", FIRST), ("b.md", SECOND)]);
    let told: Vec<String> = found
        .names
        .iter()
        .map(|n| {
            let owner = n.owner.as_ref().map_or("nobody", |o| o.name.as_str());
            let places: Vec<String> = n.contexts.iter().map(|c| format!("{}:{}", c.document, c.line)).collect();
            format!("{} of {owner} [{}] {} {} {}", n.name, n.aliases.join(","), n.documents, n.mentions, places.join(" "))
        })
        .collect();
    assert_eq!(told, ["TidePool of Kakao [타이드풀] 2 3 a.md:5 b.md:5", "Lantern of Kakao [] 1 1 a.md:7"]);
    assert!(found.names.iter().all(|n| n.in_house && n.accepted == n.mentions && !n.evidence.is_empty()));
    let least = Least { mentions: 2, ..Least::default() };
    let found = discovery::proposals(vec![findings("a.md", FIRST)], &least);
    assert_eq!(found.names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["TidePool"]);
}

/// The findings of a report in which nothing unlisted was accepted.
fn unsure(path: &str, text: &str) -> Findings {
    let document = input::parse(path, text.into(), Format::Markdown).value.expect("text");
    let talks = segment::talks(&document, &GAZETTEER).talks;
    let decisions = detect::decide(&document, &talks, &GAZETTEER, &Options::default());
    let doubted = |d: Decision| match d.mention.via {
        Via::Discovered => Decision::of(d.mention, vec![Evidence::once(Feature::Unlisted)], Options::default().weights),
        _ => d,
    };
    let decisions: Vec<Decision> = decisions.into_iter().map(doubted).collect();
    discovery::findings(&document, &talks, &decisions, &GAZETTEER)
}

#[test]
fn a_name_that_no_report_is_sure_of_needs_two() {
    let names = |findings: Vec<Findings>| -> Vec<String> {
        let found = discovery::proposals(findings, &Least::default());
        found.names.into_iter().map(|n| format!("{} {}", n.name, n.accepted)).collect()
    };
    assert_eq!(names(vec![unsure("a.md", FIRST)]), [""; 0]);
    assert_eq!(names(vec![unsure("a.md", FIRST), unsure("b.md", SECOND)]), ["TidePool 0"]);
    assert_eq!(names(vec![unsure("a.md", FIRST), findings("b.md", SECOND)]), ["TidePool 1"]);
    // However many report it, it comes behind what one is sure of.
    let other = findings("c.md", "# 후기\n\n자체 개발한 Reedlight를 소개했다.\n");
    assert_eq!(names(vec![unsure("a.md", FIRST), unsure("b.md", SECOND), other]), ["Reedlight 1", "TidePool 0"]);
}

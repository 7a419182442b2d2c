//! techgraph reads reports of tech talks and returns a graph of who talked about which technology, at which company, when,
//! every edge traceable to the sentence it came from.
//!
//! ```
//! use techgraph::gazetteer::Gazetteer;
//! use techgraph::{detect, graph, pipeline};
//!
//! let gazetteer = Gazetteer::shipped()?;
//! let report = "# 밋업 후기\n\n## 1. 고로 만든 프록시\n\n발표자: 김하늘 (카카오)\n\n- Cilium을 쿠버네티스에 도입\n\n## 2. 카프카 운영\n\n끝.\n";
//! let found = pipeline::bytes("meetup.md", report.into(), &gazetteer, &detect::Options::default());
//! let extract = found.value.ok_or("no text")?;
//! assert_eq!(extract.talks[0].title, "고로 만든 프록시");
//! let graph = graph::build::graph(vec![extract], &gazetteer);
//! let technologies: Vec<_> = graph.nodes_of(graph::NodeKind::Technology).map(|n| n.label.as_str()).collect();
//! assert!(["Cilium", "Kubernetes", "Apache Kafka"].iter().all(|name| technologies.contains(name)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules in the order in which a report flows through them: [`input`] reads files to [`document`]s, [`segment`]
//! splits them into [`talk`]s, [`detect`] finds [`mention`]s of the [`gazetteer`]'s [`entity`]s, [`pipeline`] does the three
//! in order and makes [`record`]s, [`graph`] joins those, [`export`] writes it with the help of [`layout`]. [`discovery`]
//! makes [`proposal`]s of what the gazetteer lacks, [`evaluation`] holds what was decided against labels. Beneath lie
//! [`source`], [`span`] and [`offset_map`] (places in texts), [`normalize`] and [`language`] (how names are written),
//! [`diagnostic`] and [`error`] (what can go wrong), [`feature`] and [`weights`] (what evidence is, and what
//! it weighs).

pub mod analysis;
pub mod cache;
pub mod dates;
pub mod detect;
pub mod diagnostic;
pub mod discovery;
pub mod document;
pub mod entity;
pub mod error;
pub mod evaluation;
pub mod export;
pub mod feature;
pub mod gazetteer;
pub mod graph;
pub mod input;
pub mod language;
pub mod layout;
mod memo;
pub mod mention;
pub mod normalize;
pub mod offset_map;
mod pattern;
pub mod pipeline;
pub mod proposal;
pub mod record;
pub mod reports;
pub mod segment;
pub mod serve;
pub mod source;
pub mod span;
pub mod talk;
pub mod weights;

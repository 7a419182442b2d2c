//! The picture is one that people can read: well-formed XML, no box, mark or label over another, no text outside its box or
//! the page.
//!
//! In: the pictures and charts of the samples, one by one and together, and of the corpus. The SVG is read by a small
//! reader of its own, so that a mistake in writing cannot hide behind the same mistake in reading.

mod xml;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use techgraph::detect;
use techgraph::export::svg::Chart;
use techgraph::export::{self, Format, Options};
use techgraph::gazetteer::Gazetteer;
use techgraph::graph::{NodeKind, build};
use techgraph::layout::text::width;
use techgraph::pipeline;
use techgraph::record::Extract;
use xml::{Element, read};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("the shipped gazetteer is valid"));

/// Room for coordinates that were rounded to one decimal.
const ROUNDING: f64 = 0.11;

/// A rectangle: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// A picture, read.
struct Picture {
    elements: Vec<Element>,
    page: Area,
}

#[test]
fn no_box_lies_over_another() {
    for (name, svg) in pictures() {
        let picture = picture(&name, &svg);
        let boxes = [picture.boxes(), picture.marks()].concat();
        assert!(!boxes.is_empty() || name.contains("chart"), "{name}: the picture shows nothing");
        for (index, (label, a)) in boxes.iter().enumerate() {
            assert!(picture.page.holds(*a), "{name}: the box of {label} leaves the page: {a:?} in {:?}", picture.page);
            for (other, b) in &boxes[index + 1..] {
                assert!(!a.overlaps(*b), "{name}: the boxes of {label} and {other} overlap: {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn every_label_lies_within_its_box_and_every_text_on_the_page() {
    for (name, svg) in pictures() {
        let picture = picture(&name, &svg);
        let mut labels = 0;
        for (index, element) in picture.elements.iter().enumerate().filter(|(_, e)| e.name == "text") {
            let area = picture.text_area(element);
            assert!(picture.page.holds(area), "{name}: the text {:?} leaves the page: {area:?} in {:?}", element.text, picture.page);
            if let Some(rect) = picture.rect_beside(index).filter(|_| !picture.is_mark(index)) {
                labels += 1;
                assert!(rect.holds(area), "{name}: the label {:?} leaves its box: {area:?} in {rect:?}", element.text);
            }
        }
        assert!(labels >= picture.boxes().len(), "{name}: a box has no label");
    }
}

#[test]
fn every_talk_of_a_small_report_is_shown() {
    for path in reports("data/samples") {
        let extract = extract(&path);
        let picture = picture("a sample", &drawn(vec![extract.clone()]));
        let shown = picture.elements.iter().filter(|e| e.attributes.get("class").is_some_and(|c| c == NodeKind::Talk.name())).count();
        assert_eq!(shown, extract.talks.len(), "{}: talks in the picture", path.display());
    }
}

#[test]
fn many_talks_are_shown_by_what_they_join_and_reports_without_talks_for_themselves() {
    let corpus: Vec<Extract> = reports("tests/corpus").iter().map(|p| extract(p)).collect();
    let talks: usize = corpus.iter().map(|e| e.talks.len()).sum();
    assert!(talks > Options::default().view.talks, "the corpus is large enough: {talks}");
    assert!(picture("the corpus", &drawn(corpus)).marks().len() > 50);
    let mut note = extract(&reports("data/samples")[0]);
    note.talks.clear();
    note.document.title = Some("공부 메모".into());
    note.mentions.iter_mut().for_each(|mention| mention.talk = None);
    let shown = picture("a note", &drawn(vec![note]));
    let labels: Vec<&str> = shown.boxes().iter().map(|(label, _)| *label).collect();
    assert!(labels.contains(&"공부 메모") && labels.len() > 10, "{labels:?}");
}

/// Pictures with what they are of.
fn pictures() -> Vec<(String, String)> {
    let samples = reports("data/samples");
    let mut pictures = vec![("all samples".to_owned(), drawn(samples.iter().map(|p| extract(p)).collect()))];
    let corpus = reports("tests/corpus");
    pictures.push(("the corpus".to_owned(), drawn(corpus.iter().map(|p| extract(p)).collect())));
    for (of, reports) in [("samples", &samples), ("corpus", &corpus)] {
        for chart in [Chart::Matrix, Chart::Radar, Chart::Timeline] {
            let extracts = reports.iter().map(|p| extract(p)).collect();
            let options = Options { chart: Some(chart), view: chart.limits(), ..Options::default() };
            pictures.push((format!("the chart {chart:?} of the {of}"), shown(extracts, &options)));
        }
    }
    for path in samples.iter().chain(&corpus) {
        let extract = extract(path);
        if !extract.talks.is_empty() {
            pictures.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), drawn(vec![extract])));
        }
    }
    pictures
}

fn reports(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    paths
}

fn extract(path: &Path) -> Extract {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("a report can be read");
    pipeline::bytes(&name, bytes, &GAZETTEER, &detect::Options::default()).value.expect("a report is text")
}

fn drawn(extracts: Vec<Extract>) -> String {
    shown(extracts, &Options::default())
}

fn shown(extracts: Vec<Extract>, options: &Options) -> String {
    let graph = build::graph(extracts, &GAZETTEER);
    let mut out = Vec::new();
    export::write(&graph, Format::Svg, options, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("a picture is UTF-8")
}

fn picture(name: &str, svg: &str) -> Picture {
    let elements = read(svg).unwrap_or_else(|why| panic!("{name}: the picture is no XML: {why}"));
    let root = elements.first().expect("a picture has a root");
    let numbers: Vec<f64> = root.attributes["viewBox"].split(' ').map(|n| n.parse().expect("the page has a size")).collect();
    let [left, top, wide, high] = numbers.as_slice() else { panic!("{name}: the page has no four numbers: {numbers:?}") };
    let page = Area { left: *left, top: *top, right: left + wide, bottom: top + high };
    Picture { page, elements }
}

impl Area {
    fn holds(self, other: Self) -> bool {
        self.left <= other.left + ROUNDING
            && other.right <= self.right + ROUNDING
            && self.top <= other.top + ROUNDING
            && other.bottom <= self.bottom + ROUNDING
    }

    /// The area of both.
    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn overlaps(self, other: Self) -> bool {
        let apart = self.right <= other.left + ROUNDING || other.right <= self.left + ROUNDING;
        !(apart || self.bottom <= other.top + ROUNDING || other.bottom <= self.top + ROUNDING)
    }
}

impl Picture {
    /// The boxes with the first line of their labels.
    fn boxes(&self) -> Vec<(&str, Area)> {
        let rects = self.elements.iter().filter(|e| e.name == "rect" && !e.parent.is_some_and(|p| self.has_class(p, "plane")));
        let labelled = rects.filter_map(|rect| {
            let label = self.elements.iter().find(|e| e.name == "text" && e.parent == rect.parent && rect.parent != Some(0))?;
            Some((label.text.as_str(), area(rect)))
        });
        labelled.collect()
    }

    /// The marks of an overview, each with its label, by the label's first line.
    fn marks(&self) -> Vec<(&str, Area)> {
        let groups = (0..self.elements.len()).filter(|index| self.has_class(*index, "plane"));
        let mark = |group: usize| {
            let parts: Vec<&Element> = self.elements.iter().filter(|e| e.parent == Some(group)).collect();
            let areas = parts.iter().filter_map(|part| match part.name.as_str() {
                "rect" => Some(area(part)),
                "circle" => Some(round(part)),
                "text" => Some(self.text_area(part)),
                _ => None,
            });
            let label = parts.iter().find(|part| part.name == "text").map_or("", |part| part.text.as_str());
            (label, areas.reduce(Area::with).expect("a mark has a shape"))
        };
        groups.map(mark).collect()
    }

    fn has_class(&self, index: usize, class: &str) -> bool {
        self.elements[index].attributes.get("class").is_some_and(|classes| classes.split(' ').any(|c| c == class))
    }

    /// Whether a text is the label of a mark, which stands below it.
    fn is_mark(&self, text: usize) -> bool {
        self.elements[text].parent.is_some_and(|parent| self.has_class(parent, "plane"))
    }

    /// The box that stands in the same group as a text.
    fn rect_beside(&self, text: usize) -> Option<Area> {
        let parent = self.elements[text].parent;
        self.elements.iter().find(|e| e.name == "rect" && e.parent == parent && parent != Some(0)).map(area)
    }

    /// Where a text is drawn: from its baseline up by most of its size, down by the rest; one that rises, by as much as it
    /// is wide.
    fn text_area(&self, text: &Element) -> Area {
        let size: f64 = self.style(text, "font-size").and_then(|s| s.trim_end_matches("px").parse().ok()).expect("a size in pixels");
        let wide = width(&text.text) * size;
        if let Some(moved) = text.attributes.get("transform") {
            let (x, y) = moved.trim_start_matches("translate(").split_once(')').and_then(|(at, _)| at.split_once(',')).expect("a place");
            let (x, y): (f64, f64) = (x.parse().expect("a number"), y.parse().expect("a number"));
            return Area { left: x, top: y - wide * 0.71, right: x + wide * 0.71, bottom: y };
        }
        let (x, y) = (number(text, "x"), number(text, "y"));
        let left = match self.style(text, "text-anchor") {
            Some("middle") => x - wide / 2.0,
            Some("end") => x - wide,
            _ => x,
        };
        Area { left, top: y - size * 0.8, right: left + wide, bottom: y + size * 0.2 }
    }

    /// What the style sheet, or the text itself, says of a property: of its class or that of what it stands in, or of all.
    fn style<'a>(&'a self, text: &'a Element, property: &str) -> Option<&'a str> {
        let sheet = self.elements.iter().find(|e| e.name == "style").map_or("", |e| e.text.as_str());
        let declared = |rules: &'a str| {
            rules
                .split(';')
                .filter_map(|rule| rule.split_once(':'))
                .find(|(name, _)| name.trim() == property)
                .map(|(_, value)| value.trim())
        };
        let ruled = |selector: &str| {
            let rules = sheet.split('}').filter_map(|rule| rule.split_once('{'));
            rules
                .filter(|(selectors, _)| selectors.split(',').any(|s| s.trim() == selector))
                .filter_map(|(_, rules)| declared(rules))
                .next_back()
        };
        let classes = |e: &'a Element| e.attributes.get("class").into_iter().flat_map(|c| c.split(' '));
        let own = text.attributes.get("style").and_then(|rules| declared(rules));
        let within = text.parent.into_iter().flat_map(|p| classes(&self.elements[p])).find_map(|class| ruled(&format!(".{class} text")));
        own.or(within).or_else(|| classes(text).find_map(|class| ruled(&format!(".{class}")))).or_else(|| ruled("text"))
    }
}

fn round(circle: &Element) -> Area {
    let (x, y, r) = (number(circle, "cx"), number(circle, "cy"), number(circle, "r"));
    Area { left: x - r, top: y - r, right: x + r, bottom: y + r }
}

fn area(rect: &Element) -> Area {
    let (left, top) = (number(rect, "x"), number(rect, "y"));
    Area { left, top, right: left + number(rect, "width"), bottom: top + number(rect, "height") }
}

fn number(element: &Element, name: &str) -> f64 {
    let value = element.attributes.get(name).unwrap_or_else(|| panic!("{element:?} has no {name}"));
    value.parse().unwrap_or_else(|_| panic!("{name} of {element:?} is no number"))
}

//! What every picture has in common: colours for light and dark pages, escaping, numbers, the head and the frame.

use crate::analysis::together::Voice;
use crate::layout::text::{width, wrap};
use std::fmt::Write as _;

/// Room around a picture, in pixels.
pub(super) const MARGIN: f64 = 28.0;
/// From the top of a picture to below its title.
pub(super) const HEAD: f64 = 56.0;
/// How many communities or quadrants have a colour of their own; those after them share one.
pub(super) const COLOURS: usize = 9;

/// The colours by name, for light pages and for dark ones.
const LIGHT: &str = "--bg:#fff;--ink:#1c2733;--soft:#5b6b7b;--edge:#7b8da0;--faint:#e6eaef;--company:#ffe9b0;--company-line:#b98a16;--talk:#dcebfb;--talk-line:#3f78b5;--technology:#d9f2e1;--technology-line:#3a8f5c;--c0:#4e79a7;--c1:#f28e2b;--c2:#59a14f;--c3:#e15759;--c4:#9467bd;--c5:#3aa6a0;--c6:#d4a81e;--c7:#d37295;--c8:#8a6d5c;--c9:#97a3ae";
const DARK: &str = "--bg:#14191f;--ink:#e8edf2;--soft:#9fb0c0;--edge:#6b7f93;--faint:#28313b;--company:#4a3b12;--company-line:#d9b04a;--talk:#1c3550;--talk-line:#6aa7e6;--technology:#163b27;--technology-line:#5fc48a;--c0:#6f9bd1;--c1:#f5a656;--c2:#79bd70;--c3:#ec7a7c;--c4:#b28ad6;--c5:#5cc4be;--c6:#e2c14d;--c7:#e295b3;--c8:#b0917f;--c9:#8494a3";

const RULES: &str = "\
text{font-family:Pretendard,'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic','Noto Sans JP','Hiragino Sans','Yu Gothic',Helvetica,Arial,sans-serif;font-size:14px;fill:var(--ink)}\
.title{font-size:20px;font-weight:600}.head,.note{fill:var(--soft);font-size:13px}\
.edge{fill:none;stroke:var(--edge);stroke-opacity:.55}.edge:hover{stroke:var(--talk-line);stroke-opacity:1}";

/// For which pages a picture is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// Light and dark ones, as the reader's system has it.
    Any,
    /// Light ones, the colours in place of their names: for what knows no more than SVG 1.1.
    Light,
}

/// A picture as it is drawn: what it says of itself, and its marks.
pub(super) struct Drawing {
    /// What it is of.
    pub(super) title: String,
    /// What is in it, for who cannot see it.
    pub(super) description: String,
    /// Width and height in pixels.
    pub(super) size: (f64, f64),
    /// Rules of style beside those of every picture.
    pub(super) rules: String,
    /// The marks, as SVG.
    pub(super) marks: String,
    /// What was left out, if anything.
    pub(super) note: Option<String>,
}

impl Drawing {
    /// The SVG. The title stands above the marks, the note below; neither leaves the page.
    pub(super) fn svg(self, paper: Paper) -> String {
        let foot = if self.note.is_some() { 26.0 } else { 0.0 };
        let needs = [width(&self.title) * 20.0, self.note.as_deref().map_or(0.0, |note| width(note) * 13.0), 240.0];
        let wide = needs.into_iter().map(|text| text + MARGIN * 2.0).fold(self.size.0, f64::max).ceil();
        let high = (self.size.1 + foot).ceil();
        let rules = format!("{RULES}{}", self.rules);
        let style = match paper {
            Paper::Any => format!("svg{{{LIGHT};background:var(--bg)}}@media(prefers-color-scheme:dark){{svg{{{DARK}}}}}{rules}"),
            Paper::Light => named(LIGHT).fold(rules, |rules, (name, colour)| rules.replace(&format!("var({name})"), colour)),
        };
        let title = escape(&self.title);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">{title}</title>\n<desc id=\"d\">{}</desc>\n<style>{style}</style>\n<text class=\"title\" x=\"{m}\" y=\"{}\">{title}</text>\n{}",
            escape(&self.description),
            number(MARGIN + 18.0),
            self.marks,
            w = number(wide),
            h = number(high),
            m = number(MARGIN),
        );
        if let Some(note) = &self.note {
            let _ = writeln!(
                svg,
                "<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>",
                number(MARGIN),
                number(high - MARGIN + 4.0),
                escape(note)
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The colours with their names.
fn named(colours: &str) -> impl Iterator<Item = (&str, &str)> {
    colours.split(';').filter_map(|colour| colour.split_once(':'))
}

/// The colour of a community or quadrant.
pub(super) fn colour(group: usize) -> usize {
    group.min(COLOURS)
}

/// `3 talks`, `1 talk`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What was left out, if anything: how many, the word for one and for more.
pub(crate) fn left_out(counts: &[(usize, &str, &str)]) -> Option<String> {
    let mut left_out: Vec<String> = counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(*n, one, many)).collect();
    let last = left_out.pop()?;
    let all = if left_out.is_empty() { last } else { format!("{} and {last}", left_out.join(", ")) };
    Some(format!("not shown: {all}, the least talked about"))
}

/// Notes in one line, if there are any.
pub(super) fn noted(notes: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// What does not count since nothing says when it was, if anything.
pub(super) fn without_a_day(count: usize, voice: Voice) -> Option<String> {
    (count > 0).then(|| format!("{} without a day {} not counted", voice.counted(count), if count == 1 { "is" } else { "are" }))
}

/// A label that is no wider than so many ems, on one line.
pub(super) fn short(label: &str, ems: f64) -> String {
    let shown: String = label.chars().filter(|c| !c.is_control()).collect();
    wrap(&shown, ems, 1).pop().unwrap_or_default()
}

/// A count as a length.
pub(super) fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A coordinate with one decimal at most, the same on every system.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}

/// A link, if it is one that pages follow without harm.
pub(crate) fn link(url: Option<&str>) -> Option<&str> {
    url.filter(|u| u.starts_with("https://") || u.starts_with("http://"))
}

/// Marks in a link, if there is one to follow.
pub(super) fn linked(marks: &str, url: Option<&str>) -> String {
    match link(url) {
        Some(url) => format!("<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{marks}</a>\n", escape(url)),
        None => format!("{marks}\n"),
    }
}

/// Text for XML: markup escaped, characters that XML 1.0 forbids dropped, and those that turn the direction of text.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_text_and_what_xml_forbids_is_dropped() {
        assert_eq!(escape("a<b>&\"c\"\u{0}\u{202e}"), "a&lt;b&gt;&amp;&quot;c&quot;");
    }
}

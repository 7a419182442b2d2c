//! A small reader of XML, so that a mistake in writing cannot hide behind the same mistake in a library that writes it.
//!
//! In: XML without a prologue. Out: its elements in document order, or what is wrong with it.

use std::collections::BTreeMap;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    /// The text right in it.
    pub(super) text: String,
    pub(super) parent: Option<usize>,
}

/// Reads XML.
pub(super) fn read(xml: &str) -> Result<Vec<Element>, String> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = xml;
    while !rest.is_empty() {
        let (text, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let shown = resolved(text)?;
        match open.last() {
            Some(index) => elements[*index].text.push_str(&shown),
            None if shown.trim().is_empty() => {}
            None => return Err(format!("text outside the root: {shown:?}")),
        }
        if markup.is_empty() {
            break;
        }
        let (tag, after) = tag(markup)?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let index = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if elements[index].name != name.trim_end() {
                return Err(format!("</{name}> closes <{}>", elements[index].name));
            }
            continue;
        }
        if open.is_empty() && !elements.is_empty() {
            return Err(format!("a second root: <{tag}>"));
        }
        let (inner, closed) = tag.strip_suffix('/').map_or((tag, false), |inner| (inner, true));
        elements.push(Element { parent: open.last().copied(), ..element(inner)? });
        if !closed {
            open.push(elements.len() - 1);
        }
    }
    match open.last() {
        Some(index) => Err(format!("<{}> is not closed", elements[*index].name)),
        None if elements.is_empty() => Err("no element".into()),
        None => Ok(elements),
    }
}

/// What stands between the `<` that opens `markup` and its `>`, and what follows.
fn tag(markup: &str) -> Result<(&str, &str), String> {
    let mut quote = None;
    for (at, c) in markup.char_indices().skip(1) {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (_, '<') => break,
            (None, '>') => return Ok((&markup[1..at], &markup[at + 1..])),
            _ => {}
        }
    }
    Err(format!("a tag without end: {:?}", markup.chars().take(60).collect::<String>()))
}

/// The name and the attributes of a tag.
fn element(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_at(tag.find(char::is_whitespace).unwrap_or(tag.len()));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || ":-_".contains(c)) {
        return Err(format!("no name of an element: {name:?}"));
    }
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    while !rest.trim().is_empty() {
        let broken = || format!("no attribute: {rest:?} in <{tag}>");
        let (key, value) = rest.trim_start().split_once('=').ok_or_else(broken)?;
        let quote = value.chars().next().filter(|c| "\"'".contains(*c)).ok_or_else(broken)?;
        let (value, after) = value[1..].split_once(quote).ok_or_else(broken)?;
        if !rest.starts_with(char::is_whitespace) || element.attributes.insert(key.to_owned(), resolved(value)?).is_some() {
            return Err(broken());
        }
        rest = after;
    }
    Ok(element)
}

/// Text with its references resolved.
fn resolved(text: &str) -> Result<String, String> {
    let forbidden = |c: char| (c.is_control() && !"\t\n\r".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if let Some(c) = text.chars().find(|c| forbidden(*c)) {
        return Err(format!("the character {c:?}"));
    }
    let mut parts = text.split('&');
    let mut shown = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (name, after) = part.split_once(';').ok_or_else(|| format!("a lone & before {part:?}"))?;
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            number => {
                number.strip_prefix('#').and_then(|n| char::from_u32(n.parse().ok()?)).ok_or_else(|| format!("the reference &{name};"))?
            }
        };
        shown.push(c);
        shown.push_str(after);
    }
    Ok(shown)
}

#[test]
fn the_reader_refuses_what_is_no_xml() {
    for (text, why) in [
        ("<a><b></a></b>", "tags that cross"),
        ("<a>", "a tag that stays open"),
        ("<a></a><b/>", "two roots"),
        ("<a x=1/>", "a value without quotation marks"),
        ("<a>&nbsp;</a>", "a reference that XML has not"),
        ("<a>a & b</a>", "a lone ampersand"),
        ("<a x=\"<\"/>", "markup in a value"),
        ("<a>\u{1}</a>", "a character that XML forbids"),
        ("<a x=\"1\" x=\"2\"/>", "an attribute that stands twice"),
    ] {
        assert!(read(text).is_err(), "{why} should be refused: {text:?}");
    }
    let read = read("<a k=\"v&amp;w\">x &lt; y<b/></a>").expect("XML is read");
    assert_eq!((read[0].text.as_str(), read[0].attributes["k"].as_str(), read[1].parent), ("x < y", "v&w", Some(0)));
}

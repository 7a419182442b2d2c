//! What the formats in XML have in common: a writer, and text that XML can hold.
//!
//! quick-xml escapes markup, and line ends in attributes, but lets through characters that XML 1.0 forbids, which no reader
//! accepts even when they are escaped.

use crate::error::Error;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::Write;

/// Writes a document.
pub(super) struct Xml<'o> {
    writer: Writer<&'o mut dyn Write>,
}

/// Attributes: name and value.
type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<'o> Xml<'o> {
    /// A document that starts with its declaration.
    pub(super) fn new(out: &'o mut dyn Write) -> Result<Self, Error> {
        let mut writer = Writer::new_with_indent(out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes) -> Result<(), Error> {
        Ok(self.writer.write_event(Event::Start(start(name, attributes)))?)
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) -> Result<(), Error> {
        Ok(self.writer.write_event(Event::End(BytesEnd::new(name)))?)
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) -> Result<(), Error> {
        Ok(self.writer.write_event(Event::Empty(start(name, attributes)))?)
    }

    /// An element that holds text alone.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes, text: &str) -> Result<(), Error> {
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::new(&possible(text))))?;
        self.close(name)
    }

    /// Ends the document.
    pub(super) fn finish(self) -> Result<(), Error> {
        Ok(self.writer.into_inner().write_all(b"\n")?)
    }
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, possible(value).as_ref()));
    }
    start
}

/// Text with U+FFFD for each character that XML 1.0 forbids (<https://www.w3.org/TR/xml/#charsets>).
fn possible(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

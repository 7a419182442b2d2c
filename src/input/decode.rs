//! Bytes on disk to characters: UTF-8, UTF-16 and the legacy encodings of old blogs (CP949, Shift_JIS, EUC-JP, …).
//!
//! Out: the characters with the map back to bytes, the encoding's name, and whether something could not be decoded.
//! The hard decision: other encodings are decoded a character at a time, since the map needs each one's length and no
//! decoder tells it; such files are rare and small.

use crate::offset_map::Mapped;
use crate::span::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text; origin: the bytes.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The characters.
    pub text: Mapped,
    /// Name of the encoding, as the WHATWG standard spells it.
    pub encoding: &'static str,
    /// Where the first sequence stands that the encoding does not know (now U+FFFD), and how many there are.
    pub malformed: Option<(usize, usize)>,
}

/// Decodes a file's bytes. Never fails: what cannot be decoded becomes U+FFFD.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let (encoding, bom) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (UTF_8, 0),
    };
    if encoding == UTF_8 {
        let bytes = if bom == 0 {
            match String::from_utf8(bytes) {
                Ok(text) => return Decoded { text: Mapped::identity(text), encoding: UTF_8.name(), malformed: None },
                Err(error) => error.into_bytes(),
            }
        } else {
            bytes
        };
        let guess = if bom > 0 || mostly_utf8(&bytes) { UTF_8 } else { legacy(&bytes) };
        return if guess == UTF_8 { utf8_lossy(&bytes, bom) } else { by_character(&bytes, 0, guess) };
    }
    by_character(&bytes, bom, encoding)
}

/// A few broken bytes in a UTF-8 file are a fault of the file, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0x80).count();
        bad += chunk.invalid().len();
    }
    good > bad * 4
}

fn legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn utf8_lossy(bytes: &[u8], bom: usize) -> Decoded {
    let mut text = Mapped::new();
    let mut malformed = None;
    let mut at = bom;
    for chunk in bytes[bom..].utf8_chunks() {
        text.copy(chunk.valid(), at);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            let end = at + chunk.invalid().len();
            note(&mut malformed, text.text().len());
            text.push("\u{fffd}", Span::new(at, end));
            at = end;
        }
    }
    Decoded { text, encoding: UTF_8.name(), malformed }
}

fn by_character(bytes: &[u8], bom: usize, encoding: &'static Encoding) -> Decoded {
    let least = if encoding == UTF_16LE || encoding == UTF_16BE { 2 } else { 1 };
    let mut text = Mapped::new();
    let mut malformed = None;
    let mut at = bom;
    while at < bytes.len() {
        let character = (least..=4).filter_map(|n| bytes.get(at..at + n)).find_map(|slice| {
            let decoded = encoding.decode_without_bom_handling_and_without_replacement(slice)?;
            (!decoded.is_empty()).then_some((decoded, slice.len()))
        });
        match character {
            Some((decoded, length)) => {
                text.push(&decoded, Span::new(at, at + length));
                at += length;
            }
            None => {
                let end = (at + least).min(bytes.len());
                note(&mut malformed, text.text().len());
                text.push("\u{fffd}", Span::new(at, end));
                at = end;
            }
        }
    }
    Decoded { text, encoding: encoding.name(), malformed }
}

fn note(malformed: &mut Option<(usize, usize)>, at: usize) {
    match malformed {
        Some((_, count)) => *count += 1,
        None => *malformed = Some((at, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::span::Span;

    #[test]
    fn spans_lead_to_the_bytes_on_disk() {
        let text = "카프카를 쓰다가 Kafka Streams를 도입했다. 쿠버네티스 클러스터에서 운영하는 방법을 발표했다.";
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let cp949 = encoding_rs::EUC_KR.encode(text).0.into_owned();
        let bom: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
        for (bytes, encoding, wanted) in [(utf16, "UTF-16LE", 2 + 18..2 + 28), (cp949, "EUC-KR", 16..21), (bom, "UTF-8", 26..31)] {
            let decoded = decode(bytes);
            assert_eq!(decoded.encoding, encoding);
            assert_eq!(decoded.text.text(), text);
            assert_eq!(decoded.malformed, None);
            let at = text.find("Kafka").unwrap();
            let span = decoded.text.origin(Span::new(at, at + 5));
            assert_eq!(span.start..span.end, wanted);
        }
    }

    #[test]
    fn a_broken_byte_is_one_replacement() {
        let decoded = decode(b"\xec\xb9\xb4\xed\x94\x84\xec\xb9\xb4 a\xffb".to_vec());
        assert_eq!(decoded.text.text(), "카프카 a\u{fffd}b");
        assert_eq!(decoded.malformed, Some((11, 1)));
        assert_eq!(decoded.text.origin(Span::new(14, 15)), Span::new(12, 13));
    }
}

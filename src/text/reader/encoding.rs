//! Turns the bytes of a file into text: byte order marks, UTF-8, UTF-16, and older encodings guessed as browsers do.
//!
//! What is no text at all is refused; that a guess was made is told, since a wrong one spoils every name in the article.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Of this many bytes one may be a control character; a file with more is no text.
const CONTROLS: usize = 20;

/// How much of a file is looked at to tell text from binary.
const SAMPLE: usize = 64 * 1024;

/// How far into a file it may declare its encoding.
const DECLARATION: usize = 2048;

/// Text, and the name of the encoding when it had to be guessed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) guessed: Option<&'static str>,
    /// Whether some bytes did not fit the encoding and became "\u{fffd}".
    pub(super) damaged: bool,
}

/// The text of `bytes`, without a byte order mark; `None` when they are no text.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Some(decode_as(encoding, bytes.get(mark..).unwrap_or(&[]), None));
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return Some(decode_as(encoding, &bytes, Some(encoding.name())));
    }
    if is_binary(&bytes) {
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text, guessed: None, damaged: false }),
        Err(error) => {
            let bytes = error.into_bytes();
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            Some(decode_as(encoding, &bytes, Some(encoding.name())))
        }
    }
}

/// The text of `bytes` that declare their encoding themselves, as pages and XML do; a declaration that is no encoding, or
/// that the bytes contradict, does not count.
pub(super) fn decode_declared(bytes: Vec<u8>) -> Option<Decoded> {
    let declared = declaration(&bytes).and_then(Encoding::for_label);
    match declared {
        Some(encoding) if Encoding::for_bom(&bytes).is_none() && !is_binary(&bytes) => {
            let decoded = decode_as(encoding, &bytes, None);
            if decoded.damaged { decode(bytes) } else { Some(decoded) }
        }
        _ => decode(bytes),
    }
}

/// The encoding that the head of a page or of an XML file names: `<meta charset="...">`, `encoding="..."`.
fn declaration(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let after = [b"charset=".as_slice(), b"encoding="].into_iter().filter_map(|name| {
        let start = memchr::memmem::find(head, name)? + name.len();
        head.get(start..)
    });
    let value = after.max_by_key(|rest| rest.len())?;
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))?;
    value.get(..end)
}

/// The text of `bytes` in a known encoding.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: Option<&'static str>) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), guessed, damaged }
}

/// The byte order of UTF-16 without a mark: in English every other byte of it is zero.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match pairs >= 2 && bytes.len().is_multiple_of(2) {
        true if second * 10 > pairs * 7 && first * 10 < pairs => Some(UTF_16LE),
        true if first * 10 > pairs * 7 && second * 10 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether `bytes` are no text: they hold a zero, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let controls =
        sample.iter().filter(|byte| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 12 | 27)).count();
    memchr::memchr(0, bytes).is_some() || controls * CONTROLS > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_encoding_counts_unless_the_bytes_contradict_it() {
        for (bytes, expected) in [
            (&b"<meta charset=\"windows-1251\"><p>\xce\xf0\xf1\xe0"[..], "Орса"),
            (b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xaf", "Ż"),
            ("<meta charset=ascii-ish><p>Żelm".as_bytes(), "Żelm"),
            ("<meta charset='shift_jis'><p>“Żelm”".as_bytes(), "“Żelm”"),
        ] {
            let text = decode_declared(bytes.to_vec()).unwrap().text;
            assert!(text.ends_with(expected), "{text}");
        }
    }

    #[test]
    fn text_is_told_from_bytes_and_its_encoding_found() {
        let utf_16: Vec<u8> = "Orsa – so".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16.clone()).collect();
        for (bytes, expected) in [
            ("Café".as_bytes().to_vec(), Some(("Café", None))),
            (b"\xef\xbb\xbfOrsa".to_vec(), Some(("Orsa", None))),
            (marked, Some(("Orsa – so", None))),
            (utf_16, Some(("Orsa – so", Some("UTF-16LE")))),
            (b"Caf\xe9 \x93open\x94, she said".to_vec(), Some(("Café “open”, she said", Some("windows-1252")))),
            (b"PK\x03\x04\x00\x00".to_vec(), None),
            (b"\x01\x02\x03abc".to_vec(), None),
            (Vec::new(), Some(("", None))),
        ] {
            let decoded = decode(bytes);
            let shown = decoded.as_ref().map(|decoded| (decoded.text.as_str(), decoded.guessed));
            assert_eq!(shown, expected);
        }
    }
}

//! Turns the bytes of a file into text: byte order marks, UTF-8, UTF-16, and older encodings guessed as browsers do.
//!
//! What is no text at all is refused; that a guess was made is told, since a wrong one spoils every name in the article.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Of this many bytes one may be a control character; a file with more is no text.
const CONTROLS: usize = 20;

/// How much of a file is looked at to tell text from binary.
const SAMPLE: usize = 64 * 1024;

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

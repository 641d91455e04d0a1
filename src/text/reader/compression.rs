//! Compressed input: gzip (of any number of members, as web archives are) and zstd, told by their first bytes.
//!
//! An ending of the name says nothing here: servers and people rename files.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// How gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// How zstd begins.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The input without its compression; one that has none as it is.
pub(super) fn uncompressed<'a>(mut input: impl BufRead + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let first = input.fill_buf()?;
    if first.starts_with(&GZIP) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(input))));
    }
    if first.starts_with(&ZSTD) {
        return Ok(Box::new(BufReader::new(zstd::stream::Decoder::with_buffer(input)?)));
    }
    Ok(Box::new(input))
}

/// The content of compressed bytes; `None` for others, and for broken ones.
pub(super) fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&GZIP) && !bytes.starts_with(&ZSTD) {
        return None;
    }
    let mut content = Vec::new();
    uncompressed(bytes).ok()?.read_to_end(&mut content).ok()?;
    Some(content)
}

/// A file's name without the ending of its compression.
pub(super) fn plain_name(name: &str) -> &str {
    [".gz", ".zst", ".GZ"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn compression_is_told_by_the_first_bytes() {
        let gzip = |text: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        let members = [gzip(b"Orsa "), gzip(b"said")].concat();
        for bytes in [b"Orsa said".to_vec(), members, zstd::encode_all(&b"Orsa said"[..], 1).unwrap()] {
            let mut text = String::new();
            uncompressed(bytes.as_slice()).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "Orsa said");
        }
        assert_eq!(plain_name("a.jsonl.gz"), "a.jsonl");
    }
}

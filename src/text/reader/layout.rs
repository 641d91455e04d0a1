//! How the content of a file is laid out: by the ending of its name, or else by how it begins.
//!
//! What a layout means is decided in the sibling modules.

use std::path::Path;

use super::compression::plain_name;

/// How the content of a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Text,
    Markdown,
    Html,
    JsonLines,
    Json,
    CommaTable,
    TabTable,
    Xml,
    Warc,
}

/// The layout that the ending of a name promises, that of its compression left out.
pub(super) fn promised(path: &str) -> Option<Layout> {
    Some(match Path::new(plain_name(path)).extension()?.to_str()?.to_lowercase().as_str() {
        "txt" | "text" => Layout::Text,
        "md" | "markdown" => Layout::Markdown,
        "html" | "htm" | "xhtml" => Layout::Html,
        "jsonl" | "ndjson" => Layout::JsonLines,
        "json" => Layout::Json,
        "csv" => Layout::CommaTable,
        "tsv" => Layout::TabTable,
        "xml" | "rss" | "atom" | "nitf" | "newsml" => Layout::Xml,
        "warc" => Layout::Warc,
        _ => return None,
    })
}

/// The layout of content that begins like this; plain text when nothing tells.
pub(super) fn sniffed(bytes: &[u8]) -> Layout {
    let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begin = begin.get(..16).unwrap_or(begin).to_ascii_lowercase();
    let starts = |prefix: &str| begin.starts_with(prefix.as_bytes());
    if starts("{") {
        Layout::JsonLines
    } else if starts("warc/") {
        Layout::Warc
    } else if starts("<!doctype html") || starts("<html") {
        Layout::Html
    } else if starts("<?xml") || starts("<rss") || starts("<feed") || starts("<nitf") {
        Layout::Xml
    } else {
        Layout::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_counts_before_the_beginning() {
        for (name, layout) in [
            ("a.jsonl.gz", Some(Layout::JsonLines)),
            ("a.warc.gz", Some(Layout::Warc)),
            ("A.HTM", Some(Layout::Html)),
            ("a.csv.zst", Some(Layout::CommaTable)),
            ("a.gz", None),
            ("notes", None),
        ] {
            assert_eq!(promised(name), layout, "{name}");
        }
        for (content, layout) in [
            (" {\"id\"", Layout::JsonLines),
            ("<!DOCTYPE html><p>", Layout::Html),
            ("\u{feff}<?xml version", Layout::Xml),
            ("WARC/1.0\r\n", Layout::Warc),
            ("Orsa said", Layout::Text),
        ] {
            assert_eq!(sniffed(content.as_bytes()), layout, "{content}");
        }
    }
}

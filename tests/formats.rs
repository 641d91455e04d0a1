//! Every format that articles come in, in one build, and every way in which a file can be broken, in another.
//!
//! What is wrong is told with its file and place, everything else is built, and the exit code says that something was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::Path;

use assert_cmd::Command;

const PROSE: &str =
    "Orsa rejected the river plan on Monday, and its minister said that talks would resume in the spring.";

/// Exit code, output and messages of a run.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("demarche").unwrap();
    let output = command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A saved page with this headline.
fn page(headline: &str) -> String {
    format!(
        "<html><head><title>{headline}</title><meta property=\"article:published_time\" content=\"2031-01-05\">\
         </head><body><article><h1>{headline}</h1><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
    )
}

#[test]
fn every_format_is_read_in_one_build() {
    let folder = tempfile::tempdir().unwrap();
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("Archived"));
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/1\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    );
    let json = |id: &str| format!("{{\"id\":\"{id}\",\"body\":\"{PROSE}\",\"meta\":{{\"on\":\"2031-01-06\"}}}}");
    for (name, content) in [
        ("a.txt", format!("Text\n\n{PROSE}").into_bytes()),
        ("b.md", format!("# Marked\n\n{PROSE}").into_bytes()),
        ("c.html", page("Saved").into_bytes()),
        ("d.jsonl.gz", gzip(json("lines").as_bytes())),
        ("e.json", json("object").into_bytes()),
        ("f.csv", format!("id,body\ntable,\"{PROSE}\"\n").into_bytes()),
        (
            "g.rss",
            format!("<rss><channel><item><guid>feed</guid><description>{PROSE}</description></item></channel></rss>")
                .into_bytes(),
        ),
        (
            "h.xml.zst",
            zstd::encode_all(
                format!("<nitf><body><body.content><p>{PROSE}</p></body.content></body></nitf>").as_bytes(),
                1,
            )
            .unwrap(),
        ),
        ("i.warc.gz", gzip(warc.as_bytes())),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let map = ["--map", "text=body,date=meta.on"];
    let (code, listed, told) = run(folder.path(), &["build", ".", "--dry-run", map[0], map[1]]);
    assert_eq!((code, listed.lines().count()), (0, 9), "{listed}{told}");
    for part in ["./d.jsonl.gz\tlines\t2031-01-06", "2031-01-05\t-\tSaved", "\tArchived\t"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let (code, summary, told) = run(folder.path(), &["build", "*.*", "-o", "x.graph", map[0], map[1]]);
    assert_eq!((code, summary.lines().next()), (0, Some("9 articles")), "{summary}{told}");
}

#[test]
fn ten_kinds_of_broken_input_cost_only_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let whole = gzip(PROSE.repeat(50).as_bytes());
    for (name, content) in [
        ("good.txt", PROSE.as_bytes()),
        ("01-empty.txt", b""),
        ("02-binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("03-line.jsonl", format!("{{\"id\":\"whole\",\"text\":\"{PROSE} Twice.\"}}\n{{\"id\":\n").as_bytes()),
        ("04-utf8.jsonl", b"{\"id\":\"x\",\"text\":\"Caf\xe9\"}\n"),
        ("05-field.jsonl", b"{\"id\":\"x\",\"content\":\"no text\"}\n"),
        ("06-row.csv", format!("id,text\nrow,{},more\nrow-2,\"{PROSE}\"\n", PROSE.replace(',', "")).as_bytes()),
        ("07-tree.xml", b"<rss>\n<channel>\n</rss>"),
        ("08-cut.txt.gz", &whole[..whole.len() - 20]),
        ("09-archive.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\ncut off"),
        ("10-other.xml", b"<invoice/>"),
        ("11-page.html", b"<html><body></body></html>"),
        (
            "12-foreign.txt",
            "Die Unterhändler trafen sich am Montag in der Hauptstadt und gingen ohne ein Wort auseinander.".as_bytes(),
        ),
        ("13-short.txt", b"Talks."),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let (code, summary, told) = run(folder.path(), &["build", ".", "nowhere.txt", "none-*.txt", "-o", "x.graph"]);
    assert_eq!((code, summary.lines().next()), (3, Some("3 articles")), "{summary}{told}");
    for message in [
        "error: ./01-empty.txt: the file is empty",
        "error: ./02-binary.txt: the file is binary",
        "error: ./03-line.jsonl:2: no JSON",
        "error: ./04-utf8.jsonl:1: the line is not UTF-8",
        "error: ./05-field.jsonl:1: the object has no `text`",
        "error: ./06-row.csv:2: the row has 3 fields instead of 2",
        "error: ./07-tree.xml:3: no XML",
        "error: ./08-cut.txt.gz: cannot be read",
        "error: ./09-archive.warc: cannot be read: its last record is cut off",
        "error: ./10-other.xml: no news in this XML: its root is `invoice`",
        "warning: ./11-page.html: no article in this page",
        "warning: ./12-foreign.txt: passed over: in German",
        "warning: ./13-short.txt: passed over: too short, 1 word",
        "error: nowhere.txt: no such file or folder",
        "error: none-*.txt: no file has a name like this",
    ] {
        assert!(told.contains(message), "{message}\n{told}");
    }
}

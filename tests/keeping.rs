//! A graph file is kept safe: builds that are killed, that find no room, that meet another writer, or that come after a
//! change of the word lists.
//!
//! Whatever happens, the file opens, and going on gives the bytes of a build that nothing disturbed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]
#![cfg(unix)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A folder with invented articles, one a line of `all.jsonl`.
fn folder(articles: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.jsonl"), lines(0..articles)).unwrap();
    folder
}

/// Invented articles, one a line.
fn lines(range: std::ops::Range<usize>) -> String {
    range.fold(String::new(), |mut lines, number| {
        let text = format!(
            "ORSA (Lantern) - Minister Jana Holt rejected river plan {number} on Monday. “We will not sign unless \
             Vantia withdraws its troops,” she said. Vantia promised a ceasefire if talks begin, officials said. Ten \
             aides of Holt demanded {number} boats."
        );
        let day = number % 28 + 1;
        _ = writeln!(lines, "{{\"id\":\"wire-{number}\",\"date\":\"2031-01-{day:02}\",\"text\":\"{text}\"}}");
        lines
    })
}

/// The program, to be run in a folder.
fn demarche(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    demarche(folder, arguments).output().unwrap()
}

fn build(folder: &Path, name: &str) -> Output {
    run(folder, &["build", "all.jsonl", "-o", name])
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_killed_build_is_finished_by_the_next() {
    let folder = folder(300);
    let folder = folder.path();
    let started = Instant::now();
    assert!(build(folder, "whole.graph").status.success());
    let spent = started.elapsed();
    let whole = fs::read(folder.join("whole.graph")).unwrap();
    for part in 1..6 {
        let mut child = demarche(folder, &["build", "all.jsonl", "-o", "cut.graph"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(spent * part / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.join("cut.graph").exists() {
            let asked = run(folder, &["query", "cut.graph", "count articles"]);
            assert!(asked.status.success(), "{}", said(&asked.stderr));
        }
        let resumed = build(folder, "cut.graph");
        assert!(resumed.status.success(), "{}", said(&resumed.stderr));
        assert!(fs::read(folder.join("cut.graph")).unwrap() == whole, "killed after {part} sixths");
        fs::remove_file(folder.join("cut.graph")).unwrap();
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2, "nothing is left behind");
}

/// `ulimit -f` counts blocks of 512 bytes; a write beyond it fails as one on a full disk does.
fn build_with_room(folder: &Path, blocks: u32) -> Output {
    let program = env!("CARGO_BIN_EXE_demarche");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} build all.jsonl -o small.graph");
    Command::new("sh").args(["-c", &script]).current_dir(folder).output().unwrap()
}

#[test]
fn without_room_the_last_good_state_stays() {
    let folder = folder(300);
    let folder = folder.path();
    assert!(build(folder, "whole.graph").status.success());
    fs::write(folder.join("first.jsonl"), lines(0..20)).unwrap();
    assert!(run(folder, &["build", "first.jsonl", "-o", "small.graph"]).status.success());
    let before = fs::read(folder.join("small.graph")).unwrap();
    let size = u32::try_from(fs::metadata(folder.join("whole.graph")).unwrap().len() / 512).unwrap();
    for blocks in [1, 8, size / 2] {
        let failed = build_with_room(folder, blocks);
        assert_eq!(failed.status.code(), Some(3), "{blocks}: {}", said(&failed.stderr));
        assert!(said(&failed.stderr).contains("cannot be written"), "{}", said(&failed.stderr));
        assert!(fs::read(folder.join("small.graph")).unwrap() == before, "{blocks}");
    }
    let resumed = build(folder, "small.graph");
    assert!(said(&resumed.stdout).contains("taken over from an unfinished build"), "{}", said(&resumed.stdout));
    assert!(fs::read(folder.join("small.graph")).unwrap() == fs::read(folder.join("whole.graph")).unwrap());
}

#[test]
fn one_writer_excludes_another() {
    let folder = folder(5);
    let folder = folder.path();
    // A build that waits for its articles has the file already.
    let mut first =
        demarche(folder, &["build", "-", "-o", "x.graph"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    while !folder.join("x.graph.journal").exists() {
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(100));
    let second = build(folder, "x.graph");
    assert_eq!(second.status.code(), Some(3));
    assert!(said(&second.stderr).contains("is being written by another run"), "{}", said(&second.stderr));
    drop(first.stdin.take());
    first.wait().unwrap();
    assert!(build(folder, "x.graph").status.success());
}

#[test]
fn other_word_lists_analyse_everything_anew() {
    let folder = folder(5);
    let folder = folder.path();
    assert!(build(folder, "x.graph").status.success());
    let known = build(folder, "x.graph");
    assert!(said(&known.stdout).contains("(5 known already)"), "{}", said(&known.stdout));
    fs::create_dir(folder.join("lists")).unwrap();
    fs::write(folder.join("lists/calendar.tsv"), "word\tkind\nmoonday\tweekday\n").unwrap();
    let renewed = run(folder, &["build", "-o", "x.graph", "--lexicons", "lists"]);
    let told = said(&renewed.stdout);
    assert!(told.contains("(5 analysed anew: word lists, rules or weights have changed)"), "{told}");
}

#[test]
fn removed_articles_leave_no_trace() {
    let folder = folder(6);
    let folder = folder.path();
    assert!(build(folder, "x.graph").status.success());
    fs::write(folder.join("few.jsonl"), lines(2..5)).unwrap();
    assert!(run(folder, &["build", "few.jsonl", "-o", "few.graph"]).status.success());
    for (arguments, code, told) in [
        (["remove", "x.graph", "wire-0", "--dry-run"].as_slice(), 0, "wire-0\n"),
        (&["remove", "x.graph", "wire-O"], 3, "did you mean `wire-0` or"),
        (&["remove", "x.graph", "MATCH (a:Article {id: 'none'}) RETURN a"], 1, ""),
        (&["remove", "x.graph", "wire-0", "MATCH (a:Article {id: 'wire-1'}) RETURN a"], 0, "2 removed, 4 left"),
        (
            &["remove", "x.graph", "MATCH (a:Article) WHERE a.date >= '2031-01-06' RETURN a.id"],
            0,
            "wire-5\n1 removed, 3 left",
        ),
    ] {
        let removed = run(folder, arguments);
        let output = said(&removed.stdout) + &said(&removed.stderr);
        assert_eq!(removed.status.code(), Some(code), "{output}");
        assert!(output.contains(told), "{output}");
    }
    assert!(fs::read(folder.join("x.graph")).unwrap() == fs::read(folder.join("few.graph")).unwrap());
}

#[test]
fn corrections_stay_with_the_graph() {
    let folder = folder(3);
    let folder = folder.path();
    let table = "action\tactor\tother\nrename\tVantia\tVantian Union\nmerge\tNobody\tVantia\n";
    fs::write(folder.join("corrections.tsv"), table).unwrap();
    let built = run(folder, &["build", "all.jsonl", "-o", "x.graph", "--corrections", "corrections.tsv"]);
    assert!(said(&built.stderr).contains("names `Nobody`, and no actor"), "{}", said(&built.stderr));
    assert!(build(folder, "x.graph").status.success());
    let listed = said(&run(folder, &["actors", "x.graph"]).stdout);
    assert!(listed.contains("Vantian Union\t") && listed.contains("\tVantia\n"), "{listed}");
    fs::write(folder.join("corrections.tsv"), "action\tactor\tother\njoin\tA\tB\n").unwrap();
    let failed = run(folder, &["build", "-o", "x.graph", "--corrections", "corrections.tsv"]);
    assert_eq!(failed.status.code(), Some(3));
    assert!(said(&failed.stderr).contains("corrections:2: "), "{}", said(&failed.stderr));
}

#[test]
fn what_is_no_graph_file_is_never_written_over() {
    let folder = folder(2);
    let folder = folder.path();
    assert!(build(folder, "good.graph").status.success());
    let good = fs::read(folder.join("good.graph")).unwrap();
    let newer = [b"demarche graph 9".as_slice(), &good[16..]].concat();
    let mut damaged = good.clone();
    *damaged.last_mut().unwrap() ^= 1;
    for (content, message) in [
        (b"my notes".as_slice(), "is not a graph file"),
        (newer.as_slice(), "has version `9`"),
        (&damaged, "is damaged"),
        (&good[..good.len() / 2], "ends too early"),
    ] {
        fs::write(folder.join("x.graph"), content).unwrap();
        let failed = build(folder, "x.graph");
        assert_eq!(failed.status.code(), Some(3));
        assert!(said(&failed.stderr).contains(message), "{}", said(&failed.stderr));
        assert!(said(&failed.stderr).contains("--fresh"), "{}", said(&failed.stderr));
        assert!(fs::read(folder.join("x.graph")).unwrap() == content, "{message}");
        let replaced = run(folder, &["build", "all.jsonl", "-o", "x.graph", "--fresh"]);
        assert!(replaced.status.success());
        assert!(fs::read(folder.join("x.graph")).unwrap() == good, "{message}");
    }
}

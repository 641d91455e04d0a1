//! The rules of the house that a machine can check: arrows between modules, headers, sizes, who may name which crate,
//! and that every data file says where it comes from.
//!
//! Clippy checks the rest (length of functions, no unwrap outside tests); see `[lints]` in Cargo.toml.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// The modules of the library from left to right: each uses only what stands to its left.
const ORDER: [&str; 9] = ["lexicon", "text", "syntax", "extract", "graph", "pipeline", "query", "render", "score"];

/// Crates that only some files may name.
const NAMED_ONLY_IN: [(&str, &[&str]); 4] = [
    ("pest", &["src/query/parser"]),
    ("rustyline", &["src/cli/repl"]),
    ("petgraph", &["src/graph/", "src/query/executor", "src/query/analysis"]),
    ("clap", &["src/cli/", "src/main.rs"]),
];

/// What the library never does: print, or ask the clock.
const NOT_IN_LIBRARY: [&str; 6] = ["println!(", "print!(", "stdout()", "stderr()", "SystemTime::now", "Instant::now"];

/// The top level of the repository, hidden files apart.
const TOP_LEVEL: [&str; 8] = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "src", "grammar", "data", "tests"];

/// A source file: its path from the repository's root, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that are neither comment nor documentation.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The module at the library's top to which the file belongs; `None` for `lib.rs`, the binary and tests.
    fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let name = inside.split('/').next()?.trim_end_matches(".rs");
        ORDER.contains(&name).then_some(name)
    }

    /// What `super` means in this file outside nested modules: the path of the module around it.
    fn parent(&self) -> Vec<&str> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path).trim_end_matches(".rs");
        let mut names: Vec<&str> = inside.split('/').collect();
        if names.last() == Some(&"mod") {
            names.pop();
        }
        names.pop();
        names
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under `folder` of the repository, sorted; none when there is no such folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&relative(&path)));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

fn sources(folder: &str) -> Vec<Source> {
    let rust = files(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| Source { path: relative(&path), text: fs::read_to_string(&path).unwrap() }).collect()
}

/// Fails with every finding at once, so that one run shows the whole work.
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn modules_use_only_what_stands_to_their_left() {
    let absolute = Regex::new(r"\bcrate::([a-z_]+)").unwrap();
    let upward = Regex::new(r"\b((?:super::)+)([a-z_]+)").unwrap();
    let mut findings = Vec::new();
    for source in sources("src") {
        let Some(module) = source.module() else { continue };
        let place = ORDER.iter().position(|name| *name == module).unwrap();
        let parent = source.parent();
        for (line, code) in source.code() {
            let named = absolute.captures_iter(code).map(|found| found.get(1).unwrap().as_str());
            let climbed = upward.captures_iter(code).filter_map(|found| {
                let steps = found.get(1).unwrap().as_str().matches("super::").count();
                (steps > parent.len()).then(|| found.get(2).unwrap().as_str())
            });
            for used in named.chain(climbed) {
                if ORDER.iter().position(|name| *name == used).is_some_and(|used| used > place) {
                    findings
                        .push(format!("{}:{line}: `{module}` uses `{used}`, which stands to its right", source.path));
                }
            }
        }
    }
    none(&findings);
}

#[test]
fn the_library_does_not_see_the_command_line() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(!library.contains("mod cli"), "cli belongs to the binary");
}

#[test]
fn every_file_has_a_header() {
    let mut findings = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        let header = source.text.lines().take_while(|line| line.starts_with("//!")).count();
        let empty = source.text.lines().count() == header;
        if !(2..=10).contains(&header) && !empty {
            findings.push(format!("{}: a header has 2 to 10 lines of `//!`, this one {header}", source.path));
        }
    }
    none(&findings);
}

#[test]
fn no_file_is_too_long() {
    let all = sources("src").into_iter().chain(sources("tests"));
    let long = all.filter(|source| source.text.lines().count() > 600);
    none(&long.map(|source| format!("{}: over 600 lines", source.path)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_named_after_nothing() {
    let hollow = Regex::new(r"/(utils?|helpers?|common|misc|new_\w*|\w*2)\.rs$").unwrap();
    let all = sources("src").into_iter().chain(sources("tests"));
    let found = all.filter(|source| hollow.is_match(&source.path));
    none(&found.map(|source| format!("{}: name it after what it holds", source.path)).collect::<Vec<_>>());
}

#[test]
fn crates_are_named_where_they_belong() {
    let mut findings = Vec::new();
    for source in sources("src") {
        for (name, places) in NAMED_ONLY_IN {
            let path = Regex::new(&format!(r"\b{name}(_derive)?::")).unwrap();
            let here = places.iter().any(|place| source.path.starts_with(place));
            for (line, code) in source.code().filter(|(_, code)| !here && path.is_match(code)) {
                findings.push(format!("{}:{line}: only {places:?} may name {name}: {}", source.path, code.trim()));
            }
        }
    }
    none(&findings);
}

#[test]
fn the_library_never_prints_and_never_asks_the_clock() {
    let mut findings = Vec::new();
    for source in sources("src").into_iter().filter(|source| source.module().is_some()) {
        for (line, code) in source.code() {
            if let Some(deed) = NOT_IN_LIBRARY.iter().find(|deed| code.contains(**deed)) {
                findings.push(format!("{}:{line}: `{deed}` in the library", source.path));
            }
        }
    }
    none(&findings);
}

#[test]
fn lints_against_panics_and_length_are_not_switched_off() {
    let switched =
        Regex::new(r"(allow|expect)\(.*clippy::(unwrap_used|expect_used|panic|todo|too_many_lines)").unwrap();
    let mut findings = Vec::new();
    for source in sources("src") {
        for (line, code) in source.code().filter(|(_, code)| switched.is_match(code)) {
            findings.push(format!("{}:{line}: {}", source.path, code.trim()));
        }
    }
    none(&findings);
}

#[test]
fn every_data_file_says_where_it_comes_from() {
    let origins = fs::read_to_string(root().join("data/README.md")).unwrap_or_default();
    let mut findings = Vec::new();
    for path in files("data") {
        let name = relative(&path).trim_start_matches("data/").to_owned();
        let folder = name.split_once('/').map(|(folder, _)| format!("{folder}/"));
        let row = |name: &str| origins.contains(&format!("`{name}`"));
        if name != "README.md" && !row(&name) && !folder.as_deref().is_some_and(row) {
            findings.push(format!("data/README.md has no row for `{name}`"));
        }
        if name.ends_with(".tsv") && !fs::read_to_string(&path).unwrap().starts_with('#') {
            findings.push(format!("data/{name} does not open with a comment on its columns, origin and licence"));
        }
    }
    none(&findings);
}

#[test]
fn the_sample_corpus_is_embedded_whole() {
    let embedded = fs::read_to_string(root().join("src/cli/sample.rs")).unwrap();
    let names = files("data/articles").into_iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    let missing = names.filter(|name| !embedded.contains(&format!("article!(\"{name}\")")));
    none(&missing.map(|name| format!("src/cli/sample.rs does not embed `{name}`")).collect::<Vec<_>>());
}

#[test]
fn the_top_level_stays_small() {
    let listing = Command::new("git").arg("ls-files").current_dir(root()).output();
    // Outside a checkout (an unpacked archive) there is nothing to compare with.
    let Some(listing) = listing.ok().filter(|output| output.status.success()) else { return };
    let listing = String::from_utf8_lossy(&listing.stdout).into_owned();
    let names = listing.lines().map(|path| path.split('/').next().unwrap());
    let strangers = names.filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name));
    none(&strangers.map(|name| format!("`{name}` on the top level")).collect::<Vec<_>>());
}

//! Runs `tests/golden/<stage>/*.case`: what each stage prints for many small inputs.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites the files; read the diff as carefully as code. What is wrong today
//! and known to be stands in `known_wrong.case` with a `# right:` line, so that it is seen when it changes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod case;
mod sample;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};

use case::{Case, CaseFile};

/// The case files, sorted.
fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(case_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "case") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Puts what the stages print today into the file; gives back where that differs from what stood there.
fn refresh(path: &Path, file: &mut CaseFile) -> Vec<String> {
    let mut differences = Vec::new();
    for case in &mut file.cases {
        for section in &mut case.sections {
            let (stage, argument) = section.stage();
            let printed = stage::run(stage, argument, &case.input).trim_start_matches('\n').trim_end().to_owned();
            if printed != section.expected {
                let place = format!("{}: {} [{}]", path.display(), case.name, section.title);
                differences.push(format!("{place}\nexpected:\n{}\nprinted:\n{printed}\n", section.expected));
                section.expected = printed;
            }
        }
    }
    differences
}

/// What a file must be apart from its expectations.
fn malformed(path: &Path, file: &CaseFile) -> Vec<String> {
    let known_wrong = path.ends_with("known_wrong.case");
    let unexplained = |case: &&Case| known_wrong && !case.notes.iter().any(|note| note.starts_with("# right: "));
    let empty = |case: &&Case| case.sections.is_empty();
    let say = |case: &Case, what: &str| format!("{}: {}: {what}", path.display(), case.name);
    let mut findings: Vec<String> =
        file.cases.iter().filter(unexplained).map(|case| say(case, "has no `# right: ...` line")).collect();
    findings.extend(file.cases.iter().filter(empty).map(|case| say(case, "expects nothing")));
    findings
}

#[test]
fn every_case_prints_what_it_should() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut findings = Vec::new();
    for path in case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")) {
        let text = fs::read_to_string(&path).unwrap();
        let mut file = case::read(&text);
        findings.extend(malformed(&path, &file));
        let differences = refresh(&path, &mut file);
        let printed = case::print(&file);
        if update && printed != text {
            fs::write(&path, printed).unwrap();
        } else if !update {
            findings.extend(differences);
        }
    }
    assert!(findings.is_empty(), "\n{}\n`UPDATE_GOLDEN=1 cargo test --test golden` rewrites", findings.join("\n"));
}

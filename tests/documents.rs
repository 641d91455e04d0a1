//! The examples of README.md and of the language reference are run, and print what the page says.
//!
//! In a block marked `console`, `$ ` begins a command (`demarche` is the program just built, the folder is a fresh one with
//! `data/` in it) and `demarche> ` a line typed into the session that the command before it opened; what follows is the
//! output. `[..]` stands for any characters of a line, a line `...` for any lines. In a block marked `cypher` or
//! `question`, each statement runs on the sample corpus without an error. `UPDATE_GOLDEN=1` rewrites the outputs.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The pages whose examples run.
const PAGES: [&str; 2] = ["README.md", "grammar/README.md"];

const SESSION_PROMPT: &str = "demarche> ";

/// A fenced block of a page: the lines between its fences.
struct Block {
    language: String,
    first_line: usize,
    lines: Vec<String>,
}

/// Something typed, and the lines it is said to print.
struct Exchange {
    prompt: &'static str,
    typed: String,
    expected: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut inside = false;
    for (index, line) in page.lines().enumerate() {
        match line.trim_start().strip_prefix("```") {
            Some(language) if !inside => {
                found.push(Block { language: language.trim().to_owned(), first_line: index + 1, lines: Vec::new() });
                inside = true;
            }
            Some(_) => inside = false,
            None if inside => found.last_mut().unwrap().lines.push(line.to_owned()),
            None => {}
        }
    }
    found
}

fn exchanges(block: &Block) -> Vec<Exchange> {
    let mut found: Vec<Exchange> = Vec::new();
    for line in &block.lines {
        let prompt = ["$ ", SESSION_PROMPT].into_iter().find(|prompt| line.starts_with(prompt));
        match prompt {
            Some(prompt) => {
                found.push(Exchange { prompt, typed: line[prompt.len()..].to_owned(), expected: Vec::new() });
            }
            None => {
                let last = found.last_mut().unwrap_or_else(|| panic!("output before a prompt: {line}"));
                last.expected.push(line.clone());
            }
        }
    }
    found
}

/// A fresh folder with the corpus in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root().join("data"), folder.path().join("data")).unwrap();
        Self { folder }
    }

    /// What a command prints, messages among the answers, with `input` typed into it.
    fn run(&self, command: &str, input: &str) -> Vec<String> {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_demarche"));
        let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let mut child = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("COLUMNS", "100")
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing closes its end; that is its right.
        _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// What each exchange of a block prints. A session is run again for each line typed into it: what the longer run
    /// prints more is what the line printed.
    fn play(&self, exchanges: &[Exchange]) -> Vec<Vec<String>> {
        let mut printed: Vec<Vec<String>> = Vec::new();
        let mut session = (String::new(), String::new(), 0);
        for exchange in exchanges {
            if exchange.prompt == SESSION_PROMPT {
                session.1.push_str(&format!("{}\n", exchange.typed));
                let all = self.run(&session.0, &session.1);
                printed.push(all.get(session.2..).unwrap_or_default().to_vec());
                session.2 = all.len();
            } else {
                let lines = self.run(&exchange.typed, "");
                session = (exchange.typed.clone(), String::new(), lines.len());
                printed.push(lines);
            }
        }
        printed
    }
}

/// Whether lines are those expected, `[..]` and `...` being anything.
fn matches(expected: &[String], printed: &[String]) -> bool {
    match (expected.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((line, rest)), _) if line == "..." => {
            (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..]))
        }
        (Some((wanted, expected)), Some((line, printed))) => line_matches(wanted, line) && matches(expected, printed),
        _ => false,
    }
}

fn line_matches(wanted: &str, line: &str) -> bool {
    let mut parts = wanted.trim_end().split("[..]");
    let Some(mut rest) = line.trim_end().strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        let found = if index + 1 == parts.len() {
            rest.ends_with(part).then(|| rest.len() - part.len())
        } else {
            rest.find(part)
        };
        let Some(place) = found else { return false };
        rest = &rest[place + part.len()..];
    }
    rest.is_empty()
}

/// What a page says from now on: a line with wildcards stays where it still fits.
fn updated(expected: &[String], printed: &[String]) -> Vec<String> {
    let fits = |place: usize, line: &str| {
        expected.len() == printed.len() && expected.get(place).is_some_and(|wanted| line_matches(wanted, line))
    };
    let line = |(place, line): (usize, &String)| match fits(place, line) {
        true => expected[place].clone(),
        false => line.trim_end().to_owned(),
    };
    printed.iter().enumerate().map(line).collect()
}

/// Runs the consoles of a page; gives back what differs, and the page with today's outputs.
fn run_consoles(name: &str, page: &str) -> (Vec<String>, String) {
    let mut differences = Vec::new();
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let desk = Desk::new();
    let mut replacements = Vec::new();
    for block in blocks(page).iter().filter(|block| block.language == "console") {
        let exchanges = exchanges(block);
        let printed = desk.play(&exchanges);
        let mut fresh = Vec::new();
        for (exchange, printed) in exchanges.iter().zip(printed) {
            fresh.push(format!("{}{}", exchange.prompt, exchange.typed));
            if matches(&exchange.expected, &printed) {
                fresh.extend(exchange.expected.iter().cloned());
            } else {
                let place = format!("{name}:{}: {}", block.first_line, exchange.typed);
                differences.push(format!(
                    "{place}\nexpected:\n{}\nprinted:\n{}\n",
                    exchange.expected.join("\n"),
                    printed.join("\n")
                ));
                fresh.extend(updated(&exchange.expected, &printed));
            }
        }
        replacements.push((block.first_line, block.lines.len(), fresh));
    }
    for (start, length, fresh) in replacements.into_iter().rev() {
        lines.splice(start..start + length, fresh);
    }
    (differences, lines.join("\n") + "\n")
}

#[test]
fn sessions_print_what_the_pages_say() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut findings = Vec::new();
    for name in PAGES {
        let Ok(page) = fs::read_to_string(root().join(name)) else { continue };
        let (differences, fresh) = run_consoles(name, &page);
        if update && !differences.is_empty() {
            fs::write(root().join(name), fresh).unwrap();
        } else {
            findings.extend(differences);
        }
    }
    assert!(findings.is_empty(), "\n{}\n`UPDATE_GOLDEN=1 cargo test --test documents` rewrites", findings.join("\n"));
}

#[test]
fn examples_of_the_language_run() {
    let mut findings = Vec::new();
    let desk = Desk::new();
    for name in PAGES {
        let Ok(page) = fs::read_to_string(root().join(name)) else { continue };
        let runs = |block: &&Block| ["cypher", "question"].contains(&block.language.as_str());
        for block in blocks(&page).iter().filter(runs) {
            desk.run(
                "test -e sample.graph || demarche build data/articles --lexicons data/sample_lexicons -o sample.graph",
                "",
            );
            fs::write(desk.folder.path().join("script"), block.lines.join("\n")).unwrap();
            let printed = desk.run("demarche query sample.graph -f script", "");
            if printed.iter().any(|line| line.starts_with("error")) {
                findings.push(format!("{name}:{}\n{}", block.first_line, printed.join("\n")));
            }
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

#[test]
fn wildcards_match_what_they_should() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for (expected, printed, same) in [
        ("a\nb", "a\nb", true),
        ("a\nb", "a", false),
        ("16 articles, [..] words/s", "16 articles, 900 words/s", true),
        ("16 articles, [..] words/s", "16 articles", false),
        ("a\n...\nd", "a\nb\nc\nd", true),
        ("a\n...", "a", true),
        ("[..]b[..]d", "abcd", true),
        ("[..]b[..]d", "abc", false),
    ] {
        assert_eq!(matches(&lines(expected), &lines(printed)), same, "{expected} | {printed}");
    }
}

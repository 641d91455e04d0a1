//! Tells one analyser from another: a fingerprint of everything that decides what is found in an article.
//!
//! A graph file keeps what was found and by which analyser. The version number alone would not do: between two releases
//! words, weights and rules change, and an article analysed before such a change must be analysed anew.

#![allow(missing_docs, reason = "a build script has no public items")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What decides, from the repository's root: rules, word lists and weights. How articles are read and joined does not.
const DECISIVE: [&str; 10] = [
    "data",
    "src/lexicon.rs",
    "src/text",
    "src/syntax",
    "src/extract",
    "src/graph/record.rs",
    "src/graph/phrase.rs",
    "src/graph/inflection.rs",
    "src/graph/topic.rs",
    "src/pipeline",
];

/// What lies among it and does not decide.
const INDIFFERENT: [&str; 5] =
    ["data/README.md", "data/articles", "data/sample_lexicons", "src/text/reader", "src/syntax/train"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for path in DECISIVE {
        println!("cargo:rerun-if-changed={path}");
        collect(Path::new(path), &mut files)?;
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let content = fs::read(&file)?;
        for part in [file.to_string_lossy().replace('\\', "/").as_bytes(), &content] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    let fingerprint: String = hasher.finalize().to_hex().chars().take(16).collect();
    println!("cargo:rustc-env=DEMARCHE_ANALYSIS={fingerprint}");
    Ok(())
}

/// The files at or under `path`.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if INDIFFERENT.iter().any(|indifferent| Path::new(indifferent) == path) {
        return Ok(());
    }
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

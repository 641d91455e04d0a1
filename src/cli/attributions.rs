//! `demarche train --part attributions`: annotated articles in, the weights out by which candidates for attributions are
//! judged.
//!
//! An annotated article is a JSON line with `text` and `attributions`, each with `cue` and `content` as lists of
//! `[start, end]` in code points.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use demarche::extract::{Annotation, Extractor, Fitting};
use demarche::syntax::Parser;
use demarche::text::{CodePoints, Segmenter, Span};
use rayon::prelude::*;
use serde::Deserialize;

use super::input::read_text;
use super::{CliError, Exit, Settings};

/// An annotated article.
#[derive(Deserialize)]
struct Line {
    text: String,
    attributions: Vec<Spans>,
}

/// The spans of one attribution, in code points.
#[derive(Deserialize)]
struct Spans {
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

impl Spans {
    /// The same in bytes.
    fn annotation(&self, points: &CodePoints) -> Annotation {
        let span = |[start, end]: &[usize; 2]| Span { start: points.to_byte(*start), end: points.to_byte(*end) };
        Annotation { cue: self.cue.iter().map(span).collect(), content: self.content.iter().map(span).collect() }
    }
}

/// Fits the weights and writes them as a word list.
pub(crate) fn run(files: &[PathBuf], output: &Path, settings: &Settings) -> Result<Exit, CliError> {
    let lexicons = settings.lexicons()?;
    let (segmenter, extractor) = (Segmenter::new(&lexicons)?, Extractor::new(&lexicons)?);
    let parser = Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?;
    let lines = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let candidates = |(line, annotations): (Line, Vec<Annotation>)| {
        let document = segmenter.segment(&line.text, None);
        (extractor.candidates(&document, &parser.parse(&document)), annotations)
    };
    let mut fitting = Fitting::default();
    for (candidates, annotations) in lines.into_par_iter().flatten().map(candidates).collect::<Vec<_>>() {
        fitting.add(&candidates, &annotations);
    }
    let (count, right) = fitting.sizes();
    let weights = fitting.weights();
    anstream::eprintln!("{count} candidates, {right} of them right; {} weights", weights.len());
    std::fs::write(output, list(&weights))?;
    Ok(Exit::Answers)
}

/// The weights as a word list.
fn list(weights: &[(String, f64)]) -> String {
    let mut text = String::from(
        "# Weights of the judge of candidates for attributions (see extract/judge.rs): logistic regression on features of\n\
         # cue, source and content, fitted by `demarche train --part attributions`. data/README.md has the origin.\n\
         feature\tweight\n",
    );
    for (feature, weight) in weights {
        _ = writeln!(text, "{feature}\t{weight}");
    }
    text
}

/// The annotated articles of a file.
fn read(file: &Path) -> Result<Vec<(Line, Vec<Annotation>)>, CliError> {
    let text = read_text(file)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let article = |(index, line): (usize, &str)| {
        let line: Line = serde_json::from_str(line).map_err(|error| {
            let hint = "a line has `text` and `attributions`, each with `cue` and `content` as lists of [start, end]";
            CliError::input(format!("{}:{}: {error}", file.display(), index + 1), hint)
        })?;
        let points = CodePoints::new(&line.text);
        let annotations = line.attributions.iter().map(|spans| spans.annotation(&points)).collect();
        Ok((line, annotations))
    };
    lines.map(article).collect()
}

//! `demarche train --part attributions` and `--part roles`: annotated articles in, the weights out by which candidates for
//! attributions are judged, or by which the words around a cue get their roles: a word list, and beside it a network.
//!
//! An annotated article is a JSON line with `text` and `attributions`, each with `source`, `cue` and `content` as lists of
//! `[start, end]` in code points.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use demarche::extract::{Annotation, Candidate, Extractor, Fitting, Neighbour, RoleFitting, RoleWeights};
use demarche::syntax::{Parser, States};
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
    #[serde(default)]
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

impl Spans {
    /// The same in bytes.
    fn annotation(&self, points: &CodePoints) -> Annotation {
        let span = |[start, end]: &[usize; 2]| Span { start: points.to_byte(*start), end: points.to_byte(*end) };
        let spans = |spans: &[[usize; 2]]| spans.iter().map(span).collect();
        Annotation { source: spans(&self.source), cue: spans(&self.cue), content: spans(&self.content) }
    }
}

/// Which weights are fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weights {
    /// Those of the judge of candidates
    Attributions,
    /// Those of the roles of words around a cue
    Roles,
}

/// Fits weights and writes them as a word list.
pub(crate) fn run(weights: Weights, files: &[PathBuf], output: &Path, settings: &Settings) -> Result<Exit, CliError> {
    let lexicons = settings.lexicons()?;
    let (segmenter, extractor) = (Segmenter::new(&lexicons)?, Extractor::new(&lexicons)?);
    let parser = Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?;
    let articles: Vec<(Line, Vec<Annotation>)> =
        files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let parsed = articles.into_par_iter().map(|(line, annotations)| {
        let document = segmenter.segment(&line.text, None);
        let (trees, states) = parser.read(&document);
        (document, trees, states, annotations)
    });
    let (list, network) = match weights {
        Weights::Attributions => fit_judge(parsed.map(|(document, trees, states, annotations)| {
            (extractor.candidates(&document, &trees), states, annotations)
        })),
        Weights::Roles => fit_roles(parsed.map(|(document, trees, states, annotations)| {
            (extractor.neighbours(&document, &trees, &annotations), states)
        })),
    };
    std::fs::write(output, list)?;
    std::fs::write(output.with_extension("network"), network)?;
    Ok(Exit::Answers)
}

/// The list of the judge's weights, and its network.
fn fit_judge(articles: impl ParallelIterator<Item = (Vec<Candidate>, States, Vec<Annotation>)>) -> (String, Vec<u8>) {
    let mut fitting = Fitting::default();
    for (candidates, states, annotations) in articles.collect::<Vec<_>>() {
        fitting.add(&candidates, states, &annotations);
    }
    let (count, right) = fitting.sizes();
    let (weights, network) = fitting.fit();
    anstream::eprintln!("{count} candidates, {right} of them right; {} weights", weights.len());
    let mut text = String::from(
        "# Weights of the judge of candidates for attributions (see extract/judge.rs): logistic regression on features of\n\
         # cue, source and content, fitted by `demarche train --part attributions`. data/README.md has the origin.\n\
         feature\tweight\n",
    );
    for (feature, weight) in &weights {
        _ = writeln!(text, "{feature}\t{weight}");
    }
    (text, network)
}

/// The list of the roles' weights, and their network.
fn fit_roles(articles: impl ParallelIterator<Item = (Vec<Neighbour>, States)>) -> (String, Vec<u8>) {
    let mut fitting = RoleFitting::default();
    for (neighbours, states) in articles.collect::<Vec<_>>() {
        fitting.add(neighbours, states);
    }
    let (rows, network) = fitting.fit();
    anstream::eprintln!("{} words; {} rows of weights", fitting.size(), rows.len());
    let mut text = String::from(
        "# Weights of the roles of words around a cue (see extract/roles.rs): softmax regressions on features of the arc from\n\
         # the word before, whose role is in the second column, fitted by `demarche train --part roles`. data/README.md has\n\
         # the origin.\n\
         feature\tfrom\toutside\tsource\tcontent\tcue\n",
    );
    for RoleWeights { feature, before, weights } in &rows {
        let [outside, source, content, cue] = weights;
        _ = writeln!(text, "{feature}\t{}\t{outside}\t{source}\t{content}\t{cue}", before.as_str());
    }
    (text, network)
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

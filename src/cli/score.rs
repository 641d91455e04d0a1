//! `demarche score`: a stage of the analysis against gold annotation.
//!
//! A treebank alone is parsed with its own tokens; with a second file, that file is scored as it stands.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::score::{DifferentTexts, score_attachment, score_features};
use demarche::syntax::Parser;
use rayon::prelude::*;

use super::train::read;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche score --treebank dev.conllu
  demarche parse < dev.txt | demarche score --treebank dev.conllu -";

/// Score the parser against a treebank
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The gold treebank
    #[arg(long, value_name = "FILE")]
    treebank: PathBuf,

    /// CoNLL-U to score, `-` for standard input; without it the treebank's words are parsed
    system: Option<PathBuf>,

    /// Parse with this model file instead of the built-in model
    #[arg(long, value_name = "FILE", conflicts_with = "system")]
    model: Option<PathBuf>,

    /// Add the scores of morphological features
    #[arg(long, conflicts_with = "format")]
    details: bool,

    /// How the scores are printed
    #[arg(long, value_enum, default_value_t = Style::Table)]
    format: Style,
}

/// How scores are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// One measure a line
    Table,
    /// One object
    Json,
}

/// Prints a table of scores.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let gold = read(&arguments.treebank)?;
    let system = match &arguments.system {
        Some(path) => read(path)?,
        None => {
            let parser = parser(arguments.model.as_deref())?;
            gold.par_iter().map(|sentence| parser.parse_treebank(sentence)).collect()
        }
    };
    let differ = |error: DifferentTexts| CliError::input(error.to_string(), "the two files must spell the same text");
    let score = score_attachment(&gold, &system).map_err(differ)?;
    let mut output = std::io::stdout();
    match arguments.format {
        Style::Table => write!(output, "{score}")?,
        Style::Json => writeln!(output, "{}", score.to_json())?,
    }
    if arguments.details {
        write!(output, "{}", score_features(&gold, &system).map_err(differ)?)?;
    }
    Ok(if gold.is_empty() { Exit::NoAnswers } else { Exit::Answers })
}

/// The parser of a model file, or the built-in one.
fn parser(model: Option<&Path>) -> Result<Parser, CliError> {
    let Some(path) = model else {
        return Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""));
    };
    let bytes = std::fs::read(path).map_err(|error| CliError::unreadable(path, &error))?;
    Parser::from_bytes(&bytes).map_err(|error| CliError::input(format!("`{}`: {error}", path.display()), ""))
}

//! `demarche score`: a stage of the analysis against gold annotation.
//!
//! Gold CoNLL-U alone is parsed with its own tokens; with a second file, that file is scored as it stands.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::score::{DifferentTexts, score_attachment, score_features, score_mentions};
use demarche::syntax::{Parser, settle_types};
use rayon::prelude::*;

use super::train::read;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche score --treebank dev.conllu
  demarche parse < dev.txt | demarche score --treebank dev.conllu -
  demarche score --mentions gum-dev.conllu";

/// Score trees or named mentions against a treebank
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Gold trees: score tokens, tags, lemmas and trees
    #[arg(long, value_name = "FILE", required_unless_present = "mentions", conflicts_with = "mentions")]
    treebank: Option<PathBuf>,

    /// Gold trees with mentions of entities (MISC column, `Entity=(1-person`): score named mentions by span and type
    #[arg(long, value_name = "FILE")]
    mentions: Option<PathBuf>,

    /// CoNLL-U to score, `-` for standard input; without it the gold file's words are parsed
    system: Option<PathBuf>,

    /// Parse with this model file instead of the built-in model
    #[arg(long, value_name = "FILE", conflicts_with = "system")]
    model: Option<PathBuf>,

    /// Add the scores of morphological features
    #[arg(long, conflicts_with_all = ["format", "mentions"])]
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
    let (path, trees) = match (&arguments.treebank, &arguments.mentions) {
        (Some(path), _) => (path, true),
        (None, Some(path)) => (path, false),
        (None, None) => return Ok(Exit::NoAnswers),
    };
    let gold = read(path)?;
    let system = match &arguments.system {
        Some(path) => read(path)?,
        None => {
            let parser = parser(arguments.model.as_deref())?;
            settle_types(gold.par_iter().map(|sentence| parser.parse_treebank(sentence)).collect())
        }
    };
    let differ = |error: DifferentTexts| CliError::input(error.to_string(), "the two files must spell the same text");
    let mut output = std::io::stdout();
    let (table, json) = if trees {
        let score = score_attachment(&gold, &system).map_err(differ)?;
        (score.to_string(), score.to_json())
    } else {
        let score = score_mentions(&gold, &system).map_err(differ)?;
        (score.to_string(), score.to_json())
    };
    match arguments.format {
        Style::Table => write!(output, "{table}")?,
        Style::Json => writeln!(output, "{json}")?,
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

//! `demarche score`: a stage of the analysis against gold annotation.
//!
//! A treebank alone is parsed with its own tokens; with a second file, that file is scored as it stands.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use demarche::score::score_attachment;
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
            let parser = Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?;
            gold.par_iter().map(|sentence| parser.parse_treebank(sentence)).collect()
        }
    };
    let score = score_attachment(&gold, &system)
        .map_err(|error| CliError::input(error.to_string(), "the two files must spell the same text"))?;
    let mut output = std::io::stdout();
    match arguments.format {
        Style::Table => write!(output, "{score}")?,
        Style::Json => writeln!(output, "{}", score.to_json())?,
    }
    Ok(if gold.is_empty() { Exit::NoAnswers } else { Exit::Answers })
}

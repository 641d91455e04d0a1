//! `demarche parse`: text or pre-tokenised CoNLL-U in, CoNLL-U with tags, lemmas and trees out.
//!
//! Pre-tokenised input keeps its words, ids and spacing; whatever tags, heads and mentions it has are replaced. Named
//! mentions stand in the MISC column, `Entity=(1-person`, in brackets that nest.

use std::io::{BufWriter, Read, Write};

use clap::{Args, ValueEnum};
use demarche::syntax::{Parser, TreebankSentence, conllu_parts, read_conllu, settle_types, transcribe};
use demarche::text::Segmenter;
use rayon::prelude::*;

use super::{CliError, Exit, Settings};

const EXAMPLES: &str = "\
Examples:
  echo 'The minister said talks would resume.' | demarche parse
  demarche parse --input conllu < dev.conllu > system.conllu

Named mentions stand in the last column: Entity=(1-person opens mention 1, Entity=1) closes it, Entity=(2-place) is one of
a single word. A mention is a noun phrase whose head is a proper noun: with its determiner, modifiers and what hangs on
it, without the preposition before it, appositions and conjuncts. Mentions nest. The types are those of the GUM corpus:
person (groups of people too), place (states too), organization, time, event, abstract (works, laws, languages), object,
substance, animal, plant.";

/// Parse sentences: CoNLL-U with tags, lemmas and trees on standard output
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What stands on standard input
    #[arg(long, value_enum, default_value_t = Input::Text)]
    input: Input,
}

/// What stands on standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Input {
    /// Running text; blank lines part paragraphs
    Text,
    /// Words, one a line in ten columns; a blank line after each sentence
    Conllu,
}

/// Parses standard input.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    let parser = Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?;
    match arguments.input {
        Input::Text => text(&parser, settings),
        Input::Conllu => write(settle_types(treebank(&parser)?)),
    }
}

/// Parses running text. Of the sentences only the trees are held together, for what a name stands for is settled by all
/// of them.
fn text(parser: &Parser, settings: &Settings) -> Result<Exit, CliError> {
    let document = Segmenter::new(&settings.lexicons()?)?.segment_prose(&standard_input()?);
    let trees = parser.parse(&document);
    write(transcribe(&document, trees))
}

/// Writes sentences one by one.
fn write(sentences: impl Iterator<Item = TreebankSentence>) -> Result<Exit, CliError> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut exit = Exit::NoAnswers;
    for part in conllu_parts(sentences) {
        output.write_all(part.as_bytes())?;
        exit = Exit::Answers;
    }
    output.flush()?;
    Ok(exit)
}

/// The sentences of CoNLL-U input.
fn treebank(parser: &Parser) -> Result<Vec<TreebankSentence>, CliError> {
    let text = standard_input()?;
    let hint = "CoNLL-U has ten tab-separated columns a word and a blank line after each sentence";
    let sentences =
        read_conllu(&text).map_err(|error| CliError::input(format!("no CoNLL-U on standard input: {error}"), hint))?;
    Ok(sentences.par_iter().map(|sentence| parser.parse_treebank(sentence)).collect())
}

/// All of standard input.
fn standard_input() -> Result<String, CliError> {
    let mut text = String::new();
    match std::io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(CliError::input(format!("cannot read standard input: {error}"), "it should be UTF-8 text")),
    }
}

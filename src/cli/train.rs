//! `demarche train`: treebanks in, a model file out.
//!
//! The model is that of the epoch which does best on the development treebanks. The same arguments give the same file.

use std::path::{Path, PathBuf};

use clap::Args;
use demarche::syntax::train::{Progress, TrainOptions, train};
use demarche::syntax::{TreebankSentence, read_conllu};

use super::input::read_text;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche train --train ewt-train.conllu gum-train.conllu --dev ewt-dev.conllu gum-dev.conllu \\
      --output english.model --epochs 30 --licence 'CC BY-SA 4.0'";

/// Train a parser on CoNLL-U treebanks
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Treebanks to learn from
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,

    /// Treebanks to choose the best epoch by
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    dev: Vec<PathBuf>,

    /// Where the model goes
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,

    /// Passes over the treebanks
    #[arg(long, default_value_t = 30)]
    epochs: usize,

    /// Seed of all random choices
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Units of a recurrent layer in one direction
    #[arg(long, default_value_t = TrainOptions::default().units)]
    units: usize,

    /// Width of the embeddings
    #[arg(long, default_value_t = TrainOptions::default().embedding)]
    embedding: usize,

    /// Words in a batch, about
    #[arg(long, default_value_t = TrainOptions::default().batch)]
    batch: usize,

    /// Highest learning rate
    #[arg(long, default_value_t = TrainOptions::default().rate)]
    rate: f32,

    /// Share of inputs and units left out at random
    #[arg(long, default_value_t = TrainOptions::default().dropout)]
    dropout: f32,

    /// Share of sentences that are joined with a reporting clause ("...," she said) in each epoch
    #[arg(long, default_value_t = TrainOptions::default().reported)]
    reported: f32,

    /// Share of sentences that are written like a headline in each epoch
    #[arg(long, default_value_t = TrainOptions::default().headline)]
    headline: f32,

    /// The weights' licence, for the model's header
    #[arg(long, default_value = "unknown")]
    licence: String,
}

/// Trains and writes the model.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let training: Vec<Vec<TreebankSentence>> = read_all(&arguments.train)?;
    let dev = read_all(&arguments.dev)?;
    let names = arguments.train.iter().map(|path| path.file_stem().unwrap_or_default().to_string_lossy());
    let options = TrainOptions {
        epochs: arguments.epochs.max(1),
        seed: arguments.seed,
        embedding: arguments.embedding.max(1),
        units: arguments.units.max(1),
        rate: arguments.rate,
        batch: arguments.batch,
        dropout: arguments.dropout.clamp(0.0, 0.9),
        reported: arguments.reported.clamp(0.0, 1.0),
        headline: arguments.headline.clamp(0.0, 1.0),
        trained_on: names.collect::<Vec<_>>().join(", "),
        licence: arguments.licence.clone(),
    };
    let mut outcome = Ok(());
    train(&options, &training.concat(), &dev, &mut |progress| {
        report(progress, options.epochs);
        // The best model so far is kept on disk, so that a run that is stopped leaves something.
        if let Some(model) = &progress.best {
            outcome = std::fs::write(&arguments.output, model);
        }
    });
    outcome?;
    Ok(Exit::Answers)
}

/// Tells how far training has come.
fn report(progress: &Progress, epochs: usize) {
    let dev: Vec<String> = progress.dev.iter().map(ToString::to_string).collect();
    anstream::eprintln!("epoch {}/{epochs} loss {:.4} {}", progress.epoch, progress.loss, dev.join("; "));
}

/// Reads treebanks.
fn read_all(paths: &[PathBuf]) -> Result<Vec<Vec<TreebankSentence>>, CliError> {
    paths.iter().map(|path| read(path)).collect()
}

/// Reads one treebank, standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<TreebankSentence>, CliError> {
    let text = read_text(path)?;
    read_conllu(&text).map_err(|error| {
        let hint = "a treebank has ten tab-separated columns a word and a blank line after each sentence";
        CliError::input(format!("`{}` is no CoNLL-U: {error}", path.display()), hint)
    })
}

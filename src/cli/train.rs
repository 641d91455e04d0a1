//! `demarche train`: treebanks in, a model file out.
//!
//! The same arguments give the same file. The development treebanks are measured after each epoch.
//! Without any other options it makes the model that ships with the program, but for its last passes (`--start`), from the
//! same treebanks and articles; the word vectors are taken out of that model.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::syntax::train::{
    Material, NamedSentence, Plan, Progress, Start, TrainOptions, plain_sentences, read_names, relearn, train,
    train_sentence_ends,
};
use demarche::syntax::{TreebankSentence, WordVectors, read_conllu};
use demarche::text::reader::read as read_articles;
use demarche::text::{Article, Segmenter};

use super::build::tell_of;
use super::input::read_text;
use super::{CliError, Exit, Settings, attributions};

const EXAMPLES: &str = "\
Examples:
  demarche train --train ewt-train.conllu gum-train.conllu --dev ewt-dev.conllu gum-dev.conllu \\
      --plain articles.jsonl --names names.tsv --licence 'CC BY-SA 4.0' --output english.model
  demarche train --train ewt-train.conllu --dev ewt-dev.conllu --epochs 3 --output quick.model
  demarche train --train ewt-train.conllu gum-train.conllu --dev ewt-dev.conllu gum-dev.conllu --names names.tsv \\
      --start english.model --teachers 0 --epochs 10 --rate 0.0015 --licence 'CC BY-SA 4.0' --output english.model
  demarche train --train ewt-train.conllu gum-train.conllu --weights english.model --output english.model
  demarche train --part attributions --train annotated.jsonl --output attribution_weights.tsv
  demarche train --part roles --train annotated.jsonl --output role_weights.tsv
  demarche train --part sentence-ends --train ewt-train.conllu --dev ewt-dev.conllu --output sentence_ends.weights";

/// Train a parser on CoNLL-U treebanks
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to train
    #[arg(long, value_enum, default_value_t = Part::Parser)]
    part: Part,

    /// Treebanks to learn from
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,

    /// Treebanks to measure after each epoch
    #[arg(long, required_unless_present_any = ["weights", "part"], num_args = 1.., value_name = "FILE")]
    dev: Vec<PathBuf>,

    /// Articles whose sentences the teachers read, for the model to learn from their answers
    #[arg(long, num_args = 1.., value_name = "PATH")]
    plain: Vec<PathBuf>,

    /// Word vectors, a word and its numbers a line; without, those of the model that ships with the program
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,

    /// Vectors that are read from that file, from its start
    #[arg(long, default_value_t = 40_000, value_name = "COUNT")]
    vector_words: usize,

    /// Where the model goes
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,

    /// Passes over the treebanks, and over the plain sentences
    #[arg(long, default_value_t = TrainOptions::default().student.epochs)]
    epochs: usize,

    /// Units of a recurrent layer in one direction
    #[arg(long, default_value_t = TrainOptions::default().student.units)]
    units: usize,

    /// Width of the embeddings
    #[arg(long, default_value_t = TrainOptions::default().student.embedding)]
    embedding: usize,

    /// Share of inputs and units left out at random
    #[arg(long, default_value_t = TrainOptions::default().student.dropout)]
    dropout: f32,

    /// Sentences in which names are marked: word, Penn tag and mark (`B-geo`, `I-per`, `O`) on each line, tabs between
    #[arg(long, num_args = 1.., value_name = "FILE")]
    names: Vec<PathBuf>,

    /// Networks that read the plain sentences together
    #[arg(long, default_value_t = TrainOptions::default().teachers)]
    teachers: usize,

    /// Passes of each teacher over the treebanks
    #[arg(long, default_value_t = TrainOptions::default().teacher.epochs)]
    teacher_epochs: usize,

    /// Units of a teacher's recurrent layer in one direction
    #[arg(long, default_value_t = TrainOptions::default().teacher.units)]
    teacher_units: usize,

    /// Highest learning rate
    #[arg(long, default_value_t = TrainOptions::default().student.rate)]
    rate: f32,

    /// Words in a batch, about
    #[arg(long, default_value_t = TrainOptions::default().batch)]
    batch: usize,

    /// Share of sentences that are joined with a reporting clause ("...," she said) in each epoch
    #[arg(long, default_value_t = TrainOptions::default().reported)]
    reported: f32,

    /// Share of sentences that are written like a headline in each epoch
    #[arg(long, default_value_t = TrainOptions::default().headline)]
    headline: f32,

    /// Seed of all random choices
    #[arg(long, default_value_t = TrainOptions::default().seed)]
    seed: u64,

    /// Keep the weights of this model: only lemmas and features are learned, in seconds
    #[arg(long, value_name = "FILE", conflicts_with = "dev")]
    weights: Option<PathBuf>,

    /// Go on from the weights of this model, which was made from the same treebanks
    #[arg(long, value_name = "FILE", conflicts_with = "weights")]
    start: Option<PathBuf>,

    /// The weights' licence, for the model's header
    #[arg(long, default_value = "unknown")]
    licence: String,
}

/// What is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Tags, lemmas and trees
    Parser,
    /// Where sentences end in running text; needs the treebanks' documents and paragraphs
    SentenceEnds,
    /// Which candidates for attributions are any; learned from annotated articles, JSON lines with `text` and
    /// `attributions`
    Attributions,
    /// Which words around the cue of an attribution are its source, its content, its cue; learned from the same
    Roles,
}

/// Trains and writes the model.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    if arguments.part == Part::Attributions {
        return attributions::run(attributions::Weights::Attributions, &arguments.train, &arguments.output, settings);
    }
    if arguments.part == Part::Roles {
        return attributions::run(attributions::Weights::Roles, &arguments.train, &arguments.output, settings);
    }
    let treebank = read_all(&arguments.train)?.concat();
    if arguments.part == Part::SentenceEnds {
        return sentence_ends(arguments, &treebank, settings);
    }
    if let Some(weights) = &arguments.weights {
        return keep_weights(weights, &treebank, &arguments.output);
    }
    let dev = read_all(&arguments.dev)?;
    let word_vectors = word_vectors(arguments)?;
    let plain = plain(&arguments.plain, settings)?;
    let options = options(arguments);
    let names = names(&arguments.names)?;
    let start = arguments.start.as_deref().map(start).transpose()?;
    let (word_vectors, start) = (&word_vectors, start.as_ref());
    let material = Material { treebank: &treebank, plain: &plain, names: &names, word_vectors, start };
    let mut outcome = Ok(());
    let trained = train(&options, &material, &dev, &mut |progress| {
        report(progress);
        // Each epoch's model is kept on disk, so that a run that is stopped leaves something.
        if let Progress::Epoch { model, .. } = progress {
            outcome = std::fs::write(&arguments.output, model);
        }
    });
    trained.map_err(|error| {
        let start = arguments.start.as_deref().unwrap_or(Path::new("")).display();
        CliError::input(
            format!("`{start}` is no start for this training: {error}"),
            "give the treebanks it was made from",
        )
    })?;
    outcome?;
    Ok(Exit::Answers)
}

/// The model to start from.
fn start(path: &Path) -> Result<Start, CliError> {
    let bytes = std::fs::read(path).map_err(|error| CliError::unreadable(path, &error))?;
    Start::read(&bytes).map_err(|error| CliError::input(format!("`{}`: {error}", path.display()), "train it anew"))
}

/// Fits the weights of sentence ends and writes them.
fn sentence_ends(arguments: &Arguments, training: &[TreebankSentence], settings: &Settings) -> Result<Exit, CliError> {
    let dev = read_all(&arguments.dev)?;
    let segmenter = Segmenter::new(&settings.lexicons()?)?;
    let names = arguments.train.iter().map(|path| path.file_stem().unwrap_or_default().to_string_lossy());
    let origin = names.collect::<Vec<_>>().join(", ");
    let ends = train_sentence_ends(&segmenter, training, &dev, [&origin, &arguments.licence]);
    for (path, score) in arguments.dev.iter().zip(&ends.scores) {
        anstream::eprintln!("{} sentences F1 {score:.2}", path.display());
    }
    std::fs::write(&arguments.output, &ends.file)?;
    Ok(Exit::Answers)
}

/// How to train, by the arguments.
fn options(arguments: &Arguments) -> TrainOptions {
    let files = arguments.train.iter().chain(&arguments.plain).chain(&arguments.names);
    let names = files.map(|path| path.file_stem().unwrap_or_default().to_string_lossy());
    let defaults = TrainOptions::default();
    let student = Plan {
        epochs: arguments.epochs.max(1),
        embedding: arguments.embedding.max(1),
        units: arguments.units.max(1),
        rate: arguments.rate,
        dropout: arguments.dropout.clamp(0.0, 0.9),
        ..defaults.student
    };
    let teacher = Plan {
        epochs: arguments.teacher_epochs.max(1),
        units: arguments.teacher_units.max(1),
        rate: arguments.rate,
        ..defaults.teacher
    };
    TrainOptions {
        student,
        teacher,
        teachers: arguments.teachers,
        seed: arguments.seed,
        batch: arguments.batch,
        reported: arguments.reported.clamp(0.0, 1.0),
        headline: arguments.headline.clamp(0.0, 1.0),
        trained_on: names.collect::<Vec<_>>().join(", "),
        licence: arguments.licence.clone(),
    }
}

/// The word vectors of a file, or of the model that ships with the program.
fn word_vectors(arguments: &Arguments) -> Result<WordVectors, CliError> {
    let Some(path) = &arguments.vectors else {
        return WordVectors::embedded().map_err(|error| CliError::input(error.to_string(), ""));
    };
    let text = read_text(path)?;
    WordVectors::read(&text, arguments.vector_words).map_err(|error| {
        let hint = "a word and its numbers on each line, apart by single spaces, as word2vec and GloVe write them";
        CliError::input(format!("`{}` has no word vectors: {error}", path.display()), hint)
    })
}

/// The sentences of articles.
fn plain(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Vec<String>>, CliError> {
    let segmenter = Segmenter::new(&settings.lexicons()?)?;
    let reading = read_articles(paths);
    tell_of(&reading);
    let articles: Vec<Article> = reading.articles.into_iter().flatten().collect();
    Ok(plain_sentences(&segmenter, articles.iter().map(|article| article.text.as_str())))
}

/// The sentences with names.
fn names(paths: &[PathBuf]) -> Result<Vec<NamedSentence>, CliError> {
    let texts: Vec<String> = paths.iter().map(|path| read_text(path)).collect::<Result<_, _>>()?;
    Ok(texts.iter().flat_map(|text| read_names(text)).collect())
}

/// Learns lemmas and features for the weights of another model.
fn keep_weights(weights: &Path, training: &[TreebankSentence], output: &Path) -> Result<Exit, CliError> {
    let model = std::fs::read(weights).map_err(|error| CliError::unreadable(weights, &error))?;
    let model = relearn(&model, training)
        .map_err(|error| CliError::input(format!("`{}`: {error}", weights.display()), "train it anew"))?;
    std::fs::write(output, model)?;
    Ok(Exit::Answers)
}

/// Tells how far training has come.
fn report(progress: &Progress) {
    match progress {
        Progress::Teacher { number, loss } => anstream::eprintln!("teacher {number} trained, last loss {loss:.4}"),
        Progress::Epoch { epoch, loss, dev, .. } => {
            let dev: Vec<String> = dev.iter().map(ToString::to_string).collect();
            anstream::eprintln!("epoch {epoch} loss {loss:.4} {}", dev.join("; "));
        }
    }
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

//! `demarche score`: a stage of the analysis against gold annotation.
//!
//! Gold alone is analysed: CoNLL-U with its own tokens, JSON lines as articles. With a second file, that file is scored as it
//! stands.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, ValueEnum};
use demarche::extract::Certainty;
use demarche::pipeline::Analyzer;
use demarche::render::extraction::extraction;
use demarche::score::{
    Calibration, DifferentTexts, score_attachment, score_attributions, score_features, score_mentions, score_positions,
};
use demarche::syntax::{Parser, settle_types};
use demarche::text::reader::InputLine;
use demarche::text::{Article, CodePoints};
use rayon::prelude::*;
use serde::Deserialize;

use super::build::analyzer;
use super::input::read_text;
use super::train::read;
use super::{CliError, Dial, Exit, Settings};

const EXAMPLES: &str = "\
Examples:
  demarche score --treebank dev.conllu
  demarche parse < dev.txt | demarche score --treebank dev.conllu -
  demarche score --mentions gum-dev.conllu
  demarche score --positions gold.jsonl
  demarche extract < gold.jsonl | demarche score --attributions gold.jsonl -
  demarche score --calibration gold.jsonl";

/// Score trees, named mentions, attributions or positions against gold annotation
#[derive(Args)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("gold").required(true).args(["treebank", "mentions", "attributions", "positions", "calibration"]))]
pub(crate) struct Arguments {
    /// Gold trees: score tokens, tags, lemmas and trees
    #[arg(long, value_name = "FILE")]
    treebank: Option<PathBuf>,

    /// Gold trees with mentions of entities (MISC column, `Entity=(1-person`): score named mentions by span and type
    #[arg(long, value_name = "FILE")]
    mentions: Option<PathBuf>,

    /// Gold attributions as JSON lines (`id`, `text`, `attributions`): score source, cue and content
    #[arg(long, value_name = "FILE")]
    attributions: Option<PathBuf>,

    /// Gold positions as JSON lines (`id`, `text`, `positions`, `entities`): score holders, relations, conditions, chains
    #[arg(long, value_name = "FILE")]
    positions: Option<PathBuf>,

    /// Gold attributions as JSON lines: show how often what is found with a chance is right
    #[arg(long, value_name = "FILE", conflicts_with_all = ["system", "model", "format", "certainty"])]
    calibration: Option<PathBuf>,

    /// What to score, in the gold file's format, `-` for standard input; without it the gold file's texts are analysed
    system: Option<PathBuf>,

    /// Parse with this model file instead of the built-in model
    #[arg(long, value_name = "FILE", conflicts_with_all = ["system", "attributions", "positions"])]
    model: Option<PathBuf>,

    /// Add the scores of morphological features
    #[arg(long, conflicts_with_all = ["format", "mentions", "attributions", "positions", "calibration"])]
    details: bool,

    /// How the scores are printed
    #[arg(long, value_enum, default_value_t = Style::Table)]
    format: Style,

    #[command(flatten)]
    dial: Dial,
}

/// How scores are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// One measure a line
    Table,
    /// One object
    Json,
}

/// What kind of gold a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gold {
    Trees,
    Mentions,
    Attributions,
    Positions,
    Calibration,
}

/// Prints a table of scores.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    let files = [
        (&arguments.treebank, Gold::Trees),
        (&arguments.mentions, Gold::Mentions),
        (&arguments.attributions, Gold::Attributions),
        (&arguments.positions, Gold::Positions),
        (&arguments.calibration, Gold::Calibration),
    ];
    let Some((path, gold)) = files.into_iter().find_map(|(path, gold)| Some((path.as_ref()?, gold))) else {
        return Ok(Exit::NoAnswers);
    };
    match gold {
        Gold::Trees | Gold::Mentions => treebank(arguments, path, gold),
        Gold::Attributions | Gold::Positions => annotations(arguments, path, gold, settings),
        Gold::Calibration => calibration(path, settings),
    }
}

/// Scores trees or mentions.
fn treebank(arguments: &Arguments, path: &Path, kind: Gold) -> Result<Exit, CliError> {
    let gold = read(path)?;
    let system = match &arguments.system {
        Some(path) => read(path)?,
        None => {
            let parser = parser(arguments.model.as_deref())?;
            settle_types(gold.par_iter().map(|sentence| parser.parse_treebank(sentence)).collect()).collect()
        }
    };
    let differ = |error: DifferentTexts| CliError::input(error.to_string(), "the two files must spell the same text");
    let (table, json) = if kind == Gold::Trees {
        let score = score_attachment(&gold, &system).map_err(differ)?;
        (score.to_string(), score.to_json())
    } else {
        let score = score_mentions(&gold, &system).map_err(differ)?;
        (score.to_string(), score.to_json())
    };
    print(arguments.format, &table, &json)?;
    if arguments.details {
        write!(std::io::stdout(), "{}", score_features(&gold, &system).map_err(differ)?)?;
    }
    Ok(if gold.is_empty() { Exit::NoAnswers } else { Exit::Answers })
}

/// Scores attributions or positions.
fn annotations(arguments: &Arguments, path: &Path, kind: Gold, settings: &Settings) -> Result<Exit, CliError> {
    let gold = read_text(path)?;
    let system = match &arguments.system {
        Some(path) => read_text(path)?,
        None => extractions(&gold, &analyzer(settings)?.with_certainty(arguments.dial.certainty))?,
    };
    let scored =
        if kind == Gold::Positions { score_positions(&gold, &system) } else { score_attributions(&gold, &system) };
    let report = scored.map_err(|error| CliError::input(error.to_string(), ""))?;
    print(arguments.format, &report.to_string(), &report.to_json())?;
    Ok(if gold.trim().is_empty() { Exit::NoAnswers } else { Exit::Answers })
}

/// What the program finds in the texts of JSON lines, as JSON lines; a line that is no article is told by the scorer.
fn extractions(lines: &str, analyzer: &Analyzer) -> Result<String, CliError> {
    let articles: Vec<Article> = articles(lines);
    let line = |article: &Article| {
        let analysis = analyzer.analyze(article).analysis;
        let line =
            serde_json::to_string(&extraction(&article.id, &article.text, &analysis)).map_err(io::Error::from)?;
        Ok(line + "\n")
    };
    articles.par_iter().map(line).collect()
}

/// The articles of JSON lines, without their titles and the like: figures are known for ids and texts alone.
fn articles(lines: &str) -> Vec<Article> {
    let read = lines.lines().zip(1..).map(|(line, number)| InputLine::parse(number, line.as_bytes()));
    let plain = |article: Article| Article { id: article.id, text: article.text, ..Article::default() };
    read.filter_map(|line| line.article.ok()).map(plain).collect()
}

/// An annotated article, as far as calibration needs it.
#[derive(Deserialize)]
struct Cues {
    attributions: Vec<CueSpans>,
}

#[derive(Deserialize)]
struct CueSpans {
    cue: Vec<[usize; 2]>,
}

/// Shows how chances turn out: what is found when little is to be missed is right where its cue's main word stands in a
/// gold cue.
fn calibration(path: &Path, settings: &Settings) -> Result<Exit, CliError> {
    let gold = read_text(path)?;
    let analyzer = analyzer(settings)?.with_certainty(Certainty::of_percent(10.0).unwrap_or(Certainty::COMPLETE));
    let unread = |error: serde_json::Error| CliError::input(format!("`{}`: {error}", path.display()), "");
    let cues: Vec<Cues> = gold.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(unread)?;
    let judged = |(article, gold): (&Article, &Cues)| {
        let points = CodePoints::new(&article.text);
        let right = |place: usize| {
            let spans = gold.attributions.iter().flat_map(|attribution| &attribution.cue);
            spans.clone().any(|&[start, end]| (start..end).contains(&place))
        };
        let (_, explanations) = analyzer.explain(article);
        let found = explanations.iter().filter(|explanation| explanation.attribution.is_ok());
        found.map(|found| (found.grounds.score(), right(points.of_byte(found.cue.start)))).collect()
    };
    let articles: Vec<Vec<(f64, bool)>> = articles(&gold).par_iter().zip(&cues).map(judged).collect();
    write!(std::io::stdout(), "{}", Calibration { articles })?;
    Ok(Exit::Answers)
}

/// Prints a table, or the same as an object.
fn print(style: Style, table: &str, json: &str) -> Result<(), CliError> {
    let mut output = std::io::stdout();
    match style {
        Style::Table => write!(output, "{table}")?,
        Style::Json => writeln!(output, "{json}")?,
    }
    Ok(())
}

/// The parser of a model file, or the built-in one.
fn parser(model: Option<&Path>) -> Result<Parser, CliError> {
    let Some(path) = model else {
        return Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""));
    };
    let bytes = std::fs::read(path).map_err(|error| CliError::unreadable(path, &error))?;
    Parser::from_bytes(&bytes).map_err(|error| CliError::input(format!("`{}`: {error}", path.display()), ""))
}

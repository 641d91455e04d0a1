//! `demarche show`: everything that is found in one article, for people: sentences, trees, mentions, positions; or why.
//!
//! What is drawn is the business of `render::anatomy` and `render::reasons`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use demarche::pipeline::Analyzer;
use demarche::render::{anatomy, reasons};
use demarche::text::Article;
use demarche::text::reader::read;

use super::build::{analyzer, tell_of};
use super::output::Output;
use super::{CliError, Dial, Exit, Settings};

const EXAMPLES: &str = "\
Examples:
  demarche show article.txt
  demarche show article.txt --only trees
  demarche show article.txt --why --refused
  echo 'Orsa rejected the plan, its envoy said.' | demarche show -";

/// Show what is found in an article: sentences, trees, mentions, positions
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The article, `-` for standard input
    article: PathBuf,

    /// Show one part only
    #[arg(long, value_enum)]
    only: Option<Part>,

    /// Show why each position and attribution was found: cue, rule, holder, conditions, weights
    #[arg(long, conflicts_with = "only")]
    why: bool,

    /// Show also what was considered and refused, and why
    #[arg(long, requires = "why")]
    refused: bool,

    #[command(flatten)]
    dial: Dial,
}

/// What can be shown of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Sentences with their tokens
    Sentences,
    /// Dependency trees
    Trees,
    /// Actors with their mentions
    Mentions,
    /// Who holds which position, and on which conditions
    Positions,
}

/// Shows each article that the path holds.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    let analyzer = analyzer(settings)?.with_certainty(arguments.dial.certainty);
    let reading = read([&arguments.article]);
    let exit = tell_of(&reading);
    let mut screen = Output::Screen;
    for article in reading.articles.iter().flatten() {
        if arguments.why {
            screen.print(&why(&analyzer, article, arguments, &screen))?;
            continue;
        }
        let analyzed = analyzer.analyze(article);
        for part in arguments.only.map_or(Part::value_variants().to_vec(), |part| vec![part]) {
            let text = match part {
                Part::Sentences => anatomy::sentences(&analyzed),
                Part::Trees => anatomy::trees(&analyzed),
                Part::Mentions => anatomy::mentions(&analyzed),
                Part::Positions => anatomy::positions(&analyzed),
            };
            screen.print(&format!("{text}\n"))?;
        }
    }
    Ok(exit)
}

/// Why the positions and attributions of an article were found, and why other candidates were not.
fn why(analyzer: &Analyzer, article: &Article, arguments: &Arguments, screen: &Output) -> String {
    let (analyzed, explanations) = analyzer.explain(article);
    let found = reasons::reasons(&analyzed, &explanations, screen.width());
    if !arguments.refused {
        return found;
    }
    format!("{found}Refused:\n{}", reasons::refusals(&analyzed, &explanations, screen.width()))
}

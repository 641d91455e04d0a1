//! `demarche extract`: articles as JSON lines in, what they say as JSON lines out, in the order of the input.
//!
//! Lines are read in chunks and analysed in parallel; each chunk is written before the next is read, so memory stays
//! bounded and the output does not depend on the number of threads.

use std::io::{self, BufRead, BufWriter, Write};

use clap::Args;
use demarche::extract::Extractor;
use demarche::render::extraction::{candidates, extraction, extraction_error};
use demarche::syntax::Parser;
use demarche::text::reader::InputLine;
use demarche::text::{Article, Segmenter};
use rayon::prelude::*;
use serde_json::Value;

use super::{CliError, Dial, Exit, Settings};

const EXAMPLES: &str = "\
Examples:
  demarche extract < articles.jsonl > positions.jsonl
  demarche extract --certainty careful < articles.jsonl > positions.jsonl
  echo '{\"id\": \"1\", \"text\": \"Orsa rejected the plan.\"}' | demarche extract";

/// How many lines are analysed before the next are read, for each thread.
const LINES_PER_JOB: usize = 32;

/// Find attributions and positions in articles given as JSON lines
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Print candidate cues with their features instead, for training
    #[arg(long, hide = true)]
    candidates: bool,

    #[command(flatten)]
    dial: Dial,
}

/// What analyses an article.
struct Analyzer {
    segmenter: Segmenter,
    parser: Parser,
    extractor: Extractor,
    candidates: bool,
}

/// Reads standard input to its end.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    let lexicons = settings.lexicons()?;
    let analyzer = Analyzer {
        segmenter: Segmenter::new(&lexicons)?,
        parser: Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?,
        extractor: Extractor::new(&lexicons)?.with_certainty(arguments.dial.certainty),
        candidates: arguments.candidates,
    };
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Answers;
    let mut line = 1;
    loop {
        let chunk = read_chunk(&mut input, LINES_PER_JOB * rayon::current_num_threads())?;
        if chunk.is_empty() {
            break;
        }
        let answers: Vec<Option<Answer>> =
            chunk.par_iter().enumerate().map(|(index, bytes)| answer(&analyzer, line + index, bytes)).collect();
        for answer in answers.into_iter().flatten() {
            if answer.failed {
                exit = Exit::Input;
            }
            writeln!(output, "{}", answer.value)?;
        }
        output.flush()?;
        line += chunk.len();
    }
    Ok(exit)
}

/// One line of output.
struct Answer {
    value: Value,
    failed: bool,
}

/// Up to `count` lines, without their ends.
fn read_chunk(input: &mut impl BufRead, count: usize) -> Result<Vec<Vec<u8>>, CliError> {
    let mut lines = Vec::new();
    while lines.len() < count {
        let mut line = Vec::new();
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| CliError::input(format!("cannot read standard input: {error}"), ""))? == 0 {
            break;
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The answer to one line; none for a blank one.
fn answer(analyzer: &Analyzer, line: usize, bytes: &[u8]) -> Option<Answer> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let line = InputLine::parse(line as u64, bytes);
    Some(match line.article {
        Ok(article) => Answer { value: analyse(analyzer, &article), failed: false },
        Err(error) => {
            let value = extraction_error(line.id.as_deref(), line.number, error.kind.as_str(), &error.message);
            Answer { value, failed: true }
        }
    })
}

fn analyse(analyzer: &Analyzer, article: &Article) -> Value {
    let document = analyzer.segmenter.segment(&article.text, article.title.as_deref());
    let (trees, states) = analyzer.parser.read(&document);
    if analyzer.candidates {
        return candidates(&article.id, &article.text, &analyzer.extractor.candidates(&document, &trees));
    }
    extraction(&article.id, &article.text, &analyzer.extractor.extract(&document, &trees, &states))
}

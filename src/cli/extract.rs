//! `demarche extract`: articles as JSON lines in, what they say as JSON lines out, in the order of the input.
//!
//! Lines are read in chunks and analysed in parallel; each chunk is written before the next is read, so memory stays
//! bounded and the output does not depend on the number of threads.

use std::io::{self, BufRead, BufWriter, Write};

use clap::Args;
use demarche::extract::Extractor;
use demarche::render::extraction::{Failure, FailureReason, candidates, extraction};
use demarche::syntax::Parser;
use demarche::text::reader::InputLine;
use demarche::text::{Article, Segmenter};
use rayon::prelude::*;
use serde::Serialize;

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
        let answers: Result<Vec<Option<Answer>>, CliError> =
            chunk.par_iter().enumerate().map(|(index, bytes)| answer(&analyzer, line + index, bytes)).collect();
        for answer in answers?.into_iter().flatten() {
            if answer.failed {
                exit = Exit::Input;
            }
            output.write_all(&answer.line)?;
        }
        output.flush()?;
        line += chunk.len();
    }
    Ok(exit)
}

/// One line of output, with its end.
struct Answer {
    line: Vec<u8>,
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
fn answer(analyzer: &Analyzer, line: usize, bytes: &[u8]) -> Result<Option<Answer>, CliError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    let line = InputLine::parse(line as u64, bytes);
    let (line, failed) = match &line.article {
        Ok(article) => (analyse(analyzer, article)?, false),
        Err(error) => {
            let error = FailureReason { kind: error.kind.as_str(), message: &error.message };
            (json_line(&Failure { id: line.id.as_deref(), line: line.number, error })?, true)
        }
    };
    Ok(Some(Answer { line, failed }))
}

fn analyse(analyzer: &Analyzer, article: &Article) -> Result<Vec<u8>, CliError> {
    let document = analyzer.segmenter.segment(&article.text, article.title.as_deref());
    let (trees, states) = analyzer.parser.read(&document);
    if analyzer.candidates {
        return json_line(&candidates(&article.id, &article.text, &analyzer.extractor.candidates(&document, &trees)));
    }
    json_line(&extraction(&article.id, &article.text, &analyzer.extractor.extract(&document, &trees, &states)))
}

fn json_line(value: &impl Serialize) -> Result<Vec<u8>, CliError> {
    let mut line = serde_json::to_vec(value).map_err(io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}

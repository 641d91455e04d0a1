//! `demarche extract`: articles as JSON lines in, what they say as JSON lines out, in the order of the input.
//!
//! Lines are read in chunks and analysed in parallel; each chunk is written before the next is read, so memory stays
//! bounded and the output does not depend on the number of threads.

use std::io::{self, BufRead, BufWriter, Write};

use clap::Args;
use demarche::extract::Extractor;
use demarche::render::extraction::{candidates, extraction, extraction_error};
use demarche::syntax::Parser;
use demarche::text::Segmenter;
use rayon::prelude::*;
use serde_json::Value;

use super::{CliError, Exit, Settings};

const EXAMPLES: &str = "\
Examples:
  demarche extract < articles.jsonl > positions.jsonl
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
        extractor: Extractor::new(&lexicons)?,
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
    let result = read(bytes);
    Some(match result {
        Ok(request) => Answer { value: analyse(analyzer, &request), failed: false },
        Err(refusal) => {
            let value = extraction_error(refusal.id.as_deref(), line, refusal.kind, &refusal.message);
            Answer { value, failed: true }
        }
    })
}

/// An article as it came.
struct Request {
    id: String,
    text: String,
    title: Option<String>,
}

/// Why a line is no article.
struct Refusal {
    id: Option<String>,
    kind: &'static str,
    message: String,
}

fn read(bytes: &[u8]) -> Result<Request, Refusal> {
    let refuse = |id: Option<String>, kind, message: String| Refusal { id, kind, message };
    let line = std::str::from_utf8(bytes).map_err(|error| refuse(None, "encoding", format!("not UTF-8: {error}")))?;
    let value: Value =
        serde_json::from_str(line).map_err(|error| refuse(None, "json", format!("not JSON: {error}")))?;
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(body) = text("text") else {
        return Err(refuse(id, "input", "no string `text`".to_owned()));
    };
    let Some(id) = id else {
        return Err(refuse(None, "input", "no string `id`".to_owned()));
    };
    Ok(Request { id, text: body, title: text("title") })
}

fn analyse(analyzer: &Analyzer, request: &Request) -> Value {
    let document = analyzer.segmenter.segment(&request.text, request.title.as_deref());
    let trees = analyzer.parser.parse(&document);
    if analyzer.candidates {
        return candidates(&request.id, &request.text, &analyzer.extractor.candidates(&document, &trees));
    }
    extraction(&request.id, &request.text, &analyzer.extractor.extract(&document, &trees))
}

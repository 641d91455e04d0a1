//! `demarche query`: questions and patterns over a graph, as arguments or from a script.
//!
//! What a statement does is decided in `session`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use demarche::query::View;

use super::format::Format;
use super::graph_file;
use super::session::command::assignment;
use super::session::{Flow, OnError, Session};
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche query news.graph 'who rejects \"freight corridor\"'
  demarche query news.graph 'positions of Kestria on corridor' --format csv > kestria.csv
  demarche query news.graph 'MATCH (a:Actor {name: $name})-[r]->(p:Position) RETURN type(r), p.text' --param name=Kestria
  demarche query news.graph -f questions.cypher --format jsonl
  demarche query news.graph -f questions.cypher --keep-going > answers.txt
  echo 'conditions for corridor' | demarche query news.graph -f -

A script may begin with a line that runs it: #!/usr/bin/env -S demarche query news.graph -f

Exit codes: 0 answers, 1 no answers, 2 usage or query error, 3 input or file error, 130 interrupted.
With --format json or jsonl an error is a JSON object on standard error.";

/// Answer questions and patterns
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph; `*.json` is a property graph in JSON
    file: PathBuf,

    /// Questions or patterns, answered in turn
    #[arg(required_unless_present = "script")]
    query: Vec<String>,

    /// Run the queries and session commands of this script (`-`: standard input) before those given
    #[arg(short = 'f', long = "file", value_name = "SCRIPT")]
    script: Option<PathBuf>,

    /// Set the parameter $NAME; a value that is JSON is taken as such, anything else as a text
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,

    /// Stop a query that takes longer, with an error
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time_limit: Option<Duration>,

    /// Go on after an error; the run still ends with the exit code of the worst
    #[arg(long)]
    keep_going: bool,

    /// How answers are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Answers everything that is asked; the first error ends it, unless it is to go on.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = graph_file::open(&arguments.file)?;
    let view = View::new(&graph);
    let mut session = Session::new(&view);
    session.format = arguments.format;
    session.time_limit = arguments.time_limit;
    for parameter in &arguments.parameters {
        session.assign_plain(&assignment(parameter)?);
    }
    answer(arguments, &mut session).or_else(|error| match error {
        CliError::Query { .. } => Ok(session.report(&error)),
        _ => Err(error),
    })
}

/// The script, then the queries. Each has answers of its own; the run has answers when one of them has, unless one was wrong.
fn answer(arguments: &Arguments, session: &mut Session<'_>) -> Result<Exit, CliError> {
    let script = arguments.script.as_deref().map(super::input::read_text).transpose()?;
    let on_error = if arguments.keep_going { OnError::GoOn } else { OnError::Stop };
    let mut exits = Vec::new();
    for text in script.iter().chain(&arguments.query) {
        match session.run(text, on_error)? {
            Flow::On(exit) => exits.push(exit),
            Flow::Quit => break,
        }
    }
    let wrong = exits.iter().filter(|exit| **exit > Exit::NoAnswers).max();
    Ok(wrong.or(exits.iter().min()).copied().unwrap_or(Exit::Answers))
}

/// A time in seconds: "10", "0.5".
fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0);
    let time = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
    time.ok_or_else(|| "a number of seconds above 0, such as 10 or 0.5".to_owned())
}

//! `demarche repl`: questions and patterns typed at a terminal, or read from a pipe.
//!
//! The line editor stands in `editor`, the welcome in `welcome`; what a line does is decided in `session`.

mod colours;
mod completeness;
mod completion;
mod editor;
mod welcome;

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Args;
use demarche::graph::PropertyGraph;
use demarche::query::View;

use super::graph_file;
use super::session::command::Switch;
use super::session::vocabulary::Vocabulary;
use super::session::{Flow, OnError, Session};
use super::{CliError, Exit};
use editor::{Editor, Typed};

const EXAMPLES: &str = "\
Examples:
  demarche repl news.graph
  demarche news.graph
  echo 'who rejects \"freight corridor\"' | demarche repl news.graph";

/// Ask questions in a session
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph; `*.json` is a property graph in JSON
    pub file: PathBuf,
}

/// Opens a session over a graph file.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = graph_file::open(&arguments.file)?;
    if io::stdin().is_terminal() { converse(&graph) } else { obey(&graph) }
}

/// Runs what standard input holds, without prompts; an error does not end it.
fn obey(graph: &PropertyGraph) -> Result<Exit, CliError> {
    let mut text = String::new();
    let read = io::stdin().read_to_string(&mut text);
    read.map_err(|error| CliError::input(format!("cannot read standard input: {error}"), ""))?;
    match Session::new(&View::new(graph)).run(&text, OnError::GoOn)? {
        Flow::On(exit) => Ok(exit),
        Flow::Quit => Ok(Exit::Answers),
    }
}

/// Talks with somebody at a terminal, until Ctrl-D or `:quit`.
pub(crate) fn converse(graph: &PropertyGraph) -> Result<Exit, CliError> {
    let view = View::new(graph);
    let mut session = Session::new(&view);
    session.paging = Switch::On;
    let cancellation = session.cancellation.clone();
    // While a query runs, Ctrl-C stops it; at the prompt the editor takes the key itself.
    let handler = ctrlc::set_handler(move || cancellation.cancel());
    handler.map_err(|error| CliError::input(format!("cannot listen for Ctrl-C: {error}"), ""))?;
    session.output.print(&welcome::text(graph))?;
    let mut editor = Editor::new(Vocabulary::of(graph))?;
    let end = talk(&mut editor, &mut session);
    editor.save();
    end.map(|()| Exit::Answers)
}

fn talk(editor: &mut Editor, session: &mut Session<'_>) -> Result<(), CliError> {
    loop {
        match editor.read()? {
            Typed::Text(text) => {
                if session.run(&text, OnError::GoOn)? == Flow::Quit {
                    return Ok(());
                }
            }
            Typed::Interrupted => {}
            Typed::End => return Ok(()),
        }
    }
}

//! `demarche tour`: the first two minutes, guided: each step says why, asks a question of the sample corpus and shows the answer.
//!
//! The steps stand in `tour.txt`: paragraphs, in which a line that begins with `> ` is typed for the visitor. On a terminal Enter
//! goes on and `q` leaves; elsewhere the whole tour is printed.

use std::io::{self, BufRead, IsTerminal};

use clap::Args;
use demarche::query::View;

use super::output::Output;
use super::session::{Flow, OnError, Session};
use super::{CliError, Exit, Settings, build};

const STEPS: &str = include_str!("tour.txt");

const EXAMPLES: &str = "\
Examples:
  demarche tour
  demarche tour | less -R";

/// Take a guided tour of two minutes over the sample corpus
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {}

/// Walks through the steps.
pub(crate) fn run(_arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    let (build, _) = build::sample_graph(settings)?;
    let view = View::new(&build.graph);
    let mut session = Session::new(&view);
    let steps: Vec<&str> = STEPS.split("\n\n").collect();
    for (place, step) in steps.iter().enumerate() {
        show(step, &mut session)?;
        if place + 1 < steps.len() && !goes_on()? {
            break;
        }
    }
    Ok(Exit::Answers)
}

/// The words of a step, and what it types with the answers.
fn show(step: &str, session: &mut Session<'_>) -> Result<(), CliError> {
    let mut screen = Output::Screen;
    for line in step.lines() {
        match line.strip_prefix("> ") {
            Some(typed) => {
                screen.print(&format!("\ndemarche> {typed}"))?;
                if session.run(typed, OnError::GoOn)? == Flow::Quit {
                    break;
                }
            }
            None => screen.print(line)?,
        }
    }
    screen.print("\n")
}

/// Waits for Enter where somebody sits at a terminal. `q` and Ctrl-D leave.
fn goes_on() -> Result<bool, CliError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(true);
    }
    Output::Screen.print("[Enter goes on, q leaves]")?;
    let mut typed = String::new();
    let read = io::stdin().lock().read_line(&mut typed);
    let count = read.map_err(|error| CliError::input(format!("cannot read standard input: {error}"), ""))?;
    Ok(count > 0 && !typed.trim().eq_ignore_ascii_case("q"))
}

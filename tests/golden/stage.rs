//! The stages that golden cases may name: each a function from a case's input to what the stage prints.
//!
//! A stage gets the text after its name as its argument, `who rejects talks` in `--- answers who rejects talks`.

use demarche::query::{parser, print};
use demarche::render::Look;
use demarche::render::diagnostic::{self, Diagnostic};

/// A stage's name and what it prints for an argument and an input.
type Stage = (&'static str, fn(argument: &str, input: &str) -> String);

/// Every stage, from left to right.
const STAGES: &[Stage] = &[("parse-query", parse_query)];

/// What the stage prints; a line that says so for a stage nobody knows.
pub(crate) fn run(stage: &str, argument: &str, input: &str) -> String {
    match STAGES.iter().find(|(name, _)| *name == stage) {
        Some((_, print)) => print(argument, input),
        None => format!("no stage `{stage}`; stages: {:?}", STAGES.iter().map(|(name, _)| name).collect::<Vec<_>>()),
    }
}

/// The statement as it was understood, printed back; or what is wrong with it, as people see it.
fn parse_query(_argument: &str, input: &str) -> String {
    match parser::parse(input) {
        Ok(statement) => print::statement(&statement),
        Err(error) => diagnostic::draw(&Diagnostic::of_query(&error, input), Look::Plain),
    }
}

//! The stages that golden cases may name: each a function from a case's input to what the stage prints.
//!
//! A stage gets the text after its name as its argument, `who rejects talks` in `--- answers who rejects talks`.

use demarche::lexicon::Lexicons;
use demarche::query::{parser, print};
use demarche::render::Look;
use demarche::render::diagnostic::{self, Diagnostic};
use demarche::text::{Document, Paragraph, Segmenter};

/// A stage's name and what it prints for an argument and an input.
type Stage = (&'static str, fn(argument: &str, input: &str) -> String);

/// Every stage, from left to right.
const STAGES: &[Stage] =
    &[("tokens", tokens), ("paragraphs", paragraphs), ("quotations", quotations), ("parse-query", parse_query)];

/// What the stage prints; a line that says so for a stage nobody knows.
pub(crate) fn run(stage: &str, argument: &str, input: &str) -> String {
    match STAGES.iter().find(|(name, _)| *name == stage) {
        Some((_, print)) => print(argument, input),
        None => format!("no stage `{stage}`; stages: {:?}", STAGES.iter().map(|(name, _)| name).collect::<Vec<_>>()),
    }
}

fn segment(input: &str) -> Document {
    Segmenter::new(&Lexicons::embedded()).unwrap().segment(input, None)
}

/// A line for each sentence, its tokens between `|`.
fn tokens(_argument: &str, input: &str) -> String {
    let document = segment(input);
    let forms = |sentence| document.tokens_of(sentence).iter().map(|token| document.form(token)).collect::<Vec<_>>();
    document.sentences.iter().map(|sentence| forms(sentence).join("|")).collect::<Vec<_>>().join("\n")
}

/// A line for each paragraph: what it is and how it begins.
fn paragraphs(_argument: &str, input: &str) -> String {
    let document = segment(input);
    let beginning = |text: &str| text.chars().take(40).collect::<String>();
    let line =
        |paragraph: &Paragraph| format!("{:?}: {}", paragraph.kind, beginning(paragraph.span.of(&document.text)));
    document.paragraphs.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A line for each quotation, without its marks.
fn quotations(_argument: &str, input: &str) -> String {
    let document = segment(input);
    document.quotations.iter().map(|quotation| quotation.inner.of(&document.text)).collect::<Vec<_>>().join("\n")
}

/// The statement as it was understood, printed back; or what is wrong with it, as people see it.
fn parse_query(_argument: &str, input: &str) -> String {
    match parser::parse(input) {
        Ok(statement) => print::statement(&statement),
        Err(error) => diagnostic::draw(&Diagnostic::of_query(&error, input), Look::Plain),
    }
}

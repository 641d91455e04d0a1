//! The stages that golden cases may name: each a function from a case's input to what the stage prints.
//!
//! A stage gets the text after its name as its argument, `who rejects talks` in `--- answers who rejects talks`.

use std::sync::OnceLock;

use demarche::graph::store::Archive;
use demarche::graph::{Analyzed, Catalog, PropertyGraph};
use demarche::lexicon::Lexicons;
use demarche::pipeline::Analyzer;
use demarche::query::ast::Statement;
use demarche::query::{Parameters, QueryError, View, parser, print, rewrite, run as run_query};
use demarche::render::diagnostic::{self, Diagnostic};
use demarche::render::{Look, anatomy, delimited, reasons};
use demarche::syntax::Parser;
use demarche::text::{Article, Document, Paragraph, Segmenter, Span};

use crate::sample;

/// A stage's name and what it prints for an argument and an input.
type Stage = (&'static str, fn(argument: &str, input: &str) -> String);

/// Every stage, from left to right.
const STAGES: &[Stage] = &[
    ("tokens", tokens),
    ("paragraphs", paragraphs),
    ("quotations", quotations),
    ("tree", |_, input| anatomy::trees(&analyze(&article(input)))),
    ("mentions", |_, input| anatomy::mentions(&analyze(&article(input)))),
    ("attributions", attributions),
    ("positions", |_, input| anatomy::positions(&analyze(&article(input)))),
    ("reasons", reasons),
    ("parse-query", parse_query),
    ("explain", explain),
    ("answers", answers),
    ("pattern", |_, input| sample::pattern(input)),
    ("rows", |_, input| sample::rows(input)),
];

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

/// A line for each attribution: source, cue, content.
fn attributions(_argument: &str, input: &str) -> String {
    let cut = |spans: Vec<Span>| spans.iter().map(|span| span.of(input)).collect::<Vec<_>>().join(" ... ");
    let found = analyze(&article(input)).analysis.attributions;
    let lines = found.into_iter().map(|found| [found.source, found.cue, found.content].map(cut).join(" | "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Why the positions and attributions were found. What the judge weighs is left out, for it changes with each fit.
fn reasons(_argument: &str, input: &str) -> String {
    let article = article(input);
    let (analyzed, explanations) = analyzer().explain(&article);
    let found = reasons::reasons(&analyzed, &explanations, 10_000);
    found.lines().filter(|line| !line.starts_with("    judge")).map(|line| format!("{line}\n")).collect()
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
        Err(error) => wrong(&error, input),
    }
}

fn analyzer() -> &'static Analyzer {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    ANALYZER.get_or_init(|| Analyzer::new(Parser::embedded().unwrap(), &Lexicons::embedded()).unwrap())
}

/// The input as an article.
fn article(input: &str) -> Article {
    Article { id: "case".to_owned(), text: input.to_owned(), ..Article::default() }
}

fn analyze(article: &Article) -> Analyzed<'_> {
    analyzer().analyze(article)
}

/// The graph of the input; a line `@ 2031-01-02 Herald of Orsa` begins an article of that day and outlet.
fn graph(input: &str) -> PropertyGraph {
    let mut articles = vec![article("")];
    for line in input.lines() {
        match line.strip_prefix("@ ") {
            Some(head) => {
                let (date, publisher) = head.split_once(' ').unwrap_or((head, ""));
                let id = format!("case-{}", articles.len());
                let (date, publisher) = (Some(date.to_owned()), Some(publisher.to_owned()));
                articles.push(Article { id, date, publisher, ..Article::default() });
            }
            None => articles.last_mut().unwrap().text.push_str(&format!("{line}\n")),
        }
    }
    articles.retain(|article| !article.text.trim().is_empty());
    analyzer().build(Archive::default(), &articles, |_| ()).graph
}

/// What people see of an error in a query.
pub(crate) fn wrong(error: &QueryError, query: &str) -> String {
    diagnostic::draw(&Diagnostic::of_query(error, query), Look::Plain)
}

/// The pattern that a question stands for, over the graph of the input.
fn explain(argument: &str, input: &str) -> String {
    let graph = graph(input);
    let explained = parser::parse(argument).and_then(|statement| match &statement {
        Statement::Question(question) => Ok(print::rewriting(&rewrite(question, &Catalog::new(&graph))?)),
        _ => Ok(print::statement(&statement)),
    });
    explained.unwrap_or_else(|error| wrong(&error, argument))
}

/// The answer to a query over the graph of the input, as comma-separated values.
fn answers(argument: &str, input: &str) -> String {
    let graph = graph(input);
    match run_query(&graph, argument, &Parameters::new()) {
        Ok(table) => delimited::commas(&table, &View::new(&graph)),
        Err(error) => wrong(&error, argument),
    }
}

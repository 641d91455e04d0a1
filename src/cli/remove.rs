//! `demarche remove`: takes articles out of a graph file, by their ids or by a query that shows them.
//!
//! What they alone said goes with them; the rest is joined again as if they had never come.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use demarche::graph::Value as Property;
use demarche::graph::schema::{Label, property};
use demarche::graph::store::{self, Archive, Batch, Writer};
use demarche::query::value::{NodeId, Value};
use demarche::query::{Parameters, View, did_you_mean, run as run_query};

use super::build::unusable;
use super::output::Output;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche remove news.graph courier-2025-03-05-corridor
  demarche remove news.graph \"MATCH (a:Article {publisher: 'Lantern'}) RETURN a\" --dry-run
  demarche remove news.graph \"MATCH (a:Article) WHERE a.date < '2024-01-01' RETURN a\"

A query takes out every article that a row of its answer shows, as a node or by its id.";

/// Take articles out of a graph
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph file
    file: PathBuf,

    /// Ids of articles, or queries whose answers show articles
    #[arg(required = true, value_name = "ID|QUERY")]
    articles: Vec<String>,

    /// Only say which articles would go
    #[arg(long)]
    dry_run: bool,
}

/// Takes the articles out and says which they were.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = store::load(&arguments.file).map_err(|error| unusable(&error))?;
    let view = View::new(&graph);
    let articles = view.labelled(Label::Article.as_str()).iter();
    let known: BTreeSet<&str> = articles.filter_map(|&node| article_id(&view, node)).collect();
    let mut leaving = BTreeSet::new();
    for text in &arguments.articles {
        leaving.extend(meant(&view, &known, text)?);
    }
    if leaving.is_empty() {
        return Ok(Exit::NoAnswers);
    }
    let mut text = String::new();
    for id in &leaving {
        _ = writeln!(text, "{id}");
    }
    if !arguments.dry_run {
        let left = remove(arguments, &leaving)?;
        _ = writeln!(text, "{} removed, {left} left", leaving.len());
    }
    Output::Screen.print(&text)?;
    Ok(Exit::Answers)
}

/// Takes the articles out of the file and says how many are left.
fn remove(arguments: &Arguments, leaving: &BTreeSet<String>) -> Result<usize, CliError> {
    let (mut writer, archive, batches) = Writer::open(&arguments.file).map_err(|error| unusable(&error))?;
    let mut archive = archive.unwrap_or_default();
    take_over(&mut archive, batches, arguments)?;
    archive.remove(|article| leaving.contains(&article.id));
    writer.save(&archive.graph(), &archive).map_err(|error| unusable(&error))?;
    Ok(archive.records().len())
}

/// Adds what an unfinished build had analysed, as long as it was analysed alike.
fn take_over(archive: &mut Archive, batches: Vec<Batch>, arguments: &Arguments) -> Result<(), CliError> {
    for batch in batches {
        if batch.analyser != archive.analyser {
            let message = format!("`{}` has an unfinished build beside it", arguments.file.display());
            let hint = format!("`demarche build -o {}` finishes it", arguments.file.display());
            return Err(CliError::input(message, hint));
        }
        archive.put(batch.records);
    }
    Ok(())
}

/// The ids of the articles that an argument means.
fn meant(view: &View<'_>, known: &BTreeSet<&str>, text: &str) -> Result<Vec<String>, CliError> {
    if known.contains(text) {
        return Ok(vec![text.to_owned()]);
    }
    if !text.contains(char::is_whitespace) {
        let hint = did_you_mean(text, known.iter().copied());
        let hint = hint.unwrap_or_else(|| "the question `articles` lists them".to_owned());
        return Err(CliError::input(format!("no article `{text}`"), hint));
    }
    let table = run_query(view.graph(), text, &Parameters::new()).map_err(|error| CliError::query(error, text))?;
    let shown = table.rows.iter().flatten().filter_map(|value| match value {
        Value::Node(node) => article_id(view, *node),
        Value::String(id) => known.get(&**id).copied(),
        _ => None,
    });
    Ok(shown.map(str::to_owned).collect())
}

/// The id of an article; `None` for another node.
fn article_id<'a>(view: &View<'a>, node: NodeId) -> Option<&'a str> {
    let node = view.node(node);
    let is_article = node.labels.iter().any(|label| label == Label::Article.as_str());
    match node.properties.get(property::ID).filter(|_| is_article)? {
        Property::String(id) => Some(id),
        _ => None,
    }
}

//! `demarche actors`: the actors of a graph by frequency, and those that a person should look at.
//!
//! What is doubtful is decided in `graph::doubt`; how a table of corrections is read, in `graph::correction`.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use demarche::graph::doubt::{ListedActor, actors, doubts};

use super::graph_file;
use super::output::Output;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche actors news.graph --limit 50
  demarche actors news.graph --doubtful
  demarche actors news.graph --doubtful > corrections.tsv     then edit, and:
  demarche build -o news.graph --corrections corrections.tsv

The doubtful ones come as rows that a table of corrections takes: keep `merge` where two are one, write `split` where
they must stay apart, delete the rest. Further actions: rename ACTOR NAME, alias ACTOR NAME, and
speaks_for ACTOR ACTOR ROLE SINCE UNTIL. The table stays with the graph and holds for every later build.";

/// List actors with their other names, or those in doubt
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph; `*.json` is a property graph in JSON
    file: PathBuf,

    /// Only pairs that may be one, as a table of corrections to edit
    #[arg(long)]
    doubtful: bool,

    /// The first N only
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Prints the actors or the doubts about them.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = graph_file::open(&arguments.file)?;
    let actors = actors(&graph);
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let text = if arguments.doubtful { doubtful(&actors, limit) } else { listed(&actors, limit) };
    Output::Screen.print(&text)?;
    Ok(if text.is_empty() { Exit::NoAnswers } else { Exit::Answers })
}

/// Name, kind, ties and aliases, tabs between them.
fn listed(actors: &[ListedActor], limit: usize) -> String {
    let mut text = String::new();
    for actor in actors.iter().take(limit) {
        _ = writeln!(text, "{}\t{}\t{}\t{}", actor.name, actor.kind, actor.ties, actor.aliases.join("; "));
    }
    text
}

/// A table of corrections, each row under its reason.
fn doubtful(actors: &[ListedActor], limit: usize) -> String {
    let doubts = doubts(actors);
    if doubts.is_empty() {
        return String::new();
    }
    let mut text = String::from("action\tactor\tother\n");
    for doubt in doubts.iter().take(limit) {
        _ = writeln!(text, "# {}\nmerge\t{}\t{}", doubt.reason, doubt.actor, doubt.other);
    }
    text
}

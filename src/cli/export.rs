//! `demarche export`: the graph, or the part that a query selects, for other programs.
//!
//! What each format looks like is `render`'s business.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::graph::{PropertyGraph, json};
use demarche::query::{Parameters, View, run as run_query};
use demarche::render::{bulk, cytoscape, dot, explorer, gexf, graphml, selection};

use super::graph_file;
use super::output::Output;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche export news.graph --format dot | dot -Tsvg > news.svg
  demarche export news.graph --format dot 'positions of Kestria on corridor' | dot -Tpng > kestria.png
  demarche export news.graph --format html -o news.html
  demarche export news.graph --format graphml -o news.graphml
  demarche export news.graph --format json -o news.json
  demarche export news.graph --format neo4j -o import/     nodes.csv and relationships.csv
  demarche export news.graph --format tables -o tables/    documents, entities, positions, conditions, topics, edges";

/// Write the graph, or the part that a query selects, for other programs
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph; `*.json` is a property graph in JSON
    file: PathBuf,

    /// Only what the answer to this query speaks of; positions bring along holders, conditions and topics
    query: Option<String>,

    /// How the graph is written
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    format: GraphFormat,

    /// Write to this file instead of standard output; `neo4j` and `tables` need a folder
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// A drawing, for Graphviz
    Dot,
    /// For Gephi, yEd, Cytoscape and networkx
    Graphml,
    /// A property graph, which `demarche query` reads as well
    Json,
    /// For Gephi and networkx
    Gexf,
    /// Cytoscape JSON, for Cytoscape and cytoscape.js
    Cytoscape,
    /// Comma-separated values as `neo4j-admin database import` wants them
    Neo4j,
    /// Comma-separated values, a table a kind of node, for DuckDB, pandas and R
    Tables,
    /// One web page to search and explore; it needs no network
    Html,
}

/// Writes the graph.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = graph_file::open(&arguments.file)?;
    let part = arguments.query.as_deref().map(|query| selected(&graph, query)).transpose()?;
    let shown = part.as_ref().unwrap_or(&graph);
    let text = match arguments.format {
        GraphFormat::Dot => dot::graph(shown),
        GraphFormat::Graphml => graphml::graph(shown),
        GraphFormat::Json => json::write_graph(shown),
        GraphFormat::Html => explorer::page(shown),
        GraphFormat::Gexf => gexf::graph(shown),
        GraphFormat::Cytoscape => cytoscape::graph(shown),
        GraphFormat::Neo4j => return write_folder(&arguments.output, &bulk::neo4j(shown)),
        GraphFormat::Tables => return write_folder(&arguments.output, &bulk::tables(shown)),
    };
    Output::to(&arguments.output)?.print(&text)?;
    Ok(if shown.node_count() == 0 { Exit::NoAnswers } else { Exit::Answers })
}

/// Writes several files into a folder, which is made if it is not there.
fn write_folder(folder: &Path, files: &[bulk::NamedText]) -> Result<Exit, CliError> {
    if folder.as_os_str() == "-" {
        return Err(CliError::usage("this format has several files", "name a folder for them: -o FOLDER"));
    }
    fs::create_dir_all(folder).map_err(|error| CliError::unwritable(folder, &error))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| CliError::unwritable(&path, &error))?;
    }
    Ok(Exit::Answers)
}

/// The part of the graph that the answer to a query speaks of.
fn selected(graph: &PropertyGraph, query: &str) -> Result<PropertyGraph, CliError> {
    let table = run_query(graph, query, &Parameters::new()).map_err(|error| CliError::query(error, query))?;
    Ok(selection::of_table(&table, &View::new(graph)))
}

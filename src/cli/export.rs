//! `demarche export`: the graph, or the part that a query selects, for other programs.
//!
//! What each format looks like is `render`'s business.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use demarche::graph::{PropertyGraph, json};
use demarche::query::{Parameters, View, run as run_query};
use demarche::render::{bulk, cytoscape, dot, explorer, gexf, graphml, selection, svg};

use super::graph_file;
use super::graphviz;
use super::output::Output;
use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche export news.graph --format svg 'positions of Kestria on corridor' -o kestria.svg
  demarche export news.graph --format svg 'congruence network' --layout builtin -o network.svg
  demarche export news.graph --format dot | dot -Tpdf > news.pdf
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

    /// What lays out a picture
    #[arg(long, value_enum, default_value_t = PictureLayout::Auto)]
    layout: PictureLayout,

    /// Write to this file instead of standard output; `neo4j` and `tables` need a folder
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// A drawing, for Graphviz
    Dot,
    /// A picture, through Graphviz where it is installed
    Svg,
    /// A picture in dots; Graphviz must be installed
    Png,
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

/// What lays out a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PictureLayout {
    /// Graphviz for small graphs where it is installed, else what is built in
    Auto,
    /// Graphviz
    Graphviz,
    /// What is built in: the same picture on every machine
    Builtin,
}

/// Nodes up to which Graphviz is asked unbidden: the 900 of the sample corpus take 4 s.
const SMALL: usize = 1000;

/// Writes the graph.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = graph_file::open(&arguments.file)?;
    let part = arguments.query.as_deref().map(|query| selected(&graph, query)).transpose()?;
    let shown = part.as_ref().unwrap_or(&graph);
    let exit = if shown.node_count() == 0 { Exit::NoAnswers } else { Exit::Answers };
    let text = match arguments.format {
        GraphFormat::Dot => dot::graph(shown),
        GraphFormat::Graphml => graphml::graph(shown),
        GraphFormat::Json => json::write_graph(shown),
        GraphFormat::Svg | GraphFormat::Png => return draw(arguments, shown).map(|()| exit),
        GraphFormat::Html => explorer::page(shown),
        GraphFormat::Gexf => gexf::graph(shown),
        GraphFormat::Cytoscape => cytoscape::graph(shown),
        GraphFormat::Neo4j => return write_folder(&arguments.output, &bulk::neo4j(shown)),
        GraphFormat::Tables => return write_folder(&arguments.output, &bulk::tables(shown)),
    };
    Output::to(&arguments.output)?.print(&text)?;
    Ok(exit)
}

/// Writes a picture of the graph.
fn draw(arguments: &Arguments, shown: &PropertyGraph) -> Result<(), CliError> {
    let dots = arguments.format == GraphFormat::Png;
    let asked = match arguments.layout {
        PictureLayout::Auto => dots || shown.node_count() <= SMALL,
        PictureLayout::Graphviz => true,
        PictureLayout::Builtin => false,
    };
    let picture = if asked { graphviz::picture(dot::graph(shown), if dots { "png" } else { "svg" })? } else { None };
    let mut output = Output::to(&arguments.output)?;
    match picture {
        Some(picture) => output.print_bytes(&picture),
        None if dots || arguments.layout == PictureLayout::Graphviz => {
            Err(CliError::usage("this picture needs Graphviz", "install it, or write `--format svg --layout builtin`"))
        }
        None => output.print(&svg::graph(shown)),
    }
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

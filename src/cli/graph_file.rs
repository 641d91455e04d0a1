//! Opens the graph that a command is asked about, in either form: a graph file, or a property graph in JSON.
//!
//! The ending `.json` tells them apart.

use std::fs;
use std::path::Path;

use demarche::graph::{PropertyGraph, json, store};

use super::CliError;

/// Reads a graph.
pub(crate) fn open(path: &Path) -> Result<PropertyGraph, CliError> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        let text = fs::read_to_string(path).map_err(|error| CliError::unreadable(path, &error))?;
        return json::read_graph(&text).map_err(|error| CliError::input(format!("`{}`: {error}", path.display()), ""));
    }
    store::load(path).map_err(|error| CliError::input(error.to_string(), error.problem.hint().unwrap_or_default()))
}

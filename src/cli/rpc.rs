//! `demarche rpc`: the language for other programs, a JSON request a line in, a JSON reply a line out.
//!
//! A request has an `id`, a `query`, perhaps `params`, and perhaps a `graph` of its own; without one the FILE's graph is
//! asked. Nothing that a line can hold ends the run.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use demarche::graph::{self, PropertyGraph};
use demarche::query::{self, Cancellation, Limits, Parameters, View};
use demarche::render;
use serde_json::{Map, Value, json};

use super::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  echo '{\"id\":1,\"query\":\"RETURN 1 AS one\"}' | demarche rpc
  demarche rpc news.graph < requests.jsonl > replies.jsonl";

/// Answer queries of other programs: JSON Lines in, JSON Lines out
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The graph that requests without one of their own ask; `*.json` is a property graph in JSON
    file: Option<PathBuf>,
}

/// Answers until the input ends.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, CliError> {
    let graph = arguments.file.as_deref().map(open).transpose()?.unwrap_or_default();
    let view = View::new(&graph);
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        writeln!(output, "{}", reply(&line, &view))?;
        output.flush()?;
    }
    Ok(Exit::Answers)
}

/// Reads a graph file, in either form.
fn open(path: &Path) -> Result<PropertyGraph, CliError> {
    let wrong = |message: String| CliError::input(format!("cannot read `{}`: {message}", path.display()), "");
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        let text = std::fs::read_to_string(path).map_err(|error| CliError::unreadable(path, &error))?;
        return graph::json::read_graph(&text).map_err(|error| wrong(error.to_string()));
    }
    graph::store::load(path).map_err(|error| wrong(error.to_string()))
}

/// The reply to one line.
fn reply(line: &[u8], view: &View<'_>) -> Value {
    let request: Map<String, Value> = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return json!({ "id": null, "error": refused(&format!("no JSON object: {error}")) }),
    };
    let id = request.get("id").cloned().unwrap_or(Value::Null);
    let mut reply = match answer(request, view) {
        Ok(reply) | Err(reply) => reply,
    };
    reply.shift_insert(0, "id".to_owned(), id);
    Value::Object(reply)
}

/// The answer to a request, or the error, without its id.
fn answer(mut request: Map<String, Value>, view: &View<'_>) -> Result<Map<String, Value>, Map<String, Value>> {
    let failed = |error: Value| Map::from_iter([("error".to_owned(), error)]);
    let Some(text) = request.get("query").and_then(Value::as_str) else {
        return Err(failed(refused("a request needs a `query`")));
    };
    let text = text.to_owned();
    let parameters: Parameters = match request.get("params") {
        Some(Value::Object(entries)) => {
            entries.iter().map(|(name, value)| (name.clone(), graph::json::value_of(value))).collect()
        }
        _ => Parameters::new(),
    };
    let Some(graph) = request.remove("graph").filter(|graph| !graph.is_null()) else {
        return ask(view, &text, &parameters).map_err(failed);
    };
    let graph = graph::json::graph_of(graph).map_err(|error| failed(refused(&error.to_string())))?;
    ask(&View::new(&graph), &text, &parameters).map_err(failed)
}

/// Runs a query.
fn ask(view: &View<'_>, text: &str, parameters: &Parameters) -> Result<Map<String, Value>, Value> {
    let table = query::prepare(view, text)
        .and_then(|prepared| prepared.execute(parameters, &Cancellation::default(), Limits::default()))
        .map_err(|error| render::json::error(&error))?;
    let columns = json!(table.columns);
    Ok(Map::from_iter([("columns".to_owned(), columns), ("rows".to_owned(), render::json::rows(&table, view))]))
}

/// The error for a request that is none.
fn refused(message: &str) -> Value {
    json!({ "type": "RequestError", "phase": "compile time", "detail": "InvalidRequest", "message": message })
}

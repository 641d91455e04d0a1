//! What `EXPLAIN` shows: the pattern that a question stands for with the names it found, and the steps of the plan.
//!
//! The rows that each step would pass are not counted: nothing runs.

use std::fmt::Write;

use demarche::graph::Catalog;
use demarche::graph::json::json_of;
use demarche::query::ast::Statement;
use demarche::query::{Prepared, QueryError, View, print, rewrite};
use demarche::render::plan::steps;

/// The explanation of a statement.
pub(super) fn explain(statement: &Statement, view: &View<'_>) -> Result<String, QueryError> {
    let prepared = Prepared::of_statement(view, statement)?;
    let mut text = match statement {
        Statement::Question(question) => print::query(&rewrite(question, &Catalog::new(view.graph()))?.0),
        _ => print::statement(statement),
    };
    for (name, value) in prepared.parameters() {
        _ = write!(text, "\n// ${name} = {}", json_of(value));
    }
    _ = write!(text, "\n\n{}", steps(prepared.plan()));
    Ok(text)
}

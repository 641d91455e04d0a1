//! What `EXPLAIN` shows: the pattern that a question stands for, with the names it found; of a pattern, how it was read.
//!
//! Names are bound as for a run, so that what is wrong with a statement is said here too.

use std::fmt::Write;

use demarche::graph::Catalog;
use demarche::graph::json::json_of;
use demarche::query::ast::Statement;
use demarche::query::{Prepared, QueryError, View, print, rewrite};

/// The explanation of a statement.
pub(super) fn explain(statement: &Statement, view: &View<'_>) -> Result<String, QueryError> {
    Prepared::of_statement(view, statement)?;
    let Statement::Question(question) = statement else { return Ok(print::statement(statement)) };
    let (query, parameters) = rewrite(question, &Catalog::new(view.graph()))?;
    let mut text = print::query(&query);
    for (name, value) in &parameters {
        _ = write!(text, "\n// ${name} = {}", json_of(value));
    }
    Ok(text)
}

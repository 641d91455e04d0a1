//! What `EXPLAIN` and `PROFILE` show: the pattern that a question stands for with the names it found, and the steps of the
//! plan; after `PROFILE`, which runs it, with the rows that each step passed on.
//!
//! Pasted into a session or a script it runs: names are set by `:param`, and the plan stands in comments.

use demarche::query::ast::Statement;
use demarche::query::{Cancellation, Limits, Parameters, Prepared, QueryError, View, print, rewrite};
use demarche::render::plan::{profiled, steps};

/// The explanation of a statement.
pub(super) fn explain(statement: &Statement, view: &View<'_>) -> Result<String, QueryError> {
    let prepared = Prepared::of_statement(view, statement)?;
    explained(statement, view, &steps(prepared.plan()))
}

/// The explanation of a statement, which is run.
pub(super) fn profile(
    statement: &Statement,
    view: &View<'_>,
    parameters: &Parameters,
    cancellation: &Cancellation,
) -> Result<String, QueryError> {
    let prepared = Prepared::of_statement(view, statement)?;
    let (_, profile) = prepared.profile(parameters, cancellation, Limits::default())?;
    explained(statement, view, &profiled(prepared.plan(), &profile))
}

/// A statement's pattern, and its plan in comments.
fn explained(statement: &Statement, view: &View<'_>, plan: &str) -> Result<String, QueryError> {
    let pattern = match statement {
        Statement::Question(question) => print::rewriting(&rewrite(question, &view.catalog())?),
        _ => format!("{};", print::statement(statement)),
    };
    let plan: String = plan.lines().map(|step| format!("\n// {step}")).collect();
    Ok(format!("{pattern}\n\n// plan{plan}"))
}

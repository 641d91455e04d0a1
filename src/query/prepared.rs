//! From text to answer, at once or in two steps.
//!
//! A prepared query is parsed, bound and planned against one graph, and can run many times with other parameters.

use super::Parameters;
use super::analysis::Analysis;
use super::ast::{Query, Statement};
use super::binder::{self, Warning};
use super::error::QueryError;
use super::executor::{self, Cancellation, Limits, Profile, View};
use super::optimizer;
use super::parser;
use super::plan::Plan;
use super::planner;
use super::rewriting::{Rewriting, rewrite};
use super::table::Table;
use crate::graph::PropertyGraph;

/// A query that is ready to run over a view's graph.
pub struct Prepared<'c> {
    view: &'c View<'c>,
    plan: Plan,
    parameters: Parameters,
    warnings: Vec<Warning>,
    analysis: Option<Analysis>,
}

/// Answers a statement over a graph.
///
/// # Errors
/// A text that is no query, names that mean nothing, and what goes wrong while it runs.
pub fn run(graph: &PropertyGraph, text: &str, parameters: &Parameters) -> Result<Table, QueryError> {
    let view = View::new(graph);
    prepare(&view, text)?.execute(parameters, &Cancellation::default(), Limits::default())
}

/// Parses, binds and plans a statement.
///
/// # Errors
/// Everything that openCypher calls an error at compile time.
pub fn prepare<'c>(view: &'c View<'c>, text: &str) -> Result<Prepared<'c>, QueryError> {
    Prepared::of_statement(view, &parser::parse(text)?)
}

impl<'c> Prepared<'c> {
    /// Prepares a statement; a question is rewritten to a pattern first, and of `EXPLAIN` and `PROFILE` the statement
    /// inside is prepared.
    ///
    /// # Errors
    /// As for [`prepare`].
    pub fn of_statement(view: &'c View<'c>, statement: &Statement) -> Result<Self, QueryError> {
        match statement {
            Statement::Pattern(query) => Self::new(view, query),
            Statement::Question(question) => {
                let Rewriting { query, parameters, analysis } = rewrite(question, &view.catalog())?;
                // The asker did not write the pattern: a property that this graph lacks is no slip of theirs.
                Ok(Self { parameters, analysis, warnings: Vec::new(), ..Self::new(view, &query)? })
            }
            Statement::Explain(inner) | Statement::Profile(inner) => Self::of_statement(view, inner),
        }
    }

    /// Binds and plans a query that is parsed already, or was rewritten from a question.
    ///
    /// # Errors
    /// Names and types that mean nothing.
    pub fn new(view: &'c View<'c>, query: &Query) -> Result<Self, QueryError> {
        let (bound, warnings) = binder::bind(query, view)?;
        let plan = optimizer::optimize(planner::plan(&bound, view));
        Ok(Self { view, plan, parameters: Parameters::new(), warnings, analysis: None })
    }

    /// The parameters that a question brought with it.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What was odd about the query.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Runs the query.
    ///
    /// # Errors
    /// A missing parameter, a value of a wrong kind, a stopped run, more rows than the limits allow.
    pub fn execute(
        &self,
        parameters: &Parameters,
        cancellation: &Cancellation,
        limits: Limits,
    ) -> Result<Table, QueryError> {
        self.run(parameters, cancellation, limits, None)
    }

    /// Runs the query and counts the rows that each operator of its plan passes on.
    ///
    /// # Errors
    /// As for [`Prepared::execute`].
    pub fn profile(
        &self,
        parameters: &Parameters,
        cancellation: &Cancellation,
        limits: Limits,
    ) -> Result<(Table, Profile), QueryError> {
        let profile = Profile::default();
        let table = self.run(parameters, cancellation, limits, Some(&profile))?;
        Ok((table, profile))
    }

    fn run(
        &self,
        parameters: &Parameters,
        cancellation: &Cancellation,
        limits: Limits,
        profile: Option<&Profile>,
    ) -> Result<Table, QueryError> {
        // What a question found is not for a session's parameter of the same name to change.
        let mut all = parameters.clone();
        all.extend(self.parameters.iter().map(|(name, value)| (name.clone(), value.clone())));
        let rows = executor::execute(&self.plan, self.view, &all, cancellation, limits, profile)?;
        let table = Table { columns: self.plan.columns.clone(), rows, warnings: self.warnings.clone() };
        Ok(match &self.analysis {
            Some(analysis) => analysis.of(table),
            None => table,
        })
    }
}

//! Gives names their meaning: variables become slots, functions are found, types are checked as far as they are known.
//!
//! Everything that openCypher calls an error at compile time is found here, with its class, phase and detail; a label, type
//! or property that the graph does not know is a warning, since openCypher takes it for an empty answer.

mod call;
mod clause;
mod comprehension;
mod expression;
mod inspect;
mod operator;
mod pattern;
mod projection;
mod scope;
mod subquery;
mod warning;

use super::ast::{Expression, Query, SingleQuery, UnionKind};
use super::bound::{BoundBranch, BoundClause, BoundQuery};
use super::error::{Detail, QueryError};
use super::executor::View;
use super::plan::Aggregation;
use super::scalar::Slot;
use super::types::Type;
use crate::text::Span;

use scope::Scope;

pub use warning::Warning;

/// Binds a query against the names of a graph.
///
/// # Errors
/// A `SyntaxError` or `TypeError` of compile time.
pub(super) fn bind(query: &Query, view: &View<'_>) -> Result<(BoundQuery, Vec<Warning>), QueryError> {
    let mut warnings = Vec::new();
    let distinct = union_kind(query)? == Some(UnionKind::Distinct);
    let mut columns: Option<Vec<String>> = None;
    let mut branches = Vec::new();
    let spans = query.unions.iter().map(|union| union.kind.span);
    let singles = std::iter::once(&query.first).chain(query.unions.iter().map(|union| &union.query));
    for (single, span) in singles.zip(std::iter::once(Span::default()).chain(spans)) {
        let mut binder = Binder::new(view);
        let (branch, names) = binder.branch(single)?;
        warnings.append(&mut binder.warnings);
        let first = columns.get_or_insert_with(|| names.clone());
        branches.push(aligned(branch, &names, first, span)?);
    }
    Ok((BoundQuery { branches, distinct, columns: columns.unwrap_or_default() }, warnings))
}

/// The kind of all unions of a query, which must be alike.
fn union_kind(query: &Query) -> Result<Option<UnionKind>, QueryError> {
    let mut kinds = query.unions.iter().map(|union| &union.kind);
    let Some(first) = kinds.next() else { return Ok(None) };
    match kinds.find(|kind| kind.node != first.node) {
        Some(other) => {
            let message = "`UNION` and `UNION ALL` in one query";
            Err(QueryError::syntax(Detail::InvalidClauseComposition, message, other.span)
                .hint("use one of them throughout"))
        }
        None => Ok(Some(first.node)),
    }
}

/// A branch with its columns in the order of the first one.
fn aligned(mut branch: BoundBranch, names: &[String], first: &[String], span: Span) -> Result<BoundBranch, QueryError> {
    let places: Option<Vec<usize>> = first.iter().map(|name| names.iter().position(|other| other == name)).collect();
    match places {
        Some(places) if names.len() == first.len() => {
            branch.outputs = places.into_iter().map(|place| branch.outputs[place]).collect();
            Ok(branch)
        }
        _ => {
            let message = format!("columns differ: {} here, {} before `UNION`", list(names), list(first));
            Err(QueryError::syntax(Detail::DifferentColumnsInUnion, message, span).hint("name columns with `AS`"))
        }
    }
}

/// Names in back quotes.
fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// What is known while a single query is bound.
struct Binder<'c> {
    view: &'c View<'c>,
    /// The variables in sight.
    scope: Scope,
    /// How many slots are in use.
    width: usize,
    /// Slots that were looked up, in order; what a subquery takes from outside is read off here.
    touched: Vec<Slot>,
    /// Set while an expression over groups of rows is bound.
    grouping: Option<Grouping>,
    /// Where in an expression aggregates stand.
    aggregates: Aggregates,
    /// Whether a pattern may stand for a truth value here.
    predicate: bool,
    warnings: Vec<Warning>,
}

/// Whether an aggregate may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aggregates {
    /// It may, if there is a grouping.
    Allowed,
    /// Not inside another aggregate.
    Nested,
    /// Not in the body of a comprehension.
    Forbidden,
}

/// What an expression over groups may speak of.
struct Grouping {
    /// The variables before the projection, for arguments of aggregates.
    input: Scope,
    /// Expressions that every row of a group agrees in, and where they are.
    keys: Vec<GroupingKey>,
    /// Aggregates found so far; none are added once the projection is bound.
    aggregates: Vec<Aggregation>,
    /// Which part of the projection is being bound.
    stage: Stage,
}

/// An expression that stands for itself after grouping.
#[derive(Clone)]
struct GroupingKey {
    expression: Expression,
    slot: Slot,
    kind: Type,
}

/// Which part of a projection over groups is being bound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Its items.
    Items,
    /// `ORDER BY` or `WHERE` after it, in an expression without aggregates.
    After,
    /// `ORDER BY` after it, in an expression with aggregates.
    AfterWithAggregates,
}

impl<'c> Binder<'c> {
    fn new(view: &'c View<'c>) -> Self {
        Self {
            view,
            scope: Scope::default(),
            width: 0,
            touched: Vec::new(),
            grouping: None,
            aggregates: Aggregates::Allowed,
            predicate: false,
            warnings: Vec::new(),
        }
    }

    /// A slot of one's own.
    fn fresh(&mut self) -> Slot {
        self.width += 1;
        self.width - 1
    }

    /// A whole single query, which must end in `RETURN`, and the names of its columns.
    fn branch(&mut self, single: &SingleQuery) -> Result<(BoundBranch, Vec<String>), QueryError> {
        check_composition(single)?;
        let clauses = self.clauses(single)?;
        let outputs = match clauses.last() {
            Some(BoundClause::Project(projection)) => projection.outputs.clone(),
            _ => Vec::new(),
        };
        let names = self.scope.names().map(str::to_owned).collect();
        Ok((BoundBranch { clauses, outputs, width: self.width }, names))
    }
}

/// Refuses a query that does not end in `RETURN`, or goes on after it.
fn check_composition(single: &SingleQuery) -> Result<(), QueryError> {
    let is_return = |clause: &super::ast::Clause| matches!(clause.node, super::ast::ClauseKind::Return(_));
    let last = single.clauses.len().saturating_sub(1);
    match single.clauses.iter().position(is_return) {
        Some(place) if place == last => Ok(()),
        Some(place) => {
            let span = single.clauses[place + 1].span;
            let message = "nothing may follow `RETURN`";
            Err(QueryError::syntax(Detail::InvalidClauseComposition, message, span).hint("use `WITH` to go on"))
        }
        None => {
            let end = single.clauses.last().map_or(0, |clause| clause.span.end);
            let message = "the query does not end in `RETURN`";
            let error = QueryError::syntax(Detail::InvalidClauseComposition, message, Span::new(end, end));
            Err(error.hint("add `RETURN *` to see everything"))
        }
    }
}

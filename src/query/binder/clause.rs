//! `MATCH` and `UNWIND`: what they bring into sight.
//!
//! Projections have a file of their own.

use super::Binder;
use crate::query::ast::{ClauseKind, Expression, Match, SingleQuery, Unwind};
use crate::query::bound::{BoundClause, BoundMatch};
use crate::query::error::{Detail, QueryError};
use crate::query::scalar::{Scalar, ScalarKind, Slot};
use crate::query::types::{Kind, Type};

use crate::query::ast::Binary;

impl Binder<'_> {
    /// Clauses in order; afterwards the scope is that of the last projection.
    pub(super) fn clauses(&mut self, single: &SingleQuery) -> Result<Vec<BoundClause>, QueryError> {
        let mut clauses = Vec::new();
        for clause in &single.clauses {
            clauses.push(match &clause.node {
                ClauseKind::Match(clause) => BoundClause::Match(self.matching(clause)?),
                ClauseKind::Unwind(clause) => self.unwind(clause)?,
                ClauseKind::With(clause) => BoundClause::Project(Box::new(self.with(clause)?)),
                ClauseKind::Return(projection) => BoundClause::Project(Box::new(self.returning(projection)?)),
            });
        }
        Ok(clauses)
    }

    /// `[OPTIONAL] MATCH`
    fn matching(&mut self, clause: &Match) -> Result<BoundMatch, QueryError> {
        let first = self.width;
        let mut bound = self.patterns(&clause.patterns)?;
        bound.optional = clause.optional;
        bound.introduced = (first..self.width).collect();
        if let Some(filter) = &clause.filter {
            let filter = self.filter(filter)?;
            conjuncts(filter, &mut bound.predicates);
        }
        Ok(bound)
    }

    /// A `WHERE`: a truth value, in which patterns may stand.
    pub(super) fn filter(&mut self, filter: &Expression) -> Result<Scalar, QueryError> {
        let outer = std::mem::replace(&mut self.predicate, true);
        let bound = self.expression(filter);
        self.predicate = outer;
        let (filter, kind) = bound?;
        if kind.may_be(Kind::Boolean) {
            return Ok(filter);
        }
        let message = format!("`WHERE` takes a truth value, not {}", kind.kind().described());
        Err(QueryError::syntax(Detail::InvalidArgumentType, message, filter.span))
    }

    /// `UNWIND list AS variable`
    fn unwind(&mut self, clause: &Unwind) -> Result<BoundClause, QueryError> {
        let (list, kind) = self.expression(&clause.list)?;
        self.check_free(&clause.variable)?;
        let element = match kind {
            Type::List(element) => *element,
            _ => Type::Any,
        };
        let slot: Slot = self.fresh();
        self.scope.declare(&clause.variable.node, slot, element);
        Ok(BoundClause::Unwind(list, slot))
    }

    /// Refuses a name that is taken.
    pub(super) fn check_free(&self, name: &crate::query::ast::Name) -> Result<(), QueryError> {
        if self.scope.find(&name.node).is_none() {
            return Ok(());
        }
        let message = format!("`{}` is already bound", name.node);
        Err(QueryError::syntax(Detail::VariableAlreadyBound, message, name.span).hint("choose another name"))
    }
}

/// Takes a truth value apart at its `AND`s.
pub(super) fn conjuncts(scalar: Scalar, parts: &mut Vec<Scalar>) {
    match scalar.node {
        ScalarKind::Binary(Binary::And, left, right) => {
            conjuncts(*left, parts);
            conjuncts(*right, parts);
        }
        _ => parts.push(scalar),
    }
}

//! Patterns and queries inside expressions: they become plans that run for the row at hand.
//!
//! A pattern that stands for a truth value brings no names; one in `EXISTS { }` or a comprehension may.

use super::clause::conjuncts;
use super::{Aggregates, Binder};
use crate::query::ast::{
    ClauseKind, Existential, Expression, PathPattern, PatternComprehension, PatternPart, Query, SingleQuery, Spanned,
};
use crate::query::bound::{BoundClause, BoundMatch};
use crate::query::error::{Detail, QueryError};
use crate::query::scalar::{Scalar, ScalarKind, Slot, Subquery};
use crate::query::types::Type;
use crate::query::{ast, planner};
use crate::text::Span;

impl Binder<'_> {
    /// `(a)-->(b)` as a truth value
    pub(super) fn pattern_predicate(
        &mut self,
        path: &PathPattern,
        allowed: bool,
        span: Span,
    ) -> Result<(ScalarKind, Type), QueryError> {
        if !allowed {
            let message = "a pattern stands for a truth value, which has no place here";
            return Err(QueryError::syntax(Detail::UnexpectedSyntax, message, span)
                .hint("use it in `WHERE` or `EXISTS { }`, or a comprehension: `[(a)-->(b) | b]`"));
        }
        self.check_no_new_names(path)?;
        let (subquery, ()) = self.nested(|binder| {
            let bound = binder.lone_path(path, None)?;
            Ok((vec![BoundClause::Match(bound)], ()))
        })?;
        Ok((ScalarKind::Exists(Box::new(subquery)), Type::Boolean))
    }

    /// Refuses a pattern predicate that names something new.
    fn check_no_new_names(&self, path: &PathPattern) -> Result<(), QueryError> {
        let nodes = std::iter::once(&path.start).chain(path.steps.iter().map(|step| &step.node));
        let nodes = nodes.filter_map(|node| node.node.variable.as_ref());
        let relationships = path.steps.iter().filter_map(|step| step.relationship.node.variable.as_ref());
        match nodes.chain(relationships).find(|name| self.scope.find(&name.node).is_none()) {
            Some(name) => {
                let message = format!("unknown variable `{}`", name.node);
                Err(QueryError::syntax(Detail::UndefinedVariable, message, name.span)
                    .hint("a pattern in `WHERE` names nothing new; use `EXISTS { }` or leave the name out"))
            }
            None => Ok(()),
        }
    }

    /// `[p = (a)-->(b) WHERE filter | result]`
    pub(super) fn pattern_comprehension(
        &mut self,
        inner: &PatternComprehension,
    ) -> Result<(ScalarKind, Type), QueryError> {
        let (subquery, (result, kind)) = self.nested(|binder| {
            let mut bound = binder.lone_path(&inner.path, inner.variable.as_ref())?;
            binder.add_filter(inner.filter.as_deref(), &mut bound)?;
            let result = binder.expression(&inner.result)?;
            Ok((vec![BoundClause::Match(bound)], result))
        })?;
        Ok((ScalarKind::Collect(Box::new(subquery), Box::new(result)), Type::List(Box::new(kind))))
    }

    /// `shortestPath((a)-[*]-(b))` as a value
    pub(super) fn shortest(&mut self, part: &PatternPart) -> Result<(ScalarKind, Type), QueryError> {
        let (subquery, result) = self.nested(|binder| {
            let part =
                PatternPart { variable: Some(Spanned::new(" path".to_owned(), part.selection.span)), ..part.clone() };
            let bound = binder.patterns(std::slice::from_ref(&part))?;
            let path = bound.paths.first().and_then(|path| path.variable.clone());
            Ok((vec![BoundClause::Match(bound)], path))
        })?;
        let result =
            result.map_or_else(|| Spanned::new(ScalarKind::Path(Vec::new()), part.selection.span), |(_, path)| path);
        let (subquery, result) = (Box::new(subquery), Box::new(result));
        Ok(match part.selection.node {
            ast::Selection::AllShortest => (ScalarKind::Collect(subquery, result), Type::List(Box::new(Type::Path))),
            _ => (ScalarKind::First(subquery, result), Type::Path),
        })
    }

    /// `EXISTS { ... }`
    pub(super) fn exists(&mut self, existential: &Existential) -> Result<(ScalarKind, Type), QueryError> {
        let kind = match existential {
            Existential::Patterns { patterns, filter } => {
                let (subquery, ()) = self.nested(|binder| {
                    let mut bound = binder.patterns(patterns)?;
                    binder.add_filter(filter.as_deref(), &mut bound)?;
                    Ok((vec![BoundClause::Match(bound)], ()))
                })?;
                ScalarKind::Exists(Box::new(subquery))
            }
            Existential::Query(query) => self.exists_query(query)?,
        };
        Ok((kind, Type::Boolean))
    }

    /// A query in `EXISTS`, which may leave out its `RETURN`; with unions any branch will do.
    fn exists_query(&mut self, query: &Query) -> Result<ScalarKind, QueryError> {
        let mut kind = self.exists_single(&query.first)?;
        for union in &query.unions {
            let other = self.exists_single(&union.query)?;
            let span = union.kind.span;
            let (left, right) = (Box::new(Spanned::new(kind, span)), Box::new(Spanned::new(other, span)));
            kind = ScalarKind::Binary(ast::Binary::Or, left, right);
        }
        Ok(kind)
    }

    fn exists_single(&mut self, single: &SingleQuery) -> Result<ScalarKind, QueryError> {
        let ends = single.clauses.iter().any(|clause| matches!(clause.node, ClauseKind::Return(_)));
        if ends {
            super::check_composition(single)?;
        }
        let (subquery, ()) = self.nested(|binder| Ok((binder.clauses(single)?, ())))?;
        Ok(ScalarKind::Exists(Box::new(subquery)))
    }

    /// Adds a filter's parts to a match.
    fn add_filter(&mut self, filter: Option<&Expression>, bound: &mut BoundMatch) -> Result<(), QueryError> {
        if let Some(filter) = filter {
            let filter: Scalar = self.filter(filter)?;
            conjuncts(filter, &mut bound.predicates);
        }
        Ok(())
    }

    /// Binds clauses in a scope of their own that sees the variables around it, and plans them.
    fn nested<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<(Vec<BoundClause>, T), QueryError>,
    ) -> Result<(Subquery, T), QueryError> {
        let (first_slot, first_touch) = (self.width, self.touched.len());
        let scope = self.scope.clone();
        let grouping = self.grouping.take();
        let place = std::mem::replace(&mut self.aggregates, Aggregates::Allowed);
        let bound = body(self);
        self.aggregates = place;
        self.grouping = grouping;
        self.scope = scope;
        let (clauses, result) = bound?;
        let mut outer: Vec<Slot> =
            self.touched[first_touch..].iter().copied().filter(|slot| *slot < first_slot).collect();
        outer.sort_unstable();
        outer.dedup();
        let operator = planner::plan_clauses(&clauses, &outer, self.view);
        Ok((Subquery { operator, outer }, result))
    }
}

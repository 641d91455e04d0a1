//! Expressions that bring a variable of their own: list comprehensions, quantifiers, `reduce`.
//!
//! Their bodies see one element at a time, so an aggregate has nothing to fold there.

use super::expression::Typed;
use super::{Aggregates, Binder};
use crate::query::ast::{Comprehension, Expression, Name, Quantified, Reduction};
use crate::query::error::{Detail, QueryError};
use crate::query::scalar::{ComprehensionScalar, ReduceScalar, ScalarKind, Slot};
use crate::query::types::{Kind, Type};

impl Binder<'_> {
    /// `[x IN list WHERE filter | result]`
    pub(super) fn list_comprehension(&mut self, inner: &Comprehension) -> Result<(ScalarKind, Type), QueryError> {
        let (list, kind) = self.list_operand(&inner.list)?;
        let (variable, (filter, result)) = self.body(&inner.variable, kind.element(), |binder| {
            let filter = inner.filter.as_ref().map(|filter| binder.filter(filter)).transpose()?;
            let result = inner.result.as_ref().map(|result| binder.expression(result)).transpose()?;
            Ok((filter, result))
        })?;
        let (result, kind) = match result {
            Some((scalar, element)) => (Some(scalar), Type::List(Box::new(element))),
            None => (None, Type::List(Box::new(kind.element()))),
        };
        let comprehension = ComprehensionScalar { variable, list, filter, result };
        Ok((ScalarKind::Comprehension(Box::new(comprehension)), kind))
    }

    /// `all(x IN list WHERE predicate)`
    pub(super) fn quantified(&mut self, quantified: &Quantified) -> Result<(ScalarKind, Type), QueryError> {
        let (list, kind) = self.list_operand(&quantified.list)?;
        let (variable, filter) =
            self.body(&quantified.variable, kind.element(), |binder| binder.filter(&quantified.predicate))?;
        let comprehension = ComprehensionScalar { variable, list, filter: Some(filter), result: None };
        Ok((ScalarKind::Quantified(quantified.quantifier, Box::new(comprehension)), Type::Boolean))
    }

    /// `reduce(a = initial, x IN list | step)`
    pub(super) fn reduce(&mut self, reduction: &Reduction) -> Result<(ScalarKind, Type), QueryError> {
        let (initial, _) = self.expression(&reduction.initial)?;
        let (list, kind) = self.list_operand(&reduction.list)?;
        let (accumulator, (variable, (step, result))) = self.body(&reduction.accumulator, Type::Any, |binder| {
            binder.with_local(&reduction.variable, kind.element(), |binder| binder.expression(&reduction.step))
        })?;
        let reduction = ReduceScalar { accumulator, initial, variable, list, step };
        Ok((ScalarKind::Reduce(Box::new(reduction)), result.join(Type::Any)))
    }

    /// The list that a variable runs over.
    fn list_operand(&mut self, list: &Expression) -> Result<Typed, QueryError> {
        let (scalar, kind) = self.expression(list)?;
        if kind.may_be(Kind::List) {
            return Ok((scalar, kind));
        }
        let message = format!("`IN` takes a list, not {}", kind.kind().described());
        Err(QueryError::syntax(Detail::InvalidArgumentType, message, scalar.span))
    }

    /// Binds a body over a variable.
    fn body<T>(
        &mut self,
        name: &Name,
        kind: Type,
        body: impl FnOnce(&mut Self) -> Result<T, QueryError>,
    ) -> Result<(Slot, T), QueryError> {
        let place = self.aggregates;
        if place == Aggregates::Allowed {
            self.aggregates = Aggregates::Forbidden;
        }
        let bound = self.with_local(name, kind, body);
        self.aggregates = place;
        bound
    }
}

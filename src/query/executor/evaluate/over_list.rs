//! Expressions that run over a list: comprehensions, quantifiers, `reduce`.
//!
//! Each element is put into the variable's slot in turn. A null list makes null.

use super::type_error;
use crate::query::ast::Quantifier;
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::executor::{Context, Row};
use crate::query::scalar::{ComprehensionScalar, ReduceScalar, Scalar};
use crate::query::value::Value;

impl Context<'_> {
    /// The elements of a list; none for null.
    fn elements(&self, list: &Scalar, row: &mut Row) -> Result<Option<std::sync::Arc<Vec<Value>>>, QueryError> {
        match self.evaluate(list, row)? {
            Value::Null => Ok(None),
            Value::List(values) => Ok(Some(values)),
            other => Err(type_error(format!("expected a list, found {}", other.kind())).at(list.span)),
        }
    }

    /// `[x IN list WHERE filter | result]`
    pub(super) fn list_comprehension(&self, inner: &ComprehensionScalar, row: &mut Row) -> Result<Value, QueryError> {
        let Some(elements) = self.elements(&inner.list, row)? else { return Ok(Value::Null) };
        let mut values = Vec::new();
        for element in elements.iter() {
            self.check()?;
            row[inner.variable] = element.clone();
            if let Some(filter) = &inner.filter
                && !self.holds(filter, row)?
            {
                continue;
            }
            values.push(match &inner.result {
                Some(result) => self.evaluate(result, row)?,
                None => element.clone(),
            });
        }
        Ok(Value::list(values))
    }

    /// `all(x IN list WHERE predicate)` and its kin
    pub(super) fn quantified(
        &self,
        quantifier: Quantifier,
        inner: &ComprehensionScalar,
        row: &mut Row,
    ) -> Result<Value, QueryError> {
        let Some(elements) = self.elements(&inner.list, row)? else { return Ok(Value::Null) };
        let Some(predicate) = &inner.filter else { return Ok(Value::Null) };
        let (mut holding, mut failing, mut unknown) = (0usize, 0usize, 0usize);
        for element in elements.iter() {
            self.check()?;
            row[inner.variable] = element.clone();
            match self.evaluate(predicate, row)? {
                Value::Null => unknown += 1,
                Value::Boolean(true) => holding += 1,
                Value::Boolean(false) => failing += 1,
                other => {
                    let error = type_error(format!("expected a truth value, found {}", other.kind()));
                    return Err(error.at(predicate.span));
                }
            }
        }
        Ok(verdict(quantifier, holding, failing, unknown).map_or(Value::Null, Value::Boolean))
    }

    /// `reduce(a = initial, x IN list | step)`
    pub(super) fn reduce(&self, reduction: &ReduceScalar, row: &mut Row) -> Result<Value, QueryError> {
        let mut value = self.evaluate(&reduction.initial, row)?;
        let Some(elements) = self.elements(&reduction.list, row)? else { return Ok(Value::Null) };
        for element in elements.iter() {
            self.check()?;
            row[reduction.accumulator] = value;
            row[reduction.variable] = element.clone();
            value = self.evaluate(&reduction.step, row)?;
            check_depth(&value, DEEPEST)?;
        }
        Ok(value)
    }
}

/// How deeply a value that `reduce` builds may nest; comparing and dropping values recurses.
const DEEPEST: usize = 200;

fn check_depth(value: &Value, left: usize) -> Result<(), QueryError> {
    let Some(left) = left.checked_sub(1) else {
        let message = format!("a value nested more than {DEEPEST} deep");
        return Err(QueryError::runtime(ErrorKind::ArgumentError, Detail::TooLarge, message));
    };
    match value {
        Value::List(values) => values.iter().try_for_each(|value| check_depth(value, left)),
        Value::Map(entries) => entries.values().try_for_each(|value| check_depth(value, left)),
        _ => Ok(()),
    }
}

/// What a quantifier says of so many elements for which a predicate holds, fails, or is unknown.
fn verdict(quantifier: Quantifier, holding: usize, failing: usize, unknown: usize) -> Option<bool> {
    match quantifier {
        Quantifier::All if failing > 0 => Some(false),
        Quantifier::Any if holding > 0 => Some(true),
        Quantifier::None if holding > 0 => Some(false),
        Quantifier::Single if holding > 1 => Some(false),
        _ if unknown > 0 => None,
        Quantifier::All | Quantifier::None => Some(true),
        Quantifier::Any => Some(false),
        Quantifier::Single => Some(holding == 1),
    }
}

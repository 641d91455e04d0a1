//! Evaluates bound expressions over a row.
//!
//! The row is lent to be written: variables of comprehensions have slots of their own in it. An error gets the place of the
//! innermost expression that made it.

mod access;
mod operator;
mod over_list;
mod path;

use super::project::{exists, first};
use super::{Context, Row, ended, push};
use crate::query::error::{Detail, ErrorKind, Phase, QueryError};
use crate::query::scalar::{CaseScalar, Scalar, ScalarKind};
use crate::query::value::{Map, Value, equals};

/// The error for a value of a kind that an operator does not take.
fn type_error(message: String) -> QueryError {
    QueryError::runtime(ErrorKind::TypeError, Detail::InvalidArgumentType, message)
}

impl Context<'_> {
    /// The value of an expression.
    pub(super) fn evaluate(&self, scalar: &Scalar, row: &mut Row) -> Result<Value, QueryError> {
        self.kind(&scalar.node, row).map_err(|error| error.at(scalar.span))
    }

    /// Whether an expression is true; unknown is not.
    pub(super) fn holds(&self, predicate: &Scalar, row: &mut Row) -> Result<bool, QueryError> {
        match self.evaluate(predicate, row)? {
            Value::Boolean(value) => Ok(value),
            Value::Null => Ok(false),
            other => Err(type_error(format!("expected a truth value, found {}", other.kind())).at(predicate.span)),
        }
    }

    fn kind(&self, kind: &ScalarKind, row: &mut Row) -> Result<Value, QueryError> {
        match kind {
            ScalarKind::Constant(value) => Ok(value.clone()),
            ScalarKind::Parameter(name) => self.parameter(name),
            ScalarKind::Slot(slot) => Ok(row[*slot].clone()),
            ScalarKind::List(items) => self.all(items, row).map(Value::list),
            ScalarKind::Map(entries) => self.map(entries, row),
            ScalarKind::Property(base, key) => self.property(base, key, row),
            ScalarKind::Index(base, index) => self.index(base, index, row),
            ScalarKind::Slice(base, from, to) => self.slice(base, from.as_deref(), to.as_deref(), row),
            ScalarKind::Labels(base, labels) => self.labels(base, labels, row),
            ScalarKind::Unary(unary, operand) => self.unary(*unary, operand, row),
            ScalarKind::Binary(binary, left, right) => self.binary(*binary, left, right, row),
            ScalarKind::Comparison(first, rest) => self.comparison(first, rest, row),
            ScalarKind::IsNull(operand) => Ok(Value::Boolean(self.evaluate(operand, row)?.is_null())),
            ScalarKind::IsNotNull(operand) => Ok(Value::Boolean(!self.evaluate(operand, row)?.is_null())),
            ScalarKind::Call(function, arguments) => {
                let arguments = self.all(arguments, row)?;
                function.call(&self.environment, &arguments)
            }
            ScalarKind::Case(case) => self.case(case, row),
            ScalarKind::Comprehension(inner) => self.list_comprehension(inner, row),
            ScalarKind::Quantified(quantifier, inner) => self.quantified(*quantifier, inner, row),
            ScalarKind::Reduce(reduction) => self.reduce(reduction, row),
            ScalarKind::Exists(subquery) => Ok(Value::Boolean(exists(self, &subquery.operator, row)?)),
            ScalarKind::Collect(subquery, result) => {
                let mut values = Vec::new();
                ended(push(self, &subquery.operator, row, &mut |row| {
                    values.push(self.evaluate(result, row)?);
                    Ok(())
                }))?;
                Ok(Value::list(values))
            }
            ScalarKind::First(subquery, result) => {
                let made = first(self, &subquery.operator, row, |row| self.evaluate(result, row))?;
                Ok(made.unwrap_or(Value::Null))
            }
            ScalarKind::Path(parts) => Ok(self.path(parts, row)),
        }
    }

    fn parameter(&self, name: &str) -> Result<Value, QueryError> {
        self.parameters.get(name).cloned().ok_or_else(|| {
            let message = format!("parameter `${name}` was not given");
            let error = QueryError::new(ErrorKind::ParameterMissing, Phase::Runtime, Detail::MissingParameter, message);
            match super::super::error::did_you_mean(name, self.parameters.keys().copied()) {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })
    }

    /// The values of several expressions.
    fn all(&self, scalars: &[Scalar], row: &mut Row) -> Result<Vec<Value>, QueryError> {
        scalars.iter().map(|scalar| self.evaluate(scalar, row)).collect()
    }

    fn map(&self, entries: &[(String, Scalar)], row: &mut Row) -> Result<Value, QueryError> {
        let mut map = Map::with_capacity(entries.len());
        for (key, value) in entries {
            map.insert(key.clone(), self.evaluate(value, row)?);
        }
        Ok(Value::map(map))
    }

    /// The value of the first branch whose test is true, or equal to the subject.
    fn case(&self, case: &CaseScalar, row: &mut Row) -> Result<Value, QueryError> {
        let subject = case.subject.as_ref().map(|subject| self.evaluate(subject, row)).transpose()?;
        for (test, value) in &case.branches {
            let holds = match &subject {
                Some(subject) => equals(subject, &self.evaluate(test, row)?) == Some(true),
                None => self.holds(test, row)?,
            };
            if holds {
                return self.evaluate(value, row);
            }
        }
        case.otherwise.as_ref().map_or(Ok(Value::Null), |otherwise| self.evaluate(otherwise, row))
    }
}

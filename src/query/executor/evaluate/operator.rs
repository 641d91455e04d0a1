//! Operators: logic of three values, comparison, arithmetic, strings.
//!
//! `AND` and `OR` do not look at their right side when the left one decides. Integers that leave 64 bits, and integers
//! divided by zero, are errors; floats follow IEEE 754.

use std::sync::Arc;

use regex::Regex;

use super::type_error;
use crate::query::ast::{Binary, Comparison, Unary};
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::executor::{Context, Row};
use crate::query::functions::text_of;
use crate::query::scalar::Scalar;
use crate::query::value::{Compared, Value, compare, equals};

impl Context<'_> {
    /// `NOT a`, `-a`, `+a`
    pub(super) fn unary(&self, unary: Unary, operand: &Scalar, row: &mut Row) -> Result<Value, QueryError> {
        let operand = self.evaluate(operand, row)?;
        match (unary, operand) {
            (_, Value::Null) => Ok(Value::Null),
            (Unary::Not, Value::Boolean(value)) => Ok(Value::Boolean(!value)),
            (Unary::Negate, Value::Integer(value)) => value.checked_neg().map(Value::Integer).ok_or_else(overflow),
            (Unary::Negate, Value::Float(value)) => Ok(Value::Float(-value)),
            (Unary::Plus, value @ (Value::Integer(_) | Value::Float(_))) => Ok(value),
            (Unary::Not, other) => Err(type_error(format!("`NOT` takes a boolean, not {}", other.kind()))),
            (_, other) => Err(type_error(format!("a sign takes a number, not {}", other.kind()))),
        }
    }

    /// `a + b` and all operators between two operands but comparisons.
    pub(super) fn binary(
        &self,
        operator: Binary,
        left: &Scalar,
        right: &Scalar,
        row: &mut Row,
    ) -> Result<Value, QueryError> {
        match operator {
            Binary::And => return self.decided(false, left, right, row),
            Binary::Or => return self.decided(true, left, right, row),
            _ => {}
        }
        let left = self.evaluate(left, row)?;
        let right = self.evaluate(right, row)?;
        match operator {
            Binary::In => within(&left, &right),
            Binary::Matches => self.matches(&left, &right),
            Binary::StartsWith => Ok(strings(&left, &right, |left, right| left.starts_with(right))),
            Binary::EndsWith => Ok(strings(&left, &right, |left, right| left.ends_with(right))),
            Binary::Contains => Ok(strings(&left, &right, |left, right| left.contains(right))),
            Binary::Xor => exclusive(&left, &right),
            Binary::Add => add(&left, &right),
            _ => arithmetic(operator, &left, &right),
        }
    }

    /// `AND` (decided by false) and `OR` (decided by true).
    fn decided(&self, decisive: bool, left: &Scalar, right: &Scalar, row: &mut Row) -> Result<Value, QueryError> {
        let left = truth(&self.evaluate(left, row)?)?;
        if left == Some(decisive) {
            return Ok(Value::Boolean(decisive));
        }
        let right = truth(&self.evaluate(right, row)?)?;
        Ok(match (left, right) {
            (_, Some(right)) if right == decisive => Value::Boolean(decisive),
            (Some(_), Some(_)) => Value::Boolean(!decisive),
            _ => Value::Null,
        })
    }

    /// `a < b <= c`: all pairs must hold.
    pub(super) fn comparison(
        &self,
        first: &Scalar,
        rest: &[(Comparison, Scalar)],
        row: &mut Row,
    ) -> Result<Value, QueryError> {
        let mut left = self.evaluate(first, row)?;
        let mut result = Value::Boolean(true);
        for (comparison, operand) in rest {
            let right = self.evaluate(operand, row)?;
            match compared(*comparison, &left, &right) {
                Some(false) => return Ok(Value::Boolean(false)),
                Some(true) => {}
                None => result = Value::Null,
            }
            left = right;
        }
        Ok(result)
    }

    /// `text =~ pattern`: the pattern must match the whole text.
    fn matches(&self, text: &Value, pattern: &Value) -> Result<Value, QueryError> {
        let (Value::String(text), Value::String(pattern)) = (text, pattern) else { return Ok(Value::Null) };
        let mut patterns = self.patterns.borrow_mut();
        if let Some(found) = patterns.get(pattern) {
            return Ok(Value::Boolean(found.is_match(text)));
        }
        let compiled = Regex::new(&format!("^(?:{pattern})$")).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let message = format!("`{pattern}` is no regular expression: {reason}");
            QueryError::runtime(ErrorKind::ArgumentError, Detail::InvalidRegularExpression, message)
        })?;
        let matches = compiled.is_match(text);
        patterns.insert(Arc::clone(pattern), compiled);
        Ok(Value::Boolean(matches))
    }
}

/// A truth value; none if unknown.
fn truth(value: &Value) -> Result<Option<bool>, QueryError> {
    match value {
        Value::Boolean(value) => Ok(Some(*value)),
        Value::Null => Ok(None),
        other => Err(type_error(format!("expected a truth value, found {}", other.kind()))),
    }
}

fn exclusive(left: &Value, right: &Value) -> Result<Value, QueryError> {
    Ok(truth(left)?.zip(truth(right)?).map_or(Value::Null, |(left, right)| Value::Boolean(left != right)))
}

/// One comparison; none where it is unknown.
fn compared(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let test = match comparison {
        Comparison::Equal => return equals(left, right),
        Comparison::NotEqual => return equals(left, right).map(|equal| !equal),
        Comparison::Less => std::cmp::Ordering::is_lt,
        Comparison::LessOrEqual => std::cmp::Ordering::is_le,
        Comparison::Greater => std::cmp::Ordering::is_gt,
        Comparison::GreaterOrEqual => std::cmp::Ordering::is_ge,
    };
    match compare(left, right) {
        Compared::Ordered(ordering) => Some(test(ordering)),
        Compared::NotANumber => Some(false),
        Compared::Unknown => None,
    }
}

/// `value IN list`: unknown if it is not found among elements of which one is unknown.
fn within(value: &Value, list: &Value) -> Result<Value, QueryError> {
    let values = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(values) => values,
        other => return Err(type_error(format!("`IN` takes a list, not {}", other.kind()))),
    };
    let mut result = Value::Boolean(false);
    for element in values.iter() {
        match equals(value, element) {
            Some(true) => return Ok(Value::Boolean(true)),
            Some(false) => {}
            None => result = Value::Null,
        }
    }
    Ok(result)
}

/// A test of two strings; unknown for anything else.
fn strings(left: &Value, right: &Value, test: fn(&str, &str) -> bool) -> Value {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Value::Boolean(test(left, right)),
        _ => Value::Null,
    }
}

/// `+`: of lists, of a list and an element, of texts and numbers, of numbers.
fn add(left: &Value, right: &Value) -> Result<Value, QueryError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(left), Value::List(right)) => joined(left, right),
        (Value::List(values), other) => joined(values, std::slice::from_ref(other)),
        (other, Value::List(values)) => joined(std::slice::from_ref(other), values),
        (Value::String(_), Value::String(_) | Value::Integer(_) | Value::Float(_))
        | (Value::Integer(_) | Value::Float(_), Value::String(_)) => {
            let mut text = text_of(left).unwrap_or_default();
            text.push_str(&text_of(right).unwrap_or_default());
            check_size(text.len(), LONGEST_TEXT, "text").map(|()| Value::string(text))
        }
        _ => arithmetic(Binary::Add, left, right),
    }
}

/// The longest text, in bytes, and the longest list that `+` makes: without a bound, `reduce` can double one until memory
/// is full.
const LONGEST_TEXT: usize = 100_000_000;
const LONGEST_LIST: usize = 10_000_000;

fn joined(left: &[Value], right: &[Value]) -> Result<Value, QueryError> {
    check_size(left.len() + right.len(), LONGEST_LIST, "list")?;
    Ok(Value::list(left.iter().chain(right).cloned().collect()))
}

fn check_size(size: usize, longest: usize, what: &str) -> Result<(), QueryError> {
    if size <= longest {
        return Ok(());
    }
    let message = format!("a {what} of more than {longest}");
    Err(QueryError::runtime(ErrorKind::ArgumentError, Detail::TooLarge, message))
}

/// Arithmetic of two numbers.
fn arithmetic(operator: Binary, left: &Value, right: &Value) -> Result<Value, QueryError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(left), Value::Integer(right)) if operator != Binary::Power => integers(operator, *left, *right),
        _ => match (float(left), float(right)) {
            (Some(left), Some(right)) => Ok(Value::Float(floats(operator, left, right))),
            (None, _) => Err(type_error(format!("expected a number, found {}", left.kind()))),
            (_, None) => Err(type_error(format!("expected a number, found {}", right.kind()))),
        },
    }
}

fn integers(operator: Binary, left: i64, right: i64) -> Result<Value, QueryError> {
    let result = match operator {
        Binary::Add => left.checked_add(right),
        Binary::Subtract => left.checked_sub(right),
        Binary::Multiply => left.checked_mul(right),
        Binary::Divide | Binary::Modulo if right == 0 => {
            return Err(QueryError::runtime(ErrorKind::ArithmeticError, Detail::DivisionByZero, "division by zero"));
        }
        Binary::Divide => left.checked_div(right),
        _ => left.checked_rem(right).or(Some(0)),
    };
    result.map(Value::Integer).ok_or_else(overflow)
}

fn floats(operator: Binary, left: f64, right: f64) -> f64 {
    match operator {
        Binary::Add => left + right,
        Binary::Subtract => left - right,
        Binary::Multiply => left * right,
        Binary::Divide => left / right,
        Binary::Modulo => left % right,
        _ => left.powf(right),
    }
}

#[expect(clippy::cast_precision_loss, reason = "openCypher's coercion of integers")]
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

fn overflow() -> QueryError {
    let message = "the result leaves the range of integers";
    QueryError::runtime(ErrorKind::ArithmeticError, Detail::NumberOutOfRange, message)
}

//! `DISTINCT`, `SKIP` and `LIMIT`.
//!
//! A number of rows that comes from a parameter is checked when the first row is asked for.

use std::collections::HashSet;

use super::rows::{deferred, filter_map};
use super::{Context, Row, Rows};
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{Key, Value};

/// The first of rows that agree in some slots.
pub(super) fn distinct<'p>(context: &'p Context<'p>, input: Rows<'p>, slots: &'p [Slot]) -> Rows<'p> {
    let mut seen = HashSet::new();
    filter_map(context, input, move |row| {
        let key = Key(slots.iter().map(|slot| row[*slot].clone()).collect());
        if !seen.insert(key) {
            return Ok(None);
        }
        context.hold()?;
        Ok(Some(row))
    })
}

/// The rows after the first few.
pub(super) fn skip<'p>(context: &'p Context<'p>, input: Rows<'p>, count: &'p Scalar, blank: Row) -> Rows<'p> {
    deferred(move || {
        let mut blank = blank;
        let mut left = count_of(context, count, &mut blank)?;
        Ok(filter_map(context, input, move |row| {
            if left == 0 {
                return Ok(Some(row));
            }
            left -= 1;
            Ok(None)
        }))
    })
}

/// The first few rows; no more are asked for.
pub(super) fn limit<'p>(context: &'p Context<'p>, input: Rows<'p>, count: &'p Scalar, blank: Row) -> Rows<'p> {
    deferred(move || {
        let mut blank = blank;
        let count = count_of(context, count, &mut blank)?;
        Ok(Box::new(input.take(count)))
    })
}

/// A number of rows.
pub(super) fn count_of(context: &Context<'_>, count: &Scalar, blank: &mut Row) -> Result<usize, QueryError> {
    let wrong =
        |detail, message: String| Err(QueryError::runtime(ErrorKind::SyntaxError, detail, message).at(count.span));
    match context.evaluate(count, blank)? {
        Value::Integer(count) if count < 0 => {
            wrong(Detail::NegativeIntegerArgument, format!("a number of rows cannot be {count}"))
        }
        Value::Integer(count) => Ok(usize::try_from(count).unwrap_or(usize::MAX)),
        other => {
            wrong(Detail::InvalidArgumentType, format!("a number of rows must be an integer, not {}", other.kind()))
        }
    }
}

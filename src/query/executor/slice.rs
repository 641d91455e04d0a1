//! `DISTINCT`, `SKIP` and `LIMIT`.
//!
//! A number of rows that comes from a parameter is checked before the first row is asked for.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::{Context, Flow, Row, Sink, Stop, push};
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::plan::Operator;
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{Key, Value};

/// The first of rows that agree in some slots.
pub(super) fn distinct(
    context: &Context<'_>,
    input: &Operator,
    slots: &[Slot],
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut seen: HashSet<Key, FixedState> = HashSet::default();
    push(context, input, row, &mut |row| {
        context.check()?;
        if !seen.insert(Key(slots.iter().map(|slot| row[*slot].clone()).collect())) {
            return Ok(());
        }
        context.hold()?;
        sink(row)
    })
}

/// The rows after the first few.
pub(super) fn skip(
    context: &Context<'_>,
    input: &Operator,
    count: &Scalar,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut left = count_of(context, count, row)?;
    push(context, input, row, &mut |row| {
        if left == 0 {
            return sink(row);
        }
        left -= 1;
        Ok(())
    })
}

/// The first few rows; no more are asked for.
pub(super) fn limit(
    context: &Context<'_>,
    input: &Operator,
    count: &Scalar,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut left = count_of(context, count, row)?;
    if left == 0 {
        return Ok(());
    }
    let mut reached = false;
    let flow = push(context, input, row, &mut |row| {
        sink(row)?;
        left -= 1;
        reached = left == 0;
        if reached { Err(Stop::Enough) } else { Ok(()) }
    });
    // Only this limit is reached; whoever takes the rows may want more from elsewhere.
    match flow {
        Err(Stop::Enough) if reached => Ok(()),
        other => other,
    }
}

/// A number of rows.
pub(super) fn count_of(context: &Context<'_>, count: &Scalar, row: &mut Row) -> Result<usize, QueryError> {
    let wrong =
        |detail, message: String| Err(QueryError::runtime(ErrorKind::SyntaxError, detail, message).at(count.span));
    match context.evaluate(count, row)? {
        Value::Integer(count) if count < 0 => {
            wrong(Detail::NegativeIntegerArgument, format!("a number of rows cannot be {count}"))
        }
        Value::Integer(count) => Ok(usize::try_from(count).unwrap_or(usize::MAX)),
        other => {
            wrong(Detail::InvalidArgumentType, format!("a number of rows must be an integer, not {}", other.kind()))
        }
    }
}

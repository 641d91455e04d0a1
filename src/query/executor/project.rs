//! Operators on single rows: filter, compute, take lists apart, match or go on with nulls.
//!
//! A filter keeps a row only if its predicate is true; unknown is not true.

use super::filter::Filter;
use super::reader::Reader;
use super::{Context, Flow, Row, Sink, push};
use crate::query::error::QueryError;
use crate::query::plan::Operator;
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::Value;

/// The rows for which a predicate is true.
pub(super) fn filter(
    context: &Context<'_>,
    input: &Operator,
    predicate: &Scalar,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut filter = Filter::new(Some(predicate));
    push(context, input, row, &mut |row| {
        context.check()?;
        if filter.passes(context, row)? { sink(row) } else { Ok(()) }
    })
}

/// Each row with computed values, which do not see each other.
pub(super) fn project(
    context: &Context<'_>,
    input: &Operator,
    items: &[(Scalar, Slot)],
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut readers: Vec<Reader<'_>> = items.iter().map(|(scalar, _)| Reader::new(scalar)).collect();
    let mut values: Vec<Value> = Vec::with_capacity(items.len());
    push(context, input, row, &mut |row| {
        for reader in &mut readers {
            values.push(reader.read(context, row)?);
        }
        for (value, (_, slot)) in values.drain(..).zip(items) {
            row[*slot] = value;
        }
        sink(row)
    })
}

/// Each row with each element of a list; null has none, and anything else is its own only element.
pub(super) fn unwind(
    context: &Context<'_>,
    input: &Operator,
    (list, variable): (&Scalar, Slot),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    push(context, input, row, &mut |row| {
        let mut pass = |row: &mut Row, element: Value| {
            context.check()?;
            row[variable] = element;
            sink(row)
        };
        match context.evaluate(list, row)? {
            Value::Null => Ok(()),
            Value::List(elements) => elements.iter().try_for_each(|element| pass(row, element.clone())),
            other => pass(row, other),
        }
    })
}

/// Each row with the matches of a plan, or with nulls if it has none.
pub(super) fn optional(
    context: &Context<'_>,
    input: &Operator,
    (inner, introduced): (&Operator, &[Slot]),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    push(context, input, row, &mut |row| {
        context.check()?;
        let mut matched = false;
        push(context, inner, row, &mut |row| {
            matched = true;
            sink(row)
        })?;
        if matched {
            return Ok(());
        }
        introduced.iter().for_each(|slot| row[*slot] = Value::Null);
        sink(row)
    })
}

/// Whether a plan makes a row of the one at hand.
pub(super) fn exists(context: &Context<'_>, inner: &Operator, row: &mut Row) -> Result<bool, QueryError> {
    Ok(first(context, inner, row, |_| Ok(()))?.is_some())
}

/// What is made of the first row of a plan; none if it has none.
pub(super) fn first<Made>(
    context: &Context<'_>,
    inner: &Operator,
    row: &mut Row,
    mut make: impl FnMut(&mut Row) -> Result<Made, QueryError>,
) -> Result<Option<Made>, QueryError> {
    let mut made = None;
    let flow = push(context, inner, row, &mut |row| {
        made = Some(make(row)?);
        Err(super::Stop::Enough)
    });
    super::ended(flow).map(|()| made)
}

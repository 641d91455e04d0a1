//! Operators on single rows: filter, compute, take lists apart, match or go on with nulls.
//!
//! A filter keeps a row only if its predicate is true; unknown is not true.

use super::rows::{filter_map, flat_map};
use super::{Context, Rows, open};
use crate::query::error::QueryError;
use crate::query::plan::Operator;
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::Value;

/// The rows for which a predicate is true.
pub(super) fn filter<'p>(context: &'p Context<'p>, input: Rows<'p>, predicate: &'p Scalar) -> Rows<'p> {
    filter_map(context, input, move |mut row| Ok(context.holds(predicate, &mut row)?.then_some(row)))
}

/// Each row with computed values, which do not see each other.
pub(super) fn project<'p>(context: &'p Context<'p>, input: Rows<'p>, items: &'p [(Scalar, Slot)]) -> Rows<'p> {
    filter_map(context, input, move |mut row| {
        let values: Vec<Value> =
            items.iter().map(|(scalar, _)| context.evaluate(scalar, &mut row)).collect::<Result<_, _>>()?;
        for (value, (_, slot)) in values.into_iter().zip(items) {
            row[*slot] = value;
        }
        Ok(Some(row))
    })
}

/// Each row with each element of a list; null has none, and anything else is its own only element.
pub(super) fn unwind<'p>(context: &'p Context<'p>, input: Rows<'p>, list: &'p Scalar, variable: Slot) -> Rows<'p> {
    flat_map(context, input, move |mut row| {
        let elements = match context.evaluate(list, &mut row)? {
            Value::Null => Vec::new(),
            Value::List(elements) => elements.to_vec(),
            other => vec![other],
        };
        Ok(Box::new(elements.into_iter().map(move |element| {
            let mut row = row.clone();
            row[variable] = element;
            Ok(row)
        })))
    })
}

/// Each row with the matches of a plan, or with nulls if it has none.
pub(super) fn optional<'p>(
    context: &'p Context<'p>,
    input: Rows<'p>,
    inner: &'p Operator,
    introduced: &'p [Slot],
) -> Rows<'p> {
    flat_map(context, input, move |row| {
        let mut matches = open(context, inner, row.clone());
        let first: Option<Result<_, QueryError>> = matches.next();
        Ok(match first {
            Some(first) => Box::new(std::iter::once(first).chain(matches)),
            None => {
                let mut row = row;
                introduced.iter().for_each(|slot| row[*slot] = Value::Null);
                Box::new(std::iter::once(Ok(row)))
            }
        })
    })
}

//! Iterators over rows that several operators are made of.
//!
//! An error ends the rows of the operator that met it.

use super::{Context, Row, Rows};
use crate::query::error::QueryError;

/// Rows made of each row of the input, in order.
pub(super) fn flat_map<'p>(
    context: &'p Context<'p>,
    mut input: Rows<'p>,
    mut make: impl FnMut(Row) -> Result<Rows<'p>, QueryError> + 'p,
) -> Rows<'p> {
    let mut current: Option<Rows<'p>> = None;
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(row) = current.as_mut().and_then(Iterator::next) {
                return Some(row);
            }
            let row = match input.next()? {
                Ok(row) => row,
                Err(error) => return Some(Err(error)),
            };
            match context.check().and_then(|()| make(row)) {
                Ok(rows) => current = Some(rows),
                Err(error) => return Some(Err(error)),
            }
        }
    }))
}

/// Rows changed one by one; those for which nothing comes back are left out.
pub(super) fn filter_map<'p>(
    context: &'p Context<'p>,
    mut input: Rows<'p>,
    mut make: impl FnMut(Row) -> Result<Option<Row>, QueryError> + 'p,
) -> Rows<'p> {
    Box::new(std::iter::from_fn(move || {
        loop {
            let row = input.next()?;
            match row.and_then(|row| context.check().and_then(|()| make(row))) {
                Ok(None) => {}
                Ok(Some(row)) => return Some(Ok(row)),
                Err(error) => return Some(Err(error)),
            }
        }
    }))
}

/// Rows that are made all at once when the first is asked for.
pub(super) fn deferred<'p>(make: impl FnOnce() -> Result<Rows<'p>, QueryError> + 'p) -> Rows<'p> {
    let mut make = Some(make);
    let mut rows: Option<Rows<'p>> = None;
    Box::new(std::iter::from_fn(move || {
        if let Some(make) = make.take() {
            match make() {
                Ok(made) => rows = Some(made),
                Err(error) => return Some(Err(error)),
            }
        }
        rows.as_mut().and_then(Iterator::next)
    }))
}

//! `ORDER BY`: rows in the total order of their keys.
//!
//! Rows that are alike keep their order, so that answers are the same in every run. Where only the first few are wanted, a
//! row that comes too late by its first key is not even copied.

use std::cmp::Ordering;

use super::reader::Reader;
use super::slice::count_of;
use super::{Context, Flow, Row, Sink, push};
use crate::query::plan::{Operator, SortKey};
use crate::query::scalar::Scalar;
use crate::query::value::{Value, order};

/// Rows with the values of their keys.
type Keyed = Vec<(Vec<Value>, Row)>;

/// The rows in order; only the first few where a limit is known.
pub(super) fn sort(
    context: &Context<'_>,
    input: &Operator,
    (keys, limit): (&[SortKey], Option<&Scalar>),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let wanted = limit.map(|limit| count_of(context, limit, row)).transpose()?.unwrap_or(usize::MAX);
    let mut readers: Vec<Reader<'_>> = keys.iter().map(|key| Reader::new(&key.expression)).collect();
    let mut rows: Keyed = Vec::new();
    let mut last: Option<Value> = None;
    push(context, input, row, &mut |row| {
        context.check()?;
        let mut values = Vec::with_capacity(keys.len());
        for (reader, key) in readers.iter_mut().zip(keys) {
            let value = reader.read(context, row)?;
            let first = values.is_empty();
            if first && last.as_ref().is_some_and(|last| directed(&value, last, key).is_gt()) {
                return Ok(());
            }
            values.push(value);
        }
        rows.push((values, row.clone()));
        // Cutting back at twice the number wanted keeps the cost of sorting linear in the rows that come.
        if rows.len() >= wanted.saturating_mul(2).max(1024) {
            cut(&mut rows, keys, wanted);
            last = rows.last().and_then(|(values, _)| values.first().cloned());
        }
        if wanted > 1024 {
            context.hold()?;
        }
        Ok(())
    })?;
    cut(&mut rows, keys, wanted);
    for (_, sorted) in rows {
        *row = sorted;
        sink(row)?;
    }
    Ok(())
}

/// Sorts the rows and keeps the first of them.
fn cut(rows: &mut Keyed, keys: &[SortKey], wanted: usize) {
    rows.sort_by(|left, right| compare(&left.0, &right.0, keys));
    rows.truncate(wanted);
}

fn compare(left: &[Value], right: &[Value], keys: &[SortKey]) -> Ordering {
    let mut pairs = left.iter().zip(right).zip(keys);
    let different =
        pairs.find_map(|((left, right), key)| Some(directed(left, right, key)).filter(|found| found.is_ne()));
    different.unwrap_or(Ordering::Equal)
}

fn directed(left: &Value, right: &Value, key: &SortKey) -> Ordering {
    let ordering = order(left, right);
    if key.descending { ordering.reverse() } else { ordering }
}

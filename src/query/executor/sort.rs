//! `ORDER BY`: rows in the total order of their keys.
//!
//! Rows that are alike keep their order, so that answers are the same in every run.

use std::cmp::Ordering;

use super::rows::deferred;
use super::slice::count_of;
use super::{Context, Row, Rows};
use crate::query::plan::SortKey;
use crate::query::scalar::Scalar;
use crate::query::value::{Value, order};

/// The rows in order; only the first few where a limit is known.
pub(super) fn sort<'p>(
    context: &'p Context<'p>,
    input: Rows<'p>,
    keys: &'p [SortKey],
    limit: Option<&'p Scalar>,
    blank: Row,
) -> Rows<'p> {
    deferred(move || {
        let wanted = limit.map(|limit| count_of(context, limit, &mut blank.clone())).transpose()?;
        let wanted = wanted.unwrap_or(usize::MAX);
        let mut rows: Vec<(Vec<Value>, Row)> = Vec::new();
        for row in input {
            let mut row = row?;
            context.check()?;
            let values =
                keys.iter().map(|key| context.evaluate(&key.expression, &mut row)).collect::<Result<_, _>>()?;
            rows.push((values, row));
            // Cutting back at twice the number wanted keeps the cost of sorting linear in the rows that come.
            if rows.len() >= wanted.saturating_mul(2).max(1024) {
                cut(&mut rows, keys, wanted);
            }
            if wanted > 1024 {
                context.hold()?;
            }
        }
        cut(&mut rows, keys, wanted);
        Ok(Box::new(rows.into_iter().map(|(_, row)| Ok(row))))
    })
}

/// Sorts the rows and keeps the first of them.
fn cut(rows: &mut Vec<(Vec<Value>, Row)>, keys: &[SortKey], wanted: usize) {
    rows.sort_by(|left, right| compare(&left.0, &right.0, keys));
    rows.truncate(wanted);
}

fn compare(left: &[Value], right: &[Value], keys: &[SortKey]) -> Ordering {
    let pairs = left.iter().zip(right).zip(keys);
    pairs.fold(Ordering::Equal, |ordering, ((left, right), key)| {
        ordering.then_with(|| {
            let ordering = order(left, right);
            if key.descending { ordering.reverse() } else { ordering }
        })
    })
}

//! Grouping: rows that agree in the keys become one row with the aggregates of the group.
//!
//! Groups come in the order of their first rows. Without keys there is one group, even of no rows.

use indexmap::IndexMap;

use super::fold::Fold;
use super::rows::deferred;
use super::{Context, Row, Rows};
use crate::query::error::QueryError;
use crate::query::plan::Aggregation;
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{Key, Value};

/// One row for each group.
pub(super) fn aggregate<'p>(
    context: &'p Context<'p>,
    input: Rows<'p>,
    keys: &'p [(Scalar, Slot)],
    aggregates: &'p [Aggregation],
    width: usize,
) -> Rows<'p> {
    deferred(move || {
        let mut groups: IndexMap<Key, Vec<Fold>> = IndexMap::new();
        for row in input {
            let mut row = row?;
            context.check()?;
            let key: Vec<Value> =
                keys.iter().map(|(scalar, _)| context.evaluate(scalar, &mut row)).collect::<Result<_, _>>()?;
            let folds = match groups.entry(Key(key)) {
                indexmap::map::Entry::Occupied(entry) => entry.into_mut(),
                indexmap::map::Entry::Vacant(entry) => {
                    context.hold()?;
                    entry.insert(aggregates.iter().map(Fold::new).collect())
                }
            };
            for (fold, aggregation) in folds.iter_mut().zip(aggregates) {
                take(context, fold, aggregation, &mut row)?;
            }
        }
        if groups.is_empty() && keys.is_empty() {
            groups.insert(Key(Vec::new()), aggregates.iter().map(Fold::new).collect());
        }
        Ok(Box::new(groups.into_iter().map(move |(key, folds)| {
            let mut row = vec![Value::Null; width];
            for (value, (_, slot)) in key.0.into_iter().zip(keys) {
                row[*slot] = value;
            }
            for (fold, aggregation) in folds.into_iter().zip(aggregates) {
                row[aggregation.slot] = fold.finish();
            }
            Ok(row)
        })))
    })
}

/// Folds a row into one of its group's aggregates.
fn take(context: &Context<'_>, fold: &mut Fold, aggregation: &Aggregation, row: &mut Row) -> Result<(), QueryError> {
    let Some(argument) = &aggregation.argument else {
        fold.count_row();
        return Ok(());
    };
    let place = argument.span;
    let value = context.evaluate(argument, row)?;
    let parameter = aggregation.parameter.as_ref().map(|scalar| context.evaluate(scalar, row)).transpose()?;
    if fold.keeps_values() && !value.is_null() {
        context.hold()?;
    }
    fold.take(value, parameter).map_err(|error| error.at(place))
}

//! Rows put together with the rows of a plan that runs once: a hash join.
//!
//! The inner rows are held by the values in which both sides agree; each outer row finds its own.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{Context, Flow, Row, Sink, push};
use crate::query::error::QueryError;
use crate::query::plan::Operator;
use crate::query::scalar::Slot;
use crate::query::value::{Key, Value};

/// The inner rows, as far as they are new, by what they agree in.
type Table = HashMap<Key, Vec<Vec<Value>>, FixedState>;

/// The inner plan, the slots in which rows agree, and those that it fills.
pub(super) type Inner<'p> = (&'p Operator, &'p [Slot], &'p [Slot]);

/// Each row with each inner row that agrees with it.
pub(super) fn join(
    context: &Context<'_>,
    input: &Operator,
    inner: Inner<'_>,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let (_, on, introduced) = inner;
    let mut table: Option<Table> = None;
    push(context, input, row, &mut |row| {
        context.check()?;
        // Without outer rows the inner plan never runs.
        if table.is_none() {
            table = Some(rows(context, inner, row.len())?);
        }
        let key = Key(on.iter().map(|slot| row[*slot].clone()).collect());
        for found in table.as_ref().and_then(|table| table.get(&key)).into_iter().flatten() {
            for (slot, value) in introduced.iter().zip(found) {
                row[*slot] = value.clone();
            }
            sink(row)?;
        }
        Ok(())
    })
}

/// All rows of the inner plan.
fn rows(context: &Context<'_>, (inner, on, introduced): Inner<'_>, width: usize) -> Result<Table, QueryError> {
    let mut table = Table::default();
    let values = |row: &Row, slots: &[Slot]| slots.iter().map(|slot| row[*slot].clone()).collect();
    super::ended(push(context, inner, &mut vec![Value::Null; width], &mut |row| {
        context.hold()?;
        table.entry(Key(values(row, on))).or_default().push(values(row, introduced));
        Ok(())
    }))?;
    Ok(table)
}

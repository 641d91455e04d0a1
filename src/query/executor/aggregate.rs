//! Grouping: rows that agree in the keys become one row with the aggregates of the group.
//!
//! Groups come in the order of their first rows. Without keys there is one group, even of no rows. Rows find their group
//! by the numbers of nodes and of values in columns; only the first row of each such number looks at the values.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::fold::Fold;
use super::reader::Reader;
use super::{Context, Flow, Row, Sink, push};
use crate::query::error::QueryError;
use crate::query::functions::Aggregate;
use crate::query::plan::{Aggregation, Operator};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{Key, Value};

/// One row for each group.
pub(super) fn aggregate(
    context: &Context<'_>,
    input: &Operator,
    (keys, aggregates): (&[(Scalar, Slot)], &[Aggregation]),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut groups = Groups::new(keys, aggregates);
    push(context, input, row, &mut |row| Ok(groups.take(context, row)?))?;
    if keys.is_empty() && groups.count == 0 {
        groups.add(Vec::new());
    }
    let mut values = groups.values.into_iter();
    let mut folds = groups.folds.into_iter();
    for group in 0..groups.count {
        for ((_, slot), value) in keys.iter().zip(&mut values) {
            row[*slot] = value;
        }
        for aggregation in aggregates {
            row[aggregation.slot] = match groups.rows.get(group) {
                Some(rows) => Value::Integer(*rows),
                None => folds.next().map_or(Value::Null, Fold::finish),
            };
        }
        sink(row)?;
    }
    Ok(())
}

/// The groups so far.
struct Groups<'p> {
    keys: Vec<Reader<'p>>,
    aggregates: &'p [Aggregation],
    arguments: Vec<Option<Reader<'p>>>,
    count: usize,
    /// The values of the keys, group by group.
    values: Vec<Value>,
    /// The aggregates, group by group; none where rows are only counted.
    folds: Vec<Fold>,
    /// The number of rows of each group, where nothing else is asked.
    rows: Vec<i64>,
    /// Groups by the values of the keys.
    known: HashMap<Key, usize, FixedState>,
    /// Groups by the numbers of the values of one or two keys.
    numbered: HashMap<u64, usize, FixedState>,
    /// The last of them: neighbouring rows are often of one group.
    last: Option<(u64, usize)>,
}

impl<'p> Groups<'p> {
    fn new(keys: &'p [(Scalar, Slot)], aggregates: &'p [Aggregation]) -> Self {
        Self {
            keys: keys.iter().map(|(scalar, _)| Reader::new(scalar)).collect(),
            aggregates,
            arguments: aggregates.iter().map(|one| one.argument.as_ref().map(Reader::new)).collect(),
            count: 0,
            values: Vec::new(),
            folds: Vec::new(),
            rows: Vec::new(),
            known: HashMap::default(),
            numbered: HashMap::default(),
            last: None,
        }
    }

    /// Folds a row into its group.
    fn take(&mut self, context: &Context<'_>, row: &mut Row) -> Result<(), QueryError> {
        let group = self.group(context, row)?;
        if self.only_counts() {
            self.rows[group] += 1;
            return Ok(());
        }
        let first = group * self.aggregates.len();
        for (place, (aggregation, argument)) in self.aggregates.iter().zip(&mut self.arguments).enumerate() {
            take(context, &mut self.folds[first + place], (aggregation, argument.as_mut()), row)?;
        }
        Ok(())
    }

    /// Whether all aggregates are `count(*)`.
    fn only_counts(&self) -> bool {
        !self.aggregates.is_empty() && self.aggregates.iter().all(|one| one.function == Aggregate::CountAll)
    }

    /// The group of a row.
    fn group(&mut self, context: &Context<'_>, row: &mut Row) -> Result<usize, QueryError> {
        let Some(number) = self.number(context, row) else { return self.by_values(context, row) };
        if let Some((last, group)) = self.last
            && last == number
        {
            return Ok(group);
        }
        let group = match self.numbered.get(&number) {
            Some(group) => *group,
            None => {
                // A node equals only itself; values may be equal though their numbers differ: 1 and 1.0.
                let group = if self.keys.iter().all(Reader::is_slot) {
                    context.hold()?;
                    let key = self.read(context, row)?;
                    self.add(key)
                } else {
                    self.by_values(context, row)?
                };
                self.numbered.insert(number, group);
                group
            }
        };
        self.last = Some((number, group));
        Ok(group)
    }

    /// One number for the values of all keys; none for more than two.
    fn number(&mut self, context: &Context<'_>, row: &Row) -> Option<u64> {
        match self.keys.as_mut_slice() {
            [] => Some(0),
            [only] => only.code(context, row).map(u64::from),
            [one, other] => Some(u64::from(one.code(context, row)?) << 32 | u64::from(other.code(context, row)?)),
            _ => None,
        }
    }

    fn by_values(&mut self, context: &Context<'_>, row: &mut Row) -> Result<usize, QueryError> {
        let key = Key(self.read(context, row)?);
        if let Some(group) = self.known.get(&key) {
            return Ok(*group);
        }
        context.hold()?;
        let group = self.add(key.0.clone());
        self.known.insert(key, group);
        Ok(group)
    }

    fn read(&mut self, context: &Context<'_>, row: &mut Row) -> Result<Vec<Value>, QueryError> {
        self.keys.iter_mut().map(|key| key.read(context, row)).collect()
    }

    fn add(&mut self, key: Vec<Value>) -> usize {
        self.values.extend(key);
        if self.only_counts() {
            self.rows.push(0);
        } else {
            self.folds.extend(self.aggregates.iter().map(Fold::new));
        }
        self.count += 1;
        self.count - 1
    }
}

/// Folds a row into one of its group's aggregates.
fn take(
    context: &Context<'_>,
    fold: &mut Fold,
    (aggregation, argument): (&Aggregation, Option<&mut Reader<'_>>),
    row: &mut Row,
) -> Result<(), QueryError> {
    let (Some(argument), Some(scalar)) = (argument, &aggregation.argument) else {
        fold.count_row();
        return Ok(());
    };
    let value = argument.read(context, row)?;
    let parameter = aggregation.parameter.as_ref().map(|scalar| context.evaluate(scalar, row)).transpose()?;
    if fold.keeps_values() && !value.is_null() {
        context.hold()?;
    }
    fold.take(value, parameter).map_err(|error| error.at(scalar.span))
}

//! What becomes of a group's values: counts, sums, extremes, percentiles, deviations.
//!
//! Nulls are passed over. An integer sum that leaves 64 bits is an error, never a wrong number.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::functions::Aggregate;
use crate::query::plan::Aggregation;
use crate::query::value::{Key, Value, order};

/// An aggregate on its way.
pub(super) struct Fold {
    function: Aggregate,
    /// Values seen before, where equal ones count once.
    seen: Option<HashSet<Key, FixedState>>,
    count: i64,
    /// The running sum, extreme, or the collected values.
    state: State,
    /// The percentile asked for.
    percentile: f64,
}

/// The running result.
enum State {
    Count,
    Sum(Value),
    Extreme(Value),
    Values(Vec<Value>),
    /// Mean and sum of squared distances from it (Welford 1962).
    Spread {
        mean: f64,
        squares: f64,
    },
}

impl Fold {
    /// An aggregate of no values.
    pub(super) fn new(aggregation: &Aggregation) -> Self {
        let state = match aggregation.function {
            Aggregate::CountAll | Aggregate::Count => State::Count,
            Aggregate::Sum | Aggregate::Average => State::Sum(Value::Integer(0)),
            Aggregate::Min | Aggregate::Max => State::Extreme(Value::Null),
            Aggregate::Collect | Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete => {
                State::Values(Vec::new())
            }
            Aggregate::Deviation | Aggregate::DeviationOfPopulation => State::Spread { mean: 0.0, squares: 0.0 },
        };
        let seen = aggregation.distinct.then(HashSet::default);
        Self { function: aggregation.function, seen, count: 0, state, percentile: 0.0 }
    }

    /// Whether the values of a group are held until its end.
    pub(super) fn keeps_values(&self) -> bool {
        self.seen.is_some() || matches!(self.state, State::Values(_))
    }

    /// A row for `count(*)`.
    pub(super) fn count_row(&mut self) {
        self.count += 1;
    }

    /// A value of a row, with the percentile where there is one.
    pub(super) fn take(&mut self, value: Value, parameter: Option<Value>) -> Result<(), QueryError> {
        if let Some(parameter) = parameter {
            self.percentile = percentile(&parameter)?;
        }
        if value.is_null() {
            return Ok(());
        }
        if let Some(seen) = &mut self.seen
            && !seen.insert(Key(vec![value.clone()]))
        {
            return Ok(());
        }
        self.count += 1;
        match &mut self.state {
            State::Count => {}
            State::Sum(sum) => *sum = added(sum, &value)?,
            State::Extreme(extreme) => take_extreme(self.function, extreme, value),
            State::Values(values) => {
                if self.function != Aggregate::Collect {
                    number(&value)?;
                }
                values.push(value);
            }
            State::Spread { mean, squares } => {
                let value = number(&value)?;
                let distance = value - *mean;
                *mean += distance / float(self.count);
                *squares += distance * (value - *mean);
            }
        }
        Ok(())
    }

    /// The result.
    pub(super) fn finish(self) -> Value {
        match (self.function, self.state) {
            (_, State::Count) => Value::Integer(self.count),
            (Aggregate::Average, State::Sum(sum)) => average(&sum, self.count),
            (_, State::Sum(sum)) => sum,
            (_, State::Extreme(extreme)) => extreme,
            (Aggregate::PercentileContinuous, State::Values(values)) => continuous(values, self.percentile),
            (Aggregate::PercentileDiscrete, State::Values(values)) => discrete(values, self.percentile),
            (_, State::Values(values)) => Value::list(values),
            (function, State::Spread { squares, .. }) => {
                let whole = function == Aggregate::DeviationOfPopulation;
                let divisor = if whole { self.count } else { self.count - 1 };
                Value::Float(if divisor <= 0 { 0.0 } else { (squares / float(divisor)).sqrt() })
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn float(count: i64) -> f64 {
    count as f64
}

/// A number between 0 and 1.
fn percentile(value: &Value) -> Result<f64, QueryError> {
    let percentile = number(value)?;
    if (0.0..=1.0).contains(&percentile) {
        return Ok(percentile);
    }
    let message = format!("a percentile lies between 0.0 and 1.0, not at {percentile}");
    Err(QueryError::runtime(ErrorKind::ArgumentError, Detail::NumberOutOfRange, message))
}

/// A number as a float.
fn number(value: &Value) -> Result<f64, QueryError> {
    match value {
        Value::Integer(value) => Ok(float(*value)),
        Value::Float(value) => Ok(*value),
        other => {
            let message = format!("this aggregate takes numbers, not {}", other.kind());
            Err(QueryError::runtime(ErrorKind::TypeError, Detail::InvalidArgumentValue, message))
        }
    }
}

fn added(sum: &Value, value: &Value) -> Result<Value, QueryError> {
    match (sum, value) {
        (Value::Integer(sum), Value::Integer(value)) => sum.checked_add(*value).map(Value::Integer).ok_or_else(|| {
            let message = "the sum leaves the range of integers";
            QueryError::runtime(ErrorKind::ArithmeticError, Detail::NumberOutOfRange, message)
        }),
        _ => Ok(Value::Float(number(sum)? + number(value)?)),
    }
}

fn average(sum: &Value, count: i64) -> Value {
    match sum {
        Value::Integer(sum) if count > 0 => Value::Float(float(*sum) / float(count)),
        Value::Float(sum) if count > 0 => Value::Float(sum / float(count)),
        _ => Value::Null,
    }
}

/// The smaller or the greater of two values in the total order.
fn take_extreme(function: Aggregate, extreme: &mut Value, value: Value) {
    let better = match function {
        Aggregate::Min => order(&value, extreme).is_lt(),
        _ => order(&value, extreme).is_gt(),
    };
    if extreme.is_null() || better {
        *extreme = value;
    }
}

/// The value at a fraction of the way through the sorted values, between two of them if need be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within a list of values")]
fn continuous(mut values: Vec<Value>, percentile: f64) -> Value {
    values.sort_by(order);
    let Some(last) = values.len().checked_sub(1) else { return Value::Null };
    let place = percentile * float(i64::try_from(last).unwrap_or(i64::MAX));
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    let at = |place: usize| values.get(place).and_then(|value| number(value).ok()).unwrap_or(f64::NAN);
    Value::Float(at(low) + (at(high) - at(low)) * place.fract())
}

/// The first of the sorted values that has a fraction of them at or before it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within a list of values")]
fn discrete(mut values: Vec<Value>, percentile: f64) -> Value {
    values.sort_by(order);
    let place = (percentile * float(i64::try_from(values.len()).unwrap_or(i64::MAX))).ceil() as usize;
    values.into_iter().nth(place.saturating_sub(1)).unwrap_or(Value::Null)
}

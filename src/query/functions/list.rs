//! Functions of lists: ends, `range`, `reverse`, `tail`.
//!
//! A list that a function makes from numbers is bounded, so that `range(1, 10^12)` is an error and not a full memory.

use super::{Environment, Function, out_of_range, wrong_argument};
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::types::Kind;
use crate::query::value::Value;

/// The longest list that `range` makes: 240 MB of memory.
const LONGEST: i64 = 10_000_000;

const LIST: &[Kind] = &[Kind::List];
const INTEGER: &[Kind] = &[Kind::Integer];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("head", &[LIST], Kind::Any, head),
    Function::new("last", &[LIST], Kind::Any, last),
    Function::new("range", &[INTEGER, INTEGER, INTEGER], Kind::List, range).at_least(2),
    Function::new("reverse", &[&[Kind::List, Kind::String]], Kind::Any, reverse),
    Function::new("tail", &[LIST], Kind::List, tail),
];

/// The only argument, a list.
fn list<'a>(function: &str, arguments: &'a [Value]) -> Result<&'a [Value], QueryError> {
    match arguments {
        [Value::List(values)] => Ok(values),
        [other, ..] => Err(wrong_argument(function, other, "a list")),
        [] => Ok(&[]),
    }
}

fn head(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(list("head", arguments)?.first().cloned().unwrap_or(Value::Null))
}

fn last(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(list("last", arguments)?.last().cloned().unwrap_or(Value::Null))
}

fn tail(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(Value::list(list("tail", arguments)?.iter().skip(1).cloned().collect()))
}

fn reverse(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::List(values)] => Ok(Value::list(values.iter().rev().cloned().collect())),
        [Value::String(text)] => Ok(Value::string(text.chars().rev().collect::<String>())),
        [other, ..] => Err(wrong_argument("reverse", other, "a list or a string")),
        [] => Ok(Value::Null),
    }
}

fn range(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let bounds: Vec<i64> = arguments.iter().map(bound).collect::<Result<_, _>>()?;
    let (from, to, step) = match bounds.as_slice() {
        [from, to] => (*from, *to, 1),
        [from, to, step] => (*from, *to, *step),
        _ => return Ok(Value::Null),
    };
    if step == 0 {
        return Err(out_of_range("the step of `range` is 0"));
    }
    let length = (i128::from(to) - i128::from(from)) / i128::from(step) + 1;
    if length > i128::from(LONGEST) {
        let message = format!("`range` would make {length} numbers; the limit is {LONGEST}");
        return Err(QueryError::runtime(ErrorKind::ArgumentError, Detail::TooLarge, message));
    }
    let upwards = step > 0;
    let numbers = std::iter::successors(Some(from), |number| number.checked_add(step));
    let numbers = numbers.take_while(|number| if upwards { *number <= to } else { *number >= to });
    Ok(Value::list(numbers.map(Value::Integer).collect()))
}

fn bound(value: &Value) -> Result<i64, QueryError> {
    match value {
        Value::Integer(value) => Ok(*value),
        other => Err(wrong_argument("range", other, "integers")),
    }
}

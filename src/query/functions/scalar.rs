//! Functions from one value to one of another kind: conversions, `coalesce`, `size`, `rand`.
//!
//! A text that is no number becomes null; a value that could never be one is an error.

use super::{Environment, Function, wrong_argument};
use crate::query::error::QueryError;
use crate::query::types::Kind;
use crate::query::value::{Value, equals};

const ANY: &[Kind] = &[Kind::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function { variadic: true, strict: false, ..Function::new("coalesce", &[ANY], Kind::Any, coalesce) },
    Function { strict: false, ..Function::new("exists", &[ANY], Kind::Boolean, exists) },
    Function::new("nullIf", &[ANY, ANY], Kind::Any, null_if),
    Function::new("rand", &[], Kind::Float, rand),
    Function::new("size", &[&[Kind::List, Kind::String]], Kind::Integer, size),
    Function::new("isEmpty", &[&[Kind::List, Kind::String, Kind::Map]], Kind::Boolean, is_empty),
    Function::new("toBoolean", &[&[Kind::Boolean, Kind::String, Kind::Integer]], Kind::Boolean, to_boolean),
    Function::new("toFloat", &[&[Kind::Number, Kind::String]], Kind::Float, to_float),
    Function::new("toInteger", &[&[Kind::Number, Kind::String, Kind::Boolean]], Kind::Integer, to_integer),
    Function::new("toString", &[&[Kind::Number, Kind::String, Kind::Boolean]], Kind::String, to_string),
];

fn coalesce(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(arguments.iter().find(|value| !value.is_null()).cloned().unwrap_or(Value::Null))
}

fn exists(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(Value::Boolean(arguments.iter().all(|value| !value.is_null())))
}

fn null_if(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [left, right] if equals(left, right) == Some(true) => Ok(Value::Null),
        [left, ..] => Ok(left.clone()),
        [] => Ok(Value::Null),
    }
}

/// A number in `0.0..1.0` (xorshift64*), the same sequence in every run.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a float")]
fn rand(environment: &Environment<'_>, _: &[Value]) -> Result<Value, QueryError> {
    let mut state = environment.random.get();
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    environment.random.set(state);
    let bits = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11;
    Ok(Value::Float(bits as f64 / (1u64 << 53) as f64))
}

fn size(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::List(values)] => Ok(count(values.len())),
        [Value::String(text)] => Ok(count(text.chars().count())),
        [other, ..] => Err(wrong_argument("size", other, "a list or a string")),
        [] => Ok(Value::Null),
    }
}

fn is_empty(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::List(values)] => Ok(Value::Boolean(values.is_empty())),
        [Value::String(text)] => Ok(Value::Boolean(text.is_empty())),
        [Value::Map(entries)] => Ok(Value::Boolean(entries.is_empty())),
        [other, ..] => Err(wrong_argument("isEmpty", other, "a list, a string or a map")),
        [] => Ok(Value::Null),
    }
}

/// A length as a value.
pub(super) fn count(length: usize) -> Value {
    Value::Integer(i64::try_from(length).unwrap_or(i64::MAX))
}

fn to_boolean(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Boolean(value)] => Ok(Value::Boolean(*value)),
        [Value::Integer(value)] => Ok(Value::Boolean(*value != 0)),
        [Value::String(text)] => Ok(match text.trim().to_ascii_lowercase().as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Null,
        }),
        [other, ..] => Err(wrong_argument("toBoolean", other, "a boolean, a string or an integer")),
        [] => Ok(Value::Null),
    }
}

#[expect(clippy::cast_precision_loss, reason = "openCypher's conversion")]
fn to_float(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Float(value)] => Ok(Value::Float(*value)),
        [Value::Integer(value)] => Ok(Value::Float(*value as f64)),
        [Value::String(text)] => Ok(parsed(text).map_or(Value::Null, Value::Float)),
        [other, ..] => Err(wrong_argument("toFloat", other, "a number or a string")),
        [] => Ok(Value::Null),
    }
}

/// The number that a text writes with digits; "NaN" and "inf" are none.
fn parsed(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

fn to_integer(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Integer(value)] => Ok(Value::Integer(*value)),
        [Value::Float(value)] => Ok(cut(*value)),
        [Value::Boolean(value)] => Ok(Value::Integer(i64::from(*value))),
        [Value::String(text)] => {
            let whole = text.trim().parse::<i64>().ok().map(Value::Integer);
            Ok(whole.or_else(|| parsed(text).map(cut)).unwrap_or(Value::Null))
        }
        [other, ..] => Err(wrong_argument("toInteger", other, "a number, a string or a boolean")),
        [] => Ok(Value::Null),
    }
}

/// A float without its fraction; null if it is no number.
#[expect(clippy::cast_possible_truncation, reason = "a float beyond the integers becomes the nearest of them")]
fn cut(value: f64) -> Value {
    if value.is_nan() { Value::Null } else { Value::Integer(value as i64) }
}

fn to_string(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [value] => match text(value) {
            Some(text) => Ok(Value::string(text)),
            None => Err(wrong_argument("toString", value, "a number, a string or a boolean")),
        },
        _ => Ok(Value::Null),
    }
}

/// A boolean, number or string as text; none for others.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::Boolean(value) => Some(value.to_string()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Float(value) if value.is_infinite() => {
            Some(if *value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned())
        }
        Value::Float(value) => Some(format!("{value:?}")),
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

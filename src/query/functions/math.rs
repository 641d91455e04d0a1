//! Functions of numbers: rounding, logarithms, trigonometry.
//!
//! A result outside a function's domain is NaN, as in IEEE 754.

use super::{Environment, Function, wrong_argument};
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::types::Kind;
use crate::query::value::Value;

const NUMBER: &[Kind] = &[Kind::Number];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abs", &[NUMBER], Kind::Number, abs),
    Function::new("acos", &[NUMBER], Kind::Float, |_, a| float("acos", a, f64::acos)),
    Function::new("asin", &[NUMBER], Kind::Float, |_, a| float("asin", a, f64::asin)),
    Function::new("atan", &[NUMBER], Kind::Float, |_, a| float("atan", a, f64::atan)),
    Function::new("atan2", &[NUMBER, NUMBER], Kind::Float, atan2),
    Function::new("ceil", &[NUMBER], Kind::Float, |_, a| float("ceil", a, f64::ceil)),
    Function::new("cos", &[NUMBER], Kind::Float, |_, a| float("cos", a, f64::cos)),
    Function::new("cot", &[NUMBER], Kind::Float, |_, a| float("cot", a, |x| 1.0 / x.tan())),
    Function::new("degrees", &[NUMBER], Kind::Float, |_, a| float("degrees", a, f64::to_degrees)),
    Function::new("e", &[], Kind::Float, |_, _| Ok(Value::Float(std::f64::consts::E))),
    Function::new("exp", &[NUMBER], Kind::Float, |_, a| float("exp", a, f64::exp)),
    Function::new("floor", &[NUMBER], Kind::Float, |_, a| float("floor", a, f64::floor)),
    Function::new("haversin", &[NUMBER], Kind::Float, |_, a| float("haversin", a, |x| (1.0 - x.cos()) / 2.0)),
    Function::new("log", &[NUMBER], Kind::Float, |_, a| float("log", a, f64::ln)),
    Function::new("log10", &[NUMBER], Kind::Float, |_, a| float("log10", a, f64::log10)),
    Function::new("pi", &[], Kind::Float, |_, _| Ok(Value::Float(std::f64::consts::PI))),
    Function::new("radians", &[NUMBER], Kind::Float, |_, a| float("radians", a, f64::to_radians)),
    Function::new("round", &[NUMBER, &[Kind::Integer]], Kind::Float, round).at_least(1),
    Function::new("sign", &[NUMBER], Kind::Integer, sign),
    Function::new("sin", &[NUMBER], Kind::Float, |_, a| float("sin", a, f64::sin)),
    Function::new("sqrt", &[NUMBER], Kind::Float, |_, a| float("sqrt", a, f64::sqrt)),
    Function::new("tan", &[NUMBER], Kind::Float, |_, a| float("tan", a, f64::tan)),
];

/// A number as a float.
#[expect(clippy::cast_precision_loss, reason = "openCypher's coercion of integers")]
fn number(function: &str, value: &Value) -> Result<f64, QueryError> {
    match value {
        Value::Integer(value) => Ok(*value as f64),
        Value::Float(value) => Ok(*value),
        other => Err(wrong_argument(function, other, "a number")),
    }
}

/// Applies a function of one float.
fn float(function: &str, arguments: &[Value], compute: fn(f64) -> f64) -> Result<Value, QueryError> {
    number(function, arguments.first().unwrap_or(&Value::Null)).map(|value| Value::Float(compute(value)))
}

fn atan2(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [y, x] => Ok(Value::Float(number("atan2", y)?.atan2(number("atan2", x)?))),
        _ => Ok(Value::Null),
    }
}

fn abs(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Integer(value)] => value.checked_abs().map(Value::Integer).ok_or_else(|| {
            let message = format!("`abs({value})` is outside -2^63 .. 2^63-1");
            QueryError::runtime(ErrorKind::ArithmeticError, Detail::NumberOutOfRange, message)
        }),
        _ => float("abs", arguments, f64::abs),
    }
}

fn sign(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let value = number("sign", arguments.first().unwrap_or(&Value::Null))?;
    Ok(Value::Integer(i64::from(value > 0.0) - i64::from(value < 0.0)))
}

/// Rounds to the nearest whole number, or to decimals; halves go up, as openCypher has it.
fn round(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [value, Value::Integer(decimals)] => {
            let scale = 10f64.powi(i32::try_from(*decimals).unwrap_or(0).clamp(-300, 300));
            Ok(Value::Float((number("round", value)? * scale + 0.5).floor() / scale))
        }
        [value] => Ok(Value::Float((number("round", value)? + 0.5).floor())),
        [_, other, ..] => Err(wrong_argument("round", other, "an integer of decimals")),
        [] => Ok(Value::Null),
    }
}

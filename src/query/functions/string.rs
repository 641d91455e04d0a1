//! Functions of strings: parts, case, white space, replacement.
//!
//! Positions and lengths count Unicode code points.

use super::{Environment, Function, out_of_range, wrong_argument};
use crate::query::error::QueryError;
use crate::query::types::Kind;
use crate::query::value::Value;

const STRING: &[Kind] = &[Kind::String];
const INTEGER: &[Kind] = &[Kind::Integer];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("left", &[STRING, INTEGER], Kind::String, left),
    Function::new("lTrim", &[STRING], Kind::String, |_, a| changed("lTrim", a, |text| text.trim_start().to_owned())),
    Function::new("replace", &[STRING, STRING, STRING], Kind::String, replace),
    Function::new("right", &[STRING, INTEGER], Kind::String, right),
    Function::new("rTrim", &[STRING], Kind::String, |_, a| changed("rTrim", a, |text| text.trim_end().to_owned())),
    Function::new("split", &[STRING, STRING], Kind::List, split),
    Function::new("substring", &[STRING, INTEGER, INTEGER], Kind::String, substring).at_least(2),
    Function::new("toLower", &[STRING], Kind::String, |_, a| changed("toLower", a, str::to_lowercase)),
    Function::new("toUpper", &[STRING], Kind::String, |_, a| changed("toUpper", a, str::to_uppercase)),
    Function::new("lower", &[STRING], Kind::String, |_, a| changed("lower", a, str::to_lowercase)),
    Function::new("upper", &[STRING], Kind::String, |_, a| changed("upper", a, str::to_uppercase)),
    Function::new("trim", &[STRING], Kind::String, |_, a| changed("trim", a, |text| text.trim().to_owned())),
];

fn text<'a>(function: &str, value: &'a Value) -> Result<&'a str, QueryError> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_argument(function, other, "a string")),
    }
}

/// A count of characters, which is not negative.
fn length(function: &str, value: &Value) -> Result<usize, QueryError> {
    match value {
        Value::Integer(length) => {
            usize::try_from(*length).map_err(|_| out_of_range(format!("`{function}` takes no negative number")))
        }
        other => Err(wrong_argument(function, other, "an integer")),
    }
}

/// Applies a function of one string.
fn changed(function: &str, arguments: &[Value], change: fn(&str) -> String) -> Result<Value, QueryError> {
    text(function, arguments.first().unwrap_or(&Value::Null)).map(|text| Value::string(change(text)))
}

fn left(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let [value, count] = arguments else { return Ok(Value::Null) };
    let count = length("left", count)?;
    Ok(Value::string(text("left", value)?.chars().take(count).collect::<String>()))
}

fn right(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let [value, count] = arguments else { return Ok(Value::Null) };
    let (value, count) = (text("right", value)?, length("right", count)?);
    let skipped = value.chars().count().saturating_sub(count);
    Ok(Value::string(value.chars().skip(skipped).collect::<String>()))
}

fn substring(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let [value, start, rest @ ..] = arguments else { return Ok(Value::Null) };
    let characters = text("substring", value)?.chars().skip(length("substring", start)?);
    Ok(Value::string(match rest.first() {
        Some(count) => characters.take(length("substring", count)?).collect::<String>(),
        None => characters.collect(),
    }))
}

fn replace(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let [value, search, replacement] = arguments else { return Ok(Value::Null) };
    let (value, search) = (text("replace", value)?, text("replace", search)?);
    let replacement = text("replace", replacement)?;
    Ok(Value::string(if search.is_empty() { value.to_owned() } else { value.replace(search, replacement) }))
}

fn split(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let [value, separator] = arguments else { return Ok(Value::Null) };
    let (value, separator) = (text("split", value)?, text("split", separator)?);
    if separator.is_empty() {
        let characters = value.chars().map(|character| Value::string(character.to_string()));
        return Ok(Value::list(characters.collect()));
    }
    Ok(Value::list(value.split(separator).map(Value::string).collect()))
}

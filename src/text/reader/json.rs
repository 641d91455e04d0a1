//! An article as a JSON object: `{"id", "text", "title"?, "publisher"?, "date"?, "url"?}`; other fields are ignored.
//!
//! A field of the wrong type is left out with a warning; only `text` is needed. The fields may have other names.

use serde_json::{Map, Value};

use super::fields::{Fields, likely_text, take};
use super::lines::{LineError, LineErrorKind};
use crate::text::Article;

/// The article of one JSON text, and what was left out of it.
pub(super) fn article(text: &str, fields: &Fields) -> Result<(Article, Vec<String>), (Option<String>, LineError)> {
    let failure = |error: serde_json::Error| (None, LineError::new(LineErrorKind::Json, readable(&error)));
    from_value(serde_json::from_str(text).map_err(failure)?, fields)
}

/// The article of one JSON value, and what was left out of it; an error comes with the id, if there is one.
pub(super) fn from_value(value: Value, fields: &Fields) -> Result<(Article, Vec<String>), (Option<String>, LineError)> {
    let Value::Object(mut object) = value else {
        return Err((None, LineError::new(LineErrorKind::Json, "an article is an object with `id` and `text`")));
    };
    let id = match take(&mut object, &fields.id) {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let Some(text) = take(&mut object, &fields.text).and_then(paragraphs) else {
        let message = format!("the object has no `{}`, or it is no string", fields.text);
        let strings = object.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
        let hint = likely_text(strings);
        return Err((id, LineError { hint, ..LineError::new(LineErrorKind::TextMissing, message) }));
    };
    let mut warnings = Vec::new();
    let mut article = Article {
        id: String::new(),
        title: field(&mut object, &fields.title, &mut warnings),
        publisher: field(&mut object, &fields.publisher, &mut warnings),
        date: field(&mut object, &fields.date, &mut warnings),
        url: field(&mut object, &fields.url, &mut warnings),
        text,
    };
    warnings.extend(article.check_date());
    article.id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| article.content_id());
    Ok((article, warnings))
}

/// A text: a string, or a list of strings, each a paragraph.
fn paragraphs(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(lines) => {
            let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
            Some(lines?.join("\n\n"))
        }
        _ => None,
    }
}

/// The text of an optional field; anything but a string or null is left out with a warning.
fn field(object: &mut Map<String, Value>, name: &str, warnings: &mut Vec<String>) -> Option<String> {
    match take(object, name) {
        Some(Value::String(value)) => Some(value).filter(|value| !value.trim().is_empty()),
        None | Some(Value::Null) => None,
        Some(_) => {
            warnings.push(format!("`{name}` is no string and is ignored"));
            None
        }
    }
}

/// What the JSON reader says, without its line number: each article stands on one line, whose number we give.
pub(super) fn readable(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let cut = message.rfind(" at line ").unwrap_or(message.len());
    match error.column() {
        0 => format!("no JSON: {}", &message[..cut]),
        column => format!("no JSON: {} at column {column}", &message[..cut]),
    }
}

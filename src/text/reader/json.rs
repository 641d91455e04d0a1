//! An article as a JSON object: `{"id", "text", "title"?, "publisher"?, "date"?, "url"?}`; other fields are ignored.
//!
//! A field of the wrong type is left out with a warning; only `text` is needed.

use serde_json::{Map, Value};

use super::lines::{LineError, LineErrorKind};
use crate::text::Article;

/// The article of one JSON text, and what was left out of it.
pub(super) fn article(text: &str) -> Result<(Article, Vec<String>), (Option<String>, LineError)> {
    let failure = |error: serde_json::Error| (None, LineError::new(LineErrorKind::Json, readable(&error)));
    from_value(serde_json::from_str(text).map_err(failure)?)
}

/// The article of one JSON value, and what was left out of it; an error comes with the id, if there is one.
pub(super) fn from_value(value: Value) -> Result<(Article, Vec<String>), (Option<String>, LineError)> {
    let Value::Object(mut object) = value else {
        return Err((None, LineError::new(LineErrorKind::Json, "an article is an object with `id` and `text`")));
    };
    let id = match object.remove("id") {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let Some(Value::String(text)) = object.remove("text") else {
        return Err((id, LineError::new(LineErrorKind::TextMissing, "the object has no `text`, or it is no string")));
    };
    let mut warnings = Vec::new();
    let mut article = Article {
        id: String::new(),
        title: field(&mut object, "title", &mut warnings),
        publisher: field(&mut object, "publisher", &mut warnings),
        date: field(&mut object, "date", &mut warnings),
        url: field(&mut object, "url", &mut warnings),
        text,
    };
    warnings.extend(article.check_date());
    article.id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| article.content_id());
    Ok((article, warnings))
}

/// The text of an optional field; anything but a string or null is left out with a warning.
fn field(object: &mut Map<String, Value>, name: &str, warnings: &mut Vec<String>) -> Option<String> {
    match object.remove(name) {
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

//! Properties as the attributes of exchange formats: which there are, their types, and values as text.
//!
//! A type is that of all values, and `string` where they differ. Lists and maps are written as JSON. What a format calls
//! its types is its own business.

use indexmap::IndexMap;
use serde_json::json;

use crate::graph::Value;

/// What all values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttributeType {
    Boolean,
    Integer,
    Float,
    Text,
}

/// The attributes of one kind of element, by name, in order of first appearance.
pub(super) type Attributes<'g> = IndexMap<&'g str, AttributeType>;

/// The attributes of all elements, the one that is not a property first.
pub(super) fn attributes<'g>(
    own: &'static str,
    elements: impl Iterator<Item = &'g IndexMap<String, Value>>,
) -> Attributes<'g> {
    let mut attributes = Attributes::from([(own, AttributeType::Text)]);
    for (name, value) in elements.flatten() {
        let kind = type_of(value);
        let known = attributes.entry(name.as_str()).or_insert(kind);
        if *known != kind {
            *known = AttributeType::Text;
        }
    }
    attributes
}

fn type_of(value: &Value) -> AttributeType {
    match value {
        Value::Boolean(_) => AttributeType::Boolean,
        Value::Integer(_) => AttributeType::Integer,
        Value::Float(_) => AttributeType::Float,
        Value::Null | Value::String(_) | Value::List(_) | Value::Map(_) => AttributeType::Text,
    }
}

/// A value as the text of an attribute.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        _ => json_of(value).to_string(),
    }
}

/// A value as JSON.
pub(super) fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(truth) => json!(truth),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::String(text) => json!(text),
        Value::List(values) => values.iter().map(json_of).collect(),
        Value::Map(values) => values.iter().map(|(name, value)| (name.clone(), json_of(value))).collect(),
    }
}

/// Text inside an XML element or attribute. XML 1.0 has no way to write most control characters; they are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A field of a CSV line.
pub(super) fn quoted(field: &str) -> String {
    if field.contains(['"', ',', ';', '\n', '\r']) || field.is_empty() {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

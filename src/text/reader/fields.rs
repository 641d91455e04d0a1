//! Which field of a JSON object, or which column of a table, holds what of an article.
//!
//! By default a part of an article stands in the field of its own name; `text=body,date=meta.published` says otherwise.

use std::str::FromStr;

use serde_json::{Map, Value};

/// The fields that hold the parts of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) date: String,
    pub(super) url: String,
    pub(super) text: String,
}

impl Default for Fields {
    fn default() -> Self {
        let [id, title, publisher, date, url, text] =
            ["id", "title", "publisher", "date", "url", "text"].map(str::to_owned);
        Self { id, title, publisher, date, url, text }
    }
}

impl FromStr for Fields {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut fields = Self::default();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (part, name) = pair.split_once('=').ok_or_else(|| format!("`{pair}` is no PART=FIELD"))?;
            let (part, name) = (part.trim(), name.trim());
            let field = fields.part(part).ok_or_else(|| {
                format!("an article has no `{part}`; its parts are id, title, publisher, date, url and text")
            })?;
            name.clone_into(field);
        }
        Ok(fields)
    }
}

impl Fields {
    fn part(&mut self, part: &str) -> Option<&mut String> {
        Some(match part {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "date" => &mut self.date,
            "url" => &mut self.url,
            "text" => &mut self.text,
            _ => return None,
        })
    }
}

/// Takes a field out of an object: one of this very name, or else one inside others, `meta.date`.
pub(super) fn take(object: &mut Map<String, Value>, name: &str) -> Option<Value> {
    if let Some(value) = object.remove(name) {
        return Some(value);
    }
    let (outer, inner) = name.split_once('.')?;
    match object.get_mut(outer)? {
        Value::Object(object) => take(object, inner),
        _ => None,
    }
}

/// Which field may hold the text, among names with the length of what they hold: the longest of more than a few words.
pub(super) fn likely_text<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    const SHORTEST: usize = 80;
    let longest = fields.filter(|(_, text)| text.len() >= SHORTEST).max_by_key(|(_, text)| text.len());
    longest.map(|(name, _)| format!("the text may be in `{name}`: --map text={name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_names_parts_and_fields() {
        let fields: Fields = "text=body, date=meta.published".parse().unwrap();
        assert_eq!(
            (fields.text.as_str(), fields.date.as_str(), fields.title.as_str()),
            ("body", "meta.published", "title")
        );
        for (mapping, message) in [("body", "no PART=FIELD"), ("author=by", "no `author`")] {
            assert!(mapping.parse::<Fields>().unwrap_err().contains(message), "{mapping}");
        }
    }

    #[test]
    fn a_field_may_lie_inside_others() {
        let Value::Object(mut object) = serde_json::json!({"a.b": 1, "a": {"c": {"d": 2}}}) else {
            panic!("no object")
        };
        assert_eq!(take(&mut object, "a.b"), Some(1.into()));
        assert_eq!(take(&mut object, "a.c.d"), Some(2.into()));
        assert_eq!(take(&mut object, "a.x"), None);
    }
}

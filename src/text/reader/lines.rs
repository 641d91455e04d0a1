//! Articles as JSON Lines, one at a time, so that a stream of any length needs the memory of its longest line.
//!
//! No line is lost: each one that is not blank comes out, in order, as an article or as an error with its number.

use std::fmt;
use std::io::{self, BufRead};

use serde_json::Value;

use super::fields::Fields;
use super::json;
use crate::text::Article;

/// Why a line holds no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineErrorKind {
    /// It is no JSON object.
    Json,
    /// The object has no `text`.
    TextMissing,
    /// Its bytes are not UTF-8.
    Utf8,
}

impl LineErrorKind {
    /// The spelling of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::TextMissing => "text missing",
            Self::Utf8 => "utf-8",
        }
    }
}

/// A line that holds no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// What is wrong with it.
    pub kind: LineErrorKind,
    /// The same in words: lower case, no full stop.
    pub message: String,
    /// A way out, when there is one.
    pub hint: Option<String>,
}

impl LineError {
    /// An error of this kind.
    pub(super) fn new(kind: LineErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for LineError {}

/// One line of input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputLine {
    /// Its number, from 1; blank lines count but do not come out.
    pub number: u64,
    /// The id as given, also of a line without text; a content hash when an article has none.
    pub id: Option<String>,
    /// The article, or why there is none.
    pub article: Result<Article, LineError>,
    /// What was left out of the article: lower case, no full stop.
    pub warnings: Vec<String>,
}

impl InputLine {
    /// Reads the bytes of one line.
    pub fn parse(number: u64, bytes: &[u8]) -> Self {
        Self::parse_with(number, bytes, &Fields::default())
    }

    /// Reads the bytes of one line, whose fields have these names.
    pub fn parse_with(number: u64, bytes: &[u8], fields: &Fields) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let parsed = match std::str::from_utf8(bytes) {
            Ok(text) => json::article(text, fields),
            Err(error) => Err(not_utf_8(bytes, &error)),
        };
        match parsed {
            Ok((article, warnings)) => Self { number, id: Some(article.id.clone()), article: Ok(article), warnings },
            Err((id, error)) => Self { number, id, article: Err(error), warnings: Vec::new() },
        }
    }
}

/// The error of a line that is not UTF-8, with the id if that much can be read.
fn not_utf_8(bytes: &[u8], error: &std::str::Utf8Error) -> (Option<String>, LineError) {
    let value: Option<Value> = serde_json::from_str(&String::from_utf8_lossy(bytes)).ok();
    let id = value.as_ref().and_then(|value| value.get("id")).and_then(Value::as_str).map(str::to_owned);
    let message = format!("the line is not UTF-8 from byte {} on", error.valid_up_to() + 1);
    (id, LineError::new(LineErrorKind::Utf8, message))
}

/// The articles of a stream of JSON Lines.
#[derive(Debug)]
pub struct Lines<Input> {
    input: Input,
    fields: Fields,
    number: u64,
    buffer: Vec<u8>,
}

impl<Input: BufRead> Lines<Input> {
    /// Reads from the start of `input`.
    pub fn new(input: Input) -> Self {
        Self::with_fields(input, &Fields::default())
    }

    /// The same for objects whose fields have these names.
    pub fn with_fields(input: Input, fields: &Fields) -> Self {
        Self { input, fields: fields.clone(), number: 0, buffer: Vec::new() }
    }
}

impl<Input: BufRead> Iterator for Lines<Input> {
    type Item = io::Result<InputLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            match self.input.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => self.number += 1,
                Err(error) => return Some(Err(error)),
            }
            if !self.buffer.iter().all(u8::is_ascii_whitespace) {
                return Some(Ok(InputLine::parse_with(self.number, &self.buffer, &self.fields)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_comes_out_as_an_article_or_an_error() {
        let input: &[u8] = b"\xef\xbb\xbf{\"id\":\"a\",\"text\":\"One.\",\"more\":1}\n\n{\"id\":\"b\"\n{\"id\":\"c\"}\n{\"id\":\"d\",\"text\":\"\xff\"}\n[1]\n{\"id\":7,\"text\":\"\",\"date\":\"never\"}";
        let lines: Vec<InputLine> = Lines::new(input).map(Result::unwrap).collect();
        let shown: Vec<(u64, Option<&str>, Result<&str, &str>)> = lines
            .iter()
            .map(|line| {
                let article = line.article.as_ref().map(|article| article.text.as_str());
                (line.number, line.id.as_deref(), article.map_err(|error| error.kind.as_str()))
            })
            .collect();
        assert_eq!(
            shown,
            [
                (1, Some("a"), Ok("One.")),
                (3, None, Err("json")),
                (4, Some("c"), Err("text missing")),
                (5, Some("d"), Err("utf-8")),
                (6, None, Err("json")),
                (7, Some("7"), Ok("")),
            ]
        );
        assert_eq!(lines.last().map(|line| line.warnings.len()), Some(1));
    }
}

//! What can go wrong between a path and an article, with the place and a way out.
//!
//! Errors cost an article, warnings do not. Both print as "path:line: message"; drawing them is `render::diagnostic`'s work.

use std::fmt;

/// Why an article, or a file of articles, could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleErrorKind {
    /// No file or folder has this name.
    Missing,
    /// The operating system refused.
    Unreadable,
    /// A folder without one file that holds articles.
    NoArticles,
    /// A file or a text of nothing but white space.
    Empty,
    /// Bytes that are no text.
    Binary,
    /// A line or a file that is no JSON object.
    Json,
    /// An object without `text`.
    TextMissing,
    /// A line of JSON that is not UTF-8.
    Utf8,
    /// A row of a table that does not fit its header.
    Row,
    /// XML that is not well-formed, or holds no news.
    Xml,
    /// A text of a few words; passed over.
    TooShort,
    /// A page or a text without a sentence; passed over.
    NoProse,
    /// A text in another language; passed over.
    NotEnglish,
}

impl ArticleErrorKind {
    /// Whether nothing is wrong with the file: what it holds is only not for us.
    pub fn is_passed_over(self) -> bool {
        matches!(self, Self::TooShort | Self::NoProse | Self::NotEnglish)
    }
}

/// An article, or a file of articles, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleError {
    /// What went wrong.
    pub kind: ArticleErrorKind,
    /// The file or folder as the user wrote it, `-` for standard input.
    pub path: String,
    /// The line, from 1, when the error is in one.
    pub line: Option<u64>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// A way out, when there is one.
    pub hint: Option<String>,
}

/// Something about an article that was guessed or left out; the article was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleWarning {
    /// The file as the user wrote it, `-` for standard input.
    pub path: String,
    /// The line, from 1, when the warning is about one.
    pub line: Option<u64>,
    /// What was guessed or left out: lower case, no full stop.
    pub message: String,
}

impl ArticleError {
    /// An error about a whole file, without a way out.
    pub(super) fn new(kind: ArticleErrorKind, path: &str, message: impl Into<String>) -> Self {
        Self { kind, path: path.to_owned(), line: None, message: message.into(), hint: None }
    }

    /// The same with a way out.
    pub(super) fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

impl ArticleWarning {
    /// A warning about a file, or a line of it.
    pub(super) fn new(path: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for ArticleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(formatter, &self.path, self.line, &self.message)
    }
}

impl std::error::Error for ArticleError {}

impl fmt::Display for ArticleWarning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(formatter, &self.path, self.line, &self.message)
    }
}

/// Writes "path:line: message".
fn show(formatter: &mut fmt::Formatter<'_>, path: &str, line: Option<u64>, message: &str) -> fmt::Result {
    match line {
        Some(line) => write!(formatter, "{path}:{line}: {message}"),
        None => write!(formatter, "{path}: {message}"),
    }
}

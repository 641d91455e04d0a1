//! An article as a file has it, before it is checked, and what is wrong where there should be one.
//!
//! Each layout gives drafts; that they become articles in the same way is decided in `intake`.

use super::{ArticleError, ArticleErrorKind};

/// An article as a file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    /// In any usual spelling.
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
    /// Paragraphs with blank lines between them, or as the file has them.
    pub(super) text: String,
    /// Where in the file it stands, from 1.
    pub(super) line: Option<u64>,
}

/// Why there is no article where one was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: ArticleErrorKind,
    pub(super) line: Option<u64>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// What stands in one place of a file.
pub(super) type Found = Result<Draft, Fault>;

impl Fault {
    /// A fault of a whole file, without a way out.
    pub(super) fn new(kind: ArticleErrorKind, message: impl Into<String>) -> Self {
        Self { kind, line: None, message: message.into(), hint: None }
    }

    /// The same in a line.
    pub(super) fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same with a way out.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same as an error of a file.
    pub(super) fn in_file(self, path: &str) -> ArticleError {
        let Self { kind, line, message, hint } = self;
        ArticleError { kind, path: path.to_owned(), line, message, hint }
    }
}

/// Text without white space around it; `None` when nothing is left.
pub(super) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

//! What stops a command, and how the user hears of it.
//!
//! A message is one lower-case line without a full stop; a hint says what to do about it. Colours are anstream's
//! business: it takes them away when standard error is no terminal.

use std::io;
use std::path::Path;

use demarche::lexicon::LexiconError;
use demarche::query::{Detail, QueryError};
use demarche::render::Look;
use demarche::render::diagnostic::{Diagnostic, draw};

use super::Exit;

/// What stops a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The arguments do not fit together.
    #[error("{message}")]
    Usage {
        /// What is wrong, the user's own word in backquotes.
        message: String,
        /// What to do instead; may be empty.
        hint: String,
    },
    /// Something could not be read.
    #[error("{message}")]
    Input {
        /// What is wrong, the file's name in backquotes.
        message: String,
        /// What to do instead; may be empty.
        hint: String,
    },
    /// A user's word list does not fit the format.
    #[error("{0}")]
    Lexicon(#[from] LexiconError),
    /// A query is wrong, or was stopped.
    #[error("{error}")]
    Query {
        /// What is wrong.
        error: Box<QueryError>,
        /// The text it is about.
        text: String,
    },
    /// Standard output or a file could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    /// The arguments do not fit together.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    /// Something could not be read.
    pub(crate) fn input(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Input { message: message.into(), hint: hint.into() }
    }

    /// A query is wrong.
    pub(crate) fn query(error: QueryError, text: &str) -> Self {
        Self::Query { error: Box::new(error), text: text.to_owned() }
    }

    /// A file or folder could not be opened.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the spelling; `-` stands for standard input",
            io::ErrorKind::PermissionDenied => "check its permissions",
            _ => "",
        };
        Self::input(format!("cannot read `{}`: {}", path.display(), reason(error)), hint)
    }

    /// A file could not be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "the folder must exist",
            io::ErrorKind::PermissionDenied => "check its permissions",
            _ => "",
        };
        Self::input(format!("cannot write `{}`: {}", path.display(), reason(error)), hint)
    }

    /// Tells the user on standard error and says how the run ends. A reader that went away, as in `demarche ... | head`,
    /// is no error.
    pub(crate) fn report(&self) -> Exit {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return Exit::Answers;
        }
        match self {
            Self::Query { error, text } => tell(&Diagnostic::of_query(error, text)),
            _ => tell(&Diagnostic::error(self.to_string()).hint(self.hint())),
        }
        self.exit()
    }

    /// Whether no later statement of a session can do better: nobody reads the answers any more.
    pub(crate) fn ends_session(&self) -> bool {
        matches!(self, Self::Output(_))
    }

    fn hint(&self) -> &str {
        match self {
            Self::Usage { hint, .. } | Self::Input { hint, .. } => hint,
            Self::Lexicon(_) => {
                "a word list has tab-separated rows under a header line; lines that start with `#` are comments"
            }
            Self::Query { .. } | Self::Output(_) => "",
        }
    }

    /// How a run ends that this error ended.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Query { error, .. } if error.detail == Detail::Cancelled => Exit::Interrupted,
            Self::Usage { .. } | Self::Query { .. } => Exit::Usage,
            Self::Input { .. } | Self::Lexicon(_) | Self::Output(_) => Exit::Input,
        }
    }
}

/// Draws on standard error. One that is closed leaves nobody to tell.
pub(crate) fn tell(diagnostic: &Diagnostic) {
    anstream::eprintln!("{}", draw(diagnostic, Look::Coloured));
}

/// The system's reason in our style: lower case, without "(os error 2)".
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

//! Reads articles from files, folders and standard input; the one place where the text stage touches the world.
//!
//! Whatever can be read is read: each article that cannot be is an error of its own beside the others, and what was
//! guessed (an encoding) or left out (a bad date) is a warning. The caller decides what to make of them.

mod encoding;
mod error;
mod front_matter;
mod json;
mod lines;
mod markdown;
mod source;

pub use error::{ArticleError, ArticleErrorKind, ArticleWarning};
pub use lines::{InputLine, LineError, LineErrorKind, Lines};
pub use source::{Reading, read, read_bytes};

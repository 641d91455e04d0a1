//! Reads articles from files, folders and standard input; the one place where the text stage touches the world.
//!
//! Whatever can be read is read: each article that cannot be is an error of its own beside the others, and what was
//! guessed (an encoding) or left out (a bad date) is a warning. The caller decides what to make of them.

mod agency;
mod compression;
mod draft;
mod encoding;
mod error;
mod feed;
mod fields;
mod front_matter;
mod html;
mod intake;
mod json;
mod layout;
mod lines;
mod markdown;
mod screening;
mod source;
mod table;
mod warc;
mod xml;

pub use error::{ArticleError, ArticleErrorKind, ArticleWarning};
pub use fields::Fields;
pub use intake::Reading;
pub use lines::{InputLine, LineError, LineErrorKind, Lines};
pub use screening::Screening;
pub use source::{Reader, read, read_bytes};

//! `demarche repl`: questions and patterns typed at a terminal, or read from a pipe.
//!
//! The line editor stands in `editor`; what a line does is decided in `session`.

mod completeness;
mod completion;
mod editor;

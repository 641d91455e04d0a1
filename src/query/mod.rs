//! The language: questions and openCypher patterns over a property graph, from text to rows.
//!
//! Text is parsed to an AST, questions are rewritten to patterns, names are bound, a plan is made and improved, and an
//! executor turns it into rows. Drawing rows and errors is `render`'s business.

pub mod ast;
mod error;
pub mod parser;
pub mod print;
pub mod question;
mod rewriting;

pub use error::{Detail, ErrorKind, Phase, QueryError, did_you_mean};

pub use rewriting::rewrite;

/// Values of parameters by name, without the dollar sign.
pub type Parameters = indexmap::IndexMap<String, crate::graph::Value>;

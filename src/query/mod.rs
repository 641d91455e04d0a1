//! The language: questions and openCypher patterns over a property graph, from text to rows.
//!
//! Text is parsed to an AST, questions are rewritten to patterns, names are bound, a plan is made and improved, and an
//! executor turns it into rows. Drawing rows and errors is `render`'s business.

mod absence;
pub mod analysis;
pub mod ast;
mod binder;
mod bound;
mod error;
mod executor;
pub mod functions;
mod optimizer;
pub mod parser;
pub mod plan;
mod planner;
mod prepared;
pub mod print;
pub mod question;
mod rewriting;
pub mod scalar;
mod table;
pub mod types;
pub mod value;

pub use absence::nearby;
pub use binder::Warning;
pub use error::{Detail, ErrorKind, Phase, QueryError, did_you_mean};
pub use executor::{Cancellation, Limits, Names, Profile, View};
pub use prepared::{Prepared, prepare, run};
pub use rewriting::{Rewriting, Side, rewrite, stances};
pub use table::Table;

/// Values of parameters by name, without the dollar sign.
pub type Parameters = indexmap::IndexMap<String, crate::graph::Value>;

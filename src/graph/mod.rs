//! The graph of positions: its schema, how articles are joined into it, and how it is kept.
//!
//! A property graph in the openCypher sense over petgraph. Queries read it through [`PropertyGraph`]; nothing here knows
//! the query language.

mod property;
pub mod schema;
mod stem;
pub mod topic;

pub use property::{Node, PropertyGraph, Relationship, Value};

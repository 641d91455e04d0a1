//! The answer to a query: named columns and rows, and what was odd about the query.
//!
//! Nodes and relationships in it are places in the graph that was asked.

use super::binder::Warning;
use super::value::Value;

/// Rows under column names.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The names, no two alike.
    pub columns: Vec<String>,
    /// The rows; each has a value for each column.
    pub rows: Vec<Vec<Value>>,
    /// Names that the graph does not know, with suggestions.
    pub warnings: Vec<Warning>,
}

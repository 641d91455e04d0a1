//! What stands in a cell of a table, and how it should strike the eye.
//!
//! Between values, which are the query's, and the ways to draw them.

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text; may be empty and may have several lines.
    pub text: String,
    /// How it is drawn.
    pub kind: CellKind,
}

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// As it is.
    Text,
    /// To the right.
    Number,
    /// Dimly: what is absent, numbers of rows.
    Aside,
    /// "supports", "agrees"
    Agreement,
    /// "rejects", "denies"
    Refusal,
}

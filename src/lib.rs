//! demarche turns news articles into a graph of positions and answers questions about it.
//!
//! Text goes in on the left, answers come out on the right; a module uses only what stands to its left:
//!
//! ```text
//! random | lexicon -> text -> syntax -> extract -> graph -> pipeline -> query -> render -> score | cli
//! ```
//!
//! The library never prints, never asks the clock, and analyses any text without failing.

mod random;

pub mod lexicon;
pub mod text;

pub mod syntax;

pub mod extract;

pub mod graph;

pub mod pipeline;

pub mod query;

pub mod render;

pub mod score;

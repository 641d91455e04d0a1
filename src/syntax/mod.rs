//! Tags, lemmas and the dependency tree of each sentence, after Universal Dependencies.
//!
//! A small trained model, embedded in the binary, does the work; it never fails, any text gets a tree. What the tree
//! means is `extract`'s business.

mod tagset;
mod tree;

pub use tagset::{Relation, Upos, Xpos};
pub use tree::{Features, Tree, Word};

//! The parser that the generator makes of `grammar/query.pest`; its rules are described there.
//!
//! A file of its own, so that nothing else in this folder depends on what the generator names.

/// Parses by the rules of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/query.pest"]
pub(super) struct Grammar;

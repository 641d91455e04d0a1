//! From articles to a graph: each article analysed on its own, in parallel, and the results joined.
//!
//! One set of articles gives one graph, for any number of threads, and for any way of adding them over several builds.
//! Reading articles and writing graph files is decided elsewhere.

mod analyzer;
mod summary;
mod update;

pub use analyzer::Analyzer;
pub use summary::{Summary, Work};
pub use update::{Build, Update};

//! What a pattern alone does not answer: measures over the rows of a pattern, on petgraph.
//!
//! A question names its analysis; the pattern that feeds it is what `EXPLAIN` prints.

mod measure;
mod network;

pub use network::NetworkAnalysis;

use super::table::Table;

/// What is worked out from the rows of a question's pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Analysis {
    /// Ties between actors, from the topics on which they take sides.
    Network(NetworkAnalysis),
}

impl Analysis {
    /// The answer, from the rows of the pattern.
    pub fn of(&self, table: Table) -> Table {
        match self {
            Analysis::Network(network) => network.of(table),
        }
    }

    /// What is done, in a line for `EXPLAIN`.
    pub fn describe(&self) -> String {
        match self {
            Analysis::Network(network) => network.describe(),
        }
    }
}

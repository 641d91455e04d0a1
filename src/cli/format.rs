//! The formats in which answers are printed.
//!
//! How each of them looks is `render`'s business; here they only have names.

use clap::ValueEnum;

/// A format of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, fitted to the terminal
    #[default]
    Table,
    /// One object with columns and rows
    Json,
    /// One object a row
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A table for documents
    Markdown,
    /// The nodes and relationships in the answer, for Graphviz
    Dot,
}

impl Format {
    /// The names of all formats.
    pub(crate) fn names() -> Vec<String> {
        Self::value_variants().iter().map(Self::to_string).collect()
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = self.to_possible_value();
        formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}

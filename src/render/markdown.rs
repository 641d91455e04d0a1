//! Rows as a Markdown table, for documents.
//!
//! Cells hold what a table for people holds; what Markdown would take for its own is escaped.

use super::cell;
use crate::query::{Table, View};

/// The table; without rows the header stands alone.
pub fn table(table: &Table, view: &View<'_>) -> String {
    let header = line(table.columns.iter().map(|name| escape(name)));
    let rule = line(table.columns.iter().map(|_| "---".to_owned()));
    let rows = table.rows.iter().map(|row| line(row.iter().map(|value| escape(&cell::of(value, view).text))));
    [header, rule].into_iter().chain(rows).collect()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '\\' | '*' | '_' | '`' | '<' | '[' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("<br>"),
            _ if letter.is_control() => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::PropertyGraph;
    use crate::query::{Parameters, run};

    #[test]
    fn cells_cannot_break_the_table() {
        let graph = PropertyGraph::new();
        let answer = run(&graph, "RETURN 'a|b' AS text, 2 AS number", &Parameters::new()).unwrap();
        let drawn = table(&answer, &View::new(&graph));
        assert_eq!(drawn, "| text | number |\n| --- | --- |\n| a\\|b | 2 |\n");
    }
}

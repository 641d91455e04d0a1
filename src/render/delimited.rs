//! Rows as comma- or tab-separated values, for spreadsheets and scripts.
//!
//! A header line with the column names, then a line a row. Null is empty; numbers, strings and booleans are themselves,
//! everything else is JSON. In tab-separated values a tab or line break inside a text is a space, so that a line stays a
//! row for `cut` and `awk`.

use super::json;
use crate::query::value::Value;
use crate::query::{Table, View};

/// Comma-separated values after RFC 4180, lines ending in `\n`.
pub fn commas(table: &Table, view: &View<'_>) -> String {
    let lines = rows(table, view).map(|row| row.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",") + "\n");
    lines.collect()
}

/// Tab-separated values.
pub fn tabs(table: &Table, view: &View<'_>) -> String {
    let lines = rows(table, view).map(|row| {
        row.iter().map(|field| field.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t") + "\n"
    });
    lines.collect()
}

/// The column names and the rows, as texts.
fn rows<'t>(table: &'t Table, view: &'t View<'_>) -> impl Iterator<Item = Vec<String>> + 't {
    let rows = table.rows.iter().map(|row| row.iter().map(|value| field(value, view)).collect());
    std::iter::once(table.columns.clone()).chain(rows)
}

fn field(value: &Value, view: &View<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        _ => json::value(value, view).to_string(),
    }
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::PropertyGraph;
    use crate::query::{Parameters, run};

    #[test]
    fn a_row_stays_a_line() {
        let graph = PropertyGraph::new();
        let query = "RETURN 'say \"no\",\tor\nnot' AS text, null AS nothing, 1.0 AS one, ['a'] AS list";
        let table = run(&graph, query, &Parameters::new()).unwrap();
        let view = View::new(&graph);
        assert_eq!(commas(&table, &view), "text,nothing,one,list\n\"say \"\"no\"\",\tor\nnot\",,1.0,\"[\"\"a\"\"]\"\n");
        assert_eq!(tabs(&table, &view), "text\tnothing\tone\tlist\nsay \"no\", or not\t\t1.0\t[\"a\"]\n");
    }
}

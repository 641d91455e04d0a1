//! Articles in the rows of a table, CSV or TSV: a header line names the columns.
//!
//! A row that is broken costs itself alone.

use super::ArticleErrorKind;
use super::draft::{Draft, Fault, Found, filled};
use super::fields::{Fields, likely_text};

/// The articles of a table whose columns are parted by `delimiter`.
pub(super) fn articles(text: &str, delimiter: u8, fields: &Fields) -> Vec<Found> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|header| header.trim().to_owned()).collect(),
        Err(error) => return vec![Err(fault(&error))],
    };
    let place = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
    let Some(text) = place(&fields.text) else {
        let first = reader.records().flatten().next().unwrap_or_default();
        let pairs = columns.iter().map(String::as_str).zip(first.iter());
        let hint = likely_text(pairs).unwrap_or_else(|| format!("its columns are {}", columns.join(", ")));
        let message = format!("the table has no column `{}`", fields.text);
        return vec![Err(Fault::new(ArticleErrorKind::TextMissing, message).hint(hint))];
    };
    let parts = [&fields.id, &fields.title, &fields.publisher, &fields.date, &fields.url].map(|name| place(name));
    let draft = |record: csv::StringRecord| {
        let [id, title, publisher, date, url] = parts.map(|place| filled(record.get(place?)?));
        let line = record.position().map(csv::Position::line);
        Draft { id, title, publisher, date, url, text: record.get(text).unwrap_or_default().to_owned(), line }
    };
    reader.records().map(|record| record.map(draft).map_err(|error| fault(&error))).collect()
}

/// What is wrong with a row.
fn fault(error: &csv::Error) -> Fault {
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} fields instead of {expected_len}")
        }
        _ => format!("no table: {error}"),
    };
    let fault = Fault::new(ArticleErrorKind::Row, message);
    match error.position() {
        Some(position) => fault.at(position.line()),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_articles_and_broken_ones_faults() {
        let table = "ID,Text,date\n1,\"Orsa, so\nthey say.\",2031-01-02\n2,more,2031-01-03,x\n3,Last.,\n";
        let shown: Vec<String> = articles(table, b',', &Fields::default())
            .into_iter()
            .map(|found| match found {
                Ok(draft) => format!("{:?} {} {:?} {:?}", draft.line, draft.text, draft.id, draft.date),
                Err(fault) => format!("{:?} {}", fault.line, fault.message),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Some(2) Orsa, so\nthey say. Some(\"1\") Some(\"2031-01-02\")",
                "Some(4) the row has 4 fields instead of 3",
                "Some(5) Last. Some(\"3\") None",
            ]
        );
    }

    #[test]
    fn a_missing_column_is_named_with_a_way_out() {
        let table = format!("id\tbody\n1\t{}\n", "words ".repeat(20));
        let fault = articles(&table, b'\t', &Fields::default()).remove(0).unwrap_err();
        assert_eq!(fault.hint.as_deref(), Some("the text may be in `body`: --map text=body"));
    }
}

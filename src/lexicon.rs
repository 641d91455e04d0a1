//! The format of the word lists: tab-separated rows under a header line, comments on lines that start with `#`.
//!
//! The lists of `data/` are embedded in the binary; a user's own rows for a list of the same name are read after them, so
//! that an analyst extends the language of demarche without touching Rust. What a row means is its stage's business:
//! each stage gives its rows a type and reads them with [`Lexicons::rows`].

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

/// Where word lists come from: the embedded ones, and a user's additions by file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicons {
    additions: BTreeMap<String, String>,
}

/// A word list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct LexiconError {
    /// The list's file name, "cues.tsv".
    pub file: String,
    /// The line, from 1; 0 when the reader could not tell.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

impl Lexicons {
    /// The embedded lists alone.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Adds a user's list: its rows are read after the embedded rows of the same file name. A second list of one name
    /// goes on with the first; its header line is left out.
    #[must_use]
    pub fn with(mut self, file: &str, text: &str) -> Self {
        match self.additions.get_mut(file) {
            Some(list) => {
                let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
                rows.for_each(|row| list.extend(["\n", row]));
            }
            None => drop(self.additions.insert(file.to_owned(), text.to_owned())),
        }
        self
    }

    /// The user's lists as they were given: file name and text, by name.
    pub fn additions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.additions.iter().map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// The rows of one list: those of `embedded`, then the user's.
    ///
    /// # Errors
    /// When a row lacks a column or a value does not read as its type.
    pub fn rows<Row: DeserializeOwned>(&self, file: &str, embedded: &str) -> Result<Vec<Row>, LexiconError> {
        let mut rows = parse(file, embedded)?;
        if let Some(text) = self.additions.get(file) {
            rows.extend(parse(file, text)?);
        }
        Ok(rows)
    }

    /// Shows the named columns of each row of one list: those of `embedded`, then the user's. For lists of numbers, which are
    /// long; `each` says what is wrong with a row.
    ///
    /// # Errors
    /// When a column is missing or `each` refuses a row.
    pub fn each_row<const COLUMNS: usize>(
        &self,
        file: &str,
        embedded: &str,
        columns: [&str; COLUMNS],
        mut each: impl FnMut([&str; COLUMNS]) -> Result<(), String>,
    ) -> Result<(), LexiconError> {
        let failure = |line: u64, message: String| LexiconError { file: file.to_owned(), line, message };
        let broken = |error: csv::Error| failure(line_of(&error), error.to_string());
        for (text, trim) in
            [(Some(embedded), csv::Trim::None), (self.additions.get(file).map(|text| &**text), csv::Trim::All)]
        {
            let Some(text) = text else { continue };
            let mut reader = reader(text, trim);
            let headers = reader.headers().map_err(broken)?;
            let mut places = [0; COLUMNS];
            for (place, column) in places.iter_mut().zip(columns) {
                let found = headers.iter().position(|header| header == column);
                *place = found.ok_or_else(|| failure(1, format!("missing column `{column}`")))?;
            }
            let mut record = csv::StringRecord::new();
            while reader.read_record(&mut record).map_err(broken)? {
                let line = record.position().map_or(0, csv::Position::line);
                each(places.map(|place| record.get(place).unwrap_or_default()))
                    .map_err(|message| failure(line, message))?;
            }
        }
        Ok(())
    }
}

/// Where a list is broken.
fn line_of(error: &csv::Error) -> u64 {
    error.position().map_or(0, csv::Position::line)
}

fn reader(text: &str, trim: csv::Trim) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .quoting(false)
        .trim(trim)
        .from_reader(text.as_bytes())
}

/// Reads one list.
fn parse<Row: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row>, LexiconError> {
    let failure =
        |error: csv::Error| LexiconError { file: file.to_owned(), line: line_of(&error), message: error.to_string() };
    reader(text, csv::Trim::All).deserialize().map(|row| row.map_err(failure)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, PartialEq, Debug)]
    struct Row {
        lemma: String,
        relation: String,
    }

    const LIST: &str = "# verbs\nlemma\trelation\nreject\trejects\n";

    #[test]
    fn each_row_shows_columns_by_name_and_says_where_one_is_wrong() {
        let lexicons = Lexicons::embedded().with("weights.tsv", "weight\tfeature\n 2 \t b \n");
        let mut found = Vec::new();
        let mut read = |lexicons: &Lexicons, embedded: &str| {
            lexicons.each_row("weights.tsv", embedded, ["feature", "weight"], |[feature, weight]| {
                found.push((feature.to_owned(), weight.parse::<u8>().map_err(|error| error.to_string())?));
                Ok(())
            })
        };
        read(&lexicons, "feature\tweight\na\t1\n").unwrap();
        let error = read(&Lexicons::embedded(), "# weights\nfeature\tweight\na\tone\n").unwrap_err();
        assert_eq!((error.line, error.message.as_str()), (3, "invalid digit found in string"));
        assert!(read(&lexicons, "feature\na\n").unwrap_err().message.contains("`weight`"));
        assert_eq!(found, [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    }

    #[test]
    fn users_rows_follow_the_embedded_ones() {
        let lexicons = Lexicons::embedded().with("cues.tsv", "lemma\trelation\nspurn\trejects\n");
        let rows: Vec<Row> = lexicons.rows("cues.tsv", LIST).unwrap();
        let lemmas: Vec<&str> = rows.iter().map(|row| row.lemma.as_str()).collect();
        assert_eq!(lemmas, ["reject", "spurn"]);
    }

    #[test]
    fn a_missing_column_is_named_with_its_line() {
        let error = Lexicons::embedded().rows::<Row>("cues.tsv", "lemma\trelation\nreject\n").unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("cues.tsv", 2));
    }
}

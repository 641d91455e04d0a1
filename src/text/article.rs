//! One news text with its metadata, before any analysis.
//!
//! How it is read from files, folders and streams is decided in `reader`.

use serde::{Deserialize, Serialize};

/// One news text with what is known about it.
///
/// `text` is kept exactly as it came (after decoding to UTF-8), since every span points into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Identity: given by the input, or a content hash.
    pub id: String,
    /// Headline from the metadata; a headline that stands in the text is found by `Document`.
    pub title: Option<String>,
    /// The outlet, "Herald of Orsa".
    pub publisher: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The article itself.
    pub text: String,
}

impl Article {
    /// The identity of an article that came without one: 16 hexadecimal digits that depend on everything else it holds.
    ///
    /// Publisher, date and address count, so that the same wire text in two newspapers is two articles.
    pub fn content_id(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let fields = [&self.title, &self.publisher, &self.date, &self.url];
        for field in fields.into_iter().map(|field| field.as_deref().unwrap_or("")).chain([self.text.as_str()]) {
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().to_hex().chars().take(16).collect()
    }

    /// Brings `date` into the form `YYYY-MM-DD`; a date that is none is dropped, and the warning about it comes back.
    pub(super) fn check_date(&mut self) -> Option<String> {
        let given = self.date.take()?;
        let day = given.split(['T', ' ']).next().unwrap_or("");
        match day.parse::<jiff::civil::Date>() {
            Ok(date) => {
                self.date = Some(date.to_string());
                None
            }
            Err(_) => Some(format!("`{given}` is no date of the form YYYY-MM-DD and is ignored")),
        }
    }
}

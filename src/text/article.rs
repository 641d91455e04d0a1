//! One news text with its metadata, before any analysis.
//!
//! How it is read from files, folders and streams is decided in `reader`.

use jiff::civil::Date;
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
        match day(given.trim()) {
            Some(date) => {
                self.date = Some(date.to_string());
                None
            }
            None => Some(format!("`{given}` is no date of the form YYYY-MM-DD and is ignored")),
        }
    }
}

/// The day of a date in one of the spellings that no reader mistakes: ISO 8601 with or without a time, that of mails and
/// feeds, and with the month in letters. "03/04/2025" is March to some and April to others, and so to nobody.
fn day(text: &str) -> Option<Date> {
    const LETTERED: [&str; 4] = ["%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%A, %B %d, %Y"];
    let iso = || text.split(['T', ' ']).next().unwrap_or("").parse().ok();
    let mail = || jiff::fmt::rfc2822::parse(text).ok().map(|moment| moment.date());
    let lettered = || LETTERED.iter().find_map(|format| Date::strptime(format, text).ok());
    iso().or_else(mail).or_else(lettered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_unless_they_are_ambiguous() {
        for (text, date) in [
            ("2031-01-02", Some("2031-01-02")),
            ("2031-01-02T23:15:00+02:00", Some("2031-01-02")),
            ("20310102T081500Z", Some("2031-01-02")),
            ("Thu, 02 Jan 2031 08:00:00 GMT", Some("2031-01-02")),
            ("January 2, 2031", Some("2031-01-02")),
            ("2 January 2031", Some("2031-01-02")),
            ("Thursday, January 2, 2031", Some("2031-01-02")),
            ("03/04/2031", None),
            ("soon", None),
        ] {
            assert_eq!(day(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}

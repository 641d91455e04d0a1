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

//! Question forms: "who rejects ...", "conditions of ... for ...".
//!
//! A placeholder until the question layer lands: it keeps the words as they were written.

/// A question as it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The words.
    pub text: String,
}

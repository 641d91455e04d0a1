//! How the beginning of a quoted stretch is written where it goes on with a sentence of ours: "Hanna Orlin proposes the plan",
//! though the article's sentence began "The plan was put forward by".
//!
//! Only a word that is capital for no other reason loses its capital: names keep theirs, and so does a stretch in quotation
//! marks. The graph keeps what was written.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::Lexicons;

/// A row of `sentence_starters.tsv`.
#[derive(Deserialize)]
struct StarterRow {
    word: String,
}

/// Words that stand in capitals at the beginning of sentences only; empty if the list could not be read, which a test rules
/// out.
static STARTERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let table = include_str!("../../data/sentence_starters.tsv");
    let rows = Lexicons::embedded().rows::<StarterRow>("sentence_starters.tsv", table).unwrap_or_default();
    rows.into_iter().map(|row| row.word).collect()
});

/// The text as it would be written inside a sentence.
pub fn within_sentence(text: &str) -> Cow<'_, str> {
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let lower = word.to_lowercase();
    // "IT" and "US" are no pronouns, and "The Hague" is no beginning: another capital follows. "I" is always one.
    let is_name = word == "I"
        || word.chars().skip(1).any(char::is_uppercase)
        || rest.trim_start().starts_with(char::is_uppercase);
    if word == lower || is_name || !STARTERS.contains(&lower) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(lower + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_beginnings_of_sentences_lose_their_capital() {
        for (text, inside) in [
            ("The plan", "the plan"),
            ("the plan", "the plan"),
            ("It must end", "it must end"),
            ("Orsa must withdraw", "Orsa must withdraw"),
            ("“The bars are gone,”", "“The bars are gone,”"),
            ("The Hague", "The Hague"),
            ("IT workers", "IT workers"),
            ("I was against it", "I was against it"),
            ("A plan", "a plan"),
            ("", ""),
        ] {
            assert_eq!(within_sentence(text), inside);
        }
    }
}

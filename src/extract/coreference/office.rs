//! Offices, ranks and forms of address: the words around a name that say what somebody is and for whom they speak.
//!
//! An office is matched word by word, whatever its capitals and hyphens: "Vice-President", "vice president".

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::gazetteer::values;
use super::traits::Gender;
use crate::lexicon::{LexiconError, Lexicons};

/// Whom the holder of an office speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Voice {
    /// The state or organisation named with the office: "Orsan Foreign Minister"
    State,
    /// The person named with it: "Holt aide"
    Person,
    /// Nobody: "senator"
    None,
    /// No longer anybody; "former" is such a word.
    Ended,
}

/// A row of `titles.tsv`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Office {
    /// Lower case, singular.
    pub(super) title: String,
    /// The gender that the title gives away.
    pub(super) gender: Gender,
    /// Whom it speaks for.
    pub(super) voice: Voice,
    nouns: String,
}

impl Office {
    /// Whether the holder may be taken up as "the `noun`".
    pub(super) fn answers_to(&self, noun: &str) -> bool {
        self.title == noun
            || self.title.ends_with(&format!(" {noun}"))
            || values(&self.nouns).any(|other| other == noun)
    }
}

/// The known offices.
#[derive(Clone, Debug)]
pub(super) struct Offices {
    rows: Vec<Office>,
    by_key: HashMap<String, usize, FixedState>,
}

/// The longest title of `titles.tsv`, in words, hyphens counted: "assistant secretary of state".
const LONGEST: usize = 5;

impl Offices {
    /// The embedded offices and the user's.
    ///
    /// # Errors
    /// When the list has a row that does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Office> = lexicons.rows("titles.tsv", include_str!("../../../data/titles.tsv"))?;
        let by_key = rows.iter().enumerate().map(|(row, office)| (key(&[&office.title]), row)).collect();
        Ok(Self { rows, by_key })
    }

    /// The office with exactly this title.
    pub(super) fn titled(&self, title: &str) -> Option<&Office> {
        self.by_key.get(&key(&[title])).map(|&row| &self.rows[row])
    }

    /// The longest office that ends with the last of `words`, and how many words it takes.
    pub(super) fn ending(&self, words: &[&str]) -> Option<(usize, &Office)> {
        (1..=words.len().min(LONGEST)).rev().find_map(|count| {
            let row = *self.by_key.get(&key(&words[words.len() - count..]))?;
            Some((count, &self.rows[row]))
        })
    }

    /// Whether the word ends an office: "former".
    pub(super) fn ends_office(&self, word: &str) -> bool {
        self.titled(word).is_some_and(|office| office.voice == Voice::Ended)
    }
}

/// Words in one spelling: small letters, hyphens as spaces.
fn key(words: &[&str]) -> String {
    let joined = words.join(" ").to_lowercase().replace('-', " ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_office_at_the_end_wins() {
        let offices = Offices::new(&Lexicons::embedded()).unwrap();
        for (words, expected) in [
            ("Orsan Foreign Minister", Some((2, "foreign minister"))),
            ("President - elect", Some((3, "president-elect"))),
            ("Vice-President", Some((1, "vice president"))),
            ("deputy chief", Some((1, "chief"))),
            ("the treaty", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let found = offices.ending(&words).map(|(count, office)| (count, office.title.as_str()));
            assert_eq!(found, expected, "{words:?}");
        }
    }
}

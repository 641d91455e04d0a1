//! Whether two names mean the same actor, as the scorer of positions sees it: case, determiners, titles and possessives
//! aside, a capital or demonym for its country, and a shorter name inside a longer one with the same last word.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde::Deserialize;

use super::ScoreError;
use crate::lexicon::Lexicons;

/// A row of the list.
#[derive(Deserialize)]
struct Row {
    kind: String,
    word: String,
    name: String,
}

/// The words that names are compared by.
pub(super) struct Names {
    pronouns: BTreeSet<String>,
    titles: BTreeSet<String>,
    aliases: BTreeMap<String, String>,
    possessive: Regex,
}

impl Names {
    /// Reads the list.
    pub(super) fn new() -> Result<Self, ScoreError> {
        let rows = rows()?;
        let of = |kind: &str| rows.iter().filter(|row| row.kind == kind).map(|row| row.word.clone()).collect();
        let alias = |row: &Row| (row.kind == "alias").then(|| (row.word.clone(), row.name.clone()));
        Ok(Self {
            pronouns: of("pronoun"),
            titles: of("title"),
            aliases: rows.iter().filter_map(alias).collect(),
            possessive: Regex::new(r"'s?\b").map_err(|error| ScoreError::Words(error.to_string()))?,
        })
    }

    /// A name in the form in which names are compared.
    pub(super) fn normal(&self, name: &str) -> String {
        let lower = name.to_lowercase().replace('’', "'");
        let plain = self.possessive.replace_all(&lower, "");
        let letters: String =
            plain.chars().map(|letter| if letter.is_alphanumeric() || letter == '_' { letter } else { ' ' }).collect();
        let words = letters.split_whitespace().filter(|word| !matches!(*word, "the" | "a" | "an"));
        let joined = words.collect::<Vec<_>>().join(" ");
        self.aliases.get(&joined).cloned().unwrap_or(joined)
    }

    /// The normal forms of some names, without those that name nobody.
    pub(super) fn accepted<'n>(&self, names: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
        let forms = names.map(|name| self.normal(name));
        forms.filter(|form| !form.is_empty() && !self.pronouns.contains(form)).collect()
    }

    /// Whether a name means one of those accepted.
    pub(super) fn matches(&self, name: &str, accepted: &BTreeSet<String>) -> bool {
        let own = self.normal(name);
        if own.is_empty() || self.pronouns.contains(&own) {
            return false;
        }
        let words = self.untitled(&own);
        accepted.iter().any(|gold| {
            let others = self.untitled(gold);
            let within = |one: &[&str], other: &[&str]| one.iter().all(|word| other.contains(word));
            own == *gold || words.last() == others.last() && (within(&words, &others) || within(&others, &words))
        })
    }

    /// The words of a name without titles, unless it is nothing but titles.
    fn untitled<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let words: Vec<&str> = name.split(' ').filter(|word| !self.titles.contains(*word)).collect();
        if words.is_empty() { name.split(' ').collect() } else { words }
    }
}

/// The words before which the head of a source stands.
pub(super) fn head_ends() -> Result<BTreeSet<String>, ScoreError> {
    Ok(rows()?.into_iter().filter(|row| row.kind == "head-end").map(|row| row.word).collect())
}

fn rows() -> Result<Vec<Row>, ScoreError> {
    let file = include_str!("../../data/scoring_words.tsv");
    Lexicons::embedded().rows("scoring_words.tsv", file).map_err(|error| ScoreError::Words(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_their_last_word() {
        let names = Names::new().unwrap();
        for (name, gold, same) in [
            ("Orsan Foreign Minister Jana Holt", "Jana Holt", true),
            ("Holt", "Jana Holt", true),
            ("Holt aide", "Holt", false),
            ("the Kremlin", "Russia", true),
            ("he", "Jana Holt", false),
            ("Orsa’s envoy", "orsa envoy", true),
            ("the president", "president", true),
        ] {
            let accepted = names.accepted(std::iter::once(gold));
            assert_eq!(names.matches(name, &accepted), same, "{name} {gold}");
        }
    }
}

//! Common nouns that make actors: what kind of actor each names, and whether it speaks for the state named with it.
//!
//! "The ministry" is an organisation, "officials" are unnamed, "militants" a group; "the treaty" is no actor.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::EntityKind;
use super::office::Voice;
use super::traits::Number;
use crate::lexicon::{LexiconError, Lexicons};

/// A row of `groups.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct NounRow {
    noun: String,
    kind: EntityKind,
    voice: Voice,
    names: YesNo,
}

/// A mark in a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum YesNo {
    Yes,
    No,
}

/// The known nouns.
#[derive(Clone, Debug)]
pub(super) struct ActorNouns {
    rows: HashMap<String, NounRow, FixedState>,
}

impl ActorNouns {
    /// The embedded nouns and the user's.
    ///
    /// # Errors
    /// When the list has a row that does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<NounRow> = lexicons.rows("groups.tsv", include_str!("../../../data/groups.tsv"))?;
        Ok(Self { rows: rows.into_iter().map(|row| (row.noun.clone(), row)).collect() })
    }

    /// The kind of actor that a noun in the singular form names in this number; `None` for a noun that makes no actor.
    pub(super) fn kind(&self, noun: &str, number: Number) -> Option<EntityKind> {
        let kind = self.rows.get(noun)?.kind;
        Some(match (kind, number) {
            (EntityKind::Person | EntityKind::State | EntityKind::Organisation, Number::Plural) => EntityKind::Group,
            _ => kind,
        })
    }

    /// Whether the noun with a state before it speaks for that state.
    pub(super) fn speaks(&self, noun: &str) -> bool {
        self.rows.get(noun).is_some_and(|row| row.voice == Voice::State)
    }

    /// Whether a name before the noun names the whole: "the Ostrand newspaper".
    pub(super) fn names(&self, noun: &str) -> bool {
        self.rows.get(noun).is_some_and(|row| row.names == YesNo::Yes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_persons_are_groups() {
        let nouns = ActorNouns::new(&Lexicons::embedded()).unwrap();
        for (noun, number, kind) in [
            ("king", Number::Singular, Some(EntityKind::Person)),
            ("king", Number::Plural, Some(EntityKind::Group)),
            ("official", Number::Plural, Some(EntityKind::Unnamed)),
            ("ministry", Number::Singular, Some(EntityKind::Organisation)),
            ("treaty", Number::Singular, None),
        ] {
            assert_eq!(nouns.kind(noun, number), kind, "{noun}");
        }
    }
}

//! Personal pronouns with the features by which they agree with an antecedent.
//!
//! Whom a pronoun refers to is decided in `antecedent`.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::traits::{Gender, Number};
use crate::lexicon::{LexiconError, Lexicons};

/// The part that a pronoun plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Case {
    /// "they"
    Subject,
    /// "them"
    Object,
    /// "their"
    Possessive,
    /// "themselves"
    Reflexive,
}

/// A row of `pronouns.tsv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Pronoun {
    form: String,
    /// 1, 2 or 3.
    pub(super) person: u8,
    /// One or several.
    pub(super) number: Number,
    /// Male, female, neuter or any.
    pub(super) gender: Gender,
    /// Its part in the clause.
    pub(super) case: Case,
}

/// The known pronouns.
#[derive(Clone, Debug)]
pub(super) struct Pronouns {
    rows: HashMap<String, Pronoun, FixedState>,
}

impl Pronouns {
    /// The embedded pronouns and the user's.
    ///
    /// # Errors
    /// When the list has a row that does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Pronoun> = lexicons.rows("pronouns.tsv", include_str!("../../../data/pronouns.tsv"))?;
        Ok(Self { rows: rows.into_iter().map(|row| (row.form.clone(), row)).collect() })
    }

    /// The pronoun with this form in small letters.
    pub(super) fn get(&self, form: &str) -> Option<&Pronoun> {
        self.rows.get(form)
    }
}

//! Gender and number, by which a pronoun and its antecedent must agree.
//!
//! Both are open where the text does not tell: "Robin" has any gender, "the team" takes "it" and "they".

use serde::Deserialize;

/// The gender of a referent as English pronouns show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
    /// "it"
    Neuter,
    /// Not known; the empty value of a word list.
    #[default]
    #[serde(alias = "")]
    Any,
}

impl Gender {
    /// Whether two mentions of these genders may refer to the same person.
    pub(super) fn agrees(self, other: Gender) -> bool {
        self == other || self == Gender::Any || other == Gender::Any
    }

    /// The more telling of two.
    pub(super) fn or(self, other: Gender) -> Gender {
        if self == Gender::Any { other } else { self }
    }
}

/// Whether a mention refers to one or to several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Number {
    /// "the envoy"
    #[default]
    Singular,
    /// "envoys"
    Plural,
}

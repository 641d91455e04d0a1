//! An actor of one article with all its mentions: the result of coreference.
//!
//! How mentions are found and joined is decided in `mention` and `coreference`.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What kind of actor an entity is; `Other` holds no positions ("the plan", "2015").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// "Dmitry Peskov"
    Person,
    /// "NATO", "CNN", "the Kremlin" when it is not the state
    Organisation,
    /// "Russia", "Moscow" as a government
    State,
    /// "residents", "Palestinian militants", "analysts"
    Group,
    /// "people familiar with the matter", "a senior official"
    Unnamed,
    /// Anything else that is referred to.
    Other,
}

/// An entity of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name, without titles and determiners: "Dmitry Peskov"; for metonyms the state: "Russia".
    pub canonical: String,
    /// What it is.
    pub kind: EntityKind,
    /// Every mention, in text order: names, nominals, pronouns.
    pub mentions: Vec<Span>,
    /// Whom it speaks for, when the article says so: Lavrov, "foreign minister" of Russia.
    pub speaks_for: Option<SpeaksFor>,
}

/// An office that lets an actor speak for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeaksFor {
    /// The state or organisation spoken for, by its canonical name.
    pub canonical: String,
    /// The office: "foreign minister", "spokesperson".
    pub role: String,
}

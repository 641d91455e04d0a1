//! All word lists that tell who is meant, read once.
//!
//! What each list holds is documented with its type; this file only gathers them, with the two lists too small for a
//! type of their own: prepositions of place and particles of names.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::actor_noun::ActorNouns;
use super::gazetteer::Gazetteer;
use super::office::Offices;
use super::pronoun::Pronouns;
use crate::lexicon::{LexiconError, Lexicons};

/// The word lists of mention detection and coreference.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    /// States, organisations, given names.
    pub(super) gazetteer: Gazetteer,
    /// "foreign minister"
    pub(super) offices: Offices,
    /// "militants"
    pub(super) nouns: ActorNouns,
    /// "she"
    pub(super) pronouns: Pronouns,
    places: HashMap<String, After>,
    particles: HashSet<String>,
}

/// What a preposition of place hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum After {
    /// "flew to Orsa"
    Verb,
    /// "talks in Orsa", "met in Orsa"
    Any,
}

/// A row of `places.tsv`.
#[derive(Debug, Deserialize)]
struct PlaceRow {
    preposition: String,
    after: After,
}

/// A row of `name_particles.tsv`.
#[derive(Debug, Deserialize)]
struct ParticleRow {
    particle: String,
}

impl Vocabulary {
    /// The embedded lists and the user's.
    ///
    /// # Errors
    /// When a list has a row that does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let places: Vec<PlaceRow> = lexicons.rows("places.tsv", include_str!("../../../data/places.tsv"))?;
        let particles: Vec<ParticleRow> =
            lexicons.rows("name_particles.tsv", include_str!("../../../data/name_particles.tsv"))?;
        Ok(Self {
            gazetteer: Gazetteer::new(lexicons)?,
            offices: Offices::new(lexicons)?,
            nouns: ActorNouns::new(lexicons)?,
            pronouns: Pronouns::new(lexicons)?,
            places: places.into_iter().map(|row| (row.preposition, row.after)).collect(),
            particles: particles.into_iter().map(|row| row.particle).collect(),
        })
    }

    /// Whether a capital after this preposition is a place, where the phrase hangs on a verb.
    pub(super) fn places_after_verb(&self, preposition: &str) -> bool {
        self.places.contains_key(preposition)
    }

    /// Whether a capital after this preposition is a place, where the phrase hangs on a noun.
    pub(super) fn places_after_noun(&self, preposition: &str) -> bool {
        self.places.get(preposition) == Some(&After::Any)
    }

    /// Whether a small word may stand inside a personal name.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }
}

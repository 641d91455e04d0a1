//! All word lists that tell who is meant, read once.
//!
//! What each list holds is documented with its type; this file only gathers them, with the lists too small for a type
//! of their own: prepositions, particles of names, days and months.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
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
    places: HashMap<String, After, FixedState>,
    particles: HashSet<String, FixedState>,
    calendar: HashSet<String, FixedState>,
    restrictors: HashSet<String, FixedState>,
    demonyms: Vec<DemonymRow>,
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

/// A row of `calendar.tsv`.
#[derive(Debug, Deserialize)]
struct CalendarRow {
    word: String,
}

/// A row of `restrictors.tsv`.
#[derive(Debug, Deserialize)]
struct RestrictorRow {
    preposition: String,
}

/// A row of `demonym_endings.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct DemonymRow {
    name: String,
    adjective: String,
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
        let calendar: Vec<CalendarRow> = lexicons.rows("calendar.tsv", include_str!("../../../data/calendar.tsv"))?;
        let restrictors: Vec<RestrictorRow> =
            lexicons.rows("restrictors.tsv", include_str!("../../../data/restrictors.tsv"))?;
        let demonyms = lexicons.rows("demonym_endings.tsv", include_str!("../../../data/demonym_endings.tsv"))?;
        Ok(Self {
            demonyms,
            gazetteer: Gazetteer::new(lexicons)?,
            offices: Offices::new(lexicons)?,
            nouns: ActorNouns::new(lexicons)?,
            pronouns: Pronouns::new(lexicons)?,
            places: places.into_iter().map(|row| (row.preposition, row.after)).collect(),
            particles: particles.into_iter().map(|row| row.particle).collect(),
            calendar: calendar.into_iter().map(|row| row.word).collect(),
            restrictors: restrictors.into_iter().map(|row| row.preposition).collect(),
        })
    }

    /// The same lists with states of an article's own, each with its adjective.
    pub(super) fn with_states<'a>(&self, states: impl Iterator<Item = (&'a String, &'a String)>) -> Self {
        let mut extended = self.clone();
        for (name, adjective) in states {
            extended.gazetteer.add_state(name, adjective);
        }
        extended
    }

    /// The adjectives that may be made from the name of a state: "Orsan", "Orsese".
    pub(super) fn adjectives_of(&self, name: &str) -> impl Iterator<Item = String> {
        self.demonyms.iter().filter_map(move |row| Some(name.strip_suffix(&row.name)?.to_owned() + &row.adjective))
    }

    /// Whether a capital after this preposition is a place, where the phrase hangs on a verb.
    pub(super) fn places_after_verb(&self, preposition: &str) -> bool {
        self.places.contains_key(preposition)
    }

    /// Whether a capital after this preposition is a place, where the phrase hangs on a noun.
    pub(super) fn places_after_noun(&self, preposition: &str) -> bool {
        self.places.get(preposition) == Some(&After::Any)
    }

    /// Whether a word is a day or a month.
    pub(super) fn is_calendar(&self, word: &str) -> bool {
        self.calendar.contains(word.trim_end_matches('.').to_lowercase().as_str())
    }

    /// Whether a preposition after this noun says which one is meant: "officials within the team"; "for" does so only
    /// after an office, "a spokesman for the camp".
    pub(super) fn restricts(&self, preposition: &str, noun: &str) -> bool {
        self.restrictors.contains(preposition) || preposition == "for" && self.offices.titled(noun).is_some()
    }

    /// Whether a small word may stand inside a personal name.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }
}

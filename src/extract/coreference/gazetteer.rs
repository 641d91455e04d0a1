//! The names that news takes for granted: states with their people, capitals and palaces, organisations, given names.
//!
//! A name has one sense here; whether "Moscow" acts as a government or is merely where talks take place, and whether
//! "Jordan" is the state or somebody's surname, is decided where the sentence is known, in `reading`.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::Deserialize;

use super::traits::Gender;
use crate::lexicon::{LexiconError, Lexicons};

/// What a name stands for, with the row that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// "Russia", "the Kremlin": the state itself or a metonym that is never anything else.
    State(usize),
    /// "Moscow": the state when it acts, else a city.
    Capital(usize),
    /// "Russian"
    Demonym(usize),
    /// "Russians"
    People(usize),
    /// "NATO"
    Organisation(usize),
}

/// The known names.
#[derive(Clone, Debug)]
pub(super) struct Gazetteer {
    states: Vec<StateRow>,
    organisations: Vec<OrganisationRow>,
    senses: HashMap<String, Sense, FixedState>,
    given: HashMap<String, Gender, FixedState>,
}

/// A row of `states.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct StateRow {
    name: String,
    adjective: String,
    people: String,
    capital: String,
    metonyms: String,
    aliases: String,
}

/// A row of `organisations.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct OrganisationRow {
    name: String,
    aliases: String,
    nouns: String,
    state: String,
}

/// A row of `given_names.tsv`.
#[derive(Clone, Debug, Deserialize)]
struct GivenRow {
    name: String,
    gender: Gender,
}

impl Gazetteer {
    /// The embedded names and the user's.
    ///
    /// # Errors
    /// When a list has a row that does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let states: Vec<StateRow> = lexicons.rows("states.tsv", include_str!("../../../data/states.tsv"))?;
        let organisations: Vec<OrganisationRow> =
            lexicons.rows("organisations.tsv", include_str!("../../../data/organisations.tsv"))?;
        let given: Vec<GivenRow> = lexicons.rows("given_names.tsv", include_str!("../../../data/given_names.tsv"))?;
        let given = given.into_iter().map(|row| (row.name, row.gender)).collect();
        let senses = senses(&states, &organisations);
        Ok(Self { states, organisations, senses, given })
    }

    /// Adds a state that only the article at hand knows.
    pub(super) fn add_state(&mut self, name: &str, adjective: &str) {
        let row = self.states.len();
        self.senses.insert(name.to_owned(), Sense::State(row));
        self.senses.insert(adjective.to_owned(), Sense::Demonym(row));
        self.senses.insert(format!("{adjective}s"), Sense::People(row));
        self.states.push(StateRow {
            name: name.to_owned(),
            adjective: adjective.to_owned(),
            people: format!("{adjective}s"),
            capital: String::new(),
            metonyms: String::new(),
            aliases: String::new(),
        });
    }

    /// The sense of a name, its article left out; a name in capitals alone ("RUSSIA") is also tried in lower case.
    pub(super) fn sense(&self, name: &str) -> Option<Sense> {
        let name = bare(name);
        self.senses.get(&name).or_else(|| self.senses.get(&capitalised(&name)?)).copied()
    }

    /// The canonical name of a sense: "Russia" for each of "Moscow", "Russian" and "Kremlin", "Russians" for the people.
    pub(super) fn canonical(&self, sense: Sense) -> &str {
        match sense {
            Sense::State(row) | Sense::Capital(row) | Sense::Demonym(row) => &self.states[row].name,
            Sense::People(row) => first(&self.states[row].people),
            Sense::Organisation(row) => &self.organisations[row].name,
        }
    }

    /// The common nouns that take the bearer of a sense up again.
    pub(super) fn nouns(&self, sense: Sense) -> impl Iterator<Item = &str> {
        let nouns = match sense {
            Sense::Organisation(row) => self.organisations[row].nouns.as_str(),
            _ => "",
        };
        values(nouns)
    }

    /// The state that an organisation belongs to and speaks for.
    pub(super) fn state_of(&self, sense: Sense) -> Option<&str> {
        match sense {
            Sense::Organisation(row) => Some(self.organisations[row].state.as_str()).filter(|state| !state.is_empty()),
            _ => None,
        }
    }

    /// The gender of a given name's usual bearer; `None` when it is no known given name.
    pub(super) fn given(&self, name: &str) -> Option<Gender> {
        self.given.get(name).copied().or_else(|| self.given.get(&capitalised(name)?).copied())
    }
}

/// All names with their senses; of several senses of one name the first in the order of this function wins, so that
/// "US" is the state before it is an adjective.
fn senses(states: &[StateRow], organisations: &[OrganisationRow]) -> HashMap<String, Sense, FixedState> {
    let mut senses = HashMap::default();
    let mut enter = |names: &str, sense: Sense| {
        for name in values(names) {
            senses.entry(bare(name)).or_insert(sense);
        }
    };
    for (row, state) in states.iter().enumerate() {
        enter(&state.name, Sense::State(row));
        enter(&state.aliases, Sense::State(row));
    }
    for (row, organisation) in organisations.iter().enumerate() {
        enter(&organisation.name, Sense::Organisation(row));
        enter(&organisation.aliases, Sense::Organisation(row));
    }
    for (row, state) in states.iter().enumerate() {
        enter(&state.metonyms, Sense::State(row));
        enter(&state.capital, Sense::Capital(row));
        enter(&state.adjective, Sense::Demonym(row));
        enter(&state.people, Sense::People(row));
    }
    senses
}

/// The values of a column that holds several.
pub(super) fn values(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').filter(|value| !value.is_empty())
}

/// The first value of a column that holds several.
fn first(column: &str) -> &str {
    values(column).next().unwrap_or("")
}

/// A name without its article, with straight apostrophes.
fn bare(name: &str) -> String {
    let name = name.replace('’', "'");
    let cut = name.strip_prefix("the ").or_else(|| name.strip_prefix("The "));
    cut.unwrap_or(&name).to_owned()
}

/// "NORTH KOREA" as "North Korea"; `None` for a name that has small letters or is as short as an acronym.
fn capitalised(name: &str) -> Option<String> {
    if name.chars().count() < 4 || name.chars().any(char::is_lowercase) || !name.chars().any(char::is_alphabetic) {
        return None;
    }
    let words = name.split(' ').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect::<String>()
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metonyms_lead_to_their_state() {
        let gazetteer = Gazetteer::new(&Lexicons::embedded()).unwrap();
        for (name, canonical) in [
            ("Moscow", "Russia"),
            ("the Kremlin", "Russia"),
            ("North Korean", "North Korea"),
            ("NORTH KOREA", "North Korea"),
            ("The Hague", "Netherlands"),
            ("Burmese", "Myanmar"),
            ("U.S.", "United States"),
            ("White House", "White House"),
            ("IAEA", "International Atomic Energy Agency"),
            ("Orsa", ""),
        ] {
            assert_eq!(gazetteer.sense(name).map_or("", |sense| gazetteer.canonical(sense)), canonical, "{name}");
        }
    }
}

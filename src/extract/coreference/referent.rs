//! A referent in the making: what the mentions joined so far tell about one actor.
//!
//! Names join first, over the whole article; descriptions and pronouns follow in text order. See `coreference`.

use super::gazetteer::Sense;
use super::office::Voice;
use super::reading::Reading;
use super::traits::{Gender, Number};
use super::vocabulary::Vocabulary;
use super::{EntityKind, SpeaksFor};

/// An office as the text names it, with the state, organisation or person it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// As in `titles.tsv`: "foreign minister".
    pub(super) title: String,
    /// "Orsa"
    pub(super) affiliation: Option<String>,
}

/// What is known about one actor.
#[derive(Clone, Debug)]
pub(super) struct Referent {
    /// What it is called.
    pub(super) canonical: String,
    /// Whether a name is among its mentions.
    pub(super) named: bool,
    /// What it is; `None` as long as only a bare name is known.
    pub(super) kind: Option<EntityKind>,
    /// The known sense of its name.
    pub(super) sense: Option<Sense>,
    /// Its gender as far as known.
    pub(super) gender: Gender,
    /// One or several.
    pub(super) number: Number,
    /// The offices it holds.
    pub(super) offices: Vec<Held>,
    /// The common nouns by which the article describes it.
    pub(super) nouns: Vec<String>,
    /// The words that narrowed its descriptions.
    pub(super) modifiers: Vec<String>,
    /// The state, organisation or person that it belongs to.
    pub(super) affiliation: Option<String>,
    /// For whom it speaks.
    pub(super) speaks_for: Option<SpeaksFor>,
}

impl Referent {
    /// A referent known from one mention.
    pub(super) fn new(vocabulary: &Vocabulary, reading: &Reading) -> Self {
        let mut referent = Self {
            canonical: reading.canonical.clone(),
            named: reading.name.is_some(),
            kind: None,
            sense: reading.sense,
            gender: Gender::Any,
            number: reading.number,
            offices: Vec::new(),
            nouns: Vec::new(),
            modifiers: Vec::new(),
            affiliation: None,
            speaks_for: None,
        };
        if let Some(sense) = reading.sense {
            referent.nouns.extend(vocabulary.gazetteer.nouns(sense).map(str::to_owned));
            referent.speaks_for = vocabulary.gazetteer.state_of(sense).map(|state| SpeaksFor {
                canonical: state.to_owned(),
                role: referent.nouns.first().cloned().unwrap_or_default(),
            });
        }
        referent.learn(reading);
        referent
    }

    /// Adds what another mention tells.
    pub(super) fn learn(&mut self, reading: &Reading) {
        self.kind = self.kind.or(reading.kind);
        self.gender = self.gender.or(reading.gender);
        self.affiliation = self.affiliation.take().or_else(|| reading.affiliation.clone());
        if let Some(title) = &reading.title {
            let held = Held { title: title.clone(), affiliation: reading.affiliation.clone() };
            if !self.offices.contains(&held) {
                self.offices.push(held);
            }
        }
        if let Some(noun) = reading.noun.as_ref().filter(|noun| !self.nouns.contains(noun)) {
            self.nouns.push(noun.clone());
        }
        self.modifiers.extend(
            reading.modifiers.iter().filter(|word| !self.modifiers.contains(word)).cloned().collect::<Vec<_>>(),
        );
        let speaks = matches!(reading.voice, Voice::State | Voice::Person);
        if let Some(affiliation) = reading.affiliation.as_ref().filter(|_| speaks && self.speaks_for.is_none()) {
            let role =
                if reading.role.is_empty() { reading.noun.clone().unwrap_or_default() } else { reading.role.clone() };
            self.speaks_for = Some(SpeaksFor { canonical: affiliation.clone(), role });
        }
    }

    /// Takes a fuller name.
    pub(super) fn rename(&mut self, name: &str) {
        if name.split_whitespace().count() > self.canonical.split_whitespace().count() {
            name.clone_into(&mut self.canonical);
        }
    }

    /// Whether it is a single person.
    pub(super) fn is_person(&self) -> bool {
        self.kind == Some(EntityKind::Person)
            || self.kind == Some(EntityKind::Unnamed) && self.number == Number::Singular
    }

    /// Whether "it" may refer to it.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.kind, Some(EntityKind::Organisation | EntityKind::State))
    }

    /// Whether "they" may refer to it.
    pub(super) fn is_many(&self) -> bool {
        self.number == Number::Plural && self.kind != Some(EntityKind::Other)
    }
}

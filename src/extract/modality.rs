//! Modality and negation: how a stance is held, and whether it is held at all.
//!
//! > may sign (possible) · would sign if ... (conditional) · has not agreed (negated)
//!
//! Conditions themselves are found in `condition`; here their presence only counts.

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::Deserialize;

use super::passage::Passage;
use super::{Condition, Modality};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::Relation;

/// What an auxiliary or adverb says of its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reading {
    /// "may"
    Possible,
    /// "will"
    Future,
    /// "must"
    Obligation,
    /// "should"
    Advice,
    /// "reportedly"
    Hearsay,
}

#[derive(Deserialize)]
struct Row {
    word: String,
    reading: Reading,
}

#[derive(Deserialize)]
struct NegationRow {
    word: String,
}

/// The lists of modal and negative words.
#[derive(Clone, Debug, Default)]
pub(super) struct Moods {
    readings: IndexMap<String, Reading, FixedState>,
    negations: Vec<String>,
}

impl Moods {
    /// Reads the lists.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Row> = lexicons.rows("modality.tsv", include_str!("../../data/modality.tsv"))?;
        let negations: Vec<NegationRow> = lexicons.rows("negation.tsv", include_str!("../../data/negation.tsv"))?;
        Ok(Self {
            readings: rows.into_iter().map(|row| (row.word, row.reading)).collect(),
            negations: negations.into_iter().map(|row| row.word).collect(),
        })
    }

    /// Whether an auxiliary or adverb of the word has a reading; "has to" and "needs to" oblige, "going to" is future.
    pub(super) fn reads(&self, passage: &Passage<'_>, word: usize, wanted: Reading) -> bool {
        // "would have signed" tells of what never came.
        let perfect = passage.children_by(word, Relation::Aux).any(|child| passage.lemma(child) == "have");
        if wanted == Reading::Future && perfect {
            return false;
        }
        let listed = passage.children(word).iter().any(|&child| {
            matches!(passage.universal(child), Relation::Aux | Relation::Advmod)
                && self.readings.get(passage.lower(child)) == Some(&wanted)
        });
        let phrasal = || match wanted {
            Reading::Obligation => self.under(passage, word, "have"),
            Reading::Future => self.under(passage, word, "go"),
            _ => false,
        };
        listed || phrasal()
    }

    /// Whether a word has a reading.
    pub(super) fn has_reading(&self, form: &str, wanted: Reading) -> bool {
        self.readings.get(form) == Some(&wanted)
    }

    /// Whether an infinitive hangs on a verb that works as its auxiliary: "have to sign", "are going to sign".
    fn under(&self, passage: &Passage<'_>, word: usize, verb: &str) -> bool {
        let above =
            passage.head(word).filter(|_| passage.relation(word) == Relation::Xcomp && passage.is_infinitive(word));
        above.is_some_and(|above| passage.lemma(above) == verb)
    }

    /// Whether a word is negated: "not", "never", "no".
    pub(super) fn is_negated(&self, passage: &Passage<'_>, word: usize) -> bool {
        self.negations(passage, word).next().is_some()
    }

    /// The words that negate a word.
    pub(super) fn negations<'p>(
        &self,
        passage: &'p Passage<'_>,
        word: usize,
    ) -> impl Iterator<Item = usize> + use<'p, '_> {
        passage.children(word).iter().copied().filter(|&child| {
            matches!(passage.universal(child), Relation::Advmod | Relation::Det | Relation::Aux | Relation::Cc)
                && self.negations.iter().any(|negation| negation == passage.lower(child))
        })
    }

    /// The auxiliaries and adverbs of a word that have a reading, each with it.
    pub(super) fn modal_words<'p>(
        &self,
        passage: &'p Passage<'_>,
        word: usize,
    ) -> impl Iterator<Item = (usize, Reading)> + use<'p, '_> {
        passage.children(word).iter().filter_map(|&child| {
            let tied = matches!(passage.universal(child), Relation::Aux | Relation::Advmod);
            Some((child, *self.readings.get(passage.lower(child)).filter(|_| tied)?))
        })
    }
}

/// The modality of a stance, of which the later value wins: asserted, possible, conditional.
pub(super) fn modality(conditions: &[Condition], possible: bool) -> Modality {
    if conditions.iter().any(|condition| !condition.negated) {
        Modality::Conditional
    } else if possible {
        Modality::Possible
    } else {
        Modality::Asserted
    }
}

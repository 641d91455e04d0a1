//! Acts by which one harms another: announcing one of them oneself is a threat.
//!
//! > Orsa said it would [blockade]harm the port · Velia will [impose sanctions]harm

use serde::Deserialize;

use super::passage::Passage;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

#[derive(Deserialize)]
struct Row {
    lemma: String,
    class: String,
}

/// The list of harmful acts.
#[derive(Clone, Debug, Default)]
pub(super) struct Harm {
    verbs: Vec<String>,
    nouns: Vec<String>,
    reliefs: Vec<String>,
}

impl Harm {
    /// Reads the list.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Row> = lexicons.rows("harm.tsv", include_str!("../../data/harm.tsv"))?;
        let lemmas = |class: &str| rows.iter().filter(|row| row.class == class).map(|row| row.lemma.clone()).collect();
        Ok(Self { verbs: lemmas("verb"), nouns: lemmas("noun"), reliefs: lemmas("relief") })
    }

    /// Whether the act headed by a word harms somebody: by its verb, or by the object of its verb unless the verb takes it
    /// away ("drop the sanctions").
    pub(super) fn is_harm(&self, passage: &Passage<'_>, word: usize) -> bool {
        if passage.upos(word) == Upos::Noun {
            return self.nouns.iter().any(|noun| noun == passage.lemma(word));
        }
        let object = passage.child_by(word, Relation::Obj);
        self.verbs.iter().any(|verb| verb == passage.lemma(word))
            || !self.reliefs.iter().any(|verb| verb == passage.lemma(word))
                && object.is_some_and(|object| self.nouns.iter().any(|noun| noun == passage.lemma(object)))
    }
}

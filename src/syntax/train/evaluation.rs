//! How well a parser does on a development treebank with gold tokens.
//!
//! Counts as the CoNLL 2018 shared task does: subtypes of relations ignored, punctuation counted.

use std::fmt;

use rayon::prelude::*;

use crate::syntax::{EntitySpan, Parser, TreebankSentence};

/// Shares of words, in percent, whose tag, head, and head with relation (subtypes ignored) are right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DevScore {
    /// Universal part of speech.
    pub upos: f64,
    /// Lemma.
    pub lemma: f64,
    /// Unlabelled attachment score.
    pub uas: f64,
    /// Labelled attachment score.
    pub las: f64,
    /// F1 of named mentions, span and type, where the treebank has mentions.
    pub mentions: Option<f64>,
}

impl fmt::Display for DevScore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { upos, lemma, uas, las, mentions } = self;
        write!(formatter, "UPOS {upos:.2} lemmas {lemma:.2} UAS {uas:.2} LAS {las:.2}")?;
        mentions.map_or(Ok(()), |mentions| write!(formatter, " mentions {mentions:.2}"))
    }
}

/// Parses the sentences and counts.
pub(super) fn evaluate(parser: &Parser, sentences: &[TreebankSentence]) -> DevScore {
    let counts: Vec<[usize; 8]> = sentences.par_iter().map(|sentence| count(parser, sentence)).collect();
    let sum = |index: usize| counts.iter().map(|count| count[index]).sum::<usize>() as f64;
    let share = |index: usize| 100.0 * sum(index) / sum(0).max(1.0);
    let mentions = (sum(5) > 0.0).then(|| 200.0 * sum(7) / (sum(5) + sum(6)));
    DevScore { upos: share(1), lemma: share(2), uas: share(3), las: share(4), mentions }
}

/// Words of a sentence, and how many of them have the right tag, lemma, head, head and relation; then its named mentions,
/// those found, and those found that are right.
fn count(parser: &Parser, sentence: &TreebankSentence) -> [usize; 8] {
    let parsed = parser.parse_treebank(sentence);
    let mut counts = [0; 8];
    for (gold, word) in sentence.tree.words().iter().zip(parsed.tree.words()) {
        let head = gold.head == word.head;
        let relation = gold.relation.universal() == word.relation.universal();
        let right = [true, gold.upos == word.upos, gold.lemma == word.lemma, head, head && relation];
        counts.iter_mut().zip(right).for_each(|(count, right)| *count += usize::from(right));
    }
    if let (Some(gold), Some(found)) = (&sentence.entities, &parsed.entities) {
        let gold: Vec<_> = gold.iter().filter(|span| span.is_named(&sentence.tree)).collect();
        let same = |found: &&EntitySpan| gold.iter().any(|gold| (&gold.words, gold.kind) == (&found.words, found.kind));
        counts[5] = gold.len();
        counts[6] = found.len();
        counts[7] = found.iter().filter(same).count();
    }
    counts
}

//! Learns lemmas and features anew for weights that are there already.
//!
//! Both are counted, not descended to: seconds where training takes the better part of an hour.

use std::collections::BTreeMap;

use crate::syntax::lemmatizer::{Lemmatizer, lemmas_of};
use crate::syntax::model::{Model, ModelError};
use crate::syntax::morphology::{Morphology, Tag, features_of};
use crate::syntax::{TreebankSentence, Word};

/// The model file with the same weights, tags and header, and with the lemmas and features of `training`.
///
/// # Errors
/// When `model` is no model file.
pub fn relearn(model: &[u8], training: &[TreebankSentence]) -> Result<Vec<u8>, ModelError> {
    let (header, mut model) = Model::from_bytes(model)?;
    let numbers: BTreeMap<Tag, usize> = model.tags.iter().map(|tag| Tag::from_spelling(tag)).zip(0..).collect();
    let number = |word: &Word| numbers.get(&Tag::of(word)).copied();
    let features = training.iter().flat_map(|sentence| features_of(sentence, number));
    model.morphology = Morphology::learn(model.tags.len(), features);
    model.lemmatizer = Lemmatizer::learn(training.iter().flat_map(lemmas_of));
    Ok(model.to_bytes(&header))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Parser, read_conllu};

    #[test]
    fn trees_stay_and_lemmas_change() {
        let embedded = include_bytes!("../../../data/english.model");
        let treebank =
            "1\tEnvoys\tenvoy\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\twaited\ttarry\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
        let model = relearn(embedded, &read_conllu(treebank).unwrap()).unwrap();
        let forms = ["Envoys", "waited"];
        let before = Parser::embedded().unwrap().parse_forms(&forms);
        let after = Parser::from_bytes(&model).unwrap().parse_forms(&forms);
        let arcs =
            |tree: &crate::syntax::Tree| tree.words().iter().map(|word| (word.head, word.xpos)).collect::<Vec<_>>();
        assert_eq!(arcs(&after), arcs(&before));
        assert_eq!(after.word(1).lemma, "tarry");
    }
}

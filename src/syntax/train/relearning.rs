//! Learns lemmas and features anew for weights that are there already.
//!
//! Both are counted, not descended to: seconds where training takes the better part of an hour.

use std::collections::BTreeMap;

use crate::syntax::lemmatizer::{Lemmatizer, lemmas_of};
use crate::syntax::model::{Model, ModelError};
use crate::syntax::morphology::{Morphology, Tag};
use crate::syntax::{Features, TreebankSentence};

/// The model file with the same weights, tags and header, and with the lemmas and features of `training`.
///
/// # Errors
/// When `model` is no model file.
pub fn relearn(model: &[u8], training: &[TreebankSentence]) -> Result<Vec<u8>, ModelError> {
    let (header, mut model) = Model::from_bytes(model)?;
    model.morphology = Morphology::learn(model.tags.len(), features_of(&model.tags, training).into_iter());
    model.lemmatizer = Lemmatizer::learn(training.iter().flat_map(lemmas_of));
    Ok(model.to_bytes(&header))
}

/// The words whose tag the model has, with its number and their features.
fn features_of<'a>(tags: &[String], training: &'a [TreebankSentence]) -> Vec<(&'a str, usize, &'a Features)> {
    let numbers: BTreeMap<Tag, usize> = tags.iter().map(|tag| Tag::from_spelling(tag)).zip(0..).collect();
    let words = training.iter().flat_map(|sentence| sentence.forms.iter().zip(sentence.tree.words()));
    words.filter_map(|(form, word)| Some((form.as_str(), *numbers.get(&Tag::of(word))?, &word.features))).collect()
}

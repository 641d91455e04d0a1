//! The weights of a finished model as the first of a training, which then goes on where another ended.
//!
//! A model that learned from what its teachers say of news gains by a few more passes over the treebanks alone, at a low
//! rate: what the teachers have wrong is unlearned, what they know of names stays.

use super::batch::Encoder;
use crate::syntax::layout::Sizes;
use crate::syntax::model::{Lists, Model, ModelError, ModelHeader};

/// A model to start from.
#[derive(Clone, Debug)]
pub struct Start {
    header: ModelHeader,
    model: Model,
}

/// The model to start from is of another make than the one that is to be trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it has other {0} than these treebanks and options give")]
pub struct UnlikeStart(&'static str);

impl Start {
    /// The model of a file.
    ///
    /// # Errors
    /// When it is no model file.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let (header, model) = Model::from_bytes(bytes)?;
        Ok(Self { header, model })
    }

    /// Checks that each weight means what it meant.
    pub(super) fn fits(&self, sizes: &Sizes, encoder: &Encoder) -> Result<(), UnlikeStart> {
        let Lists { vocabulary, word_vectors, tags, relations, .. } = &encoder.lists;
        for (same, what) in [
            (self.model.vocabulary == *vocabulary, "words"),
            (self.model.word_vectors.words == word_vectors.words, "word vectors"),
            (self.model.tags == *tags, "tags"),
            (self.model.relations == *relations, "relations"),
            (self.model.sizes == *sizes, "sizes"),
        ] {
            if !same {
                return Err(UnlikeStart(what));
            }
        }
        Ok(())
    }

    /// The embeddings, then all other weights in the order of the layout, as far as rounding has left them.
    pub(super) fn weights(&self) -> (Vec<f32>, Vec<f32>) {
        self.model.to_weights()
    }

    /// What the header of a model that was begun so says of the material, and of how it was made.
    pub(super) fn lineage(&self, trained_on: &str, how: &str) -> (String, String) {
        let ModelHeader { trained_on: before, how: made, seed, epochs, .. } = &self.header;
        (
            format!("{before}; then {trained_on}"),
            format!("{made}, seed {seed}, stopped after epoch {epochs}; then from its weights: {how}"),
        )
    }
}

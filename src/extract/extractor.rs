//! The door to extraction: word lists in, then one analysis for each article.
//!
//! The passes stand in the other files; here is only their order: entities, statements, positions.

use super::assembly::positions;
use super::attribution::{Candidate, candidates, flat, statements};
use super::condition::Markers;
use super::cue::Cues;
use super::harm::Harm;
use super::judge::Judge;
use super::modality::Moods;
use super::passage::Passage;
use super::scene::{Lists, Scene};
use super::{Analysis, Resolver};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::Tree;
use crate::text::Document;

/// Finds actors, attributions and positions in articles.
#[derive(Clone, Debug)]
pub struct Extractor {
    lists: Lists,
    resolver: Resolver,
}

impl Extractor {
    /// An extractor with its word lists.
    ///
    /// # Errors
    /// When a list has a row that does not read.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let lists = Lists {
            cues: Cues::new(lexicons)?,
            moods: Moods::new(lexicons)?,
            markers: Markers::new(lexicons)?,
            harm: Harm::new(lexicons)?,
            judge: Judge::new(lexicons)?,
        };
        Ok(Self { lists, resolver: Resolver::new(lexicons)? })
    }

    /// Everything one article says about who holds which position; `trees` holds one tree a sentence, in order.
    ///
    /// Never fails: a sentence without a fitting tree only yields nothing.
    pub fn extract(&self, document: &Document, trees: &[Tree]) -> Analysis {
        let passage = Passage::new(document, trees);
        let discourse = self.resolver.resolve(document, trees);
        let statements = statements(&passage, &self.lists);
        let scene = Scene { passage: &passage, discourse: &discourse, lists: &self.lists };
        Analysis {
            attributions: flat(&passage, &self.lists, &statements),
            positions: positions(&scene, &statements),
            entities: discourse.entities,
        }
    }

    /// The candidates for attributions in one article with their features, for training the weights that judge them.
    pub fn candidates(&self, document: &Document, trees: &[Tree]) -> Vec<Candidate> {
        let passage = Passage::new(document, trees);
        candidates(&passage, &self.lists, &statements(&passage, &self.lists))
    }
}

//! The door to extraction: word lists in, then one analysis for each article.
//!
//! The passes stand in the other files; here is only their order: entities, statements, positions.

use super::assembly::{Assembly, assemble};
use super::attribution::{Statement, continue_statements, statements};
use super::certainty::Certainty;
use super::condition::Markers;
use super::content::is_clausal;
use super::cue::Cues;
use super::exhortation::exhortations;
use super::explanation::{Explanation, explanations};
use super::harm::Harm;
use super::judge::Judge;
use super::modality::Moods;
use super::outermost::{Candidate, candidates, flat, neighbourhood, outside_quotations};
use super::passage::Passage;
use super::role_fitting::{Neighbour, neighbours};
use super::roles::Labeller;
use super::scene::{Lists, Scene};
use super::{Analysis, Annotation, Attribution, Discourse, Resolver};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{States, Tree};
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
            labeller: Labeller::new(lexicons)?,
        };
        Ok(Self { lists, resolver: Resolver::new(lexicons)? })
    }

    /// The same extractor, but for how sure it must be.
    #[must_use]
    pub fn with_certainty(mut self, certainty: Certainty) -> Self {
        self.lists.judge.certainty = certainty;
        self
    }

    /// Everything one article says about who holds which position; `trees` holds one tree a sentence, in order, `states` what
    /// the parser read of each word.
    ///
    /// Never fails: a sentence without a fitting tree only yields nothing.
    pub fn extract(&self, document: &Document, trees: &[Tree], states: &States) -> Analysis {
        self.read(document, trees, states, |_| ()).0
    }

    /// The same, with an explanation for each candidate, in order of their cues: those that became something and the others.
    pub fn explain(&self, document: &Document, trees: &[Tree], states: &States) -> (Analysis, Vec<Explanation>) {
        self.read(document, trees, states, |decisions| {
            let Decisions { scene, stances, assembly, flat } = decisions;
            explanations(scene, stances, &assembly.fates, flat)
        })
    }

    /// Extracts, and lets `tell` look at what was decided.
    fn read<T>(
        &self,
        document: &Document,
        trees: &[Tree],
        states: &States,
        tell: impl FnOnce(&Decisions<'_>) -> T,
    ) -> (Analysis, T) {
        let passage = Passage::new(document, trees);
        let mut discourse = self.resolver.resolve(document, trees);
        let mut statements = statements(&passage, &self.lists);
        let flat = flat(&passage, &self.lists, &statements, states);
        continue_statements(&passage, &mut statements);
        assign_speakers(&passage, &statements, &mut discourse);
        let scene = Scene { passage: &passage, discourse: &discourse, lists: &self.lists, states };
        let mut stances = exhortations(&scene, &statements);
        stances.extend(statements);
        stances.sort_by_key(|statement| statement.cue.head);
        let assembly = assemble(&scene, &stances);
        let decisions = Decisions { scene: &scene, stances: &stances, assembly, flat };
        let told = tell(&decisions);
        let Decisions { assembly, flat, .. } = decisions;
        let attributions = flat.into_iter().map(|(_, attribution)| attribution).collect();
        (Analysis { attributions, positions: assembly.positions, entities: discourse.entities }, told)
    }

    /// The candidates for attributions in one article with their features, for training the weights that judge them.
    pub fn candidates(&self, document: &Document, trees: &[Tree]) -> Vec<Candidate> {
        let passage = Passage::new(document, trees);
        candidates(&passage, &self.lists, &statements(&passage, &self.lists))
    }

    /// The words around the cues of an annotated article with the roles they have there, for training the weights.
    pub fn neighbours(&self, document: &Document, trees: &[Tree], annotations: &[Annotation]) -> Vec<Neighbour> {
        let passage = Passage::new(document, trees);
        let statements = statements(&passage, &self.lists);
        let outside = outside_quotations(&passage, &statements);
        outside.flat_map(|statement| neighbours(&passage, &neighbourhood(&passage, statement), annotations)).collect()
    }
}

/// What was decided of an article.
struct Decisions<'a> {
    scene: &'a Scene<'a>,
    /// What may be a position, in order of the cues.
    stances: &'a [Statement],
    assembly: Assembly,
    /// The attributions, each with the main word of its cue.
    flat: Vec<(usize, Attribution)>,
}

/// Lets the first persons of each quotation refer to whoever it is ascribed to.
fn assign_speakers(passage: &Passage<'_>, statements: &[Statement], discourse: &mut Discourse) {
    for statement in statements.iter().filter(|statement| passage.quotation_of(statement.cue.head).is_none()) {
        let source = statement.source.filter(|_| is_clausal(&statement.cue.complement));
        let speaker = source.and_then(|source| {
            let (sentence, number) = (passage.sentence_of(source), passage.number_in_tree(source));
            discourse.mention_headed(sentence, number).map(|mention| mention.entity)
        });
        let Some(speaker) = speaker else { continue };
        let mut quotations: Vec<usize> =
            statement.content.iter().filter_map(|&word| passage.quotation_of(word)).collect();
        quotations.dedup();
        for quotation in quotations {
            discourse.assign_speaker(passage.document.quotations[quotation].outer, speaker);
        }
    }
}

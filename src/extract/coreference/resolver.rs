//! Coreference: which mentions of one article refer to the same entity.
//!
//! Three sieves, the surest first: names over the whole article (`name_sieve`), then in text order descriptions
//! (`description_sieve`) and pronouns (`antecedent`). A wrong antecedent puts words into somebody's mouth, so in doubt a
//! mention keeps an entity of its own. Who speaks in a quotation is known only to `attribution`, which then lets the first
//! persons inside refer to its speaker.

use super::antecedent::antecedent;
use super::description_sieve::described;
use super::local_state::local_states;
use super::name_sieve::join_names;
use super::referent::Referent;
use super::scene::Scene;
use super::vocabulary::Vocabulary;
use super::{Entity, EntityKind, Mention, MentionKind};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::Tree;
use crate::text::{Document, Span};

/// Finds the mentions of an article and joins those that refer to the same entity.
#[derive(Clone, Debug)]
pub struct Resolver {
    vocabulary: Vocabulary,
}

/// The mentions and entities of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discourse {
    /// The mentions, in text order; of two that start together the longer comes first.
    pub mentions: Vec<Mention>,
    /// The entities, in order of their first mention.
    pub entities: Vec<Entity>,
    /// Mentions in the first person, whose entity depends on who is speaking.
    first_person: Vec<usize>,
}

impl Discourse {
    /// The mention whose head is this word of the sentence's tree; else the smallest whose name or description holds it,
    /// since in "Orsan envoy Jana Holt" the parser may take either noun for the head.
    pub fn mention_headed(&self, sentence: usize, head: usize) -> Option<&Mention> {
        let exact = self.mentions_of(sentence).iter().rfind(|mention| mention.head == head);
        exact.or_else(|| self.mention_over(sentence, head))
    }

    /// The smallest mention that covers this word of the sentence's tree.
    pub fn mention_over(&self, sentence: usize, word: usize) -> Option<&Mention> {
        self.mentions_of(sentence)
            .iter()
            .filter(|mention| mention.words.contains(&word))
            .min_by_key(|mention| mention.words.len())
    }

    /// The mentions of one sentence, in text order.
    pub fn mentions_of(&self, sentence: usize) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let end = self.mentions.partition_point(|mention| mention.sentence <= sentence);
        &self.mentions[start..end]
    }

    /// The entity a mention refers to.
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.entities[mention.entity]
    }

    /// Lets every first person ("I", "our") inside the quoted span refer to the entity of its speaker.
    pub fn assign_speaker(&mut self, quoted: Span, speaker: usize) {
        for index in self.first_person.clone() {
            let mention = &mut self.mentions[index];
            if quoted.contains(mention.span) && speaker < self.entities.len() {
                let (span, old) = (mention.span, mention.entity);
                mention.entity = speaker;
                self.entities[old].mentions.retain(|&other| other != span);
                let mentions = &mut self.entities[speaker].mentions;
                mentions.insert(mentions.partition_point(|&other| other < span), span);
            }
        }
    }
}

impl Resolver {
    /// A resolver with the word lists it needs.
    ///
    /// # Errors
    /// When a list has a row that does not read.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self { vocabulary: Vocabulary::new(lexicons)? })
    }

    /// The mentions and entities of one article; `trees` holds one tree a sentence, in order.
    pub fn resolve(&self, document: &Document, trees: &[Tree]) -> Discourse {
        let states = local_states(&self.vocabulary, document);
        let extended = (!states.is_empty()).then(|| self.vocabulary.with_states(states.iter()));
        let mut scene = Scene::new(extended.as_ref().unwrap_or(&self.vocabulary), document, trees);
        join_names(&mut scene);
        for index in 0..scene.candidates.len() {
            let candidate = &scene.candidates[index];
            if candidate.referent.is_some() || candidate.reading.form == MentionKind::Adjective {
                continue;
            }
            let known =
                if candidate.reading.pronoun.is_some() { antecedent(&scene, index) } else { described(&scene, index) };
            match known {
                Some(referent) => scene.join(index, referent),
                None => {
                    scene.introduce(index);
                }
            }
        }
        discourse(&scene)
    }
}

/// The mentions that refer, and their entities in order of first mention.
fn discourse(scene: &Scene<'_>) -> Discourse {
    let mut discourse = Discourse::default();
    let mut entity_of: Vec<Option<usize>> = vec![None; scene.referents.len()];
    for candidate in &scene.candidates {
        let Some(referent) = candidate.referent else { continue };
        let entity = *entity_of[referent].get_or_insert_with(|| {
            discourse.entities.push(entity(&scene.referents[referent]));
            discourse.entities.len() - 1
        });
        if candidate.reading.pronoun.as_ref().is_some_and(|pronoun| pronoun.person == 1) {
            discourse.first_person.push(discourse.mentions.len());
        }
        discourse.entities[entity].mentions.push(candidate.span);
        discourse.mentions.push(Mention {
            sentence: candidate.sentence,
            head: candidate.phrase.head,
            words: candidate.phrase.words.clone(),
            span: candidate.span,
            kind: candidate.reading.form,
            entity,
        });
    }
    discourse
}

/// An entity without its mentions.
fn entity(referent: &Referent) -> Entity {
    Entity {
        canonical: referent.canonical.clone(),
        kind: referent.kind.unwrap_or(EntityKind::Other),
        mentions: Vec::new(),
        speaks_for: referent.speaks_for.clone(),
    }
}

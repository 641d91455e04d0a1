//! Coreference: which mentions of one article refer to the same entity.
//!
//! Where mentions begin and end is decided in `mention`; who speaks in a quotation, in `attribution`, which then lets the
//! first persons inside refer to its speaker.

use indexmap::IndexMap;

use super::{Entity, EntityKind, Mention, MentionKind};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Tree, Upos, Xpos};
use crate::text::{Document, Sentence, Span};

/// Finds the mentions of an article and joins those that refer to the same entity.
#[derive(Clone, Debug)]
pub struct Resolver {}

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
    /// The mention whose head is this word of the sentence's tree.
    pub fn mention_headed(&self, sentence: usize, head: usize) -> Option<&Mention> {
        self.mentions_of(sentence).iter().find(|mention| mention.head == head)
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
    pub fn new(_lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self {})
    }

    /// The mentions and entities of one article; `trees` holds one tree a sentence, in order.
    pub fn resolve(&self, document: &Document, trees: &[Tree]) -> Discourse {
        let mut discourse = Discourse::default();
        let mut names: IndexMap<String, usize> = IndexMap::new();
        for (index, (sentence, tree)) in document.sentences.iter().zip(trees).enumerate() {
            for head in 0..tree.len() {
                if let Some(mut mention) = mention_at(document, sentence, tree, head) {
                    mention.sentence = index;
                    let name = mention.span.of(&document.text).to_owned();
                    let next = discourse.entities.len();
                    mention.entity = *names.entry(name.clone()).or_insert(next);
                    if mention.entity == next {
                        discourse.entities.push(Entity {
                            canonical: name,
                            kind: EntityKind::Other,
                            mentions: Vec::new(),
                            speaks_for: None,
                        });
                    }
                    discourse.entities[mention.entity].mentions.push(mention.span);
                    discourse.mentions.push(mention);
                }
            }
        }
        discourse
    }
}

/// The mention headed by a noun or pronoun, if the word heads one.
fn mention_at(document: &Document, sentence: &Sentence, tree: &Tree, head: usize) -> Option<Mention> {
    let word = tree.word(head);
    let inner = matches!(word.relation, Relation::Flat | Relation::Compound | Relation::Fixed);
    if inner || !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Pron) {
        return None;
    }
    let words = tree.subtree_without(head, |child| {
        matches!(tree.word(child).relation, Relation::AclRelcl | Relation::Case | Relation::Punct)
    });
    let tokens = document.tokens_of(sentence);
    let (first, last) = (*words.first()?, *words.last()?);
    let span = tokens.get(first)?.span.cover(tokens.get(last)?.span);
    let kind = match (word.upos, word.xpos) {
        (_, Xpos::PrpPoss) => MentionKind::Possessive,
        (Upos::Pron, _) => MentionKind::Pronoun,
        (Upos::Propn, _) => MentionKind::Name,
        _ => MentionKind::Nominal,
    };
    Some(Mention { sentence: 0, head, words: first..last + 1, span, kind, entity: 0 })
}

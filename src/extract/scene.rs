//! What extraction sees of one article: its words, its entities and the word lists.
//!
//! Who is behind a word is asked here, so that the files that read stances need not know how coreference is kept.

use super::condition::Markers;
use super::cue::Cues;
use super::harm::Harm;
use super::judge::Judge;
use super::modality::Moods;
use super::passage::Passage;
use super::roles::Labeller;
use super::source::phrase;
use super::{Discourse, Entity, EntityKind, Mention, MentionKind, Party};
use crate::syntax::{Relation, States, Upos, Xpos};
use crate::text::Span;

/// The word lists of extraction.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub(super) cues: Cues,
    pub(super) moods: Moods,
    pub(super) markers: Markers,
    pub(super) harm: Harm,
    pub(super) judge: Judge,
    pub(super) labeller: Labeller,
}

/// One article under extraction.
pub(super) struct Scene<'a> {
    pub(super) passage: &'a Passage<'a>,
    pub(super) discourse: &'a Discourse,
    pub(super) lists: &'a Lists,
    /// What the parser read of each word.
    pub(super) states: &'a States,
}

/// Who holds a stance: the party, and its entity when coreference knows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) party: Party,
    pub(super) entity: Option<usize>,
}

impl Scene<'_> {
    /// The mention headed by a word, or the smallest one around it.
    pub(super) fn mention(&self, word: usize) -> Option<&Mention> {
        let (sentence, number) = (self.passage.sentence_of(word), self.passage.number_in_tree(word));
        self.discourse.mention_headed(sentence, number)
    }

    /// The entity a word's phrase refers to.
    pub(super) fn entity_at(&self, word: usize) -> Option<&Entity> {
        self.mention(word).map(|mention| self.discourse.entity_of(mention))
    }

    /// The party behind the phrase headed by a word; named by its own words when coreference does not know it.
    pub(super) fn holder(&self, word: usize) -> Holder {
        if let Some(mention) = self.mention(word) {
            let named = self.apposed_name(word).unwrap_or(mention);
            let canonical = self.discourse.entity_of(named).canonical.clone();
            return Holder { party: Party { span: Some(mention.span), canonical }, entity: Some(named.entity) };
        }
        let mut words = phrase(self.passage, word);
        while words.len() > 1 && matches!(self.passage.upos(words[0]), Upos::Det | Upos::Punct) {
            words.remove(0);
        }
        let span = self.passage.spans(&words).into_iter().reduce(Span::cover);
        let canonical = span.map_or("", |span| span.of(&self.passage.document.text)).to_owned();
        Holder { party: Party { span, canonical }, entity: None }
    }

    /// The name in apposition to a description: "a senior envoy, [Jana Holt], said".
    fn apposed_name(&self, word: usize) -> Option<&Mention> {
        let passage = self.passage;
        let described = self.mention(word).is_some_and(|mention| mention.kind == MentionKind::Nominal);
        let twins = passage.head(word).into_iter().flat_map(|verb| passage.children_by(verb, Relation::Nsubj));
        // A tree that misses the apposition gives the verb two subjects.
        let twins = twins.filter(|&twin| twin > word && passage.relation(word) == Relation::Nsubj);
        let names = passage.children_by(word, Relation::Appos).chain(twins).filter(|_| described);
        names.filter_map(|child| self.mention(child)).find(|mention| mention.kind == MentionKind::Name)
    }

    /// Whether an actor can be meant: anybody but things and unresolved pronouns.
    pub(super) fn is_actor(&self, word: usize) -> bool {
        self.mention(word).is_some_and(|mention| {
            mention.kind == MentionKind::Name || self.discourse.entity_of(mention).kind != EntityKind::Other
        })
    }

    /// Whether a word is a third person whom coreference has not found; in what somebody says, it is most often they.
    pub(super) fn is_unresolved(&self, word: usize) -> bool {
        let third = matches!(self.passage.xpos(word), Xpos::Prp | Xpos::PrpPoss);
        third
            && self.entity_at(word).is_none_or(|entity| entity.canonical.eq_ignore_ascii_case(self.passage.lower(word)))
    }

    /// Whether the article names what a word's phrase refers to.
    pub(super) fn is_named(&self, word: usize) -> bool {
        self.mention(word).is_some_and(|mention| {
            let mut mentions = self.discourse.mentions.iter();
            mentions.any(|other| other.entity == mention.entity && other.kind == MentionKind::Name)
        })
    }

    /// Whether it is known who is meant: an actor or what has a name, by more than a pronoun.
    pub(super) fn is_known(&self, word: usize) -> bool {
        let named = |mention: &Mention| {
            let canonical = &self.discourse.entity_of(mention).canonical;
            !canonical.eq_ignore_ascii_case(mention.span.of(&self.passage.document.text)) || !self.is_pronoun(word)
        };
        (self.is_actor(word) || self.is_named(word)) && self.mention(word).is_some_and(named)
    }

    fn is_pronoun(&self, word: usize) -> bool {
        matches!(self.passage.xpos(word), Xpos::Prp | Xpos::PrpPoss)
    }

    /// Whether the phrase headed by a word refers to the holder itself.
    pub(super) fn is_same(&self, word: usize, holder: &Holder) -> bool {
        let other = self.holder(word);
        let known = holder.entity.is_some() && holder.entity == other.entity;
        let named = holder.party.canonical == other.party.canonical;
        known || named || self.is_first_person(word) || self.is_unresolved(word)
    }

    /// Whether the phrase headed by a word refers to the holder, to the side it speaks for, or to what belongs to it.
    pub(super) fn is_own(&self, word: usize, holder: &Holder) -> bool {
        let side = holder.entity.and_then(|own| self.discourse.entities[own].speaks_for.as_ref());
        let spoken_for =
            || side.zip(self.entity_at(word)).is_some_and(|(side, other)| side.canonical == other.canonical);
        let possessed = || {
            let mut children = self.passage.children(word).iter().copied();
            let possessor = children.find(|&child| self.passage.relation(child) == Relation::NmodPoss);
            possessor.is_some_and(|possessor| self.is_same(possessor, holder))
        };
        self.is_same(word, holder) || spoken_for() || possessed()
    }

    /// "I", "we", "our".
    pub(super) fn is_first_person(&self, word: usize) -> bool {
        matches!(self.passage.xpos(word), Xpos::Prp | Xpos::PrpPoss)
            && matches!(self.passage.lemma(word), "I" | "i" | "we" | "our" | "my")
    }
}

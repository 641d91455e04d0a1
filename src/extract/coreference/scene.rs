//! The candidates for mentions of one article, in text order, with the referents found so far.
//!
//! A candidate is a noun phrase, or a name that stands before a noun and belongs to a phrase: "Orsan" in "an Orsan demand".

use std::cmp::Reverse;
use std::ops::Range;

use super::gazetteer::Sense;
use super::phrase::{Parsed, Phrase, phrases};
use super::reading::{Reading, read};
use super::referent::Referent;
use super::vocabulary::Vocabulary;
use super::{EntityKind, MentionKind};
use crate::syntax::{Relation, Tree};
use crate::text::{Document, Span};

/// The longest name that modifies a noun, in words.
const LONGEST: usize = 5;

/// A phrase that may refer, with what it says and to whom it was found to refer.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Index into the sentences.
    pub(super) sentence: usize,
    /// The words.
    pub(super) phrase: Phrase,
    /// Where they stand in the text.
    pub(super) span: Span,
    /// What they say.
    pub(super) reading: Reading,
    /// Index into `Scene::referents`.
    pub(super) referent: Option<usize>,
    /// The candidate through which that was found, where it was not the name itself.
    pub(super) through: Option<usize>,
}

/// The candidates and referents of one article.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    /// The word lists.
    pub(super) vocabulary: &'a Vocabulary,
    /// The sentences with their trees.
    pub(super) sentences: Vec<Parsed<'a>>,
    /// In text order; of two that start together the longer comes first.
    pub(super) candidates: Vec<Candidate>,
    /// In the order in which they were found.
    pub(super) referents: Vec<Referent>,
}

impl<'a> Scene<'a> {
    /// The candidates of an article, no two of them joined yet.
    pub(super) fn new(vocabulary: &'a Vocabulary, document: &'a Document, trees: &'a [Tree]) -> Self {
        let sentences: Vec<Parsed<'a>> = document
            .sentences
            .iter()
            .zip(trees)
            .enumerate()
            .map(|(number, (sentence, tree))| Parsed::new(document, number, sentence, tree))
            .collect();
        let mut candidates: Vec<Candidate> = Vec::new();
        for parsed in &sentences {
            for mut phrase in phrases(vocabulary, parsed) {
                let reading = read(vocabulary, parsed, &phrase);
                trim(parsed, &mut phrase, &reading);
                candidates.extend(modifiers(vocabulary, parsed, &phrase, &reading));
                candidates.push(candidate(parsed, phrase, reading));
            }
        }
        candidates.sort_by_key(|candidate| (candidate.sentence, candidate.span.start, Reverse(candidate.span.end)));
        candidates.dedup_by(|next, kept| next.span == kept.span && next.sentence == kept.sentence);
        Self { vocabulary, sentences, candidates, referents: Vec::new() }
    }

    /// Lets a candidate refer to a known referent.
    pub(super) fn join(&mut self, candidate: usize, referent: usize) {
        let candidate = &mut self.candidates[candidate];
        candidate.referent = Some(referent);
        self.referents[referent].learn(&candidate.reading);
    }

    /// Lets a candidate refer to whoever another one refers to, if that is known.
    pub(super) fn join_through(&mut self, candidate: usize, other: usize) {
        if let Some(referent) = self.candidates[other].referent {
            self.join(candidate, referent);
            self.candidates[candidate].through = Some(other);
        }
    }

    /// The mention of a referent that is next to a candidate: the last one before it, else the first one after it.
    pub(super) fn next_mention(&self, candidate: usize, referent: usize) -> Option<usize> {
        let bears = |&other: &usize| self.candidates[other].referent == Some(referent);
        (0..candidate).rev().find(bears).or_else(|| (candidate + 1..self.candidates.len()).find(bears))
    }

    /// Lets a candidate refer to somebody new.
    pub(super) fn introduce(&mut self, candidate: usize) -> usize {
        let referent = self.referents.len();
        let candidate = &mut self.candidates[candidate];
        candidate.referent = Some(referent);
        self.referents.push(Referent::new(self.vocabulary, &candidate.reading));
        referent
    }

    /// The sentence of a candidate.
    pub(super) fn sentence_of(&self, candidate: usize) -> &Parsed<'a> {
        &self.sentences[self.candidates[candidate].sentence]
    }

    /// The paragraph of a candidate.
    pub(super) fn paragraph_of(&self, candidate: usize) -> usize {
        let parsed = self.sentence_of(candidate);
        parsed.document.sentences[parsed.number].paragraph
    }

    /// The candidate of a sentence whose phrase has this head; the name or nominal, not a modifier inside it.
    pub(super) fn headed(&self, sentence: usize, head: usize) -> Option<usize> {
        let start = self.candidates.partition_point(|candidate| candidate.sentence < sentence);
        let of_sentence = self.candidates[start..].iter().take_while(|candidate| candidate.sentence == sentence);
        of_sentence
            .enumerate()
            .find(|(_, candidate)| candidate.phrase.head == head || heads_name(&candidate.phrase, head))
            .map(|(offset, _)| start + offset)
    }
}

/// Whether a word stands in the name that follows the head of a phrase.
fn heads_name(phrase: &Phrase, word: usize) -> bool {
    phrase.head < word && phrase.core.contains(&word)
}

/// Ends a phrase that turned out to be a name with its core or with "of": "the Ostrand newspaper in Orsa".
fn trim(parsed: &Parsed<'_>, phrase: &mut Phrase, reading: &Reading) {
    let after = phrase.core.end;
    if reading.name.is_some() && after < phrase.words.end && !matches!(parsed.lower(after).as_str(), "of" | ",") {
        phrase.words.end = after;
    }
}

/// A candidate from a phrase and its reading.
fn candidate(parsed: &Parsed<'_>, phrase: Phrase, reading: Reading) -> Candidate {
    Candidate {
        sentence: parsed.number,
        span: parsed.span(&phrase.words),
        phrase,
        reading,
        referent: None,
        through: None,
    }
}

/// The names that stand as modifiers before the head or the name of a phrase.
fn modifiers(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase, reading: &Reading) -> Vec<Candidate> {
    let named = reading.name_words.clone().unwrap_or(phrase.head..phrase.head + 1);
    let end = named.start.max(phrase.core.start).min(phrase.core.end);
    let mut found = Vec::new();
    let mut start = phrase.owner.filter(|&owner| owner < phrase.head).map_or(phrase.core.start, |owner| owner + 1);
    while start < end {
        if parsed.tree.word(start).upos == crate::syntax::Upos::Det {
            start += 1;
            continue;
        }
        let known = (start + 1..=end.min(start + LONGEST)).rev().find_map(|stop| {
            let sense = vocabulary.gazetteer.sense(&parsed.text(&(start..stop)))?;
            Some((stop, known_modifier(vocabulary, sense, &parsed.text(&(start..stop)))))
        });
        let named = || name_run(vocabulary, parsed, start..end);
        match known.or_else(named) {
            Some((stop, reading)) => {
                let inner = Phrase { head: stop - 1, core: start..stop, words: start..stop, owner: None };
                found.push(candidate(parsed, inner, reading));
                start = stop;
            }
            None => start += 1,
        }
    }
    found
}

/// The reading of a known name before a noun.
fn known_modifier(vocabulary: &Vocabulary, sense: Sense, text: &str) -> Reading {
    let mut reading = Reading::blank(MentionKind::Adjective, vocabulary.gazetteer.canonical(sense).to_owned());
    reading.sense = Some(sense);
    reading.gender = super::traits::Gender::Neuter;
    reading.kind = Some(match sense {
        Sense::Organisation(_) => EntityKind::Organisation,
        Sense::People(_) => EntityKind::Group,
        _ => EntityKind::State,
    });
    reading.name = Some(text.to_owned());
    reading
}

/// A run of capitalised words before a noun that is no office: "Holt" in "Holt aides".
fn name_run(vocabulary: &Vocabulary, parsed: &Parsed<'_>, words: Range<usize>) -> Option<(usize, Reading)> {
    let proper = |word: usize| {
        parsed.is_proper(word)
            && vocabulary.offices.titled(parsed.form(word)).is_none()
            && matches!(
                parsed.tree.word(word).relation.universal(),
                Relation::Compound | Relation::Flat | Relation::Nmod
            )
    };
    let stop = words.clone().find(|&word| !proper(word)).unwrap_or(words.end);
    if stop == words.start {
        return None;
    }
    let text = parsed.text(&(words.start..stop));
    let mut reading = Reading::blank(MentionKind::Adjective, text.clone());
    reading.name = Some(text);
    Some((stop, reading))
}

//! A mention: the words with which a text refers to somebody or something.
//!
//! The span is what an annotator would mark: the noun phrase with its determiner, its modifiers and its restrictive
//! apposition ("Orsan foreign minister Jana Holt"), without relative clauses that only add ("who spoke on Monday").

use std::ops::Range;

use crate::text::Span;

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// "Jana Holt", "Orsan Foreign Minister Jana Holt", "Orsa"
    Name,
    /// "the minister", "people familiar with the matter"
    Nominal,
    /// "she", "they"
    Pronoun,
    /// "Holt" before "'s", "its", "her"
    Possessive,
    /// "Orsan" in "an Orsan demand"
    Adjective,
}

/// One reference to an entity, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Index into `Document::sentences`.
    pub sentence: usize,
    /// The head word, a number in the sentence's tree.
    pub head: usize,
    /// The words covered, numbers in the sentence's tree; `head` is one of them.
    pub words: Range<usize>,
    /// The same stretch in bytes of the text.
    pub span: Span,
    /// How it refers.
    pub kind: MentionKind,
    /// Index into `Discourse::entities`.
    pub entity: usize,
    /// The mention through which a description or a pronoun was found to mean that entity; none for names and newcomers.
    pub through: Option<Span>,
}

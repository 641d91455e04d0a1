//! The segmented text: paragraphs, sentences, tokens and quotations, all of them spans of one string.
//!
//! Segmentation is decided in the sibling modules; this file only says what its result looks like.

use std::ops::Range;

use super::Span;

/// A text cut into paragraphs, sentences and tokens.
///
/// Tokens stand in text order and do not overlap. Sentences cover consecutive ranges of tokens; only paragraphs of kind
/// `Headline` and `Prose` have sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The article's text, unchanged.
    pub text: String,
    /// Lines or blocks of the text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Tokens of all sentences, in order: Universal Dependencies words.
    pub tokens: Vec<Token>,
    /// Quotations of the whole text, in order of their opening mark; they may span sentences and paragraphs.
    pub quotations: Vec<Quotation>,
}

/// A block of text between line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// "Envoys meet in Orsa as truce frays": the first line, short, without a full stop; or the article's title.
    Headline,
    /// "By Jana Holt, Herald of Orsa", "Friday, January 4, 2019"
    Byline,
    /// "ORSA, March 4 (Lantern) -", before the first sentence
    Dateline,
    /// Running text.
    Prose,
    /// "Read more", "Would you like to share the page with your friends?"
    Boilerplate,
}

/// A sentence of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first byte of its first token to the last byte of its last one.
    pub span: Span,
    /// Indices into `Document::tokens`.
    pub tokens: Range<usize>,
    /// Index into `Document::paragraphs`.
    pub paragraph: usize,
}

/// A Universal Dependencies word: a span of the text that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub span: Span,
    /// Whether it belongs to the same written word as the token before it: the "n't" of "don't", the "'s" of "Russia's".
    pub continues: bool,
}

/// A stretch between quotation marks.
///
/// A quotation whose closing mark is missing ends with its paragraph. A paragraph that reopens a quotation the one
/// before it left open makes a new `Quotation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without its marks.
    pub inner: Span,
}

impl Document {
    /// The text of one token.
    pub fn form(&self, token: &Token) -> &str {
        token.span.of(&self.text)
    }

    /// The tokens of one sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or(&[])
    }

    /// The innermost quotation around the byte at `offset`, if there is one.
    pub fn quotation_at(&self, offset: usize) -> Option<&Quotation> {
        self.quotations
            .iter()
            .filter(|quotation| quotation.outer.start <= offset && offset < quotation.outer.end)
            .min_by_key(|quotation| quotation.outer.len())
    }
}

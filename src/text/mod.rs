//! From the bytes of an article to tokens: articles, documents, sentences, Universal Dependencies tokens, quotations.
//!
//! Nothing is copied after the text is read: paragraphs, sentences and tokens are spans of one string. What the words
//! mean is decided further right, in `syntax` and `extract`.

mod article;
mod character;
mod code_points;
mod dateline;
mod document;
mod span;

mod abbreviation;
mod address;
mod boundary;
mod contraction;
mod hint;
mod page;
mod paragraph;
mod quotation;
mod segmenter;
mod sentence;
mod shape;
mod tokenizer;
mod weight_table;

pub mod reader;

pub(crate) use boundary::{Boundaries, gaps};
pub(crate) use hint::HINTS;
pub(crate) use sentence::Ruling;
pub(crate) use shape::{Facts, observe, word_hash};
pub(crate) use weight_table::WeightTable;

pub use article::Article;
pub use code_points::CodePoints;
pub use document::{Document, Paragraph, ParagraphKind, Quotation, Sentence, Token};
pub use segmenter::Segmenter;
pub use span::Span;

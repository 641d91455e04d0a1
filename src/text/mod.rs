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
mod contraction;
mod page;
mod paragraph;
mod quotation;
mod segmenter;
mod sentence;
mod tokenizer;

pub mod reader;

pub use article::Article;
pub use code_points::CodePoints;
pub use document::{Document, Paragraph, ParagraphKind, Quotation, Sentence, Token};
pub use segmenter::Segmenter;
pub use span::Span;

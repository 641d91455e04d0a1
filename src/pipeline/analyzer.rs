//! The stages from text to findings, put together once and used for any number of articles.
//!
//! An analyser has an identity: two with one identity find the same in the same article.

use std::fmt::Write;

use rayon::prelude::*;

use crate::extract::{Certainty, Explanation, Extractor};
use crate::graph::topic::TopicRules;
use crate::graph::{Analyzed, Record};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::Parser;
use crate::text::{Article, Segmenter};

/// Analyses articles; made once, used for any number of them, from any thread.
pub struct Analyzer {
    segmenter: Segmenter,
    parser: Parser,
    extractor: Extractor,
    rules: TopicRules,
    identity: String,
}

impl Analyzer {
    /// An analyser with this parser and these word lists.
    ///
    /// # Errors
    /// When a row of a user's list cannot be read.
    pub fn new(parser: Parser, lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self {
            segmenter: Segmenter::new(lexicons)?,
            extractor: Extractor::new(lexicons)?,
            rules: TopicRules::new(lexicons)?,
            identity: identity(lexicons),
            parser,
        })
    }

    /// The same analyser, but for how sure it must be.
    #[must_use]
    pub fn with_certainty(mut self, certainty: Certainty) -> Self {
        self.extractor = self.extractor.with_certainty(certainty);
        if certainty != Certainty::default() {
            _ = write!(self.identity, " certainty {}", certainty.score());
        }
        self
    }

    /// What tells this analyser's records from another's.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Everything that the stages find in one article.
    pub fn analyze<'a>(&self, article: &'a Article) -> Analyzed<'a> {
        let document = self.segmenter.segment(&article.text, article.title.as_deref());
        let (trees, states) = self.parser.read(&document);
        let analysis = self.extractor.extract(&document, &trees, &states);
        Analyzed { article, document, trees, analysis }
    }

    /// Everything that the stages find in one article, with the reasons.
    pub fn explain<'a>(&self, article: &'a Article) -> (Analyzed<'a>, Vec<Explanation>) {
        let document = self.segmenter.segment(&article.text, article.title.as_deref());
        let (trees, states) = self.parser.read(&document);
        let (analysis, explanations) = self.extractor.explain(&document, &trees, &states);
        (Analyzed { article, document, trees, analysis }, explanations)
    }

    /// What the graph needs of one article.
    pub fn record(&self, article: &Article) -> Record {
        Record::new(&self.analyze(article), &self.rules)
    }

    /// What the graph needs of several articles, in their order; `done` hears of each article once, from any thread and
    /// in any order.
    pub fn records(&self, articles: &[Article], done: impl Fn(&Record) + Sync) -> Vec<Record> {
        let analyse = |article: &Article| {
            let record = self.record(article);
            done(&record);
            record
        };
        articles.par_iter().map(analyse).collect()
    }
}

/// What tells one analyser's records from another's: the program's version, its rules, word lists and weights (whose
/// fingerprint `build.rs` takes), and the user's word lists.
fn identity(lexicons: &Lexicons) -> String {
    let mut hasher = blake3::Hasher::new();
    for (file, text) in lexicons.additions() {
        for part in [file, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    format!("demarche {} {} {}", env!("CARGO_PKG_VERSION"), env!("DEMARCHE_ANALYSIS"), hasher.finalize().to_hex())
}

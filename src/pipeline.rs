//! From articles to a graph: each article analysed on its own, in parallel, and the results joined in input order.
//!
//! The same articles give the same graph for any number of threads, and for any way of adding them over several builds
//! in the same order. Reading articles and writing graph files is decided elsewhere.

use std::collections::BTreeSet;
use std::fmt::Write;

use rayon::prelude::*;

use crate::extract::{Certainty, Explanation, Extractor, RelationKind};
use crate::graph::store::Archive;
use crate::graph::topic::TopicRules;
use crate::graph::{Analyzed, PropertyGraph, Record, assemble, schema};
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

/// A graph with the records behind it, and what it holds.
#[derive(Debug)]
pub struct Build {
    /// The graph.
    pub graph: PropertyGraph,
    /// What the next build needs to add to it.
    pub archive: Archive,
    /// What it holds.
    pub summary: Summary,
}

/// What a build did and what its graph holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were analysed.
    pub analysed: usize,
    /// Articles that were left out, since their id was there already.
    pub known: usize,
    /// Words of the articles that were analysed.
    pub words_analysed: usize,
    /// Articles in the graph.
    pub articles: usize,
    /// Words of these.
    pub words: usize,
    /// Actors in the graph.
    pub actors: usize,
    /// Positions in the graph by relation, in the order of [`RelationKind::ALL`], zeros included.
    pub positions: Vec<(RelationKind, usize)>,
    /// Conditions in the graph.
    pub conditions: usize,
    /// Topics in the graph.
    pub topics: usize,
    /// Positions that repeat an earlier one.
    pub repeats: usize,
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

    /// The graph of the articles of an earlier build and of those among `articles` whose id is new; of several with one
    /// id the first counts. `Archive::default()` starts from nothing.
    ///
    /// Records that another analyser made are made anew from their texts.
    pub fn build(&self, archive: Archive, articles: &[Article], done: impl Fn(&Record) + Sync) -> Build {
        let mut ids: BTreeSet<&str> = archive.records.iter().map(|record| record.article.id.as_str()).collect();
        let new: Vec<Article> = articles.iter().filter(|article| ids.insert(&article.id)).cloned().collect();
        let known = articles.len() - new.len();
        let (mut records, mut analysed) = (archive.records, new);
        if archive.analyser != self.identity {
            let mut all: Vec<Article> = records.drain(..).map(|record| record.article).collect();
            all.append(&mut analysed);
            analysed = all;
        }
        let added = self.records(&analysed, done);
        let words_analysed = added.iter().map(|record| record.words).sum();
        records.extend(added);
        let graph = assemble(&records);
        let summary = Summary { analysed: analysed.len(), known, words_analysed, ..Summary::of(&graph, &records) };
        Build { graph, archive: Archive { analyser: self.identity.clone(), records }, summary }
    }
}

impl Summary {
    /// What a graph holds.
    fn of(graph: &PropertyGraph, records: &[Record]) -> Self {
        let labelled = |label: schema::Label| {
            graph.node_weights().filter(|node| node.labels.iter().any(|name| name == label.as_str())).count()
        };
        let positions = || records.iter().flat_map(|record| &record.positions);
        let held = |relation| (relation, positions().filter(|position| position.relation == relation).count());
        let repeats = schema::RelationshipType::Repeats.as_str();
        Self {
            articles: records.len(),
            words: records.iter().map(|record| record.words).sum(),
            actors: labelled(schema::Label::Actor),
            positions: RelationKind::ALL.iter().copied().map(held).collect(),
            conditions: positions().map(|position| position.conditions.len()).sum(),
            topics: labelled(schema::Label::Topic),
            repeats: graph.edge_weights().filter(|relationship| relationship.kind == repeats).count(),
            ..Self::default()
        }
    }

    /// Positions in the graph, of all relations.
    pub fn all_positions(&self) -> usize {
        self.positions.iter().map(|(_, count)| count).sum()
    }
}

/// What tells one analyser's records from another's: the program's version and the user's word lists.
fn identity(lexicons: &Lexicons) -> String {
    let mut hasher = blake3::Hasher::new();
    for (file, text) in lexicons.additions() {
        for part in [file, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    format!("demarche {} {}", env!("CARGO_PKG_VERSION"), hasher.finalize().to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::store;

    /// Invented articles, enough of them that threads overtake each other.
    fn articles(range: std::ops::Range<usize>) -> Vec<Article> {
        let article = |number: usize| Article {
            id: format!("wire-{number}"),
            date: Some(format!("2031-01-{:02}", number % 28 + 1)),
            text: format!(
                "Orsan minister Jana Holt rejected the river plan number {number} on Monday. “We will not sign unless \
                 Vantia withdraws its troops,” she said.\nVantia promised a ceasefire if talks begin, officials said."
            ),
            ..Article::default()
        };
        range.map(article).collect()
    }

    fn analyzer() -> Analyzer {
        Analyzer::new(Parser::embedded().unwrap(), &Lexicons::embedded()).unwrap()
    }

    /// The bytes of a graph file.
    fn bytes(build: Build) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.dg");
        store::save(&path, &build.graph, build.archive).unwrap();
        std::fs::read(path).unwrap()
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes() {
        let (analyzer, articles) = (analyzer(), articles(0..40));
        let built = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bytes(analyzer.build(Archive::default(), &articles, |_| ())))
        };
        assert!(built(1) == built(4));
    }

    #[test]
    fn adding_gives_what_building_at_once_gives() {
        let (analyzer, articles) = (analyzer(), articles(0..12));
        let once = analyzer.build(Archive::default(), &articles, |_| ());
        let first = analyzer.build(Archive::default(), &articles[..5], |_| ());
        let second = analyzer.build(first.archive, &articles, |_| ());
        assert_eq!((second.summary.analysed, second.summary.known), (7, 5));
        assert_eq!(second.summary.all_positions(), once.summary.all_positions());
        assert!(bytes(second) == bytes(once));
    }

    #[test]
    fn records_of_another_analyser_are_made_anew() {
        let (analyzer, articles) = (analyzer(), articles(0..3));
        let mut first = analyzer.build(Archive::default(), &articles, |_| ());
        first.archive.analyser = "demarche 0.0.1".to_owned();
        first.archive.records.iter_mut().for_each(|record| record.positions.clear());
        let second = analyzer.build(first.archive, &[], |_| ());
        assert_eq!(second.summary.analysed, 3);
        assert!(bytes(second) == bytes(analyzer.build(Archive::default(), &articles, |_| ())));
    }
}

//! How fast raw text becomes trees on one thread, in tokens a second: all of it, and each stage by itself.
//!
//! Reads `../shared/news/wikinews.jsonl`; where that is absent, says so and takes the project's own few articles.

#![allow(clippy::expect_used, reason = "a benchmark may stop at the first surprise")]

use std::path::Path;
use std::sync::LazyLock;

use demarche::lexicon::Lexicons;
use demarche::syntax::{Parser, Tree};
use demarche::text::reader::read;
use demarche::text::{Article, Document, Segmenter};
use divan::Bencher;
use divan::counter::ItemsCount;

/// The news to read, and what to read in its absence.
const NEWS: &str = "../shared/news/wikinews.jsonl";
const OWN: &str = "data/articles";

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let news = root.join(NEWS);
    let path = if news.exists() {
        news
    } else {
        eprintln!("skipped: {NEWS} is absent, {OWN} is read instead; it is too short to compare");
        root.join(OWN)
    };
    read([path]).articles.into_iter().flatten().collect()
});
static SEGMENTER: LazyLock<Segmenter> =
    LazyLock::new(|| Segmenter::new(&Lexicons::embedded()).expect("the program's own lists can be read"));
static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::embedded().expect("the program's own model can be read"));
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| ARTICLES.iter().map(segment).collect());

fn main() {
    divan::main();
}

fn segment(article: &Article) -> Document {
    SEGMENTER.segment(&article.text, article.title.as_deref())
}

/// The number of tokens, which the throughput is counted in.
fn tokens() -> ItemsCount {
    ItemsCount::new(DOCUMENTS.iter().map(|document| document.tokens.len()).sum::<usize>())
}

/// Raw text to trees.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn text_to_trees(bencher: Bencher) {
    let trees = |article: &Article| PARSER.parse(&segment(article));
    bencher.counter(tokens()).bench(|| ARTICLES.iter().map(trees).collect::<Vec<Vec<Tree>>>());
}

/// Raw text to paragraphs, sentences, tokens and quotations.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn text_to_tokens(bencher: Bencher) {
    bencher.counter(tokens()).bench(|| ARTICLES.iter().map(segment).collect::<Vec<Document>>());
}

/// Tokens to tags, lemmas and trees.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn tokens_to_trees(bencher: Bencher) {
    let trees = |document: &Document| PARSER.parse(document);
    bencher.counter(tokens()).bench(|| DOCUMENTS.iter().map(trees).collect::<Vec<Vec<Tree>>>());
}

/// The embedded model to a parser.
#[divan::bench(sample_count = 9, sample_size = 1)]
fn load_the_parser() -> usize {
    Parser::embedded().map_or(0, |parser| parser.header().epochs)
}

//! From tokens to trees: the network's scores, the best tag of each word, the heaviest tree, its relations.
//!
//! Sentences are parsed one by one, each by itself: what its neighbours say does not show in its tree.

use super::arborescence::heaviest_tree;
use super::features::Vocabulary;
use super::lemmatizer::Lemmatizer;
use super::model::{Bytes, Model, ModelError, ModelHeader};
use super::morphology::{Morphology, Tag};
use super::network::Network;
use super::{Relation, Tree, TreebankSentence, Word};
use crate::text::Document;

/// The model that ships with the program; `data/README.md` has its origin and licence.
static EMBEDDED: &[u8] = include_bytes!("../../data/english.model");

/// Sentences are cut after so many words. Arcs cost the square of the length, and whatever is longer is a table or a list.
const LONGEST: usize = 512;

/// Tags, lemmatises and parses sentences. Any text gets trees.
pub struct Parser {
    header: ModelHeader,
    vocabulary: Vocabulary,
    embeddings: Bytes,
    network: Network,
    tags: Vec<Tag>,
    relations: Vec<Relation>,
    lemmatizer: Lemmatizer,
    morphology: Morphology,
}

impl Parser {
    /// The parser that ships with the program.
    ///
    /// # Errors
    /// Never, unless the program was built over a damaged model file.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_bytes(EMBEDDED)
    }

    /// The parser of a model file's content.
    ///
    /// # Errors
    /// When the file is none of ours, cut off or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (header, model) = Model::from_bytes(bytes)?;
        Ok(Self::new(header, model))
    }

    /// The parser over a model.
    pub(super) fn new(header: ModelHeader, model: Model) -> Self {
        Self {
            header,
            vocabulary: Vocabulary::new(&model.vocabulary),
            network: model.network(),
            tags: model.tags.iter().map(|tag| Tag::from_spelling(tag)).collect(),
            relations: model.relations.iter().map(|name| Relation::from_name(name)).collect(),
            embeddings: model.embeddings,
            lemmatizer: model.lemmatizer,
            morphology: model.morphology,
        }
    }

    /// What is known about the model's making.
    pub fn header(&self) -> &ModelHeader {
        &self.header
    }

    /// One tree for each sentence of the document, in order.
    pub fn parse(&self, document: &Document) -> Vec<Tree> {
        let forms = |tokens: &[crate::text::Token]| -> Vec<&str> {
            tokens.iter().map(|token| token.span.of(&document.text)).collect()
        };
        document.sentences.iter().map(|sentence| self.parse_forms(&forms(document.tokens_of(sentence)))).collect()
    }

    /// The treebank sentence with its tree replaced by the parser's.
    pub fn parse_treebank(&self, sentence: &TreebankSentence) -> TreebankSentence {
        let forms: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
        TreebankSentence { tree: self.parse_forms(&forms), ..sentence.clone() }
    }

    /// The tree over the words of one sentence. Beyond 512 words it is parsed in pieces, whose roots hang on the first.
    pub fn parse_forms(&self, forms: &[&str]) -> Tree {
        let mut words = Vec::with_capacity(forms.len());
        for piece in forms.chunks(LONGEST) {
            self.parse_piece(piece, &mut words);
        }
        Tree::new(words)
    }

    /// Adds the words of one piece.
    fn parse_piece(&self, forms: &[&str], words: &mut Vec<Word>) {
        let (start, count) = (words.len(), forms.len());
        let mut input = vec![0.0; count * self.network.sizes.embedding];
        for (form, sum) in forms.iter().zip(input.chunks_exact_mut(self.network.sizes.embedding)) {
            for row in self.vocabulary.rows_of(form) {
                self.embeddings.add_row(row as usize, sum);
            }
        }
        let reading = self.network.read(input, std::slice::from_ref(&(0..count)), |_, _| {});
        let arcs = self.network.arc_scores(&reading, 0..count);
        let heads = heaviest_tree(count, |word, head| arcs[word * (count + 1) + head]);
        let numbers: Vec<usize> = heads.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
        let hidden = self.network.label_hidden(&reading, 0..count, &numbers);
        let labels = self.network.label_scores(&hidden);
        let rows = reading.tags.chunks_exact(self.tags.len()).zip(labels.chunks_exact(self.relations.len()));
        for ((form, head), (tags, labels)) in forms.iter().zip(&heads).zip(rows) {
            let tag = best(tags, |_| true);
            let relation = match head {
                None => Relation::Root,
                Some(_) => self.relations[best(labels, |label| self.relations[label] != Relation::Root)],
            };
            let Tag { upos, xpos, .. } = self.tags[tag];
            words.push(Word {
                lemma: self.lemmatizer.lemma(form, upos, xpos),
                upos,
                xpos,
                features: self.morphology.features(form, tag),
                head: head.map(|head| start + head),
                relation,
            });
        }
    }
}

/// The allowed entry with the highest score, the first of equals.
fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best: Option<usize> = None;
    for (index, score) in scores.iter().enumerate().filter(|(index, _)| allowed(*index)) {
        if best.is_none_or(|best| *score > scores[best]) {
            best = Some(index);
        }
    }
    best.unwrap_or(0)
}

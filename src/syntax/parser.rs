//! From tokens to trees: the network's scores, the best tag of each word, the heaviest tree, its relations.
//!
//! Sentences are parsed one by one, each by itself: what its neighbours say does not show in its tree.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::agreement::agree;
use super::arborescence::heaviest_tree;
use super::features::{Entry, Vocabulary};
use super::highest::{first_highest, first_highest_but, highest_in_rows};
use super::layout::Sizes;
use super::lemmatizer::{Lemmatizer, Role};
use super::lost_subject::find_subjects;
use super::memo::{Analysis, Memo, Occurrence, Places};
use super::model::{Bytes, Model, ModelError, ModelHeader};
use super::morphology::{Morphology, Place, Tag};
use super::quoted_clause::hang_quotations;
use super::reader::{LONGEST, Reader, Reading};
use super::vectors::WordVectors;
use super::{EntityType, Relation, Tree, TreebankSentence, Upos, Word, named_mentions};
use crate::text::{Document, Sentence};

/// The model that ships with the program; `data/README.md` has its origin and licence.
pub(super) static EMBEDDED: &[u8] = include_bytes!("../../data/english.model");

/// Sentences are read together up to so many words.
const TOGETHER: usize = 256;

/// Sentences whose forms are looked at together.
const PART: usize = 1024;

/// Tags, lemmatises and parses sentences. Any text gets trees.
pub struct Parser {
    header: ModelHeader,
    vocabulary: Vocabulary,
    embeddings: Bytes,
    word_vectors: WordVectors,
    reader: Reader,
    sizes: Sizes,
    tags: Vec<Tag>,
    relations: Vec<Relation>,
    /// Number of the root's relation.
    root: usize,
    lemmatizer: Lemmatizer,
    morphology: Morphology,
    /// What is needed to parse, one for each thread that does.
    desks: Mutex<Vec<Desk>>,
}

/// What the network's scores come to, for each word of some sentences.
struct Decisions {
    /// Numbers of tags.
    tags: Vec<usize>,
    heads: Vec<Option<usize>>,
    relations: Vec<Relation>,
    entities: Vec<Option<EntityType>>,
}

/// Room to parse in, and what is remembered from one text to the next.
struct Desk {
    reading: Reading,
    memo: Memo,
}

/// What the network's last layer says of each word of a text: `width` numbers a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// Numbers a word.
    pub width: usize,
    /// A row for each word.
    pub values: Vec<f32>,
}

impl States {
    /// The numbers of a word; none when the parser has not seen it.
    pub fn of(&self, word: usize) -> &[f32] {
        self.of_all(word..word + 1)
    }

    /// The numbers of some words, one after another; none when the parser has not seen them all.
    pub fn of_all(&self, words: Range<usize>) -> &[f32] {
        self.values.get(words.start * self.width..words.end * self.width).unwrap_or(&[])
    }
}

impl Parser {
    /// The parser that ships with the program.
    ///
    /// # Errors
    /// Never, unless the program was built over a damaged model file.
    pub fn embedded() -> Result<Self, ModelError> {
        let (header, model) = Model::from_program(EMBEDDED)?;
        Ok(Self::new(header, model))
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
        let relations: Vec<Relation> = model.relations.iter().map(|name| Relation::from_name(name)).collect();
        Self {
            header,
            vocabulary: Vocabulary::new(&model.vocabulary, &model.word_vectors.words),
            reader: Reader::new(&model),
            sizes: model.sizes,
            tags: model.tags.iter().map(|tag| Tag::from_spelling(tag)).collect(),
            root: relations.iter().position(|relation| *relation == Relation::Root).unwrap_or(relations.len()),
            relations,
            embeddings: model.embeddings,
            word_vectors: model.word_vectors,
            lemmatizer: model.lemmatizer,
            morphology: model.morphology,
            desks: Mutex::default(),
        }
    }

    /// What is known about the model's making.
    pub fn header(&self) -> &ModelHeader {
        &self.header
    }

    /// One tree for each sentence of the document, in order.
    pub fn parse(&self, document: &Document) -> Vec<Tree> {
        let mut trees = Vec::with_capacity(document.sentences.len());
        // A part at a time, so that the forms of a long text do not stand beside its trees.
        for part in document.sentences.chunks(PART) {
            trees.extend(self.parse_with(&forms(document, part), &quoted(document, part), &mut |_| ()));
        }
        trees
    }

    /// Like `parse`, and what the network's last layer says of each token of the document.
    pub fn read(&self, document: &Document) -> (Vec<Tree>, States) {
        let mut states = States { width: 2 * self.sizes.units, values: Vec::new() };
        let keep = &mut |reading: &Reading| states.values.extend_from_slice(reading.states());
        let (forms, quoted) = (forms(document, &document.sentences), quoted(document, &document.sentences));
        let trees = self.parse_with(&forms, &quoted, keep);
        (trees, states)
    }

    /// The treebank sentence with its tree replaced by the parser's.
    pub fn parse_treebank(&self, sentence: &TreebankSentence) -> TreebankSentence {
        let forms: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
        let tree = self.parse_forms(&forms);
        TreebankSentence { entities: Some(named_mentions(&tree)), tree, ..sentence.clone() }
    }

    /// The tree over the words of one sentence. Beyond 512 words it is parsed in pieces, whose roots hang on the first.
    pub fn parse_forms(&self, forms: &[&str]) -> Tree {
        self.parse_sentences(&[forms]).pop().unwrap_or_default()
    }

    /// The trees of several sentences. Each is the tree of `parse_forms`; reading some together lets a pass
    /// over the weights serve more words.
    fn parse_sentences<'a>(&self, sentences: &[impl AsRef<[&'a str]>]) -> Vec<Tree> {
        self.parse_with(sentences, &[], &mut |_| ())
    }

    /// Like `parse_sentences`, where it is known which words are `quoted`, see `quotations`; `seen` is shown the reading of
    /// each batch, in order.
    fn parse_with<'a>(
        &self,
        sentences: &[impl AsRef<[&'a str]>],
        quoted: &[Vec<Option<usize>>],
        seen: &mut impl FnMut(&Reading),
    ) -> Vec<Tree> {
        let mut pieces: Vec<(usize, &[&'a str])> = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            pieces.extend(sentence.as_ref().chunks(LONGEST).map(|piece| (index, piece)));
        }
        let mut words: Vec<Vec<Word>> =
            sentences.iter().map(|sentence| Vec::with_capacity(sentence.as_ref().len())).collect();
        let idle = self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut desk = idle.unwrap_or_else(|| self.desk());
        let mut rest = pieces.as_slice();
        while !rest.is_empty() {
            let mut size = 0;
            let fits = |(_, piece): &&(usize, &[&str])| {
                size += piece.len();
                size <= TOGETHER
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (batch, others) = rest.split_at(count);
            self.parse_batch(batch, &mut desk, &mut words);
            seen(&desk.reading);
            rest = others;
        }
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        let agreed = |(index, mut words): (usize, Vec<Word>)| {
            find_subjects(&mut words);
            if let Some(quotations) = quoted.get(index) {
                hang_quotations(&mut words, quotations);
            }
            agree(&mut words);
            Tree::new(words)
        };
        words.into_iter().enumerate().map(agreed).collect()
    }

    /// A desk on which nothing was read.
    fn desk(&self) -> Desk {
        Desk { reading: Reading::default(), memo: Memo::new(self.reader.gate_count()) }
    }

    /// Reads pieces together and adds the words of each to those of its sentence.
    fn parse_batch(&self, pieces: &[(usize, &[&str])], desk: &mut Desk, words: &mut [Vec<Word>]) {
        let forms: Vec<&str> = pieces.iter().flat_map(|(_, piece)| piece.iter().copied()).collect();
        let Desk { reading, memo } = desk;
        let places = memo.find(&forms);
        let new: Vec<&str> = places.new.iter().map(|&word| forms[word]).collect();
        memo.keep(&places, self.reader.gates(&self.input(&new), reading));
        let mut end = 0;
        let ranges = pieces.iter().map(|(_, piece)| {
            let start = end;
            end += piece.len();
            start..end
        });
        let ranges: Vec<Range<usize>> = ranges.collect();
        self.reader.read(memo.rows(), &places.rows, &ranges, reading);
        let decisions = self.decide(&ranges, reading);
        for (&(sentence, piece), range) in pieces.iter().zip(ranges) {
            self.write(piece, &places, &decisions, range, memo, &mut words[sentence]);
        }
    }

    /// What the network sees of forms, a row each.
    fn input(&self, forms: &[&str]) -> Vec<f32> {
        // All rows are known before the first is asked for, so that the table's cache misses overlap.
        let entries: Vec<Entry> = forms.iter().map(|form| self.vocabulary.entry(form)).collect();
        let mut input = vec![0.0; forms.len() * self.sizes.input()];
        for (entry, row) in entries.iter().zip(input.chunks_exact_mut(self.sizes.input())) {
            let (sum, vector) = row.split_at_mut(self.sizes.embedding);
            self.embeddings.add_rows(&entry.rows, sum);
            if let Some(row) = entry.vector {
                self.word_vectors.rows.add_row(row as usize, vector);
            }
        }
        input
    }

    /// Chooses tags, heads and relations.
    fn decide(&self, ranges: &[Range<usize>], reading: &mut Reading) -> Decisions {
        let mut heads = Vec::new();
        for range in ranges {
            let tree = heaviest_tree(range.len(), self.reader.arc_scores(reading, range.clone()));
            heads.extend(tree.into_iter().map(|head| head.map(|head| range.start + head)));
        }
        let labels = self.reader.label_scores(reading, &heads);
        let relation = |(head, scores): (&Option<usize>, &[f32])| match head {
            None => Relation::Root,
            Some(_) => self.relations.get(first_highest_but(scores, self.root)).copied().unwrap_or(Relation::Dep),
        };
        let labels = labels.chunks_exact(self.relations.len().max(1));
        let relations: Vec<Relation> = heads.iter().zip(labels).map(relation).collect();
        let width = self.sizes.tags + self.sizes.entities;
        let tags = highest_in_rows(&reading.tags, width, 0..self.sizes.tags);
        let rows = reading.tags.chunks_exact(width.max(1)).zip(&tags).zip(&relations);
        let entity = |((row, &tag), relation): ((&[f32], &usize), &Relation)| {
            entity_of(&row[self.sizes.tags..], self.tags[tag].upos, *relation)
        };
        Decisions { entities: rows.map(entity).collect(), tags, heads, relations }
    }

    /// Adds the words of the piece at `range`.
    fn write(
        &self,
        forms: &[&str],
        places: &Places,
        decisions: &Decisions,
        range: Range<usize>,
        memo: &mut Memo,
        words: &mut Vec<Word>,
    ) {
        let Decisions { tags, heads, relations, entities } = decisions;
        let start = words.len();
        for (form, word) in forms.iter().zip(range.clone()) {
            let Tag { upos, xpos, .. } = self.tags[tags[word]];
            let (head, relation) = (heads[word], relations[word]);
            let role = Role { upos, xpos, relation, head: head.map(|head| self.tags[tags[head]].xpos) };
            let place = Place::of(word, xpos, |word| (heads[word], relations[word]));
            let occurrence = Occurrence { tag: tags[word], role: role.reduced(), place };
            let find = || self.analyze(form, &occurrence);
            let (lemma, features) = memo.analysis(places.forms[word], &occurrence, find);
            let head = head.map(|head| start + head - range.start);
            words.push(Word { lemma, upos, xpos, features, head, relation, entity: entities[word] });
        }
    }

    /// Lemma and features of a form.
    fn analyze(&self, form: &str, occurrence: &Occurrence) -> Analysis {
        let Occurrence { tag, role, place } = *occurrence;
        (self.lemmatizer.lemma(form, role).into(), self.morphology.features(form, tag, place))
    }
}

/// The words of each of some sentences.
fn forms<'a>(document: &'a Document, sentences: &[Sentence]) -> Vec<Vec<&'a str>> {
    let forms = |sentence| document.tokens_of(sentence).iter().map(|token| document.form(token)).collect();
    sentences.iter().map(forms).collect()
}

/// For each word of each of some sentences the number of the outermost quotation it stands in.
fn quoted(document: &Document, sentences: &[Sentence]) -> Vec<Vec<Option<usize>>> {
    let mut quotations = document.quotations.iter().enumerate().peekable();
    let mut number = |at: usize| {
        while quotations.next_if(|(_, quotation)| quotation.outer.end <= at).is_some() {}
        quotations.peek().filter(|(_, quotation)| quotation.outer.start <= at).map(|&(number, _)| number)
    };
    let numbers = |sentence| document.tokens_of(sentence).iter().map(|token| number(token.span.start)).collect();
    sentences.iter().map(numbers).collect()
}

/// What the phrase of a word stands for, by the scores of nothing and then of each type. A proper noun has a type unless
/// it is a later part of a name; of what stands before another noun ("the [Velm] accord") only the scores can tell.
fn entity_of(scores: &[f32], upos: Upos, relation: Relation) -> Option<EntityType> {
    if scores.is_empty() {
        return None;
    }
    let number = match relation {
        Relation::Flat | Relation::Goeswith | Relation::NmodDesc | Relation::Reparandum => 0,
        _ if upos == Upos::Propn && relation != Relation::Compound => 1 + first_highest(scores.get(1..).unwrap_or(&[])),
        _ => first_highest(scores),
    };
    EntityType::ALL.get(number.wrapping_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_read_together_have_the_trees_of_each_alone() {
        let parser = Parser::embedded().unwrap();
        let sentences: Vec<Vec<&str>> = [
            "Orsa will not sign unless the siege ends , the minister said .",
            "",
            "\" We are open to talks , \" Harrel said .",
            "Talks",
        ]
        .iter()
        .map(|text| text.split_whitespace().collect())
        .collect();
        let alone: Vec<Tree> = sentences.iter().map(|forms| parser.parse_forms(forms)).collect();
        assert_eq!(parser.parse_sentences(&sentences), alone);
    }

    #[test]
    fn a_sentence_of_any_length_has_a_tree() {
        let parser = Parser::embedded().unwrap();
        let forms = vec!["talks"; 2 * LONGEST + 1];
        let tree = parser.parse_forms(&forms);
        assert_eq!(tree.len(), forms.len());
        assert_eq!(tree.words().iter().filter(|word| word.head.is_none()).count(), 1);
    }
}

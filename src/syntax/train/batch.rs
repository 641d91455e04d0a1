//! Treebank sentences as numbers, and their cut into batches and shards.
//!
//! A batch is one step of the optimiser; its shards are worked on side by side. Shards are cut before any thread is asked,
//! and summed in order, so that the number of threads never shows in the model.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::NamedSentence;
use crate::random::Random;
use crate::syntax::features::{Rows, UNKNOWN_ROW, Vocabulary, normalize, word_hash};
use crate::syntax::lemmatizer::{Lemmatizer, lemmas_of};
use crate::syntax::model::Lists;
use crate::syntax::morphology::{Morphology, Tag, features_of};
use crate::syntax::{EntityType, Relation, TreebankSentence, WordVectors};

/// Words seen less often share the unknown word's row.
const KNOWN_FROM: usize = 3;
/// Tags seen less often are read as the most frequent tag of their part of speech.
const TAG_FROM: usize = 3;
/// Longer sentences are left out of training.
const LONGEST: usize = 160;
/// A word of frequency f hides behind the unknown word's row with chance `HIDING / (HIDING + f)`.
const HIDING: f32 = 0.3;

/// What is less probable than this is no target.
const UNLIKELY: f32 = 0.02;
/// Share of hidden words that are hidden from the word vectors too.
const VECTOR_HIDING: f32 = 0.3;

/// A sentence in numbers.
#[derive(Clone, Debug)]
pub(super) struct Example {
    rows: Vec<Rows>,
    vectors: Vec<Option<u32>>,
    /// Chance of each word to be hidden.
    hiding: Vec<f32>,
    answers: Answers,
}

/// What the network ought to say of the words of one or more sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    pub(super) tags: Targets,
    /// 0 is the root, k is word k - 1 of the sentence.
    pub(super) arcs: Targets,
    /// The heads under which the relations are read, numbered likewise.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Targets,
    /// 0 is no entity, k the type number k - 1.
    pub(super) entities: Targets,
    /// Whether each word is known to be part of a name, but not whether it is its head.
    pub(super) names: Vec<bool>,
}

impl Answers {
    /// The same, but that some words are part of names that stand for something of a known type.
    pub(super) fn with_names(self, names: &[Option<EntityType>]) -> Self {
        let mut entities = Targets::default();
        for (word, name) in names.iter().enumerate() {
            match name {
                Some(kind) => entities.entries.push((kind.index() as u32 + 1, 1.0)),
                None => entities.entries.extend(self.entities.of(word)),
            }
            entities.ends.push(entities.entries.len());
        }
        Self { entities, names: names.iter().map(Option::is_some).collect(), ..self }
    }
}

/// For each word, the entries that ought to be chosen and the probability of each; none where nobody knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets {
    ends: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Targets {
    /// One certain entry a word.
    pub(super) fn certain(entries: impl Iterator<Item = usize>) -> Self {
        let entries: Vec<(u32, f32)> = entries.map(|entry| (entry as u32, 1.0)).collect();
        Self { ends: (1..=entries.len()).collect(), entries }
    }

    /// Nothing known of so many words.
    pub(super) fn unknown(words: usize) -> Self {
        Self { ends: vec![0; words], entries: Vec::new() }
    }

    /// Adds a word with the likely entries of a distribution.
    pub(super) fn push(&mut self, distribution: &[f32]) {
        let likely = || distribution.iter().filter(|probability| **probability >= UNLIKELY);
        let total: f32 = likely().sum();
        let entries = distribution.iter().enumerate().filter(|(_, probability)| **probability >= UNLIKELY);
        self.entries.extend(entries.map(|(entry, probability)| (entry as u32, probability / total)));
        self.ends.push(self.entries.len());
    }

    /// The entries of a word.
    pub(super) fn of(&self, word: usize) -> &[(u32, f32)] {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start..self.ends[word]]
    }

    /// The entries of each word.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        (0..self.ends.len()).map(|word| self.of(word))
    }

    /// Adds the words of another list.
    fn extend(&mut self, other: &Self) {
        let start = self.entries.len();
        self.ends.extend(other.ends.iter().map(|end| start + end));
        self.entries.extend(&other.entries);
    }
}

impl Example {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The example with these answers.
    pub(super) fn with(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    /// The words end to end with nothing else, nothing hidden.
    pub(super) fn shard(&self) -> Shard {
        Shard {
            rows: self.rows.clone(),
            vectors: self.vectors.clone(),
            sentences: std::iter::once(0..self.rows.len()).collect(),
            answers: self.answers.clone(),
        }
    }

    /// The embedding rows of all words.
    pub(super) fn rows(&self) -> &[Rows] {
        &self.rows
    }
}

/// Some sentences end to end; `sentences` are ranges of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Shard {
    pub(super) rows: Vec<Rows>,
    /// The row of each word's vector.
    pub(super) vectors: Vec<Option<u32>>,
    pub(super) sentences: Vec<Range<usize>>,
    pub(super) answers: Answers,
}

/// Turns sentences into examples.
pub(super) struct Encoder {
    pub(super) lists: Lists,
    pub(super) vocabulary: Vocabulary,
    frequencies: BTreeMap<String, usize>,
    tags: BTreeMap<Tag, usize>,
    relations: BTreeMap<Relation, usize>,
}

impl Encoder {
    /// Collects words, tags, relations, lemmas and features of the training sentences.
    pub(super) fn new(sentences: &[TreebankSentence], word_vectors: &WordVectors) -> Self {
        let mut frequencies: BTreeMap<String, usize> = BTreeMap::new();
        let mut tag_counts: BTreeMap<Tag, usize> = BTreeMap::new();
        let mut relations: BTreeMap<Relation, usize> = BTreeMap::from([(Relation::Root, 0), (Relation::Dep, 0)]);
        for (form, word) in sentences.iter().flat_map(words_of) {
            *frequencies.entry(normalize(form).collect()).or_default() += 1;
            *tag_counts.entry(Tag::of(word)).or_default() += 1;
            relations.insert(word.relation, 0);
        }
        let relations = relations.into_keys().zip(0..).collect::<BTreeMap<_, _>>();
        let known = frequencies.iter().filter(|&(_, &count)| count >= KNOWN_FROM);
        let vocabulary: Vec<u64> = known.map(|(word, _)| word_hash(word)).collect();
        let (spellings, tags) = number_tags(&tag_counts);
        let number = |word: &crate::syntax::Word| tags.get(&Tag::of(word)).copied();
        let features = sentences.iter().flat_map(|sentence| features_of(sentence, number));
        let lists = Lists {
            morphology: Morphology::learn(spellings.len(), features),
            lemmatizer: Lemmatizer::learn(sentences.iter().flat_map(lemmas_of)),
            relations: relations.keys().map(|relation| relation.as_str().to_owned()).collect(),
            tags: spellings,
            vocabulary,
            word_vectors: word_vectors.clone(),
        };
        let vocabulary = Vocabulary::new(&lists.vocabulary, &lists.word_vectors.words);
        Self { lists, vocabulary, frequencies, tags, relations }
    }

    /// The sentence in numbers; `None` when it is empty or too long to learn from.
    pub(super) fn encode(&self, sentence: &TreebankSentence) -> Option<Example> {
        let words = sentence.tree.words();
        let number = |tag: Tag| self.tags.get(&tag).copied().unwrap_or(0);
        let heads: Vec<usize> = words.iter().map(|word| word.head.map_or(0, |head| head + 1)).collect();
        let answers = Answers {
            tags: Targets::certain(words.iter().map(|word| number(Tag::of(word)))),
            arcs: Targets::certain(heads.iter().copied()),
            heads,
            entities: entities_of(sentence),
            names: vec![false; words.len()],
            labels: Targets::certain(words.iter().map(|word| self.relations.get(&word.relation).copied().unwrap_or(0))),
        };
        self.unanswered(&sentence.forms).map(|example| example.with(answers))
    }

    /// A sentence of which only the names are known; `None` when it is empty or too long to learn from.
    pub(super) fn encode_names(&self, sentence: &NamedSentence) -> Option<Example> {
        let count = sentence.forms.len();
        let unknown = || Targets::unknown(count);
        let (tags, arcs, labels, entities) = (unknown(), unknown(), unknown(), unknown());
        let answers = Answers { tags, arcs, heads: vec![0; count], labels, entities, names: Vec::new() };
        self.unanswered(&sentence.forms).map(|example| example.with(answers.with_names(&sentence.names)))
    }

    /// The words of a sentence in numbers, without answers; `None` when it is empty or too long to learn from.
    pub(super) fn unanswered(&self, forms: &[String]) -> Option<Example> {
        if forms.is_empty() || forms.len() > LONGEST {
            return None;
        }
        let frequency = |form: &str| self.frequencies.get(&normalize(form).collect::<String>()).copied().unwrap_or(1);
        let hiding = |form: &String| HIDING / (HIDING + frequency(form) as f32);
        Some(Example {
            rows: forms.iter().map(|form| self.vocabulary.rows_of(form)).collect(),
            vectors: forms.iter().map(|form| self.vocabulary.vector_of(form)).collect(),
            hiding: forms.iter().map(hiding).collect(),
            answers: Answers::default(),
        })
    }
}

/// What each word of a sentence heads, if anybody looked.
fn entities_of(sentence: &TreebankSentence) -> Targets {
    let words = sentence.tree.words().iter();
    match sentence.entities {
        Some(_) => Targets::certain(words.map(|word| word.entity.map_or(0, |kind| kind.index() + 1))),
        None => Targets::unknown(words.len()),
    }
}

/// Gives each frequent tag a number; a rare one gets that of the most frequent tag of its part of speech.
fn number_tags(counts: &BTreeMap<Tag, usize>) -> (Vec<String>, BTreeMap<Tag, usize>) {
    let frequent: Vec<&Tag> = counts.iter().filter(|&(_, &count)| count >= TAG_FROM).map(|(tag, _)| tag).collect();
    let frequent = if frequent.is_empty() { counts.keys().collect() } else { frequent };
    let substitute = |tag: &Tag| {
        let same = frequent.iter().enumerate().filter(|(_, other)| other.upos == tag.upos);
        same.max_by_key(|(index, other)| (counts[**other], std::cmp::Reverse(*index))).map_or(0, |(index, _)| index)
    };
    let number = |tag: &Tag| frequent.binary_search(&tag).unwrap_or_else(|_| substitute(tag));
    let numbers = counts.keys().map(|tag| (tag.clone(), number(tag))).collect();
    (frequent.iter().map(|tag| tag.spelling()).collect(), numbers)
}

/// The forms of a sentence with their words.
fn words_of(sentence: &TreebankSentence) -> impl Iterator<Item = (&str, &crate::syntax::Word)> {
    sentence.forms.iter().map(String::as_str).zip(sentence.tree.words())
}

/// Cuts shuffled examples into batches of about `words` words.
pub(super) fn batches(examples: &[Example], words: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut order);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut size = 0;
    for index in order {
        batch.push(index);
        size += examples[index].len();
        if size >= words {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

/// Deals a batch out to `count` shards, each sentence to the shard with the fewest words, hiding words at random.
pub(super) fn shards(examples: &[Example], batch: &[usize], count: usize, random: &mut Random) -> Vec<Shard> {
    let mut shards = vec![Shard::default(); count];
    for &index in batch {
        let smallest =
            shards.iter().enumerate().min_by_key(|(_, shard)| shard.rows.len()).map_or(0, |(place, _)| place);
        shards[smallest].push(&examples[index], random);
    }
    shards.retain(|shard| !shard.rows.is_empty());
    shards
}

impl Shard {
    /// Adds a sentence.
    fn push(&mut self, example: &Example, random: &mut Random) {
        let start = self.rows.len();
        for ((&rows, &vector), &hiding) in example.rows.iter().zip(&example.vectors).zip(&example.hiding) {
            let (mut rows, mut vector) = (rows, vector);
            if random.chance(hiding) {
                rows[0] = UNKNOWN_ROW;
                vector = vector.filter(|_| !random.chance(VECTOR_HIDING));
            }
            self.rows.push(rows);
            self.vectors.push(vector);
        }
        self.sentences.push(start..self.rows.len());
        let answers = &example.answers;
        self.answers.tags.extend(&answers.tags);
        self.answers.arcs.extend(&answers.arcs);
        self.answers.heads.extend(&answers.heads);
        self.answers.labels.extend(&answers.labels);
        self.answers.entities.extend(&answers.entities);
        self.answers.names.extend(&answers.names);
    }
}

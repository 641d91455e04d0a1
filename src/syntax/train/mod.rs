//! From treebanks to a model: hand-written gradients, Adam, fixed seeds; the same input gives the same bytes on any number
//! of threads.
//!
//! The trainer never prints and never reads the clock: what happens is told to a callback after each epoch.

mod augmentation;
mod batch;
mod ensemble;
mod evaluation;
mod forward;
mod gradient;
mod names;
mod optimizer;
mod options;
mod product;
mod recurrence;
mod relearning;
mod sentence_ends;
mod start;
#[cfg(test)]
mod tests;

use indexmap::IndexSet;
use rayon::prelude::*;

use self::augmentation::{Augmenter, Shares};
use self::batch::{Encoder, Example, Shard, batches, shards};
use self::ensemble::Member;
pub use self::evaluation::DevScore;
use self::evaluation::evaluate;
use self::forward::Forward;
use self::gradient::{Dropout, Gradient, Loss};
pub use self::names::{NamedSentence, read_names};
use self::optimizer::{Adam, Step};
pub use self::options::{Plan, TrainOptions};
pub use self::relearning::relearn;
pub use self::sentence_ends::{SentenceEnds, train_sentence_ends};
pub use self::start::{Start, UnlikeStart};
use super::layout::{Layout, Sizes};
use super::model::{Model, ModelHeader};
use super::{EntityType, Parser, TreebankSentence, WordVectors};
use crate::random::Random;
use crate::text::Segmenter;

/// How far training has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// A teacher is ready.
    Teacher {
        /// Which one, from 1.
        number: usize,
        /// Mean loss a word in its last epoch: tags, arcs and relations together.
        loss: f64,
    },
    /// The model has seen all sentences once more.
    Epoch {
        /// Finished epochs.
        epoch: usize,
        /// Mean loss a word of the last epoch: tags, arcs and relations together.
        loss: f64,
        /// Scores on each development treebank.
        dev: Vec<DevScore>,
        /// The model file of this epoch.
        model: Vec<u8>,
    },
}

/// Widths that are the same for all models.
const ARC: usize = 128;
const LABEL: usize = 128;
/// Shards of a batch. More would gain from more threads, and cost more the fewer there are.
const SHARDS: usize = 2;
/// An epoch reads one in so many of the plain sentences, the next epoch others, so that the treebank counts for more.
const SILVER_PARTS: usize = 2;
/// Words of a plain sentence.
const PLAIN: std::ops::RangeInclusive<usize> = 3..=80;
/// Steps until the learning rate is at its highest.
const WARM_UP: usize = 100;
/// Share of the highest learning rate that is left at the end.
const LAST_RATE: f32 = 0.05;
/// Steps from one to the next that goes into the mean of the weights.
const AVERAGE_EVERY: usize = 10;
/// Share of that mean that stays.
const AVERAGE_DECAY: f32 = 0.98;
/// Of so many sentences of which only the names are known, an epoch has one: they are long and tell little.
const NAMES_EVERY: usize = 3;
/// Longest gradient that is followed as it is.
const CLIP: f32 = 3.0;

/// Trains a model and returns its file, that of the last epoch; `dev` is measured after each.
///
/// No epoch is picked by its score: the means of the weights rise to the end, and the file does not hang on how `dev` is
/// parsed.
///
/// With teachers and plain sentences, the teachers are trained first, side by side; then the model learns from the
/// treebanks and from what the teachers agree on in the plain sentences.
///
/// # Errors
/// When the model to start from has other words, tags, relations or sizes.
pub fn train(
    options: &TrainOptions,
    material: &Material<'_>,
    dev: &[Vec<TreebankSentence>],
    progress: &mut dyn FnMut(&Progress),
) -> Result<Vec<u8>, UnlikeStart> {
    let encoder = Encoder::new(material.treebank, material.word_vectors);
    let augmenter = Augmenter::new(material.treebank);
    material.start.map_or(Ok(()), |start| start.fits(&sizes(&options.student, &encoder), &encoder))?;
    let course = Course { material, encoder: &encoder, augmenter: &augmenter };
    let silver = course.silver(options, progress);
    let mut last = Vec::new();
    let names = if silver.is_empty() { course.names() } else { Vec::new() };
    course.follow(options, &options.student, material.start, &silver, &names, &mut |epoch, loss, trainer| {
        let average = &trainer.average;
        let model = Model::from_weights(trainer.sizes, &average.embeddings, &average.weights, &encoder.lists);
        let parser = Parser::new(ModelHeader::default(), model.clone());
        let dev: Vec<DevScore> = dev.iter().map(|sentences| evaluate(&parser, sentences)).collect();
        last = model.to_bytes(&header(options, material.start, epoch, &dev));
        progress(&Progress::Epoch { epoch, loss, dev, model: last.clone() });
    });
    Ok(last)
}

/// What there is to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// Sentences with their trees.
    pub treebank: &'a [TreebankSentence],
    /// Sentences without trees in which names are marked.
    pub names: &'a [NamedSentence],
    /// The words of sentences without trees, for the teachers to read.
    pub plain: &'a [Vec<String>],
    /// Vectors for words.
    pub word_vectors: &'a WordVectors,
    /// The model whose weights are the first; without, they are random.
    pub start: Option<&'a Start>,
}

/// Material in numbers.
struct Course<'a> {
    material: &'a Material<'a>,
    encoder: &'a Encoder,
    augmenter: &'a Augmenter,
}

impl Course<'_> {
    /// The plain sentences, and those with names, with the answers of the teachers.
    fn silver(&self, options: &TrainOptions, progress: &mut dyn FnMut(&Progress)) -> Vec<Example> {
        if options.teachers == 0 || self.material.plain.is_empty() && self.material.names.is_empty() {
            return Vec::new();
        }
        let names = self.names();
        let teach = |number: usize| {
            let options = TrainOptions { seed: options.seed + 1000 * (number as u64 + 1), ..options.clone() };
            let mut last = 0.0;
            let member = self.follow(&options, &options.teacher, None, &[], &names, &mut |_, loss, _| last = loss);
            (member, last)
        };
        let (members, losses): (Vec<Member>, Vec<f64>) = (0..options.teachers).into_par_iter().map(teach).unzip();
        losses.iter().zip(1..).for_each(|(&loss, number)| progress(&Progress::Teacher { number, loss }));
        let plain = self.material.plain.par_iter();
        let answer = |forms: &Vec<String>| {
            let example = self.encoder.unanswered(forms)?;
            let answers = ensemble::answers(&members, &example, self.material.word_vectors);
            Some(example.with(answers))
        };
        let with_names = |sentence: &NamedSentence| {
            let example = self.encoder.unanswered(&sentence.forms)?;
            let answers = ensemble::answers(&members, &example, self.material.word_vectors);
            Some(example.with(answers.with_names(&sentence.names)))
        };
        plain.filter_map(answer).chain(self.material.names.par_iter().filter_map(with_names)).collect()
    }

    /// The sentences of which only the names are known.
    fn names(&self) -> Vec<Example> {
        self.material.names.iter().filter_map(|sentence| self.encoder.encode_names(sentence)).collect()
    }

    /// Trains one network on the treebank, on a part of `silver` and of `names`; `each` is told of every epoch.
    fn follow(
        &self,
        options: &TrainOptions,
        plan: &Plan,
        start: Option<&Start>,
        silver: &[Example],
        names: &[Example],
        each: &mut dyn FnMut(usize, f64, &Trainer),
    ) -> Member {
        let gold: Vec<Example> =
            self.material.treebank.iter().filter_map(|sentence| self.encoder.encode(sentence)).collect();
        let mut trainer = Trainer::new(options, plan, self.encoder, gold.iter().chain(silver).chain(names));
        start.into_iter().for_each(|start| trainer.start_from(start));
        let shares = Shares { reported: options.reported, headline: options.headline };
        for epoch in 1..=plan.epochs {
            let mut random = Random::new(options.seed, &[3, epoch as u64]);
            let variants = self.augmenter.variants(self.material.treebank, shares, &mut random);
            let variants = variants.iter().filter_map(|variant| self.encoder.encode(variant));
            let silver = silver.iter().skip(epoch % SILVER_PARTS).step_by(SILVER_PARTS);
            let names = names.iter().skip(epoch % NAMES_EVERY).step_by(NAMES_EVERY);
            let examples: Vec<Example> = gold.iter().chain(silver).chain(names).cloned().chain(variants).collect();
            let loss = trainer.epoch(options, plan, &examples, self.material.word_vectors, epoch);
            each(epoch, loss, &trainer);
        }
        let Trainer { sizes, average, .. } = trainer;
        Member { sizes, weights: average.weights, embeddings: average.embeddings }
    }
}

/// The words of the sentences of some texts, of each sentence once, without those too short or too long to teach much.
pub fn plain_sentences<'a>(segmenter: &Segmenter, texts: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    let mut sentences: IndexSet<Vec<String>> = IndexSet::new();
    for text in texts {
        let document = segmenter.segment_prose(text);
        for sentence in document.sentences.iter().filter(|sentence| PLAIN.contains(&sentence.tokens.len())) {
            let forms = document.tokens_of(sentence).iter().map(|token| document.form(token).to_owned());
            sentences.insert(forms.collect());
        }
    }
    sentences.into_iter().collect()
}

/// The header of the model of one epoch.
fn header(options: &TrainOptions, start: Option<&Start>, epoch: usize, dev: &[DevScore]) -> ModelHeader {
    let own = (options.trained_on.clone(), options.to_string());
    let (trained_on, how) = start.map_or_else(|| own.clone(), |start| start.lineage(&own.0, &own.1));
    ModelHeader {
        trained_on,
        how,
        licence: options.licence.clone(),
        seed: options.seed,
        epochs: epoch,
        scores: dev.iter().map(DevScore::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// The sizes of a network.
fn sizes(plan: &Plan, encoder: &Encoder) -> Sizes {
    Sizes {
        rows: encoder.vocabulary.row_count(),
        embedding: plan.embedding,
        vector: encoder.lists.word_vectors.width,
        units: plan.units,
        layers: plan.layers,
        arc: ARC,
        label: LABEL,
        tags: encoder.lists.tags.len(),
        labels: encoder.lists.relations.len(),
        entities: EntityType::ALL.len() + 1,
    }
}

/// The weights on their way.
struct Trainer {
    sizes: Sizes,
    layout: Layout,
    weights: Vec<f32>,
    embeddings: Vec<f32>,
    weight_memory: Adam,
    embedding_memory: Adam,
    average: Average,
    step: usize,
}

/// Means of the weights over the last steps, which do better than the last weights.
struct Average {
    weights: Vec<f32>,
    embeddings: Vec<f32>,
}

impl Average {
    /// Moves towards the weights of step number `step`; the first steps count less long than later ones.
    fn follow(&mut self, weights: &[f32], embeddings: &[f32], step: usize) {
        let rounds = (step / AVERAGE_EVERY) as f32;
        let kept = AVERAGE_DECAY.min(rounds / (rounds + 10.0));
        let both = [(&mut self.weights, weights), (&mut self.embeddings, embeddings)];
        for (mean, current) in both {
            mean.iter_mut().zip(current).for_each(|(mean, current)| *mean += (1.0 - kept) * (current - *mean));
        }
    }
}

impl Trainer {
    /// Random weights of the right size.
    fn new<'a>(
        options: &TrainOptions,
        plan: &Plan,
        encoder: &Encoder,
        examples: impl Iterator<Item = &'a Example>,
    ) -> Self {
        let sizes = sizes(plan, encoder);
        let mut random = Random::new(options.seed, &[0]);
        let weights = initial_weights(&sizes, &mut random);
        let embeddings = initial_embeddings(&sizes, examples, &mut random);
        Self {
            weight_memory: Adam::new(weights.len()),
            embedding_memory: Adam::new(embeddings.len()),
            average: Average { weights: weights.clone(), embeddings: embeddings.clone() },
            layout: Layout::new(&sizes),
            sizes,
            weights,
            embeddings,
            step: 0,
        }
    }

    /// Takes a model's weights for the first.
    fn start_from(&mut self, start: &Start) {
        (self.embeddings, self.weights) = start.weights();
        self.average = Average { weights: self.weights.clone(), embeddings: self.embeddings.clone() };
    }

    /// One pass over all examples; returns the mean loss a word.
    fn epoch(
        &mut self,
        options: &TrainOptions,
        plan: &Plan,
        examples: &[Example],
        word_vectors: &WordVectors,
        epoch: usize,
    ) -> f64 {
        let mut random = Random::new(options.seed, &[1, epoch as u64]);
        let batches = batches(examples, options.batch, &mut random);
        let steps = batches.len() * plan.epochs;
        let mut total = Loss::default();
        for batch in &batches {
            self.step += 1;
            let shards = shards(examples, batch, SHARDS, &mut random);
            let loss = self.follow(options.seed, plan, &shards, word_vectors, rate(plan.rate, self.step, steps));
            total.tag += loss.tag;
            total.arc += loss.arc;
            total.label += loss.label;
            total.entity += loss.entity;
        }
        let words: usize = examples.iter().map(Example::len).sum();
        (total.tag + total.arc + total.label + total.entity) / words.max(1) as f64
    }

    /// One step: gradients of all shards, then the optimiser.
    fn follow(&mut self, seed: u64, plan: &Plan, shards: &[Shard], word_vectors: &WordVectors, rate: f32) -> Loss {
        let forward = Forward { sizes: &self.sizes, layout: &self.layout, weights: &self.weights };
        let dropout = Dropout { input: plan.dropout, layer: plan.dropout };
        let gradient = |(index, shard): (usize, &Shard)| {
            let mut random = Random::new(seed, &[2, self.step as u64, index as u64]);
            forward.gradient(shard, &self.embeddings, word_vectors, dropout, &mut random)
        };
        let gradients: Vec<Gradient> = shards.par_iter().enumerate().map(gradient).collect();
        let words: usize = shards.iter().map(|shard| shard.rows.len()).sum();
        let mut weights = vec![0.0; self.weights.len()];
        let mut loss = Loss::default();
        for gradient in &gradients {
            weights.iter_mut().zip(&gradient.weights).for_each(|(sum, value)| *sum += value);
            loss.tag += gradient.loss.tag;
            loss.arc += gradient.loss.arc;
            loss.label += gradient.loss.label;
            loss.entity += gradient.loss.entity;
        }
        let (rows, embeddings) = embedding_gradient(shards, &gradients, &self.sizes);
        let length = (square(&weights) + square(&embeddings)).sqrt() / words as f32;
        let clip = if length > CLIP { CLIP / length } else { 1.0 };
        let step = Step::new(self.step, rate, clip / words as f32);
        self.weight_memory.update(step, 0, &mut self.weights, &weights);
        for (row, gradient) in rows.iter().zip(embeddings.chunks_exact(self.sizes.embedding)) {
            let start = *row as usize * self.sizes.embedding;
            let weights = &mut self.embeddings[start..start + self.sizes.embedding];
            self.embedding_memory.update(step, start, weights, gradient);
        }
        if self.step.is_multiple_of(AVERAGE_EVERY) {
            self.average.follow(&self.weights, &self.embeddings, self.step);
        }
        loss
    }
}

/// The learning rate of a step: up during the warm-up, then down in a line.
fn rate(highest: f32, step: usize, steps: usize) -> f32 {
    let warm = (step as f32 / WARM_UP as f32).min(1.0);
    let done = step as f32 / steps.max(1) as f32;
    highest * warm.min(1.0 - (1.0 - LAST_RATE) * done)
}

/// The rows a batch touched, sorted, and the gradient of each.
fn embedding_gradient(shards: &[Shard], gradients: &[Gradient], sizes: &Sizes) -> (Vec<u32>, Vec<f32>) {
    let mut touched: Vec<(u32, usize, usize)> = Vec::new();
    for (number, shard) in shards.iter().enumerate() {
        let rows = shard.rows.iter().enumerate();
        touched.extend(rows.flat_map(|(word, rows)| rows.iter().map(move |&row| (row, number, word))));
    }
    touched.sort_unstable();
    let mut rows: Vec<u32> = Vec::new();
    let mut sums: Vec<f32> = Vec::new();
    for (row, shard, word) in touched {
        let values = &gradients[shard].input[word * sizes.input()..][..sizes.embedding];
        if rows.last() == Some(&row) {
            let start = sums.len() - sizes.embedding;
            sums[start..].iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        } else {
            rows.push(row);
            sums.extend_from_slice(values);
        }
    }
    (rows, sums)
}

/// The squared length of a list.
fn square(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |sum, value| sum + value * value)
}

/// Matrices after Glorot and Bengio (2010), forget gates open, all else zero.
fn initial_weights(sizes: &Sizes, random: &mut Random) -> Vec<f32> {
    let layout = Layout::new(sizes);
    let mut weights = vec![0.0; layout.total];
    for affine in layout.matrices() {
        let columns = affine.outputs.min(3 * affine.inputs);
        let bound = (6.0 / (affine.inputs + columns) as f32).sqrt();
        weights[affine.weight.clone()].iter_mut().for_each(|weight| *weight = bound * (2.0 * random.unit() - 1.0));
    }
    // A head that nothing trains says "no entity", the first of equals.
    weights[layout.entity.weight.clone()].fill(0.0);
    for layer in &layout.layers {
        let bias = &mut weights[layer.projection.bias.clone()];
        for direction in bias.chunks_exact_mut(layer.gates * layer.units) {
            direction[layer.units..2 * layer.units].fill(1.0);
        }
    }
    for range in [&layout.root, &layout.label_root] {
        weights[range.clone()].iter_mut().for_each(|weight| *weight = 0.1 * (2.0 * random.unit() - 1.0));
    }
    weights
}

/// Small random rows for what occurs in training, zeros for what does not.
fn initial_embeddings<'a>(sizes: &Sizes, examples: impl Iterator<Item = &'a Example>, random: &mut Random) -> Vec<f32> {
    let mut occurs = vec![false; sizes.rows];
    occurs[super::features::UNKNOWN_ROW as usize] = true;
    for &row in examples.flat_map(Example::rows).flatten() {
        occurs[row as usize] = true;
    }
    let mut embeddings = vec![0.0; sizes.rows * sizes.embedding];
    for (row, _) in embeddings.chunks_exact_mut(sizes.embedding).zip(&occurs).filter(|(_, occurs)| **occurs) {
        row.iter_mut().for_each(|value| *value = 0.25 * (2.0 * random.unit() - 1.0));
    }
    embeddings
}

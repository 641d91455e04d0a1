//! From treebanks to a model: hand-written gradients, Adam, fixed seeds; the same input gives the same bytes on any number
//! of threads.
//!
//! The trainer never prints and never reads the clock: what happens is told to a callback after each epoch.

mod augmentation;
mod batch;
mod evaluation;
mod gradient;
mod optimizer;
mod random;
mod recurrence;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use self::augmentation::{Augmenter, Shares};
use self::batch::{Encoder, Example, Shard, batches, shards};
pub use self::evaluation::DevScore;
use self::evaluation::evaluate;
use self::gradient::{Backward, Dropout, Gradient, Loss};
use self::optimizer::{Adam, Step};
use self::random::Random;
use super::layout::{Layout, Sizes};
use super::model::{Model, ModelHeader};
use super::network::Network;
use super::{Parser, TreebankSentence};

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainOptions {
    /// Passes over the treebanks.
    pub epochs: usize,
    /// Seed of all random choices.
    pub seed: u64,
    /// Width of the embeddings.
    pub embedding: usize,
    /// Units of a recurrent layer in one direction.
    pub units: usize,
    /// Highest learning rate.
    pub rate: f32,
    /// Words in a batch, about.
    pub batch: usize,
    /// Share of inputs and units left out at random.
    pub dropout: f32,
    /// Share of sentences that are joined with a reporting clause in each epoch, beside the sentences themselves.
    pub reported: f32,
    /// Share of sentences that are written like a headline in each epoch, likewise.
    pub headline: f32,
    /// Goes into the model's header.
    pub trained_on: String,
    /// Goes into the model's header.
    pub licence: String,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 30,
            seed: 1,
            embedding: 128,
            units: 96,
            rate: 0.003,
            batch: 600,
            dropout: 0.25,
            reported: 0.05,
            headline: 0.02,
            trained_on: String::new(),
            licence: String::new(),
        }
    }
}

/// How far training has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Finished epochs.
    pub epoch: usize,
    /// Mean loss a word of the last epoch: tags, arcs and relations together.
    pub loss: f64,
    /// Scores on each development treebank.
    pub dev: Vec<DevScore>,
    /// The model file of this epoch, if it is the best so far.
    pub best: Option<Vec<u8>>,
}

/// Widths that are the same for all models.
const LAYERS: usize = 3;
const ARC: usize = 96;
const LABEL: usize = 128;
/// Shards of a batch; more than two, so that other numbers of threads gain too.
const SHARDS: usize = 4;
/// Steps until the learning rate is at its highest.
const WARM_UP: usize = 100;
/// Share of the highest learning rate that is left at the end.
const LAST_RATE: f32 = 0.05;
/// Longest gradient that is followed as it is.
const CLIP: f32 = 3.0;

/// Trains a model and returns its file: that of the epoch with the highest mean labelled attachment score on `dev`.
pub fn train(
    options: &TrainOptions,
    training: &[TreebankSentence],
    dev: &[Vec<TreebankSentence>],
    progress: &mut dyn FnMut(&Progress),
) -> Vec<u8> {
    let encoder = Encoder::new(training);
    let examples: Vec<Example> = training.iter().filter_map(|sentence| encoder.encode(sentence)).collect();
    let mut trainer = Trainer::new(options, &encoder, &examples);
    let augmenter = Augmenter::new(training);
    let shares = Shares { reported: options.reported, headline: options.headline };
    let mut best: Option<(f64, Vec<u8>)> = None;
    for epoch in 1..=options.epochs {
        let variants = augmenter.variants(training, shares, &mut Random::new(options.seed, &[3, epoch as u64]));
        let variants = variants.iter().filter_map(|variant| encoder.encode(variant));
        let examples: Vec<Example> = examples.iter().cloned().chain(variants).collect();
        let loss = trainer.epoch(options, &examples, epoch);
        let model = Model::from_weights(trainer.sizes, &trainer.embeddings, &trainer.weights, &encoder.lists);
        let parser = Parser::new(ModelHeader::default(), model.clone());
        let dev: Vec<DevScore> = dev.iter().map(|sentences| evaluate(&parser, sentences)).collect();
        let mean = dev.iter().map(|score| score.las).sum::<f64>();
        let is_best = best.as_ref().is_none_or(|(highest, _)| mean >= *highest);
        let bytes = is_best.then(|| model.to_bytes(&header(options, epoch, &dev)));
        if let Some(bytes) = &bytes {
            best = Some((mean, bytes.clone()));
        }
        progress(&Progress { epoch, loss, dev, best: bytes });
    }
    best.map(|(_, bytes)| bytes).unwrap_or_default()
}

/// The header of the model of one epoch.
fn header(options: &TrainOptions, epoch: usize, dev: &[DevScore]) -> ModelHeader {
    ModelHeader {
        trained_on: options.trained_on.clone(),
        licence: options.licence.clone(),
        seed: options.seed,
        epochs: epoch,
        scores: dev.iter().map(DevScore::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// The weights on their way.
struct Trainer {
    sizes: Sizes,
    weights: Vec<f32>,
    embeddings: Vec<f32>,
    weight_memory: Adam,
    embedding_memory: Adam,
    step: usize,
}

impl Trainer {
    /// Random weights of the right size.
    fn new(options: &TrainOptions, encoder: &Encoder, examples: &[Example]) -> Self {
        let sizes = Sizes {
            rows: encoder.vocabulary.row_count(),
            embedding: options.embedding,
            units: options.units,
            layers: LAYERS,
            arc: ARC,
            label: LABEL,
            tags: encoder.lists.tags.len(),
            labels: encoder.lists.relations.len(),
        };
        let mut random = Random::new(options.seed, &[0]);
        let weights = initial_weights(&sizes, &mut random);
        let embeddings = initial_embeddings(&sizes, examples, &mut random);
        Self {
            weight_memory: Adam::new(weights.len()),
            embedding_memory: Adam::new(embeddings.len()),
            sizes,
            weights,
            embeddings,
            step: 0,
        }
    }

    /// One pass over all examples; returns the mean loss a word.
    fn epoch(&mut self, options: &TrainOptions, examples: &[Example], epoch: usize) -> f64 {
        let mut random = Random::new(options.seed, &[1, epoch as u64]);
        let batches = batches(examples, options.batch, &mut random);
        let steps = batches.len() * options.epochs;
        let mut total = Loss::default();
        for batch in &batches {
            self.step += 1;
            let shards = shards(examples, batch, SHARDS, &mut random);
            let loss = self.follow(options, &shards, rate(options.rate, self.step, steps));
            total.tag += loss.tag;
            total.arc += loss.arc;
            total.label += loss.label;
        }
        let words: usize = examples.iter().map(Example::len).sum();
        (total.tag + total.arc + total.label) / words.max(1) as f64
    }

    /// One step: gradients of all shards, then the optimiser.
    fn follow(&mut self, options: &TrainOptions, shards: &[Shard], rate: f32) -> Loss {
        let backward = Backward::new(Network::new(self.sizes, self.weights.clone()));
        let dropout = Dropout { input: options.dropout, layer: options.dropout };
        let gradient = |(index, shard): (usize, &Shard)| {
            let mut random = Random::new(options.seed, &[2, self.step as u64, index as u64]);
            backward.gradient(shard, &self.embeddings, dropout, &mut random)
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
        }
        let (rows, embeddings) = embedding_gradient(shards, &gradients, self.sizes.embedding);
        let length = (square(&weights) + square(&embeddings)).sqrt() / words as f32;
        let clip = if length > CLIP { CLIP / length } else { 1.0 };
        let step = Step::new(self.step, rate, clip / words as f32);
        self.weight_memory.update(step, 0, &mut self.weights, &weights);
        for (row, gradient) in rows.iter().zip(embeddings.chunks_exact(self.sizes.embedding)) {
            let start = *row as usize * self.sizes.embedding;
            let weights = &mut self.embeddings[start..start + self.sizes.embedding];
            self.embedding_memory.update(step, start, weights, gradient);
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
fn embedding_gradient(shards: &[Shard], gradients: &[Gradient], width: usize) -> (Vec<u32>, Vec<f32>) {
    let mut touched: Vec<(u32, usize, usize)> = Vec::new();
    for (number, shard) in shards.iter().enumerate() {
        let rows = shard.rows.iter().enumerate();
        touched.extend(rows.flat_map(|(word, rows)| rows.iter().map(move |&row| (row, number, word))));
    }
    touched.sort_unstable();
    let mut rows: Vec<u32> = Vec::new();
    let mut sums: Vec<f32> = Vec::new();
    for (row, shard, word) in touched {
        let values = &gradients[shard].input[word * width..][..width];
        if rows.last() == Some(&row) {
            let start = sums.len() - width;
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
fn initial_embeddings(sizes: &Sizes, examples: &[Example], random: &mut Random) -> Vec<f32> {
    let mut occurs = vec![false; sizes.rows];
    occurs[super::features::UNKNOWN_ROW as usize] = true;
    for &row in examples.iter().flat_map(Example::rows).flatten() {
        occurs[row as usize] = true;
    }
    let mut embeddings = vec![0.0; sizes.rows * sizes.embedding];
    for (row, _) in embeddings.chunks_exact_mut(sizes.embedding).zip(&occurs).filter(|(_, occurs)| **occurs) {
        row.iter_mut().for_each(|value| *value = 0.25 * (2.0 * random.unit() - 1.0));
    }
    embeddings
}

//! The loss of some sentences and its gradient, by going back through the forward pass by hand.
//!
//! The loss is the sum, over words, of the negative log-likelihoods of the gold tag, the gold head among all heads of
//! the sentence, the gold relation given the gold head, and, weighted, what the word's phrase stands for.

use std::ops::Range;

use super::batch::Shard;
use super::forward::{Forward, Reading};
use super::product::{add_product, add_product_transposing_left, add_product_transposing_right};
use super::recurrence;
use crate::random::Random;
use crate::syntax::WordVectors;
use crate::syntax::layout::{Affine, Sizes, distance_bucket};
use crate::syntax::network::LEAK;

/// Share of the entities' loss in the whole.
const ENTITY_WEIGHT: f32 = 0.5;

/// A shard's loss and gradients.
pub(super) struct Gradient {
    /// Summed over words.
    pub(super) loss: Loss,
    pub(super) weights: Vec<f32>,
    /// A row for each word: what all its embedding rows get, then what its vector would get.
    pub(super) input: Vec<f32>,
}

/// The parts of the loss, summed over words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Loss {
    pub(super) tag: f64,
    pub(super) arc: f64,
    pub(super) label: f64,
    pub(super) entity: f64,
}

/// What is left out at random, as chances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dropout {
    /// Of the summed embeddings' entries.
    pub(super) input: f32,
    /// Of the layers' outputs, the same units through a sentence.
    pub(super) layer: f32,
}

impl Forward<'_> {
    /// Loss and gradient of a shard.
    pub(super) fn gradient(
        &self,
        shard: &Shard,
        embeddings: &[f32],
        word_vectors: &WordVectors,
        dropout: Dropout,
        random: &mut Random,
    ) -> Gradient {
        let sizes = self.sizes;
        let mut input = inputs(shard, embeddings, word_vectors, sizes);
        let input_mask = scatter_mask(input.len(), dropout.input, random);
        apply(&mut input, &input_mask);
        let width = 2 * sizes.units;
        let masks: Vec<Vec<f32>> =
            (0..sizes.layers).map(|_| sentence_mask(&shard.sentences, width, dropout.layer, random)).collect();
        let reading = self.read(input, &shard.sentences, |layer, output| apply(output, &masks[layer]));
        let mut gradient = Gradient { loss: Loss::default(), weights: vec![0.0; self.layout.total], input: Vec::new() };
        let tagging = self.tags_back(shard, &reading, &mut gradient);
        let mut upper = self.parse_back(shard, &reading, &mut gradient);
        for index in (0..sizes.layers).rev() {
            if index + 2 == sizes.layers {
                upper.iter_mut().zip(&tagging).for_each(|(upper, tagging)| *upper += tagging);
            }
            apply(&mut upper, &masks[index]);
            upper = self.layer_back(index, &reading, &shard.sentences, &upper, &mut gradient.weights);
        }
        apply(&mut upper, &input_mask);
        gradient.input = upper;
        gradient
    }

    /// Goes back through a layer: from its output's gradient to its input's.
    fn layer_back(
        &self,
        index: usize,
        reading: &Reading,
        sentences: &[Range<usize>],
        output: &[f32],
        weights: &mut [f32],
    ) -> Vec<f32> {
        let layer = &self.layout.layers[index];
        let trace = &reading.traces[index];
        let mut passed = vec![0.0; trace.input.len()];
        let mut projected = vec![0.0; trace.projected.len()];
        let mut back = recurrence::Back { projected: &mut projected, input: &mut passed, weights };
        recurrence::layer_back(layer, self.weights, trace, sentences, output, &mut back);
        self.affine_back(&layer.projection, &trace.input, &projected, weights, &mut passed);
        passed
    }

    /// The tags' loss; returns the gradient of the tagging layer's output.
    fn tags_back(&self, shard: &Shard, reading: &Reading, gradient: &mut Gradient) -> Vec<f32> {
        let tags = self.sizes.tags;
        let mut scores = reading.tags.clone();
        for (row, targets) in scores.chunks_exact_mut(tags).zip(shard.answers.tags.iter()) {
            gradient.loss.tag += cross_entropy(row, targets);
        }
        let mut back = vec![0.0; reading.tagging.len()];
        let layout = self.layout;
        self.affine_back(&layout.tag, &reading.tagging, &scores, &mut gradient.weights, &mut back);
        self.entities_back(shard, reading, gradient, &mut back);
        back
    }

    /// The entities' loss; adds to the gradient of the tagging layer's output.
    fn entities_back(&self, shard: &Shard, reading: &Reading, gradient: &mut Gradient, back: &mut [f32]) {
        let answers = &shard.answers;
        let mut scores = reading.entities.clone();
        let words = scores.chunks_exact_mut(self.sizes.entities).zip(answers.entities.iter()).zip(&answers.names);
        for ((row, targets), &name) in words {
            if name {
                // Part of a name, head or not: only which type it would be is known.
                row[0] = f32::NEG_INFINITY;
            }
            gradient.loss.entity += f64::from(ENTITY_WEIGHT) * cross_entropy(row, targets);
            row.iter_mut().for_each(|value| *value *= ENTITY_WEIGHT);
        }
        self.affine_back(&self.layout.entity, &reading.tagging, &scores, &mut gradient.weights, back);
    }

    /// The arcs' and relations' losses; returns the gradient of the last layer's output.
    fn parse_back(&self, shard: &Shard, reading: &Reading, gradient: &mut Gradient) -> Vec<f32> {
        let (arc, label) = (self.sizes.arc, self.sizes.label);
        let words = shard.rows.len();
        let mut dependent = vec![0.0; words * arc];
        let mut head = vec![0.0; words * arc];
        let mut label_dependent = vec![0.0; words * label];
        let mut label_head = vec![0.0; words * label];
        for sentence in &shard.sentences {
            self.arcs_back(shard, reading, sentence, gradient, &mut dependent, &mut head);
            self.labels_back(shard, reading, sentence, gradient, &mut label_dependent, &mut label_head);
        }
        rectify_back(&reading.dependent, &mut dependent);
        rectify_back(&reading.head, &mut head);
        let layout = self.layout;
        let mut back = vec![0.0; reading.parsing.len()];
        for (affine, output) in [
            (&layout.dependent, &dependent),
            (&layout.head, &head),
            (&layout.label_dependent, &label_dependent),
            (&layout.label_head, &label_head),
        ] {
            self.affine_back(affine, &reading.parsing, output, &mut gradient.weights, &mut back);
        }
        back
    }

    /// One sentence's arcs: adds to the gradients of the projections.
    fn arcs_back(
        &self,
        shard: &Shard,
        reading: &Reading,
        sentence: &Range<usize>,
        gradient: &mut Gradient,
        dependent: &mut [f32],
        head: &mut [f32],
    ) {
        let (width, count) = (self.sizes.arc, sentence.len());
        let layout = self.layout;
        let mut scores = self.arc_scores(reading, sentence.clone());
        let heads = self.heads(reading, sentence.clone());
        let own = sentence.start * width..sentence.end * width;
        let mut priors = vec![0.0; count + 1];
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            gradient.loss.arc += cross_entropy(row, shard.answers.arcs.of(sentence.start + word));
            for (head, &value) in row.iter().enumerate() {
                priors[head] += value;
                gradient.weights[layout.distance.start + distance_bucket(word, head)] += value;
            }
        }
        add_product(&scores, &heads, count + 1, &mut dependent[own.clone()]);
        let mut head_back = vec![0.0; heads.len()];
        add_product_transposing_left(&scores, &reading.dependent[own.clone()], count, &mut head_back);
        let prior = &self.weights[layout.head_prior.clone()];
        for ((values, row), &back) in head_back.chunks_exact_mut(width).zip(heads.chunks_exact(width)).zip(&priors) {
            values.iter_mut().zip(prior).for_each(|(value, prior)| *value += back * prior);
            add_scaled(&mut gradient.weights[layout.head_prior.clone()], row, back);
        }
        add_scaled(&mut gradient.weights[layout.root.clone()], &head_back[..width], 1.0);
        add_scaled(&mut head[own], &head_back[width..], 1.0);
    }

    /// One sentence's relations under their gold heads: adds to the gradients of the projections.
    fn labels_back(
        &self,
        shard: &Shard,
        reading: &Reading,
        sentence: &Range<usize>,
        gradient: &mut Gradient,
        dependent: &mut [f32],
        head: &mut [f32],
    ) {
        let width = self.sizes.label;
        let layout = self.layout;
        let heads = &shard.answers.heads[sentence.clone()];
        let hidden = self.label_hidden(reading, sentence.clone(), heads);
        let mut scores = self.label_scores(&hidden);
        for (row, word) in scores.chunks_exact_mut(self.sizes.labels).zip(sentence.clone()) {
            gradient.loss.label += cross_entropy(row, shard.answers.labels.of(word));
        }
        let mut back = vec![0.0; hidden.len()];
        self.affine_back(&layout.label, &hidden, &scores, &mut gradient.weights, &mut back);
        rectify_back(&hidden, &mut back);
        add_scaled(&mut dependent[sentence.start * width..sentence.end * width], &back, 1.0);
        for (row, &number) in back.chunks_exact(width).zip(heads) {
            match number {
                0 => add_scaled(&mut gradient.weights[layout.label_root.clone()], row, 1.0),
                _ => add_scaled(&mut head[(sentence.start + number - 1) * width..][..width], row, 1.0),
            }
        }
    }

    /// Goes back through rows of `input` times a matrix plus bias: adds to the weights' gradient and to `back`, the
    /// input's.
    fn affine_back(&self, affine: &Affine, input: &[f32], output: &[f32], weights: &mut [f32], back: &mut [f32]) {
        let rows = input.len() / affine.inputs;
        add_product_transposing_left(input, output, rows, &mut weights[affine.weight.clone()]);
        for row in output.chunks_exact(affine.outputs) {
            add_scaled(&mut weights[affine.bias.clone()], row, 1.0);
        }
        add_product_transposing_right(output, &self.weights[affine.weight.clone()], affine.outputs, back);
    }
}

/// What the first layer reads: the sum of each word's embedding rows and the word's vector.
pub(super) fn inputs(shard: &Shard, embeddings: &[f32], word_vectors: &WordVectors, sizes: &Sizes) -> Vec<f32> {
    let mut input = vec![0.0; shard.rows.len() * sizes.input()];
    for ((target, rows), vector) in input.chunks_exact_mut(sizes.input()).zip(&shard.rows).zip(&shard.vectors) {
        let (sum, target) = target.split_at_mut(sizes.embedding);
        for &row in rows {
            add_scaled(sum, &embeddings[row as usize * sizes.embedding..][..sizes.embedding], 1.0);
        }
        if let Some(row) = vector {
            word_vectors.rows.add_row(*row as usize, target);
        }
    }
    input
}

/// Turns scores into the gradient of their cross entropy with the targets, and returns that loss. Without targets both
/// are zero.
fn cross_entropy(scores: &mut [f32], targets: &[(u32, f32)]) -> f64 {
    if targets.is_empty() {
        scores.fill(0.0);
        return 0.0;
    }
    softmax(scores);
    let loss =
        targets.iter().map(|&(entry, share)| -f64::from(share) * f64::from(scores[entry as usize].max(1e-30)).ln());
    let loss = loss.sum();
    for &(entry, share) in targets {
        scores[entry as usize] -= share;
    }
    loss
}

/// Turns scores into probabilities.
pub(super) fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
    let mut total = 0.0_f32;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        total += *score;
    }
    scores.iter_mut().for_each(|score| *score /= total);
}

/// Goes back through the leaky rectifier, whose output has the sign of its input.
fn rectify_back(output: &[f32], back: &mut [f32]) {
    for (back, &output) in back.iter_mut().zip(output) {
        if output < 0.0 {
            *back *= LEAK;
        }
    }
}

/// Adds `factor * values` to `sum`.
fn add_scaled(sum: &mut [f32], values: &[f32], factor: f32) {
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += factor * value);
}

/// Multiplies entry by entry.
fn apply(values: &mut [f32], mask: &[f32]) {
    values.iter_mut().zip(mask).for_each(|(value, mask)| *value *= mask);
}

/// A mask that drops entries one by one.
fn scatter_mask(length: usize, chance: f32, random: &mut Random) -> Vec<f32> {
    let kept = 1.0 / (1.0 - chance);
    (0..length).map(|_| if random.chance(chance) { 0.0 } else { kept }).collect()
}

/// A mask that drops the same columns in all words of a sentence.
fn sentence_mask(sentences: &[Range<usize>], width: usize, chance: f32, random: &mut Random) -> Vec<f32> {
    let mut mask = Vec::new();
    for sentence in sentences {
        let row = scatter_mask(width, chance, random);
        mask.extend(sentence.clone().flat_map(|_| row.iter().copied()));
    }
    mask
}

//! The trainer's forward pass in full precision, which keeps what the way back needs.
//!
//! It computes what `network` computes of the rounded weights. The layers are bidirectional simple recurrent units with
//! highways (Lei et al., "Simple recurrent units for highly parallelizable recurrence", 2018), arcs are products of
//! projections (Dozat and Manning, 2017).

use std::ops::Range;

use super::product::{add_product, add_product_transposing_right};
use crate::syntax::layout::{Affine, Layer, Layout, Sizes, distance_bucket};
use crate::syntax::network::{Direction, Gates, LEAK};

/// The weights under training, with their layout.
#[derive(Clone, Copy)]
pub(super) struct Forward<'a> {
    pub(super) sizes: &'a Sizes,
    pub(super) layout: &'a Layout,
    pub(super) weights: &'a [f32],
}

/// What one recurrent layer computed. All lists hold one row a word.
pub(super) struct Trace {
    pub(super) input: Vec<f32>,
    pub(super) projected: Vec<f32>,
    pub(super) forget: Vec<f32>,
    pub(super) reset: Vec<f32>,
    pub(super) state: Vec<f32>,
}

/// What the network says about some sentences. All lists hold one row a word.
pub(super) struct Reading {
    pub(super) traces: Vec<Trace>,
    /// Output of the layer the tags are read from.
    pub(super) tagging: Vec<f32>,
    /// Output of the last layer.
    pub(super) parsing: Vec<f32>,
    pub(super) tags: Vec<f32>,
    pub(super) dependent: Vec<f32>,
    pub(super) head: Vec<f32>,
    pub(super) label_dependent: Vec<f32>,
    pub(super) label_head: Vec<f32>,
    pub(super) entities: Vec<f32>,
}

impl Forward<'_> {
    /// Reads sentences: `input` has a row for each word, `sentences` are ranges of words. `mask(layer, output)` may change
    /// what a layer hands on, layer 0 being the first recurrent one.
    pub(super) fn read(
        &self,
        input: Vec<f32>,
        sentences: &[Range<usize>],
        mask: impl Fn(usize, &mut [f32]),
    ) -> Reading {
        let mut traces = Vec::with_capacity(self.layout.layers.len());
        let mut current = input;
        let mut tagging = Vec::new();
        for (index, layer) in self.layout.layers.iter().enumerate() {
            let (trace, mut output) = self.recur(layer, current, sentences);
            mask(index, &mut output);
            if index + 2 == self.layout.layers.len() {
                tagging.clone_from(&output);
            }
            traces.push(trace);
            current = output;
        }
        let tags = self.affine(&self.layout.tag, &tagging);
        let project = |affine: &Affine| {
            let mut values = self.affine(affine, &current);
            rectify(&mut values);
            values
        };
        let dependent = project(&self.layout.dependent);
        let head = project(&self.layout.head);
        let label_dependent = self.affine(&self.layout.label_dependent, &current);
        let label_head = self.affine(&self.layout.label_head, &current);
        let entities = self.affine(&self.layout.entity, &tagging);
        Reading { traces, tagging, parsing: current, tags, dependent, head, label_dependent, label_head, entities }
    }

    /// The scores of all arcs of one sentence: a row for each word, in it the root and then each word as head.
    pub(super) fn arc_scores(&self, reading: &Reading, sentence: Range<usize>) -> Vec<f32> {
        let (width, count) = (self.sizes.arc, sentence.len());
        let heads = self.heads(reading, sentence.clone());
        let mut priors = vec![0.0; count + 1];
        add_product(&heads, &self.weights[self.layout.head_prior.clone()], width, &mut priors);
        let distance = &self.weights[self.layout.distance.clone()];
        let mut scores = vec![0.0; count * (count + 1)];
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score = priors[head] + distance[distance_bucket(word, head)];
            }
        }
        let dependents = &reading.dependent[sentence.start * width..sentence.end * width];
        add_product_transposing_right(dependents, &heads, width, &mut scores);
        scores
    }

    /// The head projections of one sentence, the root's first.
    pub(super) fn heads(&self, reading: &Reading, sentence: Range<usize>) -> Vec<f32> {
        let width = self.sizes.arc;
        let words = &reading.head[sentence.start * width..sentence.end * width];
        self.weights[self.layout.root.clone()].iter().chain(words).copied().collect()
    }

    /// The hidden layer from which the relations of some words of one sentence are read; `heads[i]` is word i's head, 0
    /// being the root.
    pub(super) fn label_hidden(&self, reading: &Reading, sentence: Range<usize>, heads: &[usize]) -> Vec<f32> {
        let width = self.sizes.label;
        let root = &self.weights[self.layout.label_root.clone()];
        let mut hidden = reading.label_dependent[sentence.start * width..sentence.end * width].to_vec();
        for (row, &head) in hidden.chunks_exact_mut(width).zip(heads) {
            let other = match head {
                0 => root,
                _ => &reading.label_head[(sentence.start + head - 1) * width..][..width],
            };
            row.iter_mut().zip(other).for_each(|(value, other)| *value += other);
        }
        rectify(&mut hidden);
        hidden
    }

    /// The scores of all relations, a row for each row of `hidden`.
    pub(super) fn label_scores(&self, hidden: &[f32]) -> Vec<f32> {
        self.affine(&self.layout.label, hidden)
    }

    /// Rows of `input` times a matrix, plus its bias.
    fn affine(&self, affine: &Affine, input: &[f32]) -> Vec<f32> {
        let bias = &self.weights[affine.bias.clone()];
        let rows = input.len() / affine.inputs;
        let mut output: Vec<f32> = Vec::with_capacity(rows * affine.outputs);
        for _ in 0..rows {
            output.extend_from_slice(bias);
        }
        add_product(input, &self.weights[affine.weight.clone()], affine.inputs, &mut output);
        output
    }

    /// Runs one recurrent layer over all sentences.
    fn recur(&self, layer: &Layer, input: Vec<f32>, sentences: &[Range<usize>]) -> (Trace, Vec<f32>) {
        let width = 2 * layer.units;
        let projected = self.affine(&layer.projection, &input);
        let words = projected.len() / (layer.gates * width);
        let zeros = || vec![0.0; words * width];
        let mut trace = Trace { input, projected, forget: zeros(), reset: zeros(), state: zeros() };
        let mut output = zeros();
        for sentence in sentences {
            for direction in [Direction::Forward, Direction::Backward] {
                let mut state = vec![0.0; layer.units];
                for word in direction.walk(sentence.clone()) {
                    self.step(layer, direction, word, &mut trace, &mut state, &mut output);
                }
            }
        }
        (trace, output)
    }

    /// One step of one direction: `state` is the state before the word and becomes the state at it.
    fn step(
        &self,
        layer: &Layer,
        direction: Direction,
        word: usize,
        trace: &mut Trace,
        state: &mut [f32],
        output: &mut [f32],
    ) {
        let units = layer.units;
        let own = direction.block(units);
        let place = word * 2 * units + own.start..word * 2 * units + own.end;
        let gates = Gates::of(layer, direction, word, &trace.projected, &trace.input);
        let forget_weight = &self.weights[layer.forget.clone()][own.clone()];
        let reset_weight = &self.weights[layer.reset.clone()][own];
        let forget = &mut trace.forget[place.clone()][..units];
        let reset = &mut trace.reset[place.clone()][..units];
        let states = &mut trace.state[place.clone()][..units];
        let output = &mut output[place][..units];
        let Gates { candidate, forget: forget_input, reset: reset_input, highway } = gates;
        for unit in 0..units {
            let before = state[unit];
            let keep = gate(forget_input[unit] + forget_weight[unit] * before);
            let pass = gate(reset_input[unit] + reset_weight[unit] * before);
            let now = candidate[unit] + keep * (before - candidate[unit]);
            forget[unit] = keep;
            reset[unit] = pass;
            states[unit] = now;
            output[unit] = highway[unit] + pass * (now - highway[unit]);
            state[unit] = now;
        }
    }
}

/// A gate between 0 and 1: a softsign moved up.
fn gate(value: f32) -> f32 {
    0.5 + 0.5 * (value / (1.0 + value.abs()))
}

/// Lets a tenth of what is negative through.
fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(LEAK * *value);
    }
}

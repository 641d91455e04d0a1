//! The network's forward pass: embeddings, recurrent layers, and what is read off them: tags, arcs, relations.
//!
//! The layers are bidirectional simple recurrent units with highways (Lei et al., "Simple recurrent units for highly
//! parallelizable recurrence", 2018) whose gates are softsigns, so that only exact arithmetic is needed. Arcs are
//! products of a dependent's and a head's projection (Dozat and Manning, 2017) with a bias for distance. The trainer
//! has a pass of its own, which keeps what it needs to go back.

use std::ops::Range;

use super::kernels::{Panels, multiply_add};
use super::layout::{Affine, Layer, Layout, Sizes, distance_bucket};

/// Weights ready for use.
pub(super) struct Network {
    pub(super) sizes: Sizes,
    pub(super) layout: Layout,
    pub(super) weights: Vec<f32>,
    panels: Vec<Panels>,
}

/// What the network says about some sentences. All lists hold one row a word.
pub(super) struct Reading {
    pub(super) tags: Vec<f32>,
    pub(super) dependent: Vec<f32>,
    pub(super) head: Vec<f32>,
    pub(super) label_dependent: Vec<f32>,
    pub(super) label_head: Vec<f32>,
    /// Empty where the model knows no entities.
    pub(super) entities: Vec<f32>,
}

/// Leak of the projections' rectifier.
pub(super) const LEAK: f32 = 0.1;

impl Network {
    /// A network over a flat list of weights.
    pub(super) fn new(sizes: Sizes, weights: Vec<f32>) -> Self {
        let layout = Layout::new(&sizes);
        let pack = |affine: &&Affine| Panels::new(&weights[affine.weight.clone()], affine.outputs);
        let panels = layout.matrices().iter().map(pack).collect();
        Self { sizes, layout, weights, panels }
    }

    /// Reads sentences: `input` has a row of embeddings for each word, `sentences` are ranges of words.
    pub(super) fn read(&self, input: Vec<f32>, sentences: &[Range<usize>]) -> Reading {
        let mut current = input;
        let (mut tags, mut entities) = (Vec::new(), Vec::new());
        let first = self.layout.layers.len();
        for (index, layer) in self.layout.layers.iter().enumerate() {
            current = self.recur(index, layer, &current, sentences);
            if index + 2 == first {
                tags = self.affine(first, &self.layout.tag, &current);
                if self.sizes.entities > 0 {
                    entities = self.affine(first + 6, &self.layout.entity, &current);
                }
            }
        }
        let project = |index: usize, affine: &Affine| {
            let mut values = self.affine(first + index, affine, &current);
            rectify(&mut values);
            values
        };
        let dependent = project(1, &self.layout.dependent);
        let head = project(2, &self.layout.head);
        let label_dependent = self.affine(first + 3, &self.layout.label_dependent, &current);
        let label_head = self.affine(first + 4, &self.layout.label_head, &current);
        Reading { tags, dependent, head, label_dependent, label_head, entities }
    }

    /// The scores of all arcs of one sentence: a row for each word, in it the root and then each word as head.
    pub(super) fn arc_scores(&self, reading: &Reading, sentence: Range<usize>) -> Vec<f32> {
        let (width, count) = (self.sizes.arc, sentence.len());
        let heads = self.heads(reading, sentence.clone());
        let prior = &self.weights[self.layout.head_prior.clone()];
        let distance = &self.weights[self.layout.distance.clone()];
        let priors: Vec<f32> = heads.chunks_exact(width).map(|head| dot(head, prior)).collect();
        let mut scores = vec![0.0; count * (count + 1)];
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score = priors[head] + distance[distance_bucket(word, head)];
            }
        }
        let dependents = &reading.dependent[sentence.start * width..sentence.end * width];
        multiply_add(dependents, &Panels::transposed(&heads, width), &mut scores);
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
        self.affine(self.layout.layers.len() + 5, &self.layout.label, hidden)
    }

    /// Rows of `input` times matrix number `index`, plus its bias.
    fn affine(&self, index: usize, affine: &Affine, input: &[f32]) -> Vec<f32> {
        let bias = &self.weights[affine.bias.clone()];
        let rows = input.len() / affine.inputs;
        let mut output: Vec<f32> = Vec::with_capacity(rows * affine.outputs);
        for _ in 0..rows {
            output.extend_from_slice(bias);
        }
        multiply_add(input, &self.panels[index], &mut output);
        output
    }

    /// Runs one recurrent layer over all sentences.
    fn recur(&self, index: usize, layer: &Layer, input: &[f32], sentences: &[Range<usize>]) -> Vec<f32> {
        let projected = self.affine(index, &layer.projection, input);
        let words = projected.len() / (layer.gates * 2 * layer.units);
        let mut output = vec![0.0; words * 2 * layer.units];
        let mut state = vec![0.0; layer.units];
        for sentence in sentences {
            for direction in [Direction::Forward, Direction::Backward] {
                state.fill(0.0);
                for word in direction.walk(sentence.clone()) {
                    let gates = Gates::of(layer, direction, word, &projected, input);
                    let own = direction.block(layer.units);
                    let place = word * 2 * layer.units + own.start..word * 2 * layer.units + own.end;
                    self.step(layer, own, &gates, &mut state, &mut output[place]);
                }
            }
        }
        output
    }

    /// One step of one direction: `state` is the state before the word and becomes the state at it.
    fn step(&self, layer: &Layer, own: Range<usize>, gates: &Gates<'_>, state: &mut [f32], output: &mut [f32]) {
        let units = layer.units;
        let forget_weight = &self.weights[layer.forget.clone()][own.clone()];
        let reset_weight = &self.weights[layer.reset.clone()][own];
        let Gates { candidate, forget, reset, highway } = gates;
        for unit in 0..units {
            let before = state[unit];
            let keep = gate(forget[unit] + forget_weight[unit] * before);
            let pass = gate(reset[unit] + reset_weight[unit] * before);
            let now = candidate[unit] + keep * (before - candidate[unit]);
            output[unit] = highway[unit] + pass * (now - highway[unit]);
            state[unit] = now;
        }
    }
}

/// The way a recurrent layer reads a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// The words in reading order.
    pub(super) fn walk(self, sentence: Range<usize>) -> impl Iterator<Item = usize> {
        let (start, end) = (sentence.start, sentence.end);
        sentence.map(move |word| if self == Direction::Forward { word } else { start + end - 1 - word })
    }

    /// The columns of this direction in a row of both.
    pub(super) fn block(self, units: usize) -> Range<usize> {
        match self {
            Direction::Forward => 0..units,
            Direction::Backward => units..2 * units,
        }
    }
}

/// What one word's projection gives to one direction of a layer; four lists of `units` numbers.
pub(super) struct Gates<'a> {
    pub(super) candidate: &'a [f32],
    pub(super) forget: &'a [f32],
    pub(super) reset: &'a [f32],
    pub(super) highway: &'a [f32],
}

impl<'a> Gates<'a> {
    /// Cuts the blocks of a word out of the projection; the highway is the input itself where the widths agree.
    pub(super) fn of(layer: &Layer, direction: Direction, word: usize, projected: &'a [f32], input: &'a [f32]) -> Self {
        let units = layer.units;
        let start = (2 * word + direction as usize) * layer.gates * units;
        let block = |index: usize| &projected[start + index * units..][..units];
        let highway = match layer.gates {
            3 => &input[word * 2 * units..][direction.block(units)],
            _ => block(3),
        };
        Self { candidate: block(0), forget: block(1), reset: block(2), highway }
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

/// The inner product, added up in order.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).fold(0.0, |sum, (left, right)| sum + left * right)
}

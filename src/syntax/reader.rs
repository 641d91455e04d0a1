//! The network as the parser runs it: what it says of some sentences, from 8-bit weights and rounded activations.
//!
//! The layers are bidirectional simple recurrent units with highways (Lei et al., "Simple recurrent units for highly
//! parallelizable recurrence", 2018) whose gates are softsigns, so that only exact arithmetic is needed. Arcs are
//! products of a dependent's and a head's projection (Dozat and Manning, 2017) with a bias for distance. The trainer
//! has a pass of its own, in floats. Each row is rounded by itself, so what is read together with a sentence does not
//! show in it, and what the first layer makes of a form is the same wherever it stands.

use std::ops::Range;

use multiversion::multiversion;

use super::kernels::{Panels, multiply_add};
use super::layout::{Affine, Layout, Sizes, distance_bucket};
use super::model::Model;
use super::network::LEAK;
use super::products::{Activations, Column, Weights, multiply};

/// The weights, ready for use.
pub(super) struct Reader {
    sizes: Sizes,
    layers: Vec<Recurrence>,
    tag: Weights,
    entity: Weights,
    /// Dependents' and heads' projections for arcs, then for labels.
    arcs: Weights,
    label: Weights,
    root: Vec<f32>,
    head_prior: Vec<f32>,
    distance: Vec<f32>,
    label_root: Vec<f32>,
}

/// One bidirectional layer, see `layout::Layer`.
struct Recurrence {
    units: usize,
    gates: usize,
    projection: Weights,
    forget: Vec<f32>,
    reset: Vec<f32>,
}

/// What the network says about some sentences, and the room it needs to find out. All lists hold one row a word.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) tags: Vec<f32>,
    /// Empty where the model knows no entities.
    pub(super) entities: Vec<f32>,
    /// Of each word the projections in the order of `Reader::arcs`.
    arcs: Vec<f32>,
    /// The numbers of the words.
    order: Vec<usize>,
    current: Vec<f32>,
    next: Vec<f32>,
    projected: Vec<f32>,
    activations: Activations,
}

impl Reader {
    /// The reader over a model's weights.
    pub(super) fn new(model: &Model) -> Self {
        let layout = Layout::new(&model.sizes);
        let vector = |range: &Range<usize>| model.vector(&layout, range).to_vec();
        let first = layout.layers.len();
        let layer = |(index, layer): (usize, &super::layout::Layer)| Recurrence {
            units: layer.units,
            gates: layer.gates,
            projection: weights(model, &layout, &[(index, &layer.projection)]),
            forget: vector(&layer.forget),
            reset: vector(&layer.reset),
        };
        let arcs = [
            (first + 1, &layout.dependent),
            (first + 2, &layout.head),
            (first + 3, &layout.label_dependent),
            (first + 4, &layout.label_head),
        ];
        let entity = [(first + 6, &layout.entity)];
        let entity = if model.sizes.entities > 0 { &entity[..] } else { &[] };
        Self {
            sizes: model.sizes,
            layers: layout.layers.iter().enumerate().map(layer).collect(),
            tag: weights(model, &layout, &[(first, &layout.tag)]),
            entity: weights(model, &layout, entity),
            arcs: weights(model, &layout, &arcs),
            label: weights(model, &layout, &[(first + 5, &layout.label)]),
            root: vector(&layout.root),
            head_prior: vector(&layout.head_prior),
            distance: vector(&layout.distance),
            label_root: vector(&layout.label_root),
        }
    }

    /// Numbers in a row of [`Self::gates`].
    pub(super) fn gate_count(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.projection.columns())
    }

    /// What the first layer makes of words by themselves: a row for each row of embeddings.
    pub(super) fn gates<'a>(&self, input: &[f32], reading: &'a mut Reading) -> &'a [f32] {
        let Reading { projected, activations, .. } = reading;
        let width = self.sizes.input();
        activations.round(input, width);
        if let Some(layer) = self.layers.first() {
            product(activations, &layer.projection, input.len() / width, projected);
        }
        projected
    }

    /// Reads sentences: `gates` has rows that [`Self::gates`] gave, `places` the number of each word's row, and `sentences`
    /// are ranges of words.
    pub(super) fn read(&self, gates: &[f32], places: &[usize], sentences: &[Range<usize>], reading: &mut Reading) {
        let Reading { tags, entities, arcs, order, current, next, projected, activations } = reading;
        let (words, width) = (places.len(), 2 * self.sizes.units);
        order.clear();
        order.extend(0..words);
        current.resize(words * width, 0.0);
        next.resize(words * width, 0.0);
        for (index, layer) in self.layers.iter().enumerate() {
            if index > 0 {
                activations.round(current, width);
                product(activations, &layer.projection, words, projected);
            }
            if index + 1 == self.layers.len() {
                product(activations, &self.tag, words, tags);
                product(activations, &self.entity, words, entities);
            }
            let (rows, places) = if index > 0 { (&**projected, &**order) } else { (gates, places) };
            for sentence in sentences {
                recur(layer, sentence, rows, places, current, next);
            }
            std::mem::swap(current, next);
        }
        activations.round(current, width);
        product(activations, &self.arcs, words, arcs);
        rectify(arcs, self.arcs.columns(), 2 * self.sizes.arc);
    }

    /// The scores of all arcs of one sentence: a row for each word, in it the root and then each word as head.
    pub(super) fn arc_scores(&self, reading: &Reading, sentence: Range<usize>) -> Vec<f32> {
        let (width, count) = (self.sizes.arc, sentence.len());
        let rows = self.rows(reading, sentence);
        let mut dependents = Vec::with_capacity(count * width);
        let mut heads = Vec::with_capacity((count + 1) * width);
        heads.extend_from_slice(&self.root);
        for row in rows.chunks_exact(self.arcs.columns()) {
            dependents.extend_from_slice(&row[..width]);
            heads.extend_from_slice(&row[width..2 * width]);
        }
        let priors: Vec<f32> = heads.chunks_exact(width).map(|head| dot(head, &self.head_prior)).collect();
        let mut scores = vec![0.0; count * (count + 1)];
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score = priors[head] + self.distance[distance_bucket(word, head)];
            }
        }
        multiply_add(&dependents, &Panels::transposed(&heads, width), &mut scores);
        scores
    }

    /// The scores of all relations for each word of one sentence; `heads[i]` is word i's head, 0 being the root.
    pub(super) fn label_scores(&self, reading: &Reading, sentence: Range<usize>, heads: &[usize]) -> Vec<f32> {
        let (arc, label) = (self.sizes.arc, self.sizes.label);
        let rows = self.rows(reading, sentence);
        let columns = self.arcs.columns();
        let mut hidden = Vec::with_capacity(heads.len() * label);
        for (row, &head) in rows.chunks_exact(columns).zip(heads) {
            let other = match head {
                0 => &self.label_root,
                _ => &rows[(head - 1) * columns..head * columns][2 * arc + label..],
            };
            hidden.extend(row[2 * arc..][..label].iter().zip(other).map(|(own, other)| own + other));
        }
        rectify(&mut hidden, label, label);
        let mut activations = Activations::default();
        activations.round(&hidden, label);
        let mut scores = Vec::new();
        product(&activations, &self.label, heads.len(), &mut scores);
        scores
    }

    /// The projections of the words of a sentence.
    fn rows<'a>(&self, reading: &'a Reading, sentence: Range<usize>) -> &'a [f32] {
        &reading.arcs[sentence.start * self.arcs.columns()..sentence.end * self.arcs.columns()]
    }
}

/// Some of the model's matrices side by side, each given with its number.
fn weights(model: &Model, layout: &Layout, parts: &[(usize, &Affine)]) -> Weights {
    let mut columns = Vec::new();
    for (index, affine) in parts {
        let bytes = &model.matrices[*index];
        let values = bytes.values.chunks_exact(affine.inputs).zip(&bytes.scales);
        let biases = model.vector(layout, &affine.bias);
        columns.extend(values.zip(biases).map(|((values, &scale), &bias)| Column { values, scale, bias }));
    }
    Weights::new(parts.first().map_or(0, |(_, affine)| affine.inputs), columns.into_iter())
}

/// `words` rows times a matrix, in place of what `target` held.
fn product(left: &Activations, right: &Weights, words: usize, target: &mut Vec<f32>) {
    target.resize(words * right.columns(), 0.0);
    multiply(left, right, target);
}

/// Reads one sentence in both directions. A word's row of gates is found by its number in `places`.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2", "x86_64+avx"))]
fn recur(
    layer: &Recurrence,
    sentence: &Range<usize>,
    gates: &[f32],
    places: &[usize],
    input: &[f32],
    output: &mut [f32],
) {
    let units = layer.units;
    let mut state = vec![0.0; units];
    for direction in 0..2 {
        state.fill(0.0);
        let own = direction * units..(direction + 1) * units;
        let forget_weight = &layer.forget[own.clone()];
        let reset_weight = &layer.reset[own.clone()];
        for step in 0..sentence.len() {
            let word = if direction == 0 { sentence.start + step } else { sentence.end - 1 - step };
            let row = &gates[(2 * places[word] + direction) * layer.gates * units..][..layer.gates * units];
            let (candidate, row) = row.split_at(units);
            let (forget, row) = row.split_at(units);
            let (reset, row) = row.split_at(units);
            let highway = if layer.gates == 3 { &input[word * 2 * units..][own.clone()] } else { row };
            let output = &mut output[word * 2 * units..][own.clone()];
            let (highway, output, state) = (&highway[..units], &mut output[..units], &mut state[..units]);
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
}

/// A gate between 0 and 1: a softsign moved up.
#[inline(always)]
fn gate(value: f32) -> f32 {
    0.5 + 0.5 * (value / (1.0 + value.abs()))
}

/// Lets a tenth of what is negative in the first `width` of each `columns` values through.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2", "x86_64+avx"))]
fn rectify(rows: &mut [f32], columns: usize, width: usize) {
    for row in rows.chunks_exact_mut(columns) {
        for value in &mut row[..width] {
            *value = if *value < 0.0 { LEAK * *value } else { *value };
        }
    }
}

/// The inner product, added up in order.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).fold(0.0, |sum, (left, right)| sum + left * right)
}

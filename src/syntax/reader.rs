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
    /// Tags and entities side by side.
    tag: Weights,
    dependent: Weights,
    head: Weights,
    /// The dependents' and the heads' projections for labels side by side.
    label_ends: Weights,
    label: Weights,
    root: Vec<f32>,
    head_prior: Vec<f32>,
    /// The bias of the root's distance, and those of all others: `distances[d]` for a head `d - LONGEST` words on.
    root_distance: f32,
    distances: Vec<f32>,
    label_root: Vec<f32>,
}

/// Sentences are no longer than so many words. Arcs cost the square of the length, and whatever is longer is a table or a
/// list.
pub(super) const LONGEST: usize = 512;

/// One bidirectional layer, see `layout::Layer`.
struct Recurrence {
    units: usize,
    gates: usize,
    projection: Weights,
    forget: Vec<f32>,
    reset: Vec<f32>,
}

/// What the network says about some sentences, and the room it needs to find out. Lists hold one row a word. Each has
/// one use, so that it keeps its length from batch to batch: what is added is cleared first.
#[derive(Default)]
pub(super) struct Reading {
    /// The scores of all tags, then those of all entities.
    pub(super) tags: Vec<f32>,
    dependents: Vec<f32>,
    heads: Vec<f32>,
    label_ends: Vec<f32>,
    /// The numbers of the words.
    order: Vec<usize>,
    current: Vec<f32>,
    next: Vec<f32>,
    projected: Vec<f32>,
    gates: Vec<f32>,
    hidden: Vec<f32>,
    labels: Vec<f32>,
    activations: Activations,
    /// Of one sentence the heads side by side, their priors and the arcs' scores.
    panels: Panels,
    priors: Vec<f32>,
    scores: Vec<f32>,
}

impl Reading {
    /// The last layer's output, a row for each word.
    pub(super) fn states(&self) -> &[f32] {
        &self.current
    }
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
        let distance = model.vector(&layout, &layout.distance);
        let bias = |place: usize| distance[distance_bucket(LONGEST, place + 1)];
        Self {
            sizes: model.sizes,
            layers: layout.layers.iter().enumerate().map(layer).collect(),
            tag: weights(model, &layout, &[(first, &layout.tag), (first + 6, &layout.entity)]),
            dependent: weights(model, &layout, &[(first + 1, &layout.dependent)]),
            head: weights(model, &layout, &[(first + 2, &layout.head)]),
            label_ends: weights(
                model,
                &layout,
                &[(first + 3, &layout.label_dependent), (first + 4, &layout.label_head)],
            ),
            label: weights(model, &layout, &[(first + 5, &layout.label)]),
            root: vector(&layout.root),
            head_prior: vector(&layout.head_prior),
            root_distance: distance[distance_bucket(0, 0)],
            distances: (0..=2 * LONGEST).map(bias).collect(),
            label_root: vector(&layout.label_root),
        }
    }

    /// Numbers in a row of [`Self::gates`].
    pub(super) fn gate_count(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.projection.columns())
    }

    /// What the first layer makes of words by themselves: a row for each row of embeddings.
    pub(super) fn gates<'a>(&self, input: &[f32], reading: &'a mut Reading) -> &'a [f32] {
        let Reading { gates, activations, .. } = reading;
        let width = self.sizes.input();
        activations.round(input, width);
        if let Some(layer) = self.layers.first() {
            product(activations, &layer.projection, input.len() / width, gates);
        }
        gates
    }

    /// Reads sentences: `gates` has rows that [`Self::gates`] gave, `places` the number of each word's row, and `sentences`
    /// are ranges of words.
    pub(super) fn read(&self, gates: &[f32], places: &[usize], sentences: &[Range<usize>], reading: &mut Reading) {
        let Reading { tags, dependents, heads, label_ends, order, current, next, projected, activations, .. } = reading;
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
            }
            let (rows, places) = if index > 0 { (&**projected, &**order) } else { (gates, places) };
            for sentence in sentences {
                recur(layer, sentence, rows, places, current, next);
            }
            std::mem::swap(current, next);
        }
        activations.round(current, width);
        product(activations, &self.dependent, words, dependents);
        product(activations, &self.head, words, heads);
        product(activations, &self.label_ends, words, label_ends);
        rectify(dependents);
        rectify(heads);
    }

    /// The scores of all arcs of one sentence of up to [`LONGEST`] words: a row for each word, in it the root and then each
    /// word as head.
    pub(super) fn arc_scores<'a>(&self, reading: &'a mut Reading, sentence: Range<usize>) -> &'a [f32] {
        let Reading { dependents, heads, panels, priors, scores, .. } = reading;
        let (width, count) = (self.sizes.arc, sentence.len());
        let place = sentence.start * width..sentence.end * width;
        panels.fill(&[&self.root, &heads[place.clone()]], width);
        priors.clear();
        priors.resize(count + 1, 0.0);
        multiply_add(&self.head_prior, panels, priors);
        scores.resize(count * (count + 1), 0.0);
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            row[0] = priors[0] + self.root_distance;
            let distances = &self.distances[LONGEST - word..];
            for ((score, prior), distance) in row[1..].iter_mut().zip(&priors[1..]).zip(distances) {
                *score = prior + distance;
            }
        }
        multiply_add(&dependents[place], panels, scores);
        scores
    }

    /// The scores of all relations for each word that was read; `heads` has each word's head, `None` for the root.
    pub(super) fn label_scores<'a>(&self, reading: &'a mut Reading, heads: &[Option<usize>]) -> &'a [f32] {
        let Reading { label_ends, hidden, labels, activations, .. } = reading;
        let width = self.sizes.label;
        hidden.resize(heads.len() * width, 0.0);
        let rows = label_ends.chunks_exact(2 * width).zip(heads);
        for (hidden, (row, head)) in hidden.chunks_exact_mut(width.max(1)).zip(rows) {
            let other = match head {
                None => &self.label_root,
                Some(head) => &label_ends[2 * width * head..][width..2 * width],
            };
            for ((hidden, own), other) in hidden.iter_mut().zip(row).zip(other) {
                *hidden = own + other;
            }
        }
        rectify(hidden);
        activations.round(hidden, width);
        product(activations, &self.label, heads.len(), labels);
        labels
    }
}

/// Some of the model's matrices side by side, each given with its number.
fn weights(model: &Model, layout: &Layout, parts: &[(usize, &Affine)]) -> Weights {
    let mut columns = Vec::new();
    for (index, affine) in parts.iter().filter(|(_, affine)| affine.outputs > 0) {
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

/// Lets a tenth of what is negative through.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2", "x86_64+avx"))]
fn rectify(values: &mut [f32]) {
    for value in values {
        *value = if *value < 0.0 { LEAK * *value } else { *value };
    }
}

//! A network with one hidden layer over the parser's own reading of a few words: what the features with names miss.
//!
//! Each of `words` words is read by a matrix of its own, the hidden units are leaky rectifiers. Its scores are added to those
//! of the features. Trained by AdaGrad (Duchi, Hazan, Singer, 2011) in a fixed order. Several that were trained from
//! different beginnings work as one that says their mean, which errs less than each. In use the matrices are bytes.

use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::syntax::products::{Activations, Column, Weights, multiply};

/// What a network's file begins with.
const MAGIC: &[u8] = b"demarche network 1\n";
/// Number of hidden units of one that was trained.
const HIDDEN: usize = 48;
/// What the hidden units let through of what is negative.
const LEAK: f32 = 0.1;
/// How strongly weights are drawn to zero, a step.
const DECAY: f32 = 1e-6;
/// What the sums of squared slopes begin with.
const FIRST_SQUARE: f32 = 1e-3;

/// The weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Network {
    /// Numbers that the parser says of a word.
    width: usize,
    /// For each member, and for each word that is read, `width` rows of `HIDDEN`.
    input: Vec<f32>,
    /// For each member `HIDDEN` numbers.
    bias: Vec<f32>,
    /// For each member, and for each score, `HIDDEN` numbers.
    output: Vec<f32>,
}

/// A network under training.
#[derive(Clone, Debug)]
pub(super) struct Training {
    pub(super) network: Network,
    /// Sums of squared slopes, in the network's own form.
    squares: Network,
    rate: f32,
}

impl Network {
    /// Reads what `to_bytes` wrote; `None` when it is something else.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let network: Self = postcard::from_bytes(bytes.strip_prefix(MAGIC)?).ok()?;
        let units = network.bias.len();
        let fits = units > 0
            && units.is_multiple_of(HIDDEN)
            && network.output.len().is_multiple_of(units)
            && network.width > 0
            && network.input.len().is_multiple_of(units * network.width);
        fits.then_some(network)
    }

    /// The network as a file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [MAGIC, &postcard::to_stdvec(self).unwrap_or_default()].concat()
    }

    /// One that says the mean of what the members say.
    pub(super) fn mean(members: &[Self]) -> Self {
        let joined = |part: fn(&Self) -> &Vec<f32>| members.iter().flat_map(part).copied().collect();
        let output: Vec<f32> = joined(|member| &member.output);
        Self {
            width: members.first().map_or(0, |member| member.width),
            input: joined(|member| &member.input),
            bias: joined(|member| &member.bias),
            output: output.into_iter().map(|weight| weight / members.len() as f32).collect(),
        }
    }

    /// The hidden units over the states of all words; an empty one is that of no word.
    pub(super) fn hidden(&self, states: &[&[f32]]) -> Vec<f32> {
        let mut hidden = self.bias.clone();
        for (member, hidden) in hidden.chunks_exact_mut(HIDDEN).enumerate() {
            for (number, state) in states.iter().enumerate().filter(|(_, state)| !state.is_empty()) {
                let rows = self.matrix(member, number).chunks_exact(HIDDEN);
                for (row, input) in rows.zip(*state) {
                    hidden.iter_mut().zip(row).for_each(|(unit, weight)| *unit += input * weight);
                }
            }
        }
        hidden.iter_mut().for_each(|unit| *unit = rectified(*unit));
        hidden
    }

    /// A member's matrix for the word of this number.
    fn matrix(&self, member: usize, number: usize) -> &[f32] {
        let size = HIDDEN * self.width;
        let words = self.input.len() / (self.bias.len() * self.width).max(1);
        self.input.get((member * words + number) * size..).and_then(|from| from.get(..size)).unwrap_or(&[])
    }

    /// Adds to each score what the hidden units say for it.
    pub(super) fn add_scores(&self, hidden: &[f32], scores: &mut [f32]) {
        for (rows, hidden) in self.output.chunks_exact(scores.len() * HIDDEN).zip(hidden.chunks_exact(HIDDEN)) {
            for (score, row) in scores.iter_mut().zip(rows.chunks_exact(HIDDEN)) {
                *score += row.iter().zip(hidden).map(|(weight, unit)| weight * unit).sum::<f32>();
            }
        }
    }
}

/// A network in use: what is shown to it is rounded to bytes, as the parser's own layers are, and sums are exact.
#[derive(Clone, Debug, Default)]
pub(super) struct QuantizedNetwork {
    width: usize,
    /// For each group of words that are shown together, their matrices side by side.
    groups: Vec<Weights>,
    bias: Vec<f32>,
    /// For each hidden unit a weight for each score.
    output: Vec<f32>,
}

impl QuantizedNetwork {
    /// A network that is shown groups of words, each word by its number.
    pub(super) fn new(network: &Network, groups: &[&[usize]]) -> Self {
        let units = network.bias.len();
        let scores = network.output.len() / units.max(1);
        let weight = |unit: usize, score: usize| {
            network.output[unit / HIDDEN * HIDDEN * scores + score * HIDDEN + unit % HIDDEN]
        };
        Self {
            width: network.width,
            groups: groups.iter().map(|numbers| quantized(network, numbers)).collect(),
            bias: network.bias.clone(),
            output: (0..units).flat_map(|unit| (0..scores).map(move |score| weight(unit, score))).collect(),
        }
    }

    /// The number of hidden units.
    pub(super) fn units(&self) -> usize {
        self.bias.len()
    }

    /// The hidden units before they see a word.
    pub(super) fn start(&self) -> Vec<f32> {
        self.bias.clone()
    }

    /// What the states of some words, one after another, say to the hidden units: for each as each word of a group.
    pub(super) fn show(&self, group: usize, states: &[f32]) -> Vec<f32> {
        let Some(weights) = self.groups.get(group).filter(|_| !states.is_empty()) else { return Vec::new() };
        let mut activations = Activations::default();
        activations.round(states, self.width);
        let mut says = vec![0.0; states.len() / self.width.max(1) * weights.columns()];
        multiply(&activations, weights, &mut says);
        says
    }

    /// Adds to each score what the hidden units say for it, after all words.
    pub(super) fn add_scores(&self, hidden: &[f32], scores: &mut [f32]) {
        for (unit, row) in hidden.iter().zip(self.output.chunks_exact(scores.len())) {
            let unit = rectified(*unit);
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += unit * weight);
        }
    }
}

/// The matrices of these words side by side, each with the columns of all members.
fn quantized(network: &Network, numbers: &[usize]) -> Weights {
    let members = network.bias.len() / HIDDEN;
    let matrices = numbers.iter().flat_map(|&number| (0..members).map(move |member| network.matrix(member, number)));
    let columns = matrices.flat_map(|matrix| (0..HIDDEN).map(move |unit| matrix.iter().skip(unit).step_by(HIDDEN)));
    let rounded: Vec<(f32, Vec<i8>)> = columns
        .map(|column| {
            let largest = column.clone().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
            let scale = largest.max(f32::MIN_POSITIVE) / 127.0;
            (scale, column.map(|weight| (weight / scale).round() as i8).collect())
        })
        .collect();
    let columns = rounded.iter().map(|(scale, values)| Column { values, scale: *scale, bias: 0.0 });
    Weights::new(network.width, columns)
}

/// What a hidden unit lets through.
fn rectified(unit: f32) -> f32 {
    unit.max(LEAK * unit)
}

impl Training {
    /// A network that says nothing yet, over `words` words with `width` numbers each; steps have the size `rate`.
    pub(super) fn new(width: usize, words: usize, scores: usize, rate: f32, random: &mut Random) -> Self {
        let scale = 1.0 / (width.max(1) as f32).sqrt();
        let mut random = || scale * (2.0 * random.unit() - 1.0);
        let network = Network {
            width,
            input: (0..words * HIDDEN * width).map(|_| random()).collect(),
            bias: vec![0.0; HIDDEN],
            output: vec![0.0; scores * HIDDEN],
        };
        let first = |weights: &Vec<f32>| vec![FIRST_SQUARE; weights.len()];
        let Network { input, bias, output, .. } = &network;
        let squares = Network { width, input: first(input), bias: first(bias), output: first(output) };
        Self { network, squares, rate }
    }

    /// A step against the slopes of the loss in the scores from number `first` on.
    pub(super) fn step(&mut self, states: &[&[f32]], hidden: &[f32], first: usize, slopes: &[f32]) {
        let mut back = vec![0.0_f32; HIDDEN];
        let outputs = first * HIDDEN..(first + slopes.len()) * HIDDEN;
        let rows = self.network.output[outputs.clone()].chunks_exact_mut(HIDDEN);
        let squares = self.squares.output[outputs].chunks_exact_mut(HIDDEN);
        for ((row, squares), &slope) in rows.zip(squares).zip(slopes) {
            back.iter_mut().zip(&*row).for_each(|(back, weight)| *back += slope * weight);
            descend(row, squares, hidden, slope, self.rate);
        }
        for (back, &unit) in back.iter_mut().zip(hidden) {
            *back = if unit < 0.0 { LEAK * *back } else { *back };
        }
        for ((bias, square), &slope) in self.network.bias.iter_mut().zip(&mut self.squares.bias).zip(&back) {
            descend(std::slice::from_mut(bias), std::slice::from_mut(square), &[1.0], slope, self.rate);
        }
        let size = (HIDDEN * self.network.width).max(1);
        let matrices = self.network.input.chunks_exact_mut(size).zip(self.squares.input.chunks_exact_mut(size));
        for ((matrix, squares), state) in matrices.zip(states).filter(|(_, state)| !state.is_empty()) {
            let rows = matrix.chunks_exact_mut(HIDDEN).zip(squares.chunks_exact_mut(HIDDEN));
            rows.zip(*state).for_each(|((row, squares), &input)| descend(row, squares, &back, input, self.rate));
        }
    }
}

/// A step of weights whose slopes are `slope` times what they were multiplied with.
fn descend(weights: &mut [f32], squares: &mut [f32], inputs: &[f32], slope: f32, rate: f32) {
    for ((weight, square), input) in weights.iter_mut().zip(squares).zip(inputs) {
        let slope = slope * input + DECAY * *weight;
        *square += slope * slope;
        *weight -= rate * slope / square.sqrt();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_what_no_sum_of_features_can_tell() {
        let states: Vec<Vec<f32>> = [-1.0_f32, 1.0].iter().map(|&sign| vec![sign; 16]).collect();
        let mut training = Training::new(16, 2, 1, 0.1, &mut Random::new(1, &[]));
        let cases = || (0..4).map(|case: usize| ([case & 1, case >> 1], (case & 1) != (case >> 1)));
        let score = |network: &Network, words: [usize; 2]| {
            let mut score = [0.0];
            network.add_scores(&network.hidden(&words.map(|word| states[word].as_slice())), &mut score);
            score[0]
        };
        for (words, differ) in std::iter::repeat_with(cases).take(200).flatten() {
            let states = words.map(|word| states[word].as_slice());
            let hidden = training.network.hidden(&states);
            let chance = 1.0 / (1.0 + (-score(&training.network, words)).exp());
            training.step(&states, &hidden, 0, &[chance - f32::from(u8::from(differ))]);
        }
        let network = Network::from_bytes(&training.network.to_bytes()).unwrap();
        let both = Network::mean(&[network.clone(), network.clone()]);
        let quantized = QuantizedNetwork::new(&both, &[&[1], &[0]]);
        for (words, differ) in cases() {
            assert_eq!(score(&network, words) > 0.0, differ, "{words:?}");
            assert!((score(&network, words) - score(&both, words)).abs() < 1e-5, "{words:?}");
            let mut hidden = quantized.start();
            for (group, word) in [1, 0].into_iter().enumerate() {
                let says = quantized.show(group, &states[words[word]]);
                hidden.iter_mut().zip(says).for_each(|(unit, says)| *unit += says);
            }
            let mut rounded = [0.0];
            quantized.add_scores(&hidden, &mut rounded);
            assert!((score(&network, words) - rounded[0]).abs() < 0.1, "{words:?}");
        }
    }

    #[test]
    fn other_bytes_are_no_network() {
        assert_eq!(Network::from_bytes(b"demarche model 3\n"), None);
        assert_eq!(Network::from_bytes(MAGIC), None);
    }
}

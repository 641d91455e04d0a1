//! Fits the weights by which candidates for attributions are judged: a logistic regression and a network beside it, by
//! steps of AdaGrad (Duchi, Hazan, Singer, "Adaptive subgradient methods", 2011) in a fixed order, so that the same
//! candidates give the same weights. In each step some of what is known of a candidate is hidden (Srivastava et al.,
//! "Dropout", 2014), lest the weights learn the candidates by heart; the mean of several fits is kept.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::network::{Network, Training};
use super::outermost::Candidate;
use crate::random::Random;
use crate::syntax::States;
use crate::text::Span;

/// Passes over all candidates.
const PASSES: usize = 12;
/// Size of the steps.
const RATE: f64 = 0.1;
/// How strongly weights are drawn to zero, a candidate.
const DECAY: f64 = 1e-4;
/// Size of the network's steps.
const NETWORK_RATE: f32 = 0.02;
/// The share of a candidate's features that are hidden in a step.
const HIDDEN_FEATURES: f32 = 0.4;
/// The share of the numbers the parser says of a word that are hidden in a step.
const HIDDEN_NUMBERS: f32 = 0.2;
/// What the others then weigh, so that the sums stay as large.
const SHOWN_WEIGH: f64 = 1.0 / (1.0 - HIDDEN_FEATURES as f64);
/// Where the random numbers of each fit begin.
const SEEDS: [u64; 4] = [1, 2, 3, 4];
/// Features seen less often have no weight.
const SEEN: usize = 8;
/// Weights closer to zero are left out.
const SMALLEST: f64 = 0.05;

/// Where an annotated article has an attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// Whose attitude it is; empty when nobody is named.
    pub source: Vec<Span>,
    /// The words that ascribe.
    pub cue: Vec<Span>,
    /// What is ascribed.
    pub content: Vec<Span>,
}

/// Candidates with the answers of annotated articles.
#[derive(Clone, Debug, Default)]
pub struct Fitting {
    features: Numbering,
    examples: Vec<Example>,
    states: Vec<States>,
}

/// A candidate whose features are numbers.
#[derive(Clone, Debug)]
struct Example {
    features: Vec<usize>,
    /// The article's number.
    article: usize,
    words: [Option<usize>; 3],
    right: bool,
}

impl Fitting {
    /// Adds the candidates of one article, and what the parser read of its words.
    ///
    /// A candidate that overlaps a cue is right; one inside what another is said to have said is left out, for only
    /// outermost attributions are annotated; all others are wrong.
    pub fn add(&mut self, candidates: &[Candidate], states: States, annotations: &[Annotation]) {
        let inside = |spans: &[Span], cue: Span| spans.iter().any(|span| span.start < cue.end && cue.start < span.end);
        for candidate in candidates {
            let right = annotations.iter().any(|annotation| inside(&annotation.cue, candidate.cue));
            if !right && annotations.iter().any(|annotation| inside(&annotation.content, candidate.cue)) {
                continue;
            }
            let features = candidate.features.iter().map(|feature| self.features.count(feature)).collect();
            self.examples.push(Example { features, article: self.states.len(), words: candidate.words, right });
        }
        self.states.push(states);
    }

    /// How many candidates there are, and how many of them are right.
    pub fn sizes(&self) -> (usize, usize) {
        (self.examples.len(), self.examples.iter().filter(|example| example.right).count())
    }

    /// The weights by feature, rounded to hundredths, and the network as a file.
    pub fn fit(&self) -> (Vec<(String, f64)>, Vec<u8>) {
        let fits = SEEDS.par_iter().map(|&seed| self.fit_once(&mut Random::new(seed, &[]))).collect::<Vec<_>>();
        let mean = |number: usize| fits.iter().map(|(weights, _)| weights[number]).sum::<f64>() / SEEDS.len() as f64;
        let rounded =
            self.features.sorted().map(|(name, number)| (name.to_owned(), (100.0 * mean(number)).round() / 100.0));
        let weights = rounded.filter(|(_, weight)| weight.abs() >= SMALLEST).collect();
        (weights, Network::mean(&fits.into_iter().map(|(_, network)| network).collect::<Vec<_>>()).to_bytes())
    }

    /// The weights by number of the feature, and the network, from one beginning.
    fn fit_once(&self, random: &mut Random) -> (Vec<f64>, Network) {
        let mut weights = vec![0.0; self.features.len()];
        let mut squares = vec![1e-6; self.features.len()];
        let width = self.states.first().map_or(0, |states| states.width);
        let mut training = Training::new(width, 3, 1, NETWORK_RATE, random);
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for example in order.iter().map(|&number| &self.examples[number]) {
                let known = example.features.iter().copied().filter(|&feature| self.features.times(feature) >= SEEN);
                let shown: Vec<usize> = known.filter(|_| !random.chance(HIDDEN_FEATURES)).collect();
                let sum = shown.iter().map(|&feature| weights[feature]).sum::<f64>() * SHOWN_WEIGH;
                let slope = SHOWN_WEIGH * self.network_step(example, sum, &mut training, random);
                for feature in shown {
                    let decay = DECAY * self.examples.len() as f64 / self.features.times(feature) as f64;
                    let slope = slope + decay * weights[feature];
                    squares[feature] += slope * slope;
                    weights[feature] -= RATE * slope / f64::sqrt(squares[feature]);
                }
            }
        }
        (weights, training.network)
    }

    /// A step of the network, `sum` being what the features say. Returns the slope of the loss in the score.
    fn network_step(&self, example: &Example, sum: f64, training: &mut Training, random: &mut Random) -> f64 {
        let states = &self.states[example.article];
        let states = example.words.map(|word| {
            let state = word.map_or(&[][..], |word| states.of(word)).iter();
            let shown = |number: &f32| number / (1.0 - HIDDEN_NUMBERS);
            state.map(|number| if random.chance(HIDDEN_NUMBERS) { 0.0 } else { shown(number) }).collect::<Vec<f32>>()
        });
        let states = states.each_ref().map(Vec::as_slice);
        let hidden = training.network.hidden(&states);
        let mut more = [0.0];
        training.network.add_scores(&hidden, &mut more);
        let slope = 1.0 / (1.0 + (-sum - f64::from(more[0])).exp()) - f64::from(u8::from(example.right));
        training.step(&states, &hidden, 0, &[slope as f32]);
        slope
    }
}

/// Features by number, in the order in which they first come, each with how often it comes.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    numbers: BTreeMap<String, usize>,
    counts: Vec<usize>,
}

impl Numbering {
    /// The number of a feature, which is counted.
    pub(super) fn count(&mut self, feature: &str) -> usize {
        let next = self.counts.len();
        let number = match self.numbers.get(feature) {
            Some(&number) => number,
            None => *self.numbers.entry(feature.to_owned()).or_insert(next),
        };
        if number == next {
            self.counts.push(0);
        }
        self.counts[number] += 1;
        number
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// How often a feature came.
    pub(super) fn times(&self, number: usize) -> usize {
        self.counts[number]
    }

    /// The features with their numbers, sorted by name.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (&str, usize)> {
        self.numbers.iter().map(|(name, &number)| (name.as_str(), number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(start: usize, features: &[&str]) -> Candidate {
        Candidate {
            cue: Span { start, end: start + 4 },
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
            words: [Some(0), None, Some(0)],
        }
    }

    #[test]
    fn features_of_cues_weigh_more_than_those_of_other_words() {
        let mut fitting = Fitting::default();
        let annotation = Annotation {
            source: Vec::new(),
            cue: vec![Span { start: 8, end: 12 }],
            content: vec![Span { start: 13, end: 40 }],
        };
        for _ in 0..SEEN {
            let candidates =
                [candidate(8, &["bias", "say"]), candidate(20, &["bias", "plan"]), candidate(50, &["bias", "go"])];
            let states = States { width: 16, values: vec![0.0; 16] };
            fitting.add(&candidates, states, std::slice::from_ref(&annotation));
        }
        assert_eq!(fitting.sizes(), (2 * SEEN, SEEN), "what is said inside the content is left out");
        let weights: BTreeMap<String, f64> = fitting.fit().0.into_iter().collect();
        assert!(weights["say"] > 0.5 && weights["go"] < -0.5, "{weights:?}");
        assert!(!weights.contains_key("plan"));
    }
}

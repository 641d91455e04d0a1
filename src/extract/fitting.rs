//! Fits the weights by which candidates for attributions are judged: a logistic regression, by steps of AdaGrad (Duchi,
//! Hazan, Singer, "Adaptive subgradient methods", 2011) in a fixed order, so that the same candidates give the same
//! weights.

use std::collections::BTreeMap;

use super::attribution::Candidate;
use crate::text::Span;

/// Passes over all candidates.
const PASSES: usize = 12;
/// Size of the steps.
const RATE: f64 = 0.1;
/// How strongly weights are drawn to zero, a candidate.
const DECAY: f64 = 2e-5;
/// Features seen less often have no weight.
const SEEN: usize = 4;
/// Weights closer to zero are left out.
const SMALLEST: f64 = 0.05;

/// Where an annotated article has an attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// The words that ascribe.
    pub cue: Vec<Span>,
    /// What is ascribed.
    pub content: Vec<Span>,
}

/// Candidates with the answers of annotated articles.
#[derive(Clone, Debug, Default)]
pub struct Fitting {
    numbers: BTreeMap<String, usize>,
    counts: Vec<usize>,
    examples: Vec<(Vec<usize>, bool)>,
}

impl Fitting {
    /// Adds the candidates of one article. One that overlaps a cue is right; one inside what another is said to have said
    /// is left out, for only outermost attributions are annotated; all others are wrong.
    pub fn add(&mut self, candidates: &[Candidate], annotations: &[Annotation]) {
        let inside = |spans: &[Span], cue: Span| spans.iter().any(|span| span.start < cue.end && cue.start < span.end);
        for candidate in candidates {
            let right = annotations.iter().any(|annotation| inside(&annotation.cue, candidate.cue));
            if !right && annotations.iter().any(|annotation| inside(&annotation.content, candidate.cue)) {
                continue;
            }
            let features = candidate.features.iter().map(|feature| self.number(feature)).collect();
            self.examples.push((features, right));
        }
    }

    /// How many candidates there are, and how many of them are right.
    pub fn sizes(&self) -> (usize, usize) {
        (self.examples.len(), self.examples.iter().filter(|(_, right)| *right).count())
    }

    /// The weights by feature, rounded to hundredths.
    pub fn weights(&self) -> Vec<(String, f64)> {
        let mut weights = vec![0.0; self.counts.len()];
        let mut squares = vec![1e-6; self.counts.len()];
        for _ in 0..PASSES {
            for (features, right) in &self.examples {
                let known = || features.iter().copied().filter(|&feature| self.counts[feature] >= SEEN);
                let sum: f64 = known().map(|feature| weights[feature]).sum();
                let slope = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*right));
                for feature in known() {
                    let slope =
                        slope + DECAY * self.examples.len() as f64 / self.counts[feature] as f64 * weights[feature];
                    squares[feature] += slope * slope;
                    weights[feature] -= RATE * slope / f64::sqrt(squares[feature]);
                }
            }
        }
        let rounded =
            self.numbers.iter().map(|(name, &number)| (name.clone(), (100.0 * weights[number]).round() / 100.0));
        rounded.filter(|(_, weight)| weight.abs() >= SMALLEST).collect()
    }

    /// The number of a feature, which is counted.
    fn number(&mut self, feature: &str) -> usize {
        let next = self.counts.len();
        let number = *self.numbers.entry(feature.to_owned()).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        self.counts[number] += 1;
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(start: usize, features: &[&str]) -> Candidate {
        Candidate {
            cue: Span { start, end: start + 4 },
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
        }
    }

    #[test]
    fn features_of_cues_weigh_more_than_those_of_other_words() {
        let mut fitting = Fitting::default();
        let annotation =
            Annotation { cue: vec![Span { start: 8, end: 12 }], content: vec![Span { start: 13, end: 40 }] };
        for _ in 0..5 {
            let candidates =
                [candidate(8, &["bias", "say"]), candidate(20, &["bias", "plan"]), candidate(50, &["bias", "go"])];
            fitting.add(&candidates, std::slice::from_ref(&annotation));
        }
        assert_eq!(fitting.sizes(), (10, 5), "what is said inside the content is left out");
        let weights: BTreeMap<String, f64> = fitting.weights().into_iter().collect();
        assert!(weights["say"] > 0.5 && weights["go"] < -0.5, "{weights:?}");
        assert!(!weights.contains_key("plan"));
    }
}

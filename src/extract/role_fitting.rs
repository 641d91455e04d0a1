//! Fits the weights by which the words around a cue get their roles: a softmax regression for each role of the word before,
//! and a network beside them, by steps of AdaGrad (Duchi, Hazan, Singer, "Adaptive subgradient methods", 2011) in a fixed
//! order.

use rayon::prelude::*;

use super::Annotation;
use super::fitting::Numbering;
use super::network::{Network, Training};
use super::passage::Passage;
use super::role_features::Neighbourhood;
use super::roles::{ROLES, Role, Weights, log_sum, walk};
use crate::random::Random;
use crate::syntax::States;
use crate::text::Span;

/// Passes over all examples.
const PASSES: usize = 8;
/// Size of the steps of the features' weights.
const RATE: f32 = 0.05;
/// Size of the network's steps.
const NETWORK_RATE: f32 = 0.03;
/// How strongly weights are drawn to zero, an example.
const DECAY: f32 = 5e-5;
/// The share of a word's features that are hidden in a step, lest the weights learn the words by heart.
const HIDDEN_FEATURES: f32 = 0.4;
/// What the others then weigh, so that the sums stay as large.
const SHOWN_WEIGH: f32 = 1.0 / (1.0 - HIDDEN_FEATURES);
/// Where the random numbers of each fit begin; the mean of the fits is kept.
const SEEDS: [u64; 4] = [1, 2, 3, 4];
/// Features seen less often have no weight.
const SEEN: usize = 20;
/// Rows of weights that are all closer to zero are left out.
const SMALLEST: f32 = 0.07;

/// A word beside a cue, as an annotation has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The names of the features, as in `role_weights.tsv`.
    pub features: Vec<String>,
    /// The numbers of the word, of the cue and of the word that the walk comes from.
    pub words: [usize; 3],
    /// The role of the word that the walk comes from.
    pub before: Role,
    /// The word's role.
    pub role: Role,
}

/// The words around a cue; none when no annotation has the cue.
pub(super) fn neighbours(
    passage: &Passage<'_>,
    neighbourhood: &Neighbourhood<'_>,
    annotations: &[Annotation],
) -> Vec<Neighbour> {
    let cue = neighbourhood.cue();
    let begins = |spans: &[Span], word: usize| {
        let place = passage.span(word).start;
        spans.iter().any(|span| span.start <= place && place < span.end)
    };
    let Some(annotation) = annotations.iter().find(|annotation| begins(&annotation.cue, cue)) else {
        return Vec::new();
    };
    let Annotation { source, cue: ascribing, content } = annotation;
    let role = |word: usize| {
        let roles = [(Role::Cue, ascribing), (Role::Source, source), (Role::Content, content)];
        roles.into_iter().find(|(_, spans)| begins(spans, word)).map_or(Role::Outside, |(role, _)| role)
    };
    let steps = walk(passage, cue);
    let neighbour = |(number, step): (usize, &super::roles::Step)| {
        let mut features = Vec::new();
        neighbourhood.features(&steps, number, &mut |feature| features.push(feature.name()));
        let before = step.from.map_or(cue, |from| steps[from].word);
        Neighbour { features, words: [step.word, cue, before], before: role(before), role: role(step.word) }
    };
    steps.iter().enumerate().map(neighbour).collect()
}

/// The words around the cues of annotated articles.
#[derive(Clone, Debug, Default)]
pub struct RoleFitting {
    features: Numbering,
    examples: Vec<Example>,
    states: Vec<States>,
}

/// A neighbour whose features are numbers.
#[derive(Clone, Debug)]
struct Example {
    article: usize,
    features: Vec<usize>,
    words: [usize; 3],
    before: usize,
    role: usize,
}

/// A row of the list of weights: what a feature says for each role of a word after one with role `before`.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleWeights {
    /// The feature's name.
    pub feature: String,
    /// The role of the word before.
    pub before: Role,
    /// In the order of `Role::ALL`, in hundredths.
    pub weights: [f32; 4],
}

impl RoleFitting {
    /// Adds the words around the cues of one article, and what the parser read of all its words.
    pub fn add(&mut self, neighbours: Vec<Neighbour>, states: States) {
        for Neighbour { features, words, before, role } in neighbours {
            let features = features.iter().map(|feature| self.features.count(feature)).collect();
            let article = self.states.len();
            self.examples.push(Example { article, features, words, before: before as usize, role: role as usize });
        }
        self.states.push(states);
    }

    /// The number of words.
    pub fn size(&self) -> usize {
        self.examples.len()
    }

    /// The weights of the features, sorted by name, and the network as a file.
    pub fn fit(&self) -> (Vec<RoleWeights>, Vec<u8>) {
        let fits = SEEDS.par_iter().map(|&seed| self.fit_once(&mut Random::new(seed, &[]))).collect::<Vec<_>>();
        let mean = |number: usize| {
            let mut mean = Weights::default();
            for (weights, _) in &fits {
                let sums = mean.as_flattened_mut().iter_mut();
                sums.zip(weights[number].as_flattened()).for_each(|(sum, weight)| *sum += weight / SEEDS.len() as f32);
            }
            mean
        };
        let weights: Vec<Weights> = (0..self.features.len()).map(mean).collect();
        (
            self.rows(&weights),
            Network::mean(&fits.into_iter().map(|(_, network)| network).collect::<Vec<_>>()).to_bytes(),
        )
    }

    /// The weights by number of the feature, and the network, from one beginning.
    fn fit_once(&self, random: &mut Random) -> (Vec<Weights>, Network) {
        let mut weights = vec![Weights::default(); self.features.len()];
        let mut squares = vec![[[1e-6_f32; ROLES]; ROLES]; self.features.len()];
        let width = self.states.first().map_or(0, |states| states.width);
        let mut training = Training::new(width, 3, ROLES * ROLES, NETWORK_RATE, random);
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for example in order.iter().map(|&number| &self.examples[number]) {
                let shown: Vec<usize> = self.known(example).filter(|_| !random.chance(HIDDEN_FEATURES)).collect();
                let slopes = self.network_step(example, &shown, &weights, &mut training);
                for feature in shown {
                    let decay = DECAY * self.examples.len() as f32 / self.features.times(feature) as f32;
                    let weights = weights[feature][example.before].iter_mut();
                    for ((weight, square), slope) in weights.zip(&mut squares[feature][example.before]).zip(slopes) {
                        let slope = SHOWN_WEIGH * slope + decay * *weight;
                        *square += slope * slope;
                        *weight -= RATE * slope / square.sqrt();
                    }
                }
            }
        }
        (weights, training.network)
    }

    /// A step of the network beside the features that are shown. Returns the slopes of the loss in the scores of the word's
    /// roles.
    fn network_step(
        &self,
        example: &Example,
        shown: &[usize],
        weights: &[Weights],
        training: &mut Training,
    ) -> [f32; ROLES] {
        let states = &self.states[example.article];
        let states = example.words.map(|word| states.of(word));
        let hidden = training.network.hidden(&states);
        let mut scores = Weights::default();
        training.network.add_scores(&hidden, scores.as_flattened_mut());
        let mut scores = scores[example.before];
        for &feature in shown {
            let weights = weights[feature][example.before];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += SHOWN_WEIGH * weight);
        }
        let total = log_sum(scores);
        let mut slopes = scores.map(|score| (score - total).exp());
        slopes[example.role] -= 1.0;
        training.step(&states, &hidden, example.before * ROLES, &slopes);
        slopes
    }

    /// The features that were seen often enough.
    fn known<'a>(&'a self, example: &'a Example) -> impl Iterator<Item = usize> + 'a {
        example.features.iter().copied().filter(|&feature| self.features.times(feature) >= SEEN)
    }

    /// The rows of the list, sorted by name.
    fn rows(&self, weights: &[Weights]) -> Vec<RoleWeights> {
        let rows = self.features.sorted().flat_map(|(name, number)| {
            Role::ALL.into_iter().zip(weights[number]).map(move |(before, weights)| {
                let weights = weights.map(|weight| (100.0 * weight).round() / 100.0);
                RoleWeights { feature: name.to_owned(), before, weights }
            })
        });
        rows.filter(|row| row.weights.iter().any(|weight| weight.abs() >= SMALLEST)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbour(feature: &str, before: Role, role: Role) -> Neighbour {
        Neighbour { features: vec![feature.to_owned()], words: [0, 1, 1], before, role }
    }

    #[test]
    fn weights_tell_roles_by_the_role_before() {
        let mut fitting = RoleFitting::default();
        for _ in 0..SEEN {
            let neighbours = vec![
                neighbour("nsubj", Role::Cue, Role::Source),
                neighbour("nsubj", Role::Content, Role::Content),
                neighbour("rare", Role::Cue, Role::Outside),
            ];
            fitting.add(neighbours, States { width: 16, values: vec![0.0; 32] });
        }
        fitting.add(vec![neighbour("once", Role::Cue, Role::Cue)], States { width: 16, values: vec![0.0; 32] });
        let (rows, _) = fitting.fit();
        let best = |name: &str, before: Role| {
            let row = rows.iter().find(|row| row.feature == name && row.before == before)?;
            Role::ALL
                .into_iter()
                .max_by(|one, other| row.weights[*one as usize].total_cmp(&row.weights[*other as usize]))
        };
        assert_eq!(best("nsubj", Role::Cue), Some(Role::Source));
        assert_eq!(best("nsubj", Role::Content), Some(Role::Content));
        assert_eq!(best("once", Role::Cue), None, "seen too rarely");
    }
}

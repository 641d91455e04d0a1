//! Which words around a cue are its source, which its content, which belong to the cue.
//!
//! A walk over the sentence's tree from the cue outwards gives each word a role, by the arc that leads to it, the role of
//! the word it comes from, what the rules of `source` and `content` say of it, and the parser's own reading of the words:
//! a chain of softmax regressions trained on PolNeAR, decoded exactly. The weights of what has a name are a word list like
//! the others. Marks have no role of their own.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::feature::number_of_name;
use super::network::{Network, QuantizedNetwork};
use super::passage::Passage;
use super::role_features::Neighbourhood;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::States;

/// The part a word plays in an attribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// None.
    #[default]
    Outside,
    /// Whose attitude it is.
    Source,
    /// What is ascribed.
    Content,
    /// The words that ascribe.
    Cue,
}

impl Role {
    /// All roles, in order.
    pub const ALL: [Self; ROLES] = [Self::Outside, Self::Source, Self::Content, Self::Cue];

    /// The spelling in the list of weights.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Source => "source",
            Self::Content => "content",
            Self::Cue => "cue",
        }
    }
}

/// Number of roles.
pub(super) const ROLES: usize = 4;

/// The weights of a feature: for each role of the word before, one for each role of the word.
pub(super) type Weights = [[f32; ROLES]; ROLES];

/// A step of the walk: an arc and the word it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The word it leads to.
    pub(super) word: usize,
    /// The number of the step that led to the word it comes from; `None` when that is the cue.
    pub(super) from: Option<usize>,
    /// The arc's lower end: the word itself on the way down, the word it comes from on the way up.
    pub(super) lower: usize,
}

/// The words around a cue with their roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Words and roles in order of the text; whatever is absent is outside.
    words: Vec<(usize, Role)>,
}

impl Roles {
    /// Words with the roles they play, in any order; the first role of a word counts.
    pub(super) fn new(mut words: Vec<(usize, Role)>) -> Self {
        words.sort_by_key(|&(word, _)| word);
        words.dedup_by_key(|&mut (word, _)| word);
        Self { words }
    }

    /// The role of a word.
    pub(super) fn of(&self, word: usize) -> Role {
        let place = self.words.binary_search_by_key(&word, |&(word, _)| word);
        place.map_or(Role::Outside, |place| self.words[place].1)
    }

    /// The words that play a role, in order.
    pub(super) fn words(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().filter(move |(_, other)| *other == role).map(|&(word, _)| word)
    }
}

/// The weights of the features.
#[derive(Clone, Debug, Default)]
pub(super) struct Labeller {
    /// In hundredths, as the list has them.
    weights: HashMap<u64, [[i16; ROLES]; ROLES], FixedState>,
    network: QuantizedNetwork,
}

impl Labeller {
    /// Reads the weights.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut weights: HashMap<u64, [[i16; ROLES]; ROLES], FixedState> = HashMap::default();
        let file = include_str!("../../data/role_weights.tsv");
        let columns = ["feature", "from", "outside", "source", "content", "cue"];
        lexicons.each_row("role_weights.tsv", file, columns, |[feature, from, row @ ..]| {
            let from = Role::ALL.iter().position(|role| role.as_str() == from);
            let from = from.ok_or_else(|| "`from` is no role".to_owned())?;
            let mut hundredths = [0; ROLES];
            for (hundredths, weight) in hundredths.iter_mut().zip(row) {
                let weight: f32 = weight.parse().map_err(|_| format!("`{weight}` is no number"))?;
                *hundredths = (100.0 * weight).round() as i16;
            }
            weights.entry(number_of_name(feature)).or_default()[from] = hundredths;
            Ok(())
        })?;
        let network = Network::from_bytes(include_bytes!("../../data/role_weights.network"));
        let network = network.ok_or_else(|| LexiconError {
            file: "role_weights.network".to_owned(),
            line: 0,
            message: "this is no network of demarche".to_owned(),
        })?;
        Ok(Self { weights, network: QuantizedNetwork::new(&network, &GROUPS) })
    }

    /// The most probable roles of the words around a cue.
    pub(super) fn roles(
        &self,
        passage: &Passage<'_>,
        neighbourhood: &Neighbourhood<'_>,
        impressions: &mut Impressions<'_>,
    ) -> Roles {
        let cue = neighbourhood.cue();
        let steps = walk(passage, cue);
        let chances = self.chances(neighbourhood, &steps, impressions);
        let found = steps.iter().zip(best(&steps, &chances)).map(|(step, role)| (step.word, role));
        Roles::new(std::iter::once((cue, Role::Cue)).chain(found).collect())
    }

    /// For each step the logarithms of the chances of its word's roles, for each role of the word before.
    fn chances(
        &self,
        neighbourhood: &Neighbourhood<'_>,
        steps: &[Step],
        impressions: &mut Impressions<'_>,
    ) -> Vec<Weights> {
        let cue = neighbourhood.cue();
        let mut start = self.network.start();
        add(&mut start, &self.network.show(THE_CUE, impressions.states.of(cue)));
        let sentence = impressions.of_sentence(&self.network, neighbourhood.sentence());
        let chances = |(number, step): (usize, &Step)| {
            let mut hidden = start.clone();
            let before = step.from.map_or(cue, |from| steps[from].word);
            sentence.add(As::Itself, step.word, &mut hidden);
            sentence.add(As::Before, before, &mut hidden);
            let mut sums = Weights::default();
            self.network.add_scores(&hidden, sums.as_flattened_mut());
            neighbourhood.features(steps, number, &mut |feature| self.add_weights(feature.number(), &mut sums));
            sums.map(|scores| {
                let total = log_sum(scores);
                scores.map(|score| score - total)
            })
        };
        steps.iter().enumerate().map(chances).collect()
    }

    /// Adds the weights of a feature.
    fn add_weights(&self, feature: u64, sums: &mut Weights) {
        if let Some(weights) = self.weights.get(&feature) {
            let weights = weights.as_flattened().iter();
            sums.as_flattened_mut()
                .iter_mut()
                .zip(weights)
                .for_each(|(sum, &weight)| *sum += f32::from(weight) / 100.0);
        }
    }
}

/// How words are shown to the network, by the numbers they have in training: each as that whose role is asked for and as
/// the one before it on the walk; and the cue.
const GROUPS: [&[usize]; 2] = [&[0, 2], &[1]];
/// The number of the group of the words around.
const AROUND: usize = 0;
/// The number of the cue's group.
const THE_CUE: usize = 1;

/// As what a word around the cue is shown, in the order of its group.
#[derive(Clone, Copy, Debug)]
enum As {
    /// The word whose role is asked for.
    Itself,
    /// The word before it on the walk.
    Before,
}

/// What the words of an article say to the hidden units: the same beside every cue, so it is worked out once a sentence.
#[derive(Debug)]
pub(super) struct Impressions<'s> {
    states: &'s States,
    /// By the sentence's first word.
    known: HashMap<usize, Impression, FixedState>,
}

/// What the words of a sentence say.
#[derive(Debug)]
struct Impression {
    /// The first word.
    start: usize,
    units: usize,
    /// For each word its part as itself and as the one before.
    says: Vec<f32>,
}

impl<'s> Impressions<'s> {
    /// None yet, of the words of which the parser read `states`.
    pub(super) fn new(states: &'s States) -> Self {
        Self { states, known: HashMap::default() }
    }

    fn of_sentence(&mut self, network: &QuantizedNetwork, words: Range<usize>) -> &Impression {
        self.known.entry(words.start).or_insert_with(|| {
            let says = network.show(AROUND, self.states.of_all(words.clone()));
            Impression { start: words.start, units: network.units(), says }
        })
    }
}

impl Impression {
    /// Adds to the hidden units what a word says.
    fn add(&self, shown: As, word: usize, hidden: &mut [f32]) {
        let place = (2 * (word - self.start) + shown as usize) * self.units;
        add(hidden, self.says.get(place..).unwrap_or_default());
    }
}

/// Adds to each hidden unit what is said to it.
fn add(hidden: &mut [f32], says: &[f32]) {
    hidden.iter_mut().zip(says).for_each(|(unit, says)| *unit += says);
}

/// The logarithm of the sum of what has these logarithms.
pub(super) fn log_sum(scores: [f32; ROLES]) -> f32 {
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
    let total: f32 = scores.iter().map(|score| (score - largest).exp()).sum();
    largest + total.ln()
}

/// The words of the cue's sentence from the cue outwards, marks without dependents left out.
pub(super) fn walk(passage: &Passage<'_>, cue: usize) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut next = None;
    loop {
        let (word, before) = next.map_or((cue, cue), |step: usize| {
            let before = steps[step].from.map_or(cue, |from| steps[from].word);
            (steps[step].word, before)
        });
        let below = passage.children(word).iter().map(|&child| (child, child));
        let around = passage.head(word).map(|head| (head, word)).into_iter().chain(below);
        let new = around.filter(|&(other, _)| other != before && other != cue);
        let spoken = new.filter(|&(other, _)| !passage.is_punctuation(other) || !passage.children(other).is_empty());
        let found: Vec<Step> = spoken.map(|(word, lower)| Step { word, from: next, lower }).collect();
        steps.extend(found);
        let following = next.map_or(0, |step| step + 1);
        if following >= steps.len() {
            return steps;
        }
        next = Some(following);
    }
}

/// The most probable roles of all words together, from the chances of each given the one before.
fn best(steps: &[Step], chances: &[Weights]) -> Vec<Role> {
    let mut choices = vec![[0_usize; ROLES]; steps.len()];
    let mut below = vec![[0.0_f32; ROLES]; steps.len()];
    for (index, step) in steps.iter().enumerate().rev() {
        for (before, chances) in chances[index].iter().enumerate() {
            let sums: Vec<f32> = chances.iter().zip(&below[index]).map(|(chance, below)| chance + below).collect();
            let choice = (1..ROLES).fold(0, |best, role| if sums[role] > sums[best] { role } else { best });
            choices[index][before] = choice;
            if let Some(from) = step.from {
                below[from][before] += sums[choice];
            }
        }
    }
    let mut roles: Vec<Role> = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let before = step.from.map_or(Role::Cue, |from| roles[from]);
        roles.push(Role::ALL[choices[index][before as usize]]);
    }
    roles
}

//! Judges whether a candidate really ascribes something: "see" in "I see why" does, in "see the doctor" does not.
//!
//! A logistic regression over plain features of the cue, its source and its content, and a network over the parser's own
//! reading of the three, trained on the outermost attributions of PolNeAR; the weights of what has a name are a word list
//! like the others. Positions do not pass here: their scheme has other borders.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::attribution::Statement;
use super::certainty::{Certainty, chance};
use super::feature::{Feature, Part, number_of_name};
use super::modality::Moods;
use super::network::{Network, QuantizedNetwork};
use super::passage::Passage;
use super::source::relative_subject;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

/// How cue, source and content are shown to the network: each by itself, for they stand anywhere.
const GROUPS: [&[usize]; 3] = [&[0], &[1], &[2]];

/// The weights of the features.
#[derive(Clone, Debug, Default)]
pub(super) struct Judge {
    weights: HashMap<u64, f64, FixedState>,
    network: QuantizedNetwork,
    /// The least chance with which a candidate counts.
    pub(super) certainty: Certainty,
}

impl Judge {
    /// Reads the weights.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let file = include_str!("../../data/attribution_weights.tsv");
        let mut weights: HashMap<u64, f64, FixedState> = HashMap::default();
        lexicons.each_row("attribution_weights.tsv", file, ["feature", "weight"], |[feature, weight]| {
            weights.insert(number_of_name(feature), weight.parse().map_err(|_| format!("`{weight}` is no number"))?);
            Ok(())
        })?;
        let network = Network::from_bytes(include_bytes!("../../data/attribution_weights.network"));
        let network = network.ok_or_else(|| LexiconError {
            file: "attribution_weights.network".to_owned(),
            line: 0,
            message: "this is no network of demarche".to_owned(),
        })?;
        Ok(Self { weights, network: QuantizedNetwork::new(&network, &GROUPS), certainty: Certainty::default() })
    }

    /// How surely a statement ascribes its content, `network` being what the network says: the logarithm of the odds.
    pub(super) fn score(&self, passage: &Passage<'_>, moods: &Moods, statement: &Statement, network: f64) -> f64 {
        let mut score = network;
        features(passage, moods, statement, &mut |feature| {
            score += self.weights.get(&feature.number()).unwrap_or(&0.0);
        });
        score
    }

    /// What the network says of statements, of which the parser read these words: many cost little more than one.
    pub(super) fn network_scores(&self, read: &[[&[f32]; 3]]) -> Vec<f64> {
        let mut hidden = self.network.start().repeat(read.len());
        for group in 0..GROUPS.len() {
            let rows =
                hidden.chunks_exact_mut(self.network.units()).zip(read).filter(|(_, read)| !read[group].is_empty());
            let (rows, states): (Vec<_>, Vec<_>) = rows.map(|(row, read)| (row, read[group])).unzip();
            let says = self.network.show(group, &states.concat());
            rows.into_iter().flatten().zip(says).for_each(|(unit, says)| *unit += says);
        }
        let score = |hidden: &[f32]| {
            let mut score = [0.0];
            self.network.add_scores(hidden, &mut score);
            f64::from(score[0])
        };
        hidden.chunks_exact(self.network.units()).map(score).collect()
    }

    /// Whether a statement with this score counts.
    pub(super) fn accepts(&self, score: f64) -> bool {
        score > self.certainty.score()
    }

    /// Whether a position with this score counts where care is asked for. A rule has found it too, so half of what is asked
    /// of an attribution is enough: at careful 96 of 100 are stances, and 65 of 100 are found.
    pub(super) fn accepts_position(&self, score: f64) -> bool {
        score > self.certainty.score() / 2.0
    }

    /// What the score of a statement is made of.
    pub(super) fn grounds(&self, passage: &Passage<'_>, moods: &Moods, statement: &Statement, network: f64) -> Grounds {
        let mut grounds = Grounds { network, features: Vec::new() };
        features(passage, moods, statement, &mut |feature| {
            if let Some(&weight) = self.weights.get(&feature.number()) {
                grounds.features.push((feature.name(), weight));
            }
        });
        grounds.features.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        grounds
    }
}

/// What speaks for and against a statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    /// What the network says.
    pub network: f64,
    /// The features with a weight, as in `attribution_weights.tsv`, the strongest first.
    pub features: Vec<(String, f64)>,
}

impl Grounds {
    /// The chance that it ascribes what it seems to, from 0 to 1.
    pub fn chance(&self) -> f64 {
        chance(self.score())
    }

    /// The sum: the logarithm of odds.
    pub fn score(&self) -> f64 {
        self.network + self.features.iter().map(|(_, weight)| weight).sum::<f64>()
    }
}

/// A candidate as features name it.
struct Description<'a> {
    class: Part<'a>,
    lemma: Part<'a>,
    frame: Part<'a>,
    /// The cue's Penn tag and relation.
    tag: Part<'a>,
    relation: Part<'a>,
}

/// Tells the features of a candidate.
pub(super) fn features(
    passage: &Passage<'_>,
    moods: &Moods,
    statement: &Statement,
    tell: &mut impl FnMut(Feature<'_>),
) {
    let cue = &statement.cue;
    let lemma = passage.lemma(cue.head).to_lowercase();
    let description = Description {
        class: cue.class.letter().into(),
        lemma: lemma.as_str().into(),
        frame: cue.complement.frame.as_str().into(),
        tag: passage.xpos(cue.head).as_str().into(),
        relation: passage.relation(cue.head).as_str().into(),
    };
    features_of_cue(passage, statement, &description, tell);
    features_of_kinds(passage, statement, &description, tell);
    features_of_source(passage, statement, &description, tell);
    features_of_surroundings(passage, moods, statement, &description, tell);
}

/// What the cue is and how it takes its content.
fn features_of_cue(
    passage: &Passage<'_>,
    statement: &Statement,
    description: &Description<'_>,
    tell: &mut impl FnMut(Feature<'_>),
) {
    let Description { class, lemma, frame, tag, relation } = *description;
    let cue = &statement.cue;
    let root = cue.complement.root;
    let subject = subject_kind(passage, statement);
    let subject = Part::from(subject.as_str());
    let relation_read = cue.entry.relation.map_or("none", |relation| relation.as_str());
    let listed = if cue.entry.is_listed() { relation_read } else { "unlisted" }.into();
    let quoted = quoted_share(passage, &statement.content).into();
    tell(Feature("bias", &[]));
    tell(Feature("lf", &[class, lemma, frame]));
    tell(Feature("l", &[class, lemma]));
    tell(Feature("f", &[class, frame]));
    tell(Feature("r", &[listed]));
    tell(Feature("rf", &[listed, frame]));
    tell(Feature("s", &[subject]));
    tell(Feature("fs", &[class, frame, subject]));
    tell(Feature("ls", &[lemma, subject]));
    tell(Feature("x", &[tag]));
    tell(Feature("d", &[class, relation]));
    tell(Feature("o", &[frame, passage.upos(root).as_str().into()]));
    tell(Feature("ol", &[frame, passage.lemma(root).into()]));
    tell(Feature("q", &[class, quoted]));
    tell(Feature("ql", &[lemma, quoted]));
    tell(Feature("gl", &[relation, lemma, frame]));
    tell(Feature("tf", &[tag, relation, frame, subject]));
}

/// What the words stand for, and how much is said.
fn features_of_kinds(
    passage: &Passage<'_>,
    statement: &Statement,
    description: &Description<'_>,
    tell: &mut impl FnMut(Feature<'_>),
) {
    let Description { class, lemma, frame, tag, .. } = *description;
    let root = statement.cue.complement.root;
    let kind = |word: Option<usize>| word.and_then(|word| passage.entity(word)).map_or("-", |kind| kind.as_str());
    let (source_kind, root_kind) = (kind(statement.source).into(), kind(Some(root)).into());
    let size = match statement.content.len() {
        0..=1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        8..=15 => "8",
        _ => "16",
    };
    let sentence = if passage.sentence_of(statement.cue.head) == 0 { "first" } else { "later" };
    tell(Feature("e", &[class, frame, source_kind]));
    tell(Feature("el", &[lemma, source_kind]));
    tell(Feature("oe", &[frame, root_kind]));
    tell(Feature("ole", &[lemma, root_kind]));
    tell(Feature("ou", &[lemma, frame, passage.upos(root).as_str().into()]));
    tell(Feature("t", &[tag, lemma]));
    tell(Feature("z", &[class, frame, size.into()]));
    tell(Feature("h", &[class, sentence.into()]));
}

/// The noun that is the source.
fn features_of_source(
    passage: &Passage<'_>,
    statement: &Statement,
    description: &Description<'_>,
    tell: &mut impl FnMut(Feature<'_>),
) {
    let Some(source) = statement.source else { return };
    let Description { class, lemma, .. } = *description;
    let noun = passage.lemma(source).to_lowercase();
    let noun = Part::from(noun.as_str());
    let determiner = passage.child_by(source, Relation::Det).map_or("-", |word| passage.lower(word));
    let side = if source < statement.cue.head { "before" } else { "after" };
    tell(Feature("sn", &[class, determiner.into()]));
    tell(Feature("sll", &[lemma, noun]));
    tell(Feature("sl", &[class, noun]));
    tell(Feature("so", &[side.into()]));
}

/// What stands around the cue: its governor, auxiliaries and negation.
fn features_of_surroundings(
    passage: &Passage<'_>,
    moods: &Moods,
    statement: &Statement,
    description: &Description<'_>,
    tell: &mut impl FnMut(Feature<'_>),
) {
    let head = statement.cue.head;
    let lemma = Part::from(passage.lemma(head));
    if let Some(governor) = passage.head(head) {
        tell(Feature("g", &[description.relation, passage.lemma(governor).into()]));
    }
    for auxiliary in passage.children_by(head, Relation::Aux) {
        let auxiliary = passage.lower(auxiliary).into();
        tell(Feature("a", &[auxiliary]));
        tell(Feature("al", &[auxiliary, lemma]));
    }
    if moods.is_negated(passage, head) {
        tell(Feature("n", &[description.class]));
        tell(Feature("nl", &[lemma]));
    }
}

/// What kind of word the source is; a pronoun by its lemma.
fn subject_kind(passage: &Passage<'_>, statement: &Statement) -> String {
    if relative_subject(passage, statement.cue.head).is_some() {
        return "relative".to_owned();
    }
    let Some(source) = statement.source else { return "none".to_owned() };
    match passage.upos(source) {
        Upos::Pron => passage.lemma(source).to_lowercase(),
        Upos::Propn => "name".to_owned(),
        _ => "noun".to_owned(),
    }
}

fn quoted_share(passage: &Passage<'_>, content: &[usize]) -> &'static str {
    let quoted = content.iter().filter(|&&word| passage.quotation_of(word).is_some()).count();
    match quoted {
        0 => "none",
        all if all == content.len() => "all",
        _ => "some",
    }
}

//! Judges whether a candidate really ascribes something: "see" in "I see why" does, in "see the doctor" does not.
//!
//! A logistic regression over plain features of the cue, its source and its content, and a network over the parser's own
//! reading of the three, trained on the outermost attributions of PolNeAR; the weights of what has a name are a word list
//! like the others. Positions do not pass here: their scheme has other borders.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::attribution::Statement;
use super::certainty::{Certainty, chance};
use super::modality::Moods;
use super::network::Network;
use super::passage::Passage;
use super::role_features::hash;
use super::source::relative_subject;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

/// The weights of the features.
#[derive(Clone, Debug, Default)]
pub(super) struct Judge {
    weights: HashMap<u64, f64, FixedState>,
    network: Network,
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
            weights.insert(hash(&[feature]), weight.parse().map_err(|_| format!("`{weight}` is no number"))?);
            Ok(())
        })?;
        let network = Network::from_bytes(include_bytes!("../../data/attribution_weights.network"));
        let network = network.ok_or_else(|| LexiconError {
            file: "attribution_weights.network".to_owned(),
            line: 0,
            message: "this is no network of demarche".to_owned(),
        })?;
        Ok(Self { weights, network, certainty: Certainty::default() })
    }

    /// How surely a statement ascribes its content, `read` being what the parser read of its words: the logarithm of the
    /// odds.
    pub(super) fn score(&self, passage: &Passage<'_>, moods: &Moods, statement: &Statement, read: &[&[f32]]) -> f64 {
        let mut more = [0.0];
        self.network.add_scores(&self.network.hidden(read), &mut more);
        let mut score = f64::from(more[0]);
        features(passage, moods, statement, &mut |parts| score += self.weights.get(&hash(parts)).unwrap_or(&0.0));
        score
    }

    /// Whether a statement with this score counts.
    pub(super) fn accepts(&self, score: f64) -> bool {
        score > self.certainty.score()
    }

    /// Whether a position with this score counts where care is asked for. A rule has found it too, so half of what is asked
    /// of an attribution is enough: at careful 95 of 100 are stances, and 64 of 100 are found.
    pub(super) fn accepts_position(&self, score: f64) -> bool {
        score > self.certainty.score() / 2.0
    }

    /// Whether more is wanted of a position too than that a rule found it.
    pub(super) fn is_careful(&self) -> bool {
        self.certainty > Certainty::BALANCED
    }

    /// What the score of a statement is made of.
    pub(super) fn grounds(
        &self,
        passage: &Passage<'_>,
        moods: &Moods,
        statement: &Statement,
        read: &[&[f32]],
    ) -> Grounds {
        let mut network = [0.0];
        self.network.add_scores(&self.network.hidden(read), &mut network);
        let mut grounds = Grounds { network: f64::from(network[0]), features: Vec::new() };
        features(passage, moods, statement, &mut |parts| {
            if let Some(&weight) = self.weights.get(&hash(parts)) {
                grounds.features.push((parts.join(" "), weight));
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

/// Tells the features of a candidate, each in parts; their names are those of the list of weights.
pub(super) fn features(passage: &Passage<'_>, moods: &Moods, statement: &Statement, tell: &mut impl FnMut(&[&str])) {
    let cue = &statement.cue;
    let class = cue.class.letter();
    let lemma = &passage.lemma(cue.head).to_lowercase();
    let frame = cue.complement.frame.as_str();
    let root = cue.complement.root;
    let subject = &subject_kind(passage, statement);
    let relation = passage.relation(cue.head).as_str();
    let relation_read = cue.entry.relation.map_or("none", |relation| relation.as_str());
    let listed = if cue.entry.is_listed() { relation_read } else { "unlisted" };
    let quoted = quoted_share(passage, &statement.content);
    tell(&["bias"]);
    tell(&["lf", class, lemma, frame]);
    tell(&["l", class, lemma]);
    tell(&["f", class, frame]);
    tell(&["r", listed]);
    tell(&["rf", listed, frame]);
    tell(&["s", subject]);
    tell(&["fs", class, frame, subject]);
    tell(&["ls", lemma, subject]);
    tell(&["x", passage.xpos(cue.head).as_str()]);
    tell(&["d", class, relation]);
    tell(&["o", frame, passage.upos(root).as_str()]);
    tell(&["ol", frame, passage.lemma(root)]);
    tell(&["q", class, quoted]);
    tell(&["ql", lemma, quoted]);
    tell(&["gl", relation, lemma, frame]);
    tell(&["tf", passage.xpos(cue.head).as_str(), relation, frame, subject]);
    features_of_kinds(passage, statement, lemma, tell);
    features_of_source(passage, statement, lemma, tell);
    features_of_surroundings(passage, moods, statement, tell);
}

/// What the words stand for, and how much is said.
fn features_of_kinds(passage: &Passage<'_>, statement: &Statement, lemma: &str, tell: &mut impl FnMut(&[&str])) {
    let cue = &statement.cue;
    let (class, frame, root) = (cue.class.letter(), cue.complement.frame.as_str(), cue.complement.root);
    let kind = |word: Option<usize>| word.and_then(|word| passage.entity(word)).map_or("-", |kind| kind.as_str());
    let (source_kind, root_kind) = (kind(statement.source), kind(Some(root)));
    let size = match statement.content.len() {
        0..=1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        8..=15 => "8",
        _ => "16",
    };
    tell(&["e", class, frame, source_kind]);
    tell(&["el", lemma, source_kind]);
    tell(&["oe", frame, root_kind]);
    tell(&["ole", lemma, root_kind]);
    tell(&["ou", lemma, frame, passage.upos(root).as_str()]);
    tell(&["t", passage.xpos(cue.head).as_str(), lemma]);
    tell(&["z", class, frame, size]);
    tell(&["h", class, if passage.sentence_of(cue.head) == 0 { "first" } else { "later" }]);
}

/// The noun that is the source.
fn features_of_source(passage: &Passage<'_>, statement: &Statement, lemma: &str, tell: &mut impl FnMut(&[&str])) {
    let Some(source) = statement.source else { return };
    let cue = &statement.cue;
    let class = cue.class.letter();
    let noun = &passage.lemma(source).to_lowercase();
    let determiner = passage.child_by(source, Relation::Det).map_or("-", |word| passage.lower(word));
    tell(&["sn", class, determiner]);
    tell(&["sll", lemma, noun]);
    tell(&["sl", class, noun]);
    tell(&["so", if source < cue.head { "before" } else { "after" }]);
}

/// What stands around the cue: its governor, auxiliaries and negation.
fn features_of_surroundings(
    passage: &Passage<'_>,
    moods: &Moods,
    statement: &Statement,
    tell: &mut impl FnMut(&[&str]),
) {
    let head = statement.cue.head;
    if let Some(governor) = passage.head(head) {
        tell(&["g", passage.relation(head).as_str(), passage.lemma(governor)]);
    }
    for auxiliary in passage.children_by(head, Relation::Aux) {
        tell(&["a", passage.lower(auxiliary)]);
        tell(&["al", passage.lower(auxiliary), passage.lemma(head)]);
    }
    if moods.is_negated(passage, head) {
        tell(&["n", statement.cue.class.letter()]);
        tell(&["nl", passage.lemma(head)]);
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

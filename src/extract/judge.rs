//! Judges whether a candidate really ascribes something: "see" in "I see why" does, in "see the doctor" does not.
//!
//! A logistic regression over plain features of the cue, its source and its content, and a network over the parser's own
//! reading of the three, trained on the outermost attributions of PolNeAR; the weights of what has a name are a word list
//! like the others. Positions do not pass here: their scheme has other borders.

use indexmap::IndexMap;
use serde::Deserialize;

use super::attribution::Statement;
use super::modality::Moods;
use super::network::Network;
use super::passage::Passage;
use super::source::relative_subject;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

/// The sum of weights from which a candidate counts. On PolNeAR's dev articles attribution.full is 69.5 at -0.3, 70.2 at 0
/// and 69.7 at 0.3, detection 83.1, 83.1 and 82.4.
const THRESHOLD: f64 = 0.0;

#[derive(Deserialize)]
struct Row {
    feature: String,
    weight: f64,
}

/// The weights of the features.
#[derive(Clone, Debug, Default)]
pub(super) struct Judge {
    weights: IndexMap<String, f64>,
    network: Network,
}

impl Judge {
    /// Reads the weights.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let file = include_str!("../../data/attribution_weights.tsv");
        let rows: Vec<Row> = lexicons.rows("attribution_weights.tsv", file)?;
        let network = Network::from_bytes(include_bytes!("../../data/attribution_weights.network"));
        let network = network.ok_or_else(|| LexiconError {
            file: "attribution_weights.network".to_owned(),
            line: 0,
            message: "this is no network of demarche".to_owned(),
        })?;
        Ok(Self { weights: rows.into_iter().map(|row| (row.feature, row.weight)).collect(), network })
    }

    /// How surely a candidate with these features ascribes its content, `states` being what the parser read of its words;
    /// `None` when it does not.
    pub(super) fn score(&self, features: &[String], states: &[&[f32]]) -> Option<f64> {
        let known: f64 = features.iter().filter_map(|feature| self.weights.get(feature)).sum();
        let mut more = [0.0];
        self.network.add_scores(&self.network.hidden(states), &mut more);
        let score = known + f64::from(more[0]);
        (score > THRESHOLD).then_some(score)
    }
}

/// The features of a candidate; the names are those of the list of weights.
pub(super) fn features(passage: &Passage<'_>, moods: &Moods, statement: &Statement) -> Vec<String> {
    let cue = &statement.cue;
    let class = cue.class.letter();
    let lemma = passage.lemma(cue.head).to_lowercase();
    let frame = &cue.complement.frame;
    let root = cue.complement.root;
    let subject = subject_kind(passage, statement);
    let relation = passage.relation(cue.head).as_str();
    let relation_read = cue.entry.relation.map_or("none", |relation| relation.as_str());
    let listed = if cue.entry.is_listed() { relation_read } else { "unlisted" };
    let mut features = vec![
        "bias".to_owned(),
        format!("lf={class} {lemma} {frame}"),
        format!("l={class} {lemma}"),
        format!("f={class} {frame}"),
        format!("r={listed}"),
        format!("rf={listed} {frame}"),
        format!("s={subject}"),
        format!("fs={class} {frame} {subject}"),
        format!("ls={lemma} {subject}"),
        format!("x={:?}", passage.xpos(cue.head)),
        format!("d={class} {relation}"),
        format!("o={frame} {:?}", passage.upos(root)),
        format!("ol={} {}", frame, passage.lemma(root)),
        format!("q={class} {}", quoted_share(passage, &statement.content)),
    ];
    features.extend(kinds(passage, statement, &lemma));
    features.extend(surroundings(passage, moods, statement, class));
    features
}

/// What the words stand for, and the cue's form with its complement.
fn kinds(passage: &Passage<'_>, statement: &Statement, lemma: &str) -> Vec<String> {
    let cue = &statement.cue;
    let (class, frame, root) = (cue.class.letter(), &cue.complement.frame, cue.complement.root);
    let kind = |word: Option<usize>| word.and_then(|word| passage.entity(word)).map_or("-", |kind| kind.as_str());
    let (source_kind, root_kind) = (kind(statement.source), kind(Some(root)));
    let (xpos, relation) = (passage.xpos(cue.head).as_str(), passage.relation(cue.head).as_str());
    let size = match statement.content.len() {
        0..=1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        8..=15 => "8",
        _ => "16",
    };
    let sentence = if passage.sentence_of(cue.head) == 0 { "first" } else { "later" };
    let mut features = vec![
        format!("e={class} {frame} {source_kind}"),
        format!("el={lemma} {source_kind}"),
        format!("oe={frame} {root_kind}"),
        format!("ole={lemma} {root_kind}"),
        format!("ou={lemma} {frame} {}", passage.upos(root).as_str()),
        format!("t={xpos} {lemma}"),
        format!("tf={xpos} {relation} {frame} {}", subject_kind(passage, statement)),
        format!("gl={relation} {lemma} {frame}"),
        format!("z={class} {frame} {size}"),
        format!("h={class} {sentence}"),
        format!("ql={lemma} {}", quoted_share(passage, &statement.content)),
    ];
    if let Some(source) = statement.source {
        let determiner = passage.child_by(source, Relation::Det).map_or("-", |word| passage.lower(word));
        features.push(format!("sn={class} {determiner}"));
        features.push(format!("sll={lemma} {}", passage.lemma(source).to_lowercase()));
    }
    features
}

/// What stands around the cue: its governor, auxiliaries, negation and the noun that is its source.
fn surroundings(passage: &Passage<'_>, moods: &Moods, statement: &Statement, class: &str) -> Vec<String> {
    let head = statement.cue.head;
    let mut features = Vec::new();
    if let Some(governor) = passage.head(head) {
        features.push(format!("g={} {}", passage.relation(head).as_str(), passage.lemma(governor)));
    }
    for auxiliary in passage.children_by(head, Relation::Aux) {
        features.push(format!("a={}", passage.lower(auxiliary)));
        features.push(format!("al={} {}", passage.lower(auxiliary), passage.lemma(head)));
    }
    if moods.is_negated(passage, head) {
        features.push(format!("n={class}"));
        features.push(format!("nl={}", passage.lemma(head)));
    }
    if let Some(source) = statement.source {
        features.push(format!("sl={} {}", class, passage.lemma(source).to_lowercase()));
        features.push(format!("so={}", if source < head { "before" } else { "after" }));
    }
    features
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

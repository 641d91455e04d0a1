//! Judges whether a candidate really ascribes something: "see" in "I see why" does, in "see the doctor" does not.
//!
//! A logistic regression over plain features of the cue, its source and its content, trained on the outermost attributions
//! of PolNeAR; its weights are a word list like the others. Positions do not pass here: their scheme has other borders.

use indexmap::IndexMap;
use serde::Deserialize;

use super::attribution::Statement;
use super::cue::CueClass;
use super::modality::Moods;
use super::passage::Passage;
use super::source::relative_subject;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

/// The sum of weights from which a candidate counts. On PolNeAR's dev articles attribution.full is 59.7 at -0.2, 60.7 at 0.2
/// and 61.2 at 0.6, detection 80.2, 80.6 and 79.6.
const THRESHOLD: f64 = 0.2;

#[derive(Deserialize)]
struct Row {
    feature: String,
    weight: f64,
}

/// The weights of the features.
#[derive(Clone, Debug, Default)]
pub(super) struct Judge {
    weights: IndexMap<String, f64>,
}

impl Judge {
    /// Reads the weights.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let file = include_str!("../../data/attribution_weights.tsv");
        let rows: Vec<Row> = lexicons.rows("attribution_weights.tsv", file)?;
        Ok(Self { weights: rows.into_iter().map(|row| (row.feature, row.weight)).collect() })
    }

    /// Whether a candidate with these features ascribes its content.
    pub(super) fn accepts(&self, features: &[String]) -> bool {
        features.iter().filter_map(|feature| self.weights.get(feature)).sum::<f64>() > THRESHOLD
    }
}

/// The features of a candidate; the names are those of the list of weights.
pub(super) fn features(passage: &Passage<'_>, moods: &Moods, statement: &Statement) -> Vec<String> {
    let cue = &statement.cue;
    let class = match cue.class {
        CueClass::Verb => "v",
        CueClass::Noun => "n",
        CueClass::Adjective => "a",
        CueClass::Light => "l",
    };
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
    features.extend(surroundings(passage, moods, statement, class));
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

//! Why extraction decided as it did: for each candidate what was read, what it became, and if nothing, why not.
//!
//! Everything here is told after the decision, of values that the decision used; nothing is decided here. What a reader
//! sees of it is `render::reasons`'s business.

use super::attribution::Statement;
use super::cue::CueClass;
use super::judge::Grounds;
use super::modality::Reading;
use super::outermost::read;
use super::scene::Scene;
use super::{Attribution, EntityKind, MentionKind, RelationKind};
use crate::text::Span;

/// What became of a statement: the number of the position or attribution, or why it is none.
pub type Fate = Result<usize, Refusal>;

/// Why a statement became no position, or no attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The list calls the cue too weak: "agonize about".
    Weak,
    /// It only says who is meant: "militants who renounce violence".
    Restrictive,
    /// Nobody is named who holds it: "is expected to".
    NoHolder,
    /// The cue expresses no position: "knows", or any word that the list does not have.
    NoStance,
    /// A thing, or somebody unknown, cannot hold such a stance.
    NoActor,
    /// It is one act with the statement around it or inside: "said" in "said it rejects".
    Merged,
    /// It stands in a condition: "if they agree".
    Conditioned,
    /// The cue stands in a quotation, or is made by a rule of positions alone.
    Quoted,
    /// The judge thinks it unlikely.
    Unlikely,
    /// It stands in the content of another attribution.
    Nested,
    /// Another statement with the same cue is likelier: "made" beside "promise".
    Twin,
    /// It is not known who holds it: "it", "the number"; this counts where care is asked for.
    Unknown,
}

/// How a word reads that changes a stance: "will", "may", "not".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The word.
    pub word: Span,
    /// "possible", "future", "obligation", "advice", "hearsay" or "negation".
    pub reading: &'static str,
    /// The word it belongs to.
    pub of: Span,
}

/// How it was found who is behind a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The mention.
    pub mention: Span,
    /// How it refers.
    pub kind: MentionKind,
    /// The name of the entity.
    pub canonical: String,
    /// What the entity is.
    pub entity: EntityKind,
    /// The mention it was joined with.
    pub through: Option<Span>,
}

/// Why one candidate became what it became.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The main word of the cue.
    pub cue: Span,
    /// Its dictionary form.
    pub lemma: String,
    /// "verb", "noun", "adjective", or "other" for "according to", colons and words like "must".
    pub class: &'static str,
    /// How it takes its content: "that", "object+infinitive".
    pub frame: String,
    /// Whether the list of cues has it so.
    pub listed: bool,
    /// The relation that the list gives it.
    pub relation: Option<RelationKind>,
    /// What else the list says: "neutral", "warning".
    pub traits: Vec<String>,
    /// What it ascribes, by the rules.
    pub content: Vec<Span>,
    /// Who the source is; `None` without a source, or where coreference does not know it.
    pub source: Option<Resolution>,
    /// Modal and negative words of the cue and of what is said.
    pub signals: Vec<Signal>,
    /// What the judge of attributions weighs; empty for a statement that it does not see.
    pub grounds: Grounds,
    /// Its number among the positions.
    pub position: Fate,
    /// Its number among the attributions.
    pub attribution: Fate,
}

/// The explanations of stances whose fates as positions are known, in the same order.
pub(super) fn explanations(
    scene: &Scene<'_>,
    stances: &[Statement],
    fates: &[Fate],
    found: &[(usize, Attribution)],
) -> Vec<Explanation> {
    let read: Vec<[&[f32]; 3]> = stances.iter().map(|stance| read(stance, scene.states)).collect();
    let network = scene.lists.judge.network_scores(&read);
    let explain = |((stance, &position), network)| explain(scene, stance, position, network, found);
    stances.iter().zip(fates).zip(network).map(explain).collect()
}

fn explain(
    scene: &Scene<'_>,
    stance: &Statement,
    position: Fate,
    network: f64,
    found: &[(usize, Attribution)],
) -> Explanation {
    let (passage, cue) = (scene.passage, &stance.cue);
    let grounds = scene.lists.judge.grounds(passage, &scene.lists.moods, stance, network);
    Explanation {
        cue: passage.span(cue.head),
        lemma: passage.lemma(cue.head).to_owned(),
        class: class(cue.class),
        frame: cue.complement.frame.clone(),
        listed: cue.entry.is_listed(),
        relation: cue.entry.relation,
        traits: cue.entry.traits().to_vec(),
        content: passage.spans(&stance.content),
        source: stance.source.and_then(|source| resolution(scene, source)),
        signals: signals(scene, stance),
        attribution: attribution(scene, stance, &grounds, found),
        position,
        grounds,
    }
}

fn class(class: CueClass) -> &'static str {
    match class {
        CueClass::Verb => "verb",
        CueClass::Noun => "noun",
        CueClass::Adjective => "adjective",
        CueClass::Light => "other",
    }
}

fn resolution(scene: &Scene<'_>, source: usize) -> Option<Resolution> {
    let mention = scene.mention(source)?;
    let entity = scene.discourse.entity_of(mention);
    Some(Resolution {
        mention: mention.span,
        kind: mention.kind,
        canonical: entity.canonical.clone(),
        entity: entity.kind,
        through: mention.through,
    })
}

/// The modal and negative words of the cue and of the head of its content.
fn signals(scene: &Scene<'_>, stance: &Statement) -> Vec<Signal> {
    let (passage, moods) = (scene.passage, &scene.lists.moods);
    let mut words = vec![stance.cue.head, stance.cue.complement.root];
    words.dedup();
    let mut found: Vec<Signal> = Vec::new();
    for of in words {
        let read = moods.modal_words(passage, of).map(|(word, reading)| (word, name(reading)));
        let negated = moods.negations(passage, of).map(|word| (word, "negation"));
        let signal = |(word, reading)| Signal { word: passage.span(word), reading, of: passage.span(of) };
        found.extend(read.chain(negated).map(signal));
    }
    found.sort_by_key(|signal| signal.word);
    found
}

fn name(reading: Reading) -> &'static str {
    match reading {
        Reading::Possible => "possible",
        Reading::Future => "future",
        Reading::Obligation => "obligation",
        Reading::Advice => "advice",
        Reading::Hearsay => "hearsay",
    }
}

/// What became of a statement in the flat view.
fn attribution(scene: &Scene<'_>, stance: &Statement, grounds: &Grounds, found: &[(usize, Attribution)]) -> Fate {
    if let Some(number) = found.iter().position(|&(head, _)| head == stance.cue.head) {
        return Ok(number);
    }
    let cue = scene.passage.span(stance.cue.head);
    let nested = found.iter().any(|(_, other)| other.content.iter().any(|span| span.contains(cue)));
    Err(if scene.passage.quotation_of(stance.cue.head).is_some() {
        Refusal::Quoted
    } else if !scene.lists.judge.accepts(grounds.score()) {
        Refusal::Unlikely
    } else if nested {
        Refusal::Nested
    } else {
        Refusal::Twin
    })
}

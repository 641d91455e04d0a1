//! Stances: which relation a statement comes to, from its cue and what it says.
//!
//! A cue that only reports leaves the relation to its content: who says "we will not sign" rejects, who says "they must
//! leave" demands. The rules are those of illocution in political event coding.
//!
//! > Orsa said it would blockade the port: threatens · Orsa said Velia must withdraw: demands

use super::RelationKind;
use super::attribution::Statement;
use super::modality::Reading;
use super::scene::{Holder, Scene};
use crate::syntax::{Relation, Upos};

/// The rule for a report that somebody declined to make; its polarity is negated.
pub(super) const NOT_SAID: &str = "declined-to-say";

/// The relation of a statement, and the name of the rule that found it; `None` when its cue expresses no position.
pub(super) fn stance(
    scene: &Scene<'_>,
    statement: &Statement,
    holder: &Holder,
) -> Option<(RelationKind, &'static str)> {
    let entry = &statement.cue.entry;
    let relation = entry.relation?;
    let root = statement.cue.complement.root;
    let found = if entry.has("neutral") {
        illocution(scene, statement, holder)
    } else if entry.has("warning") {
        own_future(scene, root, holder).then_some((RelationKind::Threatens, "warned-own-act"))
    } else if entry.has("vow") {
        let harm = scene.lists.harm.is_harm(scene.passage, root) && !scene.lists.moods.is_negated(scene.passage, root);
        harm.then_some((RelationKind::Threatens, "vowed-harm"))
    } else if entry.has("refusal") {
        silence(scene, root)
    } else if entry.has("performative") {
        Some((relation, "quoted-must"))
    } else if entry.has("announcement") || entry.has("deal") {
        agreement(scene, root)
    } else {
        None
    };
    let deal_without_deal = entry.has("deal") && found.is_none();
    let resolved = found.unwrap_or_else(|| lexicalised_refusal(scene, statement, relation));
    (!deal_without_deal).then_some(resolved)
}

/// What a bare report comes to.
fn illocution(scene: &Scene<'_>, statement: &Statement, holder: &Holder) -> Option<(RelationKind, &'static str)> {
    let root = statement.cue.complement.root;
    let moods = &scene.lists.moods;
    let subject = scene.passage.child_by(root, Relation::Nsubj);
    let own = subject.is_some_and(|subject| scene.is_own(subject, holder));
    if let Some(verdict) = scene.lists.cues.entry_in(scene.passage, root, "subject") {
        return verdict.relation.map(|relation| (relation, "verdict"));
    }
    let future = moods.reads(scene.passage, root, Reading::Future);
    if own && statement.cue.entry.has("signal") && (future || moods.reads(scene.passage, root, Reading::Possible)) {
        return Some((RelationKind::Promises, "signalled"));
    }
    if own && future {
        return Some(own_act(scene, root));
    }
    let obliged = moods.reads(scene.passage, root, Reading::Obligation);
    if obliged && (!own || statement.cue.entry.has("insist")) {
        return Some((RelationKind::Demands, "said-must"));
    }
    if !own && moods.reads(scene.passage, root, Reading::Advice) {
        return Some((RelationKind::Proposes, "said-should"));
    }
    None
}

/// What announcing one's own act comes to.
fn own_act(scene: &Scene<'_>, root: usize) -> (RelationKind, &'static str) {
    if scene.lists.moods.is_negated(scene.passage, root) {
        (RelationKind::Rejects, "said-will-not")
    } else if scene.lists.harm.is_harm(scene.passage, root) {
        (RelationKind::Threatens, "said-will-harm")
    } else {
        (RelationKind::Plans, "said-will")
    }
}

fn own_future(scene: &Scene<'_>, root: usize, holder: &Holder) -> bool {
    let subject = scene.passage.child_by(root, Relation::Nsubj);
    subject.is_some_and(|subject| scene.is_own(subject, holder))
        && scene.lists.moods.reads(scene.passage, root, Reading::Future)
}

/// "declined to comment": a report that was not made.
fn silence(scene: &Scene<'_>, root: usize) -> Option<(RelationKind, &'static str)> {
    let speech = scene.lists.cues.entry_in(scene.passage, root, "quote")?;
    speech.has("neutral").then_some((RelationKind::Says, NOT_SAID))
}

/// "announced a deal", "reached an agreement"
fn agreement(scene: &Scene<'_>, root: usize) -> Option<(RelationKind, &'static str)> {
    let entry = scene.lists.cues.entry_in(scene.passage, root, "on")?;
    let agrees = scene.passage.upos(root) == Upos::Noun && entry.relation == Some(RelationKind::Agrees);
    agrees.then_some((RelationKind::Agrees, "agreement-noun"))
}

/// "will not accept", "is not satisfied with": a negated approval that amounts to a refusal.
fn lexicalised_refusal(
    scene: &Scene<'_>,
    statement: &Statement,
    relation: RelationKind,
) -> (RelationKind, &'static str) {
    let head = statement.cue.head;
    let approval = matches!(relation, RelationKind::Supports | RelationKind::Agrees);
    let refused = approval
        && scene.lists.moods.is_negated(scene.passage, head)
        && (scene.lists.moods.reads(scene.passage, head, Reading::Future) || scene.passage.upos(head) == Upos::Adj);
    if refused { (RelationKind::Rejects, "negated-approval") } else { (relation, "lexicon") }
}

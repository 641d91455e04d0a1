//! Demands inside quotations: a quoted sentence with "must" is a demand of its own, beside the statement it is part of.
//!
//! > "The talks failed. [They must leave the port]content," Holt said.

use super::RelationKind;
use super::attribution::Statement;
use super::complement::Complement;
use super::content::is_clausal;
use super::cue::{Cue, CueClass, Entry};
use super::modality::Reading;
use super::scene::Scene;
use crate::syntax::Relation;

/// The demands in the quoted contents of statements, each with the source of its statement.
pub(super) fn exhortations(scene: &Scene<'_>, statements: &[Statement]) -> Vec<Statement> {
    let passage = scene.passage;
    let outside = |statement: &&Statement| {
        passage.quotation_of(statement.cue.head).is_none()
            && statement.source.is_some()
            && is_clausal(&statement.cue.complement)
            && statement.cue.entry.has("neutral")
    };
    let mut found: Vec<Statement> = Vec::new();
    for statement in statements.iter().filter(outside) {
        for &verb in statement.content.iter().filter(|&&word| passage.quotation_of(word).is_some()) {
            found.extend(exhortation(scene, statement, verb));
        }
    }
    found.sort_by_key(|statement| statement.cue.head);
    found.dedup_by_key(|statement| statement.cue.head);
    found
}

/// The demand headed by a verb, unless it is the statement itself, or depends on another clause.
fn exhortation(scene: &Scene<'_>, statement: &Statement, verb: usize) -> Option<Statement> {
    let passage = scene.passage;
    let must = passage
        .children_by(verb, Relation::Aux)
        .find(|&auxiliary| scene.lists.moods.has_reading(passage.lower(auxiliary), Reading::Obligation))?;
    let subject = passage.child_by(verb, Relation::Nsubj)?;
    let whole = verb == statement.cue.complement.root && !scene.is_first_person(subject);
    let main =
        matches!(passage.relation(verb), Relation::Root | Relation::Parataxis | Relation::Conj | Relation::Ccomp);
    if whole || !main {
        return None;
    }
    let mut content = passage.subtree(verb);
    content.retain(|&word| statement.holds(word));
    let complement = Complement { frame: "exhortation".to_owned(), root: verb, object: None };
    let entry = Entry::performative(RelationKind::Demands);
    let cue = Cue { head: must, class: CueClass::Light, complement, entry };
    Some(Statement { cue, source: statement.source, content })
}

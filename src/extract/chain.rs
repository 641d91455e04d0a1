//! Chains: through whom we know of a stance, from the outermost reporter inwards.
//!
//! > [CNN]1 reported, citing [officials]2, that Orsa rejects the plan · [the agency]1 quotes [Holt]2 as saying Orsa ...

use super::attribution::Statement;
use super::complement::{Complement, is_passive};
use super::content::follows_comma;
use super::cue::{Cue, CueClass};
use super::modality::Reading;
use super::scene::Scene;
use super::source::{predicated, source, subject};
use crate::syntax::{Relation, Upos};

/// Chain entry for "reportedly" and other hearsay without a reporter.
const UNSPECIFIED: &str = "(unspecified)";

/// The reporters through whom a stance is known, outermost first; the holder is none of them. `line` has its statement and
/// those around it, the innermost first, each with its holder's name.
pub(super) fn chain(scene: &Scene<'_>, line: &[(&Statement, &str)]) -> Vec<String> {
    let Some(&(stance, holder)) = line.first() else { return Vec::new() };
    let mut chain: Vec<String> = Vec::new();
    for (number, &(statement, name)) in line.iter().enumerate() {
        if number > 0 {
            chain.extend(relayed(scene, statement));
            chain.push(name.to_owned());
        }
        chain.extend(teller(scene, statement));
    }
    chain.retain(|name| name != holder);
    chain.reverse();
    chain.dedup();
    let heard = scene.lists.moods.reads(scene.passage, stance.cue.head, Reading::Hearsay);
    if heard && chain.is_empty() {
        chain.push(UNSPECIFIED.to_owned());
    }
    chain
}

/// Who tells of a stance in the same breath: "[the agency] quotes Holt as saying", "[Holt] repeated Orsa's refusal",
/// "officials interviewed by [the agency] say".
fn teller(scene: &Scene<'_>, statement: &Statement) -> Option<String> {
    let (passage, cues, cue) = (scene.passage, &scene.lists.cues, &statement.cue);
    let relays = |word| cues.entry_in(passage, word, "object").is_some_and(|entry| entry.has("relays"));
    let asked = || {
        let told = |&word: &usize| passage.relation(word) == Relation::Acl && relays(word) && is_passive(passage, word);
        subject(passage, passage.subtree(statement.source?).into_iter().find(told)?)
    };
    let verb = passage.head(cue.head).filter(|&head| passage.upos(head) == Upos::Verb);
    let quotes = || {
        let verb = verb.filter(|&verb| relays(verb) && predicated(passage, cue.head).is_some())?;
        subject(passage, verb)
    };
    let voices = || {
        let verb = verb?;
        let entry = cues.entry_in(passage, verb, "that").filter(|entry| entry.has("neutral"))?;
        let object = cue.class == CueClass::Noun && passage.relation(cue.head) == Relation::Obj;
        let complement = Complement { frame: "object".to_owned(), root: cue.head, object: None };
        let cue = Cue { head: verb, class: CueClass::Verb, complement, entry: entry.clone() };
        source(passage, cues, &cue).filter(|_| object && cues.is_light(passage, verb))
    };
    let teller = asked().or_else(quotes).or_else(voices).filter(|&teller| Some(teller) != statement.source)?;
    Some(scene.holder(teller).party.canonical)
}

/// Whom a report has it from: "the Herald reported, citing [officials]".
fn relayed(scene: &Scene<'_>, report: &Statement) -> Option<String> {
    let passage = scene.passage;
    let verb = report.cue.head;
    let relays = |word: usize| {
        let entry = scene.lists.cues.entry_in(passage, word, "object");
        passage.is_gerund(word) && entry.is_some_and(|entry| entry.has("relays"))
    };
    // The parser may hang it on what is reported.
    let children = passage.children(verb).iter().chain(passage.children(report.cue.complement.root));
    let citing = children.copied().find(|&child| child > verb && relays(child) && follows_comma(passage, child))?;
    Some(scene.holder(passage.child_by(citing, Relation::Obj)?).party.canonical)
}

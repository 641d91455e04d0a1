//! The first sieve of coreference: mentions that share a name, over the whole article.
//!
//! Full names come before short ones, so that a headline's "Holt" finds the "Jana Holt" of the lead.

use indexmap::IndexMap;

use super::naming::{abbreviates, opens, shortens};
use super::reading::Definiteness;
use super::scene::Scene;
use super::{EntityKind, MentionKind};
use crate::syntax::Relation;

/// Joins the candidates that have a name; a bare name before a noun that nobody else bears stays without a referent.
pub(super) fn join_names(scene: &mut Scene<'_>) {
    let named: Vec<usize> =
        (0..scene.candidates.len()).filter(|&index| scene.candidates[index].reading.name.is_some()).collect();
    let mut by_name: IndexMap<String, usize> = IndexMap::new();
    let (full, short): (Vec<usize>, Vec<usize>) = named.into_iter().partition(|&index| is_full(scene, index));
    for index in full {
        join_full(scene, &mut by_name, index);
    }
    for index in short {
        join_short(scene, &mut by_name, index);
    }
    settle_kinds(scene);
}

/// Whether a name can stand for itself: known, of several words, or of something other than a person.
fn is_full(scene: &Scene<'_>, index: usize) -> bool {
    let reading = &scene.candidates[index].reading;
    let several = reading.canonical.contains(' ');
    let person = matches!(reading.kind, None | Some(EntityKind::Person));
    let introduces = reading.form != MentionKind::Adjective || reading.sense.is_some();
    introduces && (reading.sense.is_some() || several || !person)
}

/// Joins a full name with the same name, its abbreviation, or a variant of the same person's name.
fn join_full(scene: &mut Scene<'_>, by_name: &mut IndexMap<String, usize>, index: usize) {
    let reading = scene.candidates[index].reading.clone();
    let key = reading.canonical.to_lowercase();
    let known = by_name.get(&key).copied();
    let variant = || {
        by_name.values().copied().find(|&referent| {
            let other = &scene.referents[referent];
            let persons =
                matches!(reading.kind, None | Some(EntityKind::Person)) && other.kind != Some(EntityKind::State);
            let organisations = reading.kind == Some(EntityKind::Organisation) && other.is_body();
            let same_person = persons
                && matches!(other.kind, None | Some(EntityKind::Person))
                && reading.gender.agrees(other.gender)
                && (shortens(&reading.canonical, &other.canonical) || shortens(&other.canonical, &reading.canonical));
            let same_body = organisations
                && (abbreviates(&reading.canonical, &other.canonical)
                    || abbreviates(&other.canonical, &reading.canonical));
            same_person || same_body
        })
    };
    let referent = match known.or_else(variant) {
        Some(referent) => {
            scene.join(index, referent);
            scene.referents[referent].rename(&reading.canonical);
            referent
        }
        None => scene.introduce(index),
    };
    by_name.entry(key).or_insert(referent);
}

/// Joins a short name with the person who bears it, best the one mentioned last before it, else the next one after.
fn join_short(scene: &mut Scene<'_>, by_name: &mut IndexMap<String, usize>, index: usize) {
    let reading = scene.candidates[index].reading.clone();
    let bears = |&other: &usize| {
        let Some(referent) = scene.candidates[other].referent.map(|referent| &scene.referents[referent]) else {
            return false;
        };
        matches!(referent.kind, None | Some(EntityKind::Person))
            && referent.named
            && reading.gender.agrees(referent.gender)
            && (shortens(&reading.canonical, &referent.canonical)
                || referent.kind == Some(EntityKind::Person) && opens(&reading.canonical, &referent.canonical))
    };
    let before = (0..index).rev().find(bears);
    let bearer = before.or_else(|| (index + 1..scene.candidates.len()).find(bears));
    let key = reading.canonical.to_lowercase();
    let found = bearer.and_then(|other| scene.candidates[other].referent).or_else(|| by_name.get(&key).copied());
    match found {
        Some(referent) => scene.join(index, referent),
        None if reading.form == MentionKind::Adjective => {}
        None => {
            let referent = scene.introduce(index);
            by_name.insert(key, referent);
        }
    }
}

/// Decides what bare names are that nothing describes: who acts or owns is a person, unless an article comes first as in
/// "the Assembly"; all else is just a thing.
fn settle_kinds(scene: &mut Scene<'_>) {
    let mut acting = vec![false; scene.referents.len()];
    for (index, candidate) in scene.candidates.iter().enumerate() {
        let relation = scene.sentence_of(index).tree.word(candidate.phrase.head).relation;
        let acts = matches!(relation, Relation::Nsubj | Relation::NmodPoss | Relation::OblAgent);
        let bare = candidate.reading.definiteness == Definiteness::Bare;
        if let Some(referent) = candidate.referent.filter(|_| acts && bare) {
            acting[referent] = true;
        }
    }
    for (referent, acts) in scene.referents.iter_mut().zip(acting) {
        referent.kind = referent.kind.or(Some(if acts { EntityKind::Person } else { EntityKind::Other }));
    }
}

//! The second sieve of coreference: descriptions, joined in text order with what they are said of.
//!
//! An apposition tells it outright ("Jana Holt, the foreign minister"). A definite description goes to the last bearer of
//! the office ("the minister"), of the kind of thing ("the network") or of the same description ("the rebels").

use super::naming::shortens;
use super::reading::{Definiteness, Reading};
use super::referent::Referent;
use super::scene::Scene;
use super::traits::Number;
use super::{EntityKind, MentionKind};
use crate::syntax::Relation;

/// How many sentences back "the group" may reach for a group of another name.
const REACH: usize = 6;

/// How many sentences back an office may reach for a person whose office the article has not named.
const NEAR: usize = 2;

/// The referent of a description; `None` when it introduces somebody.
pub(super) fn described(scene: &Scene<'_>, index: usize) -> Option<usize> {
    apposed(scene, index).or_else(|| {
        let reading = &scene.candidates[index].reading;
        let definite = reading.definiteness == Definiteness::Definite || heads_headline(scene, index);
        definite.then(|| {
            holder_of_office(scene, index)
                .or_else(|| bearer_of_noun(scene, index))
                .or_else(|| same_description(scene, index))
        })?
    })
}

/// Whether a description leads a headline, where articles are left out: "Orsan leader rejects offer".
fn heads_headline(scene: &Scene<'_>, index: usize) -> bool {
    let candidate = &scene.candidates[index];
    candidate.sentence == 0
        && candidate.reading.definiteness == Definiteness::Bare
        && candidate.reading.number == Number::Singular
}

/// The one with whom the tree puts a phrase in apposition.
///
/// "a spokesman, Jana Holt" is one phrase with the name inside, "Jana Holt, a spokesman" is a name with a description after it.
fn apposed(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let candidate = &scene.candidates[index];
    let parsed = scene.sentence_of(index);
    let within = scene.candidates[index + 1..]
        .iter()
        .take_while(|other| candidate.span.contains(other.span))
        .find(|other| parsed.hangs_as(other.phrase.head, Relation::Appos) && other.reading.name.is_some())
        .filter(|other| {
            parsed.tree.word(other.phrase.head).head.is_some_and(|head| candidate.phrase.core.contains(&head))
        });
    if let Some(referent) = within.and_then(|other| other.referent) {
        return agrees_in_kind(&candidate.reading, &scene.referents[referent]).then_some(referent);
    }
    if !parsed.hangs_as(candidate.phrase.head, Relation::Appos) {
        return None;
    }
    let head = parsed.tree.word(candidate.phrase.head).head?;
    let host = scene.headed(candidate.sentence, head).filter(|&host| host < index)?;
    let referent = scene.candidates[host].referent?;
    agrees_in_kind(&candidate.reading, &scene.referents[referent]).then_some(referent)
}

/// Whether a description may be said of a referent: an office of a person, a kind of body of an organisation.
fn agrees_in_kind(reading: &Reading, referent: &Referent) -> bool {
    if reading.number != referent.number && referent.named {
        return false;
    }
    match referent.kind {
        Some(EntityKind::Person) => {
            reading.title.is_some() || matches!(reading.kind, Some(EntityKind::Person | EntityKind::Unnamed))
        }
        Some(EntityKind::Organisation) => matches!(reading.kind, Some(EntityKind::Organisation | EntityKind::Group)),
        Some(EntityKind::State) => reading.kind == Some(EntityKind::State),
        _ => false,
    }
}

/// Whether two affiliations may be the same; `None` is compatible with all.
fn agrees_in_affiliation(one: Option<&String>, other: Option<&String>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same_owner(one, other),
        _ => true,
    }
}

/// Whether two owners are one: "Holt" and "Jana Holt".
fn same_owner(one: &str, other: &str) -> bool {
    one == other || shortens(one, other) || shortens(other, one)
}

/// The last person before, or in a headline the first person after, who holds the office that the description names.
fn holder_of_office(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let reading = &scene.candidates[index].reading;
    let noun = reading.noun.as_deref()?;
    let title = reading.title.as_deref().unwrap_or(noun);
    if reading.number == Number::Plural || !is_personal(scene, reading, title) {
        return None;
    }
    let holds = |other: &usize| {
        let Some(referent) = scene.candidates[*other].referent.map(|referent| &scene.referents[referent]) else {
            return false;
        };
        referent.is_person()
            && agrees_in_affiliation(reading.affiliation.as_ref(), referent.affiliation.as_ref())
            && reading.gender.agrees(referent.gender)
            && holds_office(scene, referent, reading, title)
    };
    let after = |_: &()| heads_headline(scene, index) || scene.candidates[index].sentence == 0;
    let found = (0..index).rev().find(holds);
    let found = found.or_else(|| {
        Some(()).filter(after)?;
        (index + 1..scene.candidates.len()).find(|other| reading.affiliation.is_some() && holds(other))
    });
    found.and_then(|other| scene.candidates[other].referent).or_else(|| unclaimed(scene, index))
}

/// Whether a description names a person's office.
fn is_personal(scene: &Scene<'_>, reading: &Reading, title: &str) -> bool {
    scene.vocabulary.offices.titled(title).is_some() || reading.kind == Some(EntityKind::Person)
}

/// Whether one of the referent's offices goes by this title or noun, in the same state if the description names one.
fn holds_office(scene: &Scene<'_>, referent: &Referent, reading: &Reading, title: &str) -> bool {
    let by_office = referent.offices.iter().any(|held| {
        let titled = |title: &str, noun: &str| {
            scene.vocabulary.offices.titled(title).is_some_and(|office| office.answers_to(noun))
        };
        // "the minority leader" takes up "House Leader".
        let answers = titled(&held.title, title) || title.ends_with(&format!(" {}", held.title));
        let ours = reading.affiliation.is_none() || held.affiliation == reading.affiliation;
        answers && (ours || held.affiliation.is_none() && referent.affiliation == reading.affiliation)
    });
    let by_noun = referent.nouns.iter().any(|noun| noun == title)
        && (reading.affiliation.is_none() || referent.affiliation == reading.affiliation);
    by_office || by_noun
}

/// The only person nearby of whom no office is known: "the president-elect" after "Jana Holt's team".
fn unclaimed(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let candidate = &scene.candidates[index];
    let reading = &candidate.reading;
    if reading.affiliation.is_some() || reading.title.is_none() || reading.definiteness != Definiteness::Definite {
        return None;
    }
    let mut found = None;
    for other in scene.candidates[..index].iter().rev().take_while(|other| other.sentence + NEAR >= candidate.sentence)
    {
        let Some(referent) = other.referent else { continue };
        let person = &scene.referents[referent];
        let free = person.kind == Some(EntityKind::Person)
            && person.named
            && person.offices.iter().all(|held| is_address(scene, &held.title));
        if !free || found == Some(referent) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(referent);
    }
    found
}

/// Whether a title is a mere form of address: "Mr."
fn is_address(scene: &Scene<'_>, title: &str) -> bool {
    scene.vocabulary.offices.titled(title).is_some_and(|office| office.answers_to("man") || office.answers_to("woman"))
}

/// The last organisation, group or state whose kind of thing the description names: "the network" for a broadcaster.
fn bearer_of_noun(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let candidate = &scene.candidates[index];
    let reading = &candidate.reading;
    let noun = reading.noun.as_deref()?;
    if !matches!(reading.kind, Some(EntityKind::Organisation | EntityKind::Group)) {
        return None;
    }
    let near = scene.candidates[..index].iter().rev().take_while(|other| other.sentence + REACH >= candidate.sentence);
    near.filter(|other| !other.span.contains(candidate.span)).filter_map(|other| other.referent).find(|&referent| {
        let other = &scene.referents[referent];
        let known = other.nouns.iter().any(|name| name == noun || plural_of(name, noun));
        let body = other.named && matches!(other.kind, Some(EntityKind::Organisation | EntityKind::Group));
        let singular = reading.number == Number::Singular || other.sense.is_some();
        known && body && singular && agrees_in_affiliation(reading.affiliation.as_ref(), other.affiliation.as_ref())
    })
}

/// Whether a noun of a word list is the plural of the noun: "rebels" of "rebel".
fn plural_of(listed: &str, noun: &str) -> bool {
    listed.strip_suffix('s') == Some(noun)
}

/// The last unnamed actor described in the same words; after a mere article also one described in more.
fn same_description(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let candidate = &scene.candidates[index];
    let reading = &candidate.reading;
    let noun = reading.noun.as_deref()?;
    let alike = |referent: &Referent| {
        !referent.named
            && referent.number == reading.number
            && referent.nouns.first().is_some_and(|first| first == noun)
    };
    let narrowed = |referent: &Referent| reading.modifiers.iter().all(|word| referent.modifiers.contains(word));
    let owned = |referent: &Referent| match (&reading.affiliation, &referent.affiliation) {
        (Some(one), Some(other)) => same_owner(one, other),
        (one, _) => one.is_none(),
    };
    let equal = |referent: &Referent| {
        narrowed(referent)
            && referent.modifiers.len() == reading.modifiers.len()
            && reading.affiliation.is_some() == referent.affiliation.is_some()
    };
    let before = || {
        let nominals =
            scene.candidates[..index].iter().rev().filter(|other| other.reading.form == MentionKind::Nominal);
        nominals.filter_map(|other| other.referent).map(|referent| (referent, &scene.referents[referent]))
    };
    let same = before().find(|(_, referent)| alike(referent) && owned(referent) && equal(referent));
    let wider = || {
        let plain = candidate.phrase.owner.is_none();
        before().find(|(_, referent)| plain && alike(referent) && owned(referent) && narrowed(referent))
    };
    same.or_else(wider).map(|(referent, _)| referent)
}

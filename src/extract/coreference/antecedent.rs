//! The third sieve of coreference: the antecedents of third-person pronouns.
//!
//! Candidates that agree in number, gender and kind are weighed by distance and by their part in the clause, after
//! Lappin and Leass (1994); a subject of the clause that governs the pronoun's own counts most, since news says "Holt
//! said she would sign" far more often than anything else. Expletive "it" has no antecedent.

use super::pronoun::{Case, Pronoun};
use super::reading::Definiteness;
use super::referent::Referent;
use super::scene::{Candidate, Scene};
use super::traits::{Gender, Number};
use super::{EntityKind, MentionKind};
use crate::syntax::{Relation, Tree, Upos};

/// How many sentences back an antecedent may stand.
const REACH: usize = 3;

/// What an antecedent must weigh; below it the pronoun stays alone.
const LEAST: i32 = -20;

/// The candidate that a pronoun of the third person takes up; `None` when it has no antecedent or none that is likely.
pub(super) fn antecedent(scene: &Scene<'_>, index: usize) -> Option<usize> {
    let candidate = &scene.candidates[index];
    let pronoun = candidate.reading.pronoun.as_ref().filter(|pronoun| pronoun.person == 3)?;
    let parsed = scene.sentence_of(index);
    if is_expletive(parsed.tree, candidate.phrase.head) {
        return None;
    }
    let near = (0..index).rev().take_while(|&other| scene.candidates[other].sentence + REACH >= candidate.sentence);
    let best = near
        .filter_map(|other| {
            let referent = scene.candidates[other].referent?;
            let fit = fit(pronoun, &scene.referents[referent])?;
            Some((fit + weight(scene, index, other)?, other))
        })
        .filter(|&(weight, _)| weight >= least(pronoun, parsed.tree, candidate))
        .max_by_key(|&(weight, other)| (weight, other));
    best.map(|(_, other)| other).or_else(|| following(scene, index, pronoun))
}

/// What the antecedent of this pronoun must weigh: most for "it" as an object, which is mostly a thing or a whole clause.
fn least(pronoun: &Pronoun, tree: &Tree, candidate: &Candidate) -> i32 {
    let subject = tree.word(candidate.phrase.head).relation.universal() == Relation::Nsubj;
    match (pronoun.gender, pronoun.case) {
        (Gender::Neuter, Case::Possessive) => -8,
        (Gender::Neuter, _) if subject => -6,
        (Gender::Neuter, _) => 0,
        _ => LEAST,
    }
}

/// How well a referent agrees with a pronoun, from 0 (fully) downwards; `None` when it does not.
fn fit(pronoun: &Pronoun, referent: &Referent) -> Option<i32> {
    let body = referent.is_body() || referent.kind == Some(EntityKind::Group) && referent.number == Number::Singular;
    match (pronoun.number, pronoun.gender) {
        (Number::Singular, Gender::Neuter) if body => Some(0),
        (Number::Singular, Gender::Neuter)
            if referent.kind == Some(EntityKind::Other) && referent.number == Number::Singular =>
        {
            Some(-6)
        }
        (Number::Singular, Gender::Male | Gender::Female) => {
            let person =
                referent.is_person() && referent.number == Number::Singular && pronoun.gender.agrees(referent.gender);
            person.then_some(if referent.named { 0 } else { -4 })
        }
        (Number::Plural, _) if referent.is_many() => Some(0),
        (Number::Plural, _) if referent.number == Number::Plural => Some(-6),
        (Number::Plural, _) if referent.is_body() => Some(-7),
        _ => None,
    }
}

/// How likely a mention is as an antecedent by its place; `None` when grammar forbids it.
fn weight(scene: &Scene<'_>, index: usize, other: usize) -> Option<i32> {
    let (pronoun, candidate) = (&scene.candidates[index], &scene.candidates[other]);
    let same_sentence = pronoun.sentence == candidate.sentence;
    if is_mere_office(candidate)
        || candidate.span.contains(pronoun.span)
        || same_sentence && shares_clause(scene, pronoun, candidate)
    {
        return None;
    }
    let sentences = i32::try_from(pronoun.sentence - candidate.sentence).unwrap_or(i32::MAX);
    let paragraphs = i32::try_from(scene.paragraph_of(index) - scene.paragraph_of(other)).unwrap_or(0);
    let mut weight = role(scene, candidate) - 8 * sentences - 3 * paragraphs.min(2);
    let tree = scene.sentence_of(index).tree;
    if same_sentence && governs(tree, candidate, pronoun) {
        weight += 4;
    }
    if !same_sentence && is_main_subject(tree, pronoun) && is_main_subject(scene.sentence_of(other).tree, candidate) {
        weight += 4;
    }
    if candidate
        .reading
        .pronoun
        .as_ref()
        .is_some_and(|it| Some(it.gender) == pronoun.reading.pronoun.as_ref().map(|it| it.gender))
    {
        weight += 2;
    }
    Some(weight + quotation(scene, pronoun, candidate))
}

/// Whether a description only says as what somebody acts: "while secretary of state". A headline leaves articles out.
fn is_mere_office(candidate: &Candidate) -> bool {
    let reading = &candidate.reading;
    reading.form == MentionKind::Nominal
        && reading.number == Number::Singular
        && reading.definiteness == Definiteness::Bare
        && candidate.sentence > 0
}

/// The weight of a mention's part in its clause.
fn role(scene: &Scene<'_>, candidate: &Candidate) -> i32 {
    let tree = scene.sentences[candidate.sentence].tree;
    let relation = tree.word(candidate.phrase.head).relation.universal();
    match relation {
        _ if candidate.reading.form == MentionKind::Adjective => -3,
        Relation::Nsubj if is_main_subject(tree, candidate) => 6,
        Relation::Nsubj => 4,
        Relation::Obj | Relation::Iobj => 2,
        Relation::Appos => -2,
        _ => 0,
    }
}

/// Whether a mention is the subject of the sentence's main verb or of one coordinated with it.
fn is_main_subject(tree: &Tree, candidate: &Candidate) -> bool {
    let word = tree.word(candidate.phrase.head);
    let main = |verb: usize| {
        std::iter::once(verb)
            .chain(tree.ancestors(verb))
            .all(|above| matches!(tree.word(above).relation, Relation::Root | Relation::Conj | Relation::Parataxis))
    };
    word.relation.universal() == Relation::Nsubj && word.head.is_some_and(main)
}

/// Whether a candidate is the subject of a clause around the one with the pronoun.
fn governs(tree: &Tree, candidate: &Candidate, pronoun: &Candidate) -> bool {
    let word = tree.word(candidate.phrase.head);
    let verb = word.head.filter(|_| word.relation.universal() == Relation::Nsubj);
    verb.is_some_and(|verb| tree.ancestors(pronoun.phrase.head).any(|above| above == verb))
}

/// Whether the two are arguments of one verb, so that they are different: "Holt met him".
fn shares_clause(scene: &Scene<'_>, pronoun: &Candidate, candidate: &Candidate) -> bool {
    let tree = scene.sentences[pronoun.sentence].tree;
    let (one, other) = (tree.word(pronoun.phrase.head), tree.word(candidate.phrase.head));
    let case = pronoun.reading.pronoun.as_ref().map(|it| it.case);
    let argument = |relation: Relation| {
        matches!(relation.universal(), Relation::Nsubj | Relation::Obj | Relation::Iobj | Relation::Obl)
    };
    !matches!(case, Some(Case::Possessive | Case::Reflexive))
        && one.head == other.head
        && argument(one.relation)
        && argument(other.relation)
}

/// What a quotation between the two takes away: outside one, a person spoken of inside is far; inside one, the speaker
/// is "I" and not "he".
fn quotation(scene: &Scene<'_>, pronoun: &Candidate, candidate: &Candidate) -> i32 {
    let Some(parsed) = scene.sentences.first() else { return 0 };
    let around =
        |mention: &Candidate| parsed.document.quotation_at(mention.span.start).map(|quotation| quotation.outer);
    match (around(pronoun), around(candidate)) {
        (one, other) if one == other => 0,
        (Some(_), None) if pronoun.sentence == candidate.sentence => -8,
        (Some(_), None) => -2,
        (None, Some(_)) if pronoun.sentence == candidate.sentence => -8,
        (None | Some(_), Some(_)) => -4,
        (None, None) => 0,
    }
}

/// Whether "it" stands for nothing or for a clause: "it is clear that", "it seems".
fn is_expletive(tree: &Tree, pronoun: usize) -> bool {
    let word = tree.word(pronoun);
    if word.relation == Relation::Expl {
        return true;
    }
    let Some(head) = word.head.filter(|_| word.lemma.eq_ignore_ascii_case("it")) else { return false };
    let clausal = |&child: &usize| {
        child > head
            && matches!(tree.word(child).relation.universal(), Relation::Ccomp | Relation::Csubj | Relation::Xcomp)
    };
    let adjective = tree.word(head).upos == Upos::Adj || tree.child_by(head, Relation::Cop).is_some();
    let predicate = tree.children_by(head, Relation::Xcomp).any(|child| tree.word(child).upos == Upos::Adj);
    (adjective || predicate) && tree.children(head).iter().any(clausal)
}

/// The subject that follows a fronted pronoun in the same sentence: "In her speech, Holt said".
fn following(scene: &Scene<'_>, index: usize, pronoun: &Pronoun) -> Option<usize> {
    let sentence = scene.candidates[index].sentence;
    let after = (index + 1..scene.candidates.len()).take_while(|&other| scene.candidates[other].sentence == sentence);
    let subjects = after.filter(|&other| is_main_subject(scene.sentences[sentence].tree, &scene.candidates[other]));
    let fits = |referent: usize| fit(pronoun, &scene.referents[referent]) == Some(0);
    subjects.filter(|&other| scene.candidates[other].referent.is_some_and(fits)).min()
}

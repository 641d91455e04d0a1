//! Sources: whose stance a cue expresses.
//!
//! The subject of the verb, the agent of the passive, the possessor of the noun; where a clause has none of its own, that
//! of the clause above. Which entity it is, `coreference` has decided.

use super::complement::{antecedent, is_passive, is_relative};
use super::content::{adds_report, follows_comma};
use super::cue::{Cue, CueClass, Cues};
use super::passage::Passage;
use crate::syntax::{Relation, Upos, Xpos};

/// The head of the source's noun phrase; `None` when the text names none.
pub(super) fn source(passage: &Passage<'_>, cues: &Cues, cue: &Cue) -> Option<usize> {
    let found = match cue.class {
        CueClass::Noun => noun_source(passage, cues, cue),
        CueClass::Adjective => predicate_subject(passage, cue.head),
        _ => subject(passage, cue.head),
    };
    let plausible = |head: &usize| {
        !is_expletive(passage, *head) && *head != cue.complement.root && !cues.is_time(passage.lower(*head))
    };
    let adjacent = beside(passage, cue).filter(plausible);
    match found.filter(plausible) {
        Some(head) if adjacent.is_some_and(|near| cuts_in(passage, near, head)) => adjacent,
        Some(head) => Some(head),
        None => adjacent,
    }
}

/// The subject of a verb or predicate, its own or that of the clause it depends on.
pub(super) fn subject(passage: &Passage<'_>, word: usize) -> Option<usize> {
    let mut clause = word;
    // Each step climbs, so the depth of the tree bounds the loop.
    loop {
        if let Some(agent) = agent(passage, clause) {
            return Some(agent);
        }
        if is_passive(passage, clause) && passage.relation(clause) != Relation::Xcomp {
            // Of "she was joined by him and joked" she is the subject of both.
            let shared = passage.children(clause).iter().copied();
            let mut shared = shared.filter(|&child| clause != word && passage.relation(child) == Relation::NsubjPass);
            return shared.next().map(|found| antecedent(passage, found, clause));
        }
        if let Some(own) = own_subject(passage, clause) {
            return Some(own);
        }
        clause = match climb(passage, clause)? {
            Step::Clause(above) => above,
            Step::Noun(noun) => return Some(noun),
        };
    }
}

/// The subject of an adjective or of a participle read as one: "[Orsa] is opposed to ...".
fn predicate_subject(passage: &Passage<'_>, word: usize) -> Option<usize> {
    let passive = passage.children(word).iter().copied().find(|&child| passage.relation(child) == Relation::NsubjPass);
    passive.map(|found| antecedent(passage, found, word)).or_else(|| subject(passage, word))
}

/// Whether the phrase beside a verb follows a comma that stands after the subject the tree gives: "talks go on, [Holt] said".
fn cuts_in(passage: &Passage<'_>, near: usize, subject: usize) -> bool {
    let first = phrase(passage, near).first().copied().unwrap_or(near);
    subject + 1 < first && passage.lower(first - 1) == "," && !passage.below(near, subject)
}

/// The noun phrase beside a finite verb of speaking whose subject the tree has lost, outside any quotation.
fn beside(passage: &Passage<'_>, cue: &Cue) -> Option<usize> {
    let verb = cue.head;
    let finite = matches!(passage.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    if !finite || !cue.entry.has("neutral") || is_passive(passage, verb) || passage.relation(verb) == Relation::Conj {
        return None;
    }
    let sentence = passage.sentence_words(verb);
    let outside = |word: &usize| passage.quotation_of(*word).is_none();
    let skipped = |word: &usize| matches!(passage.upos(*word), Upos::Aux | Upos::Adv | Upos::Part | Upos::Punct);
    let before = (sentence.start..verb).rev().take_while(outside).find(|word| !skipped(word));
    let before = before.filter(|&word| is_nominal(passage, word) || passage.lower(verb - 1) == ",");
    let top = |word: usize, inside: &dyn Fn(usize) -> bool| {
        let chain = std::iter::once(word).chain(passage.ancestors(word)).take_while(|&above| inside(above));
        chain.filter(|&above| is_nominal(passage, above)).last()
    };
    let left = before.and_then(|word| top(word, &|above| above < verb && outside(&above)));
    let right = || {
        let next = (verb + 1..sentence.end.min(verb + 3)).find(|&word| is_nominal(passage, word) && outside(&word))?;
        top(next, &|above| above > verb && outside(&above) && above != cue.complement.root)
    };
    left.or_else(right)
}

fn is_nominal(passage: &Passage<'_>, word: usize) -> bool {
    matches!(passage.upos(word), Upos::Noun | Upos::Propn | Upos::Pron)
}

enum Step {
    /// The subject is that of this clause.
    Clause(usize),
    /// The subject is this noun.
    Noun(usize),
}

/// Where the understood subject of a clause without one is found.
fn climb(passage: &Passage<'_>, clause: usize) -> Option<Step> {
    let head = passage.head(clause)?;
    if let Some(object) = predicated(passage, clause) {
        return Some(Step::Noun(object));
    }
    match passage.relation(clause) {
        Relation::Xcomp if passage.is_gerund(clause) && follows_comma(passage, clause) => Some(Step::Clause(head)),
        Relation::Xcomp => {
            let controller = passage.child_by(head, Relation::Obj).or_else(|| passage.child_by(head, Relation::Iobj));
            Some(controller.map_or(Step::Clause(head), Step::Noun))
        }
        Relation::Conj => match passage.upos(head) {
            Upos::Noun | Upos::Propn | Upos::Pron if passage.upos(clause) == Upos::Verb => None,
            _ => Some(Step::Clause(head)),
        },
        Relation::Advcl | Relation::Parataxis if non_finite(passage, clause) => {
            let report = adds_report(passage, clause) && passage.relation(head) == Relation::Ccomp;
            Some(Step::Clause(passage.head(head).filter(|_| report).unwrap_or(head)))
        }
        Relation::Acl if passage.is_gerund(clause) && follows_comma(passage, clause) => {
            let verb = passage.ancestors(clause).find(|&above| passage.upos(above) == Upos::Verb);
            verb.map(Step::Clause)
        }
        Relation::Acl if passage.is_gerund(clause) => Some(Step::Noun(head)),
        Relation::Acl if passage.is_infinitive(clause) => None,
        // Of "the reported plan" the plan reports nothing.
        Relation::Amod if passage.xpos(clause) != Xpos::Vbn => Some(Step::Noun(head)),
        _ => None,
    }
}

/// Of whom a gerund after "as" is said: "quoted [Holt] as saying", "[Holt] was quoted as saying".
pub(super) fn predicated(passage: &Passage<'_>, clause: usize) -> Option<usize> {
    let verb = passage.head(clause).filter(|&head| passage.upos(head) == Upos::Verb)?;
    let named = passage.is_gerund(clause) && passage.markers(clause).any(|marker| passage.lower(marker) == "as");
    let object = if is_passive(passage, verb) {
        passage.children(verb).iter().copied().find(|&child| passage.relation(child) == Relation::NsubjPass)
    } else {
        passage.child_by(verb, Relation::Obj)
    };
    object.filter(|_| named).map(|object| antecedent(passage, object, verb))
}

fn non_finite(passage: &Passage<'_>, clause: usize) -> bool {
    passage.is_gerund(clause) || passage.is_infinitive(clause) || passage.upos(clause) == Upos::Adj
}

/// The explicit subject of a clause; a relative pronoun counts as its noun.
fn own_subject(passage: &Passage<'_>, clause: usize) -> Option<usize> {
    let found = passage.children(clause).iter().copied().find(|&child| {
        matches!(passage.relation(child), Relation::Nsubj | Relation::NsubjOuter)
            || (passage.relation(child) == Relation::NsubjPass && passage.upos(clause) == Upos::Adj)
    })?;
    Some(antecedent(passage, found, clause))
}

/// The agent of a passive: "by [the parliament]".
fn agent(passage: &Passage<'_>, verb: usize) -> Option<usize> {
    if !is_passive(passage, verb) {
        return None;
    }
    passage.children(verb).iter().copied().find(|&child| {
        passage.universal(child) == Relation::Obl
            && passage.upos(child) != Upos::Verb
            && passage.markers(child).any(|marker| passage.lower(marker) == "by")
    })
}

/// The source of a noun: "[Orsa]'s refusal", "[Orsan] demand", "a call by [Orsa]", "[Orsa] made a demand".
fn noun_source(passage: &Passage<'_>, cues: &Cues, cue: &Cue) -> Option<usize> {
    let noun = cue.head;
    let children = passage.children(noun);
    let possessor = children.iter().copied().find(|&child| passage.relation(child) == Relation::NmodPoss);
    let by = || {
        children.iter().copied().find(|&child| {
            passage.universal(child) == Relation::Nmod
                && child != cue.complement.root
                && passage.markers(child).any(|marker| matches!(passage.lower(marker), "by" | "from"))
        })
    };
    let modifier = || {
        children.iter().copied().find(|&child| {
            child < noun
                && matches!(passage.universal(child), Relation::Amod | Relation::Compound)
                && passage.lower(child) != passage.document.form(&passage.document.tokens[child])
        })
    };
    let of = || {
        children.iter().copied().find(|&child| {
            passage.universal(child) == Relation::Nmod
                && child != cue.complement.root
                && passage.markers(child).any(|marker| passage.lower(marker) == "of")
        })
    };
    possessor.or_else(by).or_else(modifier).or_else(of).or_else(|| lent(passage, cues, noun))
}

/// The subject of the light verb that governs a noun.
fn lent(passage: &Passage<'_>, cues: &Cues, noun: usize) -> Option<usize> {
    let verb = passage.head(noun)?;
    let object = matches!(passage.universal(noun), Relation::Obj | Relation::Xcomp) && cues.is_light(passage, verb);
    let adjunct = passage.universal(noun) == Relation::Obl
        && passage.upos(verb) == Upos::Verb
        && passage.markers(noun).any(|marker| passage.lower(marker) == "in");
    (object || adjunct).then(|| subject(passage, verb))?
}

/// "It" and "there" that stand for a clause or for nothing.
fn is_expletive(passage: &Passage<'_>, word: usize) -> bool {
    passage.relation(word) == Relation::Expl || passage.xpos(word) == Xpos::Ex
}

/// The words of a source as attribution corpora mark it: determiners, modifiers and appositions, no relative clauses.
pub(super) fn phrase(passage: &Passage<'_>, head: usize) -> Vec<usize> {
    let mut words = passage.subtree_without(head, |child| {
        let relation = passage.relation(child);
        let own = passage.head(child) == Some(head);
        own && (matches!(
            relation,
            Relation::AclRelcl
                | Relation::Cop
                | Relation::Mark
                | Relation::Nsubj
                | Relation::Advcl
                | Relation::Parataxis
        ) || (relation == Relation::Case && child < head)
            || (relation == Relation::Acl && passage.lower(child.saturating_sub(1)) == ","))
    });
    while words.last().is_some_and(|&word| word != head && trails(passage, word)) {
        words.pop();
    }
    while words.first().is_some_and(|&word| word != head && passage.is_punctuation(word)) {
        words.remove(0);
    }
    words
}

/// What does not belong to the end of a source: marks and the possessive.
fn trails(passage: &Passage<'_>, word: usize) -> bool {
    passage.is_punctuation(word) || passage.xpos(word) == Xpos::Pos
}

/// The other heads that a source is coordinated with: "Orsa and [Velia]".
pub(super) fn coordinated(passage: &Passage<'_>, head: usize) -> Vec<usize> {
    passage.children_by(head, Relation::Conj).filter(|&child| passage.upos(child) != Upos::Verb).collect()
}

/// Whether the source is a relative pronoun in the text, though its noun holds the stance.
pub(super) fn relative_subject(passage: &Passage<'_>, verb: usize) -> Option<usize> {
    passage.child_by(verb, Relation::Nsubj).filter(|&child| is_relative(passage, child))
}

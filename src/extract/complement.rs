//! What a word says something about: the clauses, infinitives and phrases that depend on it, named as in `cues.tsv`.
//!
//! > Orsa [urged]cue [Velia]object [to sign]infinitive     is `object+infinitive`
//!
//! Whether the word ascribes anything is `cue`'s business; here every offer is listed, the most specific first.

use super::passage::Passage;
use crate::syntax::{Relation, Upos, Xpos};

/// The name of what a signature under a quotation takes.
pub(super) const SIGNED: &str = "signed";

/// One offer of a content by the dependents of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Complement {
    /// Its name: "that", "object+infinitive", "for".
    pub(super) frame: String,
    /// The head of the content: below the cue, or above it when the cue was slipped in ("..., she said").
    pub(super) root: usize,
    /// The object or prepositional phrase before the content: whom one urges, accuses, tells.
    pub(super) object: Option<usize>,
}

/// A name without its object, and the content's head.
type Offer = (String, usize);

/// The complements of a word, the most specific first.
pub(super) fn complements(passage: &Passage<'_>, word: usize) -> Vec<Complement> {
    let objects: Vec<usize> = objects(passage, word);
    let phrases = prepositional(passage, word);
    let mut clauses = clausal(passage, word);
    clauses.extend(above(passage, word));
    let mut found = Vec::new();
    for &object in objects.iter().chain(phrases.iter().map(|(_, phrase)| phrase)) {
        let preposition = phrases.iter().find(|(_, phrase)| *phrase == object).map_or("object", |(name, _)| name);
        for (frame, root) in hung_on_object(passage, object).into_iter().filter(|_| passage.upos(word) == Upos::Verb) {
            push(&mut found, &format!("{preposition}+{frame}"), root, Some(object));
        }
    }
    for (frame, root) in &clauses {
        let own_subject = passage.child_by(*root, Relation::Nsubj).filter(|_| frame == "infinitive");
        for object in objects.iter().copied().chain(own_subject).filter(|object| object != root) {
            push(&mut found, &format!("object+{frame}"), *root, Some(object));
        }
        if frame == "infinitive" {
            for (preposition, phrase) in &phrases {
                push(&mut found, &format!("{preposition}+infinitive"), *root, Some(*phrase));
                if preposition == "for"
                    && passage.subtree(*root).first() == passage.subtree(*phrase).last().map(|last| last + 1).as_ref()
                {
                    push(&mut found, "for", *root, Some(*phrase));
                }
            }
        }
    }
    for (frame, root) in &clauses {
        push(&mut found, frame, *root, None);
    }
    if let [named, name] = objects[..] {
        push(&mut found, "object+predicate", name, Some(named));
    }
    for (preposition, phrase) in &phrases {
        for &object in objects.iter().filter(|object| *object != phrase) {
            push(&mut found, &format!("object+{preposition}"), *phrase, Some(object));
        }
    }
    for &object in &objects {
        push(&mut found, "object", object, None);
    }
    for (preposition, phrase) in &phrases {
        push(&mut found, preposition, *phrase, None);
    }
    found
}

fn push(found: &mut Vec<Complement>, frame: &str, root: usize, object: Option<usize>) {
    found.push(Complement { frame: frame.to_owned(), root, object });
}

/// The objects of a verb: "reject [it]", "[it] was rejected", "the plan [] he rejected", "the plan [] rejected by him".
fn objects(passage: &Passage<'_>, word: usize) -> Vec<usize> {
    let passive = is_passive(passage, word);
    let mut objects: Vec<usize> = passage
        .children(word)
        .iter()
        .copied()
        .filter(|&child| match passage.relation(child) {
            Relation::Obj | Relation::Iobj => true,
            Relation::NsubjPass => passive,
            _ => false,
        })
        .map(|child| antecedent(passage, child, word))
        .collect();
    if objects.is_empty() {
        objects.extend(missing_object(passage, word, passive));
    }
    objects
}

/// The noun whose relative or participial clause the word heads, when the clause has a gap where its object would be.
fn missing_object(passage: &Passage<'_>, word: usize, passive: bool) -> Option<usize> {
    let noun = passage.head(word)?;
    let nominal = matches!(passage.upos(noun), Upos::Noun | Upos::Propn | Upos::Pron);
    let subject = passage.child_by(word, Relation::Nsubj);
    let gap = match passage.relation(word) {
        Relation::AclRelcl => subject.is_some_and(|subject| !is_relative(passage, subject)),
        Relation::Acl => passive && passage.xpos(word) == Xpos::Vbn,
        _ => false,
    };
    (nominal && gap).then_some(noun)
}

/// A relative pronoun's noun; any other word itself.
pub(super) fn antecedent(passage: &Passage<'_>, word: usize, verb: usize) -> usize {
    if !is_relative(passage, word) {
        return word;
    }
    let clause = std::iter::once(verb)
        .chain(passage.ancestors(verb))
        .find(|&candidate| passage.relation(candidate) == Relation::AclRelcl);
    clause.and_then(|clause| passage.head(clause)).unwrap_or(word)
}

/// Whether a word is "who", "which" or "that" at the head of a relative clause.
pub(super) fn is_relative(passage: &Passage<'_>, word: usize) -> bool {
    matches!(passage.xpos(word), Xpos::Wdt | Xpos::Wp)
}

/// Whether a verb is in the passive: "was rejected", "rejected by all".
pub(super) fn is_passive(passage: &Passage<'_>, word: usize) -> bool {
    let children = passage.children(word);
    let marked = children
        .iter()
        .any(|&child| matches!(passage.relation(child), Relation::AuxPass | Relation::NsubjPass | Relation::OblAgent));
    let bare = passage.relation(word) == Relation::Acl && passage.xpos(word) == Xpos::Vbn;
    marked || bare
}

/// The clauses below a word: "that", "infinitive", "ing", "predicate", and gerunds after a preposition.
fn clausal(passage: &Passage<'_>, word: usize) -> Vec<Offer> {
    let noun = passage.upos(word) == Upos::Noun;
    let mut offers = Vec::new();
    let mut purpose = Vec::new();
    for &child in passage.children(word) {
        match passage.relation(child) {
            Relation::Ccomp | Relation::Csubj => offers.push((clause_frame(passage, child).to_owned(), child)),
            Relation::Xcomp => offers.push((open_frame(passage, child).to_owned(), child)),
            Relation::Acl if noun => offers.push((noun_clause_frame(passage, child).to_owned(), child)),
            Relation::Advcl if passage.is_infinitive(child) && child > word => {
                purpose.push(("infinitive".to_owned(), child));
            }
            _ => {}
        }
    }
    if offers.is_empty() {
        offers.append(&mut purpose);
    }
    offers
}

/// The clauses that complete the verb but that the tree hangs on its object: "urged Velia [to sign]", "accused Orsa [of
/// delaying]", "warned Velia [that it would leave]".
fn hung_on_object(passage: &Passage<'_>, object: usize) -> Vec<Offer> {
    let mut offers = Vec::new();
    for &child in passage.children(object).iter().filter(|&&child| child > object) {
        let relation = passage.relation(child);
        let gapless = passage.child_by(child, Relation::Nsubj).is_some_and(|subject| !is_relative(passage, subject));
        let that = passage.markers(child).any(|mark| passage.lower(mark) == "that");
        let preposition = passage.markers(child).find(|&mark| passage.upos(mark) != Upos::Part);
        match relation {
            Relation::Acl if passage.is_infinitive(child) => offers.push(("infinitive".to_owned(), child)),
            Relation::Acl if passage.is_gerund(child) => {
                offers.extend(preposition.map(|mark| (passage.lower(mark).to_owned(), child)));
            }
            Relation::Acl | Relation::AclRelcl if that && gapless => offers.push(("that".to_owned(), child)),
            _ => {}
        }
    }
    offers
}

/// The complements of a noun that the tree hangs on its neighbours: "calls by Orsa [for aid]", "test her vow [to leave]".
pub(super) fn hung_beside(passage: &Passage<'_>, noun: usize) -> Vec<Complement> {
    let siblings = passage.head(noun).into_iter().flat_map(|verb| passage.children(verb).iter().copied());
    let beside = siblings.filter(|&sibling| sibling > noun && passage.subtree(sibling)[0] == noun + 1);
    let below = passage.children_by(noun, Relation::Nmod).filter(|&owner| {
        owner > noun && passage.markers(owner).any(|marker| matches!(passage.lower(marker), "by" | "of" | "from"))
    });
    let further = below.flat_map(|owner| passage.children(owner).iter().copied());
    let mut found = Vec::new();
    for child in beside.chain(further) {
        let preposition = passage.markers(child).find(|&marker| passage.upos(marker) != Upos::Part);
        if passage.is_infinitive(child) {
            push(&mut found, "infinitive", child, None);
        } else if let Some(marker) = preposition {
            push(&mut found, passage.lower(marker), child, None);
        }
    }
    found
}

fn clause_frame(passage: &Passage<'_>, clause: usize) -> &'static str {
    if passage.is_infinitive(clause) {
        "infinitive"
    } else if passage.is_gerund(clause) && passage.child_by(clause, Relation::Nsubj).is_none() {
        "ing"
    } else {
        "that"
    }
}

fn open_frame(passage: &Passage<'_>, clause: usize) -> &'static str {
    if passage.is_infinitive(clause) {
        "infinitive"
    } else if passage.is_gerund(clause) {
        "ing"
    } else {
        "predicate"
    }
}

fn noun_clause_frame(passage: &Passage<'_>, clause: usize) -> &'static str {
    if passage.is_infinitive(clause) {
        "infinitive"
    } else if passage.markers(clause).any(|mark| passage.lower(mark) == "that") {
        "that"
    } else {
        "acl"
    }
}

/// The phrases and gerunds that a preposition ties to the word: ("for", head).
fn prepositional(passage: &Passage<'_>, word: usize) -> Vec<Offer> {
    let mut offers = Vec::new();
    for &child in passage.children(word) {
        let tied = match passage.relation(child) {
            Relation::Obl | Relation::Nmod => true,
            Relation::Advcl | Relation::Acl | Relation::Xcomp | Relation::Ccomp => {
                passage.xpos(child) == Xpos::Vbg
                    || passage.children_by(child, Relation::Cop).any(|copula| passage.xpos(copula) == Xpos::Vbg)
            }
            _ => false,
        };
        if let Some(marker) = passage.markers(child).find(|&marker| tied && passage.upos(marker) != Upos::Part) {
            offers.push((passage.lower(marker).to_owned(), child));
        }
    }
    offers
}

/// What stands above a verb that was slipped into its own content: "..., she said", "as she said".
fn above(passage: &Passage<'_>, word: usize) -> Option<Offer> {
    if !matches!(passage.upos(word), Upos::Verb | Upos::Aux) {
        return None;
    }
    let below = passage.children(word).iter().copied().find(|&child| {
        passage.relation(child) == Relation::Parataxis && child > word && announced(passage, word, child)
    });
    if let Some(child) = below {
        return Some(("quote".to_owned(), child));
    }
    let head = passage.head(word)?;
    match passage.relation(word) {
        Relation::Parataxis | Relation::Discourse => Some(("quote".to_owned(), head)),
        Relation::Advcl if passage.markers(word).any(|mark| passage.lower(mark) == "as") => {
            Some(("as".to_owned(), head))
        }
        _ => None,
    }
}

/// Whether a colon, comma or quotation mark stands between a verb and the clause beside it.
fn announced(passage: &Passage<'_>, word: usize, clause: usize) -> bool {
    (word..clause).any(|between| passage.lower(between) == ":" || passage.is_quotation_mark(between))
}

//! Contents: the words that a cue ascribes to its source.
//!
//! A clause without its "that", a phrase without its preposition, a quotation whole, over as many sentences as it has.
//!
//! > Orsa said [the talks, which began on Monday, "will go on."]content

use super::complement::{Complement, SIGNED};
use super::condition::Markers;
use super::cue::{Cue, CueClass};
use super::passage::Passage;
use crate::syntax::{Relation, Upos};

/// The words of a cue's content, sorted.
pub(super) fn content(passage: &Passage<'_>, markers: &Markers, cue: &Cue, source: Option<usize>) -> Vec<usize> {
    let complement = &cue.complement;
    let root = complement.root;
    let above = passage.below(cue.head, root);
    let mut words = if above { words_above(passage, cue, root) } else { words_below(passage, cue, root) };
    include_conditions(passage, markers, cue, &mut words);
    if is_clausal(complement) {
        include_quotations(passage, cue, &mut words);
    }
    if let Some(source) = source.filter(|&source| above && !passage.below(root, source)) {
        words.retain(|&word| !passage.below(word, source));
    }
    words
}

/// Whether the content is told, not a thing or an act: such a content may be quoted.
pub(super) fn is_clausal(complement: &Complement) -> bool {
    matches!(complement.frame.rsplit('+').next(), Some("that" | "quote" | "as" | "ing" | SIGNED))
}

/// The content below its cue: its subtree without the words that introduce it, and the clauses coordinated with it that
/// the tree hangs on the cue ("said that ... and [that ...]").
fn words_below(passage: &Passage<'_>, cue: &Cue, root: usize) -> Vec<usize> {
    let keep_marker = passage.upos(root) == Upos::Verb && passage.is_infinitive(root);
    let clausal = is_clausal(&cue.complement);
    let skip = |child: usize| {
        passage.head(child) == Some(root)
            && (introduces(passage, child, root, keep_marker, &cue.complement)
                || (clausal && adds_report(passage, child))
                || (!clausal && is_aside(passage, child)))
    };
    let mut words = passage.subtree_without(root, skip);
    if clausal {
        let further =
            passage.children(cue.head).iter().copied().filter(|&child| child > root && goes_on(passage, child));
        words.extend(further.flat_map(|child| passage.subtree(child)));
    }
    if cue.class == CueClass::Adjective && !clausal {
        include_further_phrases(passage, cue, &mut words);
    }
    words.extend(subject_of_content(passage, &cue.complement));
    words.sort_unstable();
    while words.first().is_some_and(|&word| word != root && starts_badly(passage, word)) {
        words.remove(0);
    }
    words
}

/// Of what the content says something: "called for [the port] to be opened", "called [the plan] absurd".
fn subject_of_content(passage: &Passage<'_>, complement: &Complement) -> Vec<usize> {
    let frames = ["for", "for+infinitive", "object+predicate", "object+as"];
    let subject = complement.object.filter(|_| frames.contains(&complement.frame.as_str()));
    let preposition = |subject: usize, child: usize| child < subject && passage.relation(child) == Relation::Case;
    subject.map_or(Vec::new(), |subject| passage.subtree_without(subject, |child| preposition(subject, child)))
}

/// Adds the phrases that follow without a break though the tree hangs them on the adjective: "open to talks [with Orsa]
/// [without preconditions]".
fn include_further_phrases(passage: &Passage<'_>, cue: &Cue, words: &mut Vec<usize>) {
    for phrase in passage.children_by(cue.head, Relation::Obl) {
        let below = passage.subtree(phrase);
        if below.first().copied() == words.iter().max().map(|last| last + 1) {
            words.extend(below);
        }
    }
}

/// Whether a dependent only introduces the content: "that", a preposition.
fn introduces(passage: &Passage<'_>, child: usize, root: usize, keep_marker: bool, complement: &Complement) -> bool {
    let marker = match passage.relation(child) {
        Relation::Mark => matches!(passage.lower(child), "that" | "of" | "for" | "on" | "as" | "from" | "against"),
        // The preposition of a predicate is its own: "said a truce was [out of the question]".
        Relation::Case => !is_clausal(complement),
        _ => false,
    };
    marker && child < root && !keep_marker
}

/// Whether a gerund after a comma is a report of its own, which the tree has hung too low: "..., adding that ...".
pub(super) fn adds_report(passage: &Passage<'_>, child: usize) -> bool {
    passage.relation(child) == Relation::Advcl
        && passage.is_gerund(child)
        && follows_comma(passage, child)
        && passage
            .children(child)
            .iter()
            .any(|&below| matches!(passage.relation(below), Relation::Ccomp | Relation::Xcomp | Relation::Parataxis))
}

/// Whether a dependent is an aside of the narrator: a relative clause after a comma.
fn is_aside(passage: &Passage<'_>, child: usize) -> bool {
    passage.relation(child) == Relation::AclRelcl && follows_comma(passage, child)
}

/// Whether a comma stands before the first word of a clause.
pub(super) fn follows_comma(passage: &Passage<'_>, clause: usize) -> bool {
    let words = passage.subtree(clause);
    let first = words.iter().copied().find(|&word| !passage.is_punctuation(word)).unwrap_or(clause);
    first > 0 && (words[0] == first || passage.lower(words[0]) == ",") && passage.lower(first - 1) == ","
}

/// Whether a clause of the cue goes on with its content.
fn goes_on(passage: &Passage<'_>, child: usize) -> bool {
    let marked = passage.markers(child).any(|mark| passage.lower(mark) == "that");
    passage.relation(child) == Relation::Ccomp || (passage.relation(child) == Relation::Conj && marked)
}

/// Marks and conjunctions do not open a content.
fn starts_badly(passage: &Passage<'_>, word: usize) -> bool {
    passage.is_punctuation(word) && !passage.is_quotation_mark(word) || passage.relation(word) == Relation::Cc
}

/// The content around its cue: what is above, without the cue's own clause.
fn words_above(passage: &Passage<'_>, cue: &Cue, root: usize) -> Vec<usize> {
    let branch = std::iter::once(cue.head)
        .chain(passage.ancestors(cue.head))
        .take_while(|&word| word != root)
        .last()
        .unwrap_or(cue.head);
    let preposition = |child: usize| introduces(passage, child, root, false, &cue.complement);
    let mut words = passage.subtree_without(root, |child| child == branch || preposition(child));
    if passage.quotation_of(root).is_some() && cue.complement.frame == "quote" {
        words.retain(|&word| passage.quotation_of(word).is_some());
    }
    words
}

/// Adds the conditions that follow the content though the tree hangs them on the cue: "threatened to leave [if ...]".
fn include_conditions(passage: &Passage<'_>, markers: &Markers, cue: &Cue, words: &mut Vec<usize>) {
    let last = words.last().copied().unwrap_or(cue.head);
    let follows = |child: &usize| *child > last && *child > cue.head && markers.opens(passage, *child);
    let clauses: Vec<usize> = passage.children_by(cue.head, Relation::Advcl).filter(follows).collect();
    words.extend(clauses.into_iter().flat_map(|clause| passage.subtree(clause)));
}

/// Completes every quotation that the content touches, unless the cue stands inside it.
fn include_quotations(passage: &Passage<'_>, cue: &Cue, words: &mut Vec<usize>) {
    let mut touched: Vec<usize> = words
        .iter()
        .filter(|&&word| !passage.is_punctuation(word))
        .filter_map(|&word| passage.quotation_of(word))
        .filter(|&quotation| !passage.quotation_words(quotation).contains(&cue.head))
        .collect();
    touched.dedup();
    for quotation in touched {
        words.extend(passage.quotation_words(quotation));
    }
    words.sort_unstable();
    words.dedup();
}

/// The quotation that a verb of speaking introduces or closes when the tree shows no complement: `"Never." She paused.`
pub(super) fn adjacent_quotation(passage: &Passage<'_>, verb: usize) -> Option<usize> {
    let sentence = passage.sentence_words(verb);
    let outside = |quotation: &usize| !passage.quotation_words(*quotation).contains(&verb);
    let mut near: Vec<(usize, usize)> = sentence
        .clone()
        .filter(|&word| !passage.is_punctuation(word))
        .filter_map(|word| passage.quotation_of(word).map(|quotation| (word.abs_diff(verb), quotation)))
        .filter(|(_, quotation)| outside(quotation))
        .collect();
    near.sort_unstable();
    let here = near.first().map(|&(_, quotation)| quotation);
    let next = || {
        let colon = sentence.clone().next_back().filter(|&last| passage.lower(last) == ":")?;
        passage.quotation_of((colon + 1).min(passage.len() - 1)).filter(outside)
    };
    here.or_else(next)
}

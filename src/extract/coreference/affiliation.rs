//! To whom an actor belongs: the state, organisation or person named with an office or a group.
//!
//! > the [Orsan] foreign minister · [Orsa]'s foreign minister · the foreign minister of [Orsa] · [Holt] aide

use std::ops::Range;

use super::phrase::{Parsed, Phrase};
use super::vocabulary::Vocabulary;
use crate::syntax::{Relation, Upos};

/// The longest known name, in words, tried as an affiliation.
const LONGEST: usize = 5;

/// The affiliation among the words before a name or a head noun, and the words that remain to describe.
///
/// A known name wins ("Orsan", "State Department"), then a run of capitalised words ("Holt aide").
pub(super) fn before(
    vocabulary: &Vocabulary,
    parsed: &Parsed<'_>,
    words: &Range<usize>,
) -> (Option<String>, Range<usize>) {
    for start in words.clone() {
        for end in (start + 1..=words.end.min(start + LONGEST)).rev() {
            let text = parsed.text(&(start..end));
            if end == words.end || !text.starts_with(char::is_uppercase) {
                continue;
            }
            if let Some(sense) = vocabulary.gazetteer.sense(&text) {
                return (Some(vocabulary.gazetteer.canonical(sense).to_owned()), end..words.end);
            }
        }
    }
    let proper = |word: &usize| parsed.is_proper(*word);
    let office = (words.start..words.end).find(|&word| !proper(&word)).unwrap_or(words.start);
    if office > words.start && office < words.end && parsed.tree.word(office).upos != Upos::Punct {
        return (Some(parsed.text(&(words.start..office))), office..words.end);
    }
    (None, words.clone())
}

/// The affiliation that stands outside the core: a possessor, or what follows "of".
pub(super) fn around(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase) -> Option<String> {
    let possessor = phrase.owner.filter(|&owner| parsed.is_proper(owner));
    let named = possessor.or_else(|| {
        let inside = |&child: &usize| child >= phrase.core.end && phrase.words.contains(&child);
        let of = |&child: &usize| {
            parsed.hangs_as(child, Relation::Nmod)
                && parsed.is_proper(child)
                && parsed.tree.child_by(child, Relation::Case).is_some_and(|case| parsed.lower(case) == "of")
        };
        phrase.core.clone().flat_map(|word| parsed.tree.children(word)).copied().filter(inside).find(of)
    })?;
    let words = parsed.tree.subtree_without(named, |child| {
        matches!(
            parsed.tree.word(child).relation.universal(),
            Relation::Case | Relation::Det | Relation::Punct | Relation::Acl
        )
    });
    let text = parsed.text(&(*words.first()?..words.last()? + 1));
    Some(vocabulary.gazetteer.sense(&text).map_or(text, |sense| vocabulary.gazetteer.canonical(sense).to_owned()))
}

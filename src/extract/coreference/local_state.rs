//! States that only the article at hand knows: breakaway regions, towns with a council, invented countries.
//!
//! A name and the adjective made from it must both occur, and one of them must own an office or a body that speaks for a
//! state; then they mean a state, as "Russia" and "Russian" do.
//!
//! > [Orsa] shut its port. The [Orsan] foreign minister said ...

use indexmap::{IndexMap, IndexSet};

use super::office::Voice;
use super::vocabulary::Vocabulary;
use crate::text::Document;

/// How many words may stand between an adjective and the office it goes with: "Orsan deputy foreign minister".
const REACH: usize = 3;

/// The shortest name that may be a state's; shorter ones make adjectives by chance.
const SHORTEST: usize = 4;

/// The names of an article's own states with their adjectives, in order of first mention.
pub(super) fn local_states(vocabulary: &Vocabulary, document: &Document) -> IndexMap<String, String> {
    let forms: Vec<&str> = document.tokens.iter().map(|token| document.form(token)).collect();
    let unknown: IndexSet<&str> =
        forms.iter().copied().filter(|form| is_name(form) && vocabulary.gazetteer.sense(form).is_none()).collect();
    let mut found = IndexMap::new();
    for name in &unknown {
        let adjective = vocabulary.adjectives_of(name).find(|adjective| unknown.contains(adjective.as_str()));
        if let Some(adjective) = adjective.filter(|adjective| has_office(vocabulary, &forms, name, adjective)) {
            found.insert((*name).to_owned(), adjective);
        }
    }
    found
}

/// Whether a word is written like a name and not like an acronym.
fn is_name(form: &str) -> bool {
    let mut letters = form.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() + 1 >= SHORTEST
        && letters.all(|letter| letter.is_lowercase() || letter == '-')
}

/// Whether the adjective or the possessive of the name stands before an office or a body that speaks for a state.
fn has_office(vocabulary: &Vocabulary, forms: &[&str], name: &str, adjective: &str) -> bool {
    forms.iter().enumerate().any(|(at, form)| {
        let owner = *form == adjective
            || *form == name && forms.get(at + 1).is_some_and(|next| matches!(*next, "'s" | "’s" | "'" | "’"));
        let after = forms.iter().skip(at + 1).take(REACH).take_while(|next| !matches!(**next, "," | "." | ";"));
        owner && after.clone().any(|next| speaks(vocabulary, next))
    })
}

/// Whether a word is an office, or the singular or plural of a noun, that speaks for a state.
fn speaks(vocabulary: &Vocabulary, form: &str) -> bool {
    let lower = form.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    vocabulary.offices.titled(&lower).is_some_and(|office| office.voice == Voice::State)
        || vocabulary.nouns.speaks(singular)
}

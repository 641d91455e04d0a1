//! The verbs of questions and the relations they ask for, from `data/question_verbs.tsv`.
//!
//! A verb is found in any inflection, by its stem.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::graph::schema::RelationshipType;
use crate::graph::topic::stem;
use crate::lexicon::Lexicons;

/// What each verb of a question asks for, by the verb's stem; a filler ("out", in "rule out") asks for nothing.
type Verbs = BTreeMap<String, Vec<RelationshipType>>;

/// A row of `question_verbs.tsv`.
#[derive(Deserialize)]
struct VerbRow {
    word: String,
    relations: String,
}

/// The embedded list; empty if it could not be read, which a test rules out.
static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let list = include_str!("../../../data/question_verbs.tsv");
    let rows = Lexicons::embedded().rows::<VerbRow>("question_verbs.tsv", list).unwrap_or_default();
    rows.into_iter().map(|row| (stem(&row.word), relations(&row.relations))).collect()
});

/// The relations that a word asks for, in any inflection; `None` when it is no verb of questions, empty for a filler.
pub(super) fn relations_of(word: &str) -> Option<&'static [RelationshipType]> {
    VERBS.get(&stem(word)).map(Vec::as_slice)
}

/// Whether a word is an inflection of a verb.
pub(super) fn is_form_of(word: &str, verb: &str) -> bool {
    stem(word) == stem(verb)
}

/// The words that questions know, for suggestions.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    RelationshipType::RELATIONS.iter().filter_map(|kind| kind.relation()).map(|relation| relation.as_str())
}

/// The relationship types named in a row.
fn relations(names: &str) -> Vec<RelationshipType> {
    names.split_whitespace().filter_map(|name| RelationshipType::from_name(&name.to_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_relations() {
        assert!(VERBS.len() > 50);
        for (verb, relations) in VERBS.iter().filter(|(verb, _)| !["out", "that"].contains(&verb.as_str())) {
            assert!(!relations.is_empty(), "{verb}");
        }
    }

    #[test]
    fn any_form_of_a_verb_is_found() {
        for word in ["reject", "rejects", "Rejected", "rejecting", "opposes"] {
            assert_eq!(relations_of(word), Some([RelationshipType::Rejects].as_slice()), "{word}");
        }
        assert_eq!(relations_of("corridor"), None);
    }
}

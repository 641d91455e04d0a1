//! Lemmas and features that were found before: words come back, so most need to be worked out but once.
//!
//! What is remembered follows from the form and its occurrence alone, so that remembering never shows in the result,
//! whatever was read before and by however many threads.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use super::Features;
use super::lemmatizer::Role;
use super::morphology::Place;

/// So many forms are remembered, those that come first; the frequent ones are among them.
const FORMS: usize = 16_384;

/// So many occurrences of each, so that the memory is bounded.
const OCCURRENCES: usize = 32;

/// Lemma and features of a form.
pub(super) type Analysis = (String, Features);

/// What they depend on beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Number of the tag.
    pub(super) tag: usize,
    pub(super) role: Role,
    pub(super) place: Place,
}

/// The analyses of one form.
type Seen = Vec<(Occurrence, Analysis)>;

/// The analyses of forms.
#[derive(Default)]
pub(super) struct Memo {
    forms: RwLock<HashMap<Box<str>, Seen>>,
}

impl Memo {
    /// The analyses of forms in their occurrences, in order; `find` works out those that are new.
    pub(super) fn analyses(
        &self,
        forms: &[&str],
        occurrences: &[Occurrence],
        find: impl Fn(&str, &Occurrence) -> Analysis,
    ) -> Vec<Analysis> {
        let mut new: Vec<(&str, Occurrence, Analysis)> = Vec::new();
        let mut analyses = Vec::with_capacity(forms.len());
        let memory = self.forms.read().unwrap_or_else(PoisonError::into_inner);
        for (form, occurrence) in forms.iter().zip(occurrences) {
            let known = memory.get(*form).and_then(|seen| seen.iter().find(|(other, _)| other == occurrence));
            let analysis = known.map_or_else(|| find(form, occurrence), |(_, analysis)| analysis.clone());
            if known.is_none() {
                new.push((form, *occurrence, analysis.clone()));
            }
            analyses.push(analysis);
        }
        let has_room = memory.len() < FORMS;
        drop(memory);
        if has_room && !new.is_empty() {
            self.remember(new);
        }
        analyses
    }

    /// Adds analyses; another thread may have been faster.
    fn remember(&self, new: Vec<(&str, Occurrence, Analysis)>) {
        let mut memory = self.forms.write().unwrap_or_else(PoisonError::into_inner);
        for (form, occurrence, analysis) in new {
            let seen = memory.entry(form.into()).or_default();
            if seen.len() < OCCURRENCES && seen.iter().all(|(other, _)| *other != occurrence) {
                seen.push((occurrence, analysis));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::syntax::{Relation, Upos, Xpos};

    #[test]
    fn each_form_is_worked_out_once_an_occurrence() {
        let (memo, asked) = (Memo::default(), Cell::new(0));
        let find = |form: &str, occurrence: &Occurrence| {
            asked.set(asked.get() + 1);
            (format!("{form}{}", occurrence.tag), Features::default())
        };
        let role = Role { upos: Upos::Noun, xpos: Xpos::Nns, relation: Relation::Obj, head: None };
        let occurrence = |tag: usize| Occurrence { tag, role, place: Place::Anywhere };
        for (forms, tags, total) in
            [(vec!["talks", "talks"], vec![1, 2], 2), (vec!["talks", "signs", "talks"], vec![2, 1, 1], 3)]
        {
            let occurrences: Vec<Occurrence> = tags.iter().map(|&tag| occurrence(tag)).collect();
            let analyses = memo.analyses(&forms, &occurrences, find);
            let lemmas: Vec<String> = analyses.into_iter().map(|(lemma, _)| lemma).collect();
            let expected: Vec<String> = forms.iter().zip(&tags).map(|(form, tag)| format!("{form}{tag}")).collect();
            assert_eq!((lemmas, asked.get()), (expected, total));
        }
    }
}

//! What is remembered from one text to the next: words come back, so most need to be worked out but once.
//!
//! Of each form the gates of the network's first layer, which sees nothing but the word, and its lemma and features for
//! each way in which it occurred. All of it follows from the form, or from the form and its occurrence, so that
//! remembering never shows in the result, whatever was read before and by however many threads.

use smol_str::SmolStr;

use super::Features;
use super::forms::{Forms, Slot};
use super::lemmatizer::Role;
use super::morphology::Place;

/// So many forms have their gates remembered, 4 kB each. They are more than are ever read together.
const GATES: usize = 2048;

/// So many forms have their analyses remembered.
const FORMS: usize = 16_384;

/// So many occurrences of each, so that the memory is bounded.
const OCCURRENCES: usize = 32;

/// The first layer's gates of forms.
pub(super) struct GateMemo {
    forms: Forms<()>,
    /// Numbers a row.
    width: usize,
    /// A row for each place.
    rows: Vec<f32>,
}

impl GateMemo {
    /// Room for rows of `width` numbers.
    pub(super) fn new(width: usize) -> Self {
        Self { forms: Forms::new(GATES), width, rows: vec![0.0; GATES * width] }
    }

    /// The number of each form's row, and which of the forms stand for those whose row is still to be kept.
    pub(super) fn places(&mut self, forms: &[&str]) -> (Vec<usize>, Vec<usize>) {
        self.forms.begin();
        let mut new = Vec::new();
        let place = |(index, form): (usize, &&str)| match self.forms.slot(form) {
            Slot::Old(place) => place,
            Slot::New(place) => {
                new.push(index);
                place
            }
        };
        (forms.iter().enumerate().map(place).collect(), new)
    }

    /// Keeps rows at their places.
    pub(super) fn keep(&mut self, places: impl Iterator<Item = usize>, rows: &[f32]) {
        for (place, row) in places.zip(rows.chunks_exact(self.width)) {
            self.rows[place * self.width..][..self.width].copy_from_slice(row);
        }
    }

    /// All rows.
    pub(super) fn rows(&self) -> &[f32] {
        &self.rows
    }
}

/// Lemma and features of a form.
pub(super) type Analysis = (SmolStr, Features);

/// What they depend on beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Number of the tag.
    pub(super) tag: usize,
    pub(super) role: Role,
    pub(super) place: Place,
}

/// The analyses of forms.
pub(super) struct AnalysisMemo {
    forms: Forms<Vec<(Occurrence, Analysis)>>,
}

impl Default for AnalysisMemo {
    fn default() -> Self {
        Self { forms: Forms::new(FORMS) }
    }
}

impl AnalysisMemo {
    /// The analysis of a form in its occurrence; `find` works it out if it is new.
    pub(super) fn analysis(
        &mut self,
        form: &str,
        occurrence: &Occurrence,
        find: impl FnOnce() -> Analysis,
    ) -> Analysis {
        self.forms.begin();
        let (Slot::Old(place) | Slot::New(place)) = self.forms.slot(form);
        let seen = self.forms.value(place);
        if let Some((_, analysis)) = seen.iter().find(|(other, _)| other == occurrence) {
            return analysis.clone();
        }
        let analysis = find();
        if seen.len() < OCCURRENCES {
            seen.push((*occurrence, analysis.clone()));
        }
        analysis
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::syntax::{Relation, Upos, Xpos};

    #[test]
    fn each_form_is_worked_out_once_an_occurrence() {
        let (mut memo, asked) = (AnalysisMemo::default(), Cell::new(0));
        let role = Role { upos: Upos::Noun, xpos: Xpos::Nns, relation: Relation::Obj, head: None };
        for (form, tag, total) in
            [("talks", 1, 1), ("talks", 2, 2), ("talks", 2, 2), ("signs", 1, 3), ("talks", 1, 3), ("signs", 1, 3)]
        {
            let find = || {
                asked.set(asked.get() + 1);
                (format!("{form}{tag}").into(), Features::default())
            };
            let (lemma, _) = memo.analysis(form, &Occurrence { tag, role, place: Place::Anywhere }, find);
            assert_eq!((lemma, asked.get()), (SmolStr::from(format!("{form}{tag}")), total));
        }
    }

    #[test]
    fn rows_stand_at_the_places_of_their_forms() {
        let mut gates = GateMemo::new(2);
        let (places, new) = gates.places(&["talks", "signs", "talks"]);
        assert_eq!(new, [0, 1]);
        gates.keep(new.iter().map(|&word| places[word]), &[1.0, 2.0, 3.0, 4.0]);
        let (again, new) = gates.places(&["signs", "ports"]);
        assert_eq!((again[0], new), (places[1], vec![1]));
        assert_eq!(gates.rows()[2 * again[0]..][..2], [3.0, 4.0]);
    }
}

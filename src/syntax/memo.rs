//! What is remembered from one text to the next: words come back, so most need to be worked out but once.
//!
//! Of each form the gates of the network's first layer, which sees nothing but the word, and its lemma and features for
//! each way in which it occurred. All of it follows from the form, or from the form and its occurrence, so that
//! remembering never shows in the result, whatever was read before and by however many threads.

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use smol_str::SmolStr;

use super::Features;
use super::clock::Clock;
use super::lemmatizer::Role;
use super::morphology::Place;

/// So many forms are remembered. They are more than are ever read together.
const FORMS: usize = 16_384;

/// Of so many of them the gates are remembered, 4 kB each; again more than are ever read together.
const GATES: usize = 2048;

/// So many occurrences of each form, so that the memory is bounded.
const OCCURRENCES: usize = 32;

/// Forms and what is known of them.
pub(super) struct Memo {
    /// Each form at the place the clock gave it.
    forms: IndexMap<SmolStr, Known, FixedState>,
    clock: Clock,
    /// The first layer's gates, a row of `width` numbers for each of some forms.
    rows: Vec<f32>,
    width: usize,
    /// The place of the form that each row belongs to.
    owners: Vec<usize>,
    row_clock: Clock,
}

/// What is known of a form.
#[derive(Default)]
struct Known {
    /// The number of its row.
    row: Option<usize>,
    seen: Vec<(Occurrence, Analysis)>,
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

/// Where forms that are read together stand in the memory.
#[derive(Default)]
pub(super) struct Places {
    /// The place of each form.
    pub(super) forms: Vec<usize>,
    /// The number of each form's row of gates.
    pub(super) rows: Vec<usize>,
    /// Which of the forms stand for those whose row is still to be kept.
    pub(super) new: Vec<usize>,
}

impl Memo {
    /// A memory of nothing, for rows of `width` numbers.
    pub(super) fn new(width: usize) -> Self {
        Self {
            forms: IndexMap::default(),
            clock: Clock::new(FORMS),
            rows: vec![0.0; GATES * width],
            width,
            owners: Vec::new(),
            row_clock: Clock::new(GATES),
        }
    }

    /// Finds places for forms. They hold until the next call.
    pub(super) fn find(&mut self, forms: &[&str]) -> Places {
        self.clock.begin();
        self.row_clock.begin();
        let mut places = Places::default();
        for (index, form) in forms.iter().enumerate() {
            let place = self.place(form);
            let row = match self.forms[place].row {
                Some(row) => {
                    self.row_clock.meet(row);
                    row
                }
                None => {
                    places.new.push(index);
                    self.take_row(place)
                }
            };
            places.forms.push(place);
            places.rows.push(row);
        }
        places
    }

    /// The place of a form, which is given one if it has none.
    fn place(&mut self, form: &str) -> usize {
        if let Some(place) = self.forms.get_index_of(form) {
            self.clock.meet(place);
            return place;
        }
        let place = self.clock.take();
        if place == self.forms.len() {
            self.forms.insert(form.into(), Known::default());
        } else if self.forms.replace_index(place, form.into()).is_ok() {
            let gone = std::mem::take(&mut self.forms[place]);
            // The clock will come by its row; until then it is nobody's.
            gone.row.into_iter().for_each(|row| self.owners[row] = NOBODY);
        }
        place
    }

    /// A row for the form at a place, taken from another if need be.
    fn take_row(&mut self, place: usize) -> usize {
        let row = self.row_clock.take();
        if row == self.owners.len() {
            self.owners.push(place);
        } else {
            let owner = std::mem::replace(&mut self.owners[row], place);
            if let Some((_, known)) = self.forms.get_index_mut(owner) {
                known.row = None;
            }
        }
        self.forms[place].row = Some(row);
        row
    }

    /// Keeps the rows of gates of new forms.
    pub(super) fn keep(&mut self, places: &Places, rows: &[f32]) {
        for (&index, row) in places.new.iter().zip(rows.chunks_exact(self.width)) {
            self.rows[places.rows[index] * self.width..][..self.width].copy_from_slice(row);
        }
    }

    /// All rows of gates.
    pub(super) fn rows(&self) -> &[f32] {
        &self.rows
    }

    /// The analysis of the form at a place in its occurrence; `find` works it out if it is new.
    pub(super) fn analysis(
        &mut self,
        place: usize,
        occurrence: &Occurrence,
        find: impl FnOnce() -> Analysis,
    ) -> Analysis {
        let seen = &mut self.forms[place].seen;
        if let Some((_, analysis)) = seen.iter().find(|(other, _)| other == occurrence) {
            return analysis.clone();
        }
        let analysis = find();
        if seen.is_empty() {
            // Most forms occur in one way, and a list that grows by itself begins with room for four.
            seen.reserve_exact(1);
        }
        if seen.len() < OCCURRENCES {
            seen.push((*occurrence, analysis.clone()));
        }
        analysis
    }
}

/// The owner of a row that belongs to no form.
const NOBODY: usize = usize::MAX;

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::syntax::{Relation, Upos, Xpos};

    #[test]
    fn each_form_is_worked_out_once_an_occurrence() {
        let (mut memo, asked) = (Memo::new(1), Cell::new(0));
        let role = Role { upos: Upos::Noun, xpos: Xpos::Nns, relation: Relation::Obj, head: None };
        for (form, tag, total) in
            [("talks", 1, 1), ("talks", 2, 2), ("talks", 2, 2), ("signs", 1, 3), ("talks", 1, 3), ("signs", 1, 3)]
        {
            let find = || {
                asked.set(asked.get() + 1);
                (format!("{form}{tag}").into(), Features::default())
            };
            let place = memo.find(&[form]).forms[0];
            let (lemma, _) = memo.analysis(place, &Occurrence { tag, role, place: Place::Anywhere }, find);
            assert_eq!((lemma, asked.get()), (SmolStr::from(format!("{form}{tag}")), total));
        }
    }

    /// A row that tells the form.
    fn row(form: &str) -> [f32; 2] {
        let number: u32 = form.parse().unwrap();
        [number as f32, -1.0]
    }

    #[test]
    fn every_form_has_its_own_row_however_many_were_read() {
        let mut memo = Memo::new(2);
        let mut state = 1_u64;
        for round in 0..200 {
            // Small numbers come often, most others once.
            let mut random = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % if state >> 63 == 0 { 1000 } else { 60_000 }
            };
            let texts: Vec<String> = (0..512).map(|_| random().to_string()).collect();
            let forms: Vec<&str> = texts.iter().map(String::as_str).collect();
            let places = memo.find(&forms);
            let new: Vec<f32> = places.new.iter().flat_map(|&index| row(forms[index])).collect();
            memo.keep(&places, &new);
            for (form, place) in forms.iter().zip(&places.rows) {
                assert_eq!(memo.rows()[2 * place..][..2], row(form), "{round} {form}");
            }
            for (form, &place) in forms.iter().zip(&places.forms) {
                assert_eq!(memo.forms.get_index(place).map(|(form, _)| form.as_str()), Some(*form), "{round}");
            }
        }
    }
}

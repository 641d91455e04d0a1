//! Hits among gold items and among system items, and the figures that they make.
//!
//! The two are counted apart, since a hit may be one of a class of gold items without being one of that class of system
//! items. A table of them prints as text and as JSON, in percent with two digits.

use std::fmt;

/// How many gold items were found, and how many system items are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Gold items that were found.
    pub found: usize,
    /// Gold items.
    pub gold: usize,
    /// System items that are right.
    pub right: usize,
    /// System items.
    pub system: usize,
}

impl Tally {
    /// A tally where each hit pairs one gold item with one of the system's.
    pub(super) fn paired(hits: usize, gold: usize, system: usize) -> Self {
        Self { found: hits, gold, right: hits, system }
    }

    /// Adds the counts of another.
    pub(super) fn add(&mut self, other: Self) {
        self.found += other.found;
        self.gold += other.gold;
        self.right += other.right;
        self.system += other.system;
    }

    /// Share of the system's items that are right, in percent.
    pub fn precision(&self) -> f64 {
        self.share(self.right, self.system)
    }

    /// Share of the gold items that were found, in percent.
    pub fn recall(&self) -> f64 {
        self.share(self.found, self.gold)
    }

    /// The harmonic mean of the two; 0 when both are.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// Nothing against nothing is right, something against nothing is not.
    fn share(&self, hits: usize, items: usize) -> f64 {
        match (items, self.gold + self.system) {
            (_, 0) => 100.0,
            (0, _) => 0.0,
            _ => 100.0 * hits as f64 / items as f64,
        }
    }
}

/// The tallies of several measures, by name, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was scored: "84 articles".
    pub extent: String,
    /// The measures.
    pub rows: Vec<(String, Tally)>,
    /// Plain counts and shares of matched items: name, hits, items.
    pub shares: Vec<(String, usize, usize)>,
}

impl Report {
    /// The tally of a measure; an empty one for a name that is not there.
    pub fn tally(&self, name: &str) -> Tally {
        self.rows.iter().find(|(known, _)| known == name).map_or_else(Tally::default, |(_, tally)| *tally)
    }

    /// A share in percent; `None` for a name that is not there, or of no items.
    pub fn share(&self, name: &str) -> Option<f64> {
        let (_, hits, items) = self.shares.iter().find(|(known, ..)| known == name)?;
        (*items > 0).then(|| 100.0 * *hits as f64 / *items as f64)
    }

    /// The figures as one JSON object on one line: `measures` with `p`, `r`, `f1`, `gold` and `system`, then `shares` with
    /// `hits` and `of`.
    pub fn to_json(&self) -> String {
        let row = |(name, tally): &(String, Tally)| {
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            let Tally { gold, system, .. } = tally;
            format!(
                "\"{name}\": {{\"p\": {p:.2}, \"r\": {r:.2}, \"f1\": {f1:.2}, \"gold\": {gold}, \"system\": {system}}}"
            )
        };
        let share =
            |(name, hits, of): &(String, usize, usize)| format!("\"{name}\": {{\"hits\": {hits}, \"of\": {of}}}");
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        let shares: Vec<String> = self.shares.iter().map(share).collect();
        format!("{{\"measures\": {{{}}}, \"shares\": {{{}}}}}", rows.join(", "), shares.join(", "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.extent)?;
        writeln!(formatter, "{:32} {:>9} {:>6} {:>6} {:>6} {:>6}", "", "precision", "recall", "F1", "gold", "system")?;
        for (name, tally) in &self.rows {
            let (precision, recall, f1) = (tally.precision(), tally.recall(), tally.f1());
            let Tally { gold, system, .. } = tally;
            writeln!(formatter, "{name:32} {precision:9.2} {recall:6.2} {f1:6.2} {gold:6} {system:6}")?;
        }
        for (name, hits, items) in &self.shares {
            let share = 100.0 * *hits as f64 / (*items).max(1) as f64;
            writeln!(formatter, "{name:32} {share:9.2} % ({hits} of {items})")?;
        }
        Ok(())
    }
}

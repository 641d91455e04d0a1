//! One-to-one pairings of greatest weight between gold items and system items (Kuhn 1955, Munkres 1957).
//!
//! Of pairings of one weight the choice is that of the reference scorers, so that figures by class agree with theirs too.

use std::collections::{BTreeMap, BTreeSet};

/// The pairs of greatest total weight, gold first, in order; only pairs with a positive weight are made. Cubic in the size
/// of a connected group of items.
pub(super) fn pairs(weights: &BTreeMap<(usize, usize), f64>) -> Vec<(usize, usize)> {
    let mut left: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut right: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(gold, system) in weights.keys() {
        left.entry(gold).or_default().push(system);
        right.entry(system).or_default().push(gold);
    }
    let mut done: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for &start in left.keys() {
        if !done.contains(&start) {
            let (golds, systems) = group(start, &left, &right);
            done.extend(&golds);
            found.extend(pairs_of_group(&golds, &systems, weights));
        }
    }
    found.sort_unstable();
    found
}

/// The items that hang together with a gold item.
fn group(
    start: usize,
    left: &BTreeMap<usize, Vec<usize>>,
    right: &BTreeMap<usize, Vec<usize>>,
) -> (Vec<usize>, Vec<usize>) {
    let (mut golds, mut systems) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec![start];
    while let Some(gold) = waiting.pop() {
        if golds.insert(gold) {
            for &system in left.get(&gold).into_iter().flatten() {
                if systems.insert(system) {
                    waiting.extend(right.get(&system).into_iter().flatten());
                }
            }
        }
    }
    (golds.into_iter().collect(), systems.into_iter().collect())
}

fn pairs_of_group(golds: &[usize], systems: &[usize], weights: &BTreeMap<(usize, usize), f64>) -> Vec<(usize, usize)> {
    let weight = |gold: usize, system: usize| weights.get(&(gold, system)).copied().unwrap_or(0.0);
    let swapped = golds.len() > systems.len();
    let (rows, columns) = if swapped { (systems, golds) } else { (golds, systems) };
    let pair =
        |row: usize, column: usize| if swapped { (columns[column], rows[row]) } else { (rows[row], columns[column]) };
    let cost = |row: usize, column: usize| {
        let (gold, system) = pair(row, column);
        -weight(gold, system)
    };
    let chosen = assignment(rows.len(), columns.len(), cost).into_iter().enumerate();
    let pairs = chosen.map(|(row, column)| pair(row, column));
    pairs.filter(|&(gold, system)| weight(gold, system) > 0.0).collect()
}

/// For each row the column that it gets when the sum of costs is least. There are at least as many columns as rows.
pub(super) fn assignment(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let mut search = Search {
        rows: vec![0.0; rows + 1],
        columns: vec![0.0; columns + 1],
        taken: vec![0; columns + 1],
        way: vec![0; columns + 1],
    };
    for row in 1..=rows {
        search.place(row, &cost);
    }
    let mut chosen = vec![0; rows];
    for (column, &row) in search.taken.iter().enumerate().skip(1).filter(|(_, row)| **row > 0) {
        chosen[row - 1] = column - 1;
    }
    chosen
}

/// The potentials of rows and columns, numbered from 1, and which row has which column; 0 is none.
struct Search {
    rows: Vec<f64>,
    columns: Vec<f64>,
    taken: Vec<usize>,
    way: Vec<usize>,
}

impl Search {
    /// Gives a row a column, and others new ones where that is cheaper.
    fn place(&mut self, row: usize, cost: &impl Fn(usize, usize) -> f64) {
        let count = self.columns.len();
        self.taken[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; count];
        let mut used = vec![false; count];
        loop {
            used[column] = true;
            let from = self.taken[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..count).filter(|&other| !used[other]) {
                let spare = cost(from - 1, other - 1) - self.rows[from] - self.columns[other];
                if spare < least[other] {
                    least[other] = spare;
                    self.way[other] = column;
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            self.shift(&used, &mut least, step);
            column = next;
            if column == 0 || self.taken[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = self.way[column];
            self.taken[column] = self.taken[before];
            column = before;
        }
    }

    /// Moves the potentials so that a further column can be had.
    fn shift(&mut self, used: &[bool], least: &mut [f64], step: f64) {
        for (other, &used) in used.iter().enumerate() {
            if used {
                self.rows[self.taken[other]] += step;
                self.columns[other] -= step;
            } else {
                least[other] -= step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_weight_wins() {
        for (weights, expected) in [
            (vec![(0, 0, 1.0), (0, 1, 5.0), (1, 0, 5.0), (1, 1, 6.0)], vec![(0, 1), (1, 0)]),
            (vec![(0, 0, 2.0), (1, 0, 3.0)], vec![(1, 0)]),
            (vec![(0, 3, 2.0), (0, 4, 2.0)], vec![(0, 3)]),
            (vec![(0, 0, 2.0), (1, 0, 3.0), (2, 1, 1.0), (1, 1, 2.5)], vec![(0, 0), (1, 1)]),
            (vec![], vec![]),
        ] {
            let weights: BTreeMap<(usize, usize), f64> = weights.into_iter().map(|(g, s, w)| ((g, s), w)).collect();
            assert_eq!(pairs(&weights), expected, "{weights:?}");
        }
    }
}

//! Calibration: how often what a score calls likely is right, and the line through the score that makes it a chance.
//!
//! The line is that of Platt (1999), fitted by Newton's method; the table shows how chances turn out in the articles that
//! their line was not fitted to: two lines, each from every other article.

use std::fmt;

/// Lower borders of the rows of the table, as chances.
const BORDERS: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
/// Steps of Newton's method; a dozen are enough for any sample that has both kinds.
const STEPS: usize = 30;

/// Scores of decisions and whether they are right, an inner list for each article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// The score and whether it is right.
    pub articles: Vec<Vec<(f64, bool)>>,
}

impl Calibration {
    /// Slope and offset of the line over all articles.
    pub fn line(&self) -> (f64, f64) {
        fit(self.articles.iter().flatten())
    }

    /// Chances with whether they were right, each by the line of the other half of the articles.
    fn chances(&self) -> Vec<(f64, bool)> {
        let half = |rest: usize| self.articles.iter().skip(rest).step_by(2).flatten();
        let lines = [fit(half(1)), fit(half(0))];
        let judged = self.articles.iter().enumerate().flat_map(|(number, article)| {
            article.iter().map(move |&(score, right)| (chance(lines[number % 2], score), right))
        });
        judged.collect()
    }
}

fn chance((slope, offset): (f64, f64), score: f64) -> f64 {
    1.0 / (1.0 + (-(slope * score + offset)).exp())
}

/// Slope and offset of the most likely line.
fn fit<'s>(sample: impl Iterator<Item = &'s (f64, bool)>) -> (f64, f64) {
    let sample: Vec<(f64, bool)> = sample.copied().collect();
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..STEPS {
        let [mut by_slope, mut by_offset, mut square, mut cross, mut plain] = [0.0, 0.0, 1e-9, 0.0, 1e-9];
        for &(score, right) in &sample {
            let chance = chance((slope, offset), score);
            let (error, weight) = (chance - f64::from(u8::from(right)), chance * (1.0 - chance));
            by_slope += error * score;
            by_offset += error;
            square += weight * score * score;
            cross += weight * score;
            plain += weight;
        }
        let determinant = square * plain - cross * cross;
        slope -= (plain * by_slope - cross * by_offset) / determinant;
        offset -= (square * by_offset - cross * by_slope) / determinant;
    }
    (slope, offset)
}

impl fmt::Display for Calibration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (slope, offset) = self.line();
        writeln!(formatter, "odds = exp({slope:.3} * score {offset:+.3})")?;
        writeln!(formatter, "{:12} {:>6} {:>12} {:>7}", "chance", "number", "mean chance", "right")?;
        let chances = self.chances();
        for (row, &from) in BORDERS.iter().enumerate() {
            let to = BORDERS.get(row + 1).copied().unwrap_or(1.0);
            let here = |chance: f64| chance >= from && (chance < to || row + 1 == BORDERS.len());
            let found: Vec<(f64, bool)> = chances.iter().copied().filter(|&(chance, _)| here(chance)).collect();
            if found.is_empty() {
                continue;
            }
            let count = found.len() as f64;
            let mean = 100.0 * found.iter().map(|(chance, _)| chance).sum::<f64>() / count;
            let right = 100.0 * found.iter().filter(|(_, right)| *right).count() as f64 / count;
            let range = format!("{:.0}-{:.0} %", 100.0 * from, 100.0 * to);
            writeln!(formatter, "{range:12} {:>6} {mean:>10.1} % {right:>5.1} %", found.len())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_makes_odds_of_scores() {
        // At 1 three of four are right, at -1 one of four: odds of 3 and of a third.
        let article = |score: f64, right: usize| (0..4).map(|number| (score, number < right)).collect::<Vec<_>>();
        let calibration =
            Calibration { articles: vec![article(1.0, 3), article(-1.0, 1), article(1.0, 3), article(-1.0, 1)] };
        let (slope, offset) = calibration.line();
        assert!((slope - 3.0_f64.ln()).abs() < 1e-6 && offset.abs() < 1e-6, "{slope} {offset}");
    }
}

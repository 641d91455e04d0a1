//! How sure extraction must be of what it gives back: the dial from careful to complete.
//!
//! What is turned is the least score that the judge must give a candidate. From careful to complete more is found and more
//! of it is wrong. The judge's score is the logarithm of odds and too sure of itself, as it was fitted to what it knows by
//! heart; a line through it, fitted to texts it has not seen, makes the chance of it (Platt 1999).

/// What makes the logarithm of the odds of a score: fitted to 2,920 candidates in PolNeAR's dev articles by
/// `demarche score --calibration`, which also shows that of those with a chance of 70 to 80 % 79 in 100 are right.
const SLOPE: f64 = 0.906;
const OFFSET: f64 = -0.448;

/// The least score with which something counts.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Certainty {
    score: f64,
}

impl Certainty {
    /// Little is wrong, and much is missed: 95 of 100 attributions are right and 66 of 100 found on PolNeAR's dev articles.
    /// Of positions whose holder is known, 95 of 100 are stances that somebody takes.
    pub const CAREFUL: Self = Self { score: 1.75 };
    /// What is likelier right than wrong: 90 of 100 are right and 77 found; attribution.full is 70.7 at -0.25, 71.3 at 0, 71.6
    /// at 0.3, 71.7 at 0.49 and 0.7.
    pub const BALANCED: Self = Self { score: 0.49 };
    /// Little is missed, and much is wrong: 74 and 88 of 100. Positions are those found when balanced, for what the rules
    /// refuse is mostly wrong, and those of which it is not known who holds them: "I think" in a speech.
    pub const COMPLETE: Self = Self { score: -1.3 };

    /// A least chance in percent; `None` when it is none.
    pub fn of_percent(percent: f64) -> Option<Self> {
        let odds = (percent / (100.0 - percent)).ln();
        (0.0..=100.0).contains(&percent).then_some(Self { score: (odds - OFFSET) / SLOPE })
    }

    /// The least chance in percent.
    pub fn percent(self) -> f64 {
        100.0 * chance(self.score)
    }

    /// The least score.
    pub fn score(self) -> f64 {
        self.score
    }
}

impl Default for Certainty {
    fn default() -> Self {
        Self::BALANCED
    }
}

/// The chance that a statement with this score ascribes what it seems to, from 0 to 1.
pub(super) fn chance(score: f64) -> f64 {
    1.0 / (1.0 + (-(SLOPE * score + OFFSET)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_and_scores_are_one_dial() {
        for percent in [5.0, 50.0, 95.0] {
            let certainty = Certainty::of_percent(percent).unwrap();
            assert!((certainty.percent() - percent).abs() < 1e-9, "{percent}");
        }
        assert!(Certainty::of_percent(100.0).is_some_and(|all| all > Certainty::CAREFUL));
        assert!(Certainty::of_percent(0.0).is_some_and(|none| none < Certainty::COMPLETE));
        assert_eq!(Certainty::of_percent(101.0), None);
    }
}

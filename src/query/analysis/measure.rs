//! How the weight of a tie is put in proportion to how much its two ends say.
//!
//! An actor's activity is the number of sides it takes: one for each topic and side. Normalisation is as in discourse
//! network analysis (Leifeld 2017): without it, who speaks most is tied to everybody.

use crate::query::question::Measure;

/// The weight of a tie of `shared` sides between actors that take `one` and `other` sides.
///
/// A count has no upper bound; the others lie between 0 and 1. No activity gives no weight.
pub(super) fn weight(measure: Measure, shared: usize, one: usize, other: usize) -> f64 {
    let shared = shared as f64;
    let (one, other) = (one as f64, other as f64);
    let scale = match measure {
        Measure::Count => 1.0,
        Measure::Average => (one + other) / 2.0,
        Measure::Jaccard => one + other - shared,
        Measure::Cosine => (one * other).sqrt(),
    };
    if scale > 0.0 { rounded(shared / scale) } else { 0.0 }
}

/// Four places after the point, as answers show them.
fn rounded(weight: f64) -> f64 {
    (weight * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_in_proportion_to_activity() {
        for (measure, expected) in
            [(Measure::Count, 3.0), (Measure::Average, 0.4615), (Measure::Jaccard, 0.3), (Measure::Cosine, 0.5)]
        {
            assert_eq!(weight(measure, 3, 4, 9), expected, "{measure:?}");
            assert_eq!(weight(measure, 0, 0, 0), 0.0, "{measure:?}");
        }
    }
}

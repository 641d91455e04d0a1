//! Scores morphological features against a treebank, each by itself.
//!
//! A feature is right when the word has it with the same value; spelling and style (`Typo`, `Abbr`) are not scored.

use std::collections::BTreeMap;
use std::fmt;

use super::alignment::{DifferentTexts, Flat, f1, pairs, same_text};
use crate::syntax::{Features, TreebankSentence};

/// Features that are scored, in the order in which they are shown.
const SCORED: [&str; 15] = [
    "Tense", "Mood", "VerbForm", "Voice", "Person", "Number", "Gender", "Case", "Degree", "Polarity", "PronType",
    "Poss", "Reflex", "Definite", "NumType",
];

/// Scores of features in percent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureScore {
    /// Words all of whose features are right.
    pub all: f64,
    /// F1 of each feature.
    pub features: Vec<(&'static str, f64)>,
}

/// Scores a system's features against gold ones.
///
/// # Errors
/// When the two do not spell the same text.
pub fn score_features(gold: &[TreebankSentence], system: &[TreebankSentence]) -> Result<FeatureScore, DifferentTexts> {
    let (gold, system) = (Flat::new(gold), Flat::new(system));
    same_text(&gold.characters, &system.characters)?;
    let with =
        |flat: &Flat<'_>, name: &str| flat.words.iter().filter(|word| word.word.features.get(name).is_some()).count();
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for pair in pairs(&gold, &system) {
        let (gold, system) = (&pair.gold.word.features, &pair.system.word.features);
        for name in agreed(gold, system) {
            *right.entry(name).or_default() += 1;
        }
        all += usize::from(SCORED.iter().all(|name| gold.get(name) == system.get(name)));
    }
    let score = |name: &'static str| {
        (name, f1(right.get(name).copied().unwrap_or(0), (with(&gold, name), with(&system, name))))
    };
    let words = (gold.words.len(), system.words.len());
    Ok(FeatureScore { all: f1(all, words), features: SCORED.into_iter().map(score).collect() })
}

/// The features that both have, with one value.
fn agreed<'a>(gold: &'a Features, system: &'a Features) -> impl Iterator<Item = &'static str> + 'a {
    SCORED.into_iter().filter(|name| gold.get(name).is_some() && gold.get(name) == system.get(name))
}

impl fmt::Display for FeatureScore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:10} {:6.2}", "UFeats", self.all)?;
        let features: Vec<String> = self.features.iter().map(|(name, value)| format!("{name} {value:.1}")).collect();
        writeln!(formatter, "Features (F1): {}", features.join("  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    const GOLD: &str = "1\tOrsa\tOrsa\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t_\n\
                        2\twaits\twait\tVERB\tVBZ\tMood=Ind|Number=Sing|Tense=Pres|Typo=Yes\t0\troot\t_\t_\n\n";

    #[test]
    fn each_feature_is_scored_by_itself() {
        for (from, to, all, name, value) in [
            ("Typo=Yes", "Typo=Yes", 100.0, "Tense", 100.0),
            ("|Typo=Yes", "", 100.0, "Number", 100.0),
            ("Tense=Pres", "Tense=Past", 50.0, "Tense", 0.0),
            ("\tNumber=Sing", "\t_", 50.0, "Number", 200.0 / 3.0),
        ] {
            let system = GOLD.replacen(from, to, 1);
            let score = score_features(&read_conllu(GOLD).unwrap(), &read_conllu(&system).unwrap()).unwrap();
            let found = score.features.iter().find(|feature| feature.0 == name).unwrap().1;
            assert!((score.all - all).abs() < 1e-9 && (found - value).abs() < 1e-9, "{from} -> {to}: {score}");
        }
    }
}

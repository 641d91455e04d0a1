//! Features of the learned decisions: each has a kind and a few words, and its name is these with blanks between.
//!
//! Lists of weights have features by name. At run time no name is built: each word is a number, worked out once for all
//! the features that have it, and a feature's number is made of those of its words.

/// A feature: its kind and its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feature<'a>(pub(super) &'static str, pub(super) &'a [Part<'a>]);

/// A word of a feature, with its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    text: &'a str,
    number: u64,
}

impl Feature<'_> {
    /// The name in the lists of weights.
    pub(super) fn name(self) -> String {
        let texts = self.1.iter().map(|part| part.text);
        std::iter::once(self.0).chain(texts).collect::<Vec<_>>().join(" ")
    }

    /// The number by which its weights are found.
    pub(super) fn number(self) -> u64 {
        self.1.iter().fold(number_of_text(self.0), |number, part| join(number, part.number))
    }
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, number: number_of_text(text) }
    }
}

/// The number of the feature with this name.
pub(super) fn number_of_name(name: &str) -> u64 {
    name.split(' ').map(number_of_text).reduce(join).unwrap_or_default()
}

/// The number of a word (FNV-1a).
fn number_of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The number of what comes first and of the word after it, by the golden ratio (Knuth, "Sorting and searching", 6.4).
fn join(first: u64, next: u64) -> u64 {
    (first.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_by_its_name() {
        for (kind, words) in [("b", &[][..]), ("rr", &["source", "-", "v", "nsubj"]), ("g", &["", "of"])] {
            let parts: Vec<Part<'_>> = words.iter().copied().map(Part::from).collect();
            let feature = Feature(kind, &parts);
            assert_eq!(feature.number(), number_of_name(&feature.name()), "{feature:?}");
        }
        let of = |words: [&str; 2]| Feature("k", &words.map(Part::from)).number();
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
        assert_ne!(of(["a", "b"]), of(["b", "a"]));
    }
}

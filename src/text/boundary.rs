//! Decides where sentences end: every gap that might part two of them is weighed, by a linear model over hints (`hint`).
//!
//! Rules (`sentence`) know how printed prose ends its sentences. Mail, forums, lists and headlines end them without a
//! mark, and there only the sum of many small signs tells: a date behind an address, a name behind "Regards,", a capital
//! behind a link. The rules' verdict is one hint among the others, and the only one when there are no weights.
//! The weights are fitted by `syntax::train`; the file opens with readable lines that say on what.
//!
//! > [Jana Holt <jana@herald.example>] [03/28/2030 05:09 PM] [The terms are attached.] [Regards,] [Jana]

use std::fmt::Write as _;

use super::Token;
use super::hint::{Gap, Hints, hints};
use super::sentence::Ruling;
use super::shape::{Facts, Shape, observe};
use super::weight_table::WeightTable;

/// The file with the fitted weights.
const EMBEDDED: &[u8] = include_bytes!("../../data/sentence_ends.weights");

/// First line of such a file.
const MAGIC: &str = "demarche sentence ends 1";

/// The fitted model of sentence ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Boundaries {
    /// Parts of speech by word, see `shape::observe`.
    pub(crate) classes: WeightTable,
    /// Weights by hint.
    pub(crate) weights: WeightTable,
}

impl Boundaries {
    /// The model in the binary.
    pub(crate) fn embedded() -> Self {
        Self::from_bytes(EMBEDDED).unwrap_or_default()
    }

    /// Reads a file: a header, an empty line, the two tables. `None` when it is no such file.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let header_end = memchr::memmem::find(bytes, b"\n\n")?;
        let header = std::str::from_utf8(bytes.get(..header_end)?).ok()?;
        let mut lines = header.lines();
        if lines.next() != Some(MAGIC) {
            return None;
        }
        let classes = lines.find_map(|line| line.strip_prefix("classes: ")?.parse::<usize>().ok())?;
        let (classes, weights) = bytes.get(header_end + 2..)?.split_at_checked(classes)?;
        Some(Self { classes: WeightTable::from_bytes(classes)?, weights: WeightTable::from_bytes(weights)? })
    }

    /// The model as a file whose header has these lines, each a name and a value.
    pub(crate) fn to_bytes(&self, lines: &[(&str, &str)]) -> Vec<u8> {
        let mut header = format!("{MAGIC}\n");
        for (name, value) in lines {
            let _ = writeln!(header, "{name}: {}", value.replace('\n', " "));
        }
        let _ = write!(header, "classes: {}\n\n", self.classes.bytes().len());
        [header.as_bytes(), self.classes.bytes(), self.weights.bytes()].concat()
    }

    /// The sentence ends among the tokens of one paragraph: the first token of each further sentence, in order.
    ///
    /// `rulings` is what the rules are sure of, in order.
    pub(super) fn ends(&self, text: &str, tokens: &[Token], rulings: &[Ruling]) -> Vec<usize> {
        self.decide(&observe(&self.classes, text, tokens), rulings)
    }

    /// The same, of tokens that were observed before.
    pub(crate) fn decide(&self, facts: &[Facts], rulings: &[Ruling]) -> Vec<usize> {
        let mut ends = Vec::new();
        gaps(facts, rulings, |at, ruled, hints| {
            let sum: i32 = hints.iter().map(|&hint| i32::from(self.weights.get(hint))).sum();
            let is_end = sum > 0 || sum == 0 && ruled;
            if is_end {
                ends.push(at);
            }
            is_end
        });
        ends
    }
}

/// Goes over the gaps that might end a sentence, from left to right, but not those where rules let it run on: `is_end` gets the token behind the gap, whether rules
/// end a sentence there, and the hints; what it says about one gap is seen in the hints of the next.
pub(crate) fn gaps(facts: &[Facts], rulings: &[Ruling], mut is_end: impl FnMut(usize, bool, &Hints) -> bool) {
    let mut start = 0;
    let mut rulings = rulings.iter().peekable();
    for at in 1..facts.len() {
        let ruled = rulings.next_if(|ruling| ruling.at == at).map(|ruling| ruling.ends);
        let weighed = ruled.unwrap_or_else(|| may_end(facts, at));
        let ruled = ruled == Some(true);
        if weighed && is_end(at, ruled, &hints(Gap { facts, start, at, ruled })) {
            start = at;
        }
    }
}

/// Whether the gap before token `at` is weighed though no rule ends a sentence there: white space is in it, no mark that
/// closes follows, and a small letter only behind something that is no plain word.
fn may_end(facts: &[Facts], at: usize) -> bool {
    let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|left| facts.get(left)), facts.get(at)) else {
        return false;
    };
    let closes = matches!(right.shape, Shape::Stop | Shape::Comma | Shape::Close | Shape::Clitic);
    let runs_on = right.shape == Shape::Lower
        && matches!(
            left.shape,
            Shape::Lower | Shape::Capital | Shape::Letter | Shape::Clitic | Shape::Comma | Shape::Mixed
        );
    // The stop of an initial is never the sentence's: "J. Holt".
    let named = left.shape == Shape::Initial;
    !right.glued && !closes && !runs_on && !named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn what_is_written_is_read() {
        let boundaries = Boundaries { classes: WeightTable::new(&[(7, 3)]), weights: WeightTable::new(&[(9, -4)]) };
        let file = boundaries.to_bytes(&[("trained on", "orsa\ntreebank")]);
        assert!(file.starts_with(b"demarche sentence ends 1\ntrained on: orsa treebank\n"));
        let read = Boundaries::from_bytes(file.leak()).unwrap();
        assert_eq!((read.classes.get(7), read.weights.get(9)), (3, -4));
    }

    #[test]
    fn another_file_is_refused() {
        for file in ["", "demarche sentence ends 2\nclasses: 0\n\n", "demarche sentence ends 1\nclasses: 9\n\n"] {
            assert!(Boundaries::from_bytes(file.as_bytes()).is_none(), "{file}");
        }
    }

    #[test]
    fn the_embedded_weights_can_be_read() {
        assert!(Boundaries::from_bytes(EMBEDDED).is_some());
    }

    #[test]
    fn without_weights_the_rules_decide() {
        let text = "a b c d";
        let tokens: Vec<Token> =
            (0..4).map(|at| Token { span: Span::new(at * 2, at * 2 + 1), continues: false }).collect();
        let rulings = [Ruling { at: 1, ends: false }, Ruling { at: 3, ends: true }];
        assert_eq!(Boundaries::default().ends(text, &tokens, &rulings), [3]);
    }
}

//! Offsets in Unicode code points, the unit of every output, from offsets in bytes, the unit of every span.
//!
//! The way back serves whoever reads a graph: evidence in code points, cut out of the text of its article.

use super::Span;

/// Converts offsets of one text between bytes and Unicode code points.
///
/// Takes memory for the characters beyond ASCII only; a conversion costs the logarithm of their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodePoints {
    /// For each character longer than a byte: the offset after it, and by how many bytes the text up to there is longer
    /// than its characters.
    wide: Vec<(usize, usize)>,
}

impl CodePoints {
    /// The conversion for one text.
    pub fn new(text: &str) -> Self {
        let mut surplus = 0;
        let mut wide = Vec::new();
        for (offset, character) in text.char_indices().filter(|(_, character)| !character.is_ascii()) {
            surplus += character.len_utf8() - 1;
            wide.push((offset + character.len_utf8(), surplus));
        }
        Self { wide }
    }

    /// The number of code points before the byte at `offset`, which stands on a character boundary.
    pub fn of_byte(&self, offset: usize) -> usize {
        let passed = self.wide.partition_point(|&(end, _)| end <= offset);
        offset - self.surplus_after(passed)
    }

    /// The start and end of a span in code points.
    pub fn of_span(&self, span: Span) -> (usize, usize) {
        (self.of_byte(span.start), self.of_byte(span.end))
    }

    /// The byte at which the code point number `offset` starts.
    pub fn to_byte(&self, offset: usize) -> usize {
        let passed = self.wide.partition_point(|&(end, surplus)| end - surplus <= offset);
        offset + self.surplus_after(passed)
    }

    /// How many bytes the text after the first `passed` wide characters is longer than its code points.
    fn surplus_after(&self, passed: usize) -> usize {
        passed.checked_sub(1).map_or(0, |last| self.wide[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_converts_both_ways() {
        for text in ["", "Orsa", "“Orsa”", "Vólta – Żelm 🎈 ends", "ąęó"] {
            let offsets = CodePoints::new(text);
            let bytes = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
            for (number, byte) in bytes.enumerate() {
                assert_eq!((offsets.of_byte(byte), offsets.to_byte(number)), (number, byte), "{text} at {byte}");
            }
        }
    }
}

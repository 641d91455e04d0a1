//! What the reader's and the trainer's pass through the network have in common: how a recurrent layer walks through a
//! sentence, and where its gates stand.

use std::ops::Range;

use super::layout::Layer;

/// Leak of the projections' rectifier.
pub(super) const LEAK: f32 = 0.1;

/// The way a recurrent layer reads a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// The words in reading order.
    pub(super) fn walk(self, sentence: Range<usize>) -> impl Iterator<Item = usize> {
        let (start, end) = (sentence.start, sentence.end);
        sentence.map(move |word| if self == Direction::Forward { word } else { start + end - 1 - word })
    }

    /// The columns of this direction in a row of both.
    pub(super) fn block(self, units: usize) -> Range<usize> {
        match self {
            Direction::Forward => 0..units,
            Direction::Backward => units..2 * units,
        }
    }
}

/// What one word's projection gives to one direction of a layer; four lists of `units` numbers.
pub(super) struct Gates<'a> {
    pub(super) candidate: &'a [f32],
    pub(super) forget: &'a [f32],
    pub(super) reset: &'a [f32],
    pub(super) highway: &'a [f32],
}

impl<'a> Gates<'a> {
    /// Cuts the blocks of a word out of the projection; the highway is the input itself where the widths agree.
    pub(super) fn of(layer: &Layer, direction: Direction, word: usize, projected: &'a [f32], input: &'a [f32]) -> Self {
        let units = layer.units;
        let start = (2 * word + direction as usize) * layer.gates * units;
        let block = |index: usize| &projected[start + index * units..][..units];
        let highway = match layer.gates {
            3 => &input[word * 2 * units..][direction.block(units)],
            _ => block(3),
        };
        Self { candidate: block(0), forget: block(1), reset: block(2), highway }
    }
}

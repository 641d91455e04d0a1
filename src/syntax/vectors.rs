//! Word vectors learned from far more text than the treebanks have, so that words the treebanks lack are known by their
//! neighbours elsewhere. Training does not change them.
//!
//! They are read from the text format of word2vec and GloVe: a word and its numbers on each line, apart by spaces.

use std::collections::HashSet;

use multiversion::multiversion;
use serde::{Deserialize, Serialize};

use super::features::word_hash;
use super::model::{Model, ModelError};
use super::parser::EMBEDDED;

/// A vector for each of some words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WordVectors {
    /// Numbers a word.
    pub(super) width: usize,
    /// Hashes of the words, see `features::word_hash`; one row of `rows` each.
    pub(super) words: Vec<u64>,
    /// The vectors.
    pub(super) rows: Nibbles,
}

/// A file of word vectors that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct VectorsError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl WordVectors {
    /// Those of the model that ships with the program.
    ///
    /// # Errors
    /// Never, unless the program was built over a damaged model file.
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(Model::from_program(EMBEDDED)?.1.word_vectors)
    }

    /// Reads vectors in text form, those of the first `count` words that differ by more than case and digits. All lines
    /// have as many numbers as the first.
    ///
    /// # Errors
    /// When a line has no number where one is due, or more or fewer than the first.
    pub fn read(text: &str, count: usize) -> Result<Self, VectorsError> {
        let mut vectors = Self::default();
        let mut seen = HashSet::new();
        let mut matrix: Vec<f32> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let error = |message: String| VectorsError { line: index + 1, message };
            let mut fields = line.split(' ');
            let hash = word_hash(fields.next().unwrap_or(""));
            if vectors.words.len() == count {
                break;
            }
            if !seen.insert(hash) {
                continue;
            }
            let number = |field: &str| field.parse::<f32>().map_err(|_| error(format!("`{field}` is no number")));
            let row: Vec<f32> = fields.map(number).collect::<Result<_, _>>()?;
            if vectors.words.is_empty() {
                vectors.width = row.len();
            }
            if row.len() != vectors.width {
                return Err(error(format!("{} numbers, the first line has {}", row.len(), vectors.width)));
            }
            vectors.words.push(hash);
            matrix.extend(row);
        }
        vectors.rows = Nibbles::round(&matrix, vectors.width);
        Ok(vectors)
    }
}

/// A matrix in half bytes: entry `j` of row `i` is `(nibble - 8) * scales[i]`. Two entries share a byte, the first of them
/// in the lower half; a row of odd length leaves its last upper half unused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Nibbles {
    pub(super) scales: Vec<f32>,
    #[serde(with = "super::bytes")]
    pub(super) values: Vec<u8>,
}

/// Largest entry of a row, in scales.
const LARGEST: f32 = 7.0;

impl Nibbles {
    /// Rounds a matrix of `width` columns. A row's largest entries are cut off where that brings the others closer.
    fn round(matrix: &[f32], width: usize) -> Self {
        let mut nibbles = Self::default();
        for row in matrix.chunks_exact(width.max(1)) {
            let largest = row.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
            let scales = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5].map(|share| share * largest / LARGEST);
            let rounded = |value: f32, scale: f32| (value / scale).round().clamp(-LARGEST, LARGEST);
            let error =
                |scale: f32| row.iter().map(|&value| (rounded(value, scale) * scale - value).powi(2)).sum::<f32>();
            let scale = scales.into_iter().min_by(|left, right| error(*left).total_cmp(&error(*right))).unwrap_or(1.0);
            let half = |value: &f32| (rounded(*value, scale) + 8.0) as u8;
            nibbles.scales.push(scale);
            nibbles.values.extend(row.chunks(2).map(|pair| half(&pair[0]) | pair.get(1).map_or(0, half) << 4));
        }
        nibbles
    }

    /// Adds row `row`, `sum.len()` wide, to `sum`.
    pub(super) fn add_row(&self, row: usize, sum: &mut [f32]) {
        let bytes = sum.len().div_ceil(2);
        add_halves(&self.values[row * bytes..][..bytes], self.scales[row], sum);
    }

    /// Whether it has `rows` rows of `width` values.
    pub(super) fn fits(&self, rows: usize, width: usize) -> bool {
        self.scales.len() == rows && Some(self.values.len()) == rows.checked_mul(width.div_ceil(2))
    }
}

/// Adds the entries in half bytes, each times `scale`, to `sum`.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
fn add_halves(halves: &[u8], scale: f32, sum: &mut [f32]) {
    let value = |half: u8| scale * (f32::from(half) - 8.0);
    let (pairs, last) = sum.as_chunks_mut::<2>();
    for (pair, byte) in pairs.iter_mut().zip(halves) {
        pair[0] += value(byte & 15);
        pair[1] += value(byte >> 4);
    }
    if let ([last], Some(byte)) = (last, halves.last()) {
        *last += value(byte & 15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_words_that_differ_by_case_counts() {
        let vectors = WordVectors::read("orsa 1 0\nOrsa 2 2\nport 0 -0.5\nenvoy 1 1\n", 2).unwrap();
        assert_eq!(vectors.words, [word_hash("orsa"), word_hash("port")]);
        let mut sum = [0.0; 2];
        vectors.rows.add_row(1, &mut sum);
        assert!(sum[0].abs() < 0.05 && (sum[1] + 0.5).abs() < 0.05, "{sum:?}");
    }

    #[test]
    fn a_line_of_another_length_is_refused() {
        let error = WordVectors::read("orsa 1 0\nport 1\n", 9).unwrap_err();
        assert_eq!(error.to_string(), "line 2: 1 numbers, the first line has 2");
    }
}

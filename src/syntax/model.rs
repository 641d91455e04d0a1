//! The model file: a readable header, then the weights, checked by length and hash.
//!
//! The header is the line `demarche model 3`, then `trained on: ...`, `licence: ...` and so on, an empty line at its end.
//! Matrices are stored as bytes, one scale a column; the embedding table likewise, one scale a row. `from_weights`
//! rounds to that form, so what is measured is what is stored.

use std::fmt::Write as _;
use std::ops::Range;

use multiversion::multiversion;
use serde::{Deserialize, Serialize};

use super::EntityType;
use super::layout::{Layout, Sizes};
use super::lemmatizer::Lemmatizer;
use super::morphology::Morphology;
use super::vectors::WordVectors;

/// First line of a model file.
const MAGIC: &str = "demarche model 3";

/// What is known about a model's making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelHeader {
    /// The treebanks.
    pub trained_on: String,
    /// Sizes, passes, rates, teachers.
    pub how: String,
    /// The weights' licence, which follows from the treebanks'.
    pub licence: String,
    /// Seed of all random choices.
    pub seed: u64,
    /// Passes over the treebanks.
    pub epochs: usize,
    /// What was reached on the development treebanks.
    pub scores: String,
}

/// A model file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The first line is another.
    #[error("this is no model file of demarche, or one of another version: it does not start with `{MAGIC}`")]
    Foreign,
    /// The header ends too early or lacks a line.
    #[error("the model's header lacks its `{0}` line")]
    Header(&'static str),
    /// Shorter or longer than the header says.
    #[error("the model file is cut off or was added to: {expected} bytes of weights were due, {found} are there")]
    Length {
        /// What the header says.
        expected: usize,
        /// What is there.
        found: usize,
    },
    /// The hash differs.
    #[error("the model file is damaged: its weights do not match their hash")]
    Damaged,
    /// The payload's parts do not fit each other.
    #[error("the model's parts do not fit each other")]
    Inconsistent,
}

/// A model's weights and word lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Model {
    pub(super) sizes: Sizes,
    /// Hashes of known words, see `features::word_hash`.
    pub(super) vocabulary: Vec<u64>,
    /// Spellings of the joint tags.
    pub(super) tags: Vec<String>,
    /// Names of the relations.
    pub(super) relations: Vec<String>,
    pub(super) embeddings: Bytes,
    pub(super) word_vectors: WordVectors,
    pub(super) matrices: Vec<Bytes>,
    /// All weights that belong to no matrix, in order.
    vectors: Vec<f32>,
    pub(super) lemmatizer: Lemmatizer,
    pub(super) morphology: Morphology,
}

/// A matrix in bytes: row `i` is `values[i * width..] * scales[i]`. Projections are stored transposed, so that each of
/// their columns has a scale.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Bytes {
    pub(super) scales: Vec<f32>,
    #[serde(with = "super::bytes")]
    pub(super) values: Vec<i8>,
}

impl Bytes {
    /// Rounds a matrix of `width` columns.
    pub(super) fn round(matrix: &[f32], width: usize) -> Self {
        let mut bytes = Self::default();
        for row in matrix.chunks_exact(width.max(1)) {
            let largest = row.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            bytes.scales.push(scale);
            bytes.values.extend(row.iter().map(|value| (value / scale).round() as i8));
        }
        bytes
    }

    /// Adds several rows, each `sum.len()` wide, to `sum`, one after the other.
    pub(super) fn add_rows(&self, rows: &[u32], sum: &mut [f32]) {
        add_rows(self, rows, sum);
    }

    /// Whether it has `rows` rows of `width` values.
    fn fits(&self, rows: usize, width: usize) -> bool {
        self.scales.len() == rows && Some(self.values.len()) == rows.checked_mul(width)
    }
}

/// Adds rows of a table to `sum`, 16 columns at a time, so that these stay in a register.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
fn add_rows(table: &Bytes, rows: &[u32], sum: &mut [f32]) {
    let width = sum.len();
    for (index, sum) in sum.chunks_mut(16).enumerate() {
        for &row in rows {
            let scale = table.scales[row as usize];
            let values = &table.values[row as usize * width + 16 * index..][..sum.len()];
            if let (Ok(sum), Ok(values)) = (<&mut [f32; 16]>::try_from(&mut *sum), <&[i8; 16]>::try_from(values)) {
                sum.iter_mut().zip(values).for_each(|(sum, &value)| *sum += scale * f32::from(value));
            } else {
                sum.iter_mut().zip(values).for_each(|(sum, &value)| *sum += scale * f32::from(value));
            }
        }
    }
}

/// Everything of a model but its weights.
pub(super) struct Lists {
    pub(super) vocabulary: Vec<u64>,
    pub(super) word_vectors: WordVectors,
    pub(super) tags: Vec<String>,
    pub(super) relations: Vec<String>,
    pub(super) lemmatizer: Lemmatizer,
    pub(super) morphology: Morphology,
}

impl Model {
    /// Rounds trained weights to the stored form.
    pub(super) fn from_weights(sizes: Sizes, embeddings: &[f32], weights: &[f32], lists: &Lists) -> Self {
        let layout = Layout::new(&sizes);
        let mut matrices = Vec::new();
        let mut is_matrix = vec![false; weights.len()];
        for affine in layout.matrices() {
            let transposed = super::kernels::transpose(&weights[affine.weight.clone()], affine.outputs);
            matrices.push(Bytes::round(&transposed, affine.inputs));
            is_matrix[affine.weight.clone()].fill(true);
        }
        let vectors = weights.iter().zip(&is_matrix).filter(|(_, is_matrix)| !**is_matrix);
        Self {
            sizes,
            vocabulary: lists.vocabulary.clone(),
            tags: lists.tags.clone(),
            relations: lists.relations.clone(),
            embeddings: Bytes::round(embeddings, sizes.embedding),
            word_vectors: lists.word_vectors.clone(),
            matrices,
            vectors: vectors.map(|(&weight, _)| weight).collect(),
            lemmatizer: lists.lemmatizer.clone(),
            morphology: lists.morphology.clone(),
        }
    }

    /// The stored weights at a place of the layout that is no matrix.
    pub(super) fn vector(&self, layout: &Layout, range: &Range<usize>) -> &[f32] {
        let before = layout.matrices().into_iter().filter(|affine| affine.weight.end <= range.start);
        let start = range.start - before.map(|affine| affine.weight.len()).sum::<usize>();
        &self.vectors[start..start + range.len()]
    }

    /// The weights in the order of the layout, as far as rounding has left them: embeddings, then all others.
    pub(super) fn to_weights(&self) -> (Vec<f32>, Vec<f32>) {
        let layout = Layout::new(&self.sizes);
        let unrounded = |bytes: &Bytes, width: usize| -> Vec<f32> {
            let rows = bytes.values.chunks_exact(width.max(1)).zip(&bytes.scales);
            rows.flat_map(|(row, &scale)| row.iter().map(move |&value| scale * f32::from(value))).collect()
        };
        let mut weights = vec![0.0; layout.total];
        let mut is_matrix = vec![false; layout.total];
        for (affine, bytes) in layout.matrices().into_iter().zip(&self.matrices) {
            let matrix = super::kernels::transpose(&unrounded(bytes, affine.inputs), affine.inputs);
            weights[affine.weight.clone()].copy_from_slice(&matrix);
            is_matrix[affine.weight.clone()].fill(true);
        }
        let others = weights.iter_mut().zip(&is_matrix).filter(|(_, is_matrix)| !**is_matrix);
        others.zip(&self.vectors).for_each(|((weight, _), &value)| *weight = value);
        (unrounded(&self.embeddings, self.sizes.embedding), weights)
    }

    /// The model as a file.
    pub(super) fn to_bytes(&self, header: &ModelHeader) -> Vec<u8> {
        let payload = postcard::to_stdvec(self).unwrap_or_default();
        let mut text = format!("{MAGIC}\n");
        for (name, value) in [
            ("trained on", header.trained_on.clone()),
            ("how", header.how.clone()),
            ("licence", header.licence.clone()),
            ("seed", header.seed.to_string()),
            ("epochs", header.epochs.to_string()),
            ("scores", header.scores.clone()),
            ("payload", format!("{} {}", payload.len(), blake3::hash(&payload).to_hex())),
        ] {
            let _ = writeln!(text, "{name}: {}", value.replace('\n', " "));
        }
        text.push('\n');
        [text.into_bytes(), payload].concat()
    }

    /// Reads a model file.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<(ModelHeader, Self), ModelError> {
        let (header, hash, payload) = open(bytes)?;
        if blake3::hash(payload).to_hex().as_str() != hash {
            return Err(ModelError::Damaged);
        }
        Ok((header, Self::from_payload(payload)?))
    }

    /// Reads a model file that is part of the program. Its hash is not checked: what damages it damages the program, and
    /// the hash takes a fifth of the time to read it.
    pub(super) fn from_program(bytes: &[u8]) -> Result<(ModelHeader, Self), ModelError> {
        let (header, _, payload) = open(bytes)?;
        Ok((header, Self::from_payload(payload)?))
    }

    /// The model that follows the header.
    fn from_payload(payload: &[u8]) -> Result<Self, ModelError> {
        let mut model: Self = postcard::from_bytes(payload).map_err(|_| ModelError::Inconsistent)?;
        // A model made before there were mentions has one matrix less.
        let without = Layout::new(&model.sizes).matrices().len();
        model.sizes.entities = if model.matrices.len() > without { EntityType::ALL.len() + 1 } else { 0 };
        if model.is_consistent() { Ok(model) } else { Err(ModelError::Inconsistent) }
    }

    /// Whether all lists are as long as the sizes say.
    fn is_consistent(&self) -> bool {
        let layout = Layout::new(&self.sizes);
        let matrices = layout.matrices();
        let in_matrices: usize = matrices.iter().map(|affine| affine.weight.len()).sum();
        let fits = |(affine, bytes): (&&super::layout::Affine, &Bytes)| bytes.fits(affine.outputs, affine.inputs);
        self.embeddings.fits(self.sizes.rows, self.sizes.embedding)
            && super::features::row_count(self.vocabulary.len()) == self.sizes.rows
            && self.word_vectors.rows.fits(self.word_vectors.words.len(), self.word_vectors.width)
            && self.word_vectors.width == self.sizes.vector
            && self.matrices.len() == matrices.len()
            && matrices.iter().zip(&self.matrices).all(fits)
            && self.vectors.len() + in_matrices == layout.total
            && self.tags.len() == self.sizes.tags
            && self.relations.len() == self.sizes.labels
            && self.sizes.layers >= 2
    }
}

/// The header of a model file, the hash it gives, and what follows.
fn open(bytes: &[u8]) -> Result<(ModelHeader, String, &[u8]), ModelError> {
    if !bytes.starts_with(MAGIC.as_bytes()) {
        return Err(ModelError::Foreign);
    }
    let end = memchr::memmem::find(bytes, b"\n\n").ok_or(ModelError::Header("payload"))?;
    let text = String::from_utf8_lossy(&bytes[..end]);
    let line = |name: &'static str| {
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.map(str::to_owned).ok_or(ModelError::Header(name))
    };
    let header = ModelHeader {
        trained_on: line("trained on")?,
        how: line("how")?,
        licence: line("licence")?,
        seed: line("seed")?.parse().map_err(|_| ModelError::Header("seed"))?,
        epochs: line("epochs")?.parse().map_err(|_| ModelError::Header("epochs"))?,
        scores: line("scores")?,
    };
    let sum = line("payload")?;
    let (length, hash) = sum.split_once(' ').ok_or(ModelError::Header("payload"))?;
    let payload = &bytes[end + 2..];
    let expected = length.parse().map_err(|_| ModelError::Header("payload"))?;
    if payload.len() != expected {
        return Err(ModelError::Length { expected, found: payload.len() });
    }
    Ok((header, hash.to_owned(), payload))
}

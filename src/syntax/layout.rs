//! Where each weight of the network stands in one flat list of numbers, so that training sees a single vector.
//!
//! Embeddings are apart: they are a table of rows of which a batch touches a few.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The widths of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sizes {
    /// Rows of the embedding table.
    pub(super) rows: usize,
    /// Width of an embedding.
    pub(super) embedding: usize,
    /// Width of a word vector, which stands behind the embedding; 0 without.
    pub(super) vector: usize,
    /// Units of a recurrent layer in one direction.
    pub(super) units: usize,
    /// Recurrent layers; tags are read from the last but one.
    pub(super) layers: usize,
    /// Width of the arc projections.
    pub(super) arc: usize,
    /// Width of the label projections.
    pub(super) label: usize,
    /// Number of tags.
    pub(super) tags: usize,
    /// Number of relations.
    pub(super) labels: usize,
    /// Number of answers to what a word's phrase stands for: nothing, then the types of entities; 0 in a model that knows
    /// none. Not stored, for it shows in the number of matrices.
    #[serde(skip)]
    pub(super) entities: usize,
}

impl Sizes {
    /// Width of what the first layer reads of a word.
    pub(super) fn input(&self) -> usize {
        self.embedding + self.vector
    }
}

/// A matrix (`inputs` rows of `outputs` columns) and a bias.
#[derive(Clone, Debug)]
pub(super) struct Affine {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) weight: Range<usize>,
    pub(super) bias: Range<usize>,
}

/// One bidirectional recurrent layer. A direction has `gates` blocks of `units` columns in the projection: candidate,
/// forget, reset and, in the first layer, the highway; that of the others is their input, which is as wide as their
/// output. The vectors hold both directions.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) units: usize,
    pub(super) gates: usize,
    pub(super) projection: Affine,
    pub(super) forget: Range<usize>,
    pub(super) reset: Range<usize>,
}

/// All parts of the network.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) layers: Vec<Layer>,
    pub(super) tag: Affine,
    pub(super) dependent: Affine,
    pub(super) head: Affine,
    /// The root's place among the heads.
    pub(super) root: Range<usize>,
    /// Weighs a head by itself.
    pub(super) head_prior: Range<usize>,
    /// A bias for each signed distance, see [`distance_bucket`].
    pub(super) distance: Range<usize>,
    pub(super) label_dependent: Affine,
    pub(super) label_head: Affine,
    pub(super) label_root: Range<usize>,
    pub(super) label: Affine,
    /// Read from the same layer as the tags; no matrix where there is nothing to read.
    pub(super) entity: Affine,
    /// Number of weights.
    pub(super) total: usize,
}

/// Distances beyond this share a bias.
const FAR: isize = 24;

/// Number of distance biases.
const DISTANCES: usize = 2 * FAR as usize + 2;

/// Which distance bias an arc takes: `head` 0 is the root, `head` k is word k - 1.
pub(super) fn distance_bucket(word: usize, head: usize) -> usize {
    match head {
        0 => DISTANCES - 1,
        _ => (head as isize - 1 - word as isize).clamp(-FAR, FAR).saturating_add(FAR) as usize,
    }
}

impl Layout {
    /// The layout of a network of these widths.
    pub(super) fn new(sizes: &Sizes) -> Self {
        let mut next = 0;
        let mut take = |length: usize| {
            let start = next;
            next += length;
            start..next
        };
        let mut affine = |inputs: usize, outputs: usize| Affine {
            inputs,
            outputs,
            weight: take(inputs * outputs),
            bias: take(outputs),
        };
        let width = 2 * sizes.units;
        let shape = |layer: usize| if layer == 0 { (sizes.input(), 4) } else { (width, 3) };
        let projection = |(inputs, gates): (usize, usize)| affine(inputs, gates * width);
        let projections: Vec<Affine> = (0..sizes.layers).map(shape).map(projection).collect();
        let tag = affine(width, sizes.tags);
        let dependent = affine(width, sizes.arc);
        let head = affine(width, sizes.arc);
        let label_dependent = affine(width, sizes.label);
        let label_head = affine(width, sizes.label);
        let label = affine(sizes.label, sizes.labels);
        let entity = affine(width, sizes.entities);
        let layer = |projection: Affine| Layer {
            units: sizes.units,
            gates: projection.outputs / width.max(1),
            projection,
            forget: take(width),
            reset: take(width),
        };
        let layers = projections.into_iter().map(layer).collect();
        let root = take(sizes.arc);
        let head_prior = take(sizes.arc);
        let distance = take(DISTANCES);
        let label_root = take(sizes.label);
        Self {
            layers,
            tag,
            dependent,
            head,
            root,
            head_prior,
            distance,
            label_dependent,
            label_head,
            label_root,
            label,
            entity,
            total: next,
        }
    }

    /// All matrices, in order.
    pub(super) fn matrices(&self) -> Vec<&Affine> {
        let heads = [&self.tag, &self.dependent, &self.head, &self.label_dependent, &self.label_head, &self.label];
        let entity = Some(&self.entity).filter(|entity| entity.outputs > 0);
        self.layers.iter().map(|layer| &layer.projection).chain(heads).chain(entity).collect()
    }
}

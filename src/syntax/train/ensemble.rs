//! Several trained networks as one teacher: plain sentences get the tags, arcs and relations that they agree on, with
//! what they doubt, so that one small network can learn from them (Hinton et al., "Distilling the knowledge in a neural
//! network", 2015; Kuncoro et al., "Distilling an ensemble of greedy dependency parsers", 2016).

use super::batch::{Answers, Example, Shard, Targets};
use super::forward::Forward;
use super::gradient::{inputs, softmax};
use crate::syntax::WordVectors;
use crate::syntax::arborescence::heaviest_tree;
use crate::syntax::layout::{Layout, Sizes};

/// The weights of one trained network.
pub(super) struct Member {
    pub(super) sizes: Sizes,
    pub(super) weights: Vec<f32>,
    pub(super) embeddings: Vec<f32>,
}

/// Smallest probability whose logarithm is told from that of others.
const SMALLEST: f32 = 1e-6;

/// The answers of all members together: the means of their probabilities, under the heads of the tree with the highest
/// product of mean probabilities.
pub(super) fn answers(members: &[Member], example: &Example, word_vectors: &WordVectors) -> Answers {
    let shard = example.shard();
    let count = example.len();
    let layouts: Vec<Layout> = members.iter().map(|member| Layout::new(&member.sizes)).collect();
    let forwards: Vec<Forward<'_>> = members
        .iter()
        .zip(&layouts)
        .map(|(member, layout)| Forward { sizes: &member.sizes, layout, weights: &member.weights })
        .collect();
    let readings: Vec<_> =
        forwards.iter().zip(members).map(|(forward, member)| read(forward, member, &shard, word_vectors)).collect();
    let both = || forwards.iter().zip(&readings);
    let Some(sizes) = members.first().map(|member| &member.sizes) else { return Answers::default() };
    let tags = mean(both().map(|(_, reading)| reading.tags.clone()), sizes.tags);
    let arcs = mean(both().map(|(forward, reading)| forward.arc_scores(reading, 0..count)), count + 1);
    let logarithms: Vec<f32> = arcs.iter().map(|chance| chance.max(SMALLEST).ln()).collect();
    let tree = heaviest_tree(count, &logarithms);
    let heads: Vec<usize> = tree.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
    let labels =
        both().map(|(forward, reading)| forward.label_scores(&forward.label_hidden(reading, 0..count, &heads)));
    let labels = mean(labels, sizes.labels);
    let entities = mean(both().map(|(_, reading)| reading.entities.clone()), sizes.entities);
    let targets = |rows: &[f32], width: usize| {
        let mut targets = Targets::default();
        rows.chunks_exact(width).for_each(|row| targets.push(row));
        targets
    };
    Answers {
        tags: targets(&tags, sizes.tags),
        arcs: targets(&arcs, count + 1),
        labels: targets(&labels, sizes.labels),
        entities: targets(&entities, sizes.entities),
        names: vec![false; count],
        heads,
    }
}

/// What one member says of a sentence.
fn read(forward: &Forward<'_>, member: &Member, shard: &Shard, word_vectors: &WordVectors) -> super::forward::Reading {
    let input = inputs(shard, &member.embeddings, word_vectors, &member.sizes);
    forward.read(input, &shard.sentences, |_, _| {})
}

/// The mean of several lists of scores, each row of `width` made probabilities.
fn mean(scores: impl Iterator<Item = Vec<f32>>, width: usize) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    let mut count = 0.0;
    for mut scores in scores {
        scores.chunks_exact_mut(width).for_each(softmax);
        count += 1.0;
        if sum.is_empty() {
            sum = scores;
        } else {
            sum.iter_mut().zip(&scores).for_each(|(sum, score)| *sum += score);
        }
    }
    sum.iter_mut().for_each(|value| *value /= count);
    sum
}

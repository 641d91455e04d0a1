//! Nodes by the value of a property: eight bytes a node, whatever the values.
//!
//! Nodes lie in buckets by the hash of their value; whoever looks one up tells apart those that share a bucket.

use crate::graph;
use crate::query::value::{NodeId, Value, hash_of, hash_of_property};

/// An index of some nodes by one property.
pub(super) struct PropertyIndex {
    /// Where each bucket begins; their number is a power of two, and one is added.
    starts: Vec<u32>,
    nodes: Vec<u32>,
    /// Whether all nodes of a bucket have one value, so that looking at the first of them is enough.
    uniform: Vec<bool>,
}

impl PropertyIndex {
    /// The index of nodes with their values.
    pub(super) fn new<'g>(values: impl Iterator<Item = (NodeId, &'g graph::Value)> + Clone) -> Self {
        let short = |node: NodeId| u32::try_from(node.0).unwrap_or(u32::MAX);
        let hashed: Vec<(u64, u32)> =
            values.clone().map(|(node, value)| (hash_of_property(value), short(node))).collect();
        let buckets = hashed.len().next_power_of_two();
        let bucket = |hash: u64| (hash as usize) & (buckets - 1);
        let mut starts = vec![0_u32; buckets + 1];
        for (hash, _) in &hashed {
            starts[bucket(*hash) + 1] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut nodes = vec![0; hashed.len()];
        let mut firsts: Vec<Option<&graph::Value>> = vec![None; buckets];
        let mut uniform = vec![true; buckets];
        for ((hash, node), (_, value)) in hashed.into_iter().zip(values) {
            let bucket = bucket(hash);
            let place = &mut next[bucket];
            nodes[*place as usize] = node;
            *place += 1;
            uniform[bucket] &= firsts[bucket].get_or_insert(value) == &value;
        }
        Self { starts, nodes, uniform }
    }

    /// All nodes that have a value, in order, and perhaps others; and whether they all have the same.
    pub(super) fn candidates(&self, value: &Value) -> (&[u32], bool) {
        let bucket = (hash_of(value) as usize) & (self.starts.len() - 2);
        (&self.nodes[self.starts[bucket] as usize..self.starts[bucket + 1] as usize], self.uniform[bucket])
    }
}

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
}

impl PropertyIndex {
    /// The index of nodes with their values.
    pub(super) fn new<'g>(values: impl Iterator<Item = (NodeId, &'g graph::Value)>) -> Self {
        let hashed: Vec<(u64, u32)> =
            values.map(|(node, value)| (hash_of_property(value), u32::try_from(node.0).unwrap_or(u32::MAX))).collect();
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
        for (hash, node) in hashed {
            let place = &mut next[bucket(hash)];
            nodes[*place as usize] = node;
            *place += 1;
        }
        Self { starts, nodes }
    }

    /// All nodes that have a value, in order, and perhaps others.
    pub(super) fn candidates(&self, value: &Value) -> &[u32] {
        let bucket = (hash_of(value) as usize) & (self.starts.len() - 2);
        &self.nodes[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

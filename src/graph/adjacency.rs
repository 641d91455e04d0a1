//! The relationships of one type as compressed sparse rows: for each node, who stands at the other end.
//!
//! petgraph keeps the relationships of a node as a list that leads through memory at random; here they lie side by side,
//! in the order in which they were added. Made once for each type and direction, beside the graph.

use petgraph::Direction;

use super::property::PropertyGraph;

/// The relationships of one type, or of all, that leave or reach each node.
#[derive(Debug, Default)]
pub struct Adjacency {
    /// Where the row of each node begins; one more than there are nodes.
    starts: Vec<u32>,
    relationships: Vec<u32>,
    ends: Vec<u32>,
}

impl Adjacency {
    /// The rows of a type, of all types without one; linear in the nodes and relationships of the graph.
    pub fn new(graph: &PropertyGraph, kind: Option<&str>, direction: Direction) -> Self {
        let edges = || {
            let all = graph.raw_edges().iter().enumerate();
            let wanted = all.filter(move |(_, edge)| kind.is_none_or(|kind| edge.weight.kind == kind));
            wanted.map(move |(place, edge)| match direction {
                Direction::Outgoing => (place, edge.source().index(), edge.target().index()),
                Direction::Incoming => (place, edge.target().index(), edge.source().index()),
            })
        };
        let mut starts = vec![0_u32; graph.node_count() + 1];
        for (_, node, _) in edges() {
            starts[node + 1] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut relationships = vec![0; total as usize];
        let mut ends = vec![0; total as usize];
        for (place, node, end) in edges() {
            let row = &mut next[node];
            relationships[*row as usize] = short(place);
            ends[*row as usize] = short(end);
            *row += 1;
        }
        Self { starts, relationships, ends }
    }

    /// The places of a node's relationships, and of the nodes at their other ends, in the order of adding.
    pub fn row(&self, node: usize) -> (&[u32], &[u32]) {
        let range = self.starts[node] as usize..self.starts[node + 1] as usize;
        (&self.relationships[range.clone()], &self.ends[range])
    }
}

/// A place in the graph; petgraph itself counts in 32 bits.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Node, Relationship};

    #[test]
    fn rows_are_in_the_order_of_adding() {
        let mut graph = PropertyGraph::new();
        let nodes: Vec<_> = (0..3).map(|_| graph.add_node(Node::default())).collect();
        for (from, to, kind) in [(0, 1, "S"), (0, 2, "T"), (0, 2, "S"), (2, 2, "S")] {
            let relationship = Relationship { kind: kind.to_owned(), ..Relationship::default() };
            graph.add_edge(nodes[from], nodes[to], relationship);
        }
        let out = Adjacency::new(&graph, Some("S"), Direction::Outgoing);
        assert_eq!(out.row(0), (&[0, 2][..], &[1, 2][..]));
        assert_eq!(out.row(1), (&[][..], &[][..]));
        let back = Adjacency::new(&graph, None, Direction::Incoming);
        assert_eq!(back.row(2), (&[1, 2, 3][..], &[0, 0, 2][..]));
    }
}

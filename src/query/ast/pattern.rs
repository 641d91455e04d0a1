//! Patterns: nodes, relationships, paths and the choice of shortest ones.
//!
//! Names and property maps are kept as written; what they may be is the binder's business.

use super::{Expression, Name, Spanned};

/// One of the comma-separated patterns of a `MATCH`: `p = (a)-->(b)`, `shortestPath((a)-[*]-(b))`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternPart {
    /// What the path is called.
    pub variable: Option<Name>,
    /// Which of the matching paths are taken.
    pub selection: Spanned<Selection>,
    /// Nodes and relationships.
    pub path: PathPattern,
}

/// Which of the paths that match are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them: `(a)-->(b)`
    Every,
    /// `shortestPath((a)-[*]-(b))`: one shortest path for each pair of ends
    Shortest,
    /// `allShortestPaths((a)-[*]-(b))`: all shortest paths for each pair of ends
    AllShortest,
}

/// A node, and relationships to further nodes: `(a)-[r]->(b)<--(c)`.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPattern {
    /// The leftmost node.
    pub start: Spanned<NodePattern>,
    /// What follows it.
    pub steps: Vec<Step>,
}

/// A relationship and the node on its right.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The relationship.
    pub relationship: Spanned<RelationshipPattern>,
    /// The node.
    pub node: Spanned<NodePattern>,
}

/// `(variable:Label:Label {property: value})`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodePattern {
    /// The node's name.
    pub variable: Option<Name>,
    /// Labels, all of which it must have.
    pub labels: Vec<Name>,
    /// A map (or, refused later, a parameter) of properties that must be equal.
    pub properties: Option<Box<Expression>>,
}

/// `-[variable:TYPE|TYPE*1..3 {property: value}]->`
#[derive(Clone, Debug, PartialEq)]
pub struct RelationshipPattern {
    /// The relationship's name; with hops, the name of the list of them.
    pub variable: Option<Name>,
    /// Types, one of which it must have; empty for any.
    pub types: Vec<Name>,
    /// Where the arrow points.
    pub direction: Direction,
    /// How many in a row, for `*`.
    pub hops: Option<Hops>,
    /// Properties that must be equal, of each relationship.
    pub properties: Option<Box<Expression>>,
}

/// Where an arrow points, read from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `-->`
    Outgoing,
    /// `<--`
    Incoming,
    /// `--` or `<-->`
    Either,
}

/// How many relationships in a row: `*`, `*2`, `*1..3`, `*..3`, `*0..`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hops {
    /// At least this many; 1 if not written.
    pub min: Option<u32>,
    /// At most this many; no bound if not written.
    pub max: Option<u32>,
}

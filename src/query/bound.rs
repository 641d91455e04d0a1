//! A query whose names are resolved: what the binder gives to the planner.
//!
//! Clauses keep their order; within a `MATCH` nothing is decided yet about where to start and which way to walk.

use super::ast::{Direction, Selection};
use super::plan::{Aggregation, Range, SortKey};
use super::scalar::{Scalar, Slot};

/// A query: branches joined by unions.
#[derive(Clone, Debug)]
pub(super) struct BoundQuery {
    /// The branches, at least one.
    pub branches: Vec<BoundBranch>,
    /// Whether equal rows of all branches are merged.
    pub distinct: bool,
    /// Names of the columns.
    pub columns: Vec<String>,
}

/// A single query.
#[derive(Clone, Debug)]
pub(super) struct BoundBranch {
    /// Its clauses in order.
    pub clauses: Vec<BoundClause>,
    /// The slots of the columns.
    pub outputs: Vec<Slot>,
    /// How many slots a row has.
    pub width: usize,
}

/// A clause.
#[derive(Clone, Debug)]
pub(super) enum BoundClause {
    /// `MATCH`, `OPTIONAL MATCH`
    Match(BoundMatch),
    /// `UNWIND list AS variable`
    Unwind(Scalar, Slot),
    /// `WITH`, `RETURN`
    Project(Box<BoundProjection>),
}

/// Patterns that hold together, with what is asked of them.
#[derive(Clone, Debug, Default)]
pub(super) struct BoundMatch {
    /// Whether rows without a match stay, with nulls.
    pub optional: bool,
    /// The paths.
    pub paths: Vec<BoundPath>,
    /// Everything that must hold: labels, properties, the parts of `WHERE` between `AND`s.
    pub predicates: Vec<Scalar>,
    /// Slots that the clause fills.
    pub introduced: Vec<Slot>,
}

/// A path pattern: one node more than relationships.
#[derive(Clone, Debug)]
pub(super) struct BoundPath {
    /// Which of the matching paths are taken.
    pub selection: Selection,
    /// Its nodes.
    pub nodes: Vec<BoundNode>,
    /// The relationships between them.
    pub relationships: Vec<BoundRelationship>,
    /// Where the path itself is put, and how it is put together.
    pub variable: Option<(Slot, Scalar)>,
}

/// A node of a pattern; what is asked of it stands among the predicates.
#[derive(Clone, Debug)]
pub(super) struct BoundNode {
    /// Its slot.
    pub slot: Slot,
}

/// A relationship of a pattern.
#[derive(Clone, Debug)]
pub(super) struct BoundRelationship {
    /// Its slot; with a range the slot of a list.
    pub slot: Slot,
    /// Types, one of which it must have; empty for any.
    pub types: Vec<String>,
    /// Where it points, read from left to right.
    pub direction: Direction,
    /// How many in a row, for `*`.
    pub range: Option<Range>,
    /// With a range: what is asked of each, which stands in the slot while it is asked.
    pub filter: Option<(Slot, Scalar)>,
}

/// `WITH` or `RETURN`
#[derive(Clone, Debug)]
pub(super) struct BoundProjection {
    /// What is computed of each row, or the keys of groups.
    pub items: Vec<(Scalar, Slot)>,
    /// What is made of groups, if there is an aggregate.
    pub grouping: Option<BoundGrouping>,
    /// Whether equal rows are merged.
    pub distinct: bool,
    /// The slots that go on.
    pub outputs: Vec<Slot>,
    /// `ORDER BY`
    pub order: Vec<SortKey>,
    /// `SKIP`
    pub skip: Option<Scalar>,
    /// `LIMIT`
    pub limit: Option<Scalar>,
    /// `WHERE`
    pub filter: Option<Scalar>,
}

/// What is made of groups of rows.
#[derive(Clone, Debug)]
pub(super) struct BoundGrouping {
    /// The aggregates.
    pub aggregates: Vec<Aggregation>,
    /// What is computed of keys and aggregates.
    pub items: Vec<(Scalar, Slot)>,
}

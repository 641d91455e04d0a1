//! The logical plan: a tree of operators, each of which turns rows into rows.
//!
//! It names slots, labels and types, never a data structure of the graph, so that one plan can run over petgraph today and
//! become SQL over exported tables tomorrow.

use super::ast::Direction;
use super::functions::Aggregate;
use super::scalar::{Scalar, Slot};

/// An operator. Those with an `input` take its rows one by one.
#[derive(Clone, Debug)]
pub enum Operator {
    /// One row: the one that the plan was given. The leaf of every plan.
    Argument,
    /// Each row, once for each node that fits.
    Scan {
        /// Where rows come from.
        input: Box<Operator>,
        /// Where the node is put.
        node: Slot,
        /// Which nodes are looked at.
        source: ScanSource,
    },
    /// Each row, once for each end that a bound relationship may lend to a node.
    Endpoints {
        /// Where rows come from.
        input: Box<Operator>,
        /// The relationship, bound.
        relationship: Slot,
        /// Where its nearer end is put.
        from: Slot,
        /// Which end is the nearer one.
        direction: Direction,
    },
    /// Each row, once for each relationship of a node.
    Expand {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is followed.
        hop: Hop,
    },
    /// Each row, once for each chain of relationships that starts at a node.
    ExpandMany {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is followed; its relationship slot takes a list.
        hop: Hop,
        /// How many.
        range: Range,
        /// What is asked of each relationship, which stands in the slot while it is asked.
        filter: Option<(Slot, Scalar)>,
        /// Whether the chain is written from its far end.
        reversed: bool,
    },
    /// Each row, once for each node to which some chain of relationships leads, whatever the chain.
    Reach {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is followed; its relationship slot stays empty.
        hop: Hop,
        /// How many; at least none or one.
        range: Range,
        /// What is asked of each relationship, which stands in the slot while it is asked.
        filter: Option<(Slot, Scalar)>,
    },
    /// Each row, once for each row of the inner plan that agrees with it. The inner plan runs once, for all rows.
    Join {
        /// Where rows come from.
        input: Box<Operator>,
        /// The inner plan.
        inner: Box<Operator>,
        /// The slots in which rows agree, filled by both.
        on: Vec<Slot>,
        /// Slots that only the inner plan fills.
        introduced: Vec<Slot>,
    },
    /// Each row, once for each shortest chain between two bound nodes.
    Shortest {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is followed; both nodes are bound, the relationship slot takes a list.
        hop: Hop,
        /// How many.
        range: Range,
        /// What is asked of each relationship.
        filter: Option<(Slot, Scalar)>,
        /// Whether all of the shortest are taken.
        all: bool,
    },
    /// The rows for which the predicate is true.
    Filter {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is asked.
        predicate: Scalar,
    },
    /// Each row, once for each row that the inner plan makes of it; or with nulls if it makes none.
    Optional {
        /// Where rows come from.
        input: Box<Operator>,
        /// The inner plan.
        inner: Box<Operator>,
        /// Slots that become null without a match.
        introduced: Vec<Slot>,
    },
    /// Each row, once for each element of a list.
    Unwind {
        /// Where rows come from.
        input: Box<Operator>,
        /// The list.
        list: Scalar,
        /// Where elements are put.
        variable: Slot,
    },
    /// Each row, with computed values added.
    Project {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is computed, and where it is put.
        items: Vec<(Scalar, Slot)>,
    },
    /// One row for each group of rows that agree in the keys.
    Aggregate {
        /// Where rows come from.
        input: Box<Operator>,
        /// What groups agree in, and where it is put.
        keys: Vec<(Scalar, Slot)>,
        /// What is made of each group.
        aggregates: Vec<Aggregation>,
    },
    /// The first of rows that agree in some slots.
    Distinct {
        /// Where rows come from.
        input: Box<Operator>,
        /// The slots.
        slots: Vec<Slot>,
    },
    /// Rows in order; those that are alike keep theirs.
    Sort {
        /// Where rows come from.
        input: Box<Operator>,
        /// What is compared, the first key first.
        keys: Vec<SortKey>,
        /// How many of the first rows are wanted, where a limit follows.
        limit: Option<Scalar>,
    },
    /// Rows after the first few.
    Skip {
        /// Where rows come from.
        input: Box<Operator>,
        /// How many are left out.
        count: Scalar,
    },
    /// The first few rows.
    Limit {
        /// Where rows come from.
        input: Box<Operator>,
        /// How many.
        count: Scalar,
    },
}

/// Which nodes a scan looks at.
#[derive(Clone, Debug)]
pub enum ScanSource {
    /// All of them.
    All,
    /// Those with a label.
    Label(String),
    /// Those with a label whose property is equal to a value, found through an index.
    Property {
        /// The label.
        label: String,
        /// The property.
        property: String,
        /// The value; it depends on no slot that the scan fills.
        value: Scalar,
    },
}

/// A step from a bound node over relationships.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The node it starts from, bound.
    pub from: Slot,
    /// Where the relationship is put, or where it is bound.
    pub relationship: Slot,
    /// Whether the relationship is bound already, and only checked.
    pub relationship_bound: bool,
    /// Where the other node is put, or where it is bound.
    pub to: Slot,
    /// Whether the other node is bound already, and only checked.
    pub to_bound: bool,
    /// Types, one of which it must have; empty for any.
    pub types: Vec<String>,
    /// Which way it points, seen from `from`.
    pub direction: Direction,
    /// Relationships (or lists of them) that it must differ from.
    pub distinct_from: Vec<Slot>,
}

/// How many relationships in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// At least.
    pub min: u32,
    /// At most, if bounded.
    pub max: Option<u32>,
}

/// An aggregate over a group of rows.
#[derive(Clone, Debug)]
pub struct Aggregation {
    /// Which one.
    pub function: Aggregate,
    /// What is taken from each row; none for `count(*)`.
    pub argument: Option<Scalar>,
    /// The second argument, of percentiles.
    pub parameter: Option<Scalar>,
    /// Whether equal values count once.
    pub distinct: bool,
    /// Where the result is put.
    pub slot: Slot,
}

/// One key of a sort.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is compared.
    pub expression: Scalar,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A whole query: branches joined by unions.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The branches, at least one.
    pub branches: Vec<Branch>,
    /// Whether equal rows of all branches are merged.
    pub distinct: bool,
    /// Names of the columns.
    pub columns: Vec<String>,
}

/// A single query's plan.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The operator whose rows are the answer.
    pub operator: Operator,
    /// The slots of the columns, in the plan's order of columns.
    pub outputs: Vec<Slot>,
    /// How many slots a row has.
    pub width: usize,
}

//! From a bound node over one relationship.
//!
//! Relationships of one pattern differ: one that an earlier step has taken is passed over. What is asked of the other node
//! alone is asked before the row is written.

use std::sync::Arc;

use super::filter::Filter;
use super::{Context, Flow, HOT, Row, Sink, push};
use crate::graph::Adjacency;
use crate::query::ast::Direction;
use crate::query::plan::{Hop, Operator};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, RelationshipId, Value};

/// Each row with each relationship of a node that fits, if a predicate is true.
pub(super) fn expand(
    context: &Context<'_>,
    input: &Operator,
    (hop, predicate): (&Hop, Option<&Scalar>),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut steps = Steps::new(context, hop);
    let mut filter = Filter::new(predicate);
    push(context, input, row, &mut |row| {
        let Value::Node(from) = row[hop.from] else { return Ok(()) };
        context.check()?;
        steps.each(from, &mut |relationship, node| {
            if filter.excludes(context, hop.to, node) || !fits(hop, row, relationship, node) {
                return Ok(());
            }
            row[hop.relationship] = Value::Relationship(relationship);
            row[hop.to] = Value::Node(node);
            if filter.passes(context, row)? { sink(row) } else { Ok(()) }
        })
    })
}

/// Whether a relationship of a right type and the node at its other end fit a row.
fn fits(hop: &Hop, row: &Row, relationship: RelationshipId, node: NodeId) -> bool {
    (!hop.to_bound || matches!(row[hop.to], Value::Node(bound) if bound == node))
        && (!hop.relationship_bound
            || matches!(row[hop.relationship], Value::Relationship(bound) if bound == relationship))
        && !is_taken(row, &hop.distinct_from, relationship)
}

/// Whether a relationship has one of the types asked for.
pub(super) fn has_type(context: &Context<'_>, hop: &Hop, relationship: RelationshipId) -> bool {
    hop.types.is_empty() || hop.types.contains(&context.view.relationship(relationship).kind)
}

/// Whether a relationship stands in one of some slots, alone or in a list.
pub(super) fn is_taken(row: &Row, slots: &[Slot], relationship: RelationshipId) -> bool {
    let is = |value: &Value| matches!(value, Value::Relationship(other) if *other == relationship);
    slots.iter().any(|slot| match &row[*slot] {
        Value::List(values) => values.iter().any(is),
        value => is(value),
    })
}

/// The relationships of a hop's types and direction at one node after the other: first those of the graph itself, and from
/// many nodes on those of rows made for it.
pub(super) struct Steps<'p> {
    context: &'p Context<'p>,
    hop: &'p Hop,
    direction: Direction,
    rows: Vec<Arc<Adjacency>>,
    touched: usize,
}

impl<'p> Steps<'p> {
    /// The steps of a hop in its direction.
    pub(super) fn new(context: &'p Context<'p>, hop: &'p Hop) -> Self {
        Self::towards(context, hop, hop.direction)
    }

    /// The steps of a hop in another direction.
    pub(super) fn towards(context: &'p Context<'p>, hop: &'p Hop, direction: Direction) -> Self {
        let rows = context.view.adjacency(&hop.types, direction, false);
        Self { context, hop, direction, rows: rows.unwrap_or_default(), touched: 0 }
    }

    /// Calls for each relationship with the node at its other end, in the order of adding; a loop comes once.
    pub(super) fn each(&mut self, from: NodeId, visit: &mut impl FnMut(RelationshipId, NodeId) -> Flow) -> Flow {
        if let [only] = self.rows.as_slice() {
            let (relationships, ends) = only.row(from.0);
            for (relationship, end) in relationships.iter().zip(ends) {
                visit(RelationshipId(*relationship as usize), NodeId(*end as usize))?;
            }
            return Ok(());
        }
        for (relationship, end) in self.list(from) {
            visit(relationship, end)?;
        }
        Ok(())
    }

    /// The same as a list.
    pub(super) fn list(&mut self, from: NodeId) -> Vec<(RelationshipId, NodeId)> {
        if self.rows.is_empty() {
            let mut found = self.context.view.incident(from, self.direction);
            self.touched += found.len();
            if self.touched > HOT {
                let rows = self.context.view.adjacency(&self.hop.types, self.direction, true);
                self.rows = rows.unwrap_or_default();
            }
            found.retain(|(relationship, _)| has_type(self.context, self.hop, *relationship));
            return found;
        }
        let mut found = Vec::new();
        for rows in &self.rows {
            let (relationships, ends) = rows.row(from.0);
            let pairs = relationships.iter().zip(ends);
            found.extend(pairs.map(|(one, end)| (RelationshipId(*one as usize), NodeId(*end as usize))));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

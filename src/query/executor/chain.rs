//! From a bound node over chains of relationships: `-[*1..3]->`.
//!
//! Depth first, with a stack of its own, so that a chain may be as long as the graph has relationships. No relationship comes
//! twice in a chain. A chain that is bound already is only checked.

use super::expand::{Steps, has_type, is_taken};
use super::{Context, Flow, Row, Sink, push};
use crate::query::ast::Direction;
use crate::query::error::QueryError;
use crate::query::plan::{Hop, Operator, Range};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, RelationshipId, Value};

/// What is followed, how often, what is asked of each relationship, and whether the chain is written from its far end.
pub(super) type Chain<'p> = (&'p Hop, Range, Option<&'p (Slot, Scalar)>, bool);

/// Each row with each chain that fits.
pub(super) fn chains(
    context: &Context<'_>,
    input: &Operator,
    (hop, range, filter, reversed): Chain<'_>,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut walk = Walk {
        context,
        hop,
        range,
        filter,
        reversed,
        steps: Steps::new(context, hop),
        stack: Vec::new(),
        laid: 0,
        taken: Vec::new(),
    };
    push(context, input, row, &mut |row| {
        let Value::Node(from) = row[hop.from] else { return Ok(()) };
        if !hop.relationship_bound {
            return walk.walk(from, row, sink);
        }
        match end_of_bound_chain(context, (hop, range, reversed), from, row) {
            Some(node) => {
                row[hop.to] = Value::Node(node);
                sink(row)
            }
            None => Ok(()),
        }
    })
}

/// A walk over all chains from one node.
struct Walk<'p> {
    context: &'p Context<'p>,
    hop: &'p Hop,
    range: Range,
    filter: Option<&'p (Slot, Scalar)>,
    reversed: bool,
    steps: Steps<'p>,
    /// For each relationship taken, and for the next: those still to be tried, the last one first.
    stack: Vec<Vec<(RelationshipId, NodeId)>>,
    /// How many relationships have been laid on the stack and not been taken from it.
    laid: usize,
    /// The relationships of the chain at hand.
    taken: Vec<RelationshipId>,
}

impl Walk<'_> {
    /// Passes on a row for each chain.
    fn walk(&mut self, from: NodeId, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        self.stack.clear();
        self.laid = 0;
        self.taken.clear();
        // Whoever takes the rows may fill the slot of the far node, but a bound one stays.
        let bound = if self.hop.to_bound { Some(row[self.hop.to].clone()) } else { None };
        let ends_at = |node: NodeId| match &bound {
            None => true,
            Some(value) => matches!(value, Value::Node(bound) if *bound == node),
        };
        self.descend(from, row)?;
        if self.range.min == 0 && ends_at(from) {
            self.answer(from, row);
            sink(row)?;
        }
        while let Some(choices) = self.stack.last_mut() {
            let Some((relationship, node)) = choices.pop() else {
                self.stack.pop();
                self.taken.pop();
                continue;
            };
            self.laid -= 1;
            self.taken.push(relationship);
            self.descend(node, row)?;
            if self.taken.len() >= self.range.min as usize && ends_at(node) {
                self.answer(node, row);
                sink(row)?;
            }
        }
        Ok(())
    }

    /// Lays the relationships that may come next on the stack.
    fn descend(&mut self, node: NodeId, row: &mut Row) -> Result<(), QueryError> {
        self.context.check()?;
        let mut next = Vec::new();
        if self.range.max.is_none_or(|max| self.taken.len() < max as usize) {
            for (relationship, other) in self.steps.list(node) {
                if self.may_take(relationship, row)? {
                    next.push((relationship, other));
                }
            }
        }
        next.reverse();
        self.laid += next.len();
        self.context.bound(self.laid)?;
        self.stack.push(next);
        Ok(())
    }

    /// Whether a relationship may come next.
    fn may_take(&self, relationship: RelationshipId, row: &mut Row) -> Result<bool, QueryError> {
        if self.taken.contains(&relationship) || is_taken(row, &self.hop.distinct_from, relationship) {
            return Ok(false);
        }
        passes(self.context, self.filter, relationship, row)
    }

    /// Writes the chain at hand into the row.
    fn answer(&self, node: NodeId, row: &mut Row) {
        let mut chain: Vec<Value> = self.taken.iter().copied().map(Value::Relationship).collect();
        if self.reversed {
            chain.reverse();
        }
        row[self.hop.relationship] = Value::list(chain);
        row[self.hop.to] = Value::Node(node);
    }
}

/// Whether a relationship is what a filter asks for.
pub(super) fn passes(
    context: &Context<'_>,
    filter: Option<&(Slot, Scalar)>,
    relationship: RelationshipId,
    row: &mut Row,
) -> Result<bool, QueryError> {
    let Some((slot, predicate)) = filter else { return Ok(true) };
    row[*slot] = Value::Relationship(relationship);
    context.holds(predicate, row)
}

/// The node to which a chain that is bound already leads from another one, if it leads where it should.
fn end_of_bound_chain(
    context: &Context<'_>,
    (hop, range, reversed): (&Hop, Range, bool),
    from: NodeId,
    row: &Row,
) -> Option<NodeId> {
    let Value::List(values) = &row[hop.relationship] else { return None };
    let too_short = values.len() < range.min as usize;
    if too_short || range.max.is_some_and(|max| values.len() > max as usize) {
        return None;
    }
    let mut node = from;
    let ordered: Vec<&Value> = if reversed { values.iter().rev().collect() } else { values.iter().collect() };
    for value in ordered {
        let Value::Relationship(relationship) = value else { return None };
        if !has_type(context, hop, *relationship) || is_taken(row, &hop.distinct_from, *relationship) {
            return None;
        }
        node = far_end(context, *relationship, node, hop.direction)?;
    }
    let fits = !hop.to_bound || matches!(row[hop.to], Value::Node(bound) if bound == node);
    fits.then_some(node)
}

/// The node at the other end of a relationship, if it leads there from a node in a direction.
fn far_end(context: &Context<'_>, relationship: RelationshipId, node: NodeId, direction: Direction) -> Option<NodeId> {
    let (start, end) = context.view.ends(relationship);
    let outgoing = (start == node && direction != Direction::Incoming).then_some(end);
    outgoing.or_else(|| (end == node && direction != Direction::Outgoing).then_some(start))
}

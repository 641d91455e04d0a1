//! From a bound node over chains of relationships: `-[*1..3]->`.
//!
//! Depth first, with a stack of its own, so that a chain may be as long as the graph has relationships. No relationship comes
//! twice in a chain. A chain that is bound already is only checked.

use super::expand::{has_type, is_taken};
use super::rows::flat_map;
use super::{Context, Row, Rows};
use crate::query::ast::Direction;
use crate::query::error::QueryError;
use crate::query::plan::{Hop, Range};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, RelationshipId, Value};

/// What is followed, how often, what is asked of each relationship, and whether the chain is written from its far end.
pub(super) type Chain<'p> = (&'p Hop, Range, Option<&'p (Slot, Scalar)>, bool);

/// Each row with each chain that fits.
pub(super) fn chains<'p>(context: &'p Context<'p>, input: Rows<'p>, chain: Chain<'p>) -> Rows<'p> {
    let (hop, range, filter, reversed) = chain;
    flat_map(context, input, move |row| {
        let Value::Node(from) = row[hop.from] else { return Ok(Box::new(std::iter::empty())) };
        if hop.relationship_bound {
            let found = bound_chain(context, (hop, range, reversed), from, row);
            return Ok(Box::new(found.into_iter().map(Ok)));
        }
        Ok(Box::new(Walk {
            context,
            hop,
            range,
            filter,
            reversed,
            row,
            from,
            stack: Vec::new(),
            taken: Vec::new(),
            begun: false,
        }))
    })
}

/// A walk over all chains from one node.
struct Walk<'p> {
    context: &'p Context<'p>,
    hop: &'p Hop,
    range: Range,
    filter: Option<&'p (Slot, Scalar)>,
    reversed: bool,
    row: Row,
    from: NodeId,
    /// For each relationship taken, and for the next: those still to be tried, the last one first.
    stack: Vec<Vec<(RelationshipId, NodeId)>>,
    /// The relationships of the chain at hand.
    taken: Vec<RelationshipId>,
    begun: bool,
}

impl Iterator for Walk<'_> {
    type Item = Result<Row, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.begun {
            self.begun = true;
            if let Err(error) = self.descend(self.from) {
                return Some(Err(error));
            }
            if self.range.min == 0 && self.ends_at(self.from) {
                return Some(Ok(self.answer(self.from)));
            }
        }
        loop {
            match self.step()? {
                Ok(None) => {}
                Ok(Some(row)) => return Some(Ok(row)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Walk<'_> {
    /// Takes the next relationship, or goes back one; none when all chains are walked.
    fn step(&mut self) -> Option<Result<Option<Row>, QueryError>> {
        let Some((relationship, node)) = self.stack.last_mut()?.pop() else {
            self.stack.pop();
            self.taken.pop();
            return Some(Ok(None));
        };
        self.taken.push(relationship);
        if let Err(error) = self.descend(node) {
            return Some(Err(error));
        }
        let long_enough = self.taken.len() >= self.range.min as usize;
        Some(Ok((long_enough && self.ends_at(node)).then(|| self.answer(node))))
    }

    /// Lays the relationships that may come next on the stack.
    fn descend(&mut self, node: NodeId) -> Result<(), QueryError> {
        self.context.check()?;
        let mut next = Vec::new();
        if self.range.max.is_none_or(|max| self.taken.len() < max as usize) {
            for (relationship, other) in self.context.view.incident(node, self.hop.direction) {
                if self.may_take(relationship)? {
                    next.push((relationship, other));
                }
            }
        }
        next.reverse();
        self.stack.push(next);
        Ok(())
    }

    /// Whether a relationship may come next.
    fn may_take(&mut self, relationship: RelationshipId) -> Result<bool, QueryError> {
        if !has_type(self.context, self.hop, relationship)
            || self.taken.contains(&relationship)
            || is_taken(&self.row, &self.hop.distinct_from, relationship)
        {
            return Ok(false);
        }
        passes(self.context, self.filter, relationship, &mut self.row)
    }

    /// Whether a chain may end at a node.
    fn ends_at(&self, node: NodeId) -> bool {
        !self.hop.to_bound || matches!(self.row[self.hop.to], Value::Node(bound) if bound == node)
    }

    /// The row for the chain at hand.
    fn answer(&self, node: NodeId) -> Row {
        let mut row = self.row.clone();
        let mut chain: Vec<Value> = self.taken.iter().copied().map(Value::Relationship).collect();
        if self.reversed {
            chain.reverse();
        }
        row[self.hop.relationship] = Value::list(chain);
        row[self.hop.to] = Value::Node(node);
        row
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

/// The row if a chain that is bound already leads from a node to where it should.
fn bound_chain(
    context: &Context<'_>,
    (hop, range, reversed): (&Hop, Range, bool),
    from: NodeId,
    row: Row,
) -> Option<Row> {
    let Value::List(values) = &row[hop.relationship] else { return None };
    let too_short = values.len() < range.min as usize;
    if too_short || range.max.is_some_and(|max| values.len() > max as usize) {
        return None;
    }
    let mut node = from;
    let ordered: Vec<&Value> = if reversed { values.iter().rev().collect() } else { values.iter().collect() };
    for value in ordered {
        let Value::Relationship(relationship) = value else { return None };
        if !has_type(context, hop, *relationship) || is_taken(&row, &hop.distinct_from, *relationship) {
            return None;
        }
        node = far_end(context, *relationship, node, hop.direction)?;
    }
    if hop.to_bound && !matches!(row[hop.to], Value::Node(bound) if bound == node) {
        return None;
    }
    let mut row = row;
    row[hop.to] = Value::Node(node);
    Some(row)
}

/// The node at the other end of a relationship, if it leads there from a node in a direction.
fn far_end(context: &Context<'_>, relationship: RelationshipId, node: NodeId, direction: Direction) -> Option<NodeId> {
    let (start, end) = context.view.ends(relationship);
    let outgoing = (start == node && direction != Direction::Incoming).then_some(end);
    outgoing.or_else(|| (end == node && direction != Direction::Outgoing).then_some(start))
}

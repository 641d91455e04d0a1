//! The nodes to which chains of relationships lead, each once: breadth first, whatever the chains.
//!
//! No relationship comes twice in a chain, which makes no difference to which nodes are reached, but for the first one: a
//! chain leads back to it only around a circle.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::chain::passes;
use super::expand::{Steps, is_taken};
use super::{Context, Flow, Row, Sink, push};
use crate::query::ast::Direction;
use crate::query::error::QueryError;
use crate::query::plan::{Hop, Operator, Range};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, RelationshipId, Value};

/// What is followed, how often, and what is asked of each relationship.
pub(super) type Reaching<'p> = (&'p Hop, Range, Option<&'p (Slot, Scalar)>);

/// How a node was reached first.
#[derive(Clone, Copy)]
struct Arrival {
    distance: u32,
    /// The first relationship on the way, none for the start.
    branch: Option<RelationshipId>,
    /// The last one.
    last: Option<RelationshipId>,
}

/// Each row with each node that is reached.
pub(super) fn reach(
    context: &Context<'_>,
    input: &Operator,
    reaching: Reaching<'_>,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let (hop, range, _) = reaching;
    let mut steps = Steps::new(context, hop);
    push(context, input, row, &mut |row| {
        let Value::Node(from) = row[hop.from] else { return Ok(()) };
        let mut reached = search(context, reaching, &mut steps, from, row)?;
        if range.min == 0 {
            reached.insert(0, from);
        }
        for node in reached {
            row[hop.to] = Value::Node(node);
            sink(row)?;
        }
        Ok(())
    })
}

/// The nodes within the range, the nearest first; the start at the end, if a circle leads back to it.
fn search(
    context: &Context<'_>,
    (hop, range, filter): Reaching<'_>,
    steps: &mut Steps<'_>,
    from: NodeId,
    row: &mut Row,
) -> Result<Vec<NodeId>, QueryError> {
    let max = range.max.unwrap_or(u32::MAX);
    let start = Arrival { distance: 0, branch: None, last: None };
    let mut arrivals: HashMap<NodeId, Arrival, FixedState> = [(from, start)].into_iter().collect();
    let mut reached = Vec::new();
    let mut circle = u32::MAX;
    let (mut ring, mut distance) = (vec![from], 0);
    while !ring.is_empty() && distance < max {
        distance += 1;
        let mut next = Vec::new();
        for node in ring {
            context.check()?;
            let Some(here) = arrivals.get(&node).copied() else { continue };
            for (relationship, other) in steps.list(node) {
                if here.last == Some(relationship)
                    || is_taken(row, &hop.distinct_from, relationship)
                    || !passes(context, filter, relationship, row)?
                {
                    continue;
                }
                if let Some(known) = arrivals.get(&other) {
                    if let Some(length) = around(hop, here, *known, other == from) {
                        circle = circle.min(length);
                    }
                    continue;
                }
                context.hold()?;
                let branch = here.branch.or(Some(relationship));
                arrivals.insert(other, Arrival { distance, branch, last: Some(relationship) });
                next.push(other);
            }
        }
        reached.extend_from_slice(&next);
        ring = next;
    }
    if circle <= max && range.min > 0 {
        reached.push(from);
    }
    Ok(reached)
}

/// The length of the circle through the start that a relationship between two reached nodes closes, if it closes one.
fn around(hop: &Hop, here: Arrival, other: Arrival, back_at_start: bool) -> Option<u32> {
    if hop.direction == Direction::Either {
        let closes = here.branch != other.branch || here.branch.is_none();
        closes.then_some(here.distance + 1 + other.distance)
    } else {
        back_at_start.then_some(here.distance + 1)
    }
}

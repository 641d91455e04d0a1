//! The shortest chains between two bound nodes, by breadth-first search from both ends.
//!
//! Rings grow around both nodes, always around the one with the smaller ring, until they meet. Chains are then read off
//! from the first node on, in the order in which relationships were added.

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

/// What is followed, how often, what is asked of each relationship, and whether all of the shortest are taken.
pub(super) type Search<'p> = (&'p Hop, Range, Option<&'p (Slot, Scalar)>, bool);

/// A relationship with the node that it leads to.
type Step = (RelationshipId, NodeId);

/// Each row with each shortest chain.
pub(super) fn shortest(
    context: &Context<'_>,
    input: &Operator,
    search: Search<'_>,
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let (hop, range, _, all) = search;
    let mut sides = [Steps::new(context, hop), Steps::towards(context, hop, backwards(hop.direction))];
    push(context, input, row, &mut |row| {
        let (Value::Node(from), Value::Node(to)) = (&row[hop.from], &row[hop.to]) else { return Ok(()) };
        let (from, to) = (*from, *to);
        let chains = if from == to {
            if range.min == 0 { vec![Vec::new()] } else { Vec::new() }
        } else {
            match meet(context, search, &mut sides, (from, to), row)? {
                Some(rings) => rings.chains(from, all),
                None => Vec::new(),
            }
        };
        for chain in chains {
            context.check()?;
            row[hop.relationship] = Value::list(chain.into_iter().map(Value::Relationship).collect());
            sink(row)?;
        }
        Ok(())
    })
}

/// The direction seen from the other end.
fn backwards(direction: Direction) -> Direction {
    match direction {
        Direction::Outgoing => Direction::Incoming,
        Direction::Incoming => Direction::Outgoing,
        Direction::Either => Direction::Either,
    }
}

/// The nodes around one end.
#[derive(Default)]
struct Ball {
    /// How far each node is.
    distances: HashMap<NodeId, u32, FixedState>,
    /// The steps by which each node was reached first, seen from the centre: the relationship and the node before.
    ways: HashMap<NodeId, Vec<Step>, FixedState>,
    /// The nodes that are farthest, in the order in which they were reached.
    ring: Vec<NodeId>,
    radius: u32,
}

/// Both balls, when they have met.
struct Rings {
    /// On the way to the second node: the steps that each node on a shortest chain may take next.
    next: HashMap<NodeId, Vec<Step>, FixedState>,
    to: NodeId,
}

impl Ball {
    fn around(node: NodeId) -> Self {
        let distances = [(node, 0)].into_iter().collect();
        Self { distances, ring: vec![node], ..Self::default() }
    }

    /// Grows by one ring.
    fn grow(
        &mut self,
        context: &Context<'_>,
        (hop, _, filter, _): Search<'_>,
        steps: &mut Steps<'_>,
        row: &mut Row,
    ) -> Result<(), QueryError> {
        self.radius += 1;
        let mut next = Vec::new();
        for node in std::mem::take(&mut self.ring) {
            context.check()?;
            for (relationship, other) in steps.list(node) {
                let distance = *self.distances.get(&other).unwrap_or(&self.radius);
                if distance != self.radius
                    || is_taken(row, &hop.distinct_from, relationship)
                    || !passes(context, filter, relationship, row)?
                {
                    continue;
                }
                if self.distances.insert(other, distance).is_none() {
                    next.push(other);
                }
                self.ways.entry(other).or_default().push((relationship, node));
            }
        }
        self.ring = next;
        Ok(())
    }
}

/// Grows balls around both nodes until they meet; none if they never do, or too late.
fn meet(
    context: &Context<'_>,
    search: Search<'_>,
    sides: &mut [Steps<'_>; 2],
    (from, to): (NodeId, NodeId),
    row: &mut Row,
) -> Result<Option<Rings>, QueryError> {
    let range = search.1;
    let [mut near, mut far] = [Ball::around(from), Ball::around(to)];
    let [forwards, back] = sides;
    loop {
        let farthest = range.max.is_some_and(|max| near.radius + far.radius >= max);
        if near.ring.is_empty() || far.ring.is_empty() || farthest {
            return Ok(None);
        }
        let near_grows = near.ring.len() <= far.ring.len();
        let (grown, other) = if near_grows { (&mut near, &far) } else { (&mut far, &near) };
        grown.grow(context, search, if near_grows { &mut *forwards } else { &mut *back }, row)?;
        let mut met: Vec<NodeId> =
            grown.ring.iter().copied().filter(|node| other.distances.contains_key(node)).collect();
        if !met.is_empty() {
            met.sort_unstable();
            return Ok(Some(Rings::between(&near, &far, met, to)));
        }
    }
}

impl Rings {
    /// What leads from one centre to the other through the nodes where balls met.
    fn between(near: &Ball, far: &Ball, met: Vec<NodeId>, to: NodeId) -> Self {
        let mut next: HashMap<NodeId, Vec<Step>, FixedState> = HashMap::default();
        let mut open = met.clone();
        while let Some(node) = open.pop() {
            for (relationship, before) in near.ways.get(&node).into_iter().flatten() {
                let steps = next.entry(*before).or_default();
                if steps.is_empty() {
                    open.push(*before);
                }
                steps.push((*relationship, node));
            }
        }
        let mut open = met;
        while let Some(node) = open.pop() {
            if let Some(ways) = far.ways.get(&node)
                && !next.contains_key(&node)
            {
                next.insert(node, ways.clone());
                open.extend(ways.iter().map(|(_, after)| *after));
            }
        }
        for steps in next.values_mut() {
            steps.sort_unstable();
        }
        Self { next, to }
    }

    /// The chains, from the first relationship to the last; one of them, or all.
    fn chains(&self, from: NodeId, all: bool) -> Vec<Vec<RelationshipId>> {
        let mut chains = Vec::new();
        let mut open: Vec<(NodeId, Vec<RelationshipId>)> = vec![(from, Vec::new())];
        while let Some((node, chain)) = open.pop() {
            if node == self.to {
                chains.push(chain);
                if !all {
                    return chains;
                }
                continue;
            }
            for (relationship, after) in self.next.get(&node).into_iter().flatten().rev() {
                let mut longer = chain.clone();
                longer.push(*relationship);
                open.push((*after, longer));
            }
        }
        chains
    }
}

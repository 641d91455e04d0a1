//! The shortest chains between two bound nodes, by breadth-first search.
//!
//! Every node is reached once, at its smallest distance; all shortest chains are read off the ways it was reached by.

use std::collections::HashMap;

use super::chain::passes;
use super::expand::{has_type, is_taken};
use super::rows::flat_map;
use super::{Context, Row, Rows};
use crate::query::error::QueryError;
use crate::query::plan::{Hop, Range};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, RelationshipId, Value};

/// What is followed, how often, what is asked of each relationship, and whether all of the shortest are taken.
pub(super) type Search<'p> = (&'p Hop, Range, Option<&'p (Slot, Scalar)>, bool);

/// How each node was reached first: its distance, and the relationships and nodes that led to it.
type Reached = HashMap<NodeId, (u32, Vec<(RelationshipId, NodeId)>)>;

/// Each row with each shortest chain.
pub(super) fn shortest<'p>(context: &'p Context<'p>, input: Rows<'p>, search: Search<'p>) -> Rows<'p> {
    let (hop, range, _, all) = search;
    flat_map(context, input, move |mut row| {
        let (Value::Node(from), Value::Node(to)) = (&row[hop.from], &row[hop.to]) else {
            return Ok(Box::new(std::iter::empty()));
        };
        let (from, to) = (*from, *to);
        let chains = if from == to {
            if range.min == 0 { vec![Vec::new()] } else { Vec::new() }
        } else {
            let reached = search_from(context, search, &mut row, from, to)?;
            chains(&reached, from, to, all)
        };
        Ok(Box::new(chains.into_iter().map(move |chain| {
            let mut row = row.clone();
            row[hop.relationship] = Value::list(chain.into_iter().map(Value::Relationship).collect());
            Ok(row)
        })))
    })
}

/// Searches in rings around a node until the other one is reached.
fn search_from(
    context: &Context<'_>,
    (hop, range, filter, _): Search<'_>,
    row: &mut Row,
    from: NodeId,
    to: NodeId,
) -> Result<Reached, QueryError> {
    let mut reached: Reached = HashMap::from([(from, (0, Vec::new()))]);
    let mut ring = vec![from];
    let mut distance = 0;
    while !ring.is_empty() && !reached.contains_key(&to) && range.max.is_none_or(|max| distance < max) {
        distance += 1;
        let mut next = Vec::new();
        for node in ring {
            context.check()?;
            for (relationship, other) in context.view.incident(node, hop.direction) {
                let fits = has_type(context, hop, relationship)
                    && !is_taken(row, &hop.distinct_from, relationship)
                    && passes(context, filter, relationship, row)?;
                if fits {
                    note(&mut reached, &mut next, (node, relationship, other), distance);
                }
            }
        }
        ring = next;
    }
    Ok(reached)
}

/// Notes that a relationship leads to a node, if no shorter way does.
fn note(
    reached: &mut Reached,
    next: &mut Vec<NodeId>,
    (node, relationship, other): (NodeId, RelationshipId, NodeId),
    distance: u32,
) {
    let entry = reached.entry(other).or_insert_with(|| {
        next.push(other);
        (distance, Vec::new())
    });
    if entry.0 == distance {
        entry.1.push((relationship, node));
    }
}

/// The chains that reached a node, from the first relationship to the last; one of them, or all.
fn chains(reached: &Reached, from: NodeId, to: NodeId, all: bool) -> Vec<Vec<RelationshipId>> {
    let mut chains = Vec::new();
    let mut open: Vec<(NodeId, Vec<RelationshipId>)> = vec![(to, Vec::new())];
    while let Some((node, chain)) = open.pop() {
        if node == from {
            chains.push(chain.into_iter().rev().collect());
            if !all {
                return chains;
            }
            continue;
        }
        let Some((_, ways)) = reached.get(&node) else { continue };
        for (relationship, before) in ways.iter().rev() {
            let mut longer = chain.clone();
            longer.push(*relationship);
            open.push((*before, longer));
        }
    }
    chains
}

//! From a bound node over one relationship.
//!
//! Relationships of one pattern differ: one that an earlier step has taken is passed over.

use super::rows::flat_map;
use super::{Context, Row, Rows};
use crate::query::plan::Hop;
use crate::query::scalar::Slot;
use crate::query::value::{NodeId, RelationshipId, Value};

/// Each row with each relationship of a node that fits.
pub(super) fn expand<'p>(context: &'p Context<'p>, input: Rows<'p>, hop: &'p Hop) -> Rows<'p> {
    flat_map(context, input, move |row| {
        let Value::Node(from) = row[hop.from] else { return Ok(Box::new(std::iter::empty())) };
        let mut found = context.view.incident(from, hop.direction);
        found.retain(|(relationship, node)| fits(context, hop, &row, *relationship, *node));
        Ok(Box::new(found.into_iter().map(move |(relationship, node)| {
            let mut row = row.clone();
            row[hop.relationship] = Value::Relationship(relationship);
            row[hop.to] = Value::Node(node);
            Ok(row)
        })) as Rows<'p>)
    })
}

/// Whether a relationship and the node at its other end fit a row.
fn fits(context: &Context<'_>, hop: &Hop, row: &Row, relationship: RelationshipId, node: NodeId) -> bool {
    has_type(context, hop, relationship)
        && (!hop.to_bound || matches!(row[hop.to], Value::Node(bound) if bound == node))
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

//! Operators that find a first node: by label, by property, or as the end of a bound relationship.
//!
//! Nodes come in the order in which they were added.

use super::rows::flat_map;
use super::{Context, Row, Rows};
use crate::query::ast::Direction;
use crate::query::plan::ScanSource;
use crate::query::scalar::Slot;
use crate::query::value::{NodeId, Value};

/// Each row with each node that fits.
pub(super) fn scan<'p>(context: &'p Context<'p>, input: Rows<'p>, node: Slot, source: &'p ScanSource) -> Rows<'p> {
    flat_map(context, input, move |mut row| {
        Ok(match source {
            ScanSource::All => with_each(row, node, (0..context.view.node_count()).map(NodeId)),
            ScanSource::Label(label) => with_each(row, node, context.view.labelled(label).iter().copied()),
            ScanSource::Property { label, property, value } => {
                let value = context.evaluate(value, &mut row)?;
                let nodes = context.view.with_property(label, property, &value);
                with_each(row, node, nodes.into_iter())
            }
        })
    })
}

/// A row once for each node.
fn with_each<'p>(row: Row, slot: Slot, nodes: impl Iterator<Item = NodeId> + 'p) -> Rows<'p> {
    Box::new(nodes.map(move |node| {
        let mut row = row.clone();
        row[slot] = Value::Node(node);
        Ok(row)
    }))
}

/// Each row with the near end of a bound relationship; with both ends where the direction leaves it open.
pub(super) fn endpoints<'p>(
    context: &'p Context<'p>,
    input: Rows<'p>,
    relationship: Slot,
    from: Slot,
    direction: Direction,
) -> Rows<'p> {
    flat_map(context, input, move |row| {
        let Value::Relationship(id) = row[relationship] else { return Ok(Box::new(std::iter::empty())) };
        let (start, end) = context.view.ends(id);
        let nodes = match direction {
            Direction::Outgoing => vec![start],
            Direction::Incoming => vec![end],
            Direction::Either if start == end => vec![start],
            Direction::Either => vec![start, end],
        };
        Ok(with_each(row, from, nodes.into_iter()))
    })
}

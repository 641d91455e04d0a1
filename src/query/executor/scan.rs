//! Operators that find a first node: by label, by property, or as the end of a bound relationship.
//!
//! Nodes come in the order in which they were added.

use super::filter::Filter;
use super::{Context, Flow, Row, Sink, push};
use crate::query::ast::Direction;
use crate::query::plan::{Operator, ScanSource};
use crate::query::scalar::{Scalar, Slot};
use crate::query::value::{NodeId, Value};

/// Each row with each node that fits, if a predicate is true.
pub(super) fn scan(
    context: &Context<'_>,
    input: &Operator,
    (node, source, predicate): (Slot, &ScanSource, Option<&Scalar>),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut filter = Filter::new(predicate);
    push(context, input, row, &mut |row| {
        let mut pass = |row: &mut Row, found: NodeId| {
            context.check()?;
            if filter.excludes(context, node, found) {
                return Ok(());
            }
            row[node] = Value::Node(found);
            if filter.passes(context, row)? { sink(row) } else { Ok(()) }
        };
        match source {
            ScanSource::All => (0..context.view.node_count()).try_for_each(|found| pass(row, NodeId(found))),
            ScanSource::Label(label) => context.view.labelled(label).iter().try_for_each(|found| pass(row, *found)),
            ScanSource::Property { label, property, value } => {
                let value = context.evaluate(value, row)?;
                let nodes = context.view.with_property(label, property, &value);
                nodes.into_iter().try_for_each(|found| pass(row, found))
            }
        }
    })
}

/// Each row with the near end of a bound relationship; with both ends where the direction leaves it open.
pub(super) fn endpoints(
    context: &Context<'_>,
    input: &Operator,
    (relationship, from, direction): (Slot, Slot, Direction),
    row: &mut Row,
    sink: &mut Sink<'_>,
) -> Flow {
    push(context, input, row, &mut |row| {
        let Value::Relationship(id) = row[relationship] else { return Ok(()) };
        let (start, end) = context.view.ends(id);
        let nodes: &[NodeId] = match direction {
            Direction::Outgoing => &[start],
            Direction::Incoming => &[end],
            Direction::Either if start == end => &[start],
            Direction::Either => &[start, end],
        };
        nodes.iter().try_for_each(|node| {
            row[from] = Value::Node(*node);
            sink(row)
        })
    })
}

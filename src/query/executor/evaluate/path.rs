//! Puts a path together from the nodes and relationships of a row.
//!
//! Only its first node and its relationships are looked at; the other nodes follow from them.

use std::sync::Arc;

use crate::query::executor::{Context, Row};
use crate::query::scalar::Slot;
use crate::query::value::{Path, Value};

impl Context<'_> {
    /// The path through slots of a node, a relationship or a list of them, a node, and so on; null if one is null.
    pub(super) fn path(&self, parts: &[Slot], row: &Row) -> Value {
        let mut path = Path { nodes: Vec::new(), relationships: Vec::new() };
        for (index, slot) in parts.iter().enumerate() {
            let added = match &row[*slot] {
                Value::Node(node) if index == 0 => {
                    path.nodes.push(*node);
                    true
                }
                Value::Node(_) => true,
                Value::List(values) => values.iter().all(|value| self.extend(&mut path, value)),
                value => self.extend(&mut path, value),
            };
            if !added {
                return Value::Null;
            }
        }
        if path.nodes.is_empty() { Value::Null } else { Value::Path(Arc::new(path)) }
    }

    /// Goes on over a relationship, from the path's last node; false if the value is none or does not touch it.
    fn extend(&self, path: &mut Path, value: &Value) -> bool {
        let (Value::Relationship(relationship), Some(last)) = (value, path.nodes.last().copied()) else { return false };
        let (start, end) = self.view.ends(*relationship);
        let next = match last {
            last if last == start => end,
            last if last == end => start,
            _ => return false,
        };
        path.relationships.push(*relationship);
        path.nodes.push(next);
        true
    }
}

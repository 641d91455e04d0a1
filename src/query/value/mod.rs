//! The values that queries compute: property values, and references to nodes, relationships and paths.
//!
//! Lists, maps and strings are shared, so that a row can be copied cheaply. How values compare is `order`'s business.

mod order;

use std::sync::Arc;

use indexmap::IndexMap;

use crate::graph;

pub use order::{Compared, Key, compare, equals, hash_of, hash_of_property, order};

/// A map value, in order of insertion.
pub type Map = IndexMap<String, Value>;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Unknown, or absent.
    Null,
    /// true, false
    Boolean(bool),
    /// 64 bits, signed
    Integer(i64),
    /// 64 bits, IEEE 754
    Float(f64),
    /// Text
    String(Arc<str>),
    /// Values in order
    List(Arc<Vec<Value>>),
    /// Values by name
    Map(Arc<Map>),
    /// A node of the graph
    Node(NodeId),
    /// A relationship of the graph
    Relationship(RelationshipId),
    /// Nodes and relationships in turn
    Path(Arc<Path>),
}

/// The place of a node in the graph: the order in which nodes were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// The place of a relationship in the graph: the order in which relationships were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub usize);

/// A path; it has one node more than relationships.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The nodes from the first to the last.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, whichever way they point.
    pub relationships: Vec<RelationshipId>,
}

impl Value {
    /// A list.
    pub fn list(values: Vec<Value>) -> Self {
        Value::List(Arc::new(values))
    }

    /// A string.
    pub fn string(text: impl Into<Arc<str>>) -> Self {
        Value::String(text.into())
    }

    /// A map.
    pub fn map(entries: Map) -> Self {
        Value::Map(Arc::new(entries))
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// What kind of value this is, for messages: "an integer".
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a float",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            Value::Node(_) => "a node",
            Value::Relationship(_) => "a relationship",
            Value::Path(_) => "a path",
        }
    }
}

impl From<&graph::Value> for Value {
    fn from(value: &graph::Value) -> Self {
        match value {
            graph::Value::Null => Value::Null,
            graph::Value::Boolean(value) => Value::Boolean(*value),
            graph::Value::Integer(value) => Value::Integer(*value),
            graph::Value::Float(value) => Value::Float(*value),
            graph::Value::String(text) => Value::string(text.as_str()),
            graph::Value::List(values) => Value::list(values.iter().map(Value::from).collect()),
            graph::Value::Map(entries) => Value::map(properties(entries)),
        }
    }
}

/// Properties as entries of a map.
pub fn properties(entries: &IndexMap<String, graph::Value>) -> Map {
    entries.iter().map(|(name, value)| (name.clone(), Value::from(value))).collect()
}

//! A property graph over petgraph: nodes with labels and properties, relationships with one type and properties.
//!
//! It knows nothing of positions; `schema` does. Nodes and relationships keep the order in which they were added.

use indexmap::IndexMap;
use petgraph::graph::DiGraph;

/// A property's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Absent.
    Null,
    /// true, false
    Boolean(bool),
    /// 64 bits, signed
    Integer(i64),
    /// 64 bits, IEEE 754
    Float(f64),
    /// Text
    String(String),
    /// Values in order
    List(Vec<Value>),
    /// Values by name, in order of insertion
    Map(IndexMap<String, Value>),
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Number that outputs show; unique among the nodes of a graph.
    pub id: i64,
    /// "Actor", "State"; no label twice.
    pub labels: Vec<String>,
    /// Properties by name; none is `Null`.
    pub properties: IndexMap<String, Value>,
}

/// A relationship; its ends are petgraph's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relationship {
    /// Number that outputs show; unique among the relationships of a graph.
    pub id: i64,
    /// "REJECTS", "CONDITIONS_ON"
    pub kind: String,
    /// Properties by name; none is `Null`.
    pub properties: IndexMap<String, Value>,
}

/// A property graph.
pub type PropertyGraph = DiGraph<Node, Relationship>;

//! How a property graph lies in the graph file: names once, then nodes and relationships that point at them.
//!
//! Our own types and not petgraph's serialisation, so that the file does not change with a library. Writing it to disk is
//! `store`'s business.

use indexmap::{IndexMap, IndexSet};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde::{Deserialize, Serialize};

use super::property::{Node, PropertyGraph, Relationship, Value};

/// The bytes of a graph's section in the file.
///
/// # Errors
/// When a value cannot be written, which no graph of ours has.
pub(super) fn encode(graph: &PropertyGraph) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(&Layout::of(graph))
}

/// The graph in these bytes.
///
/// # Errors
/// When they are no graph.
pub(super) fn decode(bytes: &[u8]) -> Result<PropertyGraph, Dangling> {
    postcard::from_bytes::<Layout>(bytes).map_err(|_| Dangling)?.into_graph()
}

/// A property graph as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Layout {
    /// Labels, types and names of properties; everything else points at them by number.
    names: Vec<String>,
    nodes: Vec<StoredNode>,
    relationships: Vec<StoredRelationship>,
}

/// Properties by the number of their name.
type StoredProperties = Vec<(u32, StoredValue)>;

#[derive(Debug, Serialize, Deserialize)]
struct StoredNode {
    id: i64,
    labels: Vec<u32>,
    properties: StoredProperties,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredRelationship {
    id: i64,
    kind: u32,
    start: u32,
    end: u32,
    properties: StoredProperties,
}

#[derive(Debug, Serialize, Deserialize)]
enum StoredValue {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    List(Vec<StoredValue>),
    Map(StoredProperties),
}

/// Bytes that are no graph, or point at a name, node or relationship that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dangling;

impl Layout {
    /// The layout of a graph.
    fn of(graph: &PropertyGraph) -> Self {
        let mut names = IndexSet::new();
        let nodes = graph.node_weights().map(|node| StoredNode {
            id: node.id,
            labels: node.labels.iter().map(|label| number(&mut names, label)).collect(),
            properties: stored_properties(&mut names, &node.properties),
        });
        let nodes = nodes.collect();
        let relationships = graph.edge_references().map(|edge| StoredRelationship {
            id: edge.weight().id,
            kind: number(&mut names, &edge.weight().kind),
            start: place(edge.source().index()),
            end: place(edge.target().index()),
            properties: stored_properties(&mut names, &edge.weight().properties),
        });
        let relationships = relationships.collect();
        Self { names: names.into_iter().collect(), nodes, relationships }
    }

    /// The graph that was laid out.
    ///
    /// # Errors
    /// When something points at what is not there.
    fn into_graph(self) -> Result<PropertyGraph, Dangling> {
        let names = self.names;
        let mut graph = PropertyGraph::with_capacity(self.nodes.len(), self.relationships.len());
        for node in self.nodes {
            let labels = node.labels.into_iter().map(|label| name(&names, label)).collect::<Result<_, _>>()?;
            let properties = properties(&names, node.properties)?;
            graph.add_node(Node { id: node.id, labels, properties });
        }
        for stored in self.relationships {
            let kind = name(&names, stored.kind)?;
            let properties = properties(&names, stored.properties)?;
            let ends = [stored.start, stored.end].map(|end| NodeIndex::new(end as usize));
            if ends.iter().any(|end| end.index() >= graph.node_count()) {
                return Err(Dangling);
            }
            graph.add_edge(ends[0], ends[1], Relationship { id: stored.id, kind, properties });
        }
        Ok(graph)
    }
}

/// The number of a name, a new one for a new name.
fn number(names: &mut IndexSet<String>, name: &str) -> u32 {
    let known = names.get_index_of(name);
    place(known.unwrap_or_else(|| names.insert_full(name.to_owned()).0))
}

/// A place in the layout; petgraph itself counts in 32 bits.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The name with this number.
fn name(names: &[String], number: u32) -> Result<String, Dangling> {
    names.get(number as usize).cloned().ok_or(Dangling)
}

/// Properties as they are written.
fn stored_properties(names: &mut IndexSet<String>, properties: &IndexMap<String, Value>) -> StoredProperties {
    properties.iter().map(|(name, value)| (number(names, name), stored_value(names, value))).collect()
}

/// A value as it is written.
fn stored_value(names: &mut IndexSet<String>, value: &Value) -> StoredValue {
    match value {
        Value::Null => StoredValue::Null,
        Value::Boolean(truth) => StoredValue::Boolean(*truth),
        Value::Integer(number) => StoredValue::Integer(*number),
        Value::Float(number) => StoredValue::Float(*number),
        Value::String(text) => StoredValue::String(text.clone()),
        Value::List(values) => StoredValue::List(values.iter().map(|value| stored_value(names, value)).collect()),
        Value::Map(entries) => StoredValue::Map(stored_properties(names, entries)),
    }
}

/// Properties as they were.
fn properties(names: &[String], stored: StoredProperties) -> Result<IndexMap<String, Value>, Dangling> {
    stored.into_iter().map(|(number, stored)| Ok((name(names, number)?, value(names, stored)?))).collect()
}

/// A value as it was.
fn value(names: &[String], stored: StoredValue) -> Result<Value, Dangling> {
    Ok(match stored {
        StoredValue::Null => Value::Null,
        StoredValue::Boolean(truth) => Value::Boolean(truth),
        StoredValue::Integer(number) => Value::Integer(number),
        StoredValue::Float(number) => Value::Float(number),
        StoredValue::String(text) => Value::String(text),
        StoredValue::List(values) => {
            Value::List(values.into_iter().map(|stored| value(names, stored)).collect::<Result<_, _>>()?)
        }
        StoredValue::Map(entries) => Value::Map(properties(names, entries)?),
    })
}

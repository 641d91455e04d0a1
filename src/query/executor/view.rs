//! A graph as queries see it: nodes and relationships by place, by label, by property; and the names it knows.
//!
//! With `expand`, the only part of the language that knows petgraph. Indexes by label are made once, those by property when a plan first
//! asks for one.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use indexmap::IndexMap;
use petgraph::Direction as Side;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::graph::{Catalog, CatalogNames, Node, PropertyGraph, Relationship};
use crate::query::ast::Direction;
use crate::query::value::{Key, NodeId, RelationshipId, Value};

/// Nodes by the value of a property.
type PropertyIndex = HashMap<Key, Vec<NodeId>>;

/// A graph with what queries look up in it.
pub struct View<'g> {
    graph: &'g PropertyGraph,
    labels: IndexMap<&'g str, Vec<NodeId>>,
    names: OnceLock<Names>,
    catalog: OnceLock<Arc<CatalogNames>>,
    properties: Mutex<HashMap<(String, String), Arc<PropertyIndex>>>,
}

/// The names that a graph knows, each sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Labels of nodes.
    pub labels: BTreeSet<String>,
    /// Types of relationships.
    pub types: BTreeSet<String>,
    /// Properties of either.
    pub properties: BTreeSet<String>,
}

impl<'g> View<'g> {
    /// Looks a graph over; linear in its nodes.
    pub fn new(graph: &'g PropertyGraph) -> Self {
        let mut labels: IndexMap<&'g str, Vec<NodeId>> = IndexMap::new();
        for (index, node) in graph.node_weights().enumerate() {
            for label in &node.labels {
                labels.entry(label).or_default().push(NodeId(index));
            }
        }
        Self { graph, labels, names: OnceLock::new(), catalog: OnceLock::new(), properties: Mutex::default() }
    }

    /// The graph itself.
    pub fn graph(&self) -> &'g PropertyGraph {
        self.graph
    }

    /// The node at a place.
    pub fn node(&self, id: NodeId) -> &'g Node {
        &self.graph[NodeIndex::new(id.0)]
    }

    /// The relationship at a place.
    pub fn relationship(&self, id: RelationshipId) -> &'g Relationship {
        &self.graph[EdgeIndex::new(id.0)]
    }

    /// The nodes that a relationship leaves and reaches.
    pub fn ends(&self, id: RelationshipId) -> (NodeId, NodeId) {
        let ends = self.graph.edge_endpoints(EdgeIndex::new(id.0));
        ends.map_or((NodeId(0), NodeId(0)), |(from, to)| (NodeId(from.index()), NodeId(to.index())))
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many nodes have a label.
    pub fn label_count(&self, label: &str) -> usize {
        self.labels.get(label).map_or(0, Vec::len)
    }

    /// The nodes that have a label, in order.
    pub fn labelled(&self, label: &str) -> &[NodeId] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    /// The nodes that have a label and, under a property, a value; in order.
    pub fn with_property(&self, label: &str, property: &str, value: &Value) -> Vec<NodeId> {
        let index = self.property_index(label, property);
        index.get(&Key(vec![value.clone()])).cloned().unwrap_or_default()
    }

    /// The index of a label's nodes by a property, made on first use.
    fn property_index(&self, label: &str, property: &str) -> Arc<PropertyIndex> {
        let mut indexes = self.properties.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let entry = indexes.entry((label.to_owned(), property.to_owned()));
        Arc::clone(entry.or_insert_with(|| Arc::new(self.index(label, property))))
    }

    fn index(&self, label: &str, property: &str) -> PropertyIndex {
        let mut index = PropertyIndex::new();
        for node in self.labelled(label) {
            if let Some(value) = self.node(*node).properties.get(property) {
                index.entry(Key(vec![Value::from(value)])).or_default().push(*node);
            }
        }
        index
    }

    /// The relationships of a node in a direction with the nodes at their other ends, in the order in which they were added;
    /// a loop comes once.
    pub fn incident(&self, node: NodeId, direction: Direction) -> Vec<(RelationshipId, NodeId)> {
        let index = NodeIndex::new(node.0);
        let outgoing = || self.graph.edges_directed(index, Side::Outgoing).map(|edge| (edge.id(), edge.target()));
        let incoming = || self.graph.edges_directed(index, Side::Incoming).map(|edge| (edge.id(), edge.source()));
        let mut found: Vec<_> = match direction {
            Direction::Outgoing => outgoing().collect(),
            Direction::Incoming => incoming().collect(),
            Direction::Either => outgoing().chain(incoming().filter(|(_, other)| *other != index)).collect(),
        };
        found.sort_unstable();
        found.into_iter().map(|(edge, other)| (RelationshipId(edge.index()), NodeId(other.index()))).collect()
    }

    /// The names of actors, topics and outlets, by which questions find them; linear in the graph on first use.
    pub fn catalog(&self) -> Catalog<'g> {
        let names = self.catalog.get_or_init(|| Catalog::new(self.graph).names());
        Catalog::with_names(self.graph, Arc::clone(names))
    }

    /// The names that the graph knows; linear in the graph on first use.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let nodes = self.graph.node_weights();
            let relationships = || self.graph.edge_weights();
            let properties = nodes.flat_map(|node| node.properties.keys());
            let properties = properties.chain(relationships().flat_map(|edge| edge.properties.keys()));
            Names {
                labels: self.labels.keys().map(|label| (*label).to_owned()).collect(),
                types: relationships().map(|relationship| relationship.kind.clone()).collect(),
                properties: properties.cloned().collect(),
            }
        })
    }
}

//! A graph as queries see it: nodes and relationships by place, by label, by property; and the names it knows.
//!
//! The only part of the executor that knows petgraph. Indexes by label are made once; those by property, columns and rows of
//! relationships when a plan first asks for one, and then kept.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use indexmap::IndexMap;
use petgraph::Direction as Side;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::index::PropertyIndex;
use crate::graph::{Adjacency, Catalog, CatalogNames, Column, Node, PropertyGraph, Relationship};
use crate::query::ast::Direction;
use crate::query::value::{NodeId, RelationshipId, Value, order};

/// What is made on first use, by two names.
type Kept<Made> = Mutex<HashMap<String, HashMap<String, Made>>>;

/// A graph with what queries look up in it.
pub struct View<'g> {
    graph: &'g PropertyGraph,
    labels: IndexMap<&'g str, Vec<NodeId>>,
    names: OnceLock<Names>,
    catalog: OnceLock<Arc<CatalogNames>>,
    /// For each node the place of its labels among all sets of labels.
    label_sets: Vec<u32>,
    properties: Kept<Arc<PropertyIndex>>,
    columns: Kept<Option<Arc<Values>>>,
    adjacencies: Kept<Arc<Adjacency>>,
}

/// A column whose values are those of the language.
pub(super) struct Values {
    column: Column,
    values: Vec<Value>,
}

impl Values {
    /// The number of a node's value, null included; none where values have no numbers.
    pub(super) fn number(&self, node: NodeId) -> Option<u32> {
        self.column.number(node.0)
    }

    /// The value with a number.
    pub(super) fn value(&self, number: u32) -> Value {
        self.values.get(number as usize).cloned().unwrap_or(Value::Null)
    }

    /// For each node whether its text contains another one, if the column has texts.
    pub(super) fn containing(&self, wanted: &str) -> Option<Vec<bool>> {
        self.column.containing(wanted)
    }
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
        let mut sets: IndexMap<&'g [String], Vec<usize>> = IndexMap::new();
        let mut label_sets = Vec::with_capacity(graph.node_count());
        let mut last: (&[String], usize, Vec<usize>) = (&[], usize::MAX, Vec::new());
        for (index, node) in graph.node_weights().enumerate() {
            // Neighbours mostly have the same labels, whose places are then known.
            if last.1 == usize::MAX || last.0 != node.labels.as_slice() {
                let entry = sets.entry(&node.labels);
                let set = entry.index();
                let places = entry.or_insert_with(|| {
                    let place = |label: &'g String| {
                        let entry = labels.entry(label);
                        let place = entry.index();
                        entry.or_default();
                        place
                    };
                    node.labels.iter().map(place).collect()
                });
                last = (&node.labels, set, places.clone());
            }
            for place in &last.2 {
                labels[*place].push(NodeId(index));
            }
            label_sets.push(u32::try_from(last.1).unwrap_or(u32::MAX));
        }
        Self {
            graph,
            labels,
            names: OnceLock::new(),
            catalog: OnceLock::new(),
            label_sets,
            properties: Mutex::default(),
            columns: Mutex::default(),
            adjacencies: Mutex::default(),
        }
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

    /// A number for the labels of a node, the same for all nodes with these labels.
    pub(super) fn label_set(&self, node: NodeId) -> u32 {
        self.label_sets[node.0]
    }

    /// The nodes that have a label and, under a property, a value; in order. The index is made on first use.
    pub fn with_property(&self, label: &str, property: &str, value: &Value) -> Vec<NodeId> {
        let index = kept(&self.properties, label, property, || {
            let nodes = self.labelled(label).iter().copied();
            let values = nodes.filter_map(|node| Some((node, self.node(node).properties.get(property)?)));
            Arc::new(PropertyIndex::new(values))
        });
        let (candidates, uniform) = index.candidates(value);
        let candidates = candidates.iter().map(|node| NodeId(*node as usize));
        if uniform {
            let all = candidates.clone().next().is_some_and(|first| self.has(first, property, value));
            return if all { candidates.collect() } else { Vec::new() };
        }
        candidates.filter(|node| self.has(*node, property, value)).collect()
    }

    /// Whether a node has a value under a property.
    fn has(&self, node: NodeId, property: &str, value: &Value) -> bool {
        let found = self.node(node).properties.get(property);
        found.is_some_and(|found| match (found, value) {
            (crate::graph::Value::String(found), Value::String(value)) => **found == **value,
            _ => order(&Value::from(found), value).is_eq(),
        })
    }

    /// The column of a property if there is one; it is made if that is wished and its values are few enough.
    pub(super) fn column(&self, property: &str, wished: bool) -> Option<Arc<Values>> {
        if !wished {
            return held(&self.columns, "", property).flatten();
        }
        kept(&self.columns, "", property, || {
            let column = Column::new(self.graph, property)?;
            let values = std::iter::once(Value::Null).chain(column.values().iter().map(Value::from)).collect();
            Some(Arc::new(Values { column, values }))
        })
    }

    /// The rows of relationships of some types (of all without any) in a direction; both sides for either. None unless all
    /// of them are there; they are made if that is wished.
    pub(super) fn adjacency(
        &self,
        types: &[String],
        direction: Direction,
        wished: bool,
    ) -> Option<Vec<Arc<Adjacency>>> {
        let sides: &[(Side, &str)] = match direction {
            Direction::Outgoing => &[(Side::Outgoing, "out")],
            Direction::Incoming => &[(Side::Incoming, "in")],
            Direction::Either => &[(Side::Outgoing, "out"), (Side::Incoming, "in")],
        };
        let any = [String::new()];
        let kinds = if types.is_empty() { &any } else { types };
        let wanted = kinds.iter().flat_map(|kind| sides.iter().map(move |side| (kind, side)));
        let rows = wanted.map(|(kind, (side, name))| {
            if !wished {
                return held(&self.adjacencies, name, kind);
            }
            let only = (!kind.is_empty()).then_some(kind.as_str());
            Some(kept(&self.adjacencies, name, kind, || Arc::new(Adjacency::new(self.graph, only, *side))))
        });
        rows.collect()
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

/// What was made under two names.
fn held<Made: Clone>(kept: &Kept<Made>, first: &str, second: &str) -> Option<Made> {
    let kept = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    kept.get(first)?.get(second).cloned()
}

/// What was made under two names, or is made now.
fn kept<Made: Clone>(kept: &Kept<Made>, first: &str, second: &str, make: impl FnOnce() -> Made) -> Made {
    if let Some(made) = held(kept, first, second) {
        return made;
    }
    let made = make();
    let mut kept = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    kept.entry(first.to_owned()).or_default().insert(second.to_owned(), made.clone());
    made
}

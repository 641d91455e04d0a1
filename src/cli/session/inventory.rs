//! What `:schema` prints: labels, relationship types and properties of the graph, with counts.
//!
//! It describes the graph as it is, since a session may be over any property graph.

use std::collections::BTreeMap;
use std::fmt::Write;

use demarche::query::View;
use demarche::query::value::RelationshipId;

/// The schema of a graph as it is, whatever it holds.
pub(super) fn schema(view: &View<'_>) -> String {
    let graph = view.graph();
    let mut labels: BTreeMap<&str, Entry> = BTreeMap::new();
    for node in graph.node_weights() {
        for label in &node.labels {
            labels.entry(label).or_default().add(node.properties.keys());
        }
    }
    let mut kinds: BTreeMap<String, Entry> = BTreeMap::new();
    for (index, relationship) in graph.edge_weights().enumerate() {
        let (from, to) = view.ends(RelationshipId(index));
        let label = |id| view.node(id).labels.first().map_or("", String::as_str);
        let shape = format!("(:{})-[:{}]->(:{})", label(from), relationship.kind, label(to));
        kinds.entry(shape).or_default().add(relationship.properties.keys());
    }
    let mut text = format!("{} nodes, {} relationships\n\n", graph.node_count(), graph.edge_count());
    for (label, entry) in labels {
        _ = writeln!(text, "  {:>7}  (:{label}) {}", entry.count, entry.names());
    }
    text.push('\n');
    for (shape, entry) in kinds {
        _ = writeln!(text, "  {:>7}  {shape} {}", entry.count, entry.names());
    }
    text
}

/// How often a label or type comes, and with which properties.
#[derive(Default)]
struct Entry {
    count: usize,
    properties: BTreeMap<String, usize>,
}

impl Entry {
    fn add<'g>(&mut self, properties: impl Iterator<Item = &'g String>) {
        self.count += 1;
        for name in properties {
            *self.properties.entry(name.clone()).or_default() += 1;
        }
    }

    /// The property names; nothing when there are none.
    fn names(&self) -> String {
        let names: Vec<&str> = self.properties.keys().map(String::as_str).collect();
        if names.is_empty() { String::new() } else { format!("{{{}}}", names.join(", ")) }
    }
}

//! The part of a graph that an answer speaks of, as a graph of its own: what is drawn of an answer.
//!
//! Nodes, relationships and paths of the answer are in it. A position, whether it stands in the answer itself or by its
//! id, as in the answers to questions, brings along what makes it readable: holders, conditions, topics, article, chain.
//! The answer to a question for a network is that network.

use std::collections::BTreeSet;

use super::network;
use crate::graph::schema::{Label, property};
use crate::graph::{PropertyGraph, Value as PropertyValue};
use crate::query::ast::Direction;
use crate::query::value::{NodeId, RelationshipId, Value};
use crate::query::{Table, View};

/// Places in the graph, in its order.
#[derive(Default)]
struct Selection {
    nodes: BTreeSet<NodeId>,
    relationships: BTreeSet<RelationshipId>,
}

/// The part of the graph that a table speaks of; empty when it speaks of none.
pub fn of_table(table: &Table, view: &View<'_>) -> PropertyGraph {
    if let Some(network) = network::of_table(table, view) {
        return network;
    }
    let mut selection = Selection::default();
    for value in table.rows.iter().flatten() {
        selection.add(value, view);
    }
    for position in positions(table, view) {
        selection.add_position(position, view);
    }
    selection.add_ends(view);
    if selection.relationships.is_empty() {
        selection.add_between(view);
    }
    selection.graph(view)
}

/// The columns by which the answers to questions name positions: that of a row, and the one it is compared with.
const ID_COLUMNS: [&str; 2] = [property::ID, "other_id"];

/// The positions that the rows of a table name by their id.
fn positions(table: &Table, view: &View<'_>) -> Vec<NodeId> {
    let columns: Vec<usize> =
        ID_COLUMNS.iter().filter_map(|id| table.columns.iter().position(|name| name == id)).collect();
    let ids = table.rows.iter().flat_map(|row| columns.iter().filter_map(|column| row.get(*column)));
    ids.flat_map(|id| view.with_property(Label::Position.as_str(), property::ID, id)).collect()
}

/// The positions that a row is about, whose ids or selves stand in it: one for most answers, two where positions are
/// compared. None when it names none, and for a row that the table does not have.
pub fn positions_of(table: &Table, row: usize, view: &View<'_>) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    for value in table.rows.get(row).into_iter().flatten() {
        let position = match value {
            Value::Node(id) if is_position(*id, view) => Some(*id),
            Value::String(_) => view.with_property(Label::Position.as_str(), property::ID, value).first().copied(),
            Value::Path(path) => path.nodes.iter().copied().find(|id| is_position(*id, view)),
            _ => None,
        };
        found.extend(position.filter(|id| !found.contains(id)));
    }
    found
}

fn is_position(id: NodeId, view: &View<'_>) -> bool {
    view.node(id).labels.iter().any(|label| label == Label::Position.as_str())
}

impl Selection {
    fn add(&mut self, value: &Value, view: &View<'_>) {
        match value {
            Value::Node(id) if is_position(*id, view) => self.add_position(*id, view),
            Value::Node(id) => _ = self.nodes.insert(*id),
            Value::Relationship(id) => _ = self.relationships.insert(*id),
            Value::Path(path) => {
                self.nodes.extend(&path.nodes);
                self.relationships.extend(&path.relationships);
            }
            Value::List(values) => values.iter().for_each(|value| self.add(value, view)),
            Value::Map(entries) => entries.values().for_each(|value| self.add(value, view)),
            Value::Null | Value::Boolean(_) | Value::Integer(_) | Value::Float(_) | Value::String(_) => {}
        }
    }

    /// A position with everything around it but other positions.
    fn add_position(&mut self, position: NodeId, view: &View<'_>) {
        self.nodes.insert(position);
        for (relationship, other) in view.incident(position, Direction::Either) {
            if !is_position(other, view) {
                self.relationships.insert(relationship);
            }
        }
    }

    /// The ends of all relationships.
    fn add_ends(&mut self, view: &View<'_>) {
        for id in &self.relationships {
            let (from, to) = view.ends(*id);
            self.nodes.extend([from, to]);
        }
    }

    /// The relationships between the nodes.
    fn add_between(&mut self, view: &View<'_>) {
        for id in &self.nodes {
            let outgoing = view.incident(*id, Direction::Outgoing).into_iter();
            self.relationships.extend(outgoing.filter(|(_, other)| self.nodes.contains(other)).map(|(id, _)| id));
        }
    }

    fn graph(&self, view: &View<'_>) -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        let places: std::collections::BTreeMap<NodeId, _> =
            self.nodes.iter().map(|id| (*id, graph.add_node(view.node(*id).clone()))).collect();
        for id in &self.relationships {
            let (from, to) = view.ends(*id);
            if let (Some(from), Some(to)) = (places.get(&from), places.get(&to)) {
                graph.add_edge(*from, *to, view.relationship(*id).clone());
            }
        }
        graph
    }
}

/// A property as text; empty when there is none or it is no text.
pub(crate) fn text_property(id: NodeId, name: &str, view: &View<'_>) -> String {
    match view.node(id).properties.get(name) {
        Some(PropertyValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json::read_graph;
    use crate::query::{Parameters, run};

    const GRAPH: &str = r#"{"nodes":[{"id":0,"labels":["Actor"],"properties":{"name":"Orsa"}},
        {"id":1,"labels":["Position"],"properties":{"id":"a:1-2"}},{"id":2,"labels":["Topic"],"properties":{}},
        {"id":3,"labels":["Actor"],"properties":{"name":"Tavria"}}],
        "relationships":[{"id":0,"start":0,"end":1,"type":"REJECTS","properties":{}},
        {"id":1,"start":1,"end":2,"type":"ABOUT","properties":{}},
        {"id":2,"start":0,"end":3,"type":"SPEAKS_FOR","properties":{}}]}"#;

    #[test]
    fn positions_bring_their_surroundings() {
        let graph = read_graph(GRAPH).unwrap();
        for (query, nodes, relationships) in [
            ("MATCH (p:Position) RETURN p.id AS id", 3, 2),
            ("MATCH (p:Position) RETURN p", 3, 2),
            ("MATCH (a:Actor) RETURN a", 2, 1),
            ("MATCH (:Actor)-[r:SPEAKS_FOR]->() RETURN collect(r) AS all", 2, 1),
            ("MATCH (a:Actor) RETURN a.name", 0, 0),
        ] {
            let table = run(&graph, query, &Parameters::new()).unwrap();
            let part = of_table(&table, &View::new(&graph));
            assert_eq!((part.node_count(), part.edge_count()), (nodes, relationships), "{query}");
        }
    }
}

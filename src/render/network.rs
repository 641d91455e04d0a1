//! A network as a graph of its own, from the table that answers a question for one: what is drawn and exported of it.
//!
//! Ties become relationships with a weight; their ends are the nodes of the graph that was asked.

use indexmap::IndexMap;

use crate::graph::schema::{Label, property, tie};
use crate::graph::{Node, PropertyGraph, Relationship, Value as PropertyValue};
use crate::query::value::Value;
use crate::query::{Table, View};

/// Columns that hold weights, the relationship type of such a tie, and the column with its topics.
const WEIGHTS: [(&str, &str, &str); 4] = [
    ("congruence", tie::CONGRUENCE, "agreed"),
    ("conflict", tie::CONFLICT, "disputed"),
    ("pro", tie::PRO, ""),
    ("contra", tie::CONTRA, ""),
];

/// The graph of a network's table; `None` for any other table.
pub fn of_table(table: &Table, view: &View<'_>) -> Option<PropertyGraph> {
    let ends = match table.columns.get(..2)? {
        [one, other] if one == "one" && other == "other" => [Label::Actor, Label::Actor],
        [actor, topic] if actor == "actor" && topic == "topic" => [Label::Actor, Label::Topic],
        _ => return None,
    };
    let column = |name: &str| table.columns.iter().position(|column| column == name);
    let weights: Vec<_> =
        WEIGHTS.iter().filter_map(|(weight, kind, topics)| Some((column(weight)?, *kind, column(topics)))).collect();
    if weights.is_empty() {
        return None;
    }
    let mut graph = PropertyGraph::new();
    let mut places = IndexMap::new();
    for row in &table.rows {
        let [Value::String(one), Value::String(other), ..] = row.as_slice() else { continue };
        let [from, to] = [(one, ends[0]), (other, ends[1])].map(|(name, label)| {
            *places.entry((label, name.clone())).or_insert_with(|| graph.add_node(node(name, label, view)))
        });
        for (weight, kind, topics) in &weights {
            let topics = topics.and_then(|column| row.get(column));
            let id = i64::try_from(graph.edge_count()).unwrap_or(i64::MAX);
            if let Some(tie) = row.get(*weight).and_then(|weight| relationship(id, kind, weight, topics)) {
                graph.add_edge(from, to, tie);
            }
        }
    }
    Some(graph)
}

/// The node of this name, or a new one for a name that stands for several.
fn node(name: &str, label: Label, view: &View<'_>) -> Node {
    let found = view.with_property(label.as_str(), property::NAME, &Value::string(name));
    found.first().map_or_else(
        || Node {
            id: -1,
            labels: vec![label.as_str().to_owned()],
            properties: IndexMap::from([(property::NAME.to_owned(), PropertyValue::String(name.to_owned()))]),
        },
        |id| view.node(*id).clone(),
    )
}

/// A tie with its weight and topics; `None` for a weight of nothing.
fn relationship(id: i64, kind: &str, weight: &Value, topics: Option<&Value>) -> Option<Relationship> {
    let weight = match weight {
        Value::Integer(count) if *count > 0 => PropertyValue::Integer(*count),
        Value::Float(weight) if *weight > 0.0 => PropertyValue::Float(*weight),
        _ => return None,
    };
    let mut properties = IndexMap::from([(tie::WEIGHT.to_owned(), weight)]);
    if let Some(Value::List(topics)) = topics {
        let names = topics.iter().filter_map(|topic| match topic {
            Value::String(name) => Some(PropertyValue::String(name.to_string())),
            _ => None,
        });
        properties.insert(tie::TOPICS.to_owned(), PropertyValue::List(names.collect()));
    }
    Some(Relationship { id, kind: kind.to_owned(), properties })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json::read_graph;

    #[test]
    fn ties_join_the_nodes_of_the_graph() {
        let graph = read_graph(
            r#"{"nodes":[{"id":7,"labels":["Actor","State"],"properties":{"name":"Orsa"}}],"relationships":[]}"#,
        )
        .unwrap();
        let columns = ["one", "other", "congruence", "agreed"].map(str::to_owned).to_vec();
        let topics = Value::list(vec![Value::string("strait")]);
        let row = |one: &str, weight| vec![Value::string(one), Value::string("Tavria"), weight, topics.clone()];
        let rows = vec![row("Orsa", Value::Float(0.5)), row("Velia", Value::Integer(0))];
        let network = of_table(&Table { columns, rows, warnings: Vec::new() }, &View::new(&graph)).unwrap();
        assert_eq!((network.node_count(), network.edge_count()), (3, 1));
        assert_eq!(network.raw_nodes()[0].weight.labels, ["Actor", "State"]);
        assert_eq!(network.raw_edges()[0].weight.kind, tie::CONGRUENCE);
    }

    #[test]
    fn other_tables_are_no_networks() {
        let graph = PropertyGraph::new();
        let columns = ["one", "other", "position"].map(str::to_owned).to_vec();
        assert!(of_table(&Table { columns, ..Table::default() }, &View::new(&graph)).is_none());
    }
}

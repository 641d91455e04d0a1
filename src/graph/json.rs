//! Property graphs as JSON: `{"nodes":[{"id","labels","properties"}],"relationships":[{"id","start","end","type","properties"}]}`.
//!
//! The form in which other programs bring a graph along. Values are JSON's own; `{"$float":"NaN"}` and `{"$map":{..}}`, as
//! answers write them, are read too. Properties that are null are left out, as everywhere in a property graph.

use std::collections::HashMap;

use indexmap::IndexMap;
use petgraph::graph::NodeIndex;
use serde::{Deserialize, Serialize};
use serde_json::{Map as Object, Value as Json, json};

use super::{Node, PropertyGraph, Relationship, Value};

/// What is wrong with a graph in JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// The text is no JSON, or lacks a field.
    #[error("no property graph: {0}")]
    Shape(String),
    /// Two nodes have one id.
    #[error("two nodes have the id {0}")]
    Duplicate(i64),
    /// A relationship starts or ends at a node that is not there.
    #[error("relationship {relationship} names a node {node} that is not there")]
    Dangling {
        /// The relationship.
        relationship: i64,
        /// The node it names.
        node: i64,
    },
}

#[derive(Deserialize, Serialize)]
struct GraphRecord {
    #[serde(default)]
    nodes: Vec<NodeRecord>,
    #[serde(default)]
    relationships: Vec<RelationshipRecord>,
}

#[derive(Deserialize, Serialize)]
struct NodeRecord {
    id: i64,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    properties: Object<String, Json>,
}

#[derive(Deserialize, Serialize)]
struct RelationshipRecord {
    id: i64,
    start: i64,
    end: i64,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    properties: Object<String, Json>,
}

/// Reads a graph from a text.
///
/// # Errors
/// When the text is not such an object, or its ids do not fit together.
pub fn read_graph(text: &str) -> Result<PropertyGraph, JsonError> {
    let record: GraphRecord = serde_json::from_str(text).map_err(|error| JsonError::Shape(error.to_string()))?;
    built(record)
}

/// Reads a graph from a part of a larger JSON value.
///
/// # Errors
/// As for [`read_graph`].
pub fn graph_of(json: Json) -> Result<PropertyGraph, JsonError> {
    let record: GraphRecord = serde_json::from_value(json).map_err(|error| JsonError::Shape(error.to_string()))?;
    built(record)
}

fn built(record: GraphRecord) -> Result<PropertyGraph, JsonError> {
    let mut graph = PropertyGraph::new();
    let mut places: HashMap<i64, NodeIndex> = HashMap::new();
    for NodeRecord { id, mut labels, properties } in record.nodes {
        let mut seen = Vec::new();
        labels.retain(|label| {
            !seen.contains(label) && {
                seen.push(label.clone());
                true
            }
        });
        let place = graph.add_node(Node { id, labels, properties: entries(&properties) });
        if places.insert(id, place).is_some() {
            return Err(JsonError::Duplicate(id));
        }
    }
    for RelationshipRecord { id, start, end, kind, properties } in record.relationships {
        let place = |node: i64| places.get(&node).copied().ok_or(JsonError::Dangling { relationship: id, node });
        let (start, end) = (place(start)?, place(end)?);
        graph.add_edge(start, end, Relationship { id, kind, properties: entries(&properties) });
    }
    Ok(graph)
}

fn entries(object: &Object<String, Json>) -> IndexMap<String, Value> {
    let entries = object.iter().map(|(key, value)| (key.clone(), value_of(value)));
    entries.filter(|(_, value)| *value != Value::Null).collect()
}

/// A JSON value as a property value.
pub fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Value::Integer(value),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(values) => Value::List(values.iter().map(value_of).collect()),
        Json::Object(object) => object_value(object),
    }
}

/// A map, or one of the objects that stand for what JSON lacks.
fn object_value(object: &Object<String, Json>) -> Value {
    let map = |object: &Object<String, Json>| {
        Value::Map(object.iter().map(|(key, value)| (key.clone(), value_of(value))).collect())
    };
    match (object.len(), object.get("$map"), object.get("$float").and_then(Json::as_str)) {
        (1, Some(Json::Object(inner)), _) => map(inner),
        (1, _, Some(text)) => Value::Float(match text {
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            _ => f64::NAN,
        }),
        _ => map(object),
    }
}

/// A property value as JSON; maps are `{"$map":{..}}`, so that no map is taken for something else.
pub fn json_of(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => json!(value),
        Value::Integer(value) => json!(value),
        Value::Float(value) => float(*value),
        Value::String(text) => json!(text),
        Value::List(values) => values.iter().map(json_of).collect(),
        Value::Map(entries) => json!({ "$map": properties(entries) }),
    }
}

/// Properties as a JSON object.
pub fn properties(entries: &IndexMap<String, Value>) -> Json {
    Json::Object(entries.iter().map(|(key, value)| (key.clone(), json_of(value))).collect())
}

/// A float as JSON; what JSON lacks is `{"$float":"NaN"}`.
pub fn float(value: f64) -> Json {
    match value {
        value if value.is_nan() => json!({ "$float": "NaN" }),
        f64::INFINITY => json!({ "$float": "Infinity" }),
        f64::NEG_INFINITY => json!({ "$float": "-Infinity" }),
        value => json!(value),
    }
}

/// Writes a graph as JSON on one line.
pub fn write_graph(graph: &PropertyGraph) -> String {
    let nodes = graph
        .node_weights()
        .map(|node| json!({ "id": node.id, "labels": node.labels, "properties": properties(&node.properties) }));
    let relationships = graph.edge_indices().filter_map(|index| {
        let (start, end) = graph.edge_endpoints(index)?;
        let Relationship { id, kind, properties: entries } = &graph[index];
        let (start, end) = (graph[start].id, graph[end].id);
        Some(json!({ "id": id, "start": start, "end": end, "type": kind, "properties": properties(entries) }))
    });
    let (nodes, relationships): (Vec<Json>, Vec<Json>) = (nodes.collect(), relationships.collect());
    json!({ "nodes": nodes, "relationships": relationships }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let text = r#"{"nodes":[{"id":3,"labels":["Actor"],"properties":{"name":"Orsa","n":[1,2.5,null],"m":{"$map":{"a":1.0}}}},{"id":4,"labels":[],"properties":{"x":{"$float":"-Infinity"}}}],"relationships":[{"id":0,"start":3,"end":4,"type":"SAYS","properties":{}}]}"#;
        let graph = read_graph(text).unwrap();
        assert_eq!(write_graph(&graph), text);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (text, message) in [
            (r#"{"nodes":[{"id":1},{"id":1}]}"#, "two nodes have the id 1"),
            (
                r#"{"nodes":[{"id":1}],"relationships":[{"id":7,"start":1,"end":2,"type":"T"}]}"#,
                "relationship 7 names a node 2 that is not there",
            ),
            ("[]x", "no property graph: "),
        ] {
            let error = read_graph(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}

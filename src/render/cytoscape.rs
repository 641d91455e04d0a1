//! A graph as Cytoscape JSON, which Cytoscape and cytoscape.js read.
//!
//! The data of a node or edge are its properties, and beside them `labels` or `type`; what a property of these names would
//! say is left out. See <https://js.cytoscape.org/#notation/elements-json>.

use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

use super::attributes::json_of;
use crate::graph::{PropertyGraph, Value};

/// The whole graph, on one line an element. Nodes and relationships keep their order.
pub fn graph(graph: &PropertyGraph) -> String {
    let nodes = graph.node_weights().enumerate().map(|(index, node)| {
        element(&node.properties, [("id", json!(format!("n{index}"))), ("labels", json!(node.labels))])
    });
    let edges = graph.raw_edges().iter().enumerate().map(|(index, edge)| {
        let end = |place: usize| json!(format!("n{place}"));
        let (source, target) = (end(edge.source().index()), end(edge.target().index()));
        let own = [
            ("id", json!(format!("e{index}"))),
            ("source", source),
            ("target", target),
            ("type", json!(edge.weight.kind)),
        ];
        element(&edge.weight.properties, own)
    });
    let lines = |elements: Vec<String>| elements.join(",\n");
    format!(
        "{{\"elements\":{{\"nodes\":[\n{}\n],\"edges\":[\n{}\n]}}}}\n",
        lines(nodes.collect()),
        lines(edges.collect())
    )
}

/// One node or edge: its own data, then its properties. The id that outputs show is `name`d `key`, since Cytoscape wants
/// ids of its own.
fn element<const OWN: usize>(properties: &IndexMap<String, Value>, own: [(&str, Json); OWN]) -> String {
    let mut data: Map<String, Json> = own.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for (name, value) in properties {
        let name = if name == "id" { "key" } else { name };
        data.entry(name).or_insert_with(|| json_of(value));
    }
    json!({ "data": data }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Node, Relationship};

    #[test]
    fn elements_keep_their_own_ids_beside_ours() {
        let mut sample = PropertyGraph::new();
        let properties = IndexMap::from([("id".to_owned(), Value::String("wire-1".to_owned()))]);
        let place = sample.add_node(Node { id: 0, labels: vec!["Article".to_owned()], properties });
        sample.add_edge(place, place, Relationship { id: 0, kind: "IN".to_owned(), properties: IndexMap::new() });
        let read: Json = serde_json::from_str(&graph(&sample)).unwrap();
        let node = json!({"data": {"id": "n0", "labels": ["Article"], "key": "wire-1"}});
        assert_eq!(read["elements"]["nodes"], json!([node]));
        let edge = json!({"data": {"id": "e0", "source": "n0", "target": "n0", "type": "IN"}});
        assert_eq!(read["elements"]["edges"], json!([edge]));
    }
}

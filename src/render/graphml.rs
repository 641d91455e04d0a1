//! A graph as GraphML, for Gephi, yEd, Cytoscape and networkx.
//!
//! Labels and the type become the attributes `labels` and `type`, and each property an attribute of its own name; its type
//! is GraphML's when all its values share one, and `string` otherwise. Lists and maps are written as JSON.
//! See <http://graphml.graphdrawing.org/primer/graphml-primer.html>.

use std::fmt::Write;

use indexmap::IndexMap;

use super::attributes::{AttributeType, Attributes, attributes, escape, plain};
use crate::graph::{PropertyGraph, Value};

/// The whole graph as a GraphML file. Nodes and relationships keep their order.
pub fn graph(graph: &PropertyGraph) -> String {
    let node_keys = attributes("labels", graph.node_weights().map(|node| &node.properties));
    let edge_keys = attributes("type", graph.edge_weights().map(|relationship| &relationship.properties));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    push_keys(&mut text, "node", &node_keys);
    push_keys(&mut text, "edge", &edge_keys);
    text.push_str("  <graph edgedefault=\"directed\">\n");
    for (index, node) in graph.raw_nodes().iter().enumerate() {
        _ = writeln!(text, "    <node id=\"n{index}\">");
        push_data(&mut text, "node", &node_keys, ("labels", &node.weight.labels.join(":")), &node.weight.properties);
        text.push_str("    </node>\n");
    }
    for (index, edge) in graph.raw_edges().iter().enumerate() {
        let (from, to) = (edge.source().index(), edge.target().index());
        _ = writeln!(text, "    <edge id=\"e{index}\" source=\"n{from}\" target=\"n{to}\">");
        push_data(&mut text, "edge", &edge_keys, ("type", &edge.weight.kind), &edge.weight.properties);
        text.push_str("    </edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

/// What GraphML calls a type.
fn type_name(kind: AttributeType) -> &'static str {
    match kind {
        AttributeType::Boolean => "boolean",
        AttributeType::Integer => "long",
        AttributeType::Float => "double",
        AttributeType::Text => "string",
    }
}

fn push_keys(text: &mut String, element: &str, keys: &Attributes<'_>) {
    for (index, (name, kind)) in keys.iter().enumerate() {
        let (name, kind) = (escape(name), type_name(*kind));
        _ = writeln!(
            text,
            "  <key id=\"{element}{index}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
    }
}

fn push_data(
    text: &mut String,
    element: &str,
    keys: &Attributes<'_>,
    (own, own_value): (&str, &str),
    properties: &IndexMap<String, Value>,
) {
    let mut push = |name: &str, value: &str| {
        if let Some(index) = keys.get_index_of(name) {
            _ = writeln!(text, "      <data key=\"{element}{index}\">{}</data>", escape(value));
        }
    };
    push(own, own_value);
    for (name, value) in properties.iter().filter(|(name, _)| *name != own) {
        push(name, &plain(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Node, Relationship};

    #[test]
    fn properties_become_attributes_of_their_type() {
        let mut sample = PropertyGraph::new();
        let node = |name: &str, size: Value| Node {
            id: 0,
            labels: vec!["Actor".to_owned(), "State".to_owned()],
            properties: IndexMap::from([
                ("name".to_owned(), Value::String(name.to_owned())),
                ("size".to_owned(), size),
            ]),
        };
        let orsa = sample.add_node(node("Orsa & \"<Tavria>\"\u{1}", Value::Integer(3)));
        let tavria = sample.add_node(node("Tavria", Value::List(vec![Value::Integer(4)])));
        sample.add_edge(orsa, tavria, Relationship { id: 0, kind: "ASKS".to_owned(), properties: IndexMap::new() });
        let drawn = graph(&sample);
        for part in [
            r#"<key id="node2" for="node" attr.name="size" attr.type="string"/>"#,
            r#"<data key="node0">Actor:State</data>"#,
            "Orsa &amp; &quot;&lt;Tavria&gt;&quot;<",
            r#"<data key="node2">[4]</data>"#,
            r#"<edge id="e0" source="n0" target="n1">"#,
            r#"<data key="edge0">ASKS</data>"#,
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
    }
}

//! A graph as GEXF 1.3, for Gephi and networkx.
//!
//! Labels and the type become the attributes `labels` and `type`, and each property an attribute of its own name.
//! See <https://gexf.net/schema.html>.

use std::fmt::Write;

use indexmap::IndexMap;

use super::attributes::{AttributeType, Attributes, attributes, escape, plain};
use crate::graph::schema::property;
use crate::graph::{Node, PropertyGraph, Value};

/// The longest name shown beside a node, in characters.
const LABEL: usize = 80;

/// The whole graph as a GEXF file. Nodes and relationships keep their order.
pub fn graph(graph: &PropertyGraph) -> String {
    let of_nodes = attributes("labels", graph.node_weights().map(|node| &node.properties));
    let of_edges = attributes("type", graph.edge_weights().map(|relationship| &relationship.properties));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  \
         <graph defaultedgetype=\"directed\" mode=\"static\">\n",
    );
    push_attributes(&mut text, "node", &of_nodes);
    push_attributes(&mut text, "edge", &of_edges);
    text.push_str("    <nodes>\n");
    for (index, node) in graph.node_weights().enumerate() {
        _ = writeln!(text, "      <node id=\"{index}\" label=\"{}\">", escape(&label(node)));
        push_values(&mut text, &of_nodes, ("labels", &node.labels.join(":")), &node.properties);
        text.push_str("      </node>\n");
    }
    text.push_str("    </nodes>\n    <edges>\n");
    for (index, edge) in graph.raw_edges().iter().enumerate() {
        let (from, to, kind) = (edge.source().index(), edge.target().index(), escape(&edge.weight.kind));
        _ = writeln!(text, "      <edge id=\"{index}\" source=\"{from}\" target=\"{to}\" label=\"{kind}\">");
        push_values(&mut text, &of_edges, ("type", &edge.weight.kind), &edge.weight.properties);
        text.push_str("      </edge>\n");
    }
    text.push_str("    </edges>\n  </graph>\n</gexf>\n");
    text
}

/// What a node is called in a drawing.
fn label(node: &Node) -> String {
    let names = [property::NAME, property::TITLE, property::TEXT, property::ID];
    let name = names.iter().find_map(|name| node.properties.get(*name)).map(plain).unwrap_or_default();
    name.chars().take(LABEL).collect()
}

fn push_attributes(text: &mut String, class: &str, attributes: &Attributes<'_>) {
    _ = writeln!(text, "    <attributes class=\"{class}\">");
    for (index, (name, kind)) in attributes.iter().enumerate() {
        let kind = match kind {
            AttributeType::Boolean => "boolean",
            AttributeType::Integer => "long",
            AttributeType::Float => "double",
            AttributeType::Text => "string",
        };
        _ = writeln!(text, "      <attribute id=\"{index}\" title=\"{}\" type=\"{kind}\"/>", escape(name));
    }
    text.push_str("    </attributes>\n");
}

fn push_values(
    text: &mut String,
    attributes: &Attributes<'_>,
    (own, own_value): (&str, &str),
    properties: &IndexMap<String, Value>,
) {
    text.push_str("        <attvalues>\n");
    let mut push = |name: &str, value: &str| {
        if let Some(index) = attributes.get_index_of(name) {
            _ = writeln!(text, "          <attvalue for=\"{index}\" value=\"{}\"/>", escape(value));
        }
    };
    push(own, own_value);
    properties.iter().filter(|(name, _)| *name != own).for_each(|(name, value)| push(name, &plain(value)));
    text.push_str("        </attvalues>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Relationship;

    #[test]
    fn nodes_have_labels_and_values_of_their_type() {
        let mut sample = PropertyGraph::new();
        let node = |name: &str, words: i64| Node {
            id: 0,
            labels: vec!["Article".to_owned()],
            properties: IndexMap::from([
                ("title".to_owned(), Value::String(name.to_owned())),
                ("words".to_owned(), Value::Integer(words)),
            ]),
        };
        let (one, other) = (sample.add_node(node("Talks & rivers", 3)), sample.add_node(node("End", 4)));
        sample.add_edge(one, other, Relationship { id: 0, kind: "IN".to_owned(), properties: IndexMap::new() });
        let drawn = graph(&sample);
        for part in [
            r#"<node id="0" label="Talks &amp; rivers">"#,
            r#"<attribute id="2" title="words" type="long"/>"#,
            r#"<attvalue for="2" value="4"/>"#,
            r#"<edge id="0" source="0" target="1" label="IN">"#,
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
    }
}

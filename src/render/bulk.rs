//! A graph as files of comma-separated values: for the import of Neo4j, or as plain tables for DuckDB, pandas and R.
//!
//! Neo4j: `nodes.csv` and `relationships.csv` with the header fields that `neo4j-admin database import` wants.
//! Tables: one for each label and one for the edges; `node` numbers tie them together.

use std::fmt::Write;

use super::attributes::{AttributeType, Attributes, attributes, plain, quoted};
use crate::graph::schema::{Label, NODES, property};
use crate::graph::{Node, PropertyGraph, Value};

/// A file: its name and its content.
pub type NamedText = (&'static str, String);

/// The files of a Neo4j import.
pub fn neo4j(graph: &PropertyGraph) -> Vec<NamedText> {
    let of_nodes = attributes(":LABEL", graph.node_weights().map(|node| &node.properties));
    let of_edges = attributes(":TYPE", graph.edge_weights().map(|relationship| &relationship.properties));
    let mut nodes = header(&["node:ID"], &of_nodes, |name| is_list(graph, name));
    for (index, node) in graph.node_weights().enumerate() {
        let values = of_nodes.keys().skip(1).map(|name| imported(node.properties.get(*name)));
        push_line(&mut nodes, [index.to_string(), node.labels.join(";")].into_iter().chain(values));
    }
    let mut edges = header(&[":START_ID", ":END_ID"], &of_edges, |_| false);
    for edge in graph.raw_edges() {
        let ends = [edge.source(), edge.target()].map(|end| end.index().to_string());
        let values = of_edges.keys().skip(1).map(|name| imported(edge.weight.properties.get(*name)));
        push_line(&mut edges, ends.into_iter().chain([edge.weight.kind.clone()]).chain(values));
    }
    vec![("nodes.csv", nodes), ("relationships.csv", edges)]
}

/// A header line of Neo4j: names with their types.
fn header(own: &[&str], attributes: &Attributes<'_>, is_list: impl Fn(&str) -> bool) -> String {
    let typed = attributes.iter().map(|(name, kind)| match kind {
        _ if name.starts_with(':') => (*name).to_owned(),
        AttributeType::Boolean => format!("{name}:boolean"),
        AttributeType::Integer => format!("{name}:long"),
        AttributeType::Float => format!("{name}:double"),
        AttributeType::Text if is_list(name) => format!("{name}:string[]"),
        AttributeType::Text => (*name).to_owned(),
    });
    let mut line = String::new();
    push_line(&mut line, own.iter().map(|name| (*name).to_owned()).chain(typed));
    line
}

/// Whether nodes have lists under this name.
fn is_list(graph: &PropertyGraph, name: &str) -> bool {
    graph.node_weights().any(|node| matches!(node.properties.get(name), Some(Value::List(_))))
}

/// A value for Neo4j, which parts the members of a list by semicolons.
fn imported(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::List(values)) => {
            values.iter().map(|value| plain(value).replace(';', ",")).collect::<Vec<_>>().join(";")
        }
        Some(value) => plain(value),
    }
}

/// The tables of a graph: documents, entities, positions, conditions, topics and edges.
pub fn tables(graph: &PropertyGraph) -> Vec<NamedText> {
    let mut files: Vec<NamedText> = NODES.iter().map(|shape| (file(shape.label), table(graph, shape.label))).collect();
    let mut edges =
        String::from("start,type,end,order,cue,kind,negated,role,since,until,evidence_start,evidence_end\n");
    for edge in graph.raw_edges() {
        let (start, end) = (edge.source().index().to_string(), edge.target().index().to_string());
        let of = |name: &str| edge.weight.properties.get(name).map(plain).unwrap_or_default();
        let names = [
            property::ORDER,
            property::CUE,
            property::KIND,
            property::NEGATED,
            property::ROLE,
            property::SINCE,
            property::UNTIL,
        ];
        let evidence = [property::START, property::END].map(|part| {
            let place = edge.weight.properties.get(part).or_else(|| part_of_evidence(&edge.weight.properties, part));
            place.map(plain).unwrap_or_default()
        });
        let fields = [start, edge.weight.kind.clone(), end].into_iter().chain(names.map(of)).chain(evidence);
        push_line(&mut edges, fields);
    }
    files.push(("edges.csv", edges));
    files
}

/// The file of a label.
fn file(label: Label) -> &'static str {
    match label {
        Label::Article => "documents.csv",
        Label::Position => "positions.csv",
        Label::Condition => "conditions.csv",
        Label::Topic => "topics.csv",
        _ => "entities.csv",
    }
}

/// The table of the nodes with a label.
fn table(graph: &PropertyGraph, label: Label) -> String {
    let shape = NODES.iter().find(|shape| shape.label == label).map_or(&[][..], |shape| shape.properties);
    let mut columns: Vec<&str> = vec!["node"];
    if label == Label::Actor {
        columns.push("type");
    }
    columns.extend(shape.iter().filter(|name| **name != property::EVIDENCE));
    if shape.contains(&property::EVIDENCE) {
        columns.extend(["document", "start", "end", "sentence"]);
    }
    let mut text = columns.join(",") + "\n";
    let nodes = graph.node_weights().enumerate();
    for (index, node) in nodes.filter(|(_, node)| node.labels.iter().any(|name| name == label.as_str())) {
        push_line(&mut text, columns.iter().map(|column| cell(index, node, column)));
    }
    text
}

/// A cell of a node's row.
fn cell(index: usize, node: &Node, column: &str) -> String {
    match column {
        "node" => index.to_string(),
        "type" => node.labels.last().cloned().unwrap_or_default(),
        "document" => part_of_evidence(&node.properties, property::ARTICLE).map(plain).unwrap_or_default(),
        "start" | "end" | "sentence" => part_of_evidence(&node.properties, column).map(plain).unwrap_or_default(),
        _ => node.properties.get(column).map(plain).unwrap_or_default(),
    }
}

/// A part of the evidence among these properties.
fn part_of_evidence<'g>(properties: &'g indexmap::IndexMap<String, Value>, part: &str) -> Option<&'g Value> {
    match properties.get(property::EVIDENCE)? {
        Value::Map(evidence) => evidence.get(part),
        _ => None,
    }
}

/// Adds a line of fields; an empty field is nothing at all, which importers take for absent.
fn push_line(text: &mut String, fields: impl Iterator<Item = String>) {
    let line = fields.map(|field| if field.is_empty() { field } else { quoted(&field) }).collect::<Vec<_>>().join(",");
    _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Relationship;
    use indexmap::IndexMap;

    fn text(value: &str) -> Value {
        Value::String(value.to_owned())
    }

    fn node(labels: &[&str], properties: &[(&str, Value)]) -> Node {
        Node {
            id: 0,
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            properties: properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }

    fn sample() -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        let evidence = IndexMap::from([("article".to_owned(), text("a")), ("start".to_owned(), Value::Integer(3))]);
        let aliases = Value::List(vec![text("The Orsa; state"), text("Orsans")]);
        let actor = graph.add_node(node(&["Actor", "State"], &[("name", text("Orsa, \"O\"")), ("aliases", aliases)]));
        let position =
            graph.add_node(node(&["Position"], &[("id", text("a:3-9")), ("evidence", Value::Map(evidence.clone()))]));
        let properties =
            IndexMap::from([("cue".to_owned(), text("said")), ("evidence".to_owned(), Value::Map(evidence))]);
        graph.add_edge(actor, position, Relationship { id: 0, kind: "SAYS".to_owned(), properties });
        graph
    }

    #[test]
    fn neo4j_gets_ids_labels_and_lists() {
        let [(_, nodes), (_, edges)] = neo4j(&sample()).try_into().unwrap();
        let lines: Vec<&str> = nodes.lines().collect();
        assert_eq!(lines[0], "node:ID,:LABEL,name,aliases:string[],id,evidence");
        assert_eq!(lines[1], "0,\"Actor;State\",\"Orsa, \"\"O\"\"\",\"The Orsa, state;Orsans\",,");
        assert!(edges.starts_with(":START_ID,:END_ID,:TYPE,cue,evidence\n0,1,SAYS,said,"), "{edges}");
    }

    #[test]
    fn tables_hold_what_the_schema_names() {
        let files = tables(&sample());
        let of = |name: &str| files.iter().find(|(file, _)| *file == name).unwrap().1.as_str();
        assert!(of("entities.csv").starts_with("node,type,name,aliases,article\n0,State,"), "{}", of("entities.csv"));
        let position = of("positions.csv").lines().nth(1).unwrap();
        assert!(position.starts_with("1,a:3-9,") && position.ends_with(",a,3,,"), "{position}");
        assert_eq!(of("edges.csv").lines().nth(1), Some("0,SAYS,1,,said,,,,,,3,"));
    }
}

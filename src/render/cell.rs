//! What stands in a cell of a table, and how it should strike the eye.
//!
//! Nodes show their name, text or title after their last label, relationships their type, paths both in turn:
//! `(:State Kestria)-[:REJECTS]->(:Position the corridor)`.

use std::fmt::Write;

use super::visible::visible;
use super::wrap::shorten;
use crate::graph::Node;
use crate::graph::schema::{RelationshipType, property};
use crate::query::View;
use crate::query::value::{NodeId, Path, RelationshipId, Value};

/// Cells of a node's text inside a path or list; a whole position would hide the shape of a path.
const NODE_WIDTH: usize = 40;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text; may be empty and may have several lines.
    pub text: String,
    /// How it is drawn.
    pub kind: CellKind,
}

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// As it is.
    Text,
    /// To the right.
    Number,
    /// Dimly: numbers of rows.
    Aside,
    /// "supports", "agrees"
    Agreement,
    /// "rejects", "denies"
    Refusal,
}

/// A value as a cell, without a character that commands a terminal. Null is empty, a list has its elements between commas.
pub fn of(value: &Value, view: &View<'_>) -> Cell {
    let text = match value {
        Value::List(values) => joined(values, view),
        _ => text(value, view),
    };
    let text = visible(&text).into_owned();
    let kind = match value {
        Value::Integer(_) | Value::Float(_) => CellKind::Number,
        Value::String(word) => kind_of_word(word),
        _ => CellKind::Text,
    };
    Cell { text, kind }
}

/// Colours for the words of agreement and refusal.
fn kind_of_word(word: &str) -> CellKind {
    match RelationshipType::from_name(&word.to_uppercase()) {
        Some(RelationshipType::Supports | RelationshipType::Agrees) => CellKind::Agreement,
        Some(RelationshipType::Rejects | RelationshipType::Denies) => CellKind::Refusal,
        _ => CellKind::Text,
    }
}

/// A value as text. Null is empty.
pub(crate) fn text(value: &Value, view: &View<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::String(text) => text.to_string(),
        Value::List(values) => format!("[{}]", joined(values, view)),
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(name, value)| format!("{name}: {}", text(value, view))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Node(id) => node(*id, view),
        Value::Relationship(id) => relationship(*id, view),
        Value::Path(path) => self::path(path, view),
    }
}

fn joined(values: &[Value], view: &View<'_>) -> String {
    values.iter().map(|value| text(value, view)).collect::<Vec<_>>().join(", ")
}

fn node(id: NodeId, view: &View<'_>) -> String {
    let node = view.node(id);
    let label = node.labels.last().map(|label| format!(":{label}")).unwrap_or_default();
    let words = [label, title(node).map(|title| shorten(&title, NODE_WIDTH)).unwrap_or_else(|| entries(node))];
    format!("({})", words.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" "))
}

/// What a node is called: its name, title or text.
pub(crate) fn title(node: &Node) -> Option<String> {
    let known = [property::NAME, property::TITLE, property::TEXT];
    let value = known.iter().find_map(|name| node.properties.get(*name))?;
    match value {
        crate::graph::Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The properties of a node that has no name: `{age: 3}`.
fn entries(node: &Node) -> String {
    let entries: Vec<String> =
        node.properties.iter().map(|(name, value)| format!("{name}: {}", plain(&Value::from(value)))).collect();
    if entries.is_empty() { String::new() } else { format!("{{{}}}", entries.join(", ")) }
}

/// A property's value as text; properties hold no nodes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text, NODE_WIDTH),
        Value::List(values) => format!("[{}]", values.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(truth) => truth.to_string(),
        _ => "...".to_owned(),
    }
}

fn relationship(id: RelationshipId, view: &View<'_>) -> String {
    format!("[:{}]", view.relationship(id).kind)
}

fn path(path: &Path, view: &View<'_>) -> String {
    let mut text = String::new();
    for (place, id) in path.nodes.iter().enumerate() {
        text.push_str(&node(*id, view));
        if let Some(step) = path.relationships.get(place) {
            let kind = relationship(*step, view);
            let outgoing = view.ends(*step).0 == *id;
            _ = if outgoing { write!(text, "-{kind}->") } else { write!(text, "<-{kind}-") };
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json::read_graph;
    use crate::query::{Parameters, run};

    const GRAPH: &str = r#"{"nodes":[{"id":0,"labels":["Actor","State"],"properties":{"name":"Orsa"}},
        {"id":1,"labels":["Position"],"properties":{"text":"a truce along the whole of the river until spring"}},
        {"id":2,"labels":[],"properties":{"age":3}}],
        "relationships":[{"id":0,"start":0,"end":1,"type":"REJECTS","properties":{}}]}"#;

    #[test]
    fn values_are_compact() {
        let graph = read_graph(GRAPH).unwrap();
        let view = View::new(&graph);
        for (query, drawn) in [
            ("MATCH (a:Actor) RETURN a", "(:State Orsa)"),
            ("MATCH (a {age: 3}) RETURN a", "({age: 3})"),
            ("MATCH (:Actor)-[r]->() RETURN r", "[:REJECTS]"),
            (
                "MATCH path = (p:Position)<--(a) RETURN path",
                "(:Position a truce along the whole of the river un…)<-[:REJECTS]-(:State Orsa)",
            ),
            ("RETURN [1, 'a', null, 2.0]", "1, a, , 2.0"),
            ("RETURN {a: [1, 2]}", "{a: [1, 2]}"),
            ("RETURN null", ""),
            ("RETURN 'red \u{1b}[31m \u{202e}'", "red ␛[31m \u{fffd}"),
        ] {
            let table = run(&graph, query, &Parameters::new()).unwrap();
            assert_eq!(of(&table.rows[0][0], &view).text, drawn, "{query}");
        }
    }
}

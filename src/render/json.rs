//! Answers and errors as JSON, for programs.
//!
//! What JSON lacks has objects of its own: `{"$float":"NaN"}`, `{"$map":{..}}`, `{"$node":{..}}`, `{"$rel":{..}}` and
//! `{"$path":[node, ["->", rel], node]}`. A whole float keeps its point, so that 1 and 1.0 stay apart.

use serde_json::{Map as Object, Value as Json, json};

use crate::graph::json::{float, properties};
use crate::query::value::{NodeId, Path, RelationshipId, Value};
use crate::query::{QueryError, Table, View};

/// A value of an answer.
pub fn value(value: &Value, view: &View<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => json!(value),
        Value::Integer(value) => json!(value),
        Value::Float(value) => float(*value),
        Value::String(text) => json!(**text),
        Value::List(values) => values.iter().map(|element| self::value(element, view)).collect(),
        Value::Map(entries) => {
            let entries: Object<String, Json> =
                entries.iter().map(|(key, entry)| (key.clone(), self::value(entry, view))).collect();
            json!({ "$map": entries })
        }
        Value::Node(id) => node(*id, view),
        Value::Relationship(id) => relationship(*id, view),
        Value::Path(path) => self::path(path, view),
    }
}

fn node(id: NodeId, view: &View<'_>) -> Json {
    let node = view.node(id);
    json!({ "$node": { "id": node.id, "labels": node.labels, "properties": properties(&node.properties) } })
}

fn relationship(id: RelationshipId, view: &View<'_>) -> Json {
    let relationship = view.relationship(id);
    let (start, end) = view.ends(id);
    json!({ "$rel": {
        "id": relationship.id,
        "start": view.node(start).id,
        "end": view.node(end).id,
        "type": relationship.kind,
        "properties": properties(&relationship.properties),
    } })
}

/// Nodes, and between them relationships with an arrow that tells which way they point along the path.
fn path(path: &Path, view: &View<'_>) -> Json {
    let mut parts = Vec::new();
    for (place, id) in path.nodes.iter().enumerate() {
        parts.push(node(*id, view));
        if let Some(step) = path.relationships.get(place) {
            let arrow = if view.ends(*step).0 == *id { "->" } else { "<-" };
            parts.push(json!([arrow, relationship(*step, view)]));
        }
    }
    json!({ "$path": parts })
}

/// The rows of a table, each a list.
pub fn rows(table: &Table, view: &View<'_>) -> Json {
    table.rows.iter().map(|row| row.iter().map(|cell| value(cell, view)).collect::<Json>()).collect()
}

/// A table as `{"columns":[..],"rows":[[..],..]}`.
pub fn table(table: &Table, view: &View<'_>) -> Json {
    json!({ "columns": table.columns, "rows": rows(table, view) })
}

/// A table as JSON Lines, row by row: for each an object with the columns as its keys. The first line is there before the
/// last row is looked at.
pub fn lines(table: &Table, view: &View<'_>) -> impl Iterator<Item = String> {
    table.rows.iter().map(|row| {
        let entries = table.columns.iter().zip(row).map(|(name, cell)| (name.clone(), value(cell, view)));
        format!("{}\n", Json::Object(entries.collect()))
    })
}

/// An error as `{"type","phase","detail","message","span","hint"}`, the last two if there are any.
pub fn error(error: &QueryError) -> Json {
    let mut object = json!({
        "type": error.kind.to_string(),
        "phase": error.phase.to_string(),
        "detail": error.detail.to_string(),
        "message": error.message,
    });
    if let Some(span) = error.span {
        object["span"] = json!([span.start, span.end]);
    }
    if let Some(hint) = &error.hint {
        object["hint"] = json!(hint);
    }
    object
}

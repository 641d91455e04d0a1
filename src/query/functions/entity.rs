//! Functions of nodes, relationships and paths: labels, types, properties, ends.
//!
//! `id` is the number that outputs show, not the place in memory.

use super::scalar::count;
use super::{Environment, Function, wrong_argument};
use crate::query::error::QueryError;
use crate::query::types::Kind;
use crate::query::value::{Value, properties};

const ENTITY: &[Kind] = &[Kind::Node, Kind::Relationship];
const RELATIONSHIP: &[Kind] = &[Kind::Relationship];
const PATH: &[Kind] = &[Kind::Path];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("endNode", &[RELATIONSHIP], Kind::Node, end_node),
    Function::new("id", &[ENTITY], Kind::Integer, id),
    Function::new("elementId", &[ENTITY], Kind::String, element_id),
    Function::new("keys", &[&[Kind::Node, Kind::Relationship, Kind::Map]], Kind::List, keys),
    Function::new("labels", &[&[Kind::Node]], Kind::List, labels),
    Function::new("length", &[PATH], Kind::Integer, length),
    Function::new("nodes", &[PATH], Kind::List, nodes),
    Function::new("properties", &[&[Kind::Node, Kind::Relationship, Kind::Map]], Kind::Map, all_properties),
    Function::new("relationships", &[PATH], Kind::List, relationships),
    Function::new("startNode", &[RELATIONSHIP], Kind::Node, start_node),
    Function::new("type", &[RELATIONSHIP], Kind::String, type_),
];

/// The error when the only argument is of another kind.
fn refused(function: &str, arguments: &[Value], expected: &str) -> QueryError {
    wrong_argument(function, arguments.first().unwrap_or(&Value::Null), expected)
}

fn start_node(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Relationship(relationship)] => Ok(Value::Node(environment.view.ends(*relationship).0)),
        _ => Err(refused("startNode", arguments, "a relationship")),
    }
}

fn end_node(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Relationship(relationship)] => Ok(Value::Node(environment.view.ends(*relationship).1)),
        _ => Err(refused("endNode", arguments, "a relationship")),
    }
}

/// The number that outputs show for a node or relationship.
fn number(environment: &Environment<'_>, function: &str, arguments: &[Value]) -> Result<i64, QueryError> {
    match arguments {
        [Value::Node(node)] => Ok(environment.view.node(*node).id),
        [Value::Relationship(relationship)] => Ok(environment.view.relationship(*relationship).id),
        _ => Err(refused(function, arguments, "a node or a relationship")),
    }
}

fn id(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    number(environment, "id", arguments).map(Value::Integer)
}

fn element_id(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    number(environment, "elementId", arguments).map(|number| Value::string(number.to_string()))
}

fn keys(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    let names: Vec<Value> = match arguments {
        [Value::Node(node)] => strings(environment.view.node(*node).properties.keys()),
        [Value::Relationship(id)] => strings(environment.view.relationship(*id).properties.keys()),
        [Value::Map(entries)] => strings(entries.keys()),
        _ => return Err(refused("keys", arguments, "a node, a relationship or a map")),
    };
    Ok(Value::list(names))
}

fn strings<'n>(names: impl Iterator<Item = &'n String>) -> Vec<Value> {
    names.map(|name| Value::string(name.as_str())).collect()
}

fn labels(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Node(node)] => Ok(Value::list(strings(environment.view.node(*node).labels.iter()))),
        _ => Err(refused("labels", arguments, "a node")),
    }
}

fn type_(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Relationship(id)] => Ok(Value::string(environment.view.relationship(*id).kind.as_str())),
        _ => Err(refused("type", arguments, "a relationship")),
    }
}

fn all_properties(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Node(node)] => Ok(Value::map(properties(&environment.view.node(*node).properties))),
        [Value::Relationship(id)] => Ok(Value::map(properties(&environment.view.relationship(*id).properties))),
        [Value::Map(entries)] => Ok(Value::Map(entries.clone())),
        _ => Err(refused("properties", arguments, "a node, a relationship or a map")),
    }
}

fn length(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Path(path)] => Ok(count(path.relationships.len())),
        _ => Err(refused("length", arguments, "a path")),
    }
}

fn nodes(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Path(path)] => Ok(Value::list(path.nodes.iter().copied().map(Value::Node).collect())),
        _ => Err(refused("nodes", arguments, "a path")),
    }
}

fn relationships(_: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
    match arguments {
        [Value::Path(path)] => Ok(Value::list(path.relationships.iter().copied().map(Value::Relationship).collect())),
        _ => Err(refused("relationships", arguments, "a path")),
    }
}

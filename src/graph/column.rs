//! One property of all nodes as a column: a number for each node that stands for its value, or all texts in one buffer.
//!
//! A filter or a grouping that has met a value once knows it by its number; a search looks through one buffer instead of a
//! million strings. Made beside the graph when a query has asked for a property often.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use memchr::memmem::Finder;
use petgraph::graph::NodeIndex;

use super::property::{PropertyGraph, Value};

/// A property of all nodes.
#[derive(Debug)]
pub enum Column {
    /// Few values: the number of each node's, 0 where it has none, and the values from number 1 on.
    Numbered(Vec<u32>, Vec<Value>),
    /// Many texts: where each node's begins in one buffer, with the end of the last; others have empty ones.
    Texts(Vec<usize>, String),
}

/// A value as the numbering tells values apart.
#[derive(PartialEq, Eq, Hash)]
enum Face<'g> {
    Text(&'g str),
    Integer(i64),
    Boolean(bool),
}

impl Column {
    /// The column of a property; none where it would not pay: many values that are no texts, lists, maps, floats.
    pub fn new(graph: &PropertyGraph, property: &str) -> Option<Self> {
        numbered(graph, property).or_else(|| texts(graph, property))
    }

    /// The number of a node's value, 0 where it has none; none where values have no numbers.
    pub fn number(&self, node: usize) -> Option<u32> {
        match self {
            Self::Numbered(numbers, _) => numbers.get(node).copied(),
            Self::Texts(..) => None,
        }
    }

    /// The values that have numbers, from number 1 on.
    pub fn values(&self) -> &[Value] {
        match self {
            Self::Numbered(_, values) => values,
            Self::Texts(..) => &[],
        }
    }

    /// For each node, whether its text contains another one that is not empty; none where there are only numbers. Linear in the
    /// length of all texts.
    pub fn containing(&self, wanted: &str) -> Option<Vec<bool>> {
        let Self::Texts(starts, buffer) = self else { return None };
        let mut found = vec![false; starts.len() - 1];
        let finder = Finder::new(wanted);
        let mut from = 0;
        while let Some(place) = buffer.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let place = from + place;
            let node = starts.partition_point(|start| *start <= place) - 1;
            if place + wanted.len() <= starts[node + 1] {
                found[node] = true;
                from = starts[node + 1];
            } else {
                from = place + 1;
            }
        }
        Some(found)
    }
}

/// Values by number, if they are few.
fn numbered(graph: &PropertyGraph, property: &str) -> Option<Column> {
    let mut known: HashMap<Face<'_>, u32, FixedState> = HashMap::default();
    let mut values = Vec::new();
    let mut numbers = Vec::with_capacity(graph.node_count());
    for node in graph.node_weights() {
        let Some(value) = node.properties.get(property) else {
            numbers.push(0);
            continue;
        };
        let face = match value {
            Value::String(text) => Face::Text(text),
            Value::Integer(number) => Face::Integer(*number),
            Value::Boolean(truth) => Face::Boolean(*truth),
            _ => return None,
        };
        let next = number_of(known.len());
        let number = *known.entry(face).or_insert(next);
        if number == next {
            values.push(value.clone());
        }
        numbers.push(number);
        // Values that hardly repeat are not worth numbers: looking each up once would cost more than it saves.
        if known.len() > 1_000 && known.len() > numbers.len() / 8 {
            return None;
        }
    }
    Some(Column::Numbered(numbers, values))
}

/// All texts in one buffer, if there is nothing else.
fn texts(graph: &PropertyGraph, property: &str) -> Option<Column> {
    let text = |index: usize| match graph[NodeIndex::new(index)].properties.get(property) {
        None => Some(""),
        Some(Value::String(text)) => Some(text.as_str()),
        Some(_) => None,
    };
    let mut length = 0;
    let mut starts = Vec::with_capacity(graph.node_count() + 1);
    for node in 0..graph.node_count() {
        starts.push(length);
        length += text(node)?.len();
    }
    starts.push(length);
    let mut buffer = String::with_capacity(length);
    (0..graph.node_count()).filter_map(text).for_each(|text| buffer.push_str(text));
    Some(Column::Texts(starts, buffer))
}

/// The number after so many.
fn number_of(count: usize) -> u32 {
    u32::try_from(count + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Node;

    fn graph(texts: &[Option<&str>]) -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        for text in texts {
            let properties = text.iter().map(|text| ("text".to_owned(), Value::String((*text).to_owned()))).collect();
            graph.add_node(Node { properties, ..Node::default() });
        }
        graph
    }

    #[test]
    fn equal_values_have_one_number() {
        let column = Column::new(&graph(&[Some("a"), None, Some("b"), Some("a")]), "text").unwrap();
        assert_eq!((0..4).filter_map(|node| column.number(node)).collect::<Vec<_>>(), [1, 0, 2, 1]);
    }

    #[test]
    fn a_text_is_found_only_within_one_node() {
        let column = texts(&graph(&[Some("xab"), Some("cab"), None, Some("aab abab")]), "text").unwrap();
        for (wanted, expected) in [
            ("ab", [true, true, false, true]),
            ("abc", [false; 4]),
            ("aab", [false, false, false, true]),
            ("c", [false, true, false, false]),
            ("baab", [false; 4]),
        ] {
            assert_eq!(column.containing(wanted).unwrap(), expected, "{wanted}");
        }
    }
}

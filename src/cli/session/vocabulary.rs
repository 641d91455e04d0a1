//! The words of one graph: what Tab completes.
//!
//! Counted once when a graph is opened; a graph of a million relationships takes a fraction of a second.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use demarche::graph::schema::{Label, RelationshipType, is_relation, property};
use demarche::graph::{Node, PropertyGraph, Value};

/// The words of a graph; names with the most positions come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// Labels, sorted.
    pub labels: Vec<String>,
    /// Relationship types, sorted.
    pub kinds: Vec<String>,
    /// Property names, sorted.
    pub properties: Vec<String>,
    /// Actors that hold positions.
    pub actors: Vec<String>,
    /// Topics that positions are about.
    pub topics: Vec<String>,
    /// Other wordings of actors and topics, sorted.
    pub aliases: Vec<String>,
}

impl Vocabulary {
    /// Counts the words of a graph.
    pub(crate) fn of(graph: &PropertyGraph) -> Self {
        let nodes = graph.node_weights().flat_map(|node| node.properties.keys());
        let relationships = graph.edge_weights().flat_map(|relationship| relationship.properties.keys());
        Self {
            labels: sorted(graph.node_weights().flat_map(|node| &node.labels)),
            kinds: sorted(graph.edge_weights().map(|relationship| &relationship.kind)),
            properties: sorted(nodes.chain(relationships)),
            actors: by_count(graph, |kind, from, _| is_relation(kind).then_some(from)),
            topics: by_count(graph, |kind, _, to| {
                (kind == RelationshipType::About.as_str() && has_label(to, Label::Topic)).then_some(to)
            }),
            aliases: sorted(
                graph.node_weights().filter_map(|node| node.properties.get(property::ALIASES)).flat_map(strings),
            ),
        }
    }
}

/// The names of nodes that `pick` finds at a relationship, those found most often first.
fn by_count(graph: &PropertyGraph, pick: impl for<'g> Fn(&str, &'g Node, &'g Node) -> Option<&'g Node>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in graph.raw_edges() {
        let (from, to) = (&graph.raw_nodes()[edge.source().index()], &graph.raw_nodes()[edge.target().index()]);
        let picked = pick(&edge.weight.kind, &from.weight, &to.weight);
        if let Some(Value::String(name)) = picked.and_then(|node| node.properties.get(property::NAME)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

fn has_label(node: &Node, label: Label) -> bool {
    node.labels.iter().any(|name| name == label.as_str())
}

fn sorted<'g>(words: impl Iterator<Item = &'g String>) -> Vec<String> {
    words.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

/// The strings in a list.
fn strings(value: &Value) -> impl Iterator<Item = &String> {
    let values = match value {
        Value::List(values) => values.as_slice(),
        _ => &[],
    };
    values.iter().filter_map(|value| match value {
        Value::String(text) => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche::graph::Relationship;
    use indexmap::IndexMap;

    #[test]
    fn holders_of_many_positions_come_first() {
        let mut graph = PropertyGraph::new();
        let node = |label: Label, name: &str| Node {
            id: 0,
            labels: vec![label.as_str().to_owned()],
            properties: IndexMap::from([("name".to_owned(), Value::String(name.to_owned()))]),
        };
        let relationship =
            |kind: RelationshipType| Relationship { kind: kind.as_str().to_owned(), ..Relationship::default() };
        let tavria = graph.add_node(node(Label::Actor, "Tavria"));
        let orsa = graph.add_node(node(Label::Actor, "Orsa"));
        let topic = graph.add_node(node(Label::Topic, "truce"));
        for (holder, count) in [(tavria, 1), (orsa, 2)] {
            for _ in 0..count {
                let position = graph.add_node(Node { labels: vec!["Position".to_owned()], ..Node::default() });
                graph.add_edge(holder, position, relationship(RelationshipType::Rejects));
                graph.add_edge(position, topic, relationship(RelationshipType::About));
            }
        }
        let vocabulary = Vocabulary::of(&graph);
        assert_eq!(vocabulary.actors, ["Orsa", "Tavria"]);
        assert_eq!(vocabulary.topics, ["truce"]);
        assert_eq!(vocabulary.kinds, ["ABOUT", "REJECTS"]);
    }
}

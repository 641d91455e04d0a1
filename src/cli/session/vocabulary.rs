//! The words of one graph: what Tab completes.
//!
//! Counted once when a graph is opened; a graph of a million relationships takes a fraction of a second. Names are kept
//! sorted, since every key that is pressed looks for those that go on with what stands there.

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
    pub actors: Names,
    /// Topics that positions are about.
    pub topics: Names,
    /// Other wordings of actors and topics.
    pub aliases: Names,
    /// Outlets.
    pub publishers: Names,
}

/// Names that are found by how they begin, whatever the case of their letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// As they are written, the best first.
    written: Vec<String>,
    /// In lower case with their places in `written`, sorted.
    sorted: Vec<(String, usize)>,
}

impl Names {
    /// Names, the best first.
    pub(crate) fn new(written: Vec<String>) -> Self {
        let mut sorted: Vec<(String, usize)> =
            written.iter().enumerate().map(|(place, name)| (name.to_lowercase(), place)).collect();
        sorted.sort_unstable();
        Self { written, sorted }
    }

    /// The best names.
    pub(crate) fn best(&self, limit: usize) -> impl Iterator<Item = &str> {
        self.written.iter().take(limit).map(String::as_str)
    }

    /// The best names that begin with `prefix`, which is in lower case. Costs a binary search, and a sort of what it finds.
    pub(crate) fn beginning(&self, prefix: &str, limit: usize) -> impl Iterator<Item = &str> {
        let start = self.sorted.partition_point(|(name, _)| name.as_str() < prefix);
        let found = self.sorted[start..].iter().take_while(|(name, _)| name.starts_with(prefix));
        let mut places: Vec<usize> = found.map(|(_, place)| *place).collect();
        if places.len() > limit {
            places.select_nth_unstable(limit);
            places.truncate(limit);
        }
        places.sort_unstable();
        places.into_iter().map(|place| self.written[place].as_str())
    }
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
            actors: Names::new(by_count(graph, |kind, from, _| is_relation(kind).then_some(from))),
            topics: Names::new(by_count(graph, |kind, _, to| {
                (kind == RelationshipType::About.as_str() && has_label(to, Label::Topic)).then_some(to)
            })),
            aliases: Names::new(sorted(values(graph, property::ALIASES).flat_map(strings))),
            publishers: Names::new(sorted(values(graph, property::PUBLISHER).filter_map(string))),
        }
    }
}

/// The values of a property of nodes.
fn values<'g>(graph: &'g PropertyGraph, name: &'static str) -> impl Iterator<Item = &'g Value> {
    graph.node_weights().filter_map(move |node| node.properties.get(name))
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
    values.iter().filter_map(string)
}

/// The text that a value is.
fn string(value: &Value) -> Option<&String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
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
        assert_eq!(vocabulary.actors.best(9).collect::<Vec<_>>(), ["Orsa", "Tavria"]);
        assert_eq!(vocabulary.topics.best(9).collect::<Vec<_>>(), ["truce"]);
        assert_eq!(vocabulary.kinds, ["ABOUT", "REJECTS"]);
    }

    #[test]
    fn names_are_found_by_their_beginning() {
        let names = Names::new(["Tavria", "Orsa", "tavern keepers", "Tarn"].map(str::to_owned).to_vec());
        for (prefix, limit, found) in
            [("tav", 9, "Tavria|tavern keepers"), ("ta", 2, "Tavria|tavern keepers"), ("x", 9, "")]
        {
            assert_eq!(names.beginning(prefix, limit).collect::<Vec<_>>().join("|"), found, "{prefix}");
        }
    }
}

//! What greets somebody who opens a session: what the graph holds, and three questions that it answers.
//!
//! The questions are made from the graph's own actors and topics, so that the first one asked has an answer.

use std::collections::{BTreeMap, BTreeSet};

use demarche::graph::schema::{Label, RelationshipType, is_relation, property};
use demarche::graph::{Node, PropertyGraph, Value};

/// Relations that make a first question worth asking, the best first.
const VERBS: [RelationshipType; 4] =
    [RelationshipType::Rejects, RelationshipType::Supports, RelationshipType::Demands, RelationshipType::Says];

/// The welcome. A graph that holds no positions gets a pattern instead of questions.
pub(super) fn text(graph: &PropertyGraph) -> String {
    let mut text = format!("{}\n", contents(graph));
    let mut examples = questions(graph);
    if examples.is_empty() {
        examples.push("MATCH (n) RETURN n LIMIT 5".to_owned());
    }
    text.push_str("Ask, for example:\n");
    text.extend(examples.iter().map(|example| format!("  {example}\n")));
    text + ":help lists what else there is; Tab completes, Ctrl-R searches what you typed before, Ctrl-D leaves.\n"
}

/// "16 articles, 41 actors, 182 positions"
fn contents(graph: &PropertyGraph) -> String {
    let count = |label: Label| graph.node_weights().filter(|node| has_label(node, label)).count();
    let counted = [(Label::Article, "articles"), (Label::Actor, "actors"), (Label::Position, "positions")];
    let counted = counted.map(|(label, name)| (count(label), name));
    let parts: Vec<String> =
        counted.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    if parts.is_empty() {
        return format!("{} nodes, {} relationships", graph.node_count(), graph.edge_count());
    }
    parts.join(", ")
}

/// Questions that the graph answers: who holds a position on the topic of most of them, the positions of the actor with
/// most of them, and what those on some topic hang on.
fn questions(graph: &PropertyGraph) -> Vec<String> {
    let held = VERBS.into_iter().find_map(|verb| {
        let topic = topic_of(graph, &ends(graph, verb, End::Target))?;
        Some(format!("who {} \"{topic}\"", verb.as_str().to_lowercase()))
    });
    let conditional = topic_of(graph, &ends(graph, RelationshipType::ConditionsOn, End::Source));
    let positions = holder(graph).map(|name| format!("positions of {name}"));
    let conditions = conditional.map(|topic| format!("conditions for \"{topic}\""));
    [held, positions, conditions].into_iter().flatten().collect()
}

/// An end of a relationship.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Source,
    Target,
}

/// The nodes at one end of the relationships of a type.
fn ends(graph: &PropertyGraph, kind: RelationshipType, end: End) -> BTreeSet<usize> {
    let edges = graph.raw_edges().iter().filter(|edge| edge.weight.kind == kind.as_str());
    edges.map(|edge| if end == End::Source { edge.source().index() } else { edge.target().index() }).collect()
}

/// Of the topics of these positions the one that most positions of the whole graph are about, so that the question is
/// about what the articles are about.
fn topic_of(graph: &PropertyGraph, positions: &BTreeSet<usize>) -> Option<String> {
    let about = || graph.raw_edges().iter().filter(|edge| edge.weight.kind == RelationshipType::About.as_str());
    let theirs = about().filter(|edge| positions.contains(&edge.source().index()));
    let candidates: BTreeSet<usize> = theirs.map(|edge| edge.target().index()).collect();
    let topics = about().filter(|edge| candidates.contains(&edge.target().index()));
    let topics = topics.map(|edge| &graph.raw_nodes()[edge.target().index()].weight);
    most_frequent(topics.filter(|node| has_label(node, Label::Topic)))
}

/// The person, state or organisation that holds most positions.
fn holder(graph: &PropertyGraph) -> Option<String> {
    let edges = graph.raw_edges().iter().filter(|edge| is_relation(&edge.weight.kind));
    let nodes = edges.map(|edge| &graph.raw_nodes()[edge.source().index()].weight);
    let named = [Label::Person, Label::State, Label::Organisation];
    most_frequent(nodes.filter(|node| named.iter().any(|label| has_label(node, *label))))
}

/// The most frequent name; of several the first in the alphabet.
fn most_frequent<'g>(nodes: impl Iterator<Item = &'g Node>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for node in nodes {
        if let Some(Value::String(name)) = node.properties.get(property::NAME) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let best = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    best.map(|(name, _)| (*name).to_owned())
}

fn has_label(node: &Node, label: Label) -> bool {
    node.labels.iter().any(|name| name == label.as_str())
}

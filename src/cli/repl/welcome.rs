//! What greets somebody who opens a session: what the graph holds, and three questions that it answers.
//!
//! The questions are made from the graph's own actors and topics, so that the first one asked has an answer.

use demarche::graph::PropertyGraph;
use demarche::graph::schema::{Label, RelationshipType, is_relation};

use crate::cli::session::vocabulary::Vocabulary;

/// The welcome. A graph that holds no positions gets a pattern instead of questions.
pub(super) fn text(graph: &PropertyGraph, vocabulary: &Vocabulary) -> String {
    let mut text = format!("{}\n", contents(graph));
    let questions = questions(graph, vocabulary);
    text.push_str(if questions.is_empty() { "Try a pattern:\n" } else { "Ask, for example:\n" });
    let pattern = ["MATCH (n) RETURN n LIMIT 5".to_owned()];
    let examples = if questions.is_empty() { &pattern } else { questions.as_slice() };
    text.extend(examples.iter().map(|example| format!("  {example}\n")));
    text + ":help lists what else there is; Tab completes, Ctrl-D leaves.\n"
}

/// "16 articles, 41 actors, 182 positions"
fn contents(graph: &PropertyGraph) -> String {
    let count = |label: Label| {
        let labelled = |labels: &[String]| labels.iter().any(|name| name == label.as_str());
        graph.node_weights().filter(|node| labelled(&node.labels)).count()
    };
    let counted = [(Label::Article, "articles"), (Label::Actor, "actors"), (Label::Position, "positions")];
    let parts: Vec<String> = counted
        .iter()
        .map(|&(label, name)| (count(label), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    if parts.is_empty() {
        return format!("{} nodes, {} relationships", graph.node_count(), graph.edge_count());
    }
    parts.join(", ")
}

/// Three questions that the graph answers.
fn questions(graph: &PropertyGraph, vocabulary: &Vocabulary) -> Vec<String> {
    let has = |wanted: RelationshipType| graph.edge_weights().any(|relationship| relationship.kind == wanted.as_str());
    let (Some(actor), Some(topic)) = (vocabulary.actors.first(), vocabulary.topics.first()) else { return Vec::new() };
    let strongest = [RelationshipType::Rejects, RelationshipType::Demands, RelationshipType::Says];
    let verb = strongest.into_iter().find(|kind| has(*kind) && is_relation(kind.as_str()));
    let verb = verb.unwrap_or(RelationshipType::Says).as_str().to_lowercase();
    let conditions =
        if has(RelationshipType::ConditionsOn) { format!("conditions of {actor}") } else { "actors".to_owned() };
    vec![format!("who {verb} \"{topic}\""), format!("positions of {actor}"), conditions]
}

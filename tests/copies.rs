//! Wire copies planted among invented articles are found, and nothing else is taken for one.
//! The articles come from a seeded generator; copies are cut, and some of their words changed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "bench/archive.rs"]
mod archive;

use archive::{Chance, Invented, article, copy};
use demarche::graph::{PropertyGraph, Record, Value, assemble};
use demarche::text::Article;

/// An article as the graph takes it, without any position.
fn record(invented: &Invented) -> Record {
    let article = Article {
        id: invented.id.clone(),
        title: Some(invented.title.clone()),
        publisher: Some(invented.publisher.clone()),
        date: Some(invented.date.clone()),
        text: format!("{}\n\n{}", invented.title, invented.paragraphs.join("\n\n")),
        ..Article::default()
    };
    Record { article, ..Record::default() }
}

/// The articles that the graph takes for copies, each with its original.
fn found(graph: &PropertyGraph) -> Vec<(String, String)> {
    let text = |value: Option<&Value>| match value {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    let pair =
        |node: &demarche::graph::Node| Some((text(node.properties.get("id"))?, text(node.properties.get("copy_of"))?));
    graph.node_weights().filter_map(pair).collect()
}

#[test]
fn two_hundred_planted_copies_are_found_among_two_thousand_articles() {
    let mut chance = Chance::new(11);
    let mut articles: Vec<Invented> = (0..1_800).map(|number| article(5, number)).collect();
    for number in 0..200 {
        let from = chance.below(1_800);
        let copied = copy(&articles[from], from, number, &mut chance);
        articles.push(copied);
    }
    let records: Vec<Record> = articles.iter().map(record).collect();
    let graph = assemble(&records);
    let original = |id: &str| articles.iter().find(|article| article.id == id).unwrap().copied;
    let pairs = found(&graph);
    let right = pairs.iter().filter(|(id, of)| {
        // The copy of a copy points at the first of them.
        let source = original(id).map(|from| &articles[from].id);
        source == Some(of)
    });
    let (right, all) = (right.count(), pairs.len());
    let (precision, recall) = (right as f64 / all as f64, right as f64 / 200.0);
    println!("copies: precision {precision:.3}, recall {recall:.3} ({right} right of {all} found, 200 planted)");
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision:.3}, recall {recall:.3}");
}

//! What the explorer page knows: articles, actors, topics and positions, each by its place in a list.
//!
//! Texts of articles are left out: a position brings the sentence that proves it, and its article's address. Characters
//! that command a terminal or a browser are pictures of themselves here.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::extract::RelationKind;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::graph::{Node, PropertyGraph, Relationship, Value};
use crate::query::{Side, stances};
use crate::render::dot_look;
use crate::render::visible::visible;

/// The whole content of a page.
#[derive(Serialize)]
pub(super) struct Contents {
    /// The relations, in their order.
    relations: Vec<&'static str>,
    /// Stances that are for a topic: "supports", "not rejects".
    pro: Vec<String>,
    /// Stances that are against it.
    contra: Vec<String>,
    /// Relations that are drawn alike.
    families: Vec<Family>,
    articles: Vec<Article>,
    actors: Vec<Actor>,
    topics: Vec<Topic>,
    positions: Vec<Position>,
    /// Who speaks for whom.
    offices: Vec<Office>,
}

#[derive(Serialize)]
struct Family {
    legend: &'static str,
    color: &'static str,
    relations: Vec<&'static str>,
}

#[derive(Serialize)]
struct Article {
    title: String,
    publisher: String,
    date: String,
    url: String,
}

#[derive(Serialize)]
struct Actor {
    name: String,
    /// "person", "state"
    kind: String,
    aliases: Vec<String>,
}

#[derive(Serialize)]
struct Topic {
    name: String,
    aliases: Vec<String>,
}

/// Holders, reporters, addressees and mentioned actors are places in the list of actors.
#[derive(Default, Serialize)]
struct Position {
    id: String,
    text: String,
    relation: String,
    negated: bool,
    modality: String,
    date: String,
    quote: String,
    rule: String,
    cue: String,
    sentence: String,
    /// Where the position stands in its sentence, in code points.
    start: usize,
    end: usize,
    article: Option<usize>,
    holders: Vec<usize>,
    via: Vec<usize>,
    towards: Vec<usize>,
    topics: Vec<usize>,
    mentions: Vec<usize>,
    conditions: Vec<String>,
}

#[derive(Serialize)]
struct Office {
    who: usize,
    whom: usize,
    role: String,
}

/// Where a node of the graph stands in the lists.
#[derive(Clone, Copy)]
enum Place {
    Article(usize),
    Actor(usize),
    Topic(usize),
    Position(usize),
    Condition,
}

impl Contents {
    /// The content of a page for a graph; what is not of our schema is left out.
    pub(super) fn of(graph: &PropertyGraph) -> Self {
        let mut contents = Self {
            relations: RelationKind::ALL.iter().map(|relation| relation.as_str()).collect(),
            pro: stances(Side::Pro),
            contra: stances(Side::Contra),
            families: families(),
            articles: Vec::new(),
            actors: Vec::new(),
            topics: Vec::new(),
            positions: Vec::new(),
            offices: Vec::new(),
        };
        let nodes = graph.raw_nodes().iter().enumerate();
        let places: BTreeMap<usize, Place> =
            nodes.filter_map(|(index, node)| Some((index, contents.place(&node.weight)?))).collect();
        for edge in graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            if let (Some(&from), Some(&place)) = (places.get(&from), places.get(&to)) {
                contents.tie(from, place, &edge.weight, &graph.raw_nodes()[to].weight);
            }
        }
        contents
    }

    /// Puts a node into its list.
    fn place(&mut self, node: &Node) -> Option<Place> {
        let label = node.labels.first().and_then(|label| Label::from_name(label))?;
        let text = |name: &str| text(&node.properties, name);
        Some(match label {
            Label::Article => {
                let title = Some(text(property::TITLE)).filter(|title| !title.is_empty());
                let title = title.unwrap_or_else(|| text(property::ID));
                let (publisher, date) = (text(property::PUBLISHER), text(property::DATE));
                self.articles.push(Article { title, publisher, date, url: text(property::URL) });
                Place::Article(self.articles.len() - 1)
            }
            Label::Position => {
                self.positions.push(position(node));
                Place::Position(self.positions.len() - 1)
            }
            Label::Topic => {
                self.topics.push(Topic { name: text(property::NAME), aliases: names(node) });
                Place::Topic(self.topics.len() - 1)
            }
            Label::Condition => Place::Condition,
            _ => {
                let kind = node.labels.last().map(|label| visible(label).to_lowercase()).unwrap_or_default();
                self.actors.push(Actor { name: text(property::NAME), kind, aliases: names(node) });
                Place::Actor(self.actors.len() - 1)
            }
        })
    }

    /// Records what a relationship says of its ends.
    fn tie(&mut self, from: Place, to: Place, relationship: &Relationship, target: &Node) {
        let Some(kind) = RelationshipType::from_name(&relationship.kind) else { return };
        match (from, kind, to) {
            (Place::Actor(holder), _, Place::Position(held)) if kind.is_relation() => {
                let position = &mut self.positions[held];
                position.holders.push(holder);
                position.cue = text(&relationship.properties, property::CUE);
            }
            (Place::Actor(who), RelationshipType::SpeaksFor, Place::Actor(whom)) => {
                self.offices.push(Office { who, whom, role: text(&relationship.properties, property::ROLE) });
            }
            (Place::Position(position), _, _) => self.positions[position].tie(kind, to, target),
            _ => {}
        }
    }
}

impl Position {
    fn tie(&mut self, kind: RelationshipType, to: Place, target: &Node) {
        match (kind, to) {
            (RelationshipType::In, Place::Article(article)) => self.article = Some(article),
            (RelationshipType::About, Place::Topic(topic)) => self.topics.push(topic),
            (RelationshipType::About, Place::Actor(actor)) => self.mentions.push(actor),
            (RelationshipType::Targets, Place::Actor(actor)) => self.towards.push(actor),
            (RelationshipType::ReportedBy, Place::Actor(actor)) => self.via.push(actor),
            (RelationshipType::ConditionsOn, Place::Condition) => self.conditions.push(condition(target)),
            _ => {}
        }
    }
}

/// A position without its surroundings.
fn position(node: &Node) -> Position {
    let text = |name: &str| text(&node.properties, name);
    let mut position = Position {
        id: text(property::ID),
        text: text(property::TEXT),
        relation: text(property::RELATION),
        negated: text(property::POLARITY) == "negated",
        modality: text(property::MODALITY),
        date: text(property::DATE),
        quote: text(property::QUOTE),
        rule: text(property::RULE),
        ..Position::default()
    };
    if let Some(Value::Map(evidence)) = node.properties.get(property::EVIDENCE) {
        let number = |name: &str| match evidence.get(name) {
            Some(Value::Integer(number)) => usize::try_from(*number).unwrap_or_default(),
            _ => 0,
        };
        let local = |name: &str| number(name).saturating_sub(number(property::SENTENCE_START));
        position.sentence = self::text(evidence, property::SENTENCE);
        (position.start, position.end) = (local(property::START), local(property::END));
    }
    position
}

/// "if Kestria withdraws", "explicitly not: without preconditions"
fn condition(node: &Node) -> String {
    let negated = node.properties.get(property::NEGATED) == Some(&Value::Boolean(true));
    let words = format!("{} {}", text(&node.properties, property::KIND), text(&node.properties, property::TEXT));
    if negated { format!("explicitly not: {words}") } else { words }
}

/// The other names of a node.
fn names(node: &Node) -> Vec<String> {
    match node.properties.get(property::ALIASES) {
        Some(Value::List(names)) => names
            .iter()
            .filter_map(|name| match name {
                Value::String(name) => Some(visible(name).into_owned()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A property as text that can be shown; empty when there is none.
fn text(properties: &indexmap::IndexMap<String, Value>, name: &str) -> String {
    match properties.get(name) {
        Some(Value::String(text)) => visible(text).into_owned(),
        _ => String::new(),
    }
}

/// The families of relations that lead from holders to positions.
fn families() -> Vec<Family> {
    let families = dot_look::FAMILIES.iter().map(|family| {
        let held = RelationshipType::RELATIONS.iter().filter(|kind| family.holds(**kind));
        let relations = held.filter_map(|kind| kind.relation()).map(RelationKind::as_str).collect();
        Family { legend: family.legend, color: family.color, relations }
    });
    families.filter(|family| !family.relations.is_empty()).collect()
}

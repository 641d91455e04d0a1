//! The names in a graph: actors, topics and outlets, and how a person's wording finds them.
//!
//! An actor is found by its name, an alias, or the end of its name ("Lavrov"); whoever speaks for it comes along. A topic
//! is found by its normal form, with the topics under it. Several candidates are listed, never guessed; what to say about
//! a name that is not there is left to whoever asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::schema::{Label, RelationshipType, property};
use super::topic::{self, TopicKey};
use super::{Node, PropertyGraph, Value};

/// The names of one graph. Making it costs one walk over the nodes.
#[derive(Debug)]
pub struct Catalog<'g> {
    graph: &'g PropertyGraph,
    names: Arc<CatalogNames>,
}

/// The names of a graph apart from it, so that they can be kept with whatever holds the graph.
#[derive(Debug, Default)]
pub struct CatalogNames {
    actors: Vec<Named>,
    topics: Vec<Topic>,
    publishers: BTreeSet<String>,
}

/// An actor with every wording of its name, in lower case and without a determiner.
#[derive(Debug)]
struct Named {
    index: NodeIndex,
    name: String,
    wordings: Vec<String>,
    /// Whether it is called by a description: "people with knowledge of the plans". The end of one names nobody.
    described: bool,
}

/// A topic with the keys of its name and aliases.
#[derive(Debug)]
struct Topic {
    name: String,
    keys: Vec<TopicKey>,
}

/// Why a phrase names nothing in the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing is called so.
    Unknown,
    /// Several are called so: their names.
    Ambiguous(Vec<String>),
}

impl<'g> Catalog<'g> {
    /// The names of a graph.
    pub fn new(graph: &'g PropertyGraph) -> Self {
        let mut names = CatalogNames::default();
        for index in graph.node_indices() {
            let node = &graph[index];
            if has_label(node, Label::Actor) {
                names.actors.push(Named::new(index, node));
            } else if has_label(node, Label::Topic) {
                names.topics.push(Topic::new(node));
            } else if has_label(node, Label::Article) {
                names.publishers.extend(text(node, property::PUBLISHER).map(str::to_owned));
            }
        }
        Self::with_names(graph, Arc::new(names))
    }

    /// A graph with its names, which were collected before.
    pub fn with_names(graph: &'g PropertyGraph, names: Arc<CatalogNames>) -> Self {
        Self { graph, names }
    }

    /// The names, to be kept for [`Catalog::with_names`].
    pub fn names(&self) -> Arc<CatalogNames> {
        Arc::clone(&self.names)
    }

    /// The graph itself.
    pub fn graph(&self) -> &'g PropertyGraph {
        self.graph
    }

    /// The display names of the actor called `phrase` and of all who speak for it, the actor first.
    ///
    /// # Errors
    /// When nobody, or more than one actor, is called so.
    pub fn actor(&self, phrase: &str) -> Result<Vec<String>, Unresolved> {
        let wanted = plain(phrase);
        let exact: Vec<&Named> = self
            .names
            .actors
            .iter()
            .filter(|actor| actor.wordings.first().is_some_and(|name| *name == wanted))
            .collect();
        let found = [
            exact,
            self.actors_where(|_, wording| wording == wanted),
            self.actors_where(|actor, wording| !actor.described && ends_with_words(wording, &wanted)),
        ];
        let candidates = found.into_iter().find(|actors| !actors.is_empty()).unwrap_or_default();
        let names: BTreeSet<&str> = candidates.iter().map(|actor| actor.name.as_str()).collect();
        match names.len() {
            0 => Err(Unresolved::Unknown),
            1 => Ok(self.with_speakers(&candidates)),
            _ => Err(Unresolved::Ambiguous(names.into_iter().map(str::to_owned).collect())),
        }
    }

    /// The names of the topics that `phrase` covers, and the actors of that name; empty when there are none.
    pub fn topics(&self, phrase: &str) -> Vec<String> {
        let wanted = topic::key(phrase);
        let topics = self.names.topics.iter().filter(|topic| topic.keys.iter().any(|key| wanted.covers(key)));
        let mut names: Vec<String> = topics.map(|topic| topic.name.clone()).collect();
        if let Ok(actors) = self.actor(phrase) {
            names.extend(actors.into_iter().take(1));
        }
        names
    }

    /// Whether the text of some position or condition passes a test. Linear in the number of nodes.
    pub fn any_text(&self, test: impl Fn(&str) -> bool) -> bool {
        let worded = |node: &Node| has_label(node, Label::Position) || has_label(node, Label::Condition);
        self.graph.node_weights().filter(|node| worded(node)).filter_map(|node| text(node, property::TEXT)).any(test)
    }

    /// The outlet called `phrase`, whatever its case.
    ///
    /// # Errors
    /// When no article of the graph is from it.
    pub fn publisher(&self, phrase: &str) -> Result<String, Unresolved> {
        let wanted = plain(phrase);
        let found = self.names.publishers.iter().find(|publisher| plain(publisher) == wanted);
        found.cloned().ok_or(Unresolved::Unknown)
    }

    /// The day of the newest article. Linear in the number of nodes.
    pub fn newest_day(&self) -> Option<String> {
        let articles = self.graph.node_weights().filter(|node| has_label(node, Label::Article));
        articles.filter_map(|article| text(article, property::DATE)).max().map(str::to_owned)
    }

    /// Names of all outlets, sorted.
    pub fn publisher_names(&self) -> impl Iterator<Item = &str> {
        self.names.publishers.iter().map(String::as_str)
    }

    /// Display names of all actors, in the order of the graph.
    pub fn actor_names(&self) -> impl Iterator<Item = &str> {
        self.names.actors.iter().map(|actor| actor.name.as_str())
    }

    /// What people may call an actor, for suggestions: its display name, the end of that, and its aliases.
    pub fn actor_wordings(&self) -> impl Iterator<Item = &str> {
        self.names.actors.iter().flat_map(|actor| {
            let last = actor.name.rsplit(' ').next().filter(|last| *last != actor.name);
            let aliases = texts(&self.graph[actor.index], property::ALIASES);
            std::iter::once(actor.name.as_str()).chain(last).chain(aliases)
        })
    }

    /// Names of all topics, in the order of the graph.
    pub fn topic_names(&self) -> impl Iterator<Item = &str> {
        self.names.topics.iter().map(|topic| topic.name.as_str())
    }

    /// The actors one of whose wordings passes a test.
    fn actors_where(&self, test: impl Fn(&Named, &str) -> bool) -> Vec<&Named> {
        let passes = |actor: &&Named| actor.wordings.iter().any(|wording| test(actor, wording));
        self.names.actors.iter().filter(passes).collect()
    }

    /// The names of actors, then of those who speak for them, for whom others may speak in turn.
    fn with_speakers(&self, actors: &[&Named]) -> Vec<String> {
        let mut indices: Vec<NodeIndex> = actors.iter().map(|actor| actor.index).collect();
        let mut next = 0;
        while let Some(&index) = indices.get(next) {
            for edge in self.graph.edges_directed(index, Direction::Incoming) {
                if edge.weight().kind == RelationshipType::SpeaksFor.as_str() && !indices.contains(&edge.source()) {
                    indices.push(edge.source());
                }
            }
            next += 1;
        }
        let mut names: Vec<String> = Vec::new();
        for name in indices.iter().filter_map(|&index| text(&self.graph[index], property::NAME)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

impl Named {
    /// The wordings of an actor's node.
    fn new(index: NodeIndex, node: &Node) -> Self {
        let name = text(node, property::NAME).unwrap_or_default().to_owned();
        let mut wordings = vec![plain(&name)];
        wordings.extend(texts(node, property::ALIASES).map(plain));
        let described = has_label(node, Label::Unnamed) || has_label(node, Label::Group);
        Self { index, name, wordings, described }
    }
}

impl Topic {
    /// The keys of a topic's node.
    fn new(node: &Node) -> Self {
        let name = text(node, property::NAME).unwrap_or_default().to_owned();
        let mut keys: Vec<TopicKey> = text(node, property::KEY).map(TopicKey::from_property).into_iter().collect();
        keys.extend(texts(node, property::ALIASES).map(topic::key));
        Self { name, keys }
    }
}

/// Whether a node carries a label.
fn has_label(node: &Node, label: Label) -> bool {
    node.labels.iter().any(|name| name == label.as_str())
}

/// A property that is a text.
fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match node.properties.get(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// The texts of a property that is a list.
fn texts<'n>(node: &'n Node, name: &str) -> impl Iterator<Item = &'n str> {
    let list = match node.properties.get(name) {
        Some(Value::List(list)) => list.as_slice(),
        _ => &[],
    };
    list.iter().filter_map(|value| match value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    })
}

/// A name as it is compared: lower case, straight apostrophes, no determiner in front.
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace('’', "'");
    let bare = ["the ", "a ", "an "].into_iter().find_map(|determiner| lower.strip_prefix(determiner));
    bare.unwrap_or(&lower).to_owned()
}

/// Whether a name ends with these whole words: "sergey lavrov" with "lavrov".
fn ends_with_words(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|rest| rest.ends_with([' ', '-']))
}

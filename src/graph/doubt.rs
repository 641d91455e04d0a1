//! Which actors of a graph a person should look at: names that may be one, and one name that may be two.
//!
//! The linker joins only what leaves no doubt; what it leaves apart with some doubt is listed here, with the rows that
//! would settle it in a table of corrections.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;
use strsim::osa_distance;

use super::name::{compared, initials, is_abbreviation, shortens};
use super::property::{PropertyGraph, Value};
use super::schema::{Label, property};

/// The shortest name of which another with one letter changed may be a misspelling.
const SHORTEST: usize = 6;

/// An actor of a graph, with how often it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedActor {
    /// Display name.
    pub name: String,
    /// "Person", "State"
    pub kind: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Relationships that touch it.
    pub ties: usize,
}

/// Two actors that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The actor that is met less often.
    pub actor: String,
    /// The other one.
    pub other: String,
    /// What speaks for it.
    pub reason: &'static str,
    /// Relationships that touch either.
    pub ties: usize,
}

/// The actors of a graph that have a name of their own, the most frequent first; of equals by name.
pub fn actors(graph: &PropertyGraph) -> Vec<ListedActor> {
    let named = graph.node_indices().filter_map(|place| listed(graph, place));
    let mut actors: Vec<ListedActor> = named.collect();
    actors.sort_by(|one, other| other.ties.cmp(&one.ties).then_with(|| one.name.cmp(&other.name)));
    actors
}

/// An actor of more than one article; `None` for other nodes and for nameless sources.
fn listed(graph: &PropertyGraph, place: NodeIndex) -> Option<ListedActor> {
    let node = &graph[place];
    let is_actor = node.labels.iter().any(|label| label == Label::Actor.as_str());
    if !is_actor || node.properties.contains_key(property::ARTICLE) {
        return None;
    }
    let Some(Value::String(name)) = node.properties.get(property::NAME) else { return None };
    let aliases = match node.properties.get(property::ALIASES) {
        Some(Value::List(aliases)) => aliases
            .iter()
            .filter_map(|alias| match alias {
                Value::String(alias) => Some(alias.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let ties = graph.neighbors_undirected(place).count();
    Some(ListedActor { name: name.clone(), kind: node.labels.last().cloned().unwrap_or_default(), aliases, ties })
}

/// The doubts about the actors of a graph, those about frequent actors first.
pub fn doubts(actors: &[ListedActor]) -> Vec<Doubt> {
    let names: Vec<String> = actors.iter().map(|actor| compared(&actor.name)).collect();
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        families.entry(name.rsplit(' ').next().unwrap_or_default()).or_default().push(place);
    }
    let mut doubts = Vec::new();
    let mut add = |one: usize, other: usize, reason| {
        let (less, more) = if actors[one].ties < actors[other].ties { (one, other) } else { (other, one) };
        doubts.push(Doubt {
            actor: actors[less].name.clone(),
            other: actors[more].name.clone(),
            reason,
            ties: actors[less].ties + actors[more].ties,
        });
    };
    for family in families.values() {
        for (place, &one) in family.iter().enumerate() {
            for &other in &family[place + 1..] {
                if let Some(reason) = alike(&names[one], &names[other], actors[one].kind == actors[other].kind) {
                    add(one, other, reason);
                }
            }
        }
    }
    for (one, other) in misspelt(&names) {
        add(one, other, "spelt nearly alike");
    }
    for (one, other) in abbreviated(actors) {
        add(one, other, "the initials of the other");
    }
    doubts.sort_by(|one, other| other.ties.cmp(&one.ties).then_with(|| one.actor.cmp(&other.actor)));
    doubts
}

/// What speaks for two names with one last word being one.
fn alike(one: &str, other: &str, same_kind: bool) -> Option<&'static str> {
    if one == other {
        return (!same_kind).then_some("one name, two kinds");
    }
    (shortens(one, other) || shortens(other, one)).then_some("one name is the end of the other")
}

/// Pairs of names of which one is the other with a letter changed: those that share their first or their last half, so
/// that not every pair need be compared.
fn misspelt(names: &[String]) -> Vec<(usize, usize)> {
    let mut halves: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        let letters: Vec<char> = name.chars().collect();
        if letters.len() >= SHORTEST {
            let half = letters.len() / 2;
            for (end, range) in [(false, &letters[..half]), (false, &letters[..half + 1]), (true, &letters[half..])] {
                halves.entry((end, range.iter().collect())).or_default().push(place);
            }
        }
    }
    let mut pairs = std::collections::BTreeSet::new();
    for places in halves.values() {
        for (index, &one) in places.iter().enumerate() {
            let near = |other: &&usize| names[one] != names[**other] && osa_distance(&names[one], &names[**other]) == 1;
            pairs.extend(places[index + 1..].iter().filter(near).map(|&other| (one.min(other), one.max(other))));
        }
    }
    pairs.into_iter().collect()
}

/// Pairs of an abbreviation and a name with these initials.
fn abbreviated(actors: &[ListedActor]) -> Vec<(usize, usize)> {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, actor) in actors.iter().enumerate() {
        full.entry(initials(&actor.name)).or_default().push(place);
    }
    let short = actors.iter().enumerate().filter(|(_, actor)| is_abbreviation(&actor.name));
    let pairs = short.flat_map(|(place, actor)| {
        let full = full.get(&actor.name.replace('.', "")).map_or(&[][..], Vec::as_slice);
        full.iter().map(move |&other| (place, other))
    });
    pairs.filter(|(short, full)| short != full).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_one_is_listed_with_its_reason() {
        let actor = |(name, kind, ties): (&str, &str, usize)| ListedActor {
            name: name.to_owned(),
            kind: kind.to_owned(),
            aliases: Vec::new(),
            ties,
        };
        let actors: Vec<ListedActor> = [
            ("Jana Holt", "Person", 9),
            ("Emil Holt", "Person", 8),
            ("Holt", "Person", 3),
            ("Orsa", "State", 7),
            ("Orsa", "Person", 1),
            ("Merenia Bank", "Organisation", 2),
            ("Meronia Bank", "Organisation", 1),
            ("League of River Orders", "Organisation", 2),
            ("LRO", "Organisation", 1),
        ]
        .map(actor)
        .to_vec();
        let shown: Vec<String> = doubts(&actors)
            .iter()
            .map(|doubt| format!("{} / {}: {}", doubt.actor, doubt.other, doubt.reason))
            .collect();
        assert_eq!(
            shown,
            [
                "Holt / Jana Holt: one name is the end of the other",
                "Holt / Emil Holt: one name is the end of the other",
                "Orsa / Orsa: one name, two kinds",
                "LRO / League of River Orders: the initials of the other",
                "Meronia Bank / Merenia Bank: spelt nearly alike",
            ]
        );
    }
}

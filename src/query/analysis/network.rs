//! Congruence and conflict networks: actors tied by the topics on which they take the same side, or opposite ones.
//!
//! The rows of the affiliation pattern (actor, topic, how often pro, how often contra) are a graph of two kinds of nodes;
//! it is projected onto the actors. Conflict is congruence with the other's sides turned round.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::measure::weight;
use crate::query::question::{Measure, Network, Ties};
use crate::query::table::Table;
use crate::query::value::Value;

/// A network, as a question asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkAnalysis {
    /// What ties the actors, and how ties are weighed.
    pub network: Network,
    /// At most so many ties, the strongest ones.
    pub limit: Option<usize>,
    /// Whether only the number of ties is asked for.
    pub counted: bool,
}

/// An actor with the sides it takes: a topic and whether it is for it.
struct Actor {
    name: String,
    sides: BTreeSet<(String, bool)>,
}

/// The topics that tie two actors, each with the side that the actor first met takes.
#[derive(Default)]
struct Tie {
    agreed: BTreeSet<(String, bool)>,
    disputed: BTreeSet<(String, bool)>,
}

impl NetworkAnalysis {
    /// Ties, the strongest first, from the rows of the affiliation pattern.
    pub(super) fn of(&self, affiliations: Table) -> Table {
        let mut rows = self.rows(&projected(&affiliations));
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        let (columns, rows) = if self.counted {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            (vec!["answers".to_owned()], vec![vec![Value::Integer(count)]])
        } else {
            (self.columns(), rows)
        };
        Table { columns, rows, warnings: affiliations.warnings }
    }

    /// "actors tied by congruence and conflict, weighed by jaccard"
    pub(super) fn describe(&self) -> String {
        let ties = match self.network.ties {
            Ties::Congruence => "congruence",
            Ties::Conflict => "conflict",
            Ties::Both | Ties::Affiliation => "congruence and conflict",
        };
        let named = Measure::NAMES.iter().find(|(measure, _)| *measure == self.network.measure);
        let measure = named.map_or("count", |(_, name)| *name);
        format!("from these rows: actors tied by {ties}, weighed by {measure}")
    }

    fn columns(&self) -> Vec<String> {
        let names: &[&str] = match self.network.ties {
            Ties::Congruence => &["one", "other", "congruence", "agreed"],
            Ties::Conflict => &["one", "other", "conflict", "disputed"],
            Ties::Both | Ties::Affiliation => &["one", "other", "congruence", "conflict", "agreed", "disputed"],
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// A row for each tie that the network has, the strongest first; of equally strong ones that on most topics, since two
    /// actors with one topic each are easily tied as closely as can be.
    fn rows(&self, graph: &UnGraph<Actor, Tie>) -> Vec<Vec<Value>> {
        let mut ties: Vec<_> = graph.edge_references().map(|tie| self.row(graph, &tie)).collect();
        ties.retain(|((strength, _), _, _)| *strength > 0.0);
        ties.sort_by(|one, other| {
            let stronger = other.0.0.total_cmp(&one.0.0).then(other.0.1.cmp(&one.0.1));
            stronger.then_with(|| one.1.cmp(&other.1))
        });
        ties.into_iter().map(|(_, _, row)| row).collect()
    }

    /// A tie's strength and on how many topics, its ends, and its row.
    fn row(
        &self,
        graph: &UnGraph<Actor, Tie>,
        tie: &impl EdgeRef<NodeId = NodeIndex, Weight = Tie>,
    ) -> ((f64, usize), (String, String), Vec<Value>) {
        let (one, other) = (&graph[tie.source()], &graph[tie.target()]);
        let Tie { agreed, disputed } = tie.weight();
        let weigh = |shared: usize| weight(self.network.measure, shared, one.sides.len(), other.sides.len());
        let (congruence, conflict) = (weigh(agreed.len()), weigh(disputed.len()));
        let mut row = vec![Value::string(one.name.as_str()), Value::string(other.name.as_str())];
        let strength = match self.network.ties {
            Ties::Congruence => {
                row.extend([self.shown(congruence), topics(agreed)]);
                (congruence, agreed.len())
            }
            Ties::Conflict => {
                row.extend([self.shown(conflict), topics(disputed)]);
                (conflict, disputed.len())
            }
            Ties::Both | Ties::Affiliation => {
                row.extend([self.shown(congruence), self.shown(conflict), topics(agreed), topics(disputed)]);
                (congruence + conflict, agreed.len() + disputed.len())
            }
        };
        (strength, (one.name.clone(), other.name.clone()), row)
    }

    /// A weight as answers show it: a whole number for counts.
    fn shown(&self, weight: f64) -> Value {
        match self.network.measure {
            Measure::Count => Value::Integer(weight as i64),
            _ => Value::Float(weight),
        }
    }
}

/// The actors with their ties, from rows of actor, topic, pro and contra.
fn projected(affiliations: &Table) -> UnGraph<Actor, Tie> {
    let mut graph = UnGraph::new_undirected();
    let mut nodes: BTreeMap<&str, NodeIndex> = BTreeMap::new();
    let mut takers: BTreeMap<&str, Vec<(NodeIndex, bool)>> = BTreeMap::new();
    for row in &affiliations.rows {
        let [Value::String(name), Value::String(topic), pro, contra, ..] = row.as_slice() else { continue };
        let new = || Actor { name: name.to_string(), sides: BTreeSet::new() };
        let node = *nodes.entry(name).or_insert_with(|| graph.add_node(new()));
        for (count, side) in [(pro, true), (contra, false)] {
            if matches!(count, Value::Integer(count) if *count > 0) {
                graph[node].sides.insert((topic.to_string(), side));
                takers.entry(topic).or_default().push((node, side));
            }
        }
    }
    for (topic, takers) in takers {
        for (place, &(one, side)) in takers.iter().enumerate() {
            for &(other, other_side) in &takers[place + 1..] {
                match one.cmp(&other) {
                    Ordering::Less => tie(&mut graph, (one, side), (other, other_side), topic),
                    Ordering::Greater => tie(&mut graph, (other, other_side), (one, side), topic),
                    Ordering::Equal => {}
                }
            }
        }
    }
    graph
}

/// Adds a topic to the tie of two actors, with the side that each takes.
fn tie(graph: &mut UnGraph<Actor, Tie>, one: (NodeIndex, bool), other: (NodeIndex, bool), topic: &str) {
    let edge = graph.find_edge(one.0, other.0).unwrap_or_else(|| graph.add_edge(one.0, other.0, Tie::default()));
    if let Some(tie) = graph.edge_weight_mut(edge) {
        let topics = if one.1 == other.1 { &mut tie.agreed } else { &mut tie.disputed };
        topics.insert((topic.to_owned(), one.1));
    }
}

/// The names of topics, each once.
fn topics(sides: &BTreeSet<(String, bool)>) -> Value {
    let names: BTreeSet<&str> = sides.iter().map(|(topic, _)| topic.as_str()).collect();
    Value::list(names.into_iter().map(Value::string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The affiliations of three actors, as rows of actor, topic, pro and contra.
    fn affiliations() -> Table {
        let row = |(actor, topic, pro, contra): (&str, &str, i64, i64)| {
            vec![Value::string(actor), Value::string(topic), Value::Integer(pro), Value::Integer(contra)]
        };
        let rows = [
            ("Orsa", "strait", 2, 0),
            ("Orsa", "tolls", 0, 1),
            ("Tavria", "strait", 1, 0),
            ("Tavria", "tolls", 1, 0),
            ("Velia", "grain", 1, 0),
        ];
        Table { rows: rows.into_iter().map(row).collect(), ..Table::default() }
    }

    #[test]
    fn actors_are_tied_by_the_topics_they_share() {
        for (ties, measure, expected) in [
            (Ties::Congruence, Measure::Count, "Orsa Tavria 1 strait"),
            (Ties::Congruence, Measure::Jaccard, "Orsa Tavria 0.3333 strait"),
            (Ties::Conflict, Measure::Average, "Orsa Tavria 0.5 tolls"),
            (Ties::Both, Measure::Cosine, "Orsa Tavria 0.5 0.5 strait tolls"),
        ] {
            let network = NetworkAnalysis { network: Network { ties, measure }, limit: None, counted: false };
            let table = network.of(affiliations());
            let shown = |value: &Value| match value {
                Value::String(text) => text.to_string(),
                Value::Integer(number) => number.to_string(),
                Value::Float(number) => number.to_string(),
                Value::List(values) => values.iter().map(|value| format!("{value:?}")).collect(),
                other => format!("{other:?}"),
            };
            let rows: Vec<String> =
                table.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" ")).collect();
            let plain = rows.join("|").replace("String(\"", "").replace("\")", "");
            assert_eq!(plain, expected, "{ties:?} {measure:?}");
        }
    }
}

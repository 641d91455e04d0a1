//! What a build did and what its graph holds, in numbers.
//!
//! How they are worded is the command line's business.

use crate::extract::RelationKind;
use crate::graph::{PropertyGraph, Record, schema};

/// What a build did and what its graph holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What was done.
    pub work: Work,
    /// Words of the articles that were analysed.
    pub words_analysed: usize,
    /// Articles in the graph.
    pub articles: usize,
    /// Of these, copies of another.
    pub copies: usize,
    /// Words of the articles in the graph.
    pub words: usize,
    /// Actors in the graph.
    pub actors: usize,
    /// Positions in the graph by relation, in the order of [`RelationKind::ALL`], zeros included.
    pub positions: Vec<(RelationKind, usize)>,
    /// Conditions in the graph.
    pub conditions: usize,
    /// Topics in the graph.
    pub topics: usize,
    /// Positions that repeat an earlier one.
    pub repeats: usize,
}

/// How many articles came, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Articles that were not in the graph before.
    pub new: usize,
    /// Articles that took the place of one with the same id and another text, headline or date.
    pub replaced: usize,
    /// Articles that were in the graph, or had come already, just so.
    pub known: usize,
    /// Articles in the graph that were analysed anew, since word lists, rules or weights changed.
    pub renewed: usize,
    /// Articles that an earlier build had analysed before it was cut off.
    pub taken_over: usize,
}

impl Work {
    /// Articles that need analysing.
    pub fn analysed(&self) -> usize {
        self.new + self.replaced + self.renewed
    }
}

impl Summary {
    /// What a graph holds.
    pub(super) fn of(graph: &PropertyGraph, records: &[Record]) -> Self {
        let labelled = |label: schema::Label| {
            graph.node_weights().filter(|node| node.labels.iter().any(|name| name == label.as_str())).count()
        };
        let positions = || records.iter().flat_map(|record| &record.positions);
        let held = |relation| (relation, positions().filter(|position| position.relation == relation).count());
        let repeats = schema::RelationshipType::Repeats.as_str();
        Self {
            articles: records.len(),
            copies: graph.node_weights().filter(|node| node.properties.contains_key(schema::property::COPY_OF)).count(),
            words: records.iter().map(|record| record.words).sum(),
            actors: labelled(schema::Label::Actor),
            positions: RelationKind::ALL.iter().copied().map(held).collect(),
            conditions: positions().map(|position| position.conditions.len()).sum(),
            topics: labelled(schema::Label::Topic),
            repeats: graph.edge_weights().filter(|relationship| relationship.kind == repeats).count(),
            ..Self::default()
        }
    }

    /// Positions in the graph, of all relations.
    pub fn all_positions(&self) -> usize {
        self.positions.iter().map(|(_, count)| count).sum()
    }
}

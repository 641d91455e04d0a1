//! Where a `MATCH` starts and which way it walks.
//!
//! Starts from what is bound; if nothing is, from the node with the fewest candidates. From there the cheapest relationship
//! comes next: one between two bound nodes, then one to a new node, then chains. What is asked of rows is asked as soon as
//! everything it looks at is there. Relationships of one clause differ from each other.

use std::collections::BTreeSet;

use crate::query::ast::{Binary, Comparison, Direction, Selection, Spanned};
use crate::query::bound::{BoundMatch, BoundNode, BoundRelationship};
use crate::query::executor::View;
use crate::query::plan::{Hop, Operator, Range, ScanSource};
use crate::query::scalar::{Scalar, ScalarKind, Slot};

/// A relationship between two nodes that has not been walked yet.
#[derive(Clone, Copy)]
struct Edge<'q> {
    relationship: &'q BoundRelationship,
    left: Slot,
    right: Slot,
    selection: Selection,
}

/// Something asked of rows, with the slots it looks at.
struct Predicate {
    scalar: Scalar,
    slots: Vec<Slot>,
}

/// What is left to do for a clause.
struct Solver<'q> {
    view: &'q View<'q>,
    operator: Operator,
    filled: BTreeSet<Slot>,
    edges: Vec<Edge<'q>>,
    nodes: Vec<&'q BoundNode>,
    predicates: Vec<Predicate>,
    paths: Vec<(Slot, &'q Scalar)>,
    /// Relationships walked so far, which later ones differ from.
    walked: Vec<Slot>,
}

/// Adds the operators of a clause to a plan.
pub(super) fn solve(operator: Operator, clause: &BoundMatch, filled: &BTreeSet<Slot>, view: &View<'_>) -> Operator {
    let mut solver = Solver::new(operator, clause, filled, view);
    solver.check_known_nodes(clause);
    loop {
        solver.ask();
        if let Some(edge) = solver.next_edge() {
            solver.walk(edge);
        } else if let Some(node) = solver.cheapest_node() {
            solver.scan(node);
        } else {
            return solver.operator;
        }
    }
}

impl<'q> Solver<'q> {
    fn new(operator: Operator, clause: &'q BoundMatch, filled: &BTreeSet<Slot>, view: &'q View<'q>) -> Self {
        let edges = clause.paths.iter().flat_map(|path| {
            path.relationships.iter().zip(path.nodes.windows(2)).map(|(relationship, nodes)| Edge {
                relationship,
                left: nodes[0].slot,
                right: nodes[1].slot,
                selection: path.selection,
            })
        });
        let predicates = clause.predicates.iter().map(|scalar| {
            let mut slots = Vec::new();
            scalar.node.slots(&mut slots);
            Predicate { scalar: scalar.clone(), slots }
        });
        Self {
            view,
            operator,
            filled: filled.clone(),
            edges: edges.collect(),
            nodes: clause.paths.iter().flat_map(|path| &path.nodes).collect(),
            predicates: predicates.collect(),
            paths: clause.paths.iter().filter_map(|path| path.variable.as_ref()).map(|(s, path)| (*s, path)).collect(),
            walked: Vec::new(),
        }
    }

    /// A pattern of one bound node asks that there is one: `OPTIONAL MATCH (a) MATCH (a)`.
    fn check_known_nodes(&mut self, clause: &BoundMatch) {
        for path in clause.paths.iter().filter(|path| path.relationships.is_empty()) {
            if let Some(node) = path.nodes.first().filter(|node| self.filled.contains(&node.slot)) {
                let slot = Box::new(Spanned::new(ScalarKind::Slot(node.slot), crate::text::Span::default()));
                let span = slot.span;
                self.filter(Spanned::new(ScalarKind::IsNotNull(slot), span));
            }
        }
    }

    fn input(&mut self) -> Box<Operator> {
        Box::new(std::mem::replace(&mut self.operator, Operator::Argument))
    }

    fn filter(&mut self, predicate: Scalar) {
        self.operator = Operator::Filter { input: self.input(), predicate };
    }

    /// Puts paths together and asks everything that can be asked by now.
    fn ask(&mut self) {
        let paths = std::mem::take(&mut self.paths);
        for (slot, path) in paths {
            let mut slots = Vec::new();
            path.node.slots(&mut slots);
            if slots.iter().all(|slot| self.filled.contains(slot)) {
                self.operator = Operator::Project { input: self.input(), items: vec![(path.clone(), slot)] };
                self.filled.insert(slot);
            } else {
                self.paths.push((slot, path));
            }
        }
        let filled = &self.filled;
        let known = |predicate: &Predicate| predicate.slots.iter().all(|slot| filled.contains(slot));
        let (ready, open) = std::mem::take(&mut self.predicates).into_iter().partition(known);
        self.predicates = open;
        let ready: Vec<Predicate> = ready;
        if let Some(predicate) = all(ready.into_iter().map(|predicate| predicate.scalar).collect()) {
            self.filter(predicate);
        }
    }

    /// The cheapest relationship that can be walked now.
    fn next_edge(&mut self) -> Option<Edge<'q>> {
        let costs = self.edges.iter().enumerate().filter_map(|(place, edge)| Some((self.cost(edge)?, place)));
        let (_, place) = costs.min()?;
        Some(self.edges.remove(place))
    }

    /// How early a relationship is walked; none if it cannot be walked yet.
    fn cost(&self, edge: &Edge<'_>) -> Option<u8> {
        let ends = [edge.left, edge.right].iter().filter(|slot| self.filled.contains(slot)).count();
        let known = self.filled.contains(&edge.relationship.slot);
        match (edge.selection, edge.relationship.range, ends) {
            (Selection::Every, None, _) if known => Some(0),
            (Selection::Every, None, 2) => Some(1),
            (Selection::Every, None, 1) => Some(2),
            (Selection::Every, Some(_), 2) => Some(3),
            (Selection::Every, Some(_), 1) => Some(4),
            (Selection::Shortest | Selection::AllShortest, _, 2) => Some(5),
            _ => None,
        }
    }

    /// Walks a relationship, from its left end if that is bound.
    fn walk(&mut self, edge: Edge<'q>) {
        if !self.filled.contains(&edge.left) && !self.filled.contains(&edge.right) {
            self.start_from_relationship(&edge);
        }
        let forwards = self.filled.contains(&edge.left);
        let (from, to) = if forwards { (edge.left, edge.right) } else { (edge.right, edge.left) };
        let relationship = edge.relationship;
        let hop = Hop {
            from,
            relationship: relationship.slot,
            relationship_bound: self.filled.contains(&relationship.slot),
            to,
            to_bound: self.filled.contains(&to),
            types: relationship.types.clone(),
            direction: if forwards { relationship.direction } else { flipped(relationship.direction) },
            distinct_from: self.walked.clone(),
        };
        let input = self.input();
        let filter = relationship.filter.clone();
        let once = Range { min: 1, max: Some(1) };
        self.operator = match (edge.selection, relationship.range) {
            (Selection::Every, None) => Operator::Expand { input, hop },
            (Selection::Every, Some(range)) => Operator::ExpandMany { input, hop, range, filter, reversed: !forwards },
            (selection, range) => {
                let all = selection == Selection::AllShortest;
                Operator::Shortest { input, hop, range: range.unwrap_or(once), filter, all }
            }
        };
        self.walked.push(relationship.slot);
        self.filled.extend([relationship.slot, to]);
    }

    /// Takes the left node from a relationship that is bound while neither of its nodes is.
    fn start_from_relationship(&mut self, edge: &Edge<'_>) {
        let direction = edge.relationship.direction;
        let relationship = edge.relationship.slot;
        self.operator = Operator::Endpoints { input: self.input(), relationship, from: edge.left, direction };
        self.filled.insert(edge.left);
    }

    /// The unbound node with the fewest candidates.
    fn cheapest_node(&self) -> Option<Slot> {
        let open = self.nodes.iter().filter(|node| !self.filled.contains(&node.slot));
        open.map(|node| node.slot).min_by_key(|slot| self.source(*slot).0)
    }

    /// Looks at all candidates for a node.
    fn scan(&mut self, node: Slot) {
        let (_, source) = self.source(node);
        self.operator = Operator::Scan { input: self.input(), node, source };
        self.filled.insert(node);
    }

    /// The best way to find a node, and how many candidates it gives.
    fn source(&self, node: Slot) -> (usize, ScanSource) {
        let labels = self.predicates.iter().flat_map(|predicate| labels_of(&predicate.scalar, node));
        let Some((count, label)) = labels.map(|label| (self.view.label_count(label), label)).min() else {
            return (self.view.node_count(), ScanSource::All);
        };
        match self.predicates.iter().find_map(|predicate| self.property_of(predicate, node)) {
            // An index finds a few of many; making it pays from a handful of nodes on.
            Some((property, value)) => {
                (1 + count / 100, ScanSource::Property { label: label.to_owned(), property, value })
            }
            None => (count, ScanSource::Label(label.to_owned())),
        }
    }

    /// The property and value of a predicate `node.property = value` whose value is known by now.
    fn property_of(&self, predicate: &Predicate, node: Slot) -> Option<(String, Scalar)> {
        let ScalarKind::Comparison(left, rest) = &predicate.scalar.node else { return None };
        let [(Comparison::Equal, right)] = rest.as_slice() else { return None };
        [(&**left, right), (right, &**left)].into_iter().find_map(|(property, value)| {
            let ScalarKind::Property(base, key) = &property.node else { return None };
            let ScalarKind::Slot(slot) = base.node else { return None };
            let mut slots = Vec::new();
            value.node.slots(&mut slots);
            let known = slots.iter().all(|slot| self.filled.contains(slot));
            (slot == node && known).then(|| (key.clone(), value.clone()))
        })
    }
}

/// Predicates joined by `AND`, as a tree no deeper than it must be; those with subqueries are asked last.
fn all(mut predicates: Vec<Scalar>) -> Option<Scalar> {
    predicates.sort_by_key(|predicate| predicate.node.has_subquery());
    while predicates.len() > 1 {
        let mut pairs = predicates.into_iter();
        let mut joined = Vec::new();
        while let Some(left) = pairs.next() {
            joined.push(match pairs.next() {
                Some(right) => {
                    let span = left.span.cover(right.span);
                    Spanned::new(ScalarKind::Binary(Binary::And, Box::new(left), Box::new(right)), span)
                }
                None => left,
            });
        }
        predicates = joined;
    }
    predicates.pop()
}

/// The labels that a predicate `node:Label` asks for.
fn labels_of(scalar: &Scalar, node: Slot) -> impl Iterator<Item = &str> {
    let labels: &[String] = match &scalar.node {
        ScalarKind::Labels(base, labels) if matches!(base.node, ScalarKind::Slot(slot) if slot == node) => labels,
        _ => &[],
    };
    labels.iter().map(String::as_str)
}

/// The direction seen from the other end.
fn flipped(direction: Direction) -> Direction {
    match direction {
        Direction::Outgoing => Direction::Incoming,
        Direction::Incoming => Direction::Outgoing,
        Direction::Either => Direction::Either,
    }
}

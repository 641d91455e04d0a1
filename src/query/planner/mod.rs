//! From a bound query to a plan: clauses in their order, each upon the rows of the one before.
//!
//! Where a `MATCH` starts and which way it walks is decided in `pattern`, by how many nodes the graph has of each kind.

mod pattern;

use std::collections::BTreeSet;

use super::bound::{BoundClause, BoundMatch, BoundProjection, BoundQuery};
use super::executor::View;
use super::plan::{Branch, Operator, Plan, ScanSource};
use super::scalar::Slot;

/// Whether patterns may be matched apart from the rows before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joins {
    /// Where it pays.
    Paying,
    /// Nowhere.
    #[cfg(test)]
    None,
}

/// Plans a query.
pub(super) fn plan(query: &BoundQuery, view: &View<'_>) -> Plan {
    plan_with(query, view, Joins::Paying)
}

/// Plans a query with joins or without.
pub(super) fn plan_with(query: &BoundQuery, view: &View<'_>, joins: Joins) -> Plan {
    let branches = query.branches.iter().map(|branch| Branch {
        operator: clauses(&branch.clauses, &[], view, joins),
        outputs: branch.outputs.clone(),
        width: branch.width,
    });
    Plan { branches: branches.collect(), distinct: query.distinct, columns: query.columns.clone() }
}

/// Plans clauses upon a row in which some slots are filled.
pub(super) fn plan_clauses(bound: &[BoundClause], outer: &[Slot], view: &View<'_>) -> Operator {
    clauses(bound, outer, view, Joins::Paying)
}

fn clauses(clauses: &[BoundClause], outer: &[Slot], view: &View<'_>, joins: Joins) -> Operator {
    let mut filled: BTreeSet<Slot> = outer.iter().copied().collect();
    let mut operator = Operator::Argument;
    for clause in clauses {
        operator = match clause {
            BoundClause::Match(clause) => matching(operator, clause, &mut filled, (view, joins)),
            BoundClause::Unwind(list, variable) => {
                filled.insert(*variable);
                Operator::Unwind { input: Box::new(operator), list: list.clone(), variable: *variable }
            }
            BoundClause::Project(projection) => {
                filled.extend(&projection.outputs);
                project(operator, projection)
            }
        };
    }
    operator
}

/// `MATCH` goes on with the rows at hand; `OPTIONAL MATCH` is a plan of its own for each of them.
fn matching(
    operator: Operator,
    clause: &BoundMatch,
    filled: &mut BTreeSet<Slot>,
    (view, joins): (&View<'_>, Joins),
) -> Operator {
    let operator = if clause.optional {
        let inner = Box::new(pattern::solve(Operator::Argument, clause, filled, view));
        Operator::Optional { input: Box::new(operator), inner, introduced: clause.introduced.clone() }
    } else if joins == Joins::Paying {
        join(operator, clause, filled, view)
    } else {
        pattern::solve(operator, clause, filled, view)
    };
    filled.extend(&clause.introduced);
    operator
}

/// Goes on from each row; or finds the matches of a pattern once for all rows, where it has an index of its own to start from
/// and rows are not known to be few.
fn join(operator: Operator, clause: &BoundMatch, filled: &BTreeSet<Slot>, view: &View<'_>) -> Operator {
    let Some(on) = joint(clause, filled).filter(|_| may_be_many(&operator)) else {
        return pattern::solve(operator, clause, filled, view);
    };
    let alone = pattern::solve(Operator::Argument, clause, &BTreeSet::new(), view);
    if !starts_at_index(&alone) {
        return pattern::solve(operator, clause, filled, view);
    }
    let introduced = clause.introduced.iter().copied().filter(|slot| !on.contains(slot)).collect();
    Operator::Join { input: Box::new(operator), inner: Box::new(alone), on, introduced }
}

/// The nodes that a pattern shares with the rows before it, if it shares nothing else and reaches them over two or more
/// relationships.
fn joint(clause: &BoundMatch, filled: &BTreeSet<Slot>) -> Option<Vec<Slot>> {
    let relationships: Vec<_> = clause.paths.iter().flat_map(|path| &path.relationships).collect();
    let nodes: BTreeSet<Slot> = clause.paths.iter().flat_map(|path| &path.nodes).map(|node| node.slot).collect();
    let on: Vec<Slot> = nodes.into_iter().filter(|slot| filled.contains(slot)).collect();
    let mut slots = Vec::new();
    clause.predicates.iter().for_each(|predicate| predicate.node.slots(&mut slots));
    slots.extend(relationships.iter().map(|relationship| relationship.slot));
    let filters = relationships.iter().filter_map(|relationship| relationship.filter.as_ref());
    filters.for_each(|(_, predicate)| predicate.node.slots(&mut slots));
    let apart = slots.iter().all(|slot| !filled.contains(slot) || on.contains(slot));
    let plain = relationships.iter().all(|relationship| relationship.range.is_none());
    (apart && plain && relationships.len() > 1 && !on.is_empty()).then_some(on)
}

/// Whether a plan may give many rows: whether something in it takes more than single nodes from an index.
fn may_be_many(operator: &Operator) -> bool {
    match operator {
        Operator::Argument | Operator::Limit { .. } => false,
        Operator::Aggregate { keys, .. } if keys.is_empty() => false,
        Operator::Scan { input, source: ScanSource::Property { .. }, .. }
        | Operator::Filter { input, .. }
        | Operator::Project { input, .. }
        | Operator::Aggregate { input, .. }
        | Operator::Distinct { input, .. }
        | Operator::Sort { input, .. }
        | Operator::Skip { input, .. } => may_be_many(input),
        _ => true,
    }
}

/// Whether a plan begins with the look-up of a property.
fn starts_at_index(operator: &Operator) -> bool {
    match operator {
        Operator::Scan { input, source, .. } if matches!(**input, Operator::Argument) => {
            matches!(source, ScanSource::Property { .. })
        }
        other => other.input().is_some_and(starts_at_index),
    }
}

/// Items, groups, distinct rows, order, slice, filter.
fn project(input: Operator, projection: &BoundProjection) -> Operator {
    let input = match &projection.grouping {
        Some(grouping) => {
            let input = Box::new(input);
            let aggregates = grouping.aggregates.clone();
            compute(Operator::Aggregate { input, keys: projection.items.clone(), aggregates }, &grouping.items)
        }
        None => compute(input, &projection.items),
    };
    let mut operator = input;
    if projection.distinct {
        operator = Operator::Distinct { input: Box::new(operator), slots: projection.outputs.clone() };
    }
    if !projection.order.is_empty() {
        operator = Operator::Sort { input: Box::new(operator), keys: projection.order.clone(), limit: None };
    }
    if let Some(count) = &projection.skip {
        operator = Operator::Skip { input: Box::new(operator), count: count.clone() };
    }
    if let Some(count) = &projection.limit {
        operator = Operator::Limit { input: Box::new(operator), count: count.clone() };
    }
    if let Some(predicate) = &projection.filter {
        operator = Operator::Filter { input: Box::new(operator), predicate: predicate.clone() };
    }
    operator
}

/// Computes items, if there are any.
fn compute(input: Operator, items: &[(super::scalar::Scalar, Slot)]) -> Operator {
    if items.is_empty() {
        return input;
    }
    Operator::Project { input: Box::new(input), items: items.to_vec() }
}

//! From a bound query to a plan: clauses in their order, each upon the rows of the one before.
//!
//! Where a `MATCH` starts and which way it walks is decided in `pattern`, by how many nodes the graph has of each kind.

mod pattern;

use std::collections::BTreeSet;

use super::bound::{BoundClause, BoundMatch, BoundProjection, BoundQuery};
use super::executor::View;
use super::plan::{Branch, Operator, Plan};
use super::scalar::Slot;

/// Plans a query.
pub(super) fn plan(query: &BoundQuery, view: &View<'_>) -> Plan {
    let branches = query.branches.iter().map(|branch| Branch {
        operator: plan_clauses(&branch.clauses, &[], view),
        outputs: branch.outputs.clone(),
        width: branch.width,
    });
    Plan { branches: branches.collect(), distinct: query.distinct, columns: query.columns.clone() }
}

/// Plans clauses upon a row in which some slots are filled.
pub(super) fn plan_clauses(clauses: &[BoundClause], outer: &[Slot], view: &View<'_>) -> Operator {
    let mut filled: BTreeSet<Slot> = outer.iter().copied().collect();
    let mut operator = Operator::Argument;
    for clause in clauses {
        operator = match clause {
            BoundClause::Match(clause) => matching(operator, clause, &mut filled, view),
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
fn matching(operator: Operator, clause: &BoundMatch, filled: &mut BTreeSet<Slot>, view: &View<'_>) -> Operator {
    let operator = if clause.optional {
        let inner = Box::new(pattern::solve(Operator::Argument, clause, filled, view));
        Operator::Optional { input: Box::new(operator), inner, introduced: clause.introduced.clone() }
    } else {
        pattern::solve(operator, clause, filled, view)
    };
    filled.extend(&clause.introduced);
    operator
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

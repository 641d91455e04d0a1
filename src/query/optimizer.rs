//! Rewrites a plan into one that gives the same rows with less work.
//!
//! Filters go down to where what they look at is there; a sort before a limit keeps only as many rows as are wanted; where only
//! the ends of chains count, `reach` finds each end once.

mod reach;

use super::ast::{Binary, Spanned};
use super::plan::{Operator, Plan};
use super::scalar::{Scalar, ScalarKind, Slot};

/// Improves all branches of a plan.
pub(super) fn optimize(mut plan: Plan) -> Plan {
    for branch in &mut plan.branches {
        let operator = std::mem::replace(&mut branch.operator, Operator::Argument);
        branch.operator = improve(operator);
        reach::ends_only(&mut branch.operator);
    }
    plan
}

/// Improves an operator and all below it, the lowest first.
pub(super) fn improve(mut operator: Operator) -> Operator {
    if let Some(input) = operator.input_mut() {
        let inner = std::mem::replace(&mut *input, Operator::Argument);
        *input = improve(inner);
    }
    match operator {
        Operator::Filter { input, predicate } => filter_down(*input, predicate),
        Operator::Limit { input, count } => limit_into_sort(*input, count),
        other => other,
    }
}

/// Puts a filter below operators that neither make nor lose rows it could tell apart.
fn filter_down(mut input: Operator, predicate: Scalar) -> Operator {
    let passes = match &input {
        Operator::Project { items, .. } => !looks_at(&predicate, items.iter().map(|(_, slot)| *slot)),
        Operator::Sort { limit: None, .. } => true,
        Operator::Distinct { slots, .. } => within(&predicate, slots),
        Operator::Unwind { variable, .. } => !looks_at(&predicate, [*variable].into_iter()),
        _ => false,
    };
    match input.input_mut() {
        Some(below) if passes => {
            let inner = std::mem::replace(&mut *below, Operator::Argument);
            *below = filter_down(inner, predicate);
            input
        }
        _ => Operator::Filter { input: Box::new(input), predicate },
    }
}

/// Whether a predicate looks at one of some slots.
fn looks_at(predicate: &Scalar, mut made: impl Iterator<Item = Slot>) -> bool {
    let mut slots = Vec::new();
    predicate.node.slots(&mut slots);
    made.any(|slot| slots.contains(&slot))
}

/// Whether a predicate looks only at some slots.
fn within(predicate: &Scalar, among: &[Slot]) -> bool {
    let mut slots = Vec::new();
    predicate.node.slots(&mut slots);
    slots.iter().all(|slot| among.contains(slot))
}

/// Tells a sort how many rows are wanted of it, those that are skipped included.
fn limit_into_sort(mut input: Operator, count: Scalar) -> Operator {
    match &mut input {
        Operator::Sort { limit, .. } => *limit = Some(count.clone()),
        Operator::Skip { input, count: skipped } => {
            if let Operator::Sort { limit, .. } = &mut **input {
                let (left, right) = (Box::new(skipped.clone()), Box::new(count.clone()));
                *limit = Some(Spanned::new(ScalarKind::Binary(Binary::Add, left, right), count.span));
            }
        }
        _ => {}
    }
    Operator::Limit { input: Box::new(input), count }
}

impl Operator {
    /// The operator whose rows this one takes.
    pub fn input(&self) -> Option<&Operator> {
        match self {
            Operator::Argument => None,
            Operator::Scan { input, .. }
            | Operator::Endpoints { input, .. }
            | Operator::Expand { input, .. }
            | Operator::ExpandMany { input, .. }
            | Operator::Reach { input, .. }
            | Operator::Join { input, .. }
            | Operator::Shortest { input, .. }
            | Operator::Filter { input, .. }
            | Operator::Optional { input, .. }
            | Operator::Unwind { input, .. }
            | Operator::Project { input, .. }
            | Operator::Aggregate { input, .. }
            | Operator::Distinct { input, .. }
            | Operator::Sort { input, .. }
            | Operator::Skip { input, .. }
            | Operator::Limit { input, .. } => Some(input),
        }
    }

    /// The same, to be changed.
    fn input_mut(&mut self) -> Option<&mut Operator> {
        match self {
            Operator::Argument => None,
            Operator::Scan { input, .. }
            | Operator::Endpoints { input, .. }
            | Operator::Expand { input, .. }
            | Operator::ExpandMany { input, .. }
            | Operator::Reach { input, .. }
            | Operator::Join { input, .. }
            | Operator::Shortest { input, .. }
            | Operator::Filter { input, .. }
            | Operator::Optional { input, .. }
            | Operator::Unwind { input, .. }
            | Operator::Project { input, .. }
            | Operator::Aggregate { input, .. }
            | Operator::Distinct { input, .. }
            | Operator::Sort { input, .. }
            | Operator::Skip { input, .. }
            | Operator::Limit { input, .. } => Some(input),
        }
    }
}

#[cfg(test)]
mod tests;

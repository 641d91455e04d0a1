//! Where nobody looks at a chain of relationships, nor at how often its end comes, each end is found once.
//!
//! `count(DISTINCT n)` after `-[*1..3]-(n)` asks for the nodes within three steps; to walk every chain that leads to one
//! would cost the product of the degrees on the way.

use crate::query::functions::Aggregate;
use crate::query::plan::{Aggregation, Operator};
use crate::query::scalar::{Scalar, Slot};

/// What the operators above make of a row.
#[derive(Default)]
struct Wishes {
    /// Whether a row that comes twice is as good as one that comes once.
    indifferent: bool,
    /// The slots that are looked at.
    used: Vec<Slot>,
}

/// Replaces chains of which only the ends matter, in an operator and all below it.
pub(super) fn ends_only(operator: &mut Operator) {
    descend(operator, Wishes::default());
}

fn descend(operator: &mut Operator, mut wishes: Wishes) {
    match operator {
        Operator::Aggregate { keys, aggregates, .. } => {
            wishes = Wishes { indifferent: aggregates.iter().all(ignores_repeats), used: Vec::new() };
            keys.iter().for_each(|(scalar, _)| wishes.looks_at(scalar));
            let arguments = aggregates.iter().flat_map(|one| one.argument.iter().chain(&one.parameter));
            arguments.for_each(|scalar| wishes.looks_at(scalar));
        }
        Operator::Distinct { slots, .. } => {
            wishes.indifferent = true;
            wishes.used.extend(slots.iter());
        }
        Operator::Filter { predicate, .. } => wishes.looks_at(predicate),
        Operator::Project { items, .. } => items.iter().for_each(|(scalar, _)| wishes.looks_at(scalar)),
        Operator::Expand { hop, .. } => {
            wishes.used.extend([hop.from, hop.to, hop.relationship]);
            wishes.used.extend(&hop.distinct_from);
        }
        Operator::ExpandMany { .. } => {
            replace(operator, &wishes);
            // What a chain looks at itself is of no use to find out again: below it nothing is replaced.
            wishes.indifferent = false;
        }
        _ => wishes.indifferent = false,
    }
    if let Some(input) = operator.input_mut() {
        descend(input, wishes);
    }
}

/// Puts the search for ends in the place of the walk over chains, where that gives the same rows.
fn replace(operator: &mut Operator, wishes: &Wishes) {
    let Operator::ExpandMany { input, hop, range, filter, .. } = operator else { return };
    let is_free = !hop.relationship_bound && !hop.to_bound && !wishes.used.contains(&hop.relationship);
    // From two steps on a node may be reached only by a way that is longer than the shortest.
    if !wishes.indifferent || !is_free || range.min > 1 {
        return;
    }
    let input = Box::new(std::mem::replace(&mut **input, Operator::Argument));
    *operator = Operator::Reach { input, hop: hop.clone(), range: *range, filter: filter.take() };
}

/// Whether an aggregate is the same for rows that come more than once, in whatever order.
fn ignores_repeats(aggregation: &Aggregation) -> bool {
    match aggregation.function {
        Aggregate::Min | Aggregate::Max => true,
        Aggregate::Count => aggregation.distinct,
        _ => false,
    }
}

impl Wishes {
    fn looks_at(&mut self, scalar: &Scalar) {
        scalar.node.slots(&mut self.used);
    }
}

//! Questions about an expression before it is bound: does it fold rows, does it roll dice, which variables does it name?
//!
//! Subqueries keep their aggregates to themselves and are not looked into.

use crate::query::ast::{Expression, ExpressionKind};
use crate::query::functions;

/// Whether an aggregate stands in an expression.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    any(expression, &|part| match &part.node {
        ExpressionKind::CountAll => true,
        ExpressionKind::Call { name, .. } => functions::aggregate(&name.node).is_some(),
        _ => false,
    })
}

/// Whether two rows alike could give different values.
pub(super) fn is_random(expression: &Expression) -> bool {
    any(
        expression,
        &|part| matches!(&part.node, ExpressionKind::Call { name, .. } if name.node.eq_ignore_ascii_case("rand")),
    )
}

/// Whether a variable is named in an expression.
pub(super) fn names_variable(expression: &Expression, variable: &str) -> bool {
    any(expression, &|part| matches!(&part.node, ExpressionKind::Variable(name) if name == variable))
}

/// Whether an expression is a variable, or a property of a variable: what may stand beside an aggregate.
pub(super) fn is_simple(expression: &Expression) -> bool {
    match &expression.node {
        ExpressionKind::Variable(_) => true,
        ExpressionKind::Property(base, _) => is_simple(base),
        _ => false,
    }
}

/// Whether a test holds for an expression or anything in it.
fn any(expression: &Expression, test: &dyn Fn(&Expression) -> bool) -> bool {
    test(expression) || children(expression).into_iter().any(|child| any(child, test))
}

/// The expressions right below an expression.
fn children(expression: &Expression) -> Vec<&Expression> {
    match &expression.node {
        ExpressionKind::Literal(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::CountAll
        | ExpressionKind::Pattern(_)
        | ExpressionKind::PatternComprehension(_)
        | ExpressionKind::Exists(_)
        | ExpressionKind::Shortest(_) => Vec::new(),
        ExpressionKind::List(items) | ExpressionKind::Call { arguments: items, .. } => items.iter().collect(),
        ExpressionKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        ExpressionKind::Property(base, _)
        | ExpressionKind::Labels(base, _)
        | ExpressionKind::Unary(_, base)
        | ExpressionKind::IsNull(base)
        | ExpressionKind::IsNotNull(base) => vec![base],
        ExpressionKind::Index(left, right) | ExpressionKind::Binary(_, left, right) => vec![left, right],
        ExpressionKind::Slice(base, from, to) => {
            std::iter::once(&**base).chain(from.as_deref()).chain(to.as_deref()).collect()
        }
        ExpressionKind::Comparison(first, rest) => {
            std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand)).collect()
        }
        ExpressionKind::Case(case) => {
            let branches = case.branches.iter().flat_map(|(test, value)| [test, value]);
            case.subject.as_deref().into_iter().chain(branches).chain(case.otherwise.as_deref()).collect()
        }
        ExpressionKind::ListComprehension(inner) => {
            std::iter::once(&*inner.list).chain(inner.filter.as_deref()).chain(inner.result.as_deref()).collect()
        }
        ExpressionKind::Quantified(inner) => vec![&inner.list, &inner.predicate],
        ExpressionKind::Reduce(inner) => vec![&inner.initial, &inner.list, &inner.step],
    }
}

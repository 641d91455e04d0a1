//! Calls: functions are found, arguments counted and checked; aggregates are put aside for the projection.
//!
//! In their place stands the slot that will hold their result.

use super::expression::Typed;
use super::{Aggregates, Binder, Grouping, Stage, inspect};
use crate::query::ast::{Expression, ExpressionKind, Name};
use crate::query::error::{Detail, QueryError};
use crate::query::functions::{self, Aggregate, Function, Signature};
use crate::query::plan::Aggregation;
use crate::query::scalar::ScalarKind;
use crate::query::types::{Kind, Type, described};
use crate::text::Span;

impl Binder<'_> {
    /// `name(DISTINCT a, b)`
    pub(super) fn call(
        &mut self,
        name: &Name,
        distinct: bool,
        arguments: &[Expression],
        span: Span,
    ) -> Result<(ScalarKind, Type), QueryError> {
        if let Some(signature) = functions::aggregate(&name.node) {
            return self.aggregate(signature, distinct, arguments, span);
        }
        let Some(function) = functions::find(&name.node) else {
            let message = format!("unknown function `{}`", name.node);
            return Err(
                QueryError::syntax(Detail::UnknownFunction, message, name.span).suggest(&name.node, functions::names())
            );
        };
        if distinct {
            let message = format!("`DISTINCT` has no meaning in `{}`", function.name);
            return Err(QueryError::syntax(Detail::UnexpectedSyntax, message, span));
        }
        check_count(function, arguments.len(), span)?;
        let mut bound = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            // `exists((a)-->(b))` is the older spelling of `EXISTS { (a)-->(b) }`.
            self.predicate = function.name == "exists" && matches!(argument.node, ExpressionKind::Pattern(_));
            if self.predicate {
                return self.expression(argument).map(|(scalar, kind)| (scalar.node, kind));
            }
            bound.push(self.argument(function, index, argument)?);
        }
        let result = result(function, &bound);
        Ok((ScalarKind::Call(function, bound.into_iter().map(|(scalar, _)| scalar).collect()), result))
    }

    /// An argument of a kind that the function takes.
    fn argument(&mut self, function: &Function, index: usize, argument: &Expression) -> Result<Typed, QueryError> {
        let (scalar, kind) = self.expression(argument)?;
        let wanted = function.kinds(index);
        if wanted.iter().any(|wanted| kind.may_be(*wanted)) {
            return Ok((scalar, kind));
        }
        let (wanted, found) = (described(wanted), kind.kind().described());
        let message = format!("`{}` takes {wanted}, not {found}", function.name);
        Err(QueryError::syntax(Detail::InvalidArgumentType, message, scalar.span))
    }

    /// `count(*)`
    pub(super) fn count_all(&mut self, span: Span) -> Result<(ScalarKind, Type), QueryError> {
        self.check_place("count(*)", span)?;
        let aggregation = Aggregation {
            function: Aggregate::CountAll,
            argument: None,
            parameter: None,
            distinct: false,
            slot: self.fresh(),
        };
        Ok((self.put_aside(aggregation), Type::Integer))
    }

    /// `sum(x)`, `percentileCont(DISTINCT x, 0.5)`
    fn aggregate(
        &mut self,
        signature: &Signature,
        distinct: bool,
        arguments: &[Expression],
        span: Span,
    ) -> Result<(ScalarKind, Type), QueryError> {
        self.check_place(signature.name, span)?;
        if arguments.len() != signature.arguments {
            return Err(wrong_count(signature.name, &signature.arguments.to_string(), arguments.len(), span));
        }
        if let Some(random) = arguments.iter().find(|argument| inspect::is_random(argument)) {
            let message = format!("`{}` cannot fold random values", signature.name);
            return Err(QueryError::syntax(Detail::NonConstantExpression, message, random.span));
        }
        let mut bound = self.aggregate_arguments(arguments)?.into_iter();
        let (argument, kind) = bound.next().unzip();
        let kind = kind.unwrap_or(Type::Any);
        if !signature.takes.iter().any(|wanted| kind.may_be(*wanted)) {
            let (wanted, found) = (described(signature.takes), kind.kind().described());
            let message = format!("`{}` takes {wanted}, not {found}", signature.name);
            return Err(QueryError::syntax(Detail::InvalidArgumentType, message, span));
        }
        let result = match signature.aggregate {
            Aggregate::Min | Aggregate::Max | Aggregate::Sum => kind,
            Aggregate::Collect => Type::List(Box::new(kind)),
            _ => signature.result.into(),
        };
        let parameter = bound.next().map(|(scalar, _)| scalar);
        let slot = self.fresh();
        let aggregation = Aggregation { function: signature.aggregate, argument, parameter, distinct, slot };
        Ok((self.put_aside(aggregation), result))
    }

    /// The arguments of an aggregate, which see the rows before grouping.
    fn aggregate_arguments(&mut self, arguments: &[Expression]) -> Result<Vec<Typed>, QueryError> {
        let grouping = self.grouping.take();
        let input = match &grouping {
            Some(Grouping { input, stage: Stage::Items, .. }) => input.clone(),
            _ => self.scope.clone(),
        };
        let scope = std::mem::replace(&mut self.scope, input);
        let place = std::mem::replace(&mut self.aggregates, Aggregates::Nested);
        let bound: Result<Vec<Typed>, QueryError> =
            arguments.iter().map(|argument| self.expression(argument)).collect();
        self.aggregates = place;
        self.scope = scope;
        self.grouping = grouping;
        // After the projection no aggregate can be added; an argument that is out of sight is the better message.
        let bound = bound?;
        if self.grouping.as_ref().is_some_and(|grouping| grouping.stage != Stage::Items) {
            return Err(misplaced(
                "an aggregate that is not returned",
                arguments.first().map_or(Span::default(), |a| a.span),
            ));
        }
        Ok(bound)
    }

    /// Refuses an aggregate where there is nothing to fold.
    fn check_place(&self, name: &str, span: Span) -> Result<(), QueryError> {
        if self.aggregates == Aggregates::Nested {
            let message = format!("`{name}` stands inside another aggregate");
            return Err(QueryError::syntax(Detail::NestedAggregation, message, span)
                .hint("compute the inner one in a `WITH` before"));
        }
        let Some(grouping) = &self.grouping else { return Err(misplaced(&format!("`{name}`"), span)) };
        if self.aggregates == Aggregates::Forbidden {
            return Err(misplaced(&format!("`{name}`"), span));
        }
        if grouping.stage != Stage::Items && name == "count(*)" {
            return Err(misplaced(&format!("`{name}`"), span));
        }
        Ok(())
    }

    /// Keeps an aggregate for the projection and gives the slot that stands for it.
    fn put_aside(&mut self, aggregation: Aggregation) -> ScalarKind {
        let slot = aggregation.slot;
        if let Some(grouping) = &mut self.grouping {
            grouping.aggregates.push(aggregation);
        }
        ScalarKind::Slot(slot)
    }
}

/// The error for an aggregate where none may stand.
fn misplaced(what: &str, span: Span) -> QueryError {
    let message = format!("{what} cannot stand here");
    QueryError::syntax(Detail::InvalidAggregation, message, span)
        .hint("aggregates stand in `RETURN` and `WITH`; filter them in the `WHERE` of a `WITH`")
}

fn check_count(function: &Function, count: usize, span: Span) -> Result<(), QueryError> {
    if function.takes(count) {
        return Ok(());
    }
    let (least, most) = (function.required, function.parameters.len());
    let wanted = match function.variadic {
        true => format!("at least {least}"),
        false if least == most => least.to_string(),
        false => format!("{least} to {most}"),
    };
    Err(wrong_count(function.name, &wanted, count, span))
}

fn wrong_count(name: &str, wanted: &str, count: usize, span: Span) -> QueryError {
    let noun = if wanted == "1" { "argument" } else { "arguments" };
    let message = format!("`{name}` takes {wanted} {noun}, not {count}");
    QueryError::syntax(Detail::InvalidNumberOfArguments, message, span)
}

/// The type of a call; functions that hand an argument on keep its type.
fn result(function: &Function, arguments: &[Typed]) -> Type {
    let first = arguments.first().map_or(Type::Any, |(_, kind)| kind.clone());
    match function.name {
        "abs" if first.is_numeric() => first,
        "head" | "last" => first.element(),
        "tail" | "reverse" if first.kind() == Kind::List || first == Type::String => first,
        "range" => Type::List(Box::new(Type::Integer)),
        "nodes" => Type::List(Box::new(Type::Node)),
        "relationships" => Type::List(Box::new(Type::Relationship)),
        "keys" | "labels" | "split" => Type::List(Box::new(Type::String)),
        "coalesce" => arguments.iter().map(|(_, kind)| kind.clone()).reduce(Type::join).unwrap_or(Type::Any),
        _ => function.result.into(),
    }
}

//! Operators: which types they take, and what type they make.
//!
//! A type that is not known before the row passes; what is known to be wrong is refused.

use super::Binder;
use super::expression::Typed;
use crate::query::ast::{Binary, Comparison, Expression, Spanned, Unary};
use crate::query::error::{Detail, QueryError};
use crate::query::scalar::{Scalar, ScalarKind};
use crate::query::types::{Kind, Type, described};

impl Binder<'_> {
    /// `NOT a`, `-a`, `+a`
    pub(super) fn unary(
        &mut self,
        unary: Unary,
        operand: &Expression,
        predicate: bool,
    ) -> Result<(ScalarKind, Type), QueryError> {
        self.predicate = predicate && unary == Unary::Not;
        let (scalar, kind) = self.expression(operand)?;
        let wanted = if unary == Unary::Not { Kind::Boolean } else { Kind::Number };
        check(&scalar, &kind, symbol(unary), &[wanted])?;
        let result = if unary == Unary::Not { Type::Boolean } else { kind };
        Ok((ScalarKind::Unary(unary, Box::new(scalar)), result))
    }

    /// `a + b` and all operators between two operands but comparisons.
    pub(super) fn binary(
        &mut self,
        operator: &Spanned<Binary>,
        left: &Expression,
        right: &Expression,
        predicate: bool,
    ) -> Result<(ScalarKind, Type), QueryError> {
        let logical = matches!(operator.node, Binary::And | Binary::Or | Binary::Xor);
        self.predicate = predicate && logical;
        let left = self.expression(left);
        self.predicate = predicate && logical;
        let (left, right) = (left?, self.expression(right)?);
        let kind = result(operator.node, &left, &right)?;
        Ok((ScalarKind::Binary(operator.node, Box::new(left.0), Box::new(right.0)), kind))
    }

    /// `a < b <= c`
    pub(super) fn comparison(
        &mut self,
        first: &Expression,
        rest: &[(Comparison, Expression)],
    ) -> Result<(ScalarKind, Type), QueryError> {
        let first = self.expression(first)?.0;
        let mut operands = Vec::with_capacity(rest.len());
        for (comparison, operand) in rest {
            operands.push((*comparison, self.expression(operand)?.0));
        }
        Ok((ScalarKind::Comparison(Box::new(first), operands), Type::Boolean))
    }
}

fn symbol(unary: Unary) -> &'static str {
    match unary {
        Unary::Not => "NOT",
        Unary::Negate => "-",
        Unary::Plus => "+",
    }
}

/// The type that an operator makes of its operands.
fn result(operator: Binary, left: &Typed, right: &Typed) -> Result<Type, QueryError> {
    match operator {
        Binary::And => logic("AND", left, right),
        Binary::Or => logic("OR", left, right),
        Binary::Xor => logic("XOR", left, right),
        // Strings that are no strings make null, as openCypher says; only a pattern to match with must be one.
        Binary::StartsWith | Binary::EndsWith | Binary::Contains | Binary::Matches => Ok(Type::Boolean),
        Binary::In => check(&right.0, &right.1, "IN", &[Kind::List]).map(|()| Type::Boolean),
        Binary::Add => sum(left, right),
        Binary::Subtract => arithmetic("-", left, right),
        Binary::Multiply => arithmetic("*", left, right),
        Binary::Divide => arithmetic("/", left, right),
        Binary::Modulo => arithmetic("%", left, right),
        Binary::Power => arithmetic("^", left, right).map(|_| Type::Float),
    }
}

fn logic(symbol: &str, left: &Typed, right: &Typed) -> Result<Type, QueryError> {
    check(&left.0, &left.1, symbol, &[Kind::Boolean])?;
    check(&right.0, &right.1, symbol, &[Kind::Boolean])?;
    Ok(Type::Boolean)
}

fn arithmetic(symbol: &str, left: &Typed, right: &Typed) -> Result<Type, QueryError> {
    check(&left.0, &left.1, symbol, &[Kind::Number])?;
    check(&right.0, &right.1, symbol, &[Kind::Number])?;
    Ok(number(&left.1, &right.1))
}

/// The type of a number made of two numbers.
fn number(left: &Type, right: &Type) -> Type {
    match (left, right) {
        (Type::Integer, Type::Integer) => Type::Integer,
        (Type::Float, other) | (other, Type::Float) if other.is_numeric() => Type::Float,
        (left, right) if left.is_numeric() && right.is_numeric() => Type::Number,
        _ => Type::Any,
    }
}

/// `+`: numbers, texts, texts with numbers, lists with anything.
fn sum(left: &Typed, right: &Typed) -> Result<Type, QueryError> {
    match (&left.1, &right.1) {
        (Type::List(left), Type::List(right)) => Ok(Type::List(Box::new(left.clone().join((**right).clone())))),
        (Type::List(element), other) | (other, Type::List(element)) => {
            Ok(Type::List(Box::new((**element).clone().join(other.clone()))))
        }
        _ => {
            check(&left.0, &left.1, "+", &[Kind::Number, Kind::String])?;
            check(&right.0, &right.1, "+", &[Kind::Number, Kind::String])?;
            match (&left.1, &right.1) {
                (Type::String, other) | (other, Type::String) if *other != Type::Any => Ok(Type::String),
                (left, right) => Ok(number(left, right)),
            }
        }
    }
}

/// Refuses an operand that is known to be of none of some kinds.
fn check(scalar: &Scalar, kind: &Type, symbol: &str, wanted: &[Kind]) -> Result<(), QueryError> {
    if wanted.iter().any(|wanted| kind.may_be(*wanted)) {
        return Ok(());
    }
    let message = format!("`{symbol}` takes {}, not {}", described(wanted), kind.kind().described());
    Err(QueryError::syntax(Detail::InvalidArgumentType, message, scalar.span))
}

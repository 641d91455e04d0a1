//! Expressions as text, with as few parentheses as precedence allows.
//!
//! The printer knows how tightly each operator binds, in the order of the parser's table.

use std::fmt::Write as _;

use super::{name, path, pattern_part, patterns, plain_name, query};
use crate::query::ast::{
    Binary, Case, Comparison, Comprehension, Existential, Expression, ExpressionKind, Literal, PatternComprehension,
    Quantified, Quantifier, Reduction, Unary,
};

/// How tightly the outermost operator of an expression binds; operands of an operator must bind more tightly than it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    Xor,
    And,
    Not,
    Comparison,
    Predicate,
    Sum,
    Product,
    Power,
    Sign,
    Operand,
    Atom,
}

/// An expression as text.
pub fn expression(expression: &Expression) -> String {
    match &expression.node {
        ExpressionKind::Literal(literal) => self::literal(literal),
        ExpressionKind::Parameter(parameter) => format!("${}", parameter_name(parameter)),
        ExpressionKind::Variable(variable) => plain_name(variable),
        ExpressionKind::List(items) => format!("[{}]", list(items)),
        ExpressionKind::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", name(key), self::expression(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        ExpressionKind::Property(base, key) => format!("{}.{}", within(base, Binding::Operand), name(key)),
        ExpressionKind::Index(base, index) => {
            format!("{}[{}]", within(base, Binding::Operand), self::expression(index))
        }
        ExpressionKind::Slice(base, from, to) => slice(base, from.as_deref(), to.as_deref()),
        ExpressionKind::Labels(base, labels) => {
            let labels: Vec<String> = labels.iter().map(|label| format!(":{}", name(label))).collect();
            format!("{}{}", within(base, Binding::Operand), labels.join(""))
        }
        ExpressionKind::Unary(unary, operand) => self::unary(*unary, operand),
        ExpressionKind::Binary(operator, left, right) => binary(operator.node, left, right),
        ExpressionKind::Comparison(first, rest) => chain(first, rest),
        ExpressionKind::IsNull(operand) => format!("{} IS NULL", within(operand, Binding::Predicate)),
        ExpressionKind::IsNotNull(operand) => format!("{} IS NOT NULL", within(operand, Binding::Predicate)),
        ExpressionKind::Call { name: function, distinct, arguments } => {
            let distinct = if *distinct { "DISTINCT " } else { "" };
            format!("{}({distinct}{})", function.node, list(arguments))
        }
        ExpressionKind::CountAll => "count(*)".to_owned(),
        ExpressionKind::Case(case) => self::case(case),
        ExpressionKind::ListComprehension(comprehension) => list_comprehension(comprehension),
        ExpressionKind::PatternComprehension(comprehension) => pattern_comprehension(comprehension),
        ExpressionKind::Quantified(quantified) => self::quantified(quantified),
        ExpressionKind::Reduce(reduction) => reduce(reduction),
        ExpressionKind::Pattern(pattern) => path(pattern),
        ExpressionKind::Exists(existential) => exists(existential),
        ExpressionKind::Shortest(part) => pattern_part(part),
    }
}

/// An operand, in parentheses if it binds less tightly than its place asks.
fn within(operand: &Expression, place: Binding) -> String {
    let text = expression(operand);
    if binding(operand) < place { format!("({text})") } else { text }
}

/// How tightly an expression's outermost operator binds.
fn binding(expression: &Expression) -> Binding {
    match &expression.node {
        ExpressionKind::Binary(operator, ..) => binary_binding(operator.node),
        ExpressionKind::Unary(Unary::Not, _) => Binding::Not,
        ExpressionKind::Unary(..) => Binding::Sign,
        ExpressionKind::Comparison(..) => Binding::Comparison,
        ExpressionKind::IsNull(_) | ExpressionKind::IsNotNull(_) => Binding::Predicate,
        // A number would run into the dot of a lookup, labels end an operand, a path would swallow what follows.
        ExpressionKind::Literal(Literal::Integer(_) | Literal::Float(_))
        | ExpressionKind::Labels(..)
        | ExpressionKind::Pattern(_) => Binding::Sign,
        ExpressionKind::Property(..) | ExpressionKind::Index(..) | ExpressionKind::Slice(..) => Binding::Operand,
        _ => Binding::Atom,
    }
}

fn binary_binding(operator: Binary) -> Binding {
    match operator {
        Binary::Or => Binding::Or,
        Binary::Xor => Binding::Xor,
        Binary::And => Binding::And,
        Binary::StartsWith | Binary::EndsWith | Binary::Contains | Binary::In | Binary::Matches => Binding::Predicate,
        Binary::Add | Binary::Subtract => Binding::Sum,
        Binary::Multiply | Binary::Divide | Binary::Modulo => Binding::Product,
        Binary::Power => Binding::Power,
    }
}

/// The binding that a right operand needs beside a left-associative operator.
fn tighter(place: Binding) -> Binding {
    match place {
        Binding::Or => Binding::Xor,
        Binding::Xor => Binding::And,
        Binding::And => Binding::Not,
        Binding::Not => Binding::Comparison,
        Binding::Comparison => Binding::Predicate,
        Binding::Predicate => Binding::Sum,
        Binding::Sum => Binding::Product,
        Binding::Product => Binding::Power,
        Binding::Power => Binding::Sign,
        Binding::Sign | Binding::Operand | Binding::Atom => Binding::Atom,
    }
}

fn binary(operator: Binary, left: &Expression, right: &Expression) -> String {
    let place = binary_binding(operator);
    format!("{} {} {}", within(left, place), symbol(operator), within(right, tighter(place)))
}

/// An operator as it is written.
fn symbol(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "OR",
        Binary::Xor => "XOR",
        Binary::And => "AND",
        Binary::StartsWith => "STARTS WITH",
        Binary::EndsWith => "ENDS WITH",
        Binary::Contains => "CONTAINS",
        Binary::In => "IN",
        Binary::Matches => "=~",
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Modulo => "%",
        Binary::Power => "^",
    }
}

/// A sign before a number is printed with parentheses, since `-1` reads as one number.
fn unary(unary: Unary, operand: &Expression) -> String {
    let number = matches!(operand.node, ExpressionKind::Literal(Literal::Integer(_) | Literal::Float(_)));
    match unary {
        Unary::Not => format!("NOT {}", within(operand, Binding::Not)),
        Unary::Negate if number => format!("-({})", expression(operand)),
        Unary::Negate => format!("-{}", within(operand, Binding::Sign)),
        Unary::Plus => format!("+{}", within(operand, Binding::Sign)),
    }
}

fn chain(first: &Expression, rest: &[(Comparison, Expression)]) -> String {
    let mut text = within(first, Binding::Predicate);
    for (comparison, operand) in rest {
        let symbol = match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        let _ = write!(text, " {symbol} {}", within(operand, Binding::Predicate));
    }
    text
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => format!("{value:?}"),
        Literal::String(value) => quoted(value),
    }
}

/// A string in single quotes.
pub(super) fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('\'');
    for character in value.chars() {
        match character {
            '\'' | '\\' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other => text.push(other),
        }
    }
    text.push('\'');
    text
}

fn parameter_name(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() { name.to_owned() } else { plain_name(name) }
}

fn list(items: &[Expression]) -> String {
    let items: Vec<String> = items.iter().map(expression).collect();
    items.join(", ")
}

fn slice(base: &Expression, from: Option<&Expression>, to: Option<&Expression>) -> String {
    let bound = |bound: Option<&Expression>| bound.map(expression).unwrap_or_default();
    format!("{}[{}..{}]", within(base, Binding::Operand), bound(from), bound(to))
}

fn case(case: &Case) -> String {
    let mut text = "CASE".to_owned();
    if let Some(subject) = &case.subject {
        let _ = write!(text, " {}", expression(subject));
    }
    for (test, value) in &case.branches {
        let _ = write!(text, " WHEN {} THEN {}", expression(test), expression(value));
    }
    if let Some(otherwise) = &case.otherwise {
        let _ = write!(text, " ELSE {}", expression(otherwise));
    }
    text.push_str(" END");
    text
}

/// ` WHERE filter`, or nothing.
fn filter(filter: Option<&Expression>) -> String {
    filter.map_or(String::new(), |filter| format!(" WHERE {}", expression(filter)))
}

fn list_comprehension(comprehension: &Comprehension) -> String {
    let Comprehension { variable, list, filter, result } = comprehension;
    let filter = self::filter(filter.as_deref());
    let result = result.as_ref().map_or(String::new(), |result| format!(" | {}", expression(result)));
    format!("[{} IN {}{filter}{result}]", name(variable), expression(list))
}

fn pattern_comprehension(comprehension: &PatternComprehension) -> String {
    let PatternComprehension { variable, path, filter, result } = comprehension;
    let variable = variable.as_ref().map_or(String::new(), |variable| format!("{} = ", name(variable)));
    let filter = self::filter(filter.as_deref());
    format!("[{variable}{}{filter} | {}]", self::path(path), expression(result))
}

fn quantified(quantified: &Quantified) -> String {
    let Quantified { quantifier, variable, list, predicate } = quantified;
    let quantifier = match quantifier {
        Quantifier::All => "all",
        Quantifier::Any => "any",
        Quantifier::None => "none",
        Quantifier::Single => "single",
    };
    format!("{quantifier}({} IN {} WHERE {})", name(variable), expression(list), expression(predicate))
}

fn reduce(reduction: &Reduction) -> String {
    let Reduction { accumulator, initial, variable, list, step } = reduction;
    format!(
        "reduce({} = {}, {} IN {} | {})",
        name(accumulator),
        expression(initial),
        name(variable),
        expression(list),
        expression(step)
    )
}

fn exists(existential: &Existential) -> String {
    match existential {
        Existential::Patterns { patterns: parts, filter: condition } => {
            format!("EXISTS {{ {}{} }}", patterns(parts), filter(condition.as_deref()))
        }
        Existential::Query(inner) => format!("EXISTS {{ {} }}", query(inner).replace('\n', " ")),
    }
}

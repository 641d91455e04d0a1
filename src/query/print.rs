//! From AST back to text: what `EXPLAIN` shows, so that questions teach patterns.
//!
//! Keywords are capitals, clauses stand on lines of their own, and parentheses stand only where precedence asks for them.
//! What is printed reads back as an equal AST.

mod expression;

use std::fmt::Write as _;

use super::ast::{
    Clause, ClauseKind, Direction, Hops, Match, Name, NodePattern, PathPattern, PatternPart, Projection,
    ProjectionItem, Query, RelationshipPattern, Selection, SingleQuery, SortItem, Statement, UnionKind,
};

pub use expression::expression;

use super::rewriting::Rewriting;
use crate::graph::Value;

/// A statement as text.
pub fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Pattern(pattern) => query(pattern),
        Statement::Question(question) => question.text.clone(),
        Statement::Explain(inner) => format!("EXPLAIN {}", self::statement(inner)),
        Statement::Profile(inner) => format!("PROFILE {}", self::statement(inner)),
    }
}

/// A question's pattern as a script that a session runs: its parameters, the pattern, and what is done with the rows.
pub fn rewriting(rewriting: &Rewriting) -> String {
    let mut text = String::new();
    for (name, value) in &rewriting.parameters {
        let _ = writeln!(text, ":param {} = {}", plain_name(name), self::value(value));
    }
    let _ = write!(text, "{};", query(&rewriting.query));
    if let Some(analysis) = &rewriting.analysis {
        let _ = write!(text, "\n// {}", analysis.describe());
    }
    text
}

/// A value of a parameter as an expression.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::String(text) => expression::quoted(text),
        Value::List(values) => format!("[{}]", values.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", plain_name(key), self::value(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A query as text, a clause a line.
pub fn query(query: &Query) -> String {
    let mut text = single_query(&query.first);
    for union in &query.unions {
        text.push_str(match union.kind.node {
            UnionKind::Distinct => "\nUNION\n",
            UnionKind::All => "\nUNION ALL\n",
        });
        text.push_str(&single_query(&union.query));
    }
    text
}

fn single_query(query: &SingleQuery) -> String {
    let lines: Vec<String> = query.clauses.iter().map(clause).collect();
    lines.join("\n")
}

fn clause(clause: &Clause) -> String {
    match &clause.node {
        ClauseKind::Match(clause) => matching(clause),
        ClauseKind::Unwind(clause) => {
            format!("UNWIND {} AS {}", expression(&clause.list), name(&clause.variable))
        }
        ClauseKind::With(clause) => {
            let filter = clause.filter.as_ref();
            let filter = filter.map_or(String::new(), |filter| format!("\nWHERE {}", expression(filter)));
            format!("WITH {}{filter}", projection(&clause.projection))
        }
        ClauseKind::Return(clause) => format!("RETURN {}", projection(clause)),
    }
}

fn matching(clause: &Match) -> String {
    let mut text = if clause.optional { "OPTIONAL MATCH " } else { "MATCH " }.to_owned();
    text.push_str(&patterns(&clause.patterns));
    if let Some(filter) = &clause.filter {
        text.push_str("\nWHERE ");
        text.push_str(&expression(filter));
    }
    text
}

/// Patterns with commas.
pub fn patterns(patterns: &[PatternPart]) -> String {
    let parts: Vec<String> = patterns.iter().map(pattern_part).collect();
    parts.join(", ")
}

fn pattern_part(part: &PatternPart) -> String {
    let variable = part.variable.as_ref().map_or(String::new(), |variable| format!("{} = ", name(variable)));
    let path = path(&part.path);
    match part.selection.node {
        Selection::Every => format!("{variable}{path}"),
        Selection::Shortest => format!("{variable}shortestPath({path})"),
        Selection::AllShortest => format!("{variable}allShortestPaths({path})"),
    }
}

/// A path pattern as text.
pub fn path(pattern: &PathPattern) -> String {
    let mut text = node(&pattern.start.node);
    for step in &pattern.steps {
        text.push_str(&relationship(&step.relationship.node));
        text.push_str(&node(&step.node.node));
    }
    text
}

/// A node pattern as text.
pub fn node(pattern: &NodePattern) -> String {
    let mut text = pattern.variable.as_ref().map(name).unwrap_or_default();
    for label in &pattern.labels {
        let _ = write!(text, ":{}", name(label));
    }
    if let Some(properties) = &pattern.properties {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&expression(properties));
    }
    format!("({text})")
}

/// A relationship pattern as text.
pub fn relationship(pattern: &RelationshipPattern) -> String {
    let mut text = pattern.variable.as_ref().map(name).unwrap_or_default();
    if !pattern.types.is_empty() {
        let types: Vec<String> = pattern.types.iter().map(name).collect();
        let _ = write!(text, ":{}", types.join("|"));
    }
    text.push_str(&pattern.hops.map(hops).unwrap_or_default());
    if let Some(properties) = &pattern.properties {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&expression(properties));
    }
    let detail = if text.is_empty() { text } else { format!("[{text}]") };
    match pattern.direction {
        Direction::Outgoing => format!("-{detail}->"),
        Direction::Incoming => format!("<-{detail}-"),
        Direction::Either => format!("-{detail}-"),
    }
}

fn hops(hops: Hops) -> String {
    let bound = |bound: Option<u32>| bound.map_or(String::new(), |count| count.to_string());
    match hops {
        Hops { min: None, max: None } => "*".to_owned(),
        Hops { min: Some(min), max: Some(max) } if min == max => format!("*{min}"),
        Hops { min, max } => format!("*{}..{}", bound(min), bound(max)),
    }
}

fn projection(projection: &Projection) -> String {
    let star = projection.star.as_ref().map(|_| "*".to_owned());
    let items: Vec<String> = star.into_iter().chain(projection.items.iter().map(item)).collect();
    let mut text = if projection.distinct { "DISTINCT " } else { "" }.to_owned();
    text.push_str(&items.join(", "));
    if !projection.order.is_empty() {
        let keys: Vec<String> = projection.order.iter().map(sort_item).collect();
        let _ = write!(text, "\nORDER BY {}", keys.join(", "));
    }
    if let Some(skip) = &projection.skip {
        let _ = write!(text, "\nSKIP {}", expression(skip));
    }
    if let Some(limit) = &projection.limit {
        let _ = write!(text, "\nLIMIT {}", expression(limit));
    }
    text
}

fn item(item: &ProjectionItem) -> String {
    match &item.alias {
        Some(alias) => format!("{} AS {}", expression(&item.expression), name(alias)),
        None => expression(&item.expression),
    }
}

fn sort_item(item: &SortItem) -> String {
    let direction = if item.descending { " DESC" } else { "" };
    format!("{}{direction}", expression(&item.expression))
}

/// A name, in back quotes where it needs them.
pub fn name(name: &Name) -> String {
    plain_name(&name.node)
}

/// A name, in back quotes unless it is letters, digits and underscores and does not start with a digit.
fn plain_name(name: &str) -> String {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if starts && characters.all(|character| character.is_alphanumeric() || character == '_') && !is_operator(name) {
        return name.to_owned();
    }
    format!("`{}`", name.replace('`', "``"))
}

/// Words that would be read as an operator or a literal where a variable stands.
fn is_operator(name: &str) -> bool {
    ["not", "null", "true", "false", "case", "distinct", "when"].iter().any(|word| word.eq_ignore_ascii_case(name))
}

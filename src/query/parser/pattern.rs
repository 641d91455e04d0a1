//! Node, relationship and path patterns.
//!
//! A range of hops without its star, or a negative one, is read far enough to be named in the error.

use super::{Builder, Pair, Rule, name, required, span_of, unfinished};
use crate::query::ast::{
    Direction, Expression, Hops, Name, NodePattern, PathPattern, PatternPart, RelationshipPattern, Selection, Spanned,
    Step,
};
use crate::query::error::{Detail, QueryError};
use crate::text::Span;

impl Builder {
    /// Comma-separated patterns.
    pub(super) fn patterns(&mut self, pair: Pair<'_>) -> Result<Vec<PatternPart>, QueryError> {
        pair.into_inner().map(|pair| self.pattern_part(pair)).collect()
    }

    /// `p = (a)-->(b)` or a shortest path.
    fn pattern_part(&mut self, pair: Pair<'_>) -> Result<PatternPart, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let mut pair = required(&mut pairs, span)?;
        let mut variable = None;
        if pair.as_rule() == Rule::variable {
            variable = Some(name(&pair));
            pair = required(&mut pairs, span)?;
        }
        let part = match pair.as_rule() {
            Rule::shortest => self.shortest(pair)?,
            _ => {
                let selection = Spanned::new(Selection::Every, span_of(&pair));
                PatternPart { variable: None, selection, path: self.path(pair)? }
            }
        };
        Ok(PatternPart { variable, ..part })
    }

    /// `shortestPath(...)`, `allShortestPaths(...)`
    pub(super) fn shortest(&mut self, pair: Pair<'_>) -> Result<PatternPart, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let word = required(&mut pairs, span)?;
        let selection =
            if word.as_str().len() == "shortestPath".len() { Selection::Shortest } else { Selection::AllShortest };
        let selection = Spanned::new(selection, span_of(&word));
        let path = self.path(required(&mut pairs, span)?)?;
        Ok(PatternPart { variable: None, selection, path })
    }

    /// Nodes and relationships in turn; a path in parentheses is the path.
    pub(super) fn path(&mut self, pair: Pair<'_>) -> Result<PathPattern, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let first = required(&mut pairs, span)?;
        if first.as_rule() == Rule::path {
            return self.path(first);
        }
        let start = self.node(first)?;
        let mut steps = Vec::new();
        while let Some(relationship) = pairs.next() {
            let relationship = self.relationship(relationship)?;
            let node = self.node(required(&mut pairs, span)?)?;
            steps.push(Step { relationship, node });
        }
        Ok(PathPattern { start, steps })
    }

    /// `(variable:Label {property: value})`
    fn node(&mut self, pair: Pair<'_>) -> Result<Spanned<NodePattern>, QueryError> {
        let span = span_of(&pair);
        let mut node = NodePattern::default();
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => node.variable = Some(name(&pair)),
                Rule::labels => node.labels = names(pair),
                Rule::properties => node.properties = Some(Box::new(self.properties(pair)?)),
                _ => {}
            }
        }
        Ok(Spanned::new(node, span))
    }

    /// `-[variable:TYPE*1..2 {property: value}]->`
    fn relationship(&mut self, pair: Pair<'_>) -> Result<Spanned<RelationshipPattern>, QueryError> {
        let span = span_of(&pair);
        let (mut left, mut right) = (false, false);
        let mut pattern = RelationshipPattern {
            variable: None,
            types: Vec::new(),
            direction: Direction::Either,
            hops: None,
            properties: None,
        };
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::arrow_left => left = true,
                Rule::arrow_right => right = true,
                Rule::detail => self.detail(pair, &mut pattern)?,
                _ => {}
            }
        }
        pattern.direction = match (left, right) {
            (true, false) => Direction::Incoming,
            (false, true) => Direction::Outgoing,
            _ => Direction::Either,
        };
        Ok(Spanned::new(pattern, span))
    }

    /// What stands in a relationship's brackets.
    fn detail(&mut self, pair: Pair<'_>, pattern: &mut RelationshipPattern) -> Result<(), QueryError> {
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => pattern.variable = Some(name(&pair)),
                Rule::types => pattern.types = names(pair),
                Rule::hops => pattern.hops = Some(hops(pair)?),
                Rule::wrong_hops => return Err(wrong_hops(&pair)),
                Rule::properties => pattern.properties = Some(Box::new(self.properties(pair)?)),
                _ => {}
            }
        }
        Ok(())
    }

    /// A map, or a parameter that the binder refuses.
    fn properties(&mut self, pair: Pair<'_>) -> Result<Expression, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        self.atom(required(&mut pairs, span)?)
    }
}

/// The names in a list of labels or types.
pub(super) fn names(pair: Pair<'_>) -> Vec<Name> {
    pair.into_inner().map(|pair| name(&pair)).collect()
}

/// `*`, `*2`, `*1..3`
fn hops(pair: Pair<'_>) -> Result<Hops, QueryError> {
    let mut hops = Hops { min: None, max: None };
    let Some(inner) = pair.into_inner().next() else { return Ok(hops) };
    if inner.as_rule() == Rule::hops_exact {
        let count = count(&inner)?;
        return Ok(Hops { min: Some(count), max: Some(count) });
    }
    for bound in inner.into_inner() {
        let count = Some(count(&bound)?);
        if bound.as_rule() == Rule::hops_min { hops.min = count } else { hops.max = count }
    }
    Ok(hops)
}

/// The number in a bound.
fn count(pair: &Pair<'_>) -> Result<u32, QueryError> {
    let span = span_of(pair);
    pair.as_str().trim().parse().map_err(|_| {
        QueryError::syntax(Detail::IntegerOverflow, format!("`{}` is too many hops", pair.as_str().trim()), span)
    })
}

/// The error for a range without a star, or a negative one.
fn wrong_hops(pair: &Pair<'_>) -> QueryError {
    let span: Span = span_of(pair);
    let message = format!("`{}` is no range of hops", pair.as_str().trim_end());
    QueryError::syntax(Detail::InvalidRelationshipPattern, message, span).hint("write `*2`, `*1..3`, `*2..` or `*..3`")
}

impl Builder {
    /// A shortest path as a value.
    pub(super) fn shortest_value(&mut self, pair: Pair<'_>) -> Result<PatternPart, QueryError> {
        let span = span_of(&pair);
        let inner = pair.into_inner().next().ok_or_else(|| unfinished(span))?;
        self.shortest(inner)
    }
}

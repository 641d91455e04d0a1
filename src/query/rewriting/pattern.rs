//! Short ways to write pattern syntax trees, for the rewriting of questions.
//!
//! Every node gets the place of the question it is made for, so that an error in the pattern still points at the words.

use crate::graph::schema::{Label, RelationshipType};
use crate::query::ast::{
    Binary, Comparison, Direction, Existential, Expression, ExpressionKind, Literal, Name, NodePattern, PathPattern,
    PatternComprehension, PatternPart, ProjectionItem, RelationshipPattern, Selection, SortItem, Spanned, Step, Unary,
};
use crate::text::Span;

/// Makes syntax for the question at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syntax {
    /// Where the question stands.
    pub(super) span: Span,
}

impl Syntax {
    /// Anything, at the question's place.
    pub(super) fn at<T>(self, node: T) -> Spanned<T> {
        Spanned::new(node, self.span)
    }

    /// A name.
    pub(super) fn name(self, name: &str) -> Name {
        self.at(name.to_owned())
    }

    /// `name`
    pub(super) fn variable(self, name: &str) -> Expression {
        self.at(ExpressionKind::Variable(name.to_owned()))
    }

    /// `$name`
    pub(super) fn parameter(self, name: &str) -> Expression {
        self.at(ExpressionKind::Parameter(name.to_owned()))
    }

    /// `'text'`
    pub(super) fn string(self, text: &str) -> Expression {
        self.at(ExpressionKind::Literal(Literal::String(text.to_owned())))
    }

    /// `12`
    pub(super) fn integer(self, number: u64) -> Expression {
        self.at(ExpressionKind::Literal(Literal::Integer(i64::try_from(number).unwrap_or(i64::MAX))))
    }

    /// `variable.property`
    pub(super) fn property(self, variable: &str, property: &str) -> Expression {
        self.lookup(self.variable(variable), property)
    }

    /// `base.property`
    pub(super) fn lookup(self, base: Expression, property: &str) -> Expression {
        self.at(ExpressionKind::Property(Box::new(base), self.name(property)))
    }

    /// `left operator right`
    pub(super) fn binary(self, operator: Binary, left: Expression, right: Expression) -> Expression {
        self.at(ExpressionKind::Binary(self.at(operator), Box::new(left), Box::new(right)))
    }

    /// `left operator right`, for a comparison
    pub(super) fn compare(self, operator: Comparison, left: Expression, right: Expression) -> Expression {
        self.at(ExpressionKind::Comparison(Box::new(left), vec![(operator, right)]))
    }

    /// `left = 'text'`
    pub(super) fn equals_text(self, left: Expression, text: &str) -> Expression {
        self.compare(Comparison::Equal, left, self.string(text))
    }

    /// `NOT expression`
    pub(super) fn not(self, expression: Expression) -> Expression {
        self.at(ExpressionKind::Unary(Unary::Not, Box::new(expression)))
    }

    /// `name(argument, ...)`
    pub(super) fn call(self, name: &str, arguments: Vec<Expression>) -> Expression {
        self.at(ExpressionKind::Call { name: self.name(name), distinct: false, arguments })
    }

    /// `count(DISTINCT variable)`
    pub(super) fn count(self, variable: &str) -> Expression {
        let arguments = vec![self.variable(variable)];
        self.at(ExpressionKind::Call { name: self.name("count"), distinct: true, arguments })
    }

    /// `(variable:Label)`
    pub(super) fn node(self, variable: &str, labels: &[Label]) -> Spanned<NodePattern> {
        self.at(NodePattern {
            variable: Some(self.name(variable)),
            labels: labels.iter().map(|label| self.name(label.as_str())).collect(),
            properties: None,
        })
    }

    /// `start-[variable:TYPE]->end`
    pub(super) fn path(
        self,
        start: Spanned<NodePattern>,
        relationship: (&str, &[RelationshipType]),
        end: Spanned<NodePattern>,
    ) -> PathPattern {
        PathPattern { start, steps: vec![self.step(relationship, end)] }
    }

    /// `-[variable:TYPE]->end`; an empty variable is left out
    pub(super) fn step(self, relationship: (&str, &[RelationshipType]), node: Spanned<NodePattern>) -> Step {
        let (variable, types) = relationship;
        let relationship = self.at(RelationshipPattern {
            variable: (!variable.is_empty()).then(|| self.name(variable)),
            types: types.iter().map(|kind| self.name(kind.as_str())).collect(),
            direction: Direction::Outgoing,
            hops: None,
            properties: None,
        });
        Step { relationship, node }
    }

    /// A path as one of the patterns of a `MATCH`.
    pub(super) fn part(self, path: PathPattern) -> PatternPart {
        PatternPart { variable: None, selection: self.at(Selection::Every), path }
    }

    /// `EXISTS { path WHERE filter }`
    pub(super) fn exists(self, path: PathPattern, filter: Option<Expression>) -> Expression {
        let patterns = vec![self.part(path)];
        self.at(ExpressionKind::Exists(Existential::Patterns { patterns, filter: filter.map(Box::new) }))
    }

    /// `[path | result]`
    pub(super) fn collect(self, path: PathPattern, result: Expression) -> Expression {
        let result = Box::new(result);
        self.at(ExpressionKind::PatternComprehension(PatternComprehension {
            variable: None,
            path,
            filter: None,
            result,
        }))
    }

    /// `expression AS name`
    pub(super) fn item(self, expression: Expression, name: &str) -> ProjectionItem {
        ProjectionItem { expression, alias: Some(self.name(name)), text: name.to_owned() }
    }

    /// `expression` as a key of `ORDER BY`, ascending
    pub(super) fn ascending(self, expression: Expression) -> SortItem {
        SortItem { expression, descending: false }
    }
}
